/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RD_TYPE_DEMO_AGENT (rd_demo_agent_get_type ())
G_DECLARE_FINAL_TYPE (RdDemoAgent, rd_demo_agent, RD, DEMO_AGENT, GObject)

/**
 * RdDemoAgent:
 *
 * A ringdown-agent of the demo's own: its own bus name, its configuration and data in a temporary folder that goes with
 * it, its secrets in memory.
 *
 * ::ready: its name is on the bus
 * ::exited (const char *why): it has ended; @why is NULL if it ended well
 */
RdDemoAgent *rd_demo_agent_new         (GDBusConnection *bus, const char *bus_name) G_GNUC_WARN_UNUSED_RESULT;
/* @arguments: (nullable): more of them. Fails where the agent cannot be started. */
gboolean     rd_demo_agent_start       (RdDemoAgent *self, const char * const *arguments, GError **error);
/* @settings: AddAccount()'s; floating or not. */
void         rd_demo_agent_add_account_async  (RdDemoAgent *self, GVariant *settings, GAsyncReadyCallback callback,
                                               gpointer user_data);
/* (transfer full): the account's id */
char        *rd_demo_agent_add_account_finish (RdDemoAgent *self, GAsyncResult *result, GError **error);
void         rd_demo_agent_open_window (RdDemoAgent *self);
/* Politely over the bus, after 3 s by a signal, after 6 s by force; ::exited tells. */
void         rd_demo_agent_quit        (RdDemoAgent *self);

G_END_DECLS
