/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-invoice-kind.h"

#include <glib/gi18n.h>

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
  gint64 left = rd_record_get_time (a, "created-at"), right = rd_record_get_time (b, "created-at");

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
rd_invoice_dup_title (RdRecord *invoice)
{
  g_autofree char *title = rd_text_clean (rd_record_get_string (invoice, "title"), TITLE_MAX);
  g_autofree char *number = rd_text_clean (rd_record_get_string (invoice, "number"), TITLE_MAX);

  if (*title != '\0')
    return g_steal_pointer (&title);
  if (*number == '\0')
    number = rd_text_clean (rd_record_get_string (invoice, "id"), TITLE_MAX);
  /* Translators: %s is an invoice's number */
  return g_strdup_printf (_ ("Invoice %s"), number);
}
