/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-invoices.h"

G_BEGIN_DECLS

/* For the files that make up the invoice site. */

typedef struct
{
  guint id;
  const char *status;
  char *amount;
  char *description;
  gint64 created_at;  /* µs since the epoch */
  gint64 paid_at;     /* 0: it is not */
} RdDemoInvoice;

void           rd_demo_invoices_install_api   (RdDemoInvoices *self);

/* (nullable) */
RdDemoInvoice *rd_demo_invoices_lookup        (RdDemoInvoices *self, gint64 id);
/* (element-type RdDemoInvoice): by when they were made, oldest first */
GPtrArray     *rd_demo_invoices_get_by_date   (RdDemoInvoices *self);
/* (element-type JsonObject): oldest first */
GPtrArray     *rd_demo_invoices_get_notifications (RdDemoInvoices *self);
/* (transfer full): "KEY:SIGNATURE"; NULL: nobody may join it */
char          *rd_demo_invoices_authorize     (RdDemoInvoices *self, const char *socket_id, const char *channel);

/* (transfer full) */
char          *rd_demo_invoice_dup_number     (const RdDemoInvoice *self) G_GNUC_WARN_UNUSED_RESULT;
JsonObject    *rd_demo_invoice_to_json        (const RdDemoInvoice *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
