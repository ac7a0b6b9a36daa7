/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CHANNELS_TYPE_TUNNEL (channels_tunnel_get_type ())
G_DECLARE_FINAL_TYPE (ChannelsTunnel, channels_tunnel, CHANNELS, TUNNEL, GObject)

/* A GProxyResolver that answers as @inner (nullable: no proxies) does, but in a way in which WebSockets get there. */
ChannelsTunnel *channels_tunnel_new        (GProxyResolver *inner) G_GNUC_WARN_UNUSED_RESULT;
/* Behind it is a WebSocket. */
void            channels_tunnel_add_socket (ChannelsTunnel *self,
                                            gboolean        tls,
                                            const char     *host,
                                            guint           port);

G_END_DECLS
