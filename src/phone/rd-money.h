/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Amounts of money, whole numbers of 1/10,000 of a unit: never a double, never a wrong sum. */

#define RD_MONEY_UNIT G_GINT64_CONSTANT (10000)

/* A plain decimal number with at most four places, "1240.5", "-3"; FALSE for anything else: what cannot be read for
 * sure is not known. */
gboolean rd_money_parse     (const char *text, gint64 *money);
/* FALSE if the sum cannot be held; @sum is left as it was then. */
gboolean rd_money_add       (gint64 one, gint64 other, gint64 *sum);
/* (transfer full): "1240", "1240.50", "0.1234": as rd_money_parse() reads it */
char    *rd_money_to_string (gint64 money) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
