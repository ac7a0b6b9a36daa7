/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-notifier"

#include "config.h"

#include "rd-notifier-desk.h"

#include <gio/gio.h>

#include "rd-notifier-entry.h"
#include "rd-notifier-heir.h"
#include "rd-notifier-ledger.h"
#include "rd-notifier-overdue.h"

/* Before each Notify the server is asked for its capabilities, without waiting and without a time limit: they change
 * (XFCE withdraws "actions" in do-not-disturb), and a server that hangs gets nothing that it would show minutes later,
 * when it is long over. While it hangs, commands add up and cancel each other out.
 *
 * Only a new call does not wait for the answer, if the server has answered everything so far: its Notify goes out right
 * behind the question. What it should not have had (buttons, markup) is sent anew when the answer says so; and if the
 * server hangs just then, it is taken down as soon as it is shown. */

#define SERVER_NAME "org.freedesktop.Notifications"
#define SERVER_PATH "/org/freedesktop/Notifications"
/* Notifications but calls that are kept for their buttons, or until there is a server. */
#define MAX_KEPT 32
/* Of those the ones that tell of news: the oldest of more is taken down. */
#define MAX_NEWS 16
/* Characters of a reply; a message may have no more. */
#define MAX_REPLY 5000
/* A server that closes on click says so at once; it is not the user who closes then. */
#define CLICK_US (G_USEC_PER_SEC)
/* A click on a call's button that has not ended its ring by then did not work: the buttons come back. */
#define COME_BACK_S 4
/* A server that expires a call's notification gets it again, unless it does so again and again. */
#define SHOW_AGAIN_US (2 * G_USEC_PER_SEC)

typedef struct
{
  RdNotifierDesk *desk; /* not owned: the source goes with the desk's context */
  char *key;
} ComeBack;

struct _RdNotifierDesk
{
  RdNotifierReports *reports;
  RdNotifierQueue *queue; /* not owned */
  RdNotifierTerms terms;
  RdNotifierLedger *ledger;
  GPtrArray *entries; /* of RdNotifierEntry, oldest first */

  GDBusConnection *connection; /* (nullable) */
  GCancellable *cancellable;
  guint watch;
  guint replies;
  char *server;    /* (nullable): whose ids we have: the bus and the server's own name on it */
  gboolean swept;  /* what an earlier agent left has been taken down */
  GSource *asking; /* (nullable): the watchdog of the question for capabilities */
  gint64 asked_at; /* µs of the monotonic clock */
  gboolean prompt;            /* the server has answered all that was asked, and has buttons */
  RdNotifierOverdue *overdue; /* (nullable): there is one with a connection */
};

static void
free_come_back (gpointer data)
{
  ComeBack *come_back = data;

  g_free (come_back->key);
  g_free (come_back);
}

static RdNotifierEntry *
find_entry (RdNotifierDesk *self, const char *key)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      RdNotifierEntry *entry = g_ptr_array_index (self->entries, i);

      if (g_str_equal (rd_notifier_entry_get_notice (entry)->key, key))
        return entry;
    }
  return NULL;
}

static gboolean
entry_is_call (RdNotifierEntry *entry)
{
  return rd_notifier_entry_get_notice (entry)->kind == RD_NOTICE_CALL;
}

static gboolean
error_is_timeout (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMED_OUT);
}

static void
report_error (RdNotifierDesk *self, const GError *error)
{
  g_debug ("The notification server: %s", error->message);
  self->prompt = FALSE;
  if (error_is_timeout (error))
    rd_notifier_reports_health (self->reports, "not-answering");
  else if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
           || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
           || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY)
           || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_DISCONNECTED)
           || (error->domain == G_DBUS_ERROR && error->code >= G_DBUS_ERROR_SPAWN_EXEC_FAILED
               && error->code <= G_DBUS_ERROR_SPAWN_NO_MEMORY)
           || error->domain == G_IO_ERROR)
    rd_notifier_reports_health (self->reports, "absent");
}

/* Where a ringing call's notification stands, for the agent after this one. */
static void
note_calls (RdNotifierDesk *self)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; self->server != NULL && i < self->entries->len; i++)
    {
      RdNotifierEntry *entry = g_ptr_array_index (self->entries, i);
      guint32 id = rd_notifier_entry_get_id (entry);

      if (entry_is_call (entry) && id != 0)
        g_array_append_val (ids, id);
    }
  rd_notifier_ledger_write (self->ledger, self->server, (const guint32 *) (gpointer) ids->data, ids->len);
}

/* A crashed agent's notification would stand for ever, with buttons that nobody hears. Nothing is waited for. */
static void
sweep (RdNotifierDesk *self)
{
  g_autoptr (GArray) stale = NULL;

  if (self->swept)
    return;
  self->swept = TRUE;
  stale = rd_notifier_ledger_take (self->ledger, self->server);
  for (guint i = 0; i < stale->len; i++)
    g_dbus_connection_call (self->connection, SERVER_NAME, SERVER_PATH, SERVER_NAME, "CloseNotification",
                            g_variant_new ("(u)", g_array_index (stale, guint32, i)), NULL,
                            G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

/* It gave no answer in time, but may still show it. A call goes on ringing: it is shown when the server is back. */
static void
give_up (RdNotifierDesk *self, RdNotifierEntry *entry, const GError *error)
{
  report_error (self, error);
  if (!error_is_timeout (error))
    return;
  rd_notifier_overdue_add (self->overdue);
  if (entry_is_call (entry))
    rd_notifier_entry_forget (entry, TRUE);
}

/* FALSE: the server has stopped answering in between */
static gboolean
show_entry (RdNotifierDesk *self, RdNotifierEntry *entry)
{
  g_autoptr (GError) error = NULL;
  GSource *watchdog;
  gboolean shown;

  /* Nothing is sent only to be taken back: the caller may have changed its mind since. */
  if (!rd_notifier_entry_get_dirty (entry)
      || rd_notifier_queue_has_close (self->queue, rd_notifier_entry_get_notice (entry)->key))
    return TRUE;
  watchdog = rd_notifier_reports_start_watchdog (self->reports);
  shown = rd_notifier_entry_show (entry, &self->terms, &error);
  rd_notifier_reports_stop_watchdog (watchdog);
  note_calls (self);
  if (!shown)
    give_up (self, entry, error);
  return shown;
}

static gboolean
show_dirty (RdNotifierDesk *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (!show_entry (self, g_ptr_array_index (self->entries, i)))
      return FALSE;
  return TRUE;
}

static void
read_capabilities (RdNotifierDesk *self, GVariant *reply)
{
  const RdNotifierTerms before = self->terms;
  g_autofree const char **names = NULL;

  self->terms.actions = self->terms.markup = self->terms.inline_reply = FALSE;
  if (reply != NULL && g_variant_is_of_type (reply, G_VARIANT_TYPE ("(as)")))
    {
      g_variant_get (reply, "(^a&s)", &names);
      self->terms.actions = g_strv_contains (names, "actions");
      self->terms.markup = g_strv_contains (names, "body-markup");
      self->terms.inline_reply = g_strv_contains (names, RD_NOTICE_INLINE_REPLY);
    }
  if (before.actions == self->terms.actions && before.markup == self->terms.markup
      && before.inline_reply == self->terms.inline_reply)
    return;
  /* What went out behind the question was made for what the server no longer is. */
  for (guint i = 0; i < self->entries->len; i++)
    if (rd_notifier_entry_get_sent_at (g_ptr_array_index (self->entries, i)) >= self->asked_at)
      rd_notifier_entry_touch (g_ptr_array_index (self->entries, i));
}

static void
on_capabilities_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdNotifierDesk *self = user_data; /* free() waits for this */
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  g_clear_pointer (&self->asking, rd_notifier_reports_stop_watchdog);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    {
      self->terms.actions = self->terms.markup = self->terms.inline_reply = FALSE;
      report_error (self, error);
      return;
    }
  read_capabilities (self, reply);
  if (show_dirty (self))
    {
      self->prompt = self->terms.actions;
      rd_notifier_reports_health (self->reports, self->terms.actions ? "ok" : "no-actions");
    }
  else
    /* To learn when it answers again. */
    rd_notifier_desk_ask (self);
}

static void
ask (RdNotifierDesk *self)
{
  if (self->asking != NULL || self->connection == NULL)
    return;
  self->asked_at = g_get_monotonic_time ();
  self->asking = rd_notifier_reports_start_watchdog (self->reports);
  g_dbus_connection_call (self->connection, SERVER_NAME, SERVER_PATH, SERVER_NAME, "GetCapabilities", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NONE, G_MAXINT, self->cancellable, on_capabilities_ready, self);
}

/* Waits for the server. */
static void
take_down (RdNotifierDesk *self, RdNotifierEntry *entry)
{
  g_autoptr (GError) error = NULL;
  GSource *watchdog = rd_notifier_reports_start_watchdog (self->reports);
  gboolean closed = rd_notifier_entry_close (entry, &error);

  rd_notifier_reports_stop_watchdog (watchdog);
  note_calls (self);
  if (closed)
    return;
  report_error (self, error);
  /* To learn when it answers again. */
  ask (self);
}

static void
drop_entry (RdNotifierDesk *self, RdNotifierEntry *entry)
{
  take_down (self, entry);
  g_ptr_array_remove (self->entries, entry);
}

static gboolean
on_come_back (gpointer user_data)
{
  ComeBack *come_back = user_data;
  RdNotifierEntry *entry = find_entry (come_back->desk, come_back->key);

  if (entry == NULL || rd_notifier_entry_get_stands (entry))
    return G_SOURCE_REMOVE;
  rd_notifier_entry_forget (entry, TRUE);
  ask (come_back->desk);
  return G_SOURCE_REMOVE;
}

/* The caller closes it when the ring is over, and then this finds nothing. */
static void
plan_to_come_back (RdNotifierDesk *self, RdNotifierEntry *entry)
{
  g_autoptr (GSource) source = g_timeout_source_new_seconds (COME_BACK_S);
  ComeBack *come_back = g_new0 (ComeBack, 1);

  come_back->desk = self;
  come_back->key = g_strdup (rd_notifier_entry_get_notice (entry)->key);
  g_source_set_callback (source, on_come_back, come_back, free_come_back);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static void
on_entry_clicked (RdNotifierEntry *entry, const char *action, const char *token, gpointer user_data)
{
  RdNotifierDesk *self = user_data;

  rd_notifier_reports_action (self->reports, rd_notifier_entry_get_notice (entry), action, token);
  if (!entry_is_call (entry))
    return;
  plan_to_come_back (self, entry);
  if (g_strcmp0 (action, "default") != 0)
    take_down (self, entry);
}

static void
on_entry_closed (RdNotifierEntry *entry, int reason, gpointer user_data)
{
  RdNotifierDesk *self = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 clicked_at = rd_notifier_entry_get_clicked_at (entry);
  gint64 sent_before = rd_notifier_entry_get_sent_before (entry);

  if (!entry_is_call (entry))
    {
      g_ptr_array_remove (self->entries, entry);
      return;
    }
  note_calls (self);
  /* A server that closes what was clicked: it comes back. */
  if (clicked_at != 0 && now - clicked_at < CLICK_US)
    return;
  if (reason != NOTIFY_CLOSED_REASON_DISMISSED && (sent_before == 0 || now - sent_before > SHOW_AGAIN_US))
    {
      /* It still rings: its buttons have to be there. */
      rd_notifier_entry_forget (entry, TRUE);
      ask (self);
      return;
    }
  if (reason == NOTIFY_CLOSED_REASON_DISMISSED)
    rd_notifier_reports_dismissed (self->reports, rd_notifier_entry_get_notice (entry));
  g_ptr_array_remove (self->entries, entry);
}

static const RdNotifierEntryFuncs entry_funcs = { on_entry_clicked, on_entry_closed };

static gboolean
entry_is_news (RdNotifierEntry *entry)
{
  RdNoticeKind kind = rd_notifier_entry_get_notice (entry)->kind;

  return kind == RD_NOTICE_PAYMENT || kind == RD_NOTICE_MESSAGE;
}

static void
limit_news (RdNotifierDesk *self)
{
  guint news = 0;

  for (guint i = self->entries->len; i > 0; i--)
    if (entry_is_news (g_ptr_array_index (self->entries, i - 1)) && ++news > MAX_NEWS)
      drop_entry (self, g_ptr_array_index (self->entries, i - 1));
}

static void
limit_entries (RdNotifierDesk *self)
{
  guint kept = 0;

  for (guint i = self->entries->len; i > 0; i--)
    if (!entry_is_call (g_ptr_array_index (self->entries, i - 1)) && ++kept > MAX_KEPT)
      g_ptr_array_remove_index (self->entries, i - 1);
}

static void
on_server_appeared (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  RdNotifierDesk *self = user_data;

  g_free (self->server);
  self->server = g_strdup_printf ("%s %s", g_dbus_connection_get_guid (connection), owner);
  sweep (self);
  note_calls (self);
  ask (self);
}

/* What stood there is gone with it. A call that rings is shown again: this asks for the server, which starts it if it
 * can be started; else it is asked when it appears. */
static void
on_server_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  RdNotifierDesk *self = user_data;
  gboolean rings = FALSE;

  g_clear_pointer (&self->server, g_free);
  self->prompt = FALSE;
  for (guint i = self->entries->len; i > 0; i--)
    {
      RdNotifierEntry *entry = g_ptr_array_index (self->entries, i - 1);

      if (entry_is_call (entry))
        rd_notifier_entry_forget (entry, rings = TRUE);
      else if (!rd_notifier_entry_get_dirty (entry))
        g_ptr_array_remove_index (self->entries, i - 1);
    }
  note_calls (self);
  if (rings)
    ask (self);
  else if (self->asking == NULL)
    rd_notifier_reports_health (self->reports, "absent");
}

/* libnotify 0.8 knows nothing of it. */
static void
on_replied (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
            const char *signal, GVariant *parameters, gpointer user_data)
{
  RdNotifierDesk *self = user_data;
  g_autofree char *text = NULL;
  const char *written;
  guint32 id;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(us)")))
    return;
  g_variant_get (parameters, "(u&s)", &id, &written);
  text = g_utf8_strlen (written, -1) > MAX_REPLY ? g_utf8_substring (written, 0, MAX_REPLY) : g_strdup (written);
  g_strstrip (text);
  for (guint i = 0; i < self->entries->len && *text != '\0'; i++)
    {
      RdNotifierEntry *entry = g_ptr_array_index (self->entries, i);

      if (id == 0 || rd_notifier_entry_get_id (entry) != id
          || rd_notifier_entry_get_notice (entry)->kind != RD_NOTICE_MESSAGE)
        continue;
      rd_notifier_reports_reply (self->reports, rd_notifier_entry_get_notice (entry), text);
      drop_entry (self, entry);
      return;
    }
}

static void
ensure_connection (RdNotifierDesk *self)
{
  g_autoptr (GError) error = NULL;

  if (self->connection != NULL)
    return;
  self->connection = g_bus_get_sync (G_BUS_TYPE_SESSION, self->cancellable, &error);
  if (self->connection == NULL)
    {
      g_debug ("No session bus: %s", error->message);
      rd_notifier_reports_health (self->reports, "absent");
      return;
    }
  self->overdue = rd_notifier_overdue_new (self->connection, SERVER_NAME, SERVER_PATH);
  self->watch = g_bus_watch_name_on_connection (self->connection, SERVER_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                on_server_appeared, on_server_vanished, self, NULL);
  self->replies = g_dbus_connection_signal_subscribe (self->connection, SERVER_NAME, SERVER_NAME, "NotificationReplied",
                                                      SERVER_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_replied, self,
                                                      NULL);
}

RdNotifierDesk *
rd_notifier_desk_new (RdNotifierReports *reports, RdNotifierQueue *queue, const RdNotifierIdentity *identity)
{
  RdNotifierDesk *self = g_new0 (RdNotifierDesk, 1);

  self->reports = g_object_ref (reports);
  self->queue = queue;
  self->terms.desktop_entry = identity->desktop_entry;
  self->terms.icon_name = identity->icon_name;
  self->ledger = rd_notifier_ledger_new (identity->ledger_path);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_notifier_entry_free);
  self->cancellable = g_cancellable_new ();
  return self;
}

void
rd_notifier_desk_free (RdNotifierDesk *self)
{
  GMainContext *context = g_main_context_get_thread_default ();

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->watch, g_bus_unwatch_name);
  if (self->replies != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->replies);
  g_ptr_array_set_size (self->entries, 0);
  while (self->asking != NULL)
    g_main_context_iteration (context, TRUE);
  g_clear_pointer (&self->overdue, rd_notifier_overdue_free);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_ptr_array_unref (self->entries);
  rd_notifier_ledger_free (self->ledger);
  g_clear_object (&self->connection);
  g_object_unref (self->cancellable);
  g_object_unref (self->reports);
  g_free (self->server);
  g_free (self);
}

void
rd_notifier_desk_ask (RdNotifierDesk *self)
{
  ensure_connection (self);
  ask (self);
}

void
rd_notifier_desk_show (RdNotifierDesk *self, RdNotice *notice)
{
  RdNotifierEntry *entry = find_entry (self, notice->key);
  gboolean at_once = self->prompt && self->asking == NULL && entry == NULL && notice->kind == RD_NOTICE_CALL;

  if (entry != NULL)
    rd_notifier_entry_replace (entry, notice);
  else
    g_ptr_array_add (self->entries, rd_notifier_entry_new (notice, &entry_funcs, self));
  limit_news (self);
  limit_entries (self);
  rd_notifier_desk_ask (self);
  if (at_once)
    show_entry (self, find_entry (self, notice->key));
}

void
rd_notifier_desk_close (RdNotifierDesk *self, const char *key)
{
  RdNotifierEntry *entry = find_entry (self, key);

  if (entry != NULL)
    drop_entry (self, entry);
}

void
rd_notifier_desk_set_discreet (RdNotifierDesk *self, gboolean discreet)
{
  gboolean any = FALSE;

  if (self->terms.discreet == discreet)
    return;
  self->terms.discreet = discreet;
  for (guint i = 0; i < self->entries->len; i++)
    if (rd_notifier_entry_touch (g_ptr_array_index (self->entries, i)))
      any = TRUE;
  if (any)
    rd_notifier_desk_ask (self);
}

void
rd_notifier_desk_close_calls (RdNotifierDesk *self)
{
  for (guint i = self->entries->len; i > 0; i--)
    {
      RdNotifierEntry *entry = g_ptr_array_index (self->entries, i - 1);

      if (entry_is_call (entry))
        drop_entry (self, entry);
    }
}

void
rd_notifier_desk_bequeath (RdNotifierDesk *self)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new ();

  for (guint i = 0; i < self->entries->len; i++)
    {
      RdNotifierEntry *entry = g_ptr_array_index (self->entries, i);
      RdNotice *notice = rd_notifier_entry_get_notice (entry);

      if (rd_notifier_entry_get_stands (entry)
          && (notice->kind == RD_NOTICE_MISSED || notice->kind == RD_NOTICE_PAYMENT))
        g_ptr_array_add (left, notice);
    }
  if (self->connection != NULL)
    rd_notifier_heir_take (self->connection, self->terms.desktop_entry, left, self->terms.discreet);
}
