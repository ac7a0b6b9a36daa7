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
 * @CHANNELS_CLIENT_CONNECTING: a try is under way, until the server says that the connection is established
 * @CHANNELS_CLIENT_CONNECTED: established, and a frame was seen within the heartbeat
 * @CHANNELS_CLIENT_WAITING: the last try or socket failed; the next try is at [property@Channels.Client:next-try]
 * @CHANNELS_CLIENT_FAILED: the server said not to come back unchanged; nothing is tried until channels_client_start()
 *
 * How a client's connection is.
 *
 * Since: 1.0
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
CHANNELS_AVAILABLE_IN_1_0
GType channels_client_state_get_type (void);

/**
 * channels_client_state_to_string:
 * @state: a state
 *
 * A word for @state that stays the same, for logs and files: `disconnected`, `connecting`, `connected`, `waiting`,
 * `failed`.
 *
 * Returns: the word
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
const char *channels_client_state_to_string (ChannelsClientState state);

#define CHANNELS_TYPE_CLIENT (channels_client_get_type ())
CHANNELS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (ChannelsClient, channels_client, CHANNELS, CLIENT, GObject)

/**
 * ChannelsClient:
 *
 * One connection to a Channels server, kept up for as long as it is wanted.
 *
 * A client that was started connects, subscribes, pings, and comes back by itself whenever the connection is lost, with
 * waits that grow and are never the same. It stops only if it is told to, or if the server says that it need not come
 * back. [property@Channels.Client:state] and its companions tell what goes on, also why, and when the next try is.
 *
 * It lives in the main context that is the thread's default when it is started, and must be used from there only. It
 * never blocks. A handler of its signals may do anything, dropping the client included.
 *
 * Since: 1.0
 */

/**
 * ChannelsClient:endpoint:
 *
 * Where the application is served. To set it is to move there, see channels_client_set_endpoint().
 *
 * Since: 1.0
 */

/**
 * ChannelsClient:session:
 *
 * The HTTP session that sockets are opened with, and with it its proxy, certificates and cookies. Without one the
 * client makes its own.
 *
 * Since: 1.0
 */

/**
 * ChannelsClient:authorizer:
 *
 * Who signs subscriptions and the sign-in; without one, only public channels can be had.
 *
 * Since: 1.0
 */

/**
 * ChannelsClient:plain:
 *
 * How the server talks, if it is no Channels server.
 *
 * Since: 1.0
 */

/**
 * ChannelsClient:clock:
 *
 * The client's only source of time, timers and chance, for tests. Without one it is the system's.
 *
 * Since: 1.0
 */

/**
 * ChannelsClient:origin:
 *
 * The `Origin` header of the handshake, for servers that check it; used from the next try on.
 *
 * Since: 1.0
 */

/**
 * ChannelsClient:activity-timeout:
 *
 * After how many seconds, at most a day, of silence a ping is sent, if the server does not ask for one earlier.
 *
 * Since: 1.0
 */

/**
 * ChannelsClient:pong-timeout:
 *
 * After how many milliseconds without any frame after a ping the connection counts as dead.
 *
 * Since: 1.0
 */

/**
 * ChannelsClient:handshake-timeout:
 *
 * How many milliseconds a try may take until the server says that the connection is established.
 *
 * Since: 1.0
 */

/**
 * ChannelsClient:subscribe-timeout:
 *
 * How many milliseconds the server may take to confirm a subscription or the sign-in, until it is tried again. Where
 * several were sent, the time of one begins anew when the one before it is answered.
 *
 * Since: 1.0
 */

/**
 * ChannelsClient:authorize-timeout:
 *
 * How many milliseconds the authoriser may take to sign; then its answer is given up, and asked for again later.
 *
 * Since: 1.0
 */

/**
 * ChannelsClient:max-authorizations:
 *
 * How many requests to the authoriser may be under way at once; the others wait for their turn, and their deadline
 * begins when it comes. 0, the default: as many as the session opens connections to one host
 * ([property@Soup.Session:max-conns-per-host]), for more would only wait in there. The user's sign-in, of which there
 * is one at a time, does not wait, and is not counted.
 *
 * Since: 1.0
 */

/**
 * ChannelsClient:last-frame:
 *
 * When the server was heard of last, in µs since the epoch; 0: never. Changes of it are not notified.
 *
 * Since: 1.0
 */

/**
 * ChannelsClient:error:
 *
 * Why the last socket or try ended; %NULL once there is a connection. This and the properties around it change
 * together, and [property@Channels.Client:state] is notified last.
 *
 * Since: 1.0
 */

/**
 * ChannelsClient:close-code:
 *
 * The code with which the last socket was closed; 0: none.
 *
 * Since: 1.0
 */

/**
 * ChannelsClient:next-try:
 *
 * When the next try is, in µs since the epoch; 0: none is planned.
 *
 * Since: 1.0
 */

/**
 * ChannelsClient:socket-id:
 *
 * The server's name for the connection, while there is one.
 *
 * Since: 1.0
 */

/**
 * ChannelsClient:user-id:
 *
 * Who the server has confirmed us to be on this socket; see channels_client_sign_in().
 *
 * Since: 1.0
 */

/**
 * ChannelsClient:user-error:
 *
 * Why the last sign-in failed.
 *
 * Since: 1.0
 */

/**
 * ChannelsClient:state:
 *
 * How the connection is.
 *
 * Since: 1.0
 */

/**
 * ChannelsClient::fault:
 * @self: the client
 * @error: what it was
 * @channel: (nullable): the channel that it concerns
 *
 * Something went wrong that did not end the connection: a frame that is none, a server's complaint, a subscription that
 * was refused.
 *
 * Since: 1.0
 */

/**
 * ChannelsClient::event:
 * @self: the client
 * @event: the event
 *
 * An event of any subscribed channel, emitted after the subscription's own signal. Its detail is the event's name: who
 * connects to `event::call-initiated` hears of no other.
 *
 * What a server sends to the user who is signed in comes here, too, with the channel `#server-to-user-ID`.
 *
 * Since: 1.0
 */

/**
 * ChannelsClient::watchlist:
 * @self: the client
 * @name: `online` or `offline`, which is the signal's detail, too
 * @user_ids: (array zero-terminated=1) (element-type utf8): whom it concerns
 *
 * Users on the signed-in user's watchlist came or went. Right after the sign-in it tells who is online.
 *
 * Since: 1.0
 */

/**
 * channels_client_prepare_session:
 * @session: an HTTP session
 *
 * Makes @session ready for clients.
 *
 * Each client does so itself when it is made, but libsoup lets go of a session's feature once too often for each
 * request that was under way when it was added: call this first where a session serves others, too.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_client_prepare_session (SoupSession *session);

/**
 * channels_client_new:
 * @endpoint: where the application is served
 * @session: (nullable): the HTTP session to open sockets with; %NULL for one of its own
 * @authorizer: (nullable): who signs subscriptions; %NULL if all channels are public
 *
 * A client, not started yet.
 *
 * Returns: (transfer full): a new client
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsClient *channels_client_new (ChannelsEndpoint   *endpoint,
                                     SoupSession        *session,
                                     ChannelsAuthorizer *authorizer) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_client_new_plain:
 * @endpoint: where the server is
 * @session: (nullable): the HTTP session to open sockets with; %NULL for one of its own
 * @plain: how it talks
 *
 * A client for a server that is no Channels server.
 *
 * Returns: (transfer full): a new client
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsClient *channels_client_new_plain (ChannelsEndpoint *endpoint,
                                           SoupSession      *session,
                                           ChannelsPlain    *plain) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_client_start:
 * @self: a client
 *
 * Keeps a connection up from now on. A client that waits, or has failed, tries again now.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_client_start (ChannelsClient *self);

/**
 * channels_client_stop:
 * @self: a client
 *
 * Closes the connection politely; nothing is tried any more. Subscriptions are kept for the next start.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_client_stop (ChannelsClient *self);

/**
 * channels_client_probe:
 * @self: a client
 *
 * The way to the network may be another: a connection is asked whether it still lives, and has 5 s to show it; a client
 * that waits tries again now.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_client_probe (ChannelsClient *self);

/**
 * channels_client_resume:
 * @self: a client
 *
 * The machine has slept: as channels_client_probe(), but a connection has 1 s, and one that ends within it is replaced
 * at once.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_client_resume (ChannelsClient *self);

/**
 * channels_client_subscribe:
 * @self: a client
 * @name: a channel's name
 * @error: return location for an error
 *
 * Subscribes to a channel, on this connection and on each later one, until channels_client_unsubscribe(). It need not
 * be connected, nor started. A channel that is subscribed already gives the same object.
 *
 * Returns: (transfer full): the subscription, or %NULL with %CHANNELS_ERROR_INVALID for a name that is no channel's, or
 *   %CHANNELS_ERROR_UNSUPPORTED on a plain line, which has one channel only
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsSubscription *channels_client_subscribe (ChannelsClient *self,
                                                 const char     *name,
                                                 GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_client_unsubscribe:
 * @self: a client
 * @name: a channel's name
 *
 * Takes a subscription back; nothing happens if there is none.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_client_unsubscribe (ChannelsClient *self,
                                  const char     *name);

/**
 * channels_client_dup_subscriptions:
 * @self: a client
 *
 * All that is subscribed, or wanted to be.
 *
 * Returns: (transfer container) (element-type ChannelsSubscription): the subscriptions, in no order
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
GPtrArray *channels_client_dup_subscriptions (ChannelsClient *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_client_sign_in:
 * @self: a client
 *
 * Tells the server who the user is, on this connection and on each later one: the authoriser is asked for a signature
 * (channels_authorizer_authenticate_user_async()), and the server confirms it. From then on
 * [property@Channels.Client:user-id] is set, what the server sends to the user comes by
 * [signal@Channels.Client::event], and changes of the user's watchlist by [signal@Channels.Client::watchlist].
 *
 * What goes wrong is told by [signal@Channels.Client::fault] and stands in [property@Channels.Client:user-error]. It is
 * tried again with backoff, or at once if this is called again; %CHANNELS_ERROR_UNSUPPORTED (the authoriser knows no
 * users) and %CHANNELS_ERROR_UNAUTHORIZED are for good until then.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_client_sign_in (ChannelsClient *self);

/**
 * channels_client_sign_out:
 * @self: a client
 *
 * Signs in no more. The protocol has no word for it: if the server knows the user on this connection, it is replaced by
 * another one, subscriptions kept.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_client_sign_out (ChannelsClient *self);

/**
 * channels_client_get_user_id: (get-property user-id)
 * @self: a client
 *
 * Who the server has confirmed us to be on this connection.
 *
 * Returns: (nullable): a user's id
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
const char *channels_client_get_user_id (ChannelsClient *self);

/**
 * channels_client_get_user_error: (get-property user-error)
 * @self: a client
 *
 * Why the last sign-in failed.
 *
 * Returns: (nullable) (transfer none): an error of the domain %CHANNELS_ERROR, or what an authoriser of one's own fails
 *   with
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
const GError *channels_client_get_user_error (ChannelsClient *self);

/**
 * channels_client_get_user_subscription:
 * @self: a client
 *
 * What the server sends to the user who is signed in, as a subscription like others: its events, its state, and what an
 * outage may have cost ([signal@Channels.Subscription::gap]). It is there from the first sign-in on, over all
 * connections, until another user signs in or channels_client_sign_out() is called; it cannot be unsubscribed.
 *
 * Returns: (nullable) (transfer none): the subscription, or %NULL if nobody has signed in
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsSubscription *channels_client_get_user_subscription (ChannelsClient *self);

/**
 * channels_client_get_trigger_wait:
 * @self: a client
 *
 * For how long channels_subscription_trigger() would fail with %CHANNELS_ERROR_RATE_LIMITED from now on.
 *
 * Returns: milliseconds, 0 if a client event may be sent now
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
guint channels_client_get_trigger_wait (ChannelsClient *self);

/**
 * channels_client_set_endpoint: (set-property endpoint)
 * @self: a client
 * @endpoint: where the application is served from now on
 *
 * Moves to another server or cluster. All subscriptions and the sign-in are kept and made anew there, those too that
 * the old one had refused; each tells of the gap between the two. It connects at once, unless the client is stopped.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_client_set_endpoint (ChannelsClient   *self,
                                   ChannelsEndpoint *endpoint);

/**
 * channels_client_get_endpoint: (get-property endpoint)
 * @self: a client
 *
 * Where the application is served.
 *
 * Returns: (transfer none): the endpoint
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsEndpoint *channels_client_get_endpoint (ChannelsClient *self);

/**
 * channels_client_get_state: (get-property state)
 * @self: a client
 *
 * How the connection is.
 *
 * Returns: the state
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsClientState channels_client_get_state (ChannelsClient *self);

/**
 * channels_client_get_error: (get-property error)
 * @self: a client
 *
 * Why the last socket or try ended.
 *
 * Returns: (nullable) (transfer none): an error of the domain %CHANNELS_ERROR, or what a [iface@Channels.Plain] fails
 *   with
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
const GError *channels_client_get_error (ChannelsClient *self);

/**
 * channels_client_get_close_code: (get-property close-code)
 * @self: a client
 *
 * The code with which the last socket was closed.
 *
 * Returns: the code, 0 if there was none
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
int channels_client_get_close_code (ChannelsClient *self);

/**
 * channels_client_get_next_try: (get-property next-try)
 * @self: a client
 *
 * When the next try is.
 *
 * Returns: µs since the epoch, 0 if none is planned
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
gint64 channels_client_get_next_try (ChannelsClient *self);

/**
 * channels_client_get_last_frame: (get-property last-frame)
 * @self: a client
 *
 * When the server was heard of last.
 *
 * Returns: µs since the epoch, 0 if never
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
gint64 channels_client_get_last_frame (ChannelsClient *self);

/**
 * channels_client_get_socket_id: (get-property socket-id)
 * @self: a client
 *
 * The server's name for the connection.
 *
 * Returns: (nullable): the id, %NULL without a connection
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
const char *channels_client_get_socket_id (ChannelsClient *self);

G_END_DECLS
