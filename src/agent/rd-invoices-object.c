/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-invoices-object.h"

/* On the bus, and answers nothing yet. */

struct _RdInvoicesObject
{
  RdDBusInvoices1Skeleton parent_instance;

  RdInvoices *invoices;
};

G_DEFINE_FINAL_TYPE (RdInvoicesObject, rd_invoices_object, RD_DBUS_TYPE_INVOICES1_SKELETON)

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
  return self;
}
