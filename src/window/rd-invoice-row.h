/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rd-paged-item.h"

G_BEGIN_DECLS

#define RD_TYPE_INVOICE_ROW (rd_invoice_row_get_type ())
G_DECLARE_FINAL_TYPE (RdInvoiceRow, rd_invoice_row, RD, INVOICE_ROW, GtkWidget)

/**
 * RdInvoiceRow:
 *
 * One invoice in the list; used again and again for others.
 */
GtkWidget *rd_invoice_row_new      (void);
/* @item: (nullable): an INVOICE. @show_account: there are several, so that it says which. */
void       rd_invoice_row_set_item (RdInvoiceRow *self, RdPagedItem *item, gboolean show_account);

G_END_DECLS
