/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-invoices-private.h"

#include "rd-fault.h"

/* What became of invoices while there was no line. First the list from its newest on, as far as it is newer than the
 * gap; then those that were to be paid before it: where they are not among the site's pending ones any more, each is
 * asked for. Last what the site has told its user meanwhile. What cannot be asked now is asked again later. */

#define RETRY_FIRST_S 15
#define RETRY_LAST_S 300
/* A bound on what one gap may cost the site. */
#define MAX_PAGES 20
#define MAX_LOOKED_UP 50
#define NOTICES "50"
/* Clocks are compared by headers that tell whole seconds; what was told already is not told again. */
#define MARGIN (5 * G_USEC_PER_SEC)

typedef struct _RdInvoicesWalk
{
  gint64 gap;   /* 0: nothing was before */
  gint64 since; /* the same by the site's clock */
  RdInvoicesQuery *query;
  RdInvoicesQuery *pending; /* (nullable): the second part */
  GHashTable *open;         /* ids of those that were to be paid, and have not been seen since */
  guint looked_up;
} RdInvoicesWalk;

void
rd_invoices_walk_free (RdInvoicesWalk *walk)
{
  g_hash_table_unref (walk->open);
  g_clear_pointer (&walk->pending, rd_invoices_query_unref);
  rd_invoices_query_unref (walk->query);
  g_free (walk);
}

static gboolean
on_retry_timeout (gpointer user_data)
{
  RdInvoices *self = RD_INVOICES (user_data);

  self->retry = 0;
  rd_invoices_retry (self);
  return G_SOURCE_REMOVE;
}

static void
mark_due (RdInvoices *self, gint64 since)
{
  if (self->due)
    since = self->due_since > 0 && since > 0 ? MIN (since, self->due_since) : MAX (since, self->due_since);
  self->due = TRUE;
  self->due_since = since;
}

/* The next try. */
static void
drop_retry (RdInvoices *self)
{
  if (self->retry != 0)
    rd_clock_remove_timeout (self->clock, self->retry);
  self->retry = 0;
}

static void
fail (RdInvoices *self, const GError *error)
{
  gint64 since = self->walk->gap;

  g_clear_pointer (&self->walk, rd_invoices_walk_free);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  g_message ("%s: asking for missed invoices: %s", self->account, error->message);
  mark_due (self, since);
  self->retry_s = CLAMP (self->retry_s * 2, RETRY_FIRST_S, RETRY_LAST_S);
  drop_retry (self);
  if (self->paused)
    return;
  /* Not in step with whoever else lost this site. */
  self->retry = rd_clock_add_timeout (self->clock, self->retry_s * (guint) g_random_int_range (800, 1200),
                                      on_retry_timeout, self);
}

/* (nullable): which invoice that is, for people: what it is for, with its number */
static char *
dup_body (const char *number, const char *title)
{
  if (*number == '\0' || strstr (title, number) != NULL)
    return *title != '\0' ? g_strdup (title) : NULL;
  return *title != '\0' ? g_strdup_printf ("%s · %s", number, title) : g_strdup (number);
}

static void
tell (RdInvoices *self, const RdInvoice *invoice, RdEventKind kind)
{
  g_autoptr (RdEvent) event = rd_event_new (kind);
  const char *id = rd_invoice_get (invoice, RD_INVOICE_ID);
  const char *status = rd_invoice_get (invoice, RD_INVOICE_STATUS);
  gboolean paid = kind == RD_EVENT_PAYMENT_RECEIVED;

  g_free (event->key);
  event->key = g_strdup_printf ("missed\x1f%s\x1f%s\x1f%s", rd_event_kind_to_string (kind), id, status);
  event->invoice_id = g_strdup (id);
  event->invoice_status = g_strdup (status);
  event->invoice_number = g_strdup (rd_invoice_get (invoice, RD_INVOICE_NUMBER));
  event->body = dup_body (event->invoice_number, rd_invoice_get (invoice, RD_INVOICE_TITLE));
  event->amount = g_strdup (rd_invoice_get (invoice, RD_INVOICE_AMOUNT));
  event->paid_amount = g_strdup (rd_invoice_get (invoice, RD_INVOICE_PAID_AMOUNT));
  event->currency = g_strdup (rd_invoice_get (invoice, RD_INVOICE_CURRENCY));
  event->at = paid ? invoice->paid_at : kind == RD_EVENT_INVOICE_CREATED ? invoice->created_at : 0;
  rd_invoices_emit_missed (self, event);
}

/* What a listed invoice has become since. */
static RdInvoice *
judge (RdInvoices *self, RdInvoicesWalk *walk, const RdEvent *item)
{
  RdInvoice *invoice = item->invoice_id != NULL ? rd_invoice_book_lookup (self->book, item->invoice_id) : NULL;
  gboolean known = invoice != NULL;
  gboolean was_paid = known && rd_invoice_is_paid (invoice);
  gboolean was_open = item->invoice_id != NULL && g_hash_table_remove (walk->open, item->invoice_id);
  gboolean young;

  invoice = rd_invoices_take (self, item, TRUE);
  if (invoice == NULL || walk->since == 0)
    return invoice;
  young = !known && invoice->created_at >= walk->since;
  if (rd_invoice_is_paid (invoice))
    {
      if (!was_paid && (was_open || young || invoice->paid_at >= walk->since))
        tell (self, invoice, RD_EVENT_PAYMENT_RECEIVED);
    }
  else if (young && !was_open)
    tell (self, invoice, RD_EVENT_INVOICE_CREATED);
  else if (was_open && !rd_invoice_is_open (invoice) && *rd_invoice_get (invoice, RD_INVOICE_STATUS) != '\0')
    tell (self, invoice, RD_EVENT_INVOICE_STATUS);
  return invoice;
}

static void
finish (RdInvoices *self)
{
  RdInvoicesWalk *walk = self->walk;

  /* Lists are as the site has them now. */
  if (self->paid == self->all)
    g_clear_pointer (&self->paid, rd_invoices_query_unref);
  rd_invoices_query_unref (self->all);
  self->all = rd_invoices_query_ref (walk->query);
  self->all->asking = FALSE;
  g_clear_pointer (&self->walk, rd_invoices_walk_free);
  g_clear_pointer (&self->restored, g_strfreev);
  self->retry_s = 0;
  self->known = TRUE;
  rd_invoices_emit_open (self);
  rd_invoices_emit_reset (self);
  /* A second gap fell into the asking. */
  rd_invoices_retry (self);
}

/* Invoices and payments are told of by their list, which says more. */
static gboolean
is_of_invoices (const RdEvent *notice)
{
  return notice->type != NULL
         && (g_str_has_prefix (notice->type, "invoice") || g_str_has_prefix (notice->type, "payment"));
}

static void
on_notices_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdInvoices) self = RD_INVOICES (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (RdPage) page = rd_site_list_finish (RD_SITE (source), result, &error);

  if (page == NULL)
    {
      fail (self, error);
      return;
    }
  /* In the order in which they happened. */
  for (guint i = page->items->len; i > 0; i--)
    {
      RdEvent *notice = page->items->pdata[i - 1];

      if (notice->at >= self->walk->since && !is_of_invoices (notice))
        rd_invoices_emit_missed (self, notice);
    }
  finish (self);
}

static void
ask_notices (RdInvoices *self)
{
  g_autoptr (RdVars) vars = NULL;

  if (self->walk->since == 0 || !rd_site_can (self->site, "notifications"))
    {
      finish (self);
      return;
    }
  vars = rd_vars_new ();
  rd_vars_set (vars, "limit", NOTICES);
  rd_vars_set (vars, "offset", "0");
  rd_vars_set (vars, "page", "1");
  rd_site_list_async (self->site, "notifications", RD_EVENT_NOTICE, vars, self->cancellable, on_notices_ready,
                      g_object_ref (self));
}

/* Two that follow each other. */
static void look_up_next (RdInvoices *self);

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdInvoices) self = RD_INVOICES (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (RdPage) page = rd_site_list_finish (RD_SITE (source), result, &error);

  /* One that is gone, or that the site does not show any more, is no reason to ask all again. */
  if (page == NULL
      && (error->domain != RD_FAULT || error->code == RD_FAULT_UNREACHABLE || error->code == RD_FAULT_TIMED_OUT
          || error->code == RD_FAULT_SIGNED_OUT))
    {
      fail (self, error);
      return;
    }
  for (guint i = 0; page != NULL && i < page->items->len; i++)
    {
      RdEvent *item = page->items->pdata[i];

      /* judge() takes it off the set of those that are looked up. */
      if (item->invoice_id != NULL)
        g_hash_table_add (self->walk->open, g_strdup (item->invoice_id));
      judge (self, self->walk, item);
    }
  look_up_next (self);
}

static void
look_up_next (RdInvoices *self)
{
  RdInvoicesWalk *walk = self->walk;
  g_autoptr (RdVars) vars = NULL;
  g_autofree char *id = NULL;
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, walk->open);
  if (!rd_site_can (self->site, "invoice") || walk->looked_up++ >= MAX_LOOKED_UP
      || !g_hash_table_iter_next (&iter, &key, NULL))
    {
      ask_notices (self);
      return;
    }
  id = g_strdup (key);
  g_hash_table_iter_remove (&iter);
  vars = rd_vars_new ();
  rd_vars_set (vars, "invoice.id", id);
  rd_site_list_async (self->site, "invoice", RD_EVENT_INVOICE, vars, self->cancellable, on_looked_up,
                      g_object_ref (self));
}

static gboolean
is_older (const RdPage *page, gint64 since)
{
  for (guint i = 0; i < page->items->len; i++)
    {
      const RdEvent *item = page->items->pdata[i];

      if (item->created_at == 0 || item->created_at >= since)
        return FALSE;
    }
  return TRUE;
}

static void ask_page (RdInvoices *self, RdInvoicesQuery *query);

static void
begin_pending (RdInvoices *self)
{
  RdInvoicesWalk *walk = self->walk;

  if (walk->since == 0 || g_hash_table_size (walk->open) == 0 || !rd_invoices_uses (self, "status"))
    {
      look_up_next (self);
      return;
    }
  walk->pending = rd_invoices_query_new (self, "", "pending");
  ask_page (self, walk->pending);
}

/* Whether the walk through @query is over with this page. */
static gboolean
is_enough (RdInvoices *self, RdInvoicesQuery *query, const RdPage *page)
{
  RdInvoicesWalk *walk = self->walk;
  gboolean all_seen = g_hash_table_size (walk->open) == 0;

  if (query->complete || query->next_page > MAX_PAGES)
    return TRUE;
  if (query == walk->pending)
    return all_seen;
  if (walk->since == 0)
    return TRUE;
  return is_older (page, walk->since) && (all_seen || rd_invoices_uses (self, "status"));
}

static void
on_page_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdInvoices) self = RD_INVOICES (user_data);
  RdInvoicesWalk *walk = self->walk;
  RdInvoicesQuery *query = walk->pending != NULL ? walk->pending : walk->query;
  guint before = query->found->len;
  g_autoptr (GError) error = NULL;
  g_autoptr (RdPage) page = rd_site_list_finish (RD_SITE (source), result, &error);

  if (page == NULL)
    {
      fail (self, error);
      return;
    }
  for (guint i = 0; i < page->items->len; i++)
    {
      RdInvoice *invoice = judge (self, walk, page->items->pdata[i]);

      if (invoice != NULL)
        rd_invoices_query_add (query, invoice);
    }
  rd_invoices_query_turn (query, query->found->len - before, page->more);
  if (!is_enough (self, query, page))
    ask_page (self, query);
  else if (query == walk->query)
    begin_pending (self);
  else
    look_up_next (self);
}

static void
ask_page (RdInvoices *self, RdInvoicesQuery *query)
{
  g_autoptr (RdVars) vars = rd_invoices_query_build (query);

  rd_site_list_async (self->site, "invoices", RD_EVENT_INVOICE, vars, self->cancellable, on_page_ready,
                      g_object_ref (self));
}

static void
add_open (GHashTable *open, char **ids)
{
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    g_hash_table_add (open, g_strdup (ids[i]));
}

void
rd_invoices_retry (RdInvoices *self)
{
  g_auto (GStrv) open = NULL;

  g_return_if_fail (RD_IS_INVOICES (self));

  self->paused = FALSE;
  if (!self->due || self->walk != NULL || g_cancellable_is_cancelled (self->cancellable)
      || !rd_site_can (self->site, "invoices"))
    return;
  drop_retry (self);
  self->due = FALSE;
  self->walk = g_new0 (RdInvoicesWalk, 1);
  self->walk->gap = self->due_since;
  if (self->due_since > 0)
    self->walk->since = MAX (self->due_since + rd_site_get_clock_skew (self->site) - MARGIN, 1);
  self->walk->query = rd_invoices_query_new (self, "", "");
  self->walk->query->asking = TRUE;
  self->walk->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  open = rd_invoices_dup_open (self);
  add_open (self->walk->open, open);
  add_open (self->walk->open, self->restored);
  ask_page (self, self->walk->query);
}

void
rd_invoices_walk_insert (RdInvoices *self, RdInvoice *invoice)
{
  if (self->walk != NULL)
    rd_invoices_query_insert (self->walk->query, invoice);
}

void
rd_invoices_catch_up (RdInvoices *self, gint64 since)
{
  g_return_if_fail (RD_IS_INVOICES (self));

  mark_due (self, since);
  rd_invoices_retry (self);
}

gboolean
rd_invoices_is_behind (RdInvoices *self)
{
  g_return_val_if_fail (RD_IS_INVOICES (self), FALSE);

  if (!rd_site_can (self->site, "invoices"))
    return FALSE;
  return (self->due && self->due_since > 0) || (self->walk != NULL && self->walk->gap > 0);
}

gboolean
rd_invoices_is_known (RdInvoices *self)
{
  g_return_val_if_fail (RD_IS_INVOICES (self), FALSE);

  return self->known;
}

void
rd_invoices_pause (RdInvoices *self)
{
  g_return_if_fail (RD_IS_INVOICES (self));

  self->paused = TRUE;
  drop_retry (self);
}
