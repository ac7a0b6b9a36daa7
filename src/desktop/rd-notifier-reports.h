/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-notifier-notice.h"

G_BEGIN_DECLS

#define RD_TYPE_NOTIFIER_REPORTS (rd_notifier_reports_get_type ())
G_DECLARE_FINAL_TYPE (RdNotifierReports, rd_notifier_reports, RD, NOTIFIER_REPORTS, GObject)

/**
 * RdNotifierReports:
 *
 * What the worker has to say, carried into the context of the thread that made this:
 * ::health (const char *health): as RdNotifier's, on a change
 * ::action (RdNotice *notice, const char *action, const char *activation_token)
 * ::reply (RdNotice *notice, const char *text): the user answered a message in its notification
 * ::dismissed (RdNotice *notice): the user closed a call's notification
 */
RdNotifierReports *rd_notifier_reports_new       (void) G_GNUC_WARN_UNUSED_RESULT;
/* From any thread: */
void               rd_notifier_reports_health    (RdNotifierReports *self, const char *health);
void               rd_notifier_reports_action    (RdNotifierReports *self, RdNotice *notice, const char *action,
                                                  const char *token);
void               rd_notifier_reports_reply     (RdNotifierReports *self, RdNotice *notice, const char *text);
void               rd_notifier_reports_dismissed (RdNotifierReports *self, RdNotice *notice);
/* Around an operation that waits for the server: one of more than 2 s makes the health "not-answering". */
GSource           *rd_notifier_reports_start_watchdog (RdNotifierReports *self) G_GNUC_WARN_UNUSED_RESULT;
void               rd_notifier_reports_stop_watchdog  (GSource *watchdog);

G_END_DECLS
