/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-model.h"

G_BEGIN_DECLS

#define RD_TYPE_QUIET_PAGE (rd_quiet_page_get_type ())
G_DECLARE_FINAL_TYPE (RdQuietPage, rd_quiet_page, RD, QUIET_PAGE, AdwPreferencesPage)

/**
 * RdQuietPage:
 *
 * The preferences of do-not-disturb, and whom it does not apply to.
 */
/* @settings: (nullable): the schema is not installed */
GtkWidget *rd_quiet_page_new (RdModel *model, GSettings *settings);

G_END_DECLS
