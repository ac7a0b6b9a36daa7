/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-crm.h"
#include "rd-demo-invoices.h"
#include "rd-demo-log.h"

G_BEGIN_DECLS

/* What the control page sees; borrows everything. */
typedef struct
{
  RdDemoChannels *channels;
  RdDemoCrm *crm;
  const char *crm_app;
  RdDemoInvoices *invoices;
  RdDemoLog *log;
} RdDemoSight;

/* (transfer full): people, calls, invoices, and the log's entries after number @after */
JsonObject *rd_demo_sight_to_json (const RdDemoSight *self, gint64 after) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
