/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-clock.h"
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
 * ::missed (RdEvent *): catch-up found that an invoice was paid (RD_EVENT_PAYMENT_RECEIVED) or made, or became
 *   something else, while there was no line
 * ::open-changed (): rd_invoices_dup_open() may give others
 */
RdInvoices *rd_invoices_new      (RdSite *site, const char *account) G_GNUC_WARN_UNUSED_RESULT;
/* Before anything else; the system's by default. */
void        rd_invoices_set_clock (RdInvoices *self, RdClock *clock);
/* An event of the line, of any kind, before anything else is made of it. */
void        rd_invoices_handle   (RdInvoices *self, RdEvent *event);
/* The line stands (again): what happened after @since (µs; 0: nothing was before) may have been missed. */
void        rd_invoices_catch_up (RdInvoices *self, gint64 since);
/* Whether some of what may have been missed is still to be asked for. */
gboolean    rd_invoices_is_behind (RdInvoices *self);
/* Whether the site's list was got in this run. */
gboolean    rd_invoices_is_known (RdInvoices *self);
/* Asks now what is due, if anything is. */
void        rd_invoices_retry    (RdInvoices *self);
/* Nothing is asked until the next catch-up: what is due stays so. */
void        rd_invoices_pause    (RdInvoices *self);
/* For good. */
void        rd_invoices_stop     (RdInvoices *self);

/* One page, newest first. @search, @status: "" for all; asked from the site as far as its action takes them, else
 * looked for among what is known. */
void        rd_invoices_list_async  (RdInvoices *self, const char *search, const char *status, guint offset,
                                     guint limit, GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) (nullable): aa{sv} of INVOICEs */
GVariant   *rd_invoices_list_finish (RdInvoices *self, GAsyncResult *result, gboolean *more,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* One, fresh from the site where it can say so. RD_FAULT_NOT_FOUND */
void        rd_invoices_get_async   (RdInvoices *self, const char *id, GAsyncReadyCallback callback,
                                     gpointer user_data);
/* (transfer full) (nullable): an INVOICE */
GVariant   *rd_invoices_get_finish  (RdInvoices *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer floating): a(xssu): what came in, as of ListIncome, by what is known now; what is not is asked for then,
 * and ::invoices-reset tells of it. */
GVariant   *rd_invoices_sum_income  (RdInvoices *self, gboolean weeks, guint count, guint *without_amount,
                                     guint *without_date);
/* What a payment that @event tells of comes to; FALSE if nobody knows. @currency: (out) (transfer full): "" if it is
 * not said */
gboolean    rd_invoices_get_payment (RdInvoices *self, const RdEvent *event, gint64 *money, char **currency);
/* (transfer full) (array zero-terminated): ids of invoices to be paid, at most 500, the newest; and those that were so
 * in an earlier run. */
char      **rd_invoices_dup_open    (RdInvoices *self) G_GNUC_WARN_UNUSED_RESULT;
void        rd_invoices_restore_open (RdInvoices *self, const char * const *ids);

G_END_DECLS
