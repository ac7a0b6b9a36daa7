/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-history-filter.h"

G_BEGIN_DECLS

typedef enum
{
  RD_HISTORY_JOB_ADD,
  RD_HISTORY_JOB_SEEN,
  RD_HISTORY_JOB_KEEP,
  RD_HISTORY_JOB_LIST,
  RD_HISTORY_JOB_GET,
  RD_HISTORY_JOB_COUNT,
  RD_HISTORY_JOB_ERASE,
  RD_HISTORY_JOB_REMOVE,
  RD_HISTORY_JOB_STOP,
} RdHistoryJobKind;

/* What a list gives. */
typedef struct
{
  GVariant *entries;
  gboolean more;
} RdHistoryPage;

/* What an erasure gives. */
typedef struct
{
  gint64 count;
  GVariant *calls;
} RdHistoryErased;

/* Something for the thread to do. What asks has a task, which is answered with an RdHistoryPage (LIST), a GVariant
 * (GET), a number (COUNT), an RdHistoryErased (ERASE, REMOVE). */
typedef struct
{
  RdHistoryJobKind kind;
  GTask *task;             /* (nullable) */
  GVariant *entry;         /* ADD */
  RdHistoryFilter *filter; /* LIST, COUNT, ERASE */
  gboolean ascending;      /* LIST */
  guint64 from;            /* LIST; GET: the id */
  guint limit;             /* LIST */
  guint days;              /* KEEP */
  GArray *ids;             /* REMOVE: guint64 */
} RdHistoryJob;

/* What the thread tells by itself. */
typedef struct
{
  GPtrArray *added; /* (nullable) GVariant */
  guint done;       /* so many of what was to be added wait no more */
  gint64 missed;    /* -1: as before */
  gboolean reset;   /* entries are gone, or came back */
  gboolean judged;  /* problem (nullable) is what is wrong from here on */
  GError *problem;
  GError *aside;    /* (nullable): a file was set aside */
} RdHistoryReport;

/* In the thread. @report: (transfer full) */
typedef void (*RdHistoryReportFunc) (RdHistoryReport *report, gpointer user_data);

typedef struct _RdHistoryThread RdHistoryThread;

RdHistoryJob    *rd_history_job_new      (RdHistoryJobKind kind) G_GNUC_WARN_UNUSED_RESULT;
void             rd_history_job_free     (RdHistoryJob *job);
void             rd_history_page_free    (RdHistoryPage *page);
void             rd_history_erased_free  (RdHistoryErased *erased);
void             rd_history_report_free  (RdHistoryReport *report);

/* Starts it. @notify frees @user_data when it has ended. */
RdHistoryThread *rd_history_thread_new   (const char *path, gint64 max_size, RdHistoryReportFunc report,
                                          gpointer user_data, GDestroyNotify notify) G_GNUC_WARN_UNUSED_RESULT;
RdHistoryThread *rd_history_thread_ref   (RdHistoryThread *self);
void             rd_history_thread_unref (RdHistoryThread *self);
/* @job: (transfer full). From any thread. Where too much is waiting, or it has ended, it is not done, and its task is
 * answered so. */
void             rd_history_thread_push  (RdHistoryThread *self, RdHistoryJob *job);
/* Has it do what was pushed and end; waits for that at most @timeout_ms. @self: (transfer full) */
void             rd_history_thread_stop  (RdHistoryThread *self, guint timeout_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdHistoryJob, rd_history_job_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdHistoryPage, rd_history_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdHistoryReport, rd_history_report_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdHistoryThread, rd_history_thread_unref)

G_END_DECLS
