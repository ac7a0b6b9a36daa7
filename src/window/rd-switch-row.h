/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RD_TYPE_SWITCH_ROW (rd_switch_row_get_type ())
G_DECLARE_FINAL_TYPE (RdSwitchRow, rd_switch_row, RD, SWITCH_ROW, AdwActionRow)

/**
 * RdSwitchRow:
 *
 * A row with a switch. (AdwSwitchRow is missing on the older end that we build on.)
 *
 * Property: `active` (boolean).
 */
gboolean rd_switch_row_get_active (RdSwitchRow *self);
void     rd_switch_row_set_active (RdSwitchRow *self, gboolean active);

G_END_DECLS
