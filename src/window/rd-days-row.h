/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RD_TYPE_DAYS_ROW (rd_days_row_get_type ())
G_DECLARE_FINAL_TYPE (RdDaysRow, rd_days_row, RD, DAYS_ROW, AdwPreferencesRow)

/**
 * RdDaysRow:
 *
 * A row with the days of the week, each of which is on or off.
 *
 * Property: `days` (uint): bits, 1 Monday … 64 Sunday.
 */
guint rd_days_row_get_days (RdDaysRow *self);
void  rd_days_row_set_days (RdDaysRow *self, guint days);

G_END_DECLS
