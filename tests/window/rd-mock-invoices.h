/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-mock-agent.h"

G_BEGIN_DECLS

#define RD_TYPE_MOCK_INVOICES (rd_mock_invoices_get_type ())
G_DECLARE_FINAL_TYPE (RdMockInvoices, rd_mock_invoices, RD, MOCK_INVOICES, GObject)

/**
 * RdMockInvoices:
 *
 * Invoices1 of an account of RdMockAgent. Texts are as g_variant_parse() reads them.
 */
/* Adds "invoices" and, if @listed, "list-invoices" to the account's abilities. */
RdMockInvoices  *rd_mock_invoices_new          (RdMockAgent *agent, RdDBusAccount1 *account, gboolean listed);
RdDBusInvoices1 *rd_mock_invoices_get_skeleton (RdMockInvoices *self);
/* @n invoices "i0", "i1"…, newest first, of every status. */
void             rd_mock_invoices_fill         (RdMockInvoices *self, guint n);
/* Those that nobody would write on purpose. */
void             rd_mock_invoices_fill_hostile (RdMockInvoices *self);
/* Becomes the newest, or stays where it is, and is told. */
void             rd_mock_invoices_change       (RdMockInvoices *self, const char *invoice, gboolean newest);
/* What GetInvoice says beside what the list knows. */
void             rd_mock_invoices_set_details  (RdMockInvoices *self, const char *details);
/* What ListIncome answers, "a(xssu)"; until then one payment a day and more on some. */
void             rd_mock_invoices_set_income   (RdMockInvoices *self, const char *income, guint without_amount,
                                                guint without_date);
/* Everything is gone, and told by InvoicesReset. */
void             rd_mock_invoices_reset        (RdMockInvoices *self);

G_END_DECLS
