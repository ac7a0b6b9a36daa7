/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RD_TYPE_INCOME_CARD (rd_income_card_get_type ())
G_DECLARE_FINAL_TYPE (RdIncomeCard, rd_income_card, RD, INCOME_CARD, GtkWidget)

/**
 * RdIncomeCard:
 *
 * What came in, as a sum and a chart: per day or per week, in one of its currencies, and what is left out of it.
 *
 * Property: `summary` (string, read-only): "€1,240 in 14 days", "" while it is not known.
 */
/* @invoices: as rd_model_get_invoices() */
void        rd_income_card_set_invoices (RdIncomeCard *self, GListModel *invoices);
/* @account: (nullable): an id; %NULL: all */
void        rd_income_card_set_account  (RdIncomeCard *self, const char *account);
/* Some site does not list its invoices, so that there is no more than was heard of. */
void        rd_income_card_set_partial  (RdIncomeCard *self, gboolean partial);
/* Asks for the figures, and for newer ones later. */
void        rd_income_card_load         (RdIncomeCard *self);
const char *rd_income_card_get_summary  (RdIncomeCard *self);

G_END_DECLS
