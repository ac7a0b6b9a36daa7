/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-site"

#include "config.h"

#include "rd-waiting.h"

/* Those who wait for one thing together. Knows nothing of what it is. */

struct _RdWaiting
{
  GPtrArray *tasks; /* (element-type GTask) */
};

typedef struct
{
  RdWaiting *waiting;
  GSource *source; /* (nullable): of the cancellable */
} Waiter;

static void
waiter_free (gpointer data)
{
  Waiter *waiter = data;

  if (waiter->source != NULL)
    {
      g_source_destroy (waiter->source);
      g_source_unref (waiter->source);
    }
  g_free (waiter);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  GTask *task = data;
  Waiter *waiter = g_task_get_task_data (task);

  g_task_return_error_if_cancelled (task);
  g_ptr_array_remove (waiter->waiting->tasks, task);
  return G_SOURCE_REMOVE;
}

RdWaiting *
rd_waiting_new (void)
{
  RdWaiting *self = g_new0 (RdWaiting, 1);

  self->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

void
rd_waiting_free (RdWaiting *self)
{
  g_assert (self->tasks->len == 0);
  g_ptr_array_unref (self->tasks);
  g_free (self);
}

void
rd_waiting_join (RdWaiting *self, gpointer source, GCancellable *cancellable, GAsyncReadyCallback callback,
                 gpointer user_data)
{
  GTask *task = g_task_new (source, cancellable, callback, user_data);
  Waiter *waiter = g_new0 (Waiter, 1);

  g_task_set_source_tag (task, rd_waiting_join);
  waiter->waiting = self;
  g_task_set_task_data (task, waiter, waiter_free);
  g_ptr_array_add (self->tasks, task);
  if (cancellable == NULL)
    return;
  waiter->source = g_cancellable_source_new (cancellable);
  g_source_set_callback (waiter->source, G_SOURCE_FUNC (on_cancelled), task, NULL);
  g_source_attach (waiter->source, NULL);
}

gboolean
rd_waiting_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
rd_waiting_wake (RdWaiting *self, const GError *error)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->tasks);

  self->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < tasks->len; i++)
    {
      /* its cancellable's source goes first */
      g_task_set_task_data (tasks->pdata[i], NULL, NULL);
      if (error != NULL)
        g_task_return_error (tasks->pdata[i], g_error_copy (error));
      else
        g_task_return_boolean (tasks->pdata[i], TRUE);
    }
}
