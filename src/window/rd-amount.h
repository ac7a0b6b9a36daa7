/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Amounts of money: whole numbers of 1/10,000, never doubles. */

/* A plain decimal ("1240.5", "-3") with at most four places; %FALSE: it is not one, or too large. */
gboolean rd_amount_parse   (const char *text, gint64 *amount);
/* %FALSE, and @sum unchanged: too large. */
gboolean rd_amount_add     (gint64 *sum, gint64 amount);
/* (transfer full): as rd_text_for_amount() */
char    *rd_amount_to_text (gint64 amount, const char *currency);

G_END_DECLS
