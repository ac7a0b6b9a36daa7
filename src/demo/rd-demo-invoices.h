/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-channels.h"

G_BEGIN_DECLS

/* The invoice site as it began, with public channels, and as it is later, with private ones (backends.md, 4). */
typedef enum
{
  RD_DEMO_INVOICES_SEED,
  RD_DEMO_INVOICES_LATER,
} RdDemoInvoicesRevision;

#define RD_TYPE_DEMO_INVOICES (rd_demo_invoices_get_type ())
G_DECLARE_FINAL_TYPE (RdDemoInvoices, rd_demo_invoices, RD, DEMO_INVOICES, GObject)

/**
 * RdDemoInvoices:
 *
 * The invoice site: invoices of user 7, 1 to 10 pending, `/api/v1`, and its events on both of an invoice's channels.
 *
 * ::changed: an invoice changed
 */
RdDemoInvoices *rd_demo_invoices_new        (RdDemoChannels *channels, const char *app_id,
                                             RdDemoInvoicesRevision revision) G_GNUC_WARN_UNUSED_RESULT;
RdDemoSite     *rd_demo_invoices_get_site   (RdDemoInvoices *self);
/* (transfer none): the one token of user 7, made at run time */
const char     *rd_demo_invoices_get_token  (RdDemoInvoices *self);
/* "pending", "paid", "expired", "cancelled"; (nullable) */
const char     *rd_demo_invoices_get_status (RdDemoInvoices *self, guint invoice);
RdDemoInvoicesRevision rd_demo_invoices_get_revision (RdDemoInvoices *self);
guint           rd_demo_invoices_count        (RdDemoInvoices *self);
guint           rd_demo_invoices_count_pending (RdDemoInvoices *self);
/* The pending one after the one that was paid last, from the start again after the end; 0: none is pending */
guint           rd_demo_invoices_get_next     (RdDemoInvoices *self);
/* Older invoices, most of them paid, over many weeks */
void            rd_demo_invoices_add_history  (RdDemoInvoices *self, guint count);
/* The token is no good any more; there is another. */
void            rd_demo_invoices_renew_token  (RdDemoInvoices *self);
/* It is paid: `payment.received` on both channels, the same data. FALSE if it is not pending. */
gboolean        rd_demo_invoices_pay        (RdDemoInvoices *self, guint invoice);
/* Another status: `invoice.status.changed` on both channels. */
gboolean        rd_demo_invoices_set_status (RdDemoInvoices *self, guint invoice, const char *status);
/* A new one: `invoice.created` on the user's channel; returns its number. */
guint           rd_demo_invoices_create     (RdDemoInvoices *self, const char *amount, const char *description);
/* The later revision's other events on the user's channel ("withdrawal_completed"…): `message` in place of `body`. */
void            rd_demo_invoices_notify     (RdDemoInvoices *self, const char *event, const char *title,
                                             const char *message, const char *reference);

G_END_DECLS
