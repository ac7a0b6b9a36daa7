/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-invoices-private.h"

/* How the site is asked for its invoices: one page after the other, no more of them than somebody wants to see, one
 * request at a time. An invoice that is listed twice, since the pages moved while they were turned, is taken once. */

#define MAX_PAGES (RD_INVOICES_LIMIT / 10)
/* As many are got for one who asks; who asks again gets further. */
#define MAX_PAGES_A_TIME 40

typedef struct
{
  RdInvoices *owner;
  RdInvoicesQuery *query;
} Asking;

typedef struct
{
  guint offset;
  guint limit;
  guint pages; /* that were got for it */
} Wish;

static void
asking_free (Asking *self)
{
  rd_invoices_query_unref (self->query);
  g_object_unref (self->owner);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

RdInvoicesQuery *
rd_invoices_query_new (RdInvoices *owner, const char *search, const char *status)
{
  RdInvoicesQuery *self = g_new0 (RdInvoicesQuery, 1);

  self->owner = owner;
  self->search = g_strdup (search);
  self->status = g_strdup (status);
  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_invoice_unref);
  self->ids = g_hash_table_new (NULL, NULL);
  self->next_page = 1;
  g_queue_init (&self->waiting);
  g_ref_count_init (&self->refs);
  return self;
}

RdInvoicesQuery *
rd_invoices_query_ref (RdInvoicesQuery *self)
{
  g_ref_count_inc (&self->refs);
  return self;
}

void
rd_invoices_query_unref (RdInvoicesQuery *self)
{
  if (!g_ref_count_dec (&self->refs))
    return;
  g_assert (g_queue_is_empty (&self->waiting));
  g_hash_table_unref (self->ids);
  g_ptr_array_unref (self->found);
  g_free (self->search);
  g_free (self->status);
  g_free (self);
}

void
rd_invoices_query_add (RdInvoicesQuery *self, RdInvoice *invoice)
{
  if (g_hash_table_add (self->ids, invoice))
    g_ptr_array_add (self->found, rd_invoice_ref (invoice));
}

void
rd_invoices_query_insert (RdInvoicesQuery *self, RdInvoice *invoice)
{
  guint place = 0;

  /* A page that is yet to be asked for has it, unless it is a new one: of that it is known when it was made. */
  if ((self->next_page == 1 && !self->asking) || (invoice->created_at == 0 && !self->complete)
      || g_hash_table_contains (self->ids, invoice))
    return;
  while (place < self->found->len && rd_invoice_compare (self->found->pdata[place], invoice) < 0)
    place++;
  if (place == self->found->len && !self->complete && self->next_page > 1)
    return;
  g_hash_table_add (self->ids, invoice);
  g_ptr_array_insert (self->found, (int) place, rd_invoice_ref (invoice));
  if (self->found->len <= RD_INVOICES_LIMIT)
    return;
  g_hash_table_remove (self->ids, self->found->pdata[self->found->len - 1]);
  g_ptr_array_remove_index (self->found, self->found->len - 1);
}

static int
compare (gconstpointer one, gconstpointer other)
{
  return rd_invoice_compare (*(const RdInvoice * const *) one, *(const RdInvoice * const *) other);
}

RdVars *
rd_invoices_query_build (RdInvoicesQuery *self)
{
  RdVars *vars = rd_vars_new ();
  g_autofree char *page = g_strdup_printf ("%u", self->next_page);
  g_autofree char *limit = g_strdup_printf ("%u", RD_INVOICES_PAGE);
  g_autofree char *offset = g_strdup_printf ("%u", (self->next_page - 1) * RD_INVOICES_PAGE);

  rd_vars_set (vars, "page", page);
  rd_vars_set (vars, "limit", limit);
  rd_vars_set (vars, "offset", offset);
  if (*self->search != '\0')
    rd_vars_set (vars, "search", self->search);
  if (*self->status != '\0')
    rd_vars_set (vars, "status", self->status);
  return vars;
}

void
rd_invoices_query_turn (RdInvoicesQuery *self, guint n_new, gboolean more)
{
  gboolean first = self->next_page == 1;
  gboolean turns = rd_invoices_uses (self->owner, "page") || rd_invoices_uses (self->owner, "offset");

  /* The line may have been faster with some of them. */
  if (first && self->found->len > n_new)
    g_ptr_array_sort (self->found, compare);
  self->next_page++;
  /* A site that gives the same page again and again has said all it has to say. */
  self->complete = !more || !turns || (n_new == 0 && !first) || self->next_page > MAX_PAGES
                   || self->found->len >= RD_INVOICES_LIMIT;
}

GVariant *
rd_invoices_query_format (GPtrArray *invoices, guint offset, guint limit, gboolean more)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  guint end = MIN (invoices->len, offset < invoices->len ? offset + MIN (limit, invoices->len - offset) : offset);

  for (guint i = offset; i < end; i++)
    g_variant_builder_add_value (&builder, rd_invoice_to_variant (invoices->pdata[i]));
  return g_variant_ref_sink (g_variant_new ("(aa{sv}b)", &builder, more || end < invoices->len));
}

/* FALSE: another page is needed for it. */
static gboolean
try_answer (RdInvoicesQuery *self, GTask *task, const GError *error)
{
  Wish *wish = g_task_get_task_data (task);

  if (error == NULL && !self->complete && self->found->len <= (gsize) wish->offset + wish->limit
      && wish->pages++ < MAX_PAGES_A_TIME)
    return FALSE;
  if (error != NULL && self->found->len <= wish->offset)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_pointer (task, rd_invoices_query_format (self->found, wish->offset, wish->limit, !self->complete),
                           (GDestroyNotify) g_variant_unref);
  return TRUE;
}

static void
answer_waiting (RdInvoicesQuery *self, const GError *error)
{
  for (guint n = self->waiting.length; n > 0; n--)
    {
      GTask *task = g_queue_pop_head (&self->waiting);

      if (try_answer (self, task, error))
        g_object_unref (task);
      else
        g_queue_push_tail (&self->waiting, task);
    }
}

/* Two that follow each other. */
static void ask (RdInvoicesQuery *self);

static void
on_page_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asking) asking = user_data;
  RdInvoicesQuery *self = asking->query;
  gboolean filled = self->filling;
  g_autoptr (GError) error = NULL;
  g_autoptr (RdPage) page = rd_site_list_finish (RD_SITE (source), result, &error);
  guint before = self->found->len;

  self->asking = FALSE;
  if (page == NULL)
    self->filling = FALSE;
  for (guint i = 0; page != NULL && i < page->items->len; i++)
    {
      RdInvoice *invoice = rd_invoices_take (asking->owner, page->items->pdata[i], TRUE);

      if (invoice != NULL)
        rd_invoices_query_add (self, invoice);
    }
  if (page != NULL)
    rd_invoices_query_turn (self, self->found->len - before, page->more);
  answer_waiting (self, error);
  if ((self->filling || self->waiting.length > 0) && !self->complete)
    {
      ask (self);
      return;
    }
  self->filling = FALSE;
  if (filled && page != NULL)
    rd_invoices_emit_reset (asking->owner);
}

static void
ask (RdInvoicesQuery *self)
{
  g_autoptr (RdVars) vars = rd_invoices_query_build (self);
  Asking *asking;

  if (self->asking)
    return;
  self->asking = TRUE;
  asking = g_new0 (Asking, 1);
  asking->owner = g_object_ref (self->owner);
  asking->query = rd_invoices_query_ref (self);
  rd_site_list_async (self->owner->site, "invoices", RD_EVENT_INVOICE, vars, self->owner->cancellable, on_page_ready,
                      asking);
}

void
rd_invoices_query_answer (RdInvoicesQuery *self, GTask *task, guint offset, guint limit)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->offset = offset;
  wish->limit = limit;
  g_task_set_task_data (task, wish, g_free);
  if (try_answer (self, task, NULL))
    {
      g_object_unref (task);
      return;
    }
  g_queue_push_tail (&self->waiting, task);
  ask (self);
}

void
rd_invoices_query_fill (RdInvoicesQuery *self)
{
  if (self->complete || self->filling)
    return;
  self->filling = TRUE;
  ask (self);
}
