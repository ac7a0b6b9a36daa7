/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-store"

#include "config.h"

#include "rd-history-worker.h"

#include "rd-fault.h"
#include "rd-history-db.h"

/* What the history's thread does, one thing after the other. Entries that come together are written together. What
 * cannot be written waits here and is tried again, with whatever comes next or after a while; a file that turns out to
 * be damaged is set aside, and what was asked is asked of its successor. */

#define MAX_TOGETHER 500
#define RETRY_US (30 * G_USEC_PER_SEC)
#define PRUNE_US (6 * G_TIME_SPAN_HOUR)
/* A disk that damages one file after the other is not to be filled with them. */
#define MAX_SET_ASIDE 3

struct _RdHistoryWorker
{
  RdHistoryReportFunc report;
  gpointer user_data;

  RdHistoryDb *db;
  GQueue waiting;   /* GVariant: entries for the disk, oldest first */
  GError *aside;    /* (nullable): what stays wrong for this run */
  GError *problem;  /* (nullable): as it was told */
  gint64 retry_at;  /* monotonic; 0: nothing failed */
  gint64 prune_at;  /* monotonic */
  guint days;
  guint n_aside;
};

static RdHistoryReport *
report_new (void)
{
  RdHistoryReport *report = g_new0 (RdHistoryReport, 1);

  report->missed = -1;
  return report;
}

static gboolean
is_same (const GError *one, const GError *other)
{
  if (one == NULL || other == NULL)
    return one == other;
  return g_strcmp0 (one->message, other->message) == 0;
}

/* @failure: (nullable): what does not work now; else what has gone wrong before and stays so */
static void
judge (RdHistoryWorker *self, const GError *failure)
{
  const GError *problem = failure != NULL ? failure : self->aside;
  RdHistoryReport *report;

  if (is_same (problem, self->problem))
    return;
  g_clear_error (&self->problem);
  self->problem = problem != NULL ? g_error_copy (problem) : NULL;
  report = report_new ();
  report->judged = TRUE;
  report->problem = problem != NULL ? g_error_copy (problem) : NULL;
  self->report (report, self->user_data);
}

static void
tell_missed (RdHistoryWorker *self, gboolean reset)
{
  RdHistoryReport *report = report_new ();

  report->missed = rd_history_db_is_open (self->db) ? rd_history_db_count_missed (self->db, NULL) : -1;
  report->reset = reset;
  self->report (report, self->user_data);
}

/* FALSE: it is still in the way. */
static gboolean
set_aside (RdHistoryWorker *self, GError **error)
{
  gboolean damaged = self->db->state == RD_HISTORY_STATE_DAMAGED;
  g_autoptr (GError) aside = NULL;
  RdHistoryReport *report;

  rd_history_db_close (self->db);
  if (self->n_aside == MAX_SET_ASIDE)
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_STORAGE, NULL, 0, "damaged again and again", "history"));
      return FALSE;
    }
  self->n_aside++;
  aside = rd_history_db_set_aside (self->db, error);
  if (aside == NULL)
    return FALSE;
  if (!rd_history_db_open (self->db, error))
    return FALSE;
  if (damaged)
    {
      g_autofree char *folder = g_path_get_dirname (self->db->path);
      g_autofree char *path = g_build_filename (folder, rd_fault_get_said (aside), NULL);

      rd_history_db_rescue (self->db, path);
    }
  g_clear_error (&self->aside);
  self->aside = g_error_copy (aside);
  report = report_new ();
  report->aside = g_steal_pointer (&aside);
  self->report (report, self->user_data);
  judge (self, NULL);
  tell_missed (self, TRUE);
  return TRUE;
}

/* What a failure asks for; TRUE: try again now. */
static gboolean
recover (RdHistoryWorker *self, GError **error)
{
  if (self->db->state == RD_HISTORY_STATE_DAMAGED || self->db->state == RD_HISTORY_STATE_NEWER)
    {
      g_autoptr (GError) local = NULL;

      if (set_aside (self, &local))
        {
          g_clear_error (error);
          return TRUE;
        }
      g_clear_error (error);
      g_propagate_error (error, g_steal_pointer (&local));
    }
  self->retry_at = g_get_monotonic_time () + RETRY_US;
  judge (self, error != NULL ? *error : NULL);
  return FALSE;
}

static gboolean
ensure_open (RdHistoryWorker *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  guint back;

  if (rd_history_db_is_open (self->db))
    return TRUE;
  if (!rd_history_db_open (self->db, &local) && !recover (self, &local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  back = rd_history_db_take_back (self->db);
  tell_missed (self, back > 0);
  self->prune_at = 0;
  return TRUE;
}

/* All that waits, at most MAX_TOGETHER, in one transaction. @added: (element-type GVariant) */
static gboolean
write_some (RdHistoryWorker *self, GPtrArray *added, guint *n, GError **error)
{
  gint64 now = g_get_real_time ();
  gboolean good = TRUE;

  *n = 0;
  if (!rd_history_db_begin (self->db, error))
    return FALSE;
  for (GList *l = self->waiting.head; l != NULL && good && *n < MAX_TOGETHER; l = l->next)
    {
      GVariant *entry = NULL;

      good = rd_history_db_insert (self->db, l->data, now, &entry, error);
      if (entry != NULL)
        g_ptr_array_add (added, entry);
      *n += good ? 1 : 0;
    }
  return rd_history_db_end (self->db, good, error);
}

static gboolean
write_once (RdHistoryWorker *self, GError **error)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  RdHistoryReport *report;
  guint n;

  if (!ensure_open (self, error) || !write_some (self, added, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    g_variant_unref (g_queue_pop_head (&self->waiting));
  report = report_new ();
  report->done = n;
  report->added = g_steal_pointer (&added);
  report->missed = rd_history_db_count_missed (self->db, NULL);
  self->report (report, self->user_data);
  return TRUE;
}

void
rd_history_worker_write (RdHistoryWorker *self)
{
  while (self->waiting.length > 0)
    {
      g_autoptr (GError) error = NULL;

      if (write_once (self, &error))
        continue;
      /* What could not be opened has been dealt with. */
      if (!rd_history_db_is_open (self->db) || !recover (self, &error))
        return;
    }
  self->retry_at = 0;
  judge (self, NULL);
}

static gboolean
list (RdHistoryWorker *self, RdHistoryJob *job, GError **error)
{
  RdHistoryPage *page = g_new0 (RdHistoryPage, 1);

  page->entries = rd_history_db_list (self->db, job->filter, job->ascending, job->from, job->limit, &page->more, error);
  if (page->entries == NULL)
    {
      rd_history_page_free (page);
      return FALSE;
    }
  g_task_return_pointer (job->task, page, (GDestroyNotify) rd_history_page_free);
  return TRUE;
}

static gboolean
get (RdHistoryWorker *self, RdHistoryJob *job, GError **error)
{
  GVariant *entry = rd_history_db_get (self->db, job->from, error);

  if (entry == NULL)
    return FALSE;
  g_task_return_pointer (job->task, entry, (GDestroyNotify) g_variant_unref);
  return TRUE;
}

static gboolean
count (RdHistoryWorker *self, RdHistoryJob *job, GError **error)
{
  gint64 n = rd_history_db_count (self->db, job->filter, error);

  if (n < 0)
    return FALSE;
  g_task_return_int (job->task, n);
  return TRUE;
}

/* What found no room is no less to be gone. */
static void
drop_waiting (RdHistoryWorker *self)
{
  RdHistoryReport *report;

  self->retry_at = 0;
  if (self->waiting.length == 0)
    return;
  report = report_new ();
  report->done = self->waiting.length;
  g_queue_clear_full (&self->waiting, (GDestroyNotify) g_variant_unref);
  self->report (report, self->user_data);
}

static gboolean
erase (RdHistoryWorker *self, RdHistoryJob *job, GError **error)
{
  RdHistoryErased *erased = g_new0 (RdHistoryErased, 1);

  if (job->kind == RD_HISTORY_JOB_ERASE)
    erased->count = rd_history_db_erase (self->db, job->filter, &erased->calls, error);
  else
    erased->count = rd_history_db_remove (self->db, job->ids, &erased->calls, error);
  if (erased->count < 0)
    {
      rd_history_erased_free (erased);
      return FALSE;
    }
  if (job->kind == RD_HISTORY_JOB_ERASE && rd_history_filter_is_empty (job->filter))
    {
      /* What was set aside is gone, too. */
      drop_waiting (self);
      g_clear_error (&self->aside);
      judge (self, NULL);
    }
  if (erased->count > 0)
    tell_missed (self, TRUE);
  g_task_return_pointer (job->task, erased, (GDestroyNotify) rd_history_erased_free);
  return TRUE;
}

static gboolean
mark_seen (RdHistoryWorker *self, GError **error)
{
  if (!rd_history_db_mark_seen (self->db, error))
    return FALSE;
  tell_missed (self, FALSE);
  return TRUE;
}

static gboolean
prune (RdHistoryWorker *self, GError **error)
{
  g_autoptr (GVariantDict) dict = g_variant_dict_new (NULL);
  g_autoptr (GVariant) all = NULL;
  g_autoptr (RdHistoryFilter) filter = NULL;
  g_autoptr (GVariant) calls = NULL;
  gint64 n;

  self->prune_at = g_get_monotonic_time () + PRUNE_US;
  if (self->days == 0)
    return TRUE;
  g_variant_dict_insert (dict, "until", "x", MAX (1, g_get_real_time () - (gint64) self->days * G_TIME_SPAN_DAY));
  all = g_variant_ref_sink (g_variant_dict_end (dict));
  filter = rd_history_filter_new (all, NULL);
  n = rd_history_db_erase (self->db, filter, &calls, error);
  if (n > 0)
    tell_missed (self, TRUE);
  return n >= 0;
}

static gboolean
do_job (RdHistoryWorker *self, RdHistoryJob *job, GError **error)
{
  switch (job->kind)
    {
    case RD_HISTORY_JOB_SEEN:
      return mark_seen (self, error);
    case RD_HISTORY_JOB_KEEP:
      self->days = job->days;
      return prune (self, error);
    case RD_HISTORY_JOB_LIST:
      return list (self, job, error);
    case RD_HISTORY_JOB_GET:
      return get (self, job, error);
    case RD_HISTORY_JOB_COUNT:
      return count (self, job, error);
    case RD_HISTORY_JOB_ERASE:
    case RD_HISTORY_JOB_REMOVE:
      return erase (self, job, error);
    case RD_HISTORY_JOB_ADD:
    case RD_HISTORY_JOB_STOP:
    default:
      g_assert_not_reached ();
    }
}

/* Once more after a recovery. What still fails is the caller's to know; the problem stands until a write works. */
void
rd_history_worker_attend (RdHistoryWorker *self, RdHistoryJob *job)
{
  g_autoptr (GError) error = NULL;

  /* The days count also for a file that cannot be opened yet. */
  if (job->kind == RD_HISTORY_JOB_KEEP)
    self->days = job->days;
  if (ensure_open (self, &error) && !do_job (self, job, &error) && self->db->state != RD_HISTORY_STATE_GOOD
      && recover (self, &error))
    do_job (self, job, &error);
  if (error != NULL && job->task != NULL)
    g_task_return_error (job->task, g_steal_pointer (&error));
  else if (error != NULL)
    g_message ("The history: %s", error->message);
  rd_history_job_free (job);
}

gint64
rd_history_worker_get_wake_up (RdHistoryWorker *self)
{
  /* There is nothing to prune or to wipe in a file that is not open. */
  gboolean open = rd_history_db_is_open (self->db);
  gint64 at = open && self->days > 0 ? self->prune_at : G_MAXINT64;

  if (self->retry_at != 0)
    at = MIN (at, self->retry_at);
  if (open && self->db->wipe_owed)
    at = MIN (at, g_get_monotonic_time () + RETRY_US);
  return at == G_MAXINT64 ? -1 : MAX (0, at - g_get_monotonic_time ());
}

void
rd_history_worker_tidy (RdHistoryWorker *self)
{
  g_autoptr (GError) error = NULL;
  gint64 now = g_get_monotonic_time ();

  if (self->retry_at != 0 && now >= self->retry_at)
    {
      self->retry_at = 0;
      if (ensure_open (self, NULL))
        rd_history_worker_write (self);
    }
  if (!rd_history_db_is_open (self->db))
    return;
  if (self->db->wipe_owed)
    rd_history_db_wipe (self->db);
  if (self->days > 0 && now >= self->prune_at && !prune (self, &error))
    recover (self, &error);
}

RdHistoryWorker *
rd_history_worker_new (const char *path, gint64 max_size, RdHistoryReportFunc report, gpointer user_data)
{
  RdHistoryWorker *self = g_new0 (RdHistoryWorker, 1);

  self->db = rd_history_db_new (path, max_size);
  self->report = report;
  self->user_data = user_data;
  g_queue_init (&self->waiting);
  return self;
}

void
rd_history_worker_free (RdHistoryWorker *self)
{
  if (self->waiting.length > 0)
    g_message ("%u entries of the history found no room on the disk", self->waiting.length);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) g_variant_unref);
  rd_history_db_free (self->db);
  g_clear_error (&self->aside);
  g_clear_error (&self->problem);
  g_free (self);
}

void
rd_history_worker_open (RdHistoryWorker *self)
{
  ensure_open (self, NULL);
}

void
rd_history_worker_add (RdHistoryWorker *self, RdHistoryJob *job)
{
  g_queue_push_tail (&self->waiting, g_steal_pointer (&job->entry));
  rd_history_job_free (job);
}
