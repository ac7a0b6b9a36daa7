/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "channels-version.h"

G_BEGIN_DECLS

#define CHANNELS_TYPE_TRANSPORT (channels_transport_get_type ())
CHANNELS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (ChannelsTransport, channels_transport, CHANNELS, TRANSPORT, GObject)

/**
 * ChannelsTransport:
 *
 * How connections are made: through which proxy, whom TLS trusts, and as whom this side identifies itself.
 *
 * It makes the [class@Soup.Session] that clients, authorisers and publishers are given. Whoever needs nothing of this
 * can give them a session of their own, with whatever libsoup offers; without a word it follows the system's proxy
 * settings and trusts the system's authorities. TLS is always verified.
 *
 * Since: 1.0
 */

/**
 * channels_transport_new:
 *
 * Makes a transport that does as the system does: its proxies, its authorities, no certificate.
 *
 * Returns: (transfer full): a new transport
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsTransport *channels_transport_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_transport_set_proxy:
 * @self: a transport
 * @uri: (nullable): `http`, `https`, `socks4`, `socks4a` or `socks5` as its scheme, host and port; `direct://` for no
 *   proxy at all; %NULL for the system's settings
 * @user: (nullable): the user's name at the proxy, as it is; %NULL for what @uri says
 * @password: (nullable): their password, as it is; %NULL for what @uri says
 * @error: return location for an error
 *
 * Sends all connections of later sessions through one proxy. A WebSocket goes through an HTTP proxy by `CONNECT`, with
 * TLS or without (RFC 6455, section 4.1).
 *
 * Fails with %CHANNELS_ERROR_INVALID, and changes nothing, if @uri is no such address.
 *
 * Returns: %TRUE if it was taken
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
gboolean channels_transport_set_proxy (ChannelsTransport  *self,
                                       const char         *uri,
                                       const char         *user,
                                       const char         *password,
                                       GError            **error);

/**
 * channels_transport_set_authorities_file:
 * @self: a transport
 * @path: (type filename) (nullable): a file with the certificates of authorities in PEM format, or %NULL for the
 *   system's
 * @error: return location for an error
 *
 * Has later sessions trust these authorities, and no others. A server's own certificate may stand there, too. The file
 * is read at once.
 *
 * Fails with %CHANNELS_ERROR_INVALID, and changes nothing, if the file cannot be read or has no certificate.
 *
 * Returns: %TRUE if it was taken
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
gboolean channels_transport_set_authorities_file (ChannelsTransport  *self,
                                                  const char         *path,
                                                  GError            **error);

/**
 * channels_transport_set_client_certificate:
 * @self: a transport
 * @certificate: (nullable): a certificate with its private key; it may be one of a PKCS #11 token
 *
 * Has later sessions show this certificate to servers that ask for one. Servers that do not ask never see it.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_transport_set_client_certificate (ChannelsTransport *self,
                                                GTlsCertificate   *certificate);

/**
 * channels_transport_load_client_certificate:
 * @self: a transport
 * @certificate_path: (type filename): a PEM file with the certificate
 * @key_path: (type filename) (nullable): a PEM file with its private key, or %NULL if that stands in the first file
 * @error: return location for an error
 *
 * Does as [method@Channels.Transport.set_client_certificate] with a certificate from files.
 *
 * Fails with %CHANNELS_ERROR_INVALID, and changes nothing, if they cannot be read or there is no key.
 *
 * Returns: %TRUE if it was taken
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
gboolean channels_transport_load_client_certificate (ChannelsTransport  *self,
                                                     const char         *certificate_path,
                                                     const char         *key_path,
                                                     GError            **error);

/**
 * channels_transport_create_session:
 * @self: a transport
 *
 * Makes a session that does as the transport says by now. What is set on the transport later does not reach it.
 *
 * Returns: (transfer full): a new session
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
SoupSession *channels_transport_create_session (ChannelsTransport *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
