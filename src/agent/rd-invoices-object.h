/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-dbus.h"
#include "rd-invoices.h"

G_BEGIN_DECLS

#define RD_TYPE_INVOICES_OBJECT (rd_invoices_object_get_type ())
G_DECLARE_FINAL_TYPE (RdInvoicesObject, rd_invoices_object, RD, INVOICES_OBJECT, RdDBusInvoices1Skeleton)

/* io.github.ringdown.Invoices1 of one account. */
RdInvoicesObject *rd_invoices_object_new (RdInvoices *invoices) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
