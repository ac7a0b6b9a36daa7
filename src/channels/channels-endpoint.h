/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "channels-version.h"

G_BEGIN_DECLS

#define CHANNELS_TYPE_ENDPOINT (channels_endpoint_get_type ())

/**
 * ChannelsEndpoint:
 *
 * Where a Channels application is served: key, host, port, path prefix, TLS.
 *
 * It never changes, and what it holds has been checked.
 *
 * Since: 1.0
 */
typedef struct _ChannelsEndpoint ChannelsEndpoint;

CHANNELS_AVAILABLE_IN_1_0
GType channels_endpoint_get_type (void);

/**
 * channels_endpoint_new_for_cluster:
 * @key: the application's key
 * @cluster: a cluster of Pusher's cloud, as in `eu`
 * @error: return location for an error
 *
 * An application in Pusher's cloud.
 *
 * Returns: (transfer full): the endpoint, or %NULL with %CHANNELS_ERROR_INVALID
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsEndpoint *channels_endpoint_new_for_cluster (const char *key,
                                                     const char *cluster,
                                                     GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_endpoint_new:
 * @key: the application's key
 * @host: a host's name or address
 * @port: its port, 0 for 443 with TLS, and 80 without
 * @path: (nullable): what comes before `/app/KEY`, if the server is not at its host's root
 * @tls: whether to speak TLS
 * @error: return location for an error
 *
 * An application on a server of one's own.
 *
 * Returns: (transfer full): the endpoint, or %NULL with %CHANNELS_ERROR_INVALID
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsEndpoint *channels_endpoint_new (const char *key,
                                         const char *host,
                                         guint       port,
                                         const char *path,
                                         gboolean    tls,
                                         GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_endpoint_new_from_uri:
 * @uri: an address, as in `wss://ws.example.org/app/KEY`
 * @error: return location for an error
 *
 * An application by its WebSocket address, `ws:` or `wss:`, with or without a port, a path prefix and a query. The
 * query is not kept: the client has its own.
 *
 * Returns: (transfer full): the endpoint, or %NULL with %CHANNELS_ERROR_INVALID
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsEndpoint *channels_endpoint_new_from_uri (const char *uri,
                                                  GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_endpoint_new_plain:
 * @host: a host's name or address
 * @port: its port, 0 for 443 with TLS, and 80 without
 * @tls: whether to speak TLS
 * @error: return location for an error
 *
 * A host with a plain line ([iface@Channels.Plain]), which names its path itself.
 *
 * Returns: (transfer full): the endpoint, or %NULL with %CHANNELS_ERROR_INVALID
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsEndpoint *channels_endpoint_new_plain (const char *host,
                                               guint       port,
                                               gboolean    tls,
                                               GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_endpoint_ref:
 * @self: an endpoint
 *
 * Keeps @self for later.
 *
 * Returns: (transfer full): @self
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsEndpoint *channels_endpoint_ref (ChannelsEndpoint *self);

/**
 * channels_endpoint_unref:
 * @self: (transfer full): an endpoint
 *
 * Lets go of @self.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_endpoint_unref (ChannelsEndpoint *self);

/**
 * channels_endpoint_get_key:
 * @self: an endpoint
 *
 * The application's key.
 *
 * Returns: the key; "" for a plain line
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
const char *channels_endpoint_get_key (ChannelsEndpoint *self);

/**
 * channels_endpoint_get_host:
 * @self: an endpoint
 *
 * The host's name in ASCII, or its address; an IPv6 address has no brackets.
 *
 * Returns: the host
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
const char *channels_endpoint_get_host (ChannelsEndpoint *self);

/**
 * channels_endpoint_get_port:
 * @self: an endpoint
 *
 * The port, also if it is the default one.
 *
 * Returns: 1 to 65535
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
guint channels_endpoint_get_port (ChannelsEndpoint *self);

/**
 * channels_endpoint_get_tls:
 * @self: an endpoint
 *
 * Whether TLS is spoken.
 *
 * Returns: %TRUE for `wss:`
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
gboolean channels_endpoint_get_tls (ChannelsEndpoint *self);

/**
 * channels_endpoint_is_loopback:
 * @self: an endpoint
 *
 * Whether it is this very machine.
 *
 * Returns: %TRUE for `localhost` and loopback addresses
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
gboolean channels_endpoint_is_loopback (ChannelsEndpoint *self);

/**
 * channels_endpoint_dup_uri:
 * @self: an endpoint
 *
 * The address that a client connects to, with protocol, client and version in its query.
 *
 * Returns: (transfer full): a `ws:` or `wss:` address
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
char *channels_endpoint_dup_uri (ChannelsEndpoint *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_endpoint_dup_api_uri:
 * @self: an endpoint
 * @app_id: the application's id
 *
 * The address that [class@Channels.Publisher] sends events to.
 *
 * Returns: (transfer full): an `http:` or `https:` address
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
char *channels_endpoint_dup_api_uri (ChannelsEndpoint *self,
                                     const char       *app_id) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChannelsEndpoint, channels_endpoint_unref)

G_END_DECLS
