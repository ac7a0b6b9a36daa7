/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-line-private.h"

#include "rd-introduction.h"

/* What a line that stands does now and then: it notes for the next run that it stood, and asks what there is to follow.
 * What is new has a channel of its own without anybody's restarting anything. */

/* Catching up is over by then as a rule. */
#define FIRST_S 10
#define BEHIND_S 60
#define LATER_S 600

static void
take_lists (RdLine *self, RdIntroduction *answer)
{
  rd_line_set_lists_error (self, g_steal_pointer (&answer->lists_error));
  rd_vars_merge (self->vars, answer->lists);
  rd_feed_join (self->feed, self->vars);
}

static void
on_lists_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdLine) self = RD_LINE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (RdIntroduction) answer = rd_introduction_ask_finish (RD_SITE (source), result, &error);

  self->listing = FALSE;
  if (answer != NULL && self->stage == STAGE_ON_LINE)
    take_lists (self, answer);
}

static gboolean
on_round (gpointer user_data)
{
  RdLine *self = RD_LINE (user_data);
  gboolean behind = rd_line_is_behind (self);

  rd_line_note_stood (self);
  if (self->rounds_done++ > 0 && self->heard)
    rd_line_refresh_lists (self);
  self->rounds = g_timeout_add_seconds (behind ? BEHIND_S : LATER_S, on_round, self);
  return G_SOURCE_REMOVE;
}

void
rd_line_start_rounds (RdLine *self)
{
  rd_line_stop_rounds (self);
  self->rounds_done = 0;
  self->rounds = g_timeout_add_seconds (FIRST_S, on_round, self);
}

void
rd_line_stop_rounds (RdLine *self)
{
  g_clear_handle_id (&self->rounds, g_source_remove);
}

void
rd_line_settle (RdLine *self, gint64 since)
{
  if (since > 0)
    self->gap = self->gap > 0 ? MIN (self->gap, since) : since;
  /* Every channel was refused: the gap goes on. */
  if (self->client != NULL && !self->heard)
    return;
  /* Only what is followed since has come to it. */
  if (self->gap == 0 && self->caught_up && self->rounds != 0)
    return;
  since = self->gap;
  self->gap = 0;
  if (since > 0)
    rd_line_refresh_lists (self);
  rd_line_catch_up (self, since);
  rd_line_start_rounds (self);
}

void
rd_line_refresh_lists (RdLine *self)
{
  if (self->listing || self->stage != STAGE_ON_LINE || self->client == NULL)
    return;
  self->listing = TRUE;
  rd_introduction_ask_async (self->site, self->given, self->cancellable, on_lists_ready, g_object_ref (self));
}

/* The newest come first; the oldest gives way. */
void
rd_line_follow_one (RdLine *self, const char *variable, const char *id)
{
  const char * const *known = rd_vars_get_list (self->vars, variable);
  g_autoptr (GStrvBuilder) builder = NULL;
  g_auto (GStrv) all = NULL;

  /* What the settings name is all that is wanted. */
  if (id == NULL || *id == '\0' || self->stage != STAGE_ON_LINE || self->client == NULL
      || !rd_profile_joins_with (self->profile, variable) || rd_vars_get (self->given, variable) != NULL
      || (known != NULL && g_strv_contains (known, id)))
    return;
  builder = g_strv_builder_new ();
  g_strv_builder_add (builder, id);
  for (guint i = 0; known != NULL && known[i] != NULL && i < RD_INTRODUCTION_MAX - 1; i++)
    g_strv_builder_add (builder, known[i]);
  all = g_strv_builder_end (builder);
  rd_vars_set_list (self->vars, variable, (const char * const *) all);
  rd_feed_join (self->feed, self->vars);
}

void
rd_line_follow (RdLine *self, const RdEvent *event)
{
  if (event->kind == RD_EVENT_INVOICE_CREATED)
    rd_line_follow_one (self, "invoice.id", event->invoice_id);
  else if (event->kind == RD_EVENT_MESSAGE_NEW)
    rd_line_follow_one (self, "conversation.id", event->conversation_id);
}
