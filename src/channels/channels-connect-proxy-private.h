/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CHANNELS_TYPE_CONNECT_PROXY (channels_connect_proxy_get_type ())
G_DECLARE_FINAL_TYPE (ChannelsConnectProxy, channels_connect_proxy, CHANNELS, CONNECT_PROXY, GObject)

/* The scheme of a proxy's URI by which GIO finds this type */
#define CHANNELS_CONNECT_PROXY_PROTOCOL "channels-connect"

/* Makes it known to GIO; as often as one likes. */
void channels_connect_proxy_register (void);

G_END_DECLS
