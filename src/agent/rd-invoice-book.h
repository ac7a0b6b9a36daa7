/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-event.h"

G_BEGIN_DECLS

typedef enum
{
  RD_INVOICE_ID,
  RD_INVOICE_NUMBER,
  RD_INVOICE_TITLE,
  RD_INVOICE_STATUS,
  RD_INVOICE_AMOUNT,
  RD_INVOICE_PAID_AMOUNT,
  RD_INVOICE_CURRENCY,
  RD_INVOICE_N_TEXTS,
} RdInvoiceText;

/**
 * RdInvoice:
 *
 * What is known of one invoice, packed: thousands of them are kept. Reference counted; changes only in its book.
 */
typedef struct
{
  char *block; /* all texts, one after the other */
  guint16 starts[RD_INVOICE_N_TEXTS];
  gint64 created_at;
  gint64 expires_at;
  gint64 paid_at;
  gint64 seen_paid_at; /* when the line said so in this run */
  gint64 heard_at;     /* when it was first heard of */
  grefcount refs;
} RdInvoice;

RdInvoice  *rd_invoice_ref        (RdInvoice *self);
void        rd_invoice_unref      (RdInvoice *self);
/* "" if it is not known */
const char *rd_invoice_get        (const RdInvoice *self, RdInvoiceText text);
gboolean    rd_invoice_is_paid    (const RdInvoice *self);
/* It is to be paid. */
gboolean    rd_invoice_is_open    (const RdInvoice *self);
/* Newest first. */
int         rd_invoice_compare    (const RdInvoice *self, const RdInvoice *other);
/* What came in by it, or is to; FALSE if nobody knows. */
gboolean    rd_invoice_get_money  (const RdInvoice *self, gint64 *money);
/* (transfer floating): a{sv}, an INVOICE of Invoices1 */
GVariant   *rd_invoice_to_variant (const RdInvoice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdInvoice, rd_invoice_unref)

/* Whether a live event says that its invoice is paid. */
gboolean    rd_invoice_event_says_paid (const RdEvent *event);

/**
 * RdInvoiceBook:
 *
 * The invoices of one account that are known, each once, however it was heard of. No I/O. Of more than its limit the
 * oldest are forgotten.
 */
typedef struct _RdInvoiceBook RdInvoiceBook;

RdInvoiceBook *rd_invoice_book_new        (guint limit) G_GNUC_WARN_UNUSED_RESULT;
void           rd_invoice_book_free       (RdInvoiceBook *self);
guint          rd_invoice_book_get_count  (RdInvoiceBook *self);
/* (nullable) (transfer none) */
RdInvoice     *rd_invoice_book_lookup     (RdInvoiceBook *self, const char *id);
/* Takes over what a listed invoice (RD_EVENT_INVOICE) or an event of the line says; @now: µs. (nullable) (transfer
 * none): the invoice; NULL if it says nothing of one. @changed: whether there is anything new in it. */
RdInvoice     *rd_invoice_book_take       (RdInvoiceBook *self, const RdEvent *event, gint64 now, gboolean *changed);
/* (transfer container) (element-type RdInvoice): newest first, those with this status whose number, title or id holds
 * @search; "" for all */
GPtrArray     *rd_invoice_book_list       (RdInvoiceBook *self, const char *search,
                                           const char *status) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full) (array zero-terminated): the ids of the newest open ones */
char         **rd_invoice_book_dup_open   (RdInvoiceBook *self, guint limit) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer floating): a(xssu), what came in, as of Invoices1.ListIncome. @starts: (array length=n): when the periods
 * begin, ascending; the last one ends at @end. */
GVariant      *rd_invoice_book_sum_income (RdInvoiceBook *self, const gint64 *starts, guint n, gint64 end,
                                           guint *without_amount, guint *without_date);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdInvoiceBook, rd_invoice_book_free)

/* (transfer full) (element-type gint64): when each of the last @count days, or weeks from Monday, began in @now's time
 * zone, ascending. */
GArray        *rd_income_starts           (GDateTime *now, gboolean weeks, guint count) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
