/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-model.h"

G_BEGIN_DECLS

#define RD_TYPE_RINGING_PAGE (rd_ringing_page_get_type ())
G_DECLARE_FINAL_TYPE (RdRingingPage, rd_ringing_page, RD, RINGING_PAGE, AdwPreferencesPage)

/**
 * RdRingingPage:
 *
 * The preferences of what sounds, where and how loud, and of calls that are not taken.
 */
/* @settings: (nullable): the schema is not installed */
GtkWidget *rd_ringing_page_new (RdModel *model, GSettings *settings);

G_END_DECLS
