/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-income-scale.h"

/* Amounts as heights. */

/* The next of 1, 2, 5, 10, 20, 50…; what is too large for that stays as it is. */
static gint64
round_up (gint64 amount)
{
  static const int steps[] = { 1, 2, 5 };
  gint64 unit = 1;
  gsize i;

  while (TRUE)
    {
      for (i = 0; i < G_N_ELEMENTS (steps); i++)
        {
          gint64 value;

          if (__builtin_mul_overflow (unit, steps[i], &value))
            return amount;
          if (value >= amount)
            return value;
        }
      if (__builtin_mul_overflow (unit, 10, &unit))
        return amount;
    }
}

void
rd_income_scale_init (RdIncomeScale *self)
{
  self->bottom = self->top = 0;
}

void
rd_income_scale_take (RdIncomeScale *self, gint64 amount)
{
  self->bottom = MIN (self->bottom, amount);
  self->top = MAX (self->top, amount);
}

void
rd_income_scale_round (RdIncomeScale *self)
{
  if (self->top > 0)
    self->top = round_up (self->top);
  if (self->bottom < 0 && self->bottom > G_MININT64)
    self->bottom = -round_up (-self->bottom);
}

gint64
rd_income_scale_get_middle (const RdIncomeScale *self)
{
  return self->top / 2;
}

double
rd_income_scale_place (const RdIncomeScale *self, gint64 amount)
{
  double range = (double) self->top - (double) self->bottom;

  return range > 0 ? CLAMP (((double) amount - (double) self->bottom) / range, 0, 1) : 0;
}
