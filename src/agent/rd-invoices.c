/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-invoices.h"

/* Knows its site, and nothing of invoices yet. */

struct _RdInvoices
{
  GObject parent_instance;

  RdSite *site;
  char *account;
};

G_DEFINE_FINAL_TYPE (RdInvoices, rd_invoices, G_TYPE_OBJECT)

/*
 * GObject
 */
static void
rd_invoices_finalize (GObject *object)
{
  RdInvoices *self = RD_INVOICES (object);

  g_clear_object (&self->site);
  g_free (self->account);

  G_OBJECT_CLASS (rd_invoices_parent_class)->finalize (object);
}

static void
rd_invoices_class_init (RdInvoicesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_invoices_finalize;

  g_signal_new ("missed", RD_TYPE_INVOICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, RD_TYPE_EVENT);
}

static void
rd_invoices_init (RdInvoices *self)
{
}

RdInvoices *
rd_invoices_new (RdSite *site, const char *account)
{
  RdInvoices *self;

  g_return_val_if_fail (RD_IS_SITE (site), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  self = g_object_new (RD_TYPE_INVOICES, NULL);
  self->site = g_object_ref (site);
  self->account = g_strdup (account);
  return self;
}

void
rd_invoices_handle (RdInvoices *self, RdEvent *event)
{
  g_return_if_fail (RD_IS_INVOICES (self));
}

void
rd_invoices_catch_up (RdInvoices *self, gint64 since)
{
  g_return_if_fail (RD_IS_INVOICES (self));
}

void
rd_invoices_stop (RdInvoices *self)
{
  g_return_if_fail (RD_IS_INVOICES (self));
}
