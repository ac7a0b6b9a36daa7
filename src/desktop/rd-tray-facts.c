/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-tray"

#include "config.h"

#include "rd-tray-facts.h"

/* Plain data. */

static void
line_free (gpointer data)
{
  RdTrayLine *line = data;

  g_free (line->account);
  g_free (line->name);
  g_free (line->state);
  g_free (line);
}

static void
call_free (gpointer data)
{
  RdTrayCall *call = data;

  g_free (call->key);
  g_free (call->name);
  g_free (call);
}

static void
person_free (gpointer data)
{
  RdTrayPerson *person = data;

  g_free (person->key);
  g_free (person->name);
  g_free (person);
}

gboolean
rd_tray_line_is_fine (const RdTrayLine *line)
{
  return g_str_equal (line->state, "connected") || g_str_equal (line->state, "stopped");
}

RdTrayFacts *
rd_tray_facts_new (void)
{
  RdTrayFacts *self = g_new0 (RdTrayFacts, 1);

  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->calls = g_ptr_array_new_with_free_func (call_free);
  self->people = g_ptr_array_new_with_free_func (person_free);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
rd_tray_facts_free (RdTrayFacts *self)
{
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->calls);
  g_ptr_array_unref (self->people);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

void
rd_tray_facts_add_line (RdTrayFacts *self, const char *account, const char *name, const char *state)
{
  RdTrayLine *line = g_new0 (RdTrayLine, 1);

  line->account = g_strdup (account);
  line->name = g_strdup (name);
  line->state = g_strdup (state);
  g_ptr_array_add (self->lines, line);
}

RdTrayCall *
rd_tray_facts_add_call (RdTrayFacts *self, const char *key, const char *name, RdTrayCallState state)
{
  RdTrayCall *call = g_new0 (RdTrayCall, 1);

  call->key = g_strdup (key);
  call->name = g_strdup (name);
  call->state = state;
  g_ptr_array_add (self->calls, call);
  return call;
}

void
rd_tray_facts_add_person (RdTrayFacts *self, const char *key, const char *name)
{
  RdTrayPerson *person = g_new0 (RdTrayPerson, 1);

  person->key = g_strdup (key);
  person->name = g_strdup (name);
  g_ptr_array_add (self->people, person);
}
