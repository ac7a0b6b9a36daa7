/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-store"

#include "config.h"

#include "rd-history-thread.h"

/* What goes to the history's thread, and what comes from it. */

RdHistoryJob *
rd_history_job_new (RdHistoryJobKind kind)
{
  RdHistoryJob *job = g_new0 (RdHistoryJob, 1);

  job->kind = kind;
  return job;
}

void
rd_history_job_free (RdHistoryJob *job)
{
  g_clear_object (&job->task);
  g_clear_pointer (&job->entry, g_variant_unref);
  g_clear_pointer (&job->filter, rd_history_filter_unref);
  g_clear_pointer (&job->ids, g_array_unref);
  g_free (job);
}

void
rd_history_page_free (RdHistoryPage *page)
{
  g_clear_pointer (&page->entries, g_variant_unref);
  g_free (page);
}

void
rd_history_erased_free (RdHistoryErased *erased)
{
  g_clear_pointer (&erased->calls, g_variant_unref);
  g_free (erased);
}

void
rd_history_report_free (RdHistoryReport *report)
{
  g_clear_pointer (&report->added, g_ptr_array_unref);
  g_clear_error (&report->problem);
  g_clear_error (&report->aside);
  g_free (report);
}
