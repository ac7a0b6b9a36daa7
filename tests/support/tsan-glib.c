/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <dlfcn.h>
#include <gio/gio.h>
#include <sanitizer/tsan_interface.h>

/* ThreadSanitizer sees no order in what passes through GLib, which was built without it: its mutexes are futexes, its
 * queues and tasks memory that nobody watches. These functions stand before GLib's in a program that is built with
 * -Db_sanitize=thread, and say what comes before what. Nothing else is different. */

#define REAL(function) ((__typeof__ (function) *) dlsym (RTLD_NEXT, #function))

#define PASS_ON(function)                                                                                              \
  static __typeof__ (function) *real;                                                                                  \
  if (g_once_init_enter (&real))                                                                                       \
    g_once_init_leave (&real, REAL (function))

/* A function with its data on its way to another thread, or to a later moment of this one */
typedef struct
{
  GCallback function;
  gpointer data;
  GDestroyNotify notify;
} Parcel;

static Parcel *
parcel_new (GCallback function, gpointer data, GDestroyNotify notify)
{
  Parcel *parcel = g_new (Parcel, 1);

  *parcel = (Parcel){ function, data, notify };
  __tsan_release (parcel);
  return parcel;
}

static void
parcel_free (gpointer data)
{
  Parcel *parcel = data;

  __tsan_acquire (parcel);
  if (parcel->notify != NULL)
    parcel->notify (parcel->data);
  g_free (parcel);
}

static gpointer
open_in_thread (gpointer data)
{
  Parcel *parcel = data;
  GThreadFunc function;
  gpointer thread_data;

  __tsan_acquire (parcel);
  function = (GThreadFunc) parcel->function;
  thread_data = parcel->data;
  g_free (parcel);
  return function (thread_data);
}

static gboolean
open_in_loop (gpointer data)
{
  Parcel *parcel = data;
  gboolean again;

  __tsan_acquire (parcel);
  again = ((GSourceFunc) parcel->function) (parcel->data);
  __tsan_release (parcel);
  return again;
}

static void
open_in_task (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  __tsan_acquire (task);
  ((GTaskThreadFunc) g_object_get_data (G_OBJECT (task), "tsan-func")) (task, source, task_data, cancellable);
}

/* Mutexes and conditions */

void
g_mutex_lock (GMutex *mutex)
{
  PASS_ON (g_mutex_lock);
  real (mutex);
  __tsan_acquire (mutex);
}

gboolean
g_mutex_trylock (GMutex *mutex)
{
  gboolean locked;
  PASS_ON (g_mutex_trylock);
  locked = real (mutex);
  if (locked)
    __tsan_acquire (mutex);
  return locked;
}

void
g_mutex_unlock (GMutex *mutex)
{
  PASS_ON (g_mutex_unlock);
  __tsan_release (mutex);
  real (mutex);
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  PASS_ON (g_cond_wait);
  __tsan_release (mutex);
  real (cond, mutex);
  __tsan_acquire (mutex);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_time)
{
  gboolean signalled;
  PASS_ON (g_cond_wait_until);
  __tsan_release (mutex);
  signalled = real (cond, mutex, end_time);
  __tsan_acquire (mutex);
  return signalled;
}

/* Queues */

void
g_async_queue_push (GAsyncQueue *queue, gpointer data)
{
  PASS_ON (g_async_queue_push);
  __tsan_release (queue);
  real (queue, data);
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
  gpointer data;
  PASS_ON (g_async_queue_pop);
  data = real (queue);
  __tsan_acquire (queue);
  return data;
}

gpointer
g_async_queue_try_pop (GAsyncQueue *queue)
{
  gpointer data;
  PASS_ON (g_async_queue_try_pop);
  data = real (queue);
  __tsan_acquire (queue);
  return data;
}

gpointer
g_async_queue_timeout_pop (GAsyncQueue *queue, guint64 timeout)
{
  gpointer data;
  PASS_ON (g_async_queue_timeout_pop);
  data = real (queue, timeout);
  __tsan_acquire (queue);
  return data;
}

/* Threads, tasks and main loops */

GThread *
g_thread_new (const char *name, GThreadFunc func, gpointer data)
{
  PASS_ON (g_thread_new);
  return real (name, open_in_thread, parcel_new (G_CALLBACK (func), data, NULL));
}

void
g_task_run_in_thread (GTask *task, GTaskThreadFunc func)
{
  PASS_ON (g_task_run_in_thread);
  g_object_set_data (G_OBJECT (task), "tsan-func", (gpointer) func);
  __tsan_release (task);
  real (task, open_in_task);
}

void
g_task_return_pointer (GTask *task, gpointer result, GDestroyNotify notify)
{
  PASS_ON (g_task_return_pointer);
  __tsan_release (task);
  real (task, result, notify);
}

void
g_task_return_boolean (GTask *task, gboolean result)
{
  PASS_ON (g_task_return_boolean);
  __tsan_release (task);
  real (task, result);
}

void
g_task_return_int (GTask *task, gssize result)
{
  PASS_ON (g_task_return_int);
  __tsan_release (task);
  real (task, result);
}

void
g_task_return_error (GTask *task, GError *error)
{
  PASS_ON (g_task_return_error);
  __tsan_release (task);
  real (task, error);
}

gpointer
g_task_propagate_pointer (GTask *task, GError **error)
{
  PASS_ON (g_task_propagate_pointer);
  __tsan_acquire (task);
  return real (task, error);
}

gboolean
g_task_propagate_boolean (GTask *task, GError **error)
{
  PASS_ON (g_task_propagate_boolean);
  __tsan_acquire (task);
  return real (task, error);
}

gssize
g_task_propagate_int (GTask *task, GError **error)
{
  PASS_ON (g_task_propagate_int);
  __tsan_acquire (task);
  return real (task, error);
}

gpointer
g_task_get_task_data (GTask *task)
{
  PASS_ON (g_task_get_task_data);
  __tsan_acquire (task);
  return real (task);
}

void
g_source_set_callback (GSource *source, GSourceFunc func, gpointer data, GDestroyNotify notify)
{
  PASS_ON (g_source_set_callback);
  real (source, open_in_loop, parcel_new (G_CALLBACK (func), data, notify), parcel_free);
}

guint
g_idle_add (GSourceFunc func, gpointer data)
{
  return g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, open_in_loop, parcel_new (G_CALLBACK (func), data, NULL),
                          parcel_free);
}

void
g_main_context_invoke_full (GMainContext *context, int priority, GSourceFunc func, gpointer data, GDestroyNotify notify)
{
  PASS_ON (g_main_context_invoke_full);
  real (context, priority, open_in_loop, parcel_new (G_CALLBACK (func), data, notify), parcel_free);
}

void
g_main_context_invoke (GMainContext *context, GSourceFunc func, gpointer data)
{
  g_main_context_invoke_full (context, G_PRIORITY_DEFAULT, func, data, NULL);
}

/* What several threads hold: whoever lets go last has seen what the others did. */

void
g_object_unref (gpointer object)
{
  PASS_ON (g_object_unref);
  __tsan_release (object);
  __tsan_acquire (object);
  real (object);
}

void
g_atomic_rc_box_release_full (gpointer box, GDestroyNotify clear)
{
  PASS_ON (g_atomic_rc_box_release_full);
  __tsan_release (box);
  __tsan_acquire (box);
  real (box, clear);
}

gboolean
(g_atomic_ref_count_dec) (gatomicrefcount *count)
{
  PASS_ON (g_atomic_ref_count_dec);
  __tsan_release (count);
  __tsan_acquire (count);
  return real (count);
}
