/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-model.h"

G_BEGIN_DECLS

#define RD_TYPE_PAYMENTS_PAGE (rd_payments_page_get_type ())
G_DECLARE_FINAL_TYPE (RdPaymentsPage, rd_payments_page, RD, PAYMENTS_PAGE, GtkWidget)

/**
 * RdPaymentsPage:
 *
 * The page of invoices and of what came in: the invoices of all accounts, newest first, and beside them the one that is
 * chosen, or an overview.
 */
void     rd_payments_page_set_model    (RdPaymentsPage *self, RdModel *model);
/* Shows an invoice, at once or when its account is known. */
void     rd_payments_page_open         (RdPaymentsPage *self, const char *account, const char *invoice);
void     rd_payments_page_start_search (RdPaymentsPage *self);
/* Back to the list; %FALSE: it is there already. */
gboolean rd_payments_page_go_back      (RdPaymentsPage *self);

G_END_DECLS
