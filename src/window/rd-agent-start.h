/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Starts the agent that owns @bus_name: by D-Bus activation, or, where the bus knows no such service (an own name, an
 * uninstalled build), its program. Done when it is on its way, not when it is there. */
void     rd_agent_start        (GDBusConnection *connection, const char *bus_name, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
gboolean rd_agent_start_finish (GAsyncResult *result, GError **error);

G_END_DECLS
