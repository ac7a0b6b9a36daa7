/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rd-income.h"

G_BEGIN_DECLS

#define RD_TYPE_INCOME_CHART (rd_income_chart_get_type ())
G_DECLARE_FINAL_TYPE (RdIncomeChart, rd_income_chart, RD, INCOME_CHART, GtkWidget)

/**
 * RdIncomeChart:
 *
 * Bars of what came in, one for each day or week, from oldest to newest. Each can be pointed at or reached by the arrow
 * keys, and says its figures then; all of them are in the accessible description.
 *
 * Property: `selected` (int, read-only), -1: none.
 */
/* @bars: (nullable) (array length=n): copied */
void  rd_income_chart_set_bars     (RdIncomeChart *self, const RdIncomeBar *bars, guint n, const char *currency,
                                    gboolean weeks);
int   rd_income_chart_get_selected (RdIncomeChart *self);
/* (transfer full): "Monday, 2 November: €1,240, 2 payments" */
char *rd_income_chart_dup_text     (RdIncomeChart *self, guint bar);

G_END_DECLS
