/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-history-thread.h"

G_BEGIN_DECLS

/* The history's file and what waits for it: all of this happens in the thread of rd-history-thread.c. */
typedef struct _RdHistoryWorker RdHistoryWorker;

RdHistoryWorker *rd_history_worker_new  (const char *path, gint64 max_size, RdHistoryReportFunc report,
                                         gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void             rd_history_worker_free (RdHistoryWorker *self);
/* Later on it is opened whenever that is needed. */
void             rd_history_worker_open (RdHistoryWorker *self);
/* An ADD (transfer full) waits until … */
void             rd_history_worker_add  (RdHistoryWorker *self, RdHistoryJob *job);
/* … this is called. */
void             rd_history_worker_write (RdHistoryWorker *self);
/* Any other job (transfer full) but STOP */
void             rd_history_worker_attend (RdHistoryWorker *self, RdHistoryJob *job);
/* In how many µs rd_history_worker_tidy() has something to do; -1: never */
gint64           rd_history_worker_get_wake_up (RdHistoryWorker *self);
/* What is to be done though nobody asks: tries again what failed, lets go what is too old. */
void             rd_history_worker_tidy (RdHistoryWorker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdHistoryWorker, rd_history_worker_free)

G_END_DECLS
