/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-people-private.h"

/* What our user wants others to see of him. The heartbeat of a site may say "online" whatever the user chose; then
 * the status is said in its place, as often: it tells as well that the user is there, and nobody sees it change to
 * and fro. */

#define ASSERT_MS 30000

typedef struct
{
  RdEventPresence status;
  gboolean available;
  char *message;
} Wish;

static void
free_wish (gpointer data)
{
  g_free (((Wish *) data)->message);
  g_free (data);
}

static void
on_asserted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = rd_site_act_finish (RD_SITE (source), result, &error);

  if (error != NULL)
    g_debug ("Status: %s", error->message);
}

static RdVars *
new_status_vars (RdEventPresence status, gboolean available, const char *message)
{
  RdVars *vars = rd_vars_new ();

  rd_vars_set (vars, "status", rd_presence_to_string (status));
  rd_vars_set (vars, "available", available ? "true" : "false");
  rd_vars_set (vars, "status.message", message);
  return vars;
}

static gboolean
on_assertion_timeout (gpointer user_data)
{
  RdPeople *self = RD_PEOPLE (user_data);
  g_autoptr (RdVars) vars = new_status_vars (self->status, self->available, self->status_message);

  self->assertion = rd_clock_add_timeout (self->clock, ASSERT_MS, on_assertion_timeout, self);
  rd_site_act_async (self->site, "set-status", vars, self->cancellable, on_asserted, NULL);
  return G_SOURCE_REMOVE;
}

static void
stop_asserting (RdPeople *self)
{
  if (self->assertion != 0)
    rd_clock_remove_timeout (self->clock, self->assertion);
  self->assertion = 0;
}

static void
on_status_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  RdPeople *self = g_task_get_source_object (task);
  const Wish *wish = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = rd_site_act_finish (RD_SITE (source), result, &error);
  g_autoptr (RdEvent) told = NULL;

  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->outdated = self->asking;
  self->chosen = wish->status != RD_EVENT_PRESENCE_ONLINE;
  rd_people_set_own (self, wish->status, wish->message, wish->available);
  if (self->own_id != NULL && rd_roster_lookup (self->roster, self->own_id) != NULL)
    {
      told = rd_event_new (RD_EVENT_PERSON_STATUS);
      told->person_id = g_strdup (self->own_id);
      told->presence = wish->status;
      told->available = wish->available ? RD_EVENT_YES : RD_EVENT_NO;
      told->status_message = g_strdup (wish->message);
      rd_people_handle (self, told);
    }
  stop_asserting (self);
  rd_people_beat (self);
  g_task_return_boolean (task, TRUE);
}

void
rd_people_beat (RdPeople *self)
{
  gboolean chosen = self->status == RD_EVENT_PRESENCE_BUSY || self->status == RD_EVENT_PRESENCE_AWAY
                    || (self->status == RD_EVENT_PRESENCE_OFFLINE && self->chosen);

  /* What our user had chosen before is asked first: the first beat would undo it. */
  if (self->present && self->asking && self->asked_at == 0)
    return;
  if (!chosen || !rd_site_can (self->site, "set-status") || !rd_site_can (self->site, "heartbeat"))
    {
      stop_asserting (self);
      rd_site_set_heartbeat (self->site, self->present && (!chosen || self->status != RD_EVENT_PRESENCE_OFFLINE));
      return;
    }
  rd_site_set_heartbeat (self->site, FALSE);
  /* Who wants to be taken for absent says so once, and is silent from then on. */
  if (!self->present || self->status == RD_EVENT_PRESENCE_OFFLINE)
    stop_asserting (self);
  else if (self->assertion == 0)
    self->assertion = rd_clock_add_timeout (self->clock, ASSERT_MS, on_assertion_timeout, self);
}

void
rd_people_stop_beating (RdPeople *self)
{
  stop_asserting (self);
}

void
rd_people_set_present (RdPeople *self, gboolean present)
{
  g_return_if_fail (RD_IS_PEOPLE (self));

  if (self->present == present || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->present = present;
  if (present && self->asked_at == 0 && rd_people_can_ask (self) && rd_site_can (self->site, "set-status"))
    rd_people_ask (self);
  rd_people_beat (self);
}

void
rd_people_set_status_async (RdPeople            *self,
                            const char          *status,
                            gboolean             available,
                            const char          *message,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (RdVars) vars = NULL;
  RdEventPresence presence = RD_EVENT_PRESENCE_UNKNOWN;
  Wish *wish;

  g_return_if_fail (RD_IS_PEOPLE (self));
  g_return_if_fail (status != NULL && message != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rd_people_set_status_async);
  if (!rd_presence_from_string (status, &presence))
    {
      g_task_return_error (task, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, "status"));
      return;
    }
  wish = g_new0 (Wish, 1);
  wish->status = presence;
  wish->available = available;
  wish->message = g_strdup (message);
  g_task_set_task_data (task, wish, free_wish);
  vars = new_status_vars (presence, available, message);
  rd_site_act_async (self->site, "set-status", vars, self->cancellable, on_status_set, g_steal_pointer (&task));
}

gboolean
rd_people_set_status_finish (RdPeople *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
