/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-client-private.h"

#include "channels-close-private.h"
#include "channels-connection-private.h"
#include "channels-endpoint-private.h"
#include "channels-event-private.h"
#include "channels-plain-private.h"
#include "channels-retries-private.h"
#include "channels-roster-private.h"
#include "channels-status-private.h"
#include "channels-transport-private.h"

/* Keeps one connection up: when to try, when to wait and for how long, when to stop, and what to say of it.
 * What happens on a socket is ChannelsConnection's business, what is subscribed is ChannelsRoster's. */

#define PROBE_MS 5000
/* After a sleep most sockets are dead, and somebody sits down and waits. */
#define RESUME_MS 1000
#define RESTART_AFTER_US G_USEC_PER_SEC /* a probe gives up a try older than this for a new one */

enum
{
  SIGNAL_FAULT,
  SIGNAL_EVENT,
  SIGNAL_WATCHLIST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChannelsClient, channels_client, G_TYPE_OBJECT)

/* Takes the status over; returns which parts of it are to be notified. */
static guint
assign_status (ChannelsClient *self, ChannelsClientState state, GError *error, int close_code, gint64 next_try)
{
  gboolean connected = state == CHANNELS_CLIENT_CONNECTED;
  const char *socket_id = connected ? channels_connection_get_socket_id (self->connection) : NULL;

  return channels_status_assign (&self->status, state, error, close_code, next_try, socket_id);
}

static void
notify_status (ChannelsClient *self, guint changed)
{
  for (guint part = 0; part < CHANNELS_STATUS_N_PARTS; part++)
    if (changed & (1U << part))
      channels_client_notify (self, CHANNELS_CLIENT_PROP_ERROR + part);
}

static GError *
dup_error (ChannelsClient *self)
{
  return self->status.error != NULL ? g_error_copy (self->status.error) : NULL;
}

static void
stop_timer (ChannelsClient *self)
{
  if (self->timer != 0)
    channels_clock_remove_timeout (self->clock, self->timer);
  self->timer = 0;
}

/* (nullable) (transfer full): lets go of the socket, quietly. */
static ChannelsConnection *
drop_connection (ChannelsClient *self)
{
  ChannelsConnection *connection = g_steal_pointer (&self->connection);

  stop_timer (self);
  if (connection == NULL)
    return NULL;
  if (channels_connection_get_last_frame (connection) != 0)
    self->last_frame = channels_connection_get_last_frame (connection);
  g_signal_handlers_disconnect_by_data (connection, self);
  channels_connection_set_frame_func (connection, NULL, NULL);
  channels_connection_close (connection);
  return connection;
}

/* Those who had to do with the socket are told that it is gone. */
static void
detach_all (ChannelsClient *self, ChannelsConnection *connection)
{
  channels_user_detach (self->user, connection);
  channels_roster_detach (self->roster, connection);
}

/* Over TLS from now on; FALSE if it was already, and the server will not have that either. */
static gboolean
switch_to_tls (ChannelsClient *self)
{
  if (self->tls_endpoint != NULL || channels_endpoint_get_tls (self->endpoint))
    return FALSE;
  self->tls_endpoint = channels_endpoint_dup_with_tls (self->endpoint);
  return TRUE;
}

/* How long to wait after a socket or a try has ended as @rule says, ms, or CHANNELS_RETRIES_NEVER. */
static guint
plan_retry (ChannelsClient *self, const ChannelsCloseRule *rule)
{
  if (rule->retry == CHANNELS_RETRY_TLS && !switch_to_tls (self))
    return CHANNELS_RETRIES_NEVER;
  return channels_retries_plan (&self->retries, self->clock, rule->retry);
}

/* What the end of @connection asks for. */
static const ChannelsCloseRule *
find_rule (ChannelsClient *self, ChannelsConnection *connection, const GError *error, int close_code)
{
  const ChannelsCloseRule *rule;

  if (self->plain == NULL)
    return channels_close_rule_for (close_code);
  rule = channels_plain_close_rule_for (error, close_code, channels_connection_has_asked (connection));
  if (rule->retry == CHANNELS_RETRY_FRESH)
    channels_plain_refused (self->plain);
  return rule;
}

static void
on_connection_established (ChannelsConnection *connection, ChannelsClient *self)
{
  notify_status (self, assign_status (self, CHANNELS_CLIENT_CONNECTED, NULL, 0, 0));
  if (self->connection == connection)
    channels_user_attach (self->user, connection);
  if (self->connection == connection)
    channels_roster_attach (self->roster, connection);
}

static void
on_connection_frame (ChannelsConnection *connection, const ChannelsFrame *frame, gpointer data)
{
  g_autoptr (ChannelsClient) self = g_object_ref (data);

  if (!channels_user_handle (self->user, frame))
    channels_roster_handle (self->roster, frame);
}

static void
on_connection_fault (ChannelsConnection *connection, const GError *error, ChannelsClient *self)
{
  g_signal_emit (self, signals[SIGNAL_FAULT], 0, error, NULL);
}

static void
on_roster_error (ChannelsRoster *roster, const GError *error, const char *channel, ChannelsClient *self)
{
  g_signal_emit (self, signals[SIGNAL_FAULT], 0, error, channel);
}

static void
on_roster_event (ChannelsRoster *roster, ChannelsEvent *event, ChannelsClient *self)
{
  /* As in ChannelsSubscription: no quark for what nobody listens to. */
  g_signal_emit (self, signals[SIGNAL_EVENT], g_quark_try_string (channels_event_get_name (event)), event);
}

static void
on_user_changed (ChannelsUser *user, ChannelsClient *self)
{
  channels_client_notify (self, CHANNELS_CLIENT_PROP_USER_ERROR);
  channels_client_notify (self, CHANNELS_CLIENT_PROP_USER_ID);
}

static void
on_user_error (ChannelsUser *user, const GError *error, ChannelsClient *self)
{
  g_signal_emit (self, signals[SIGNAL_FAULT], 0, error, NULL);
}

static void
on_user_watchlist (ChannelsUser *user, const char *name, const char *const *user_ids, ChannelsClient *self)
{
  g_signal_emit (self, signals[SIGNAL_WATCHLIST], g_quark_try_string (name), name, user_ids);
}

static gboolean
is_heard (gpointer data, GQuark event)
{
  return channels_event_is_heard (data, signals[SIGNAL_EVENT], event);
}

static gboolean
on_next_try (gpointer data)
{
  ChannelsClient *self = data;

  self->timer = 0;
  channels_client_start_try (self);
  return G_SOURCE_REMOVE;
}

/* What stood before a sleep ends now: that says nothing of the server, and nobody else comes back at this moment. */
static gboolean
is_resuming (ChannelsClient *self, gint64 now)
{
  return self->resumed != 0 && now - self->resumed < 2 * RESUME_MS * G_TIME_SPAN_MILLISECOND;
}

static void
on_connection_ended (ChannelsConnection *connection, const GError *error, int close_code, ChannelsClient *self)
{
  gint64 established = channels_connection_get_established (connection);
  gint64 now = channels_clock_get_monotonic_time (self->clock);
  g_autoptr (ChannelsConnection) dropped = drop_connection (self);
  guint changed;
  guint wait;

  if (established != 0)
    channels_retries_settle (&self->retries, now - established);
  wait = plan_retry (self, find_rule (self, connection, error, close_code));
  if (wait != CHANNELS_RETRIES_NEVER && established != 0 && is_resuming (self, now))
    wait = 0;
  if (wait == CHANNELS_RETRIES_NEVER)
    changed = assign_status (self, CHANNELS_CLIENT_FAILED, g_error_copy (error), close_code, 0);
  else
    {
      changed = assign_status (self, CHANNELS_CLIENT_WAITING, g_error_copy (error), close_code,
                               MAX (now + wait * G_TIME_SPAN_MILLISECOND, 1));
      self->timer = channels_clock_add_timeout (self->clock, wait, on_next_try, self);
    }
  detach_all (self, connection);
  notify_status (self, changed);
}

/* GObject */

static void
channels_client_constructed (GObject *object)
{
  ChannelsClient *self = CHANNELS_CLIENT (object);

  G_OBJECT_CLASS (channels_client_parent_class)->constructed (object);

  if (self->session == NULL)
    self->session = soup_session_new ();
  channels_transport_prepare_session (self->session);
  if (self->clock == NULL)
    self->clock = channels_clock_new ();
  channels_retries_reset (&self->retries);
  self->roster = channels_roster_new (self->authorizer, self->clock);
  self->user = channels_user_new (self->authorizer, self->clock, self->roster);
  channels_client_hand_out_limits (self);
  g_signal_connect_object (self->roster, "error", G_CALLBACK (on_roster_error), self, 0);
  g_signal_connect_object (self->roster, "event", G_CALLBACK (on_roster_event), self, 0);
  g_signal_connect_object (self->user, "changed", G_CALLBACK (on_user_changed), self, 0);
  g_signal_connect_object (self->user, "error", G_CALLBACK (on_user_error), self, 0);
  g_signal_connect_object (self->user, "watchlist", G_CALLBACK (on_user_watchlist), self, 0);
  channels_roster_set_listener (self->roster, is_heard, self);
}

static void
channels_client_dispose (GObject *object)
{
  ChannelsClient *self = CHANNELS_CLIENT (object);
  g_autoptr (ChannelsConnection) connection = drop_connection (self);

  if (self->user != NULL)
    g_object_run_dispose (G_OBJECT (self->user));
  if (self->roster != NULL)
    g_object_run_dispose (G_OBJECT (self->roster));
  G_OBJECT_CLASS (channels_client_parent_class)->dispose (object);
}

static void
channels_client_finalize (GObject *object)
{
  ChannelsClient *self = CHANNELS_CLIENT (object);

  g_clear_object (&self->user);
  g_clear_object (&self->roster);
  g_clear_pointer (&self->endpoint, channels_endpoint_unref);
  g_clear_pointer (&self->tls_endpoint, channels_endpoint_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->authorizer);
  g_clear_object (&self->plain);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->origin, g_free);
  channels_status_clear (&self->status);
  G_OBJECT_CLASS (channels_client_parent_class)->finalize (object);
}

static void
channels_client_class_init (ChannelsClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);
  const GType string_type = G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE;

  object_class->constructed = channels_client_constructed;
  object_class->dispose = channels_client_dispose;
  object_class->finalize = channels_client_finalize;
  channels_client_install_properties (object_class);

  signals[SIGNAL_FAULT] = g_signal_new ("fault", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                        G_TYPE_ERROR, string_type);
  /* Not of static scope, or handlers in JavaScript would hold what is gone when they have returned. */
  signals[SIGNAL_EVENT] = g_signal_new ("event", type, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, CHANNELS_TYPE_EVENT);
  signals[SIGNAL_WATCHLIST] = g_signal_new ("watchlist", type, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 2, string_type,
                                            G_TYPE_STRV | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
channels_client_init (ChannelsClient *self)
{
}

void
channels_client_prepare_session (SoupSession *session)
{
  g_return_if_fail (SOUP_IS_SESSION (session));

  channels_transport_prepare_session (session);
}

ChannelsClient *
channels_client_new (ChannelsEndpoint *endpoint, SoupSession *session, ChannelsAuthorizer *authorizer)
{
  g_return_val_if_fail (endpoint != NULL, NULL);
  g_return_val_if_fail (session == NULL || SOUP_IS_SESSION (session), NULL);
  g_return_val_if_fail (authorizer == NULL || CHANNELS_IS_AUTHORIZER (authorizer), NULL);

  return g_object_new (CHANNELS_TYPE_CLIENT, "endpoint", endpoint, "session", session, "authorizer", authorizer, NULL);
}

ChannelsClient *
channels_client_new_plain (ChannelsEndpoint *endpoint, SoupSession *session, ChannelsPlain *plain)
{
  g_return_val_if_fail (endpoint != NULL, NULL);
  g_return_val_if_fail (session == NULL || SOUP_IS_SESSION (session), NULL);
  g_return_val_if_fail (CHANNELS_IS_PLAIN (plain), NULL);

  return g_object_new (CHANNELS_TYPE_CLIENT, "endpoint", endpoint, "session", session, "plain", plain, NULL);
}

void
channels_client_start_try (ChannelsClient *self)
{
  const ChannelsConnectionOptions options = {
    .origin = self->origin,
    .plain = self->plain,
    .activity_timeout = channels_client_get_timeout (self, CHANNELS_CLIENT_PROP_ACTIVITY_TIMEOUT),
    .pong_timeout = channels_client_get_timeout (self, CHANNELS_CLIENT_PROP_PONG_TIMEOUT),
    .prepare_timeout = channels_client_get_timeout (self, CHANNELS_CLIENT_PROP_AUTHORIZE_TIMEOUT),
    .handshake_timeout = channels_client_get_timeout (self, CHANNELS_CLIENT_PROP_HANDSHAKE_TIMEOUT),
  };
  ChannelsEndpoint *endpoint = self->tls_endpoint != NULL ? self->tls_endpoint : self->endpoint;
  g_autoptr (ChannelsClient) held = g_object_ref (self);
  g_autoptr (ChannelsConnection) dropped = drop_connection (self);
  guint changed;

  self->try_started = channels_clock_get_monotonic_time (self->clock);
  self->connection = channels_connection_new (endpoint, self->session, self->clock, &options);
  g_signal_connect_object (self->connection, "established", G_CALLBACK (on_connection_established), self, 0);
  channels_connection_set_frame_func (self->connection, on_connection_frame, self);
  g_signal_connect_object (self->connection, "fault", G_CALLBACK (on_connection_fault), self, 0);
  g_signal_connect_object (self->connection, "ended", G_CALLBACK (on_connection_ended), self, 0);
  /* Why the last one ended stays in sight until there is a better one. It may end right here, too. */
  changed = assign_status (self, CHANNELS_CLIENT_CONNECTING, dup_error (self), self->status.close_code, 0);
  channels_connection_open (self->connection);
  notify_status (self, changed);
}

void
channels_client_start (ChannelsClient *self)
{
  g_return_if_fail (CHANNELS_IS_CLIENT (self));
  g_return_if_fail (self->endpoint != NULL);

  if (self->status.state == CHANNELS_CLIENT_CONNECTING || self->status.state == CHANNELS_CLIENT_CONNECTED)
    return;
  channels_retries_reset (&self->retries);
  g_clear_pointer (&self->tls_endpoint, channels_endpoint_unref);
  channels_client_start_try (self);
}

void
channels_client_stop (ChannelsClient *self)
{
  g_autoptr (ChannelsClient) held = NULL;
  g_autoptr (ChannelsConnection) connection = NULL;
  guint changed;

  g_return_if_fail (CHANNELS_IS_CLIENT (self));

  held = g_object_ref (self);
  connection = drop_connection (self);
  channels_retries_reset (&self->retries);
  changed = assign_status (self, CHANNELS_CLIENT_DISCONNECTED, NULL, 0, 0);
  detach_all (self, connection);
  notify_status (self, changed);
}

void
channels_client_replace (ChannelsClient *self)
{
  g_autoptr (ChannelsClient) held = g_object_ref (self);
  g_autoptr (ChannelsConnection) connection = NULL;
  guint changed;

  if (self->status.state == CHANNELS_CLIENT_DISCONNECTED)
    return;
  connection = drop_connection (self);
  channels_retries_reset (&self->retries);
  changed = assign_status (self, CHANNELS_CLIENT_CONNECTING, NULL, 0, 0);
  detach_all (self, connection);
  /* Whoever was told that the channels are gone may have stopped the client. */
  if (self->status.state == CHANNELS_CLIENT_CONNECTING && self->connection == NULL)
    channels_client_start_try (self);
  notify_status (self, changed);
}

void
channels_client_set_endpoint (ChannelsClient *self, ChannelsEndpoint *endpoint)
{
  g_autoptr (ChannelsClient) held = NULL;

  g_return_if_fail (CHANNELS_IS_CLIENT (self));
  g_return_if_fail (endpoint != NULL);

  held = g_object_ref (self);
  channels_endpoint_ref (endpoint);
  g_clear_pointer (&self->tls_endpoint, channels_endpoint_unref);
  g_clear_pointer (&self->endpoint, channels_endpoint_unref);
  self->endpoint = endpoint;
  /* What the one server has refused, the other may allow. */
  channels_roster_pardon (self->roster);
  channels_user_pardon (self->user);
  channels_client_replace (self);
  channels_client_notify (held, CHANNELS_CLIENT_PROP_ENDPOINT);
}

static void
probe (ChannelsClient *self, guint ms)
{
  gint64 now = channels_clock_get_monotonic_time (self->clock);

  switch (self->status.state)
    {
    case CHANNELS_CLIENT_CONNECTED:
      channels_connection_probe (self->connection, ms);
      break;
    case CHANNELS_CLIENT_CONNECTING:
      /* It may be knocking at a way that is gone. */
      if (now - self->try_started >= RESTART_AFTER_US)
        channels_client_start_try (self);
      break;
    case CHANNELS_CLIENT_WAITING:
      channels_retries_reset (&self->retries);
      channels_client_start_try (self);
      break;
    case CHANNELS_CLIENT_DISCONNECTED:
    case CHANNELS_CLIENT_FAILED:
    default:
      break;
    }
}

void
channels_client_probe (ChannelsClient *self)
{
  g_return_if_fail (CHANNELS_IS_CLIENT (self));

  probe (self, PROBE_MS);
}

void
channels_client_resume (ChannelsClient *self)
{
  g_return_if_fail (CHANNELS_IS_CLIENT (self));

  self->resumed = channels_clock_get_monotonic_time (self->clock);
  probe (self, RESUME_MS);
}
