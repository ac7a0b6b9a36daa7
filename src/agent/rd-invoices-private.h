/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-invoice-book.h"
#include "rd-invoices.h"

G_BEGIN_DECLS

/* RdInvoices is one object in three files: rd-invoices.c what others call, rd-invoices-pages.c how the site is asked
 * page by page, rd-invoices-catch-up.c what was missed. */

#define RD_INVOICES_LIMIT 20000
#define RD_INVOICES_OPEN_LIMIT 500
#define RD_INVOICES_PAGE 50

/* What the site lists for one search, as far as it was asked. Reference counted. */
typedef struct
{
  RdInvoices *owner; /* not owned: whoever asks holds it */
  char *search;
  char *status;
  GPtrArray *found;  /* RdInvoice, in the site's order */
  GHashTable *ids;   /* those of found (theirs) */
  guint next_page;
  gboolean complete;
  gboolean asking;
  gboolean filling;  /* on to the last page, whether anybody waits or not */
  GQueue waiting;    /* GTask */
  grefcount refs;
} RdInvoicesQuery;

struct _RdInvoices
{
  GObject parent_instance;

  RdSite *site;
  char *account;
  RdClock *clock;
  GCancellable *cancellable;
  RdInvoiceBook *book;
  RdInvoicesQuery *all;
  RdInvoicesQuery *filtered; /* (nullable): the last one that was asked for */
  RdInvoicesQuery *paid;     /* (nullable): for the income */
  guint news;                /* the source that tells of open invoices */
  GHashTable *looked_up;     /* ids of invoices whose amount is being asked for */

  /* catch-up */
  gboolean due;
  gint64 due_since;
  guint retry;
  gboolean paused; /* what fails is not asked again by itself */
  guint retry_s;
  struct _RdInvoicesWalk *walk; /* (nullable): the one under way */
  gboolean known;               /* one has come to its end */
  char **restored;              /* (nullable): open in an earlier run */
};

/* rd-invoices.c */
/* Takes an invoice over, tells of it if anything in it is new. (nullable) (transfer none) */
RdInvoice       *rd_invoices_take         (RdInvoices *self, const RdEvent *event, gboolean quiet);
void             rd_invoices_emit_missed  (RdInvoices *self, RdEvent *event);
void             rd_invoices_emit_reset   (RdInvoices *self);
/* Soon, once for all that comes at once. */
void             rd_invoices_emit_open    (RdInvoices *self);
/* Whether the action that lists them has a use for this variable. */
gboolean         rd_invoices_uses         (RdInvoices *self, const char *variable);

/* rd-invoices-pages.c */
RdInvoicesQuery *rd_invoices_query_new    (RdInvoices *owner, const char *search, const char *status)
                                           G_GNUC_WARN_UNUSED_RESULT;
RdInvoicesQuery *rd_invoices_query_ref    (RdInvoicesQuery *self);
void             rd_invoices_query_unref  (RdInvoicesQuery *self);
/* At its end. */
void             rd_invoices_query_add    (RdInvoicesQuery *self, RdInvoice *invoice);
/* Where it belongs, if that is among those that have been listed. */
void             rd_invoices_query_insert (RdInvoicesQuery *self, RdInvoice *invoice);
/* (transfer full): the values that ask for its next page */
RdVars          *rd_invoices_query_build  (RdInvoicesQuery *self) G_GNUC_WARN_UNUSED_RESULT;
/* Notes that a page with @n_new invoices that it did not have came in. */
void             rd_invoices_query_turn   (RdInvoicesQuery *self, guint n_new, gboolean more);
/* Answers @task (transfer full) with @limit from @offset on, asking for as many pages as that takes. */
void             rd_invoices_query_answer (RdInvoicesQuery *self, GTask *task, guint offset, guint limit);
/* Asks for all pages, in the background. */
void             rd_invoices_query_fill   (RdInvoicesQuery *self);
/* (transfer full): what @task gives: aa{sv} and whether there is more, as (aa{sv}b) */
GVariant        *rd_invoices_query_format (GPtrArray *invoices, guint offset, guint limit, gboolean more);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdInvoicesQuery, rd_invoices_query_unref)

/* rd-invoices-catch-up.c */
void             rd_invoices_walk_free    (struct _RdInvoicesWalk *walk);
/* The line told of an invoice while one is under way. */
void             rd_invoices_walk_insert  (RdInvoices *self, RdInvoice *invoice);

G_END_DECLS
