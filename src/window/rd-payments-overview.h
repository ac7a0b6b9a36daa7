/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rd-income-card.h"
#include "rd-model.h"

G_BEGIN_DECLS

#define RD_TYPE_PAYMENTS_OVERVIEW (rd_payments_overview_get_type ())
G_DECLARE_FINAL_TYPE (RdPaymentsOverview, rd_payments_overview, RD, PAYMENTS_OVERVIEW, GtkWidget)

/**
 * RdPaymentsOverview:
 *
 * What came in, as a chart, and what happened to invoices since the agent was started.
 *
 * Property: `folded` (boolean): as RdInvoiceView's. Signal `back`.
 */
void          rd_payments_overview_set_model (RdPaymentsOverview *self, RdModel *model);
/* (transfer none) */
RdIncomeCard *rd_payments_overview_get_card  (RdPaymentsOverview *self);

G_END_DECLS
