/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-site.h"

G_BEGIN_DECLS

#define RD_TYPE_INVOICES (rd_invoices_get_type ())
G_DECLARE_FINAL_TYPE (RdInvoices, rd_invoices, RD, INVOICES, GObject)

/**
 * RdInvoices:
 *
 * One account's invoices and what came in: asked from the site by pages, kept up to date by the line's events, bounded.
 * Behind Invoices1.
 *
 * ::invoice-changed (GVariant *) · ::invoices-reset ()
 * ::missed (RdEvent *): catch-up found that an invoice was paid (RD_EVENT_PAYMENT_RECEIVED) or made while there was no
 *   line
 */
RdInvoices *rd_invoices_new      (RdSite *site, const char *account) G_GNUC_WARN_UNUSED_RESULT;
/* An event of the line, of any kind, before anything else is made of it. */
void        rd_invoices_handle   (RdInvoices *self, RdEvent *event);
/* The line stands (again): what happened after @since (µs; 0: nothing was before) may have been missed. */
void        rd_invoices_catch_up (RdInvoices *self, gint64 since);
/* For good. */
void        rd_invoices_stop     (RdInvoices *self);

G_END_DECLS
