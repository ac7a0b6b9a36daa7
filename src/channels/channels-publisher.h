/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "channels-endpoint.h"

G_BEGIN_DECLS

#define CHANNELS_TYPE_PUBLISHER (channels_publisher_get_type ())
CHANNELS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (ChannelsPublisher, channels_publisher, CHANNELS, PUBLISHER, GObject)

/**
 * ChannelsPublisher:
 *
 * The server's side of Channels: triggers events over its HTTP API with signed requests.
 *
 * It needs the application's secret, which belongs on no machine of a user's. The secret is wiped when the publisher
 * goes.
 *
 * Since: 1.0
 */

/**
 * ChannelsPublisher:clock:
 *
 * The clock of the requests' timestamps and deadlines, for tests.
 *
 * Since: 1.0
 */

/**
 * channels_publisher_new: (constructor)
 * @endpoint: where the application is served
 * @session: the HTTP session to send requests with
 * @app_id: the application's id, which is not its key
 * @secret: the application's secret
 *
 * A publisher for one application.
 *
 * Returns: (transfer full): a new publisher
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsPublisher *channels_publisher_new (ChannelsEndpoint *endpoint,
                                           SoupSession      *session,
                                           const char       *app_id,
                                           const char       *secret) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_publisher_set_encryption_key:
 * @self: a publisher
 * @key: (nullable): the application's key for its encrypted channels, 32 bytes in base64; %NULL: none
 * @error: return location for an error
 *
 * Has later events of `private-encrypted-` channels sealed, each channel with a key that is derived from @key. Without
 * it they are not sent. The key is wiped when the publisher goes.
 *
 * Returns: whether @key is one; if not, @error is %CHANNELS_ERROR_INVALID
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
gboolean channels_publisher_set_encryption_key (ChannelsPublisher  *self,
                                                const char         *key,
                                                GError            **error);

/**
 * channels_publisher_trigger_async:
 * @self: a publisher
 * @channel: a channel's name, or `#server-to-user-ID` for the user of that id, wherever signed in
 * @event: the event's name, at most 200 bytes
 * @data: what it carries, UTF-8 text of at most 10 kB, JSON by custom
 * @cancellable: (nullable): gives the request up
 * @callback: (scope async): called when the server has answered, or has not within 10 s
 * @user_data: passed to @callback
 *
 * Triggers an event for all who are subscribed to @channel.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_publisher_trigger_async (ChannelsPublisher   *self,
                                       const char          *channel,
                                       const char          *event,
                                       const char          *data,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);

/**
 * channels_publisher_trigger_finish:
 * @self: a publisher
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends what channels_publisher_trigger_async() began.
 *
 * Returns: whether the server took the event; if not, @error is %CHANNELS_ERROR_INVALID or %CHANNELS_ERROR_TOO_LARGE
 *   (nothing was sent), %CHANNELS_ERROR_UNSUPPORTED (an encrypted channel, and no key:
 *   channels_publisher_set_encryption_key()), %CHANNELS_ERROR_UNAUTHORIZED, %CHANNELS_ERROR_REJECTED or
 *   %CHANNELS_ERROR_SERVER (what the server says stands in the message), or one of a request that came to nothing:
 *   %CHANNELS_ERROR_UNREACHABLE, %CHANNELS_ERROR_TLS, %CHANNELS_ERROR_TIMED_OUT
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
gboolean channels_publisher_trigger_finish (ChannelsPublisher  *self,
                                            GAsyncResult       *result,
                                            GError            **error);

G_END_DECLS
