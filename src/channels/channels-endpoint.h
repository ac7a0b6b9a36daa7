/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CHANNELS_TYPE_ENDPOINT (channels_endpoint_get_type ())

/**
 * ChannelsEndpoint:
 *
 * Where a Channels application is served: key, host, port, path prefix, TLS. Immutable, boxed,
 * reference counted.
 */
typedef struct _ChannelsEndpoint ChannelsEndpoint;

GType channels_endpoint_get_type (void);

/* @cluster: e.g. "eu" → wss://ws-eu.pusher.com:443 */
ChannelsEndpoint *channels_endpoint_new_for_cluster (const char *key,
                                                     const char *cluster,
                                                     GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* @port: 0 for the default of the scheme; @path: (nullable): a prefix before /app/KEY */
ChannelsEndpoint *channels_endpoint_new             (const char *key,
                                                     const char *host,
                                                     guint       port,
                                                     const char *path,
                                                     gboolean    tls,
                                                     GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* A host with a plain line (ChannelsPlain), which names its path itself. */
ChannelsEndpoint *channels_endpoint_new_plain       (const char *host,
                                                     guint       port,
                                                     gboolean    tls,
                                                     GError    **error) G_GNUC_WARN_UNUSED_RESULT;
ChannelsEndpoint *channels_endpoint_ref             (ChannelsEndpoint *self);
void              channels_endpoint_unref           (ChannelsEndpoint *self);
/* "": a plain line's */
const char       *channels_endpoint_get_key         (ChannelsEndpoint *self);
const char       *channels_endpoint_get_host        (ChannelsEndpoint *self);
guint             channels_endpoint_get_port        (ChannelsEndpoint *self);
gboolean          channels_endpoint_get_tls         (ChannelsEndpoint *self);
gboolean          channels_endpoint_is_loopback     (ChannelsEndpoint *self);
/* (transfer full): the ws(s) address with protocol, client and version */
char             *channels_endpoint_dup_uri         (ChannelsEndpoint *self);
/* (transfer full): scheme://host:port[/path]/apps/APP_ID/events, for ChannelsPublisher */
char             *channels_endpoint_dup_api_uri     (ChannelsEndpoint *self,
                                                     const char       *app_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChannelsEndpoint, channels_endpoint_unref)

G_END_DECLS
