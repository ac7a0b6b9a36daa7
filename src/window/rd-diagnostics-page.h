/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-model.h"

G_BEGIN_DECLS

#define RD_TYPE_DIAGNOSTICS_PAGE (rd_diagnostics_page_get_type ())
G_DECLARE_FINAL_TYPE (RdDiagnosticsPage, rd_diagnostics_page, RD, DIAGNOSTICS_PAGE, AdwPreferencesPage)

/**
 * RdDiagnosticsPage:
 *
 * Why does nothing arrive? A check step by step, a try-out, how each line stands, what has failed of late, and a report
 * of all that.
 */
GtkWidget *rd_diagnostics_page_new (RdModel *model);

G_END_DECLS
