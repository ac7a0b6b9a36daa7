/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-model.h"

G_BEGIN_DECLS

#define RD_TYPE_GENERAL_PAGE (rd_general_page_get_type ())
G_DECLARE_FINAL_TYPE (RdGeneralPage, rd_general_page, RD, GENERAL_PAGE, AdwPreferencesPage)

/**
 * RdGeneralPage:
 *
 * The preferences of the application itself: when it starts, and what of it is seen.
 */
/* @settings: (nullable): the schema is not installed */
GtkWidget *rd_general_page_new (RdModel *model, GSettings *settings);

G_END_DECLS
