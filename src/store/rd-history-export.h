/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-history-thread.h"

G_BEGIN_DECLS

/* Starts an export in a thread of its own, which asks @thread for one page after the other. @task: (transfer full):
 * gets the number of entries. @fd: (transfer full). @format: "csv" or "json"; another is RD_FAULT_BAD_INPUT. */
void rd_history_export_run (GTask *task, RdHistoryThread *thread, RdHistoryFilter *filter, int fd, const char *format);

G_END_DECLS
