/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-notifier-notice.h"
#include "rd-notifier-reports.h"

G_BEGIN_DECLS

#define RD_TYPE_NOTIFIER_WORKER (rd_notifier_worker_get_type ())
G_DECLARE_FINAL_TYPE (RdNotifierWorker, rd_notifier_worker, RD, NOTIFIER_WORKER, GObject)

/**
 * RdNotifierWorker:
 *
 * The thread that talks to the notification server. Functions are for the thread that made it and return at once (but
 * stop()); what happens comes by the reports.
 *
 * libnotify keeps the state of a whole process: one worker at a time.
 */
RdNotifierWorker *rd_notifier_worker_new   (RdNotifierReports *reports, const char *app_name,
                                            const char *desktop_entry, const char *icon_name,
                                            const char *ledger_path) G_GNUC_WARN_UNUSED_RESULT;
/* Asks the server for its capabilities. */
void              rd_notifier_worker_probe (RdNotifierWorker *self);
void              rd_notifier_worker_show  (RdNotifierWorker *self, RdNotice *notice);
void              rd_notifier_worker_close (RdNotifierWorker *self, const char *key);
/* @discreet: no names from now on, also of what stands */
void              rd_notifier_worker_set_discreet (RdNotifierWorker *self, gboolean discreet);
/* Closes all calls' notifications and ends the thread; waits for that at most @timeout_ms. TRUE: it has ended. */
gboolean          rd_notifier_worker_stop  (RdNotifierWorker *self, guint timeout_ms);

G_END_DECLS
