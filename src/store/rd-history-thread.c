/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-store"

#include "config.h"

#include "rd-history-thread.h"

#include "rd-fault.h"
#include "rd-history-worker.h"

/* The thread that has the history's file, and the queue before it. What it does is the worker's business. */

#define MAX_JOBS 512

struct _RdHistoryThread
{
  gatomicrefcount refs;
  GAsyncQueue *queue; /* RdHistoryJob */
  GThread *thread;
  GMutex lock;
  GCond on_end;
  gboolean ended; /* with the lock: nothing is taken any more */
  RdHistoryWorker *worker; /* the thread's own */
  gpointer user_data;
  GDestroyNotify notify;
};

/* (nullable): NULL: the time has come */
static RdHistoryJob *
take_job (RdHistoryThread *self)
{
  gint64 wait = rd_history_worker_get_wake_up (self->worker);

  return wait < 0 ? g_async_queue_pop (self->queue) : g_async_queue_timeout_pop (self->queue, (guint64) wait);
}

/* What comes together is written together. Returns (nullable) (transfer full) what comes after it. */
static RdHistoryJob *
add (RdHistoryThread *self, RdHistoryJob *job)
{
  while (job != NULL && job->kind == RD_HISTORY_JOB_ADD)
    {
      rd_history_worker_add (self->worker, job);
      job = g_async_queue_try_pop (self->queue);
    }
  rd_history_worker_write (self->worker);
  return job;
}

static void
run (RdHistoryThread *self)
{
  rd_history_worker_open (self->worker);
  for (;;)
    {
      RdHistoryJob *job = take_job (self);

      if (job == NULL)
        rd_history_worker_tidy (self->worker);
      else if (job->kind == RD_HISTORY_JOB_ADD)
        job = add (self, job);
      if (job == NULL)
        continue;
      if (job->kind == RD_HISTORY_JOB_STOP)
        {
          rd_history_job_free (job);
          return;
        }
      rd_history_worker_attend (self->worker, job);
    }
}

static void
refuse (RdHistoryJob *job, const char *why)
{
  if (job->task != NULL)
    g_task_return_error (job->task, rd_fault_new (RD_FAULT_STORAGE, NULL, 0, why, "history"));
  rd_history_job_free (job);
}

static gpointer
thread_main (gpointer data)
{
  RdHistoryThread *self = data;
  RdHistoryJob *job;

  run (self);
  g_clear_pointer (&self->worker, rd_history_worker_free);
  self->notify (self->user_data);
  g_mutex_lock (&self->lock);
  self->ended = TRUE;
  while ((job = g_async_queue_try_pop (self->queue)) != NULL)
    refuse (job, "it is closed");
  g_cond_signal (&self->on_end);
  g_mutex_unlock (&self->lock);
  rd_history_thread_unref (self);
  return NULL;
}

RdHistoryThread *
rd_history_thread_new (const char *path, gint64 max_size, RdHistoryReportFunc report, gpointer user_data,
                       GDestroyNotify notify)
{
  RdHistoryThread *self = g_new0 (RdHistoryThread, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->lock);
  g_cond_init (&self->on_end);
  self->queue = g_async_queue_new ();
  self->user_data = user_data;
  self->notify = notify;
  self->worker = rd_history_worker_new (path, max_size, report, user_data);
  self->thread = g_thread_new ("history", thread_main, rd_history_thread_ref (self));
  return self;
}

RdHistoryThread *
rd_history_thread_ref (RdHistoryThread *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
rd_history_thread_unref (RdHistoryThread *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_async_queue_unref (self->queue);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->on_end);
  g_free (self);
}

void
rd_history_thread_push (RdHistoryThread *self, RdHistoryJob *job)
{
  gboolean bounded = job->kind != RD_HISTORY_JOB_ADD && job->kind != RD_HISTORY_JOB_STOP;

  g_mutex_lock (&self->lock);
  if (self->ended)
    refuse (job, "it is closed");
  else if (bounded && g_async_queue_length (self->queue) >= MAX_JOBS)
    refuse (job, "too much is waiting");
  else
    g_async_queue_push (self->queue, job);
  g_mutex_unlock (&self->lock);
}

void
rd_history_thread_stop (RdHistoryThread *self, guint timeout_ms)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) timeout_ms * 1000;
  gboolean ended;

  rd_history_thread_push (self, rd_history_job_new (RD_HISTORY_JOB_STOP));
  g_mutex_lock (&self->lock);
  while (!self->ended && g_cond_wait_until (&self->on_end, &self->lock, deadline))
    ;
  ended = self->ended;
  g_mutex_unlock (&self->lock);
  /* A disk that hangs is left alone: what is committed is whole whenever the process goes. */
  if (ended)
    g_thread_join (self->thread);
  else
    g_thread_unref (self->thread);
  rd_history_thread_unref (self);
}
