/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-store"

#include "config.h"

#include "rd-fault.h"
#include "rd-history-export.h"
#include "rd-history-private.h"

#include <glib/gstdio.h>

/* What is asked of the history, and erased from it: jobs for its thread. */

static GTask *
make_task (RdHistory *self, gpointer tag, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  return task;
}

/* @task: (transfer full), @job: (transfer full) */
static void
push (RdHistory *self, RdHistoryJob *job, GTask *task)
{
  job->task = task;
  if (rd_history_get_thread (self) != NULL)
    {
      rd_history_thread_push (rd_history_get_thread (self), job);
      return;
    }
  g_task_return_error (task, rd_fault_new (RD_FAULT_STORAGE, NULL, 0, "it is closed", "history"));
  rd_history_job_free (job);
}

void
rd_history_list_async (RdHistory *self, RdHistoryFilter *filter, guint64 before, guint limit,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  RdHistoryJob *job;

  g_return_if_fail (RD_IS_HISTORY (self));
  g_return_if_fail (filter != NULL);

  job = rd_history_job_new (RD_HISTORY_JOB_LIST);
  job->filter = rd_history_filter_ref (filter);
  job->from = before;
  job->limit = CLAMP (limit, 1, RD_HISTORY_MAX_PAGE);
  push (self, job, make_task (self, rd_history_list_async, callback, user_data));
}

GVariant *
rd_history_list_finish (RdHistory *self, GAsyncResult *result, gboolean *more, GError **error)
{
  RdHistoryPage *page;
  GVariant *entries;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (more != NULL, NULL);

  page = g_task_propagate_pointer (G_TASK (result), error);
  if (page == NULL)
    return NULL;
  entries = g_steal_pointer (&page->entries);
  *more = page->more;
  rd_history_page_free (page);
  return entries;
}

void
rd_history_get_async (RdHistory *self, guint64 id, GAsyncReadyCallback callback, gpointer user_data)
{
  RdHistoryJob *job;

  g_return_if_fail (RD_IS_HISTORY (self));

  job = rd_history_job_new (RD_HISTORY_JOB_GET);
  job->from = id;
  push (self, job, make_task (self, rd_history_get_async, callback, user_data));
}

GVariant *
rd_history_get_finish (RdHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rd_history_count_async (RdHistory *self, RdHistoryFilter *filter, GAsyncReadyCallback callback, gpointer user_data)
{
  RdHistoryJob *job;

  g_return_if_fail (RD_IS_HISTORY (self));
  g_return_if_fail (filter != NULL);

  job = rd_history_job_new (RD_HISTORY_JOB_COUNT);
  job->filter = rd_history_filter_ref (filter);
  push (self, job, make_task (self, rd_history_count_async, callback, user_data));
}

gint64
rd_history_count_finish (RdHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

void
rd_history_erase_async (RdHistory *self, RdHistoryFilter *filter, GAsyncReadyCallback callback, gpointer user_data)
{
  RdHistoryJob *job;

  g_return_if_fail (RD_IS_HISTORY (self));
  g_return_if_fail (filter != NULL);

  job = rd_history_job_new (RD_HISTORY_JOB_ERASE);
  job->filter = rd_history_filter_ref (filter);
  push (self, job, make_task (self, rd_history_erase_async, callback, user_data));
}

void
rd_history_remove_async (RdHistory *self, const guint64 *ids, gsize n_ids, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  RdHistoryJob *job;

  g_return_if_fail (RD_IS_HISTORY (self));
  g_return_if_fail (ids != NULL || n_ids == 0);

  job = rd_history_job_new (RD_HISTORY_JOB_REMOVE);
  job->ids = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_array_append_vals (job->ids, ids, (guint) n_ids);
  push (self, job, make_task (self, rd_history_remove_async, callback, user_data));
}

gint64
rd_history_erase_finish (RdHistory *self, GAsyncResult *result, GVariant **calls, GError **error)
{
  RdHistoryErased *erased;
  gint64 count;

  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  erased = g_task_propagate_pointer (G_TASK (result), error);
  if (erased == NULL)
    return -1;
  count = erased->count;
  if (calls != NULL)
    *calls = g_steal_pointer (&erased->calls);
  rd_history_erased_free (erased);
  return count;
}

void
rd_history_export_async (RdHistory *self, RdHistoryFilter *filter, int fd, const char *format,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RD_IS_HISTORY (self));
  g_return_if_fail (filter != NULL && format != NULL && fd >= 0);

  task = make_task (self, rd_history_export_async, callback, user_data);
  if (rd_history_get_thread (self) != NULL)
    {
      rd_history_export_run (task, rd_history_get_thread (self), filter, fd, format);
      return;
    }
  g_close (fd, NULL);
  g_task_return_error (task, rd_fault_new (RD_FAULT_STORAGE, NULL, 0, "it is closed", "history"));
  g_object_unref (task);
}

gint64
rd_history_export_finish (RdHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
