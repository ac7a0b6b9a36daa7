/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "channels-authorizer.h"

G_BEGIN_DECLS

/**
 * ChannelsHttpEncoding:
 * @CHANNELS_HTTP_ENCODING_FORM: `application/x-www-form-urlencoded`, what Channels clients send
 * @CHANNELS_HTTP_ENCODING_JSON: `application/json`, an object of strings
 *
 * How a request for a signature is written.
 *
 * Since: 1.0
 */
typedef enum
{
  CHANNELS_HTTP_ENCODING_FORM,
  CHANNELS_HTTP_ENCODING_JSON,
} ChannelsHttpEncoding;

#define CHANNELS_TYPE_HTTP_AUTHORIZER (channels_http_authorizer_get_type ())
CHANNELS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (ChannelsHttpAuthorizer, channels_http_authorizer, CHANNELS, HTTP_AUTHORIZER, GObject)

/**
 * ChannelsHttpAuthorizer:
 *
 * An authoriser that POSTs `socket_id` and `channel_name` to one URL of the application's own server.
 *
 * A reply has a bound, and no redirect is followed. How long a request may take is up to who asks: a client gives up
 * after its [property@Channels.Client:authorize-timeout]. 401, 403 and 419 are
 * %CHANNELS_ERROR_UNAUTHORIZED, other statuses than 200 and 201 %CHANNELS_ERROR_SERVER, a reply without a signature
 * %CHANNELS_ERROR_MALFORMED.
 *
 * Since: 1.0
 */

/**
 * ChannelsHttpAuthorizer:clock:
 *
 * The clock of the requests' deadlines, for tests.
 *
 * Since: 1.0
 */

/**
 * ChannelsHttpAuthorizer:timeout:
 *
 * After how many milliseconds a request fails with %CHANNELS_ERROR_TIMED_OUT by itself; 0, the default: never. For
 * those who ask it themselves; a client has a deadline of its own.
 *
 * Since: 1.0
 */

/**
 * channels_http_authorizer_new: (constructor)
 * @session: the HTTP session to send requests with
 * @uri: where channels are signed, `/pusher/auth` by custom, `/broadcasting/auth` with Laravel
 * @encoding: how requests are written
 *
 * An authoriser that asks one URL.
 *
 * Returns: (transfer full): a new authoriser
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsHttpAuthorizer *channels_http_authorizer_new (SoupSession          *session,
                                                      const char           *uri,
                                                      ChannelsHttpEncoding  encoding) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_http_authorizer_set_header:
 * @self: an HTTP authoriser
 * @name: a header's name
 * @value: (nullable): what it is, %NULL to remove it
 *
 * Sets a header of later requests, in place of the one that is there, e.g. `Authorization`.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_http_authorizer_set_header (ChannelsHttpAuthorizer *self,
                                          const char             *name,
                                          const char             *value);

/**
 * channels_http_authorizer_set_param:
 * @self: an HTTP authoriser
 * @name: a parameter's name
 * @value: (nullable): what it is, %NULL to remove it
 *
 * Sets a parameter in the body of later requests, in place of the one that is there.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_http_authorizer_set_param (ChannelsHttpAuthorizer *self,
                                         const char             *name,
                                         const char             *value);

/**
 * channels_http_authorizer_set_user_uri:
 * @self: an HTTP authoriser
 * @uri: (nullable): where users are signed, `/pusher/user-auth` by custom; %NULL for nowhere
 *
 * Has later sign-ins POST `socket_id` and the parameters there, with the same headers, encoding and rules.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_http_authorizer_set_user_uri (ChannelsHttpAuthorizer *self,
                                            const char             *uri);

/**
 * channels_http_authorizer_set_batch_size:
 * @self: an HTTP authoriser
 * @size: how many channels one request may name, 1 to 100; 1, the default: one request for each channel
 *
 * For servers that sign several channels at once, as the pusher-js-auth plugin has them do: `channel_name[0]`,
 * `channel_name[1]`… (in JSON an array `channel_name`), answered by `{NAME: {status, data: {auth, …}}, …}`.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_http_authorizer_set_batch_size (ChannelsHttpAuthorizer *self,
                                              guint                   size);

G_END_DECLS
