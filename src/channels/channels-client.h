/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "channels-authorizer.h"
#include "channels-clock.h"
#include "channels-endpoint.h"
#include "channels-error.h"
#include "channels-event.h"
#include "channels-plain.h"
#include "channels-subscription.h"

G_BEGIN_DECLS

/**
 * ChannelsClientState:
 * @CHANNELS_CLIENT_DISCONNECTED: not started, or stopped by channels_client_stop()
 * @CHANNELS_CLIENT_CONNECTING: a try is under way, until `connection_established`
 * @CHANNELS_CLIENT_CONNECTED: established, and a frame was seen within the heartbeat
 * @CHANNELS_CLIENT_WAITING: the last try or socket failed; the next try is at `next-try`
 * @CHANNELS_CLIENT_FAILED: the server said not to come back unchanged; nothing is tried until
 *   channels_client_start()
 */
typedef enum
{
  CHANNELS_CLIENT_DISCONNECTED,
  CHANNELS_CLIENT_CONNECTING,
  CHANNELS_CLIENT_CONNECTED,
  CHANNELS_CLIENT_WAITING,
  CHANNELS_CLIENT_FAILED,
} ChannelsClientState;

#define CHANNELS_TYPE_CLIENT_STATE (channels_client_state_get_type ())
GType       channels_client_state_get_type  (void);
/* "disconnected", "connecting", "connected", "waiting", "failed" */
const char *channels_client_state_to_string (ChannelsClientState state);

#define CHANNELS_TYPE_CLIENT (channels_client_get_type ())
G_DECLARE_FINAL_TYPE (ChannelsClient, channels_client, CHANNELS, CLIENT, GObject)

/**
 * ChannelsClient:
 *
 * One connection to a Channels server, kept up for as long as it is wanted.
 *
 * Construct properties: `endpoint` (see channels_client_set_endpoint()), `session` (SoupSession), `authorizer` (nullable), `plain` (ChannelsPlain, nullable:
 * it is a Channels server), `clock` (nullable: the system's). Writable: `origin`, `activity-timeout` (s),
 * `pong-timeout`, `handshake-timeout`,
 * `subscribe-timeout`, `authorize-timeout` (ms), `max-authorizations` (how many requests to the authoriser may be
 * under way at once; the others wait for their turn).
 * Observable (notified together, state last): `state`, `error`, `close-code` (0: none), `next-try` (µs since
 * the epoch, 0: none), `socket-id`; `user-error`, `user-id` (who we are signed in as, see channels_client_sign_in()). Not notified: `last-frame` (µs since the epoch, 0: never).
 *
 * ::error (GError *error, const char *channel): (channel nullable) something went wrong that did not change
 *   the state: a malformed frame, a `pusher:error` without a close, a refused subscription.
 * ::event (ChannelsEvent *event): every event of every subscribed channel, after the subscription's own signal;
 *   detail = the event's name. What the server sends to the signed-in user comes as an event of the channel
 *   `#server-to-user-ID`.
 * ::watchlist (const char *name, const char *const *user_ids): users on the signed-in user's watchlist went "online" or
 *   "offline" (@name, also the detail). Right after the sign-in it tells who is online.
 */
/* Makes @session ready for clients. Each does so itself when it is made, but libsoup lets go of a feature once too
 * often for each request that was under way when it was added: call this first where a session has others, too. */
void                  channels_client_prepare_session  (SoupSession         *session);
ChannelsClient       *channels_client_new              (ChannelsEndpoint    *endpoint,
                                                        SoupSession         *session,
                                                        ChannelsAuthorizer  *authorizer) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): for a server that is no Channels server */
ChannelsClient       *channels_client_new_plain        (ChannelsEndpoint    *endpoint,
                                                        SoupSession         *session,
                                                        ChannelsPlain       *plain) G_GNUC_WARN_UNUSED_RESULT;
/* Starts, or tries again now (also out of WAITING and FAILED). */
void                  channels_client_start            (ChannelsClient      *self);
/* Closes politely; no further try. */
void                  channels_client_stop             (ChannelsClient      *self);
/* Route change: if connected, ping with a 5 s deadline; if waiting, try now and reset backoff. */
void                  channels_client_probe            (ChannelsClient      *self);
/* The same after the machine has slept: the deadline is 1 s, and a socket that ends within it is replaced at once. */
void                  channels_client_resume           (ChannelsClient      *self);
/* (transfer full): the subscription to @name, a new one or the existing one. Legal before connecting.
 * CHANNELS_ERROR_INVALID for an illegal name, CHANNELS_ERROR_UNSUPPORTED for `private-encrypted-` channels. */
ChannelsSubscription *channels_client_subscribe        (ChannelsClient      *self,
                                                        const char          *name,
                                                        GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void                  channels_client_unsubscribe      (ChannelsClient      *self,
                                                        const char          *name);
/**
 * channels_client_sign_in:
 *
 * Tells the server who the user is, on this socket and on each later one: the authoriser's
 * channels_authorizer_authenticate_user_async() is asked, and the server confirms its signature. From then on
 * ChannelsClient:user-id is set, what the server sends to the user comes by ChannelsClient::event, and changes of the
 * user's watchlist by ChannelsClient::watchlist.
 *
 * What goes wrong is told by ChannelsClient::error and stands in ChannelsClient:user-error. It is tried again with
 * backoff, at once if this is called again; CHANNELS_ERROR_UNSUPPORTED (the authoriser knows no users) and
 * CHANNELS_ERROR_UNAUTHORIZED are for good until then.
 */
void                  channels_client_sign_in          (ChannelsClient      *self);
/**
 * channels_client_sign_out:
 *
 * Signs in no more. The protocol has no word for it: if the server knows the user on this socket, the socket is
 * replaced by another one, subscriptions kept.
 */
void                  channels_client_sign_out         (ChannelsClient      *self);
/* (nullable): who the server has confirmed us to be on this socket */
const char           *channels_client_get_user_id      (ChannelsClient      *self);
/* (nullable) (transfer none): why the last sign-in failed */
const GError         *channels_client_get_user_error   (ChannelsClient      *self);
/**
 * channels_client_get_trigger_wait:
 *
 * How long channels_subscription_trigger() would fail with CHANNELS_ERROR_RATE_LIMITED from now on.
 *
 * Returns: ms, 0 if a client event may be sent now
 */
guint                 channels_client_get_trigger_wait (ChannelsClient      *self);
/**
 * channels_client_set_endpoint:
 * @endpoint: (transfer none): where the application is served from now on
 *
 * Moves to another server or cluster. All subscriptions and the sign-in are kept and made anew there, those too that
 * the old one had refused; each tells of the gap between the two. Connects at once, unless the client is disconnected.
 */
void                  channels_client_set_endpoint     (ChannelsClient      *self,
                                                        ChannelsEndpoint    *endpoint);
/* (transfer container) (element-type ChannelsSubscription) */
GPtrArray            *channels_client_dup_subscriptions (ChannelsClient     *self) G_GNUC_WARN_UNUSED_RESULT;
ChannelsEndpoint     *channels_client_get_endpoint     (ChannelsClient      *self);
ChannelsClientState   channels_client_get_state        (ChannelsClient      *self);
/* (nullable) (transfer none): why the last socket or try ended */
const GError         *channels_client_get_error        (ChannelsClient      *self);
int                   channels_client_get_close_code   (ChannelsClient      *self);
gint64                channels_client_get_next_try     (ChannelsClient      *self);
gint64                channels_client_get_last_frame   (ChannelsClient      *self);
/* (nullable) */
const char           *channels_client_get_socket_id    (ChannelsClient      *self);

/* The two names until all callers have the new ones. */
#define channels_client_connect channels_client_start
#define channels_client_disconnect channels_client_stop

G_END_DECLS
