/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-notifier"

#include "config.h"

#include "rd-notifier-entry.h"

/* The only file that calls libnotify for a notification. */

struct _RdNotifierEntry
{
  RdNotice *notice;
  const RdNotifierEntryFuncs *funcs;
  gpointer user_data;
  NotifyNotification *notification; /* (nullable): what stands */
  gboolean dirty;
  gint64 sent_at;
  gint64 sent_before;
  gint64 clicked_at;
};

static gboolean
on_retired (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

/* libnotify goes on using a notification after it has called back: it is let go when that is over. */
static void
retire (RdNotifierEntry *self)
{
  g_autoptr (GSource) source = NULL;

  if (self->notification == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->notification, self);
  notify_notification_clear_actions (self->notification);
  source = g_idle_source_new ();
  g_source_set_callback (source, on_retired, g_steal_pointer (&self->notification), g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static void
on_action (NotifyNotification *notification, char *action, gpointer user_data)
{
  RdNotifierEntry *self = user_data;
  /* A server that shows its entry may yet tell of a click. */
  gboolean reply = g_strcmp0 (action, RD_NOTICE_INLINE_REPLY) == 0;

  self->clicked_at = g_get_monotonic_time ();
  self->funcs->clicked (self, reply ? "reply" : action, notify_notification_get_activation_token (notification),
                        self->user_data);
}

static void
on_closed (NotifyNotification *notification, gpointer user_data)
{
  RdNotifierEntry *self = user_data;
  int reason = notify_notification_get_closed_reason (notification);

  retire (self);
  self->funcs->closed (self, reason, self->user_data);
}

static void
set_hints (RdNotifierEntry *self, const RdNotifierTerms *terms)
{
  NotifyNotification *notification = self->notification;

  notify_notification_clear_hints (notification);
  notify_notification_set_urgency (notification, self->notice->urgency);
  notify_notification_set_category (notification, self->notice->category);
  if (terms->desktop_entry != NULL)
    notify_notification_set_hint (notification, "desktop-entry", g_variant_new_string (terms->desktop_entry));
  if (self->notice->own_sound)
    notify_notification_set_hint (notification, "suppress-sound", g_variant_new_boolean (TRUE));
  /* A click that shows the window must not take the buttons away while it rings. */
  if (self->notice->kind == RD_NOTICE_CALL)
    notify_notification_set_hint (notification, "resident", g_variant_new_boolean (TRUE));
}

/* The button for a reply is an entry for its text where the server can show one. */
static const char *
name_of (const RdNoticeAction *action, const RdNotifierTerms *terms)
{
  return terms->inline_reply && g_str_equal (action->name, "reply") ? RD_NOTICE_INLINE_REPLY : action->name;
}

RdNotifierEntry *
rd_notifier_entry_new (RdNotice *notice, const RdNotifierEntryFuncs *funcs, gpointer user_data)
{
  RdNotifierEntry *self = g_new0 (RdNotifierEntry, 1);

  self->notice = rd_notice_ref (notice);
  self->funcs = funcs;
  self->user_data = user_data;
  self->dirty = TRUE;
  return self;
}

void
rd_notifier_entry_free (RdNotifierEntry *self)
{
  retire (self);
  rd_notice_unref (self->notice);
  g_free (self);
}

RdNotice *
rd_notifier_entry_get_notice (RdNotifierEntry *self)
{
  return self->notice;
}

gboolean
rd_notifier_entry_get_dirty (RdNotifierEntry *self)
{
  return self->dirty;
}

guint32
rd_notifier_entry_get_id (RdNotifierEntry *self)
{
  int id = 0;

  if (self->notification != NULL)
    g_object_get (self->notification, "id", &id, NULL);
  return (guint32) id;
}

gboolean
rd_notifier_entry_get_stands (RdNotifierEntry *self)
{
  return self->notification != NULL;
}

void
rd_notifier_entry_replace (RdNotifierEntry *self, RdNotice *notice)
{
  RdNotice *old = self->notice;

  self->notice = rd_notice_ref (notice);
  rd_notice_unref (old);
  self->dirty = TRUE;
}

gboolean
rd_notifier_entry_touch (RdNotifierEntry *self)
{
  self->dirty = self->dirty || self->notification != NULL;
  return self->dirty;
}

gboolean
rd_notifier_entry_show (RdNotifierEntry *self, const RdNotifierTerms *terms, GError **error)
{
  const RdNotice *notice = self->notice;
  const char *summary = rd_notice_get_summary (notice, terms->discreet);
  g_autofree char *body = rd_notice_dup_body (notice, terms->markup, terms->discreet);

  self->dirty = FALSE;
  if (self->notification == NULL)
    {
      self->notification = notify_notification_new (summary, body, terms->icon_name);
      /* Plain: both live and die in this thread, and retire() disconnects. */
      g_signal_connect (self->notification, "closed", G_CALLBACK (on_closed), self);
    }
  else
    {
      notify_notification_clear_actions (self->notification);
      notify_notification_update (self->notification, summary, body, terms->icon_name);
    }
  notify_notification_set_timeout (self->notification, notice->timeout);
  set_hints (self, terms);
  for (gsize i = 0; terms->actions && i < notice->n_actions; i++)
    notify_notification_add_action (self->notification, name_of (&notice->actions[i], terms), notice->actions[i].label,
                                    on_action, self, NULL);
  if (!notify_notification_show (self->notification, error))
    {
      retire (self);
      return FALSE;
    }
  self->sent_before = self->sent_at;
  self->sent_at = g_get_monotonic_time ();
  return TRUE;
}

gboolean
rd_notifier_entry_close (RdNotifierEntry *self, GError **error)
{
  gboolean done;

  self->dirty = FALSE;
  if (self->notification == NULL)
    return TRUE;
  g_signal_handlers_disconnect_by_data (self->notification, self);
  done = notify_notification_close (self->notification, error);
  retire (self);
  return done;
}

void
rd_notifier_entry_forget (RdNotifierEntry *self, gboolean dirty)
{
  retire (self);
  self->dirty = dirty;
}

gint64
rd_notifier_entry_get_clicked_at (RdNotifierEntry *self)
{
  return self->clicked_at;
}

gint64
rd_notifier_entry_get_sent_at (RdNotifierEntry *self)
{
  return self->sent_at;
}

gint64
rd_notifier_entry_get_sent_before (RdNotifierEntry *self)
{
  return self->sent_before;
}
