/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-invoices-object.h"

#include "rd-dbus-error.h"
#include "rd-fault.h"

#include <string.h>

/* An account's invoices on the bus: what clients ask is bounded and checked here. */

#define MAX_PAGE 200
#define MAX_PERIODS 400
#define MAX_SEARCH 200
#define MAX_ID 128

struct _RdInvoicesObject
{
  RdDBusInvoices1Skeleton parent_instance;

  RdInvoices *invoices;
};

static gboolean
refuse (GDBusMethodInvocation *invocation, const char *where)
{
  g_autoptr (GError) error = rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, where);

  rd_dbus_error_return (invocation, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* (nullable): NULL: it is there and cannot be used */
static const char *
look_up_text (GVariant *filter, const char *key)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (filter, key, NULL);
  const char *text = "";

  /* The string lives in @filter. */
  if (value != NULL && !g_variant_lookup (filter, key, "&s", &text))
    return NULL;
  return g_utf8_strlen (text, -1) <= MAX_SEARCH ? text : NULL;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) invoices = NULL;
  gboolean more = FALSE;

  invoices = rd_invoices_list_finish (RD_INVOICES (source), result, &more, &error);
  if (invoices != NULL)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(@aa{sv}b)", invoices, more));
  else
    rd_dbus_error_return (invocation, error);
}

static gboolean
on_handle_list_invoices (RdDBusInvoices1 *object, GDBusMethodInvocation *invocation, GVariant *filter, guint offset,
                         guint limit)
{
  RdInvoicesObject *self = RD_INVOICES_OBJECT (object);
  const char *search = look_up_text (filter, "search");
  const char *status = look_up_text (filter, "status");

  if (search == NULL)
    return refuse (invocation, "search");
  if (status == NULL)
    return refuse (invocation, "status");
  rd_invoices_list_async (self->invoices, search, status, offset, CLAMP (limit, 1, MAX_PAGE), on_listed, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) invoice = rd_invoices_get_finish (RD_INVOICES (source), result, &error);

  if (invoice != NULL)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(@a{sv})", invoice));
  else
    rd_dbus_error_return (invocation, error);
}

static gboolean
on_handle_get_invoice (RdDBusInvoices1 *object, GDBusMethodInvocation *invocation, const char *invoice)
{
  RdInvoicesObject *self = RD_INVOICES_OBJECT (object);

  if (*invoice == '\0' || g_utf8_strlen (invoice, -1) > MAX_ID)
    return refuse (invocation, "invoice");
  rd_invoices_get_async (self->invoices, invoice, on_got, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_list_income (RdDBusInvoices1 *object, GDBusMethodInvocation *invocation, const char *unit, guint count)
{
  RdInvoicesObject *self = RD_INVOICES_OBJECT (object);
  gboolean weeks = g_str_equal (unit, "week");
  guint without_amount;
  guint without_date;
  GVariant *income;

  if (!weeks && !g_str_equal (unit, "day"))
    return refuse (invocation, "unit");
  if (count == 0 || count > MAX_PERIODS)
    return refuse (invocation, "count");
  income = rd_invoices_sum_income (self->invoices, weeks, count, &without_amount, &without_date);
  rd_dbus_invoices1_complete_list_income (object, invocation, income, without_amount, without_date);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
invoices1_iface_init (RdDBusInvoices1Iface *iface)
{
  iface->handle_list_invoices = on_handle_list_invoices;
  iface->handle_get_invoice = on_handle_get_invoice;
  iface->handle_list_income = on_handle_list_income;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RdInvoicesObject, rd_invoices_object, RD_DBUS_TYPE_INVOICES1_SKELETON,
                               G_IMPLEMENT_INTERFACE (RD_DBUS_TYPE_INVOICES1, invoices1_iface_init))

static void
on_invoice_changed (RdInvoices *invoices, GVariant *invoice, RdInvoicesObject *self)
{
  rd_dbus_invoices1_emit_invoice_changed (RD_DBUS_INVOICES1 (self), invoice);
}

static void
on_invoices_reset (RdInvoices *invoices, RdInvoicesObject *self)
{
  rd_dbus_invoices1_emit_invoices_reset (RD_DBUS_INVOICES1 (self));
}

/*
 * GObject
 */
static void
rd_invoices_object_finalize (GObject *object)
{
  g_clear_object (&RD_INVOICES_OBJECT (object)->invoices);

  G_OBJECT_CLASS (rd_invoices_object_parent_class)->finalize (object);
}

static void
rd_invoices_object_class_init (RdInvoicesObjectClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_invoices_object_finalize;
}

static void
rd_invoices_object_init (RdInvoicesObject *self)
{
}

RdInvoicesObject *
rd_invoices_object_new (RdInvoices *invoices)
{
  RdInvoicesObject *self;

  g_return_val_if_fail (RD_IS_INVOICES (invoices), NULL);

  self = g_object_new (RD_TYPE_INVOICES_OBJECT, NULL);
  self->invoices = g_object_ref (invoices);
  g_signal_connect_object (invoices, "invoice-changed", G_CALLBACK (on_invoice_changed), self, 0);
  g_signal_connect_object (invoices, "invoices-reset", G_CALLBACK (on_invoices_reset), self, 0);
  return self;
}
