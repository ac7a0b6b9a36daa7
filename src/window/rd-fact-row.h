/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RD_TYPE_FACT_ROW (rd_fact_row_get_type ())
G_DECLARE_FINAL_TYPE (RdFactRow, rd_fact_row, RD, FACT_ROW, GtkListBoxRow)

/**
 * RdFactRow:
 *
 * What something is called, and below it what it is: plain text of any length, which can be selected. Not to be seen
 * while there is none.
 *
 * Properties: `title` (string), `copyable` (boolean): with a button that copies it.
 */
void        rd_fact_row_set_value (RdFactRow *self, const char *value);
const char *rd_fact_row_get_value (RdFactRow *self);

G_END_DECLS
