/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-authorizer.h"

G_BEGIN_DECLS

#define CHANNELS_TYPE_AUTHORIZATION_REQUEST (channels_authorization_request_get_type ())
CHANNELS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (ChannelsAuthorizationRequest, channels_authorization_request, CHANNELS, AUTHORIZATION_REQUEST,
                      GObject)

/**
 * ChannelsAuthorizationRequest:
 *
 * One question of a [class@Channels.SignalAuthorizer], with room for one answer.
 *
 * It may be kept and answered later; it is of the thread in which it was asked, also in its end. Only the first answer
 * counts; one that comes when nobody waits any more is dropped. Who lets go of it without an answer has failed it, with
 * %CHANNELS_ERROR_MALFORMED. In languages that collect their garbage that may come late, or not before the client has
 * lost its patience: a handler that cannot sign had better say so.
 *
 * Since: 1.0
 */

/**
 * channels_authorization_request_get_socket_id:
 * @self: a request
 *
 * The connection that is to be signed for.
 *
 * Returns: its socket id
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
const char *channels_authorization_request_get_socket_id (ChannelsAuthorizationRequest *self);

/**
 * channels_authorization_request_get_channel_name:
 * @self: a request
 *
 * The channel that is to be signed for.
 *
 * Returns: (nullable): the channel's name; %NULL if it is the user who is asked for
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
const char *channels_authorization_request_get_channel_name (ChannelsAuthorizationRequest *self);

/**
 * channels_authorization_request_is_open:
 * @self: a request
 *
 * Whether an answer is still waited for.
 *
 * Returns: %FALSE once it was answered, or given up
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
gboolean channels_authorization_request_is_open (ChannelsAuthorizationRequest *self);

/**
 * channels_authorization_request_respond:
 * @self: a request
 * @authorization: what was signed
 *
 * Answers with a signature.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_authorization_request_respond (ChannelsAuthorizationRequest *self,
                                             const ChannelsAuthorization  *authorization);

/**
 * channels_authorization_request_respond_json:
 * @self: a request
 * @reply: what the application's server has replied, see [ctor@Channels.Authorization.new_from_json]
 *
 * Answers with a server's reply as it came in; one without a signature fails the request, with
 * %CHANNELS_ERROR_MALFORMED.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_authorization_request_respond_json (ChannelsAuthorizationRequest *self,
                                                  const char                   *reply);

/**
 * channels_authorization_request_fail:
 * @self: a request
 * @error: what went wrong: with %CHANNELS_ERROR_UNAUTHORIZED it was refused for good, and so is a user's sign-in with
 *   %CHANNELS_ERROR_UNSUPPORTED; whatever else it is, it is tried again
 *
 * Answers that there is no signature.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_authorization_request_fail (ChannelsAuthorizationRequest *self,
                                          const GError                 *error);

#define CHANNELS_TYPE_SIGNAL_AUTHORIZER (channels_signal_authorizer_get_type ())
CHANNELS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (ChannelsSignalAuthorizer, channels_signal_authorizer, CHANNELS, SIGNAL_AUTHORIZER, GObject)

/**
 * ChannelsSignalAuthorizer:
 *
 * An authoriser that asks by signals, for applications that sign in their own way: from any language, and without
 * implementing [iface@Channels.Authorizer].
 *
 * A question that no handler is connected for fails with %CHANNELS_ERROR_UNSUPPORTED.
 *
 * Since: 1.0
 */

/**
 * ChannelsSignalAuthorizer::authorize:
 * @self: an authoriser
 * @request: the question: which channel of which connection
 *
 * A channel is to be signed for. The answer goes to @request, at once or later.
 *
 * Since: 1.0
 */

/**
 * ChannelsSignalAuthorizer::authenticate-user:
 * @self: an authoriser
 * @request: the question: which connection
 *
 * The user of a connection is to be signed for, with [ctor@Channels.Authorization.new_for_user] or a server's reply.
 * The answer goes to @request, at once or later.
 *
 * Since: 1.0
 */

/**
 * channels_signal_authorizer_new:
 *
 * An authoriser that asks by signals.
 *
 * Returns: (transfer full): a new authoriser
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsSignalAuthorizer *channels_signal_authorizer_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
