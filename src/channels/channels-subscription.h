/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-event.h"

G_BEGIN_DECLS

/**
 * ChannelsSubscriptionState:
 * @CHANNELS_SUBSCRIPTION_PENDING: wanted, not confirmed on this connection (yet)
 * @CHANNELS_SUBSCRIPTION_SUBSCRIBED: confirmed by the server on this connection
 * @CHANNELS_SUBSCRIPTION_REFUSED: refused; tried again only by channels_subscription_retry() or, if the refusal was not
 *   for good, by backoff
 * @CHANNELS_SUBSCRIPTION_UNSUBSCRIBED: taken back by channels_client_unsubscribe()
 *
 * How a subscription is.
 *
 * Since: 1.0
 */
typedef enum
{
  CHANNELS_SUBSCRIPTION_PENDING,
  CHANNELS_SUBSCRIPTION_SUBSCRIBED,
  CHANNELS_SUBSCRIPTION_REFUSED,
  CHANNELS_SUBSCRIPTION_UNSUBSCRIBED,
} ChannelsSubscriptionState;

#define CHANNELS_TYPE_SUBSCRIPTION_STATE (channels_subscription_state_get_type ())
CHANNELS_AVAILABLE_IN_1_0
GType channels_subscription_state_get_type (void);

/**
 * channels_subscription_state_to_string:
 * @state: a state
 *
 * A word for @state that stays the same, for logs and files: `pending`, `subscribed`, `refused`, `unsubscribed`.
 *
 * Returns: the word
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
const char *channels_subscription_state_to_string (ChannelsSubscriptionState state);

#define CHANNELS_TYPE_SUBSCRIPTION (channels_subscription_get_type ())
CHANNELS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (ChannelsSubscription, channels_subscription, CHANNELS, SUBSCRIPTION, GObject)

/**
 * ChannelsSubscription:
 *
 * One channel of a client, made by channels_client_subscribe().
 *
 * It lasts from one connection to the next. Dropping the object does not unsubscribe: channels_client_unsubscribe()
 * does.
 *
 * Since: 1.0
 */

/**
 * ChannelsSubscription:name:
 *
 * The channel's name.
 *
 * Since: 1.0
 */

/**
 * ChannelsSubscription:state:
 *
 * How the subscription is.
 *
 * Since: 1.0
 */

/**
 * ChannelsSubscription:error:
 *
 * Why it was refused, or is late.
 *
 * Since: 1.0
 */

/**
 * ChannelsSubscription:subscription-count:
 *
 * How many connections have subscribed to the channel, as the server last said; -1: it has not said.
 *
 * Since: 1.0
 */

/**
 * ChannelsSubscription::event:
 * @self: the subscription
 * @event: the event
 *
 * An event came. Its detail is the event's name: who connects to `event::call-initiated` hears of no other. What the
 * protocol says of the channel (`pusher:cache_miss`, `pusher:subscription_count`) comes this way, too.
 *
 * Since: 1.0
 */

/**
 * ChannelsSubscription::member-added:
 * @self: the subscription
 * @user_id: who it is
 * @user_info: (nullable): what the application's server says of them
 *
 * Somebody has joined a presence channel. After another connection it also tells who has come meanwhile.
 *
 * Since: 1.0
 */

/**
 * ChannelsSubscription::member-removed:
 * @self: the subscription
 * @user_id: who it was
 * @user_info: (nullable): what the application's server said of them
 *
 * Somebody has left a presence channel. After another connection it also tells who has gone meanwhile.
 *
 * Since: 1.0
 */

/**
 * ChannelsSubscription::gap:
 * @self: the subscription
 * @from: the last moment of which nothing is missed, in µs since the epoch
 * @to: the first moment of which nothing is missed again, in µs since the epoch
 *
 * The channel is subscribed again after an outage: what happened in between was never sent, and the protocol has no way
 * to ask for it. Here is the place to ask the application's server.
 *
 * Since: 1.0
 */

/**
 * ChannelsSubscription::decryption-failed:
 * @self: the subscription
 * @event: the event's name
 * @error: what it was
 *
 * An event of an encrypted channel could not be read, not with a key that was asked for anew either. The event is lost;
 * others go on.
 *
 * Since: 1.0
 */

/**
 * channels_subscription_get_name: (get-property name)
 * @self: a subscription
 *
 * The channel's name.
 *
 * Returns: the name
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
const char *channels_subscription_get_name (ChannelsSubscription *self);

/**
 * channels_subscription_get_state: (get-property state)
 * @self: a subscription
 *
 * How the subscription is.
 *
 * Returns: the state
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsSubscriptionState channels_subscription_get_state (ChannelsSubscription *self);

/**
 * channels_subscription_get_error: (get-property error)
 * @self: a subscription
 *
 * Why it was refused, or is late.
 *
 * Returns: (nullable) (transfer none): an error of the domain %CHANNELS_ERROR, or what an authoriser of one's own fails
 *   with
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
const GError *channels_subscription_get_error (ChannelsSubscription *self);

/**
 * channels_subscription_retry:
 * @self: a subscription
 *
 * Tries a refused subscription again now, e.g. with fresh credentials.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_subscription_retry (ChannelsSubscription *self);

/**
 * channels_subscription_get_subscription_count: (get-property subscription-count)
 * @self: a subscription
 *
 * How many connections have subscribed to the channel, as the server last said on this connection. Few servers say so,
 * and only where it is turned on.
 *
 * Returns: the count, or -1 if the server has not said
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
int channels_subscription_get_subscription_count (ChannelsSubscription *self);

/**
 * channels_subscription_trigger:
 * @self: a subscription
 * @event: the event's name, which begins with `client-`
 * @data: (nullable) (transfer none): what it carries, a document of at most 10 kB
 * @error: return location for an error
 *
 * Sends a client event to the other subscribers of a private or presence channel.
 *
 * Servers take ten a second from each connection, all channels together, and drop what comes faster; so does this
 * function, before the server has to. No server confirms a client event, and none has to allow them: what it does not
 * like comes as [signal@Channels.Client::fault].
 *
 * Returns: %FALSE with %CHANNELS_ERROR_INVALID (no such name, too much data, or no UTF-8), %CHANNELS_ERROR_UNSUPPORTED
 *   (public and encrypted channels have no client events), %CHANNELS_ERROR_NOT_SUBSCRIBED or
 *   %CHANNELS_ERROR_RATE_LIMITED
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
gboolean channels_subscription_trigger (ChannelsSubscription *self,
                                        const char           *event,
                                        JsonNode             *data,
                                        GError              **error);

/**
 * channels_subscription_dup_members:
 * @self: a subscription
 *
 * Who is in a presence channel, also as it was when the connection was lost.
 *
 * Returns: (transfer container) (element-type utf8): the ids of users, sorted; empty for other channels
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
GPtrArray *channels_subscription_dup_members (ChannelsSubscription *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_subscription_get_member:
 * @self: a subscription
 * @user_id: a user's id
 *
 * What the application's server says of a member of a presence channel.
 *
 * Returns: (nullable) (transfer none): the user's `user_info`; %NULL if nothing is said, or @user_id is no member
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
JsonNode *channels_subscription_get_member (ChannelsSubscription *self,
                                            const char           *user_id);

/**
 * channels_subscription_get_own_id:
 * @self: a subscription
 *
 * Which member of a presence channel we are, as the authoriser has it.
 *
 * Returns: (nullable): a user's id
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
const char *channels_subscription_get_own_id (ChannelsSubscription *self);

G_END_DECLS
