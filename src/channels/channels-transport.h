/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define CHANNELS_TYPE_TRANSPORT (channels_transport_get_type ())
G_DECLARE_FINAL_TYPE (ChannelsTransport, channels_transport, CHANNELS, TRANSPORT, GObject)

/**
 * ChannelsTransport:
 *
 * How connections are made: through which proxy, whom TLS trusts, and as whom this side identifies itself.
 *
 * It makes the [class@Soup.Session] that clients, authorisers and publishers are given. Whoever needs nothing of this
 * can give them a session of their own, with whatever libsoup offers; without a word it follows the system's proxy
 * settings and trusts the system's authorities. TLS is always verified.
 */

ChannelsTransport *channels_transport_new                     (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean           channels_transport_set_proxy               (ChannelsTransport *self,
                                                               const char        *uri,
                                                               const char        *user,
                                                               const char        *password,
                                                               GError           **error);
gboolean           channels_transport_set_authorities_file    (ChannelsTransport *self,
                                                               const char        *path,
                                                               GError           **error);
void               channels_transport_set_client_certificate  (ChannelsTransport *self,
                                                               GTlsCertificate   *certificate);
gboolean           channels_transport_load_client_certificate (ChannelsTransport *self,
                                                               const char        *certificate_path,
                                                               const char        *key_path,
                                                               GError           **error);
SoupSession       *channels_transport_create_session          (ChannelsTransport *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
