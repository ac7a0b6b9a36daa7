/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-invoice-book.h"

#include "rd-money.h"

#include <string.h>

/* What is known of an account's invoices. A list and the line may speak of the same invoice in either order: there is
 * one entry per id, so that none is counted twice. */

/* Characters kept of a title: it is for a row of a list. */
#define MAX_TITLE 120
/* A list that was asked for before the payment came may be read after it. */
#define STALE_US (60 * G_USEC_PER_SEC)

struct _RdInvoiceBook
{
  GHashTable *invoices; /* id (own) → RdInvoice */
  guint limit;
};

RdInvoice *
rd_invoice_ref (RdInvoice *self)
{
  g_ref_count_inc (&self->refs);
  return self;
}

void
rd_invoice_unref (RdInvoice *self)
{
  if (!g_ref_count_dec (&self->refs))
    return;
  g_free (self->block);
  g_free (self);
}

const char *
rd_invoice_get (const RdInvoice *self, RdInvoiceText text)
{
  g_return_val_if_fail (self != NULL && text < RD_INVOICE_N_TEXTS, "");

  return self->block + self->starts[text];
}

gboolean
rd_invoice_is_paid (const RdInvoice *self)
{
  return g_str_equal (rd_invoice_get (self, RD_INVOICE_STATUS), "paid");
}

gboolean
rd_invoice_is_open (const RdInvoice *self)
{
  return g_str_equal (rd_invoice_get (self, RD_INVOICE_STATUS), "pending");
}

/* Sites write 0 for what has not been paid, and leave it so on some that were. What they say came in and nobody can
 * read is not what was to come in. */
gboolean
rd_invoice_get_money (const RdInvoice *self, gint64 *money)
{
  const char *paid = rd_invoice_get (self, RD_INVOICE_PAID_AMOUNT);
  gint64 value = 0;

  if (*paid != '\0' && (!rd_money_parse (paid, &value) || value < 0))
    return FALSE;
  if (value == 0 && (!rd_money_parse (rd_invoice_get (self, RD_INVOICE_AMOUNT), &value) || value < 0))
    return FALSE;
  *money = value;
  return TRUE;
}

GVariant *
rd_invoice_to_variant (const RdInvoice *self)
{
  static const char * const keys[] = {
    [RD_INVOICE_ID] = "id",         [RD_INVOICE_NUMBER] = "number", [RD_INVOICE_TITLE] = "title",
    [RD_INVOICE_STATUS] = "status", [RD_INVOICE_AMOUNT] = "amount", [RD_INVOICE_PAID_AMOUNT] = "paid-amount",
    [RD_INVOICE_CURRENCY] = "currency",
  };
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  for (guint i = 0; i < RD_INVOICE_N_TEXTS; i++)
    if (*rd_invoice_get (self, i) != '\0')
      g_variant_dict_insert (&dict, keys[i], "s", rd_invoice_get (self, i));
  if (self->created_at > 0)
    g_variant_dict_insert (&dict, "created-at", "x", self->created_at);
  if (self->expires_at > 0)
    g_variant_dict_insert (&dict, "expires-at", "x", self->expires_at);
  if (self->paid_at > 0 || (rd_invoice_is_paid (self) && self->seen_paid_at > 0))
    g_variant_dict_insert (&dict, "paid-at", "x", self->paid_at > 0 ? self->paid_at : self->seen_paid_at);
  return g_variant_dict_end (&dict);
}

gboolean
rd_invoice_event_says_paid (const RdEvent *event)
{
  if (event->invoice_status != NULL)
    return g_str_equal (event->invoice_status, "paid");
  if (event->kind == RD_EVENT_INVOICE_STATUS || event->kind == RD_EVENT_INVOICE_UPDATED)
    return g_strcmp0 (event->type, "invoice_completed") == 0 || g_strcmp0 (event->type, "invoice_paid") == 0;
  return event->kind == RD_EVENT_PAYMENT_RECEIVED;
}

/* TRUE if any text is another one; what is NULL in @texts stays. */
static gboolean
set_texts (RdInvoice *self, const char * const *texts)
{
  g_autoptr (GString) block = g_string_new (NULL);
  gboolean changed = self->block == NULL;
  guint16 starts[RD_INVOICE_N_TEXTS];

  for (guint i = 0; i < RD_INVOICE_N_TEXTS; i++)
    {
      const char *old = self->block != NULL ? rd_invoice_get (self, i) : "";
      const char *text = texts[i] != NULL ? texts[i] : old;
      gsize length = strlen (text);

      if (i == RD_INVOICE_TITLE && g_utf8_strlen (text, -1) > MAX_TITLE)
        length = (gsize) (g_utf8_offset_to_pointer (text, MAX_TITLE) - text);
      changed |= strlen (old) != length || strncmp (old, text, length) != 0;
      starts[i] = (guint16) block->len;
      g_string_append_len (block, text, (gssize) length);
      g_string_append_c (block, '\0');
    }
  if (!changed)
    return FALSE;
  g_free (self->block);
  self->block = g_memdup2 (block->str, block->len);
  memcpy (self->starts, starts, sizeof starts);
  return TRUE;
}

static gboolean
set_time (gint64 *field, gint64 time)
{
  if (time <= 0 || *field == time)
    return FALSE;
  *field = time;
  return TRUE;
}

static gboolean
learn_from_list (RdInvoice *self, const RdEvent *event, gint64 now)
{
  const char *texts[RD_INVOICE_N_TEXTS] = {
    [RD_INVOICE_ID] = event->invoice_id,         [RD_INVOICE_NUMBER] = event->invoice_number,
    [RD_INVOICE_TITLE] = event->title,           [RD_INVOICE_STATUS] = event->invoice_status,
    [RD_INVOICE_AMOUNT] = event->amount,         [RD_INVOICE_PAID_AMOUNT] = event->paid_amount,
    [RD_INVOICE_CURRENCY] = event->currency,
  };
  gboolean changed;

  if (self->block != NULL && rd_invoice_is_paid (self) && now - self->seen_paid_at < STALE_US)
    texts[RD_INVOICE_STATUS] = NULL;
  changed = set_texts (self, texts);
  changed |= set_time (&self->created_at, event->created_at);
  changed |= set_time (&self->expires_at, event->expires_at);
  changed |= set_time (&self->paid_at, event->paid_at);
  return changed;
}

/* Its title and body are those of the toast; its amount is what came in, if it tells of a payment. */
static gboolean
learn_from_line (RdInvoice *self, const RdEvent *event, gint64 now)
{
  gboolean paid = rd_invoice_event_says_paid (event);
  gboolean payment = event->kind == RD_EVENT_PAYMENT_RECEIVED;
  const char *texts[RD_INVOICE_N_TEXTS] = {
    [RD_INVOICE_ID] = event->invoice_id,
    [RD_INVOICE_NUMBER] = event->invoice_number,
    [RD_INVOICE_STATUS] = paid ? "paid" : event->invoice_status,
    [RD_INVOICE_AMOUNT] = payment ? NULL : event->amount,
    [RD_INVOICE_PAID_AMOUNT] = event->paid_amount,
    [RD_INVOICE_CURRENCY] = event->currency,
  };
  gint64 at = event->at > 0 && event->at <= now + G_TIME_SPAN_DAY ? event->at : now;
  gboolean changed;

  if (payment && event->paid_amount == NULL && self->block == NULL)
    texts[RD_INVOICE_PAID_AMOUNT] = event->amount;
  changed = set_texts (self, texts);
  if (event->kind == RD_EVENT_INVOICE_CREATED && self->created_at == 0)
    changed |= set_time (&self->created_at, event->created_at > 0 ? event->created_at : at);
  changed |= set_time (&self->expires_at, event->expires_at);
  changed |= set_time (&self->paid_at, event->paid_at);
  if (paid && self->seen_paid_at == 0)
    changed |= set_time (&self->seen_paid_at, at);
  return changed;
}

static gint64
order_of (const RdInvoice *self)
{
  return self->created_at > 0 ? self->created_at : self->heard_at;
}

/* Of the same time, the higher id, as most sites count. */
int
rd_invoice_compare (const RdInvoice *self, const RdInvoice *other)
{
  const char *id = rd_invoice_get (self, RD_INVOICE_ID);
  const char *other_id = rd_invoice_get (other, RD_INVOICE_ID);

  if (order_of (self) != order_of (other))
    return order_of (self) < order_of (other) ? 1 : -1;
  if (strlen (id) != strlen (other_id))
    return strlen (id) < strlen (other_id) ? 1 : -1;
  return strcmp (other_id, id);
}

static int
compare (gconstpointer one, gconstpointer other)
{
  return rd_invoice_compare (*(const RdInvoice * const *) one, *(const RdInvoice * const *) other);
}

/* An eighth at once: to find the oldest costs a look at all. */
static void
forget_oldest (RdInvoiceBook *self)
{
  g_autoptr (GPtrArray) all = rd_invoice_book_list (self, "", "");

  for (guint i = all->len - MAX (self->limit / 8, 1); i < all->len; i++)
    g_hash_table_remove (self->invoices, rd_invoice_get (all->pdata[i], RD_INVOICE_ID));
}

RdInvoiceBook *
rd_invoice_book_new (guint limit)
{
  RdInvoiceBook *self = g_new0 (RdInvoiceBook, 1);

  self->invoices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) rd_invoice_unref);
  self->limit = limit;
  return self;
}

void
rd_invoice_book_free (RdInvoiceBook *self)
{
  g_hash_table_unref (self->invoices);
  g_free (self);
}

guint
rd_invoice_book_get_count (RdInvoiceBook *self)
{
  return g_hash_table_size (self->invoices);
}

RdInvoice *
rd_invoice_book_lookup (RdInvoiceBook *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  return g_hash_table_lookup (self->invoices, id);
}

static RdInvoice *
add (RdInvoiceBook *self, const char *id, gint64 now)
{
  RdInvoice *invoice;

  if (g_hash_table_size (self->invoices) >= self->limit)
    forget_oldest (self);
  invoice = g_new0 (RdInvoice, 1);
  g_ref_count_init (&invoice->refs);
  invoice->heard_at = now;
  g_hash_table_insert (self->invoices, g_strdup (id), invoice);
  return invoice;
}

RdInvoice *
rd_invoice_book_take (RdInvoiceBook *self, const RdEvent *event, gint64 now, gboolean *changed)
{
  RdInvoice *invoice;

  g_return_val_if_fail (self != NULL && event != NULL && changed != NULL, NULL);

  *changed = FALSE;
  if (event->invoice_id == NULL || *event->invoice_id == '\0')
    return NULL;
  if (event->kind != RD_EVENT_INVOICE
      && (event->kind < RD_EVENT_PAYMENT_RECEIVED || event->kind > RD_EVENT_INVOICE_STATUS))
    return NULL;
  invoice = g_hash_table_lookup (self->invoices, event->invoice_id);
  if (invoice == NULL)
    invoice = add (self, event->invoice_id, now);
  *changed = event->kind == RD_EVENT_INVOICE ? learn_from_list (invoice, event, now)
                                             : learn_from_line (invoice, event, now);
  return invoice;
}

static gboolean
matches (const RdInvoice *self, const char *folded, const char *status)
{
  static const RdInvoiceText searched[] = { RD_INVOICE_NUMBER, RD_INVOICE_TITLE, RD_INVOICE_ID };

  if (*status != '\0' && !g_str_equal (rd_invoice_get (self, RD_INVOICE_STATUS), status))
    return FALSE;
  if (*folded == '\0')
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (searched); i++)
    {
      g_autofree char *text = g_utf8_casefold (rd_invoice_get (self, searched[i]), -1);

      if (strstr (text, folded) != NULL)
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
rd_invoice_book_list (RdInvoiceBook *self, const char *search, const char *status)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_invoice_unref);
  g_autofree char *folded = g_utf8_casefold (search, -1);
  GHashTableIter iter;
  gpointer invoice;

  g_hash_table_iter_init (&iter, self->invoices);
  while (g_hash_table_iter_next (&iter, NULL, &invoice))
    if (matches (invoice, folded, status))
      g_ptr_array_add (list, rd_invoice_ref (invoice));
  g_ptr_array_sort (list, compare);
  return list;
}

char **
rd_invoice_book_dup_open (RdInvoiceBook *self, guint limit)
{
  g_autoptr (GPtrArray) all = rd_invoice_book_list (self, "", "");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  for (guint i = 0; i < all->len && n < limit; i++)
    if (rd_invoice_is_open (all->pdata[i]))
      {
        g_strv_builder_add (builder, rd_invoice_get (all->pdata[i], RD_INVOICE_ID));
        n++;
      }
  return g_strv_builder_end (builder);
}
