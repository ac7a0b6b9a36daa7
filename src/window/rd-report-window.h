/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RD_TYPE_REPORT_WINDOW (rd_report_window_get_type ())
G_DECLARE_FINAL_TYPE (RdReportWindow, rd_report_window, RD, REPORT_WINDOW, AdwWindow)

/**
 * RdReportWindow:
 *
 * A report, to be read before it is given to somebody: copied, or saved as a file.
 */
/* In the window that stands over @parent, if there is one already. */
void rd_report_window_present (GtkWindow *parent, const char *report);

G_END_DECLS
