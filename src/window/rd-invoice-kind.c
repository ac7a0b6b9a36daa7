/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-invoice-kind.h"

#include <glib/gi18n.h>

#include "rd-amount.h"
#include "rd-text.h"

/* Invoices as list entries: their order, their words. */

#define STATUS_MAX 40
#define TITLE_MAX 120

typedef struct
{
  const char *status;
  const char *text;
  const char *icon;
  const char *css_class;
} Look;

static const Look looks[] = {
  { "pending", N_ ("Pending"), "rd-pending-symbolic", NULL },
  { "paid", N_ ("Paid"), "rd-paid-symbolic", "success" },
  { "expired", N_ ("Expired"), "rd-expired-symbolic", "warning" },
  { "cancelled", N_ ("Cancelled"), "rd-cancelled-symbolic", "dim-label" },
};

/* (nullable) */
static const Look *
look_of (const char *status)
{
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (looks); i++)
    if (g_strcmp0 (looks[i].status, status) == 0)
      return &looks[i];
  return NULL;
}

/* Of an invoice that nobody has listed, no more may be known than when it was paid. */
gint64
rd_invoice_get_time (RdRecord *invoice)
{
  gint64 created = rd_record_get_time (invoice, "created-at");

  return created > 0 ? created : rd_record_get_time (invoice, "paid-at");
}

static GVariant *
dup_arguments (const char *search, const char *filter, guint offset, guint limit)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  if (*search != '\0')
    g_variant_dict_insert (&dict, "search", "s", search);
  if (*filter != '\0')
    g_variant_dict_insert (&dict, "status", "s", filter);
  return g_variant_new ("(@a{sv}uu)", g_variant_dict_end (&dict), offset, limit);
}

/* Newest first; those without a date last. */
static int
compare (RdRecord *a, RdRecord *b)
{
  gint64 left = rd_invoice_get_time (a), right = rd_invoice_get_time (b);

  return (left < right) - (left > right);
}

static gboolean
matches (RdRecord *record, const char *filter)
{
  return *filter == '\0' || g_strcmp0 (rd_record_get_string (record, "status"), filter) == 0;
}

const RdPagedKind rd_invoice_kind = {
  .method = "ListInvoices",
  .changed_signal = "InvoiceChanged",
  .reset_signal = "InvoicesReset",
  .search_keys = { "id", "number", "title" },
  .dup_arguments = dup_arguments,
  .compare = compare,
  .matches = matches,
};

const char *
rd_invoice_get_status (guint n)
{
  return n < G_N_ELEMENTS (looks) ? looks[n].status : NULL;
}

char *
rd_invoice_status_to_text (const char *status)
{
  const Look *look = look_of (status);

  return look != NULL ? g_strdup (_ (look->text)) : rd_text_clean (status, STATUS_MAX);
}

const char *
rd_invoice_status_to_icon (const char *status)
{
  const Look *look = look_of (status);

  return look != NULL ? look->icon : "rd-invoice-symbolic";
}

const char *
rd_invoice_status_to_css_class (const char *status)
{
  const Look *look = look_of (status);

  return look != NULL ? look->css_class : NULL;
}

char *
rd_invoice_dup_number (RdRecord *invoice)
{
  g_autofree char *number = rd_text_clean (rd_record_get_string (invoice, "number"), TITLE_MAX);

  return *number != '\0' ? g_steal_pointer (&number)
                         : rd_text_clean (rd_record_get_string (invoice, "id"), TITLE_MAX);
}

/* An amount that nobody can read as a number is shown as the site wrote it. */
char *
rd_invoice_dup_amount (RdRecord *invoice, const char *key)
{
  const char *text = rd_record_get_string (invoice, key);
  const char *currency = rd_record_get_string (invoice, "currency");
  gint64 amount;

  return rd_amount_parse (text, &amount) ? rd_amount_to_text (amount, currency) : rd_text_for_amount (text, currency);
}

char *
rd_invoice_dup_title (RdRecord *invoice)
{
  g_autofree char *title = rd_text_clean (rd_record_get_string (invoice, "title"), TITLE_MAX);
  g_autofree char *number = NULL;

  if (*title != '\0')
    return g_steal_pointer (&title);
  number = rd_invoice_dup_number (invoice);
  /* Translators: %s is an invoice's number */
  return g_strdup_printf (_ ("Invoice %s"), number);
}
