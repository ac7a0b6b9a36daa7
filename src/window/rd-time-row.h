/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RD_TYPE_TIME_ROW (rd_time_row_get_type ())
G_DECLARE_FINAL_TYPE (RdTimeRow, rd_time_row, RD, TIME_ROW, AdwActionRow)

/**
 * RdTimeRow:
 *
 * A row with a time of day.
 *
 * Property: `minutes` (uint): since midnight, 0 to 1439.
 */
guint rd_time_row_get_minutes (RdTimeRow *self);
void  rd_time_row_set_minutes (RdTimeRow *self, guint minutes);

G_END_DECLS
