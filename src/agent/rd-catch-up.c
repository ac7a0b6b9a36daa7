/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-catch-up.h"

/* After a (re)connection: two questions to the site at once, then one step of the phone. Both answers are waited for
 * before anything is told to the phone, so that it ends a call by what the history says of it and not by its mere
 * absence from the active ones. */

#define RETRY_FIRST_S 15
#define RETRY_LAST_S 300

struct _RdCatchUp
{
  GObject parent_instance;

  RdSite *site;
  RdPhone *phone;
  char *account;
  GCancellable *cancellable;
  GError *error;

  gboolean due;
  gint64 due_since; /* 0: there was no line before */
  guint retry;
  guint retry_s;
  gboolean paused;

  /* of the attempt under way */
  guint waiting;
  gint64 since;
  gint64 asked_at;
  GPtrArray *active;  /* (nullable) RdEvent */
  GPtrArray *history; /* (nullable) RdEvent */
};

G_DEFINE_FINAL_TYPE (RdCatchUp, rd_catch_up, G_TYPE_OBJECT)

static gboolean
is_active (RdCatchUp *self, const char *call_id)
{
  for (guint i = 0; self->active != NULL && i < self->active->len; i++)
    if (g_str_equal (((RdEvent *) self->active->pdata[i])->call_id, call_id))
      return TRUE;
  return FALSE;
}

/* A call that nobody ended stands as active in the history for ever. One that the phone does not know is believed to be
 * live only if the site names it when asked for that. */
static gboolean
is_stale (RdCatchUp *self, const RdEvent *event)
{
  return event->kind == RD_EVENT_CALL_ANSWERED && rd_site_can (self->site, "active-call")
         && !is_active (self, event->call_id) && rd_phone_lookup (self->phone, self->account, event->call_id) == NULL;
}

static void
handle_history (RdCatchUp *self)
{
  for (guint i = 0; self->history != NULL && i < self->history->len; i++)
    if (!is_stale (self, self->history->pdata[i]))
      rd_phone_handle (self->phone, self->account, self->history->pdata[i], RD_ORIGIN_CATCH_UP);
}

static void
handle_active (RdCatchUp *self)
{
  for (guint i = 0; self->active != NULL && i < self->active->len; i++)
    rd_phone_handle (self->phone, self->account, self->active->pdata[i], RD_ORIGIN_CATCH_UP);
}

static void
add_standing (GStrvBuilder *builder, GPtrArray *events)
{
  for (guint i = 0; events != NULL && i < events->len; i++)
    {
      const RdEvent *event = events->pdata[i];

      if (event->kind == RD_EVENT_CALL_INITIATED || event->kind == RD_EVENT_CALL_ANSWERED)
        g_strv_builder_add (builder, event->call_id);
    }
}

/* A site names one active call, whatever number there are: a call is over only if the history, too, says that it does
 * not stand any more. If either answer is missing, nothing can be said yet. */
static void
reconcile (RdCatchUp *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  if (self->error != NULL || self->active == NULL)
    return;
  add_standing (builder, self->active);
  add_standing (builder, self->history);
  ids = g_strv_builder_end (builder);
  rd_phone_reconcile (self->phone, self->account, (const char * const *) ids, self->asked_at);
}

static gboolean
on_retry_timeout (gpointer user_data)
{
  RdCatchUp *self = RD_CATCH_UP (user_data);

  self->retry = 0;
  rd_catch_up_retry (self);
  return G_SOURCE_REMOVE;
}

static void
retry_later (RdCatchUp *self)
{
  self->retry_s = CLAMP (self->retry_s * 2, RETRY_FIRST_S, RETRY_LAST_S);
  g_clear_handle_id (&self->retry, g_source_remove);
  /* Not in step with whoever else lost this site. */
  self->retry = g_timeout_add (self->retry_s * (guint) g_random_int_range (800, 1200), on_retry_timeout, self);
}

static void
mark_due (RdCatchUp *self, gint64 since)
{
  if (self->due)
    since = self->due_since > 0 && since > 0 ? MIN (since, self->due_since) : MAX (since, self->due_since);
  self->due = TRUE;
  self->due_since = since;
}

static void
drop_answers (RdCatchUp *self)
{
  g_clear_pointer (&self->history, g_ptr_array_unref);
  g_clear_pointer (&self->active, g_ptr_array_unref);
}

static void
complete (RdCatchUp *self)
{
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (self->paused)
    {
      /* Nobody wants to hear of it now: it is asked again when the line is wanted back. */
      mark_due (self, self->since);
      drop_answers (self);
      return;
    }
  if (self->since > 0)
    rd_phone_note_gap (self->phone, self->account, self->since);
  handle_history (self);
  handle_active (self);
  reconcile (self);
  drop_answers (self);
  if (self->error != NULL)
    {
      g_message ("%s: asking what was missed: %s", self->account, self->error->message);
      mark_due (self, self->since);
      /* Signed out: only fresh tokens help, and they come with rd_catch_up_retry(). */
      if (!rd_site_get_signed_out (self->site))
        retry_later (self);
    }
  else
    self->retry_s = 0;
  /* A second gap fell into the asking. */
  if (self->error == NULL)
    rd_catch_up_retry (self);
}

static void
take_answer (RdCatchUp *self, GAsyncResult *result, GPtrArray **answer)
{
  g_autoptr (GError) error = NULL;

  *answer = rd_site_act_finish_calls (self->site, result, &error);
  if (*answer == NULL && self->error == NULL)
    self->error = g_steal_pointer (&error);
  if (--self->waiting == 0)
    complete (self);
}

static void
on_active_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdCatchUp) self = RD_CATCH_UP (user_data);

  take_answer (self, result, &self->active);
}

static void
on_history_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdCatchUp) self = RD_CATCH_UP (user_data);

  take_answer (self, result, &self->history);
}

static void
ask (RdCatchUp *self, const char *action, GAsyncReadyCallback callback)
{
  if (!rd_site_can (self->site, action))
    return;
  self->waiting++;
  rd_site_act_async (self->site, action, NULL, self->cancellable, callback, g_object_ref (self));
}

/*
 * GObject
 */
static void
rd_catch_up_finalize (GObject *object)
{
  RdCatchUp *self = RD_CATCH_UP (object);

  g_clear_handle_id (&self->retry, g_source_remove);
  g_clear_object (&self->site);
  g_clear_object (&self->phone);
  g_clear_object (&self->cancellable);
  drop_answers (self);
  g_clear_error (&self->error);
  g_free (self->account);

  G_OBJECT_CLASS (rd_catch_up_parent_class)->finalize (object);
}

static void
rd_catch_up_class_init (RdCatchUpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_catch_up_finalize;
}

static void
rd_catch_up_init (RdCatchUp *self)
{
  self->cancellable = g_cancellable_new ();
}

RdCatchUp *
rd_catch_up_new (RdSite *site, RdPhone *phone, const char *account)
{
  RdCatchUp *self;

  g_return_val_if_fail (RD_IS_SITE (site), NULL);
  g_return_val_if_fail (RD_IS_PHONE (phone), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  self = g_object_new (RD_TYPE_CATCH_UP, NULL);
  self->site = g_object_ref (site);
  self->phone = g_object_ref (phone);
  self->account = g_strdup (account);
  return self;
}

void
rd_catch_up_ask (RdCatchUp *self, gint64 since)
{
  g_return_if_fail (RD_IS_CATCH_UP (self));

  mark_due (self, since);
  rd_catch_up_retry (self);
}

void
rd_catch_up_retry (RdCatchUp *self)
{
  g_return_if_fail (RD_IS_CATCH_UP (self));

  self->paused = FALSE;
  if (!self->due || self->waiting > 0 || g_cancellable_is_cancelled (self->cancellable))
    return;
  g_clear_handle_id (&self->retry, g_source_remove);
  g_clear_error (&self->error);
  self->since = self->due_since;
  self->due = FALSE;
  self->asked_at = g_get_real_time ();
  ask (self, "active-call", on_active_ready);
  ask (self, "calls", on_history_ready);
}

gboolean
rd_catch_up_is_behind (RdCatchUp *self)
{
  g_return_val_if_fail (RD_IS_CATCH_UP (self), FALSE);

  return (self->due && self->due_since > 0) || (self->waiting > 0 && self->since > 0);
}

void
rd_catch_up_pause (RdCatchUp *self)
{
  g_return_if_fail (RD_IS_CATCH_UP (self));

  self->paused = TRUE;
  g_clear_handle_id (&self->retry, g_source_remove);
}

void
rd_catch_up_stop (RdCatchUp *self)
{
  g_return_if_fail (RD_IS_CATCH_UP (self));

  self->due = FALSE;
  g_clear_handle_id (&self->retry, g_source_remove);
  g_cancellable_cancel (self->cancellable);
}
