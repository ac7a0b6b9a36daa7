/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rd-paged-item.h"

G_BEGIN_DECLS

#define RD_TYPE_INVOICE_VIEW (rd_invoice_view_get_type ())
G_DECLARE_FINAL_TYPE (RdInvoiceView, rd_invoice_view, RD, INVOICE_VIEW, GtkWidget)

/**
 * RdInvoiceView:
 *
 * All that is known of one invoice, asked from the site when it is shown, and what was heard of it.
 *
 * Property: `folded` (boolean): it has the place for itself, so that it is left by going back and not by closing it.
 * Signal `back`.
 */
/* @payments: as rd_model_get_payments() */
void         rd_invoice_view_set_payments (RdInvoiceView *self, GListModel *payments);
/* @item: (nullable): an INVOICE; no more than its "id" need be there. */
void         rd_invoice_view_set_item     (RdInvoiceView *self, RdPagedItem *item);
RdPagedItem *rd_invoice_view_get_item     (RdInvoiceView *self);
void         rd_invoice_view_focus        (RdInvoiceView *self);

G_END_DECLS
