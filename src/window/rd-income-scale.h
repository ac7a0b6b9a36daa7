/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The amounts that a chart reaches from and to; zero is always between them. */
typedef struct
{
  gint64 bottom;
  gint64 top;
} RdIncomeScale;

void   rd_income_scale_init       (RdIncomeScale *self);
void   rd_income_scale_take       (RdIncomeScale *self, gint64 amount);
/* Out to round numbers: 1, 2 or 5 with zeros. */
void   rd_income_scale_round      (RdIncomeScale *self);
gint64 rd_income_scale_get_middle (const RdIncomeScale *self);
/* From 0 (at the bottom) to 1. For drawing only. */
double rd_income_scale_place      (const RdIncomeScale *self, gint64 amount);

G_END_DECLS
