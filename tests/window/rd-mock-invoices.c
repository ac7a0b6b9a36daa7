/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-mock-invoices.h"

#include <string.h>

#include "rd-mock-list.h"

/* A site that sends invoices. */

#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

static const char *const titles[] = {
  "Notes on the Analytical Engine",
  "Compiler, second delivery",
  "Orbit of Friendship 7, computed by hand",
  "Spanning tree, maintenance in November",
  "ترجمة كتاب الجبر",
  "",
};
static const char *const statuses[] = { "pending", "paid", "paid", "expired", "paid", "cancelled", "disputed" };
static const char *const amounts[] = { "1240.50", "300", "75.25", "18000", "42", "0.1234" };

struct _RdMockInvoices
{
  GObject parent_instance;

  RdMockAgent *agent; /* not owned */
  RdDBusInvoices1 *skeleton;
  RdMockList *invoices;
  GVariant *details; /* (nullable) */
  GVariant *income;  /* (nullable) */
  guint without_amount;
  guint without_date;
};

G_DEFINE_FINAL_TYPE (RdMockInvoices, rd_mock_invoices, G_TYPE_OBJECT)

static GVariant *
parse (const GVariantType *type, const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = g_variant_parse (type, text, NULL, NULL, &error);

  g_assert_no_error (error);
  return value;
}

static gboolean
on_handle_list_invoices (RdDBusInvoices1 *skeleton, GDBusMethodInvocation *invocation, GVariant *filter, guint offset,
                         guint limit, RdMockInvoices *self)
{
  const char *const keys[] = { "id", "number", "title", NULL };
  const char *search = "", *status = "";
  gboolean more;
  GVariant *page;

  if (!rd_mock_agent_take (self->agent, invocation))
    return TRUE;
  g_variant_lookup (filter, "search", "&s", &search);
  g_variant_lookup (filter, "status", "&s", &status);
  page = rd_mock_list_page_of (self->invoices, "status", status, keys, search, offset, limit, &more);
  rd_dbus_invoices1_complete_list_invoices (skeleton, invocation, page, more);
  return TRUE;
}

static gboolean
on_handle_get_invoice (RdDBusInvoices1 *skeleton, GDBusMethodInvocation *invocation, const char *id,
                       RdMockInvoices *self)
{
  GVariant *invoice = rd_mock_list_find (self->invoices, id);
  GVariantDict dict;
  GVariantIter iter;
  const char *key;
  GVariant *value;

  if (!rd_mock_agent_take (self->agent, invocation))
    return TRUE;
  if (invoice == NULL)
    {
      g_dbus_method_invocation_return_dbus_error (invocation, "io.github.ringdown.Error.NotFound",
                                                  "pay.example.com knows no such invoice.");
      return TRUE;
    }
  g_variant_dict_init (&dict, invoice);
  if (self->details != NULL)
    {
      g_variant_iter_init (&iter, self->details);
      while (g_variant_iter_loop (&iter, "{&sv}", &key, &value))
        g_variant_dict_insert_value (&dict, key, value);
    }
  rd_dbus_invoices1_complete_get_invoice (skeleton, invocation, g_variant_dict_end (&dict));
  return TRUE;
}

/* The start of the day, or of the week, that was @back of them ago. */
static gint64
start_of (gboolean weeks, guint back)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) today = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                                                       g_date_time_get_day_of_month (now), 0, 0, 0);
  int days = weeks ? g_date_time_get_day_of_week (now) - 1 + (int) back * 7 : (int) back;
  g_autoptr (GDateTime) start = g_date_time_add_days (today, -days);

  return g_date_time_to_unix (start) * G_USEC_PER_SEC;
}

static GVariant *
create_income (gboolean weeks, guint count)
{
  static const guint euros[] = { 300, 0, 1240, 75, 0, 890, 42, 2100, 410, 0, 0, 1590, 720, 240 };
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(xssu)"));
  guint i;

  for (i = count; i-- > 0;)
    {
      guint amount = euros[i % G_N_ELEMENTS (euros)] * (weeks ? 5 : 1);
      g_autofree char *sum = g_strdup_printf ("%u", amount);

      g_variant_builder_add (&builder, "(xssu)", start_of (weeks, i), amount > 0 ? "EUR" : "", sum,
                             amount > 0 ? 1 + amount / 500 : 0);
      if (i % 5 == 1)
        g_variant_builder_add (&builder, "(xssu)", start_of (weeks, i), "USDT", "75.25", 1);
    }
  return g_variant_builder_end (&builder);
}

static gboolean
on_handle_list_income (RdDBusInvoices1 *skeleton, GDBusMethodInvocation *invocation, const char *unit, guint count,
                       RdMockInvoices *self)
{
  if (!rd_mock_agent_take (self->agent, invocation))
    return TRUE;
  rd_dbus_invoices1_complete_list_income (
    skeleton, invocation, self->income != NULL ? self->income : create_income (strcmp (unit, "week") == 0, count),
    self->without_amount, self->without_date);
  return TRUE;
}

static void
rd_mock_invoices_finalize (GObject *object)
{
  RdMockInvoices *self = RD_MOCK_INVOICES (object);

  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  g_clear_object (&self->skeleton);
  rd_mock_list_free (self->invoices);
  g_clear_pointer (&self->details, g_variant_unref);
  g_clear_pointer (&self->income, g_variant_unref);

  G_OBJECT_CLASS (rd_mock_invoices_parent_class)->finalize (object);
}

static void
rd_mock_invoices_class_init (RdMockInvoicesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_mock_invoices_finalize;
}

static void
rd_mock_invoices_init (RdMockInvoices *self)
{
  self->invoices = rd_mock_list_new ();
}

RdMockInvoices *
rd_mock_invoices_new (RdMockAgent *agent, RdDBusAccount1 *account, gboolean listed)
{
  RdMockInvoices *self = g_object_new (RD_TYPE_MOCK_INVOICES, NULL);

  self->agent = agent;
  self->skeleton = rd_dbus_invoices1_skeleton_new ();
  g_signal_connect (self->skeleton, "handle-list-invoices", G_CALLBACK (on_handle_list_invoices), self);
  g_signal_connect (self->skeleton, "handle-get-invoice", G_CALLBACK (on_handle_get_invoice), self);
  g_signal_connect (self->skeleton, "handle-list-income", G_CALLBACK (on_handle_list_income), self);
  rd_mock_agent_add_ability (account, "invoices");
  if (listed)
    rd_mock_agent_add_ability (account, "list-invoices");
  rd_mock_agent_add_interface (agent, rd_dbus_account1_get_id (account), self->skeleton);
  return self;
}

RdDBusInvoices1 *
rd_mock_invoices_get_skeleton (RdMockInvoices *self)
{
  return self->skeleton;
}

void
rd_mock_invoices_fill (RdMockInvoices *self, guint n)
{
  gint64 now = g_get_real_time ();
  guint i;

  for (i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("i%u", i);
      g_autofree char *number = g_strdup_printf ("INV-%04u", n - i);
      const char *status = statuses[i % G_N_ELEMENTS (statuses)];
      gint64 created = now - i * 7 * HOUR;
      GVariantDict dict;

      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, "id", "s", id);
      g_variant_dict_insert (&dict, "number", "s", number);
      g_variant_dict_insert (&dict, "title", "s", titles[i % G_N_ELEMENTS (titles)]);
      g_variant_dict_insert (&dict, "status", "s", status);
      g_variant_dict_insert (&dict, "amount", "s", amounts[i % G_N_ELEMENTS (amounts)]);
      g_variant_dict_insert (&dict, "currency", "s", i % 6 == 5 ? "USDT" : "EUR");
      g_variant_dict_insert (&dict, "created-at", "x", created);
      g_variant_dict_insert (&dict, "expires-at", "x", created + 14 * 24 * HOUR);
      if (strcmp (status, "paid") == 0)
        {
          g_variant_dict_insert (&dict, "paid-amount", "s", amounts[i % G_N_ELEMENTS (amounts)]);
          g_variant_dict_insert (&dict, "paid-at", "x", created + 3 * HOUR);
        }
      rd_mock_list_put_last (self->invoices, g_variant_dict_end (&dict));
    }
}

void
rd_mock_invoices_fill_hostile (RdMockInvoices *self)
{
  const gint64 year_40000 = G_GINT64_CONSTANT (1200113625600) * G_USEC_PER_SEC;
  g_autofree char *wide = g_strnfill (300, 'W');
  g_autofree char *title = g_strdup_printf ("<b>&amp;</b>\u202e%s\u202d\u2066", wide);

  rd_mock_list_put_last (
    self->invoices,
    g_variant_new_parsed ("{'id': <'h0'>, 'number': <%s>, 'title': <%s>, 'status': <%s>, 'amount': <%s>, "
                          "'currency': <%s>, 'created-at': <%x>, 'expires-at': <%x>}",
                          wide, title, wide, wide, wide, year_40000, year_40000));
  rd_mock_list_put_last (self->invoices,
                         g_variant_new_parsed ("{'id': <'h1'>, 'title': <'<i>Refund</i>'>, 'status': <'pending'>, "
                                               "'amount': <'-1240.50'>, 'currency': <'EUR'>}"));
  rd_mock_list_put_last (self->invoices,
                         g_variant_new_parsed ("{'id': <'h2'>, 'amount': <'99999999999999999999999999'>, "
                                               "'status': <uint32 7>, 'created-at': <'yesterday'>}"));
  rd_mock_list_put_last (self->invoices,
                         g_variant_new_parsed ("{'id': <'h3'>, 'title': <'\\u200f\\u202e'>, 'amount': <'1e9'>, "
                                               "'status': <'paid'>, 'created-at': <int64 -5>}"));
}

void
rd_mock_invoices_change (RdMockInvoices *self, const char *invoice, gboolean newest)
{
  GVariant *entry = parse (G_VARIANT_TYPE_VARDICT, invoice);

  if (newest)
    rd_mock_list_put_first (self->invoices, entry);
  else
    rd_mock_list_put (self->invoices, entry);
  rd_dbus_invoices1_emit_invoice_changed (self->skeleton, entry);
}

void
rd_mock_invoices_set_details (RdMockInvoices *self, const char *details)
{
  g_clear_pointer (&self->details, g_variant_unref);
  self->details = parse (G_VARIANT_TYPE_VARDICT, details);
}

void
rd_mock_invoices_set_income (RdMockInvoices *self, const char *income, guint without_amount, guint without_date)
{
  g_clear_pointer (&self->income, g_variant_unref);
  self->income = parse (G_VARIANT_TYPE ("a(xssu)"), income);
  self->without_amount = without_amount;
  self->without_date = without_date;
}

void
rd_mock_invoices_reset (RdMockInvoices *self)
{
  rd_mock_list_clear (self->invoices);
  rd_dbus_invoices1_emit_invoices_reset (self->skeleton);
}
