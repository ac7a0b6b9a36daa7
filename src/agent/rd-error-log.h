/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-lines.h"

G_BEGIN_DECLS

#define RD_TYPE_ERROR_LOG (rd_error_log_get_type ())
G_DECLARE_FINAL_TYPE (RdErrorLog, rd_error_log, RD, ERROR_LOG, GObject)

/* As many are kept. */
#define RD_ERROR_LOG_MAX 100

/**
 * RdErrorLog:
 *
 * What has failed of late, in memory: notices, and what became of the lines and their sites. The same failure again, as
 * a line's that is tried every few seconds, is one entry with its last time.
 */
/* @notices and @lines are listened to; before the lines are loaded. */
RdErrorLog *rd_error_log_new  (RdNotices *notices, RdLines *lines, RdClock *clock) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer floating): aa{sv} as Diagnostics1.ListErrors returns it, each with "count" u besides */
GVariant   *rd_error_log_list (RdErrorLog *self) G_GNUC_WARN_UNUSED_RESULT;
/* @account: (nullable); @fault: a{sv} with at least "code" s, as of rd_fault_to_variant() */
void        rd_error_log_add  (RdErrorLog *self, const char *account, const char *severity, GVariant *fault);

G_END_DECLS
