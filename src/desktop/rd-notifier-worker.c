/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-notifier"

#include "config.h"

#include "rd-notifier-worker.h"

#include <gio/gio.h>

#include "rd-notifier-entry.h"
#include "rd-notifier-queue.h"

/* libnotify's calls wait for the server's answer, up to 25 s each: they are made here and nowhere else. Its proxy is
 * made in this thread too, so that its signals arrive in this thread's context.
 *
 * Before each Notify the server is asked for its capabilities, without waiting and without a time limit: they change
 * (XFCE withdraws "actions" in do-not-disturb), and a server that hangs never gets a Notify that it would show minutes
 * later, when its call is long over. While it hangs, commands add up and cancel each other out. */

#define SERVER_NAME "org.freedesktop.Notifications"
#define SERVER_PATH "/org/freedesktop/Notifications"
/* Notifications but calls that are kept for their buttons, or until there is a server. */
#define MAX_KEPT 32
/* A server that closes on click says so at once; it is not the user who closes then. */
#define CLICK_US (G_USEC_PER_SEC)
/* A click on a call's button that has not ended its ring by then did not work: the buttons come back. */
#define COME_BACK_S 4
/* A server that expires a call's notification gets it again, unless it does so again and again. */
#define SHOW_AGAIN_US (2 * G_USEC_PER_SEC)

typedef struct
{
  RdNotifierWorker *worker; /* not owned: the source goes with the worker's context */
  char *key;
} ComeBack;

struct _RdNotifierWorker
{
  GObject parent_instance;

  /* constant while the thread runs */
  char *app_name;
  char *desktop_entry;
  char *icon_name;
  RdNotifierReports *reports;
  GMainContext *context;
  RdNotifierQueue *queue;
  GThread *thread; /* (nullable): the caller's */

  GMutex lock; /* guards what follows */
  GCond finished_cond;
  gboolean finished;

  /* the thread's own */
  GMainLoop *loop;
  GDBusConnection *connection; /* (nullable) */
  GCancellable *cancellable;
  guint watch;
  GPtrArray *entries; /* of RdNotifierEntry, oldest first */
  RdNotifierTerms terms;
  GSource *asking; /* (nullable): the watchdog of the question for capabilities */
};

G_DEFINE_FINAL_TYPE (RdNotifierWorker, rd_notifier_worker, G_TYPE_OBJECT)

static void
free_come_back (gpointer data)
{
  ComeBack *come_back = data;

  g_free (come_back->key);
  g_free (come_back);
}

/* The thread's side */

static RdNotifierEntry *
find_entry (RdNotifierWorker *self, const char *key)
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

static void
report_error (RdNotifierWorker *self, const GError *error)
{
  g_debug ("The notification server: %s", error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMED_OUT))
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

/* FALSE: the server has stopped answering in between */
static gboolean
show_dirty (RdNotifierWorker *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      RdNotifierEntry *entry = g_ptr_array_index (self->entries, i);
      g_autoptr (GError) error = NULL;
      GSource *watchdog;
      gboolean shown;

      /* Nothing is sent only to be taken back: the caller may have changed its mind since. */
      if (!rd_notifier_entry_get_dirty (entry)
          || rd_notifier_queue_has_close (self->queue, rd_notifier_entry_get_notice (entry)->key))
        continue;
      watchdog = rd_notifier_reports_start_watchdog (self->reports);
      shown = rd_notifier_entry_show (entry, &self->terms, &error);
      rd_notifier_reports_stop_watchdog (watchdog);
      if (shown)
        continue;
      report_error (self, error);
      return FALSE;
    }
  return TRUE;
}

static void
on_capabilities_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdNotifierWorker) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autofree const char **names = NULL;

  g_clear_pointer (&self->asking, rd_notifier_reports_stop_watchdog);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->terms.actions = self->terms.markup = FALSE;
  if (reply != NULL && g_variant_is_of_type (reply, G_VARIANT_TYPE ("(as)")))
    {
      g_variant_get (reply, "(^a&s)", &names);
      self->terms.actions = g_strv_contains (names, "actions");
      self->terms.markup = g_strv_contains (names, "body-markup");
    }
  else if (error != NULL)
    {
      report_error (self, error);
      return;
    }
  if (show_dirty (self))
    rd_notifier_reports_health (self->reports, self->terms.actions ? "ok" : "no-actions");
  else
    /* To learn when it answers again. */
    rd_notifier_worker_probe (self);
}

static void
ask (RdNotifierWorker *self)
{
  if (self->asking != NULL || self->connection == NULL)
    return;
  self->asking = rd_notifier_reports_start_watchdog (self->reports);
  g_dbus_connection_call (self->connection, SERVER_NAME, SERVER_PATH, SERVER_NAME, "GetCapabilities", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NONE, G_MAXINT, self->cancellable, on_capabilities_ready,
                          g_object_ref (self));
}

/* Waits for the server. */
static void
take_down (RdNotifierWorker *self, RdNotifierEntry *entry)
{
  g_autoptr (GError) error = NULL;
  GSource *watchdog = rd_notifier_reports_start_watchdog (self->reports);
  gboolean closed = rd_notifier_entry_close (entry, &error);

  rd_notifier_reports_stop_watchdog (watchdog);
  if (closed)
    return;
  report_error (self, error);
  /* To learn when it answers again. */
  ask (self);
}

static void
drop_entry (RdNotifierWorker *self, RdNotifierEntry *entry)
{
  take_down (self, entry);
  g_ptr_array_remove (self->entries, entry);
}

static gboolean
on_come_back (gpointer user_data)
{
  ComeBack *come_back = user_data;
  RdNotifierEntry *entry = find_entry (come_back->worker, come_back->key);

  if (entry == NULL || rd_notifier_entry_get_stands (entry))
    return G_SOURCE_REMOVE;
  rd_notifier_entry_forget (entry, TRUE);
  ask (come_back->worker);
  return G_SOURCE_REMOVE;
}

/* The caller closes it when the ring is over, and then this finds nothing. */
static void
plan_to_come_back (RdNotifierWorker *self, RdNotifierEntry *entry)
{
  g_autoptr (GSource) source = g_timeout_source_new_seconds (COME_BACK_S);
  ComeBack *come_back = g_new0 (ComeBack, 1);

  come_back->worker = self;
  come_back->key = g_strdup (rd_notifier_entry_get_notice (entry)->key);
  g_source_set_callback (source, on_come_back, come_back, free_come_back);
  g_source_attach (source, self->context);
}

static void
on_entry_clicked (RdNotifierEntry *entry, const char *action, const char *token, gpointer user_data)
{
  RdNotifierWorker *self = user_data;

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
  RdNotifierWorker *self = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 clicked_at = rd_notifier_entry_get_clicked_at (entry);
  gint64 sent_before = rd_notifier_entry_get_sent_before (entry);

  if (!entry_is_call (entry))
    {
      g_ptr_array_remove (self->entries, entry);
      return;
    }
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

static void
limit_entries (RdNotifierWorker *self)
{
  guint kept = 0;

  for (guint i = self->entries->len; i > 0; i--)
    if (!entry_is_call (g_ptr_array_index (self->entries, i - 1)) && ++kept > MAX_KEPT)
      g_ptr_array_remove_index (self->entries, i - 1);
}

static void
on_server_appeared (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  ask (user_data);
}

/* What stood there is gone with it. A call that rings is shown again: this asks for the server, which starts it if it
 * can be started; else it is asked when it appears. */
static void
on_server_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  RdNotifierWorker *self = user_data;
  gboolean rings = FALSE;

  for (guint i = self->entries->len; i > 0; i--)
    {
      RdNotifierEntry *entry = g_ptr_array_index (self->entries, i - 1);

      if (entry_is_call (entry))
        rd_notifier_entry_forget (entry, rings = TRUE);
      else if (!rd_notifier_entry_get_dirty (entry))
        g_ptr_array_remove_index (self->entries, i - 1);
    }
  if (rings)
    ask (self);
  else if (self->asking == NULL)
    rd_notifier_reports_health (self->reports, "absent");
}

static void
ensure_connection (RdNotifierWorker *self)
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
  self->watch = g_bus_watch_name_on_connection (self->connection, SERVER_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                on_server_appeared, on_server_vanished, self, NULL);
}

static void
run_show (RdNotifierWorker *self, RdNotice *notice)
{
  RdNotifierEntry *entry = find_entry (self, notice->key);

  if (entry != NULL)
    rd_notifier_entry_replace (entry, notice);
  else
    g_ptr_array_add (self->entries, rd_notifier_entry_new (notice, &entry_funcs, self));
  limit_entries (self);
  ask (self);
}

static void
run_stop (RdNotifierWorker *self)
{
  for (guint i = self->entries->len; i > 0; i--)
    {
      RdNotifierEntry *entry = g_ptr_array_index (self->entries, i - 1);

      if (entry_is_call (entry))
        drop_entry (self, entry);
    }
  g_main_loop_quit (self->loop);
}

static gboolean
on_commands (gpointer user_data)
{
  RdNotifierWorker *self = user_data;
  RdNotifierCommand *next;

  ensure_connection (self);
  while ((next = rd_notifier_queue_pop (self->queue)) != NULL)
    {
      g_autoptr (RdNotifierCommand) command = next;
      RdNotifierEntry *entry = command->key != NULL ? find_entry (self, command->key) : NULL;

      switch (command->order)
        {
        case RD_NOTIFIER_PROBE:
          ask (self);
          break;
        case RD_NOTIFIER_SHOW:
          run_show (self, command->notice);
          break;
        case RD_NOTIFIER_CLOSE:
          if (entry != NULL)
            drop_entry (self, entry);
          break;
        case RD_NOTIFIER_STOP:
          run_stop (self);
          break;
        default:
          g_assert_not_reached ();
        }
    }
  return G_SOURCE_REMOVE;
}

/* Nothing may be left for libnotify to do once it is uninitialised, since it would connect anew. */
static void
wind_up (RdNotifierWorker *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->watch, g_bus_unwatch_name);
  g_ptr_array_set_size (self->entries, 0);
  while (self->asking != NULL)
    g_main_context_iteration (self->context, TRUE);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  notify_uninit ();
  g_clear_object (&self->connection);
  /* GDBus lets go of subscriptions in this context. */
  while (g_main_context_iteration (self->context, FALSE))
    ;
}

static gpointer
run_worker (gpointer data)
{
  g_autoptr (RdNotifierWorker) self = data;

  g_main_context_push_thread_default (self->context);
  notify_init (self->app_name);
  g_main_loop_run (self->loop);
  wind_up (self);
  g_main_context_pop_thread_default (self->context);
  g_mutex_lock (&self->lock);
  self->finished = TRUE;
  g_cond_signal (&self->finished_cond);
  g_mutex_unlock (&self->lock);
  return NULL;
}

/* The caller's side */

/* In either thread. */
static void
push (RdNotifierWorker *self, RdNotifierOrder order, RdNotice *notice, const char *key)
{
  g_autoptr (GSource) source = NULL;

  if (!rd_notifier_queue_push (self->queue, order, notice, key))
    return;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_commands, g_object_ref (self), g_object_unref);
  g_source_attach (source, self->context);
}

/* GObject */

static void
rd_notifier_worker_finalize (GObject *object)
{
  RdNotifierWorker *self = RD_NOTIFIER_WORKER (object);

  rd_notifier_queue_free (self->queue);
  g_ptr_array_unref (self->entries);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_clear_object (&self->reports);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->finished_cond);
  g_free (self->app_name);
  g_free (self->desktop_entry);
  g_free (self->icon_name);
  G_OBJECT_CLASS (rd_notifier_worker_parent_class)->finalize (object);
}

static void
rd_notifier_worker_class_init (RdNotifierWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_notifier_worker_finalize;
}

static void
rd_notifier_worker_init (RdNotifierWorker *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->finished_cond);
  self->queue = rd_notifier_queue_new ();
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->cancellable = g_cancellable_new ();
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_notifier_entry_free);
}

RdNotifierWorker *
rd_notifier_worker_new (RdNotifierReports *reports, const char *app_name, const char *desktop_entry,
                        const char *icon_name)
{
  RdNotifierWorker *self;

  g_return_val_if_fail (app_name != NULL, NULL);
  self = g_object_new (RD_TYPE_NOTIFIER_WORKER, NULL);
  self->reports = g_object_ref (reports);
  self->app_name = g_strdup (app_name);
  self->desktop_entry = g_strdup (desktop_entry);
  self->icon_name = g_strdup (icon_name);
  self->terms.desktop_entry = self->desktop_entry;
  self->terms.icon_name = self->icon_name;
  self->thread = g_thread_new ("rd-notifier", run_worker, g_object_ref (self));
  return self;
}

void
rd_notifier_worker_probe (RdNotifierWorker *self)
{
  g_return_if_fail (RD_IS_NOTIFIER_WORKER (self));
  push (self, RD_NOTIFIER_PROBE, NULL, NULL);
}

void
rd_notifier_worker_show (RdNotifierWorker *self, RdNotice *notice)
{
  g_return_if_fail (RD_IS_NOTIFIER_WORKER (self));
  g_return_if_fail (notice != NULL);
  push (self, RD_NOTIFIER_SHOW, notice, notice->key);
}

void
rd_notifier_worker_close (RdNotifierWorker *self, const char *key)
{
  g_return_if_fail (RD_IS_NOTIFIER_WORKER (self));
  g_return_if_fail (key != NULL);
  push (self, RD_NOTIFIER_CLOSE, NULL, key);
}

gboolean
rd_notifier_worker_stop (RdNotifierWorker *self, guint timeout_ms)
{
  gint64 deadline = g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;
  GThread *thread;
  gboolean finished;

  g_return_val_if_fail (RD_IS_NOTIFIER_WORKER (self), TRUE);
  if (self->thread == NULL)
    return TRUE;
  push (self, RD_NOTIFIER_STOP, NULL, NULL);
  g_mutex_lock (&self->lock);
  while (!self->finished && g_cond_wait_until (&self->finished_cond, &self->lock, deadline))
    ;
  finished = self->finished;
  g_mutex_unlock (&self->lock);
  thread = g_steal_pointer (&self->thread);
  if (finished)
    g_thread_join (thread);
  else
    g_thread_unref (thread);
  return finished;
}
