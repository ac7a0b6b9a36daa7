/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-notifier"

#include "config.h"

#include "rd-notifier-worker.h"

#include <gio/gio.h>

#include "rd-notifier-desk.h"
#include "rd-notifier-queue.h"

/* libnotify's calls wait for the server's answer, up to 25 s each: they are made in this thread and nowhere else. Its
 * proxy is made here too, so that its signals arrive in this thread's context. */

struct _RdNotifierWorker
{
  GObject parent_instance;

  /* constant while the thread runs */
  char *app_name;
  char *desktop_entry;
  char *icon_name;
  char *ledger_path;
  RdNotifierReports *reports;
  GMainContext *context;
  RdNotifierQueue *queue;
  GThread *thread; /* (nullable): the caller's */

  GMutex lock; /* guards what follows */
  GCond finished_cond;
  gboolean finished;

  /* the thread's own */
  GMainLoop *loop;
  RdNotifierDesk *desk;
};

G_DEFINE_FINAL_TYPE (RdNotifierWorker, rd_notifier_worker, G_TYPE_OBJECT)

/* The thread's side */

static void
run_command (RdNotifierWorker *self, const RdNotifierCommand *command)
{
  switch (command->order)
    {
    case RD_NOTIFIER_PROBE:
      rd_notifier_desk_ask (self->desk);
      break;
    case RD_NOTIFIER_SHOW:
      rd_notifier_desk_show (self->desk, command->notice);
      break;
    case RD_NOTIFIER_CLOSE:
      rd_notifier_desk_close (self->desk, command->key);
      break;
    case RD_NOTIFIER_HIDE:
    case RD_NOTIFIER_REVEAL:
      rd_notifier_desk_set_discreet (self->desk, command->order == RD_NOTIFIER_HIDE);
      break;
    case RD_NOTIFIER_STOP:
      rd_notifier_desk_close_calls (self->desk);
      rd_notifier_desk_bequeath (self->desk);
      g_main_loop_quit (self->loop);
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
on_commands (gpointer user_data)
{
  RdNotifierWorker *self = user_data;
  RdNotifierCommand *command;

  while ((command = rd_notifier_queue_pop (self->queue)) != NULL)
    {
      run_command (self, command);
      rd_notifier_command_free (command);
    }
  return G_SOURCE_REMOVE;
}

static gpointer
run_worker (gpointer data)
{
  g_autoptr (RdNotifierWorker) self = data;
  const RdNotifierIdentity identity = { self->desktop_entry, self->icon_name, self->ledger_path };

  g_main_context_push_thread_default (self->context);
  notify_init (self->app_name);
  self->desk = rd_notifier_desk_new (self->reports, self->queue, &identity);
  g_main_loop_run (self->loop);
  /* Nothing may be left for libnotify to do once it is uninitialised, since it would connect anew. */
  g_clear_pointer (&self->desk, rd_notifier_desk_free);
  notify_uninit ();
  /* GDBus lets go of subscriptions in this context. */
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  g_mutex_lock (&self->lock);
  self->finished = TRUE;
  g_cond_signal (&self->finished_cond);
  g_mutex_unlock (&self->lock);
  return NULL;
}

/* The caller's side */

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
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_clear_object (&self->reports);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->finished_cond);
  g_free (self->app_name);
  g_free (self->desktop_entry);
  g_free (self->icon_name);
  g_free (self->ledger_path);
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
}

RdNotifierWorker *
rd_notifier_worker_new (RdNotifierReports *reports, const char *app_name, const char *desktop_entry,
                        const char *icon_name, const char *ledger_path)
{
  RdNotifierWorker *self;

  g_return_val_if_fail (app_name != NULL, NULL);
  self = g_object_new (RD_TYPE_NOTIFIER_WORKER, NULL);
  self->reports = g_object_ref (reports);
  self->app_name = g_strdup (app_name);
  self->desktop_entry = g_strdup (desktop_entry);
  self->icon_name = g_strdup (icon_name);
  self->ledger_path = g_strdup (ledger_path);
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

void
rd_notifier_worker_set_discreet (RdNotifierWorker *self, gboolean discreet)
{
  g_return_if_fail (RD_IS_NOTIFIER_WORKER (self));
  push (self, discreet ? RD_NOTIFIER_HIDE : RD_NOTIFIER_REVEAL, NULL, NULL);
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
