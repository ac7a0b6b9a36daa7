/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What came in within one period. */
typedef struct
{
  gint64 start; /* µs since the epoch */
  gint64 sum;   /* as rd_amount_parse() has it */
  guint count;  /* of payments */
} RdIncomeBar;

#define RD_TYPE_INCOME (rd_income_get_type ())
G_DECLARE_FINAL_TYPE (RdIncome, rd_income, RD, INCOME, GObject)

/**
 * RdIncome:
 *
 * What came in on one account or on all of them, by days or by weeks and by currency; asked again when an invoice
 * changes. Signal `changed`.
 */
/* @invoices: as rd_model_get_invoices() */
RdIncome           *rd_income_new            (GListModel *invoices);
/* @account: (nullable): an id; %NULL: all */
void                rd_income_set_account    (RdIncome *self, const char *account);
void                rd_income_set_weeks      (RdIncome *self, gboolean weeks);
gboolean            rd_income_get_weeks      (RdIncome *self);
/* Asks now; before that nothing is known. */
void                rd_income_reload         (RdIncome *self);
gboolean            rd_income_get_loading    (RdIncome *self);
/* (nullable): a sentence, why what an account took in could not be asked for */
const char         *rd_income_get_error      (RdIncome *self);
/* Of all periods, that in which there were most payments first; "": the site does not say which. */
const char * const *rd_income_get_currencies (RdIncome *self);
/* (transfer none): one for each period, oldest first */
const RdIncomeBar  *rd_income_get_bars       (RdIncome *self, const char *currency, guint *n);
/* The sum of all periods. %FALSE: it is too large to tell */
gboolean            rd_income_get_total      (RdIncome *self, const char *currency, gint64 *sum);
/* How many payments no sum holds, since their amount or their date is not known. */
guint               rd_income_get_no_amount  (RdIncome *self);
guint               rd_income_get_no_date    (RdIncome *self);

G_END_DECLS
