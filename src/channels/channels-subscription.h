/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-event.h"

G_BEGIN_DECLS

/**
 * ChannelsSubscriptionState:
 * @CHANNELS_SUBSCRIPTION_PENDING: wanted, not confirmed on this socket (yet)
 * @CHANNELS_SUBSCRIPTION_SUBSCRIBED: confirmed by the server on this socket
 * @CHANNELS_SUBSCRIPTION_REFUSED: refused; retried only by channels_subscription_retry() or, if the
 *   refusal was not for good, by backoff
 * @CHANNELS_SUBSCRIPTION_UNSUBSCRIBED: taken back by channels_client_unsubscribe()
 */
typedef enum
{
  CHANNELS_SUBSCRIPTION_PENDING,
  CHANNELS_SUBSCRIPTION_SUBSCRIBED,
  CHANNELS_SUBSCRIPTION_REFUSED,
  CHANNELS_SUBSCRIPTION_UNSUBSCRIBED,
} ChannelsSubscriptionState;

#define CHANNELS_TYPE_SUBSCRIPTION_STATE (channels_subscription_state_get_type ())
GType       channels_subscription_state_get_type  (void);
const char *channels_subscription_state_to_string (ChannelsSubscriptionState state);

#define CHANNELS_TYPE_SUBSCRIPTION (channels_subscription_get_type ())
G_DECLARE_FINAL_TYPE (ChannelsSubscription, channels_subscription, CHANNELS, SUBSCRIPTION, GObject)

/**
 * ChannelsSubscription:
 *
 * One channel of a ChannelsClient. Made by channels_client_subscribe().
 *
 * Properties: `name`, `state` (notified), `error` (boxed GError or NULL, notified), `subscription-count` (notified).
 *
 * ::event (ChannelsEvent *event): one event; detail = the event's name. `pusher:cache_miss` and
 *   `pusher:subscription_count` arrive this way, too.
 * ::member-added / ::member-removed (const char *user_id, JsonNode *user_info): presence channels; also what
 *   changed between two subscriptions, after the second. @user_info may be NULL.
 * ::gap (gint64 from_us, gint64 to_us): emitted after a *re*subscription, once it is confirmed: events
 *   between the two (real time, µs since the epoch: the last frame of the old socket, and now) may have
 *   been missed.
 * ::decryption-failed (const char *event, GError *error): encrypted channels: an event that could not be read, not
 *   with a key that was asked for anew either. The event is lost; others go on.
 */
const char               *channels_subscription_get_name    (ChannelsSubscription *self);
ChannelsSubscriptionState channels_subscription_get_state   (ChannelsSubscription *self);
/* (nullable) (transfer none) */
const GError             *channels_subscription_get_error   (ChannelsSubscription *self);
/* Tries a refused subscription again now, e.g. with fresh credentials. */
void                      channels_subscription_retry       (ChannelsSubscription *self);
/* Presence: (transfer container) (element-type utf8): sorted user ids */
GPtrArray                *channels_subscription_dup_members (ChannelsSubscription *self) G_GNUC_WARN_UNUSED_RESULT;
/* Presence: (nullable) (transfer none) */
JsonNode                 *channels_subscription_get_member  (ChannelsSubscription *self,
                                                             const char           *user_id);
/**
 * channels_subscription_get_subscription_count:
 *
 * How many connections have subscribed to the channel, as the server last said on this socket. Few servers say so, and
 * only where it is turned on.
 *
 * Returns: the count, or -1 if the server has not said
 */
int                       channels_subscription_get_subscription_count (ChannelsSubscription *self);
/**
 * channels_subscription_trigger:
 * @event: the event's name, which begins with `client-`
 * @data: (nullable) (transfer none): what it carries; a document of at most 10 kB
 *
 * Sends a client event to the other subscribers of a private or presence channel. Servers take ten a second from each
 * connection, all channels together, and drop what comes faster; so does this function, before the server has to.
 * No server confirms a client event, and none has to allow them: what it does not like comes as ChannelsClient::error.
 *
 * Returns: %FALSE with CHANNELS_ERROR_INVALID (no such name, too much data), CHANNELS_ERROR_UNSUPPORTED (public and
 *   encrypted channels have no client events), CHANNELS_ERROR_NOT_SUBSCRIBED or CHANNELS_ERROR_RATE_LIMITED
 */
gboolean                  channels_subscription_trigger     (ChannelsSubscription *self,
                                                             const char           *event,
                                                             JsonNode             *data,
                                                             GError              **error);
/* Presence: (nullable): our own user id, from channel_data */
const char               *channels_subscription_get_own_id  (ChannelsSubscription *self);

G_END_DECLS
