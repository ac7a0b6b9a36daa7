/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-control.h"

G_BEGIN_DECLS

#define RD_TYPE_DEMO_SERVERS (rd_demo_servers_get_type ())
G_DECLARE_FINAL_TYPE (RdDemoServers, rd_demo_servers, RD, DEMO_SERVERS, GObject)

/* All the servers of the demo together: Channels with an application per site, the five sites, each with its
 * /.well-known/ringdown.json, and the control page; keys and secrets made at run time. */
RdDemoServers  *rd_demo_servers_new          (void) G_GNUC_WARN_UNUSED_RESULT;
/* The CRM as its newest version is: calls over its own WebSocket. Before accounts are made. */
void            rd_demo_servers_set_own_line (RdDemoServers *self, gboolean own_line);
/* @control_port: the control page's, 0: any that is free, as the others' always are */
gboolean        rd_demo_servers_listen       (RdDemoServers *self, guint control_port, GError **error);
/* (transfer none): every server by itself */
const RdDemoSight *rd_demo_servers_get_sight (RdDemoServers *self);
RdDemoControl  *rd_demo_servers_get_control  (RdDemoServers *self);
/* (transfer floating): what AddAccount() of the agent takes, a{sv}, with your credentials */
GVariant       *rd_demo_servers_make_account (RdDemoServers *self, RdDemoSiteId id);
/* (transfer full): addresses, ports and keys, for the ready file; with tokens and secrets only if asked for */
JsonObject     *rd_demo_servers_to_json      (RdDemoServers *self, gboolean secrets) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
