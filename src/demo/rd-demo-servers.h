/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-control.h"

G_BEGIN_DECLS

#define RD_TYPE_DEMO_SERVERS (rd_demo_servers_get_type ())
G_DECLARE_FINAL_TYPE (RdDemoServers, rd_demo_servers, RD, DEMO_SERVERS, GObject)

/* All the servers of the demo together: Channels with an application per site, the CRM, the invoice site, the control
 * page; keys and secrets made at run time. */
RdDemoServers  *rd_demo_servers_new          (RdDemoInvoicesRevision revision) G_GNUC_WARN_UNUSED_RESULT;
/* @control_port: the control page's, 0: any that is free, as the others' always are */
gboolean        rd_demo_servers_listen       (RdDemoServers *self, guint control_port, GError **error);
RdDemoChannels *rd_demo_servers_get_channels (RdDemoServers *self);
RdDemoCrm      *rd_demo_servers_get_crm      (RdDemoServers *self);
RdDemoInvoices *rd_demo_servers_get_invoices (RdDemoServers *self);
RdDemoControl  *rd_demo_servers_get_control  (RdDemoServers *self);
/* The CRM's application, as rd_demo_channels_lookup() knows it */
const char     *rd_demo_servers_get_crm_app  (RdDemoServers *self);
/* (transfer floating): what AddAccount() of the agent takes, a{sv}; signs you in afresh */
GVariant       *rd_demo_servers_make_crm_account      (RdDemoServers *self);
GVariant       *rd_demo_servers_make_invoices_account (RdDemoServers *self);
/* (transfer full): addresses, ports and keys, for the ready file; with tokens and secrets only if asked for */
JsonObject     *rd_demo_servers_to_json      (RdDemoServers *self, gboolean secrets) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
