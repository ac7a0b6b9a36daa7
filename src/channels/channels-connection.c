/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-connection-private.h"

#include "channels-complaint-private.h"
#include "channels-endpoint-private.h"
#include "channels-error.h"
#include "channels-goodbye-private.h"
#include "channels-heartbeat-private.h"
#include "channels-message-limit-private.h"
#include "channels-obstacle-private.h"
#include "channels-plain-private.h"
#include "channels-transport-private.h"

/* One socket from its opening to its end: the handshake with its deadline, the heartbeat, and why it ended.
 * It never comes back; the client makes a new one. */

#define GOODBYE_MS 10000
#define CUT_OFF_MS 10 /* enough for the close frame; libsoup keeps what it reads meanwhile */
#define KEEPALIVE_S 1 /* libsoup's WebSocket ping is sent this long after it is asked for */
#define MAX_PINGS 100 /* that are answered within a second: the answers wait for a server that does not read */
#define FIRST_APPLICATION_CODE 4000
#define MAX_INTERVAL 86400 /* s: what a plain line asks for is in ms soon */

enum
{
  SIGNAL_ESTABLISHED,
  SIGNAL_FAULT,
  SIGNAL_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _ChannelsConnection
{
  GObject parent_instance;

  ChannelsEndpoint *endpoint;
  SoupSession *session;
  ChannelsClock *clock;
  char *origin;
  ChannelsPlain *plain; /* (nullable) */
  guint activity_timeout;
  guint pong_timeout;
  guint prepare_timeout;
  guint handshake_timeout;

  ChannelsConnectionFrameFunc frame_func; /* (nullable) */
  gpointer frame_data;                    /* (unowned) */
  GCancellable *cancellable;
  SoupMessage *message;
  SoupWebsocketConnection *socket;
  gulong handlers[5];
  char *socket_id;
  guint timer; /* until it is established */
  ChannelsHeartbeat heartbeat;
  gboolean hostile; /* the server broke the rules: no patience for its goodbye */
  gboolean done;
  guint pings;
  gint64 pings_since; /* monotonic, µs */

  gint64 established; /* monotonic, µs */
  ChannelsComplaint complaint;
};

G_DEFINE_FINAL_TYPE (ChannelsConnection, channels_connection, G_TYPE_OBJECT)

static void
stop_timer (ChannelsConnection *self)
{
  if (self->timer != 0)
    channels_clock_remove_timeout (self->clock, self->timer);
  self->timer = 0;
}

static void
start_timer (ChannelsConnection *self, guint ms, GSourceFunc func)
{
  stop_timer (self);
  self->timer = channels_clock_add_timeout (self->clock, ms, func, self);
}

static void
release_socket (ChannelsConnection *self, gboolean say_goodbye)
{
  g_autoptr (SoupWebsocketConnection) socket = g_steal_pointer (&self->socket);

  if (socket == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (self->handlers); i++)
    g_clear_signal_handler (&self->handlers[i], socket);
  channels_goodbye (g_steal_pointer (&socket), say_goodbye, self->hostile ? CUT_OFF_MS : GOODBYE_MS);
}

static void
shut_down (ChannelsConnection *self, gboolean say_goodbye)
{
  self->done = TRUE;
  stop_timer (self);
  channels_heartbeat_stop (&self->heartbeat);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  release_socket (self, say_goodbye);
}

/* Takes @error. */
static void
end (ChannelsConnection *self, GError *error, int close_code)
{
  g_autoptr (GError) owned = error;

  if (self->done)
    return;
  shut_down (self, FALSE);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, owned, close_code);
}

static gboolean
is_explained (ChannelsConnection *self)
{
  return channels_complaint_explains (&self->complaint, channels_clock_get_monotonic_time (self->clock),
                                      self->established != 0);
}

/* The end by a close frame, a lost link, or a deadline after the server has said why: a `pusher:error` right
 * before a close without an application's code counts as that code. */
static void
end_by_close (ChannelsConnection *self, int code, const char *text)
{
  const ChannelsCloseRule *rule;
  g_autoptr (GString) message = g_string_new (NULL);
  g_autofree char *clean = NULL;

  if (code < FIRST_APPLICATION_CODE && is_explained (self))
    {
      code = self->complaint.code;
      text = self->complaint.message;
    }
  rule = self->plain != NULL ? channels_plain_close_rule_for (NULL, code, TRUE) : channels_close_rule_for (code);
  if (rule->reason != NULL)
    g_string_printf (message, "The server closed the connection: %s (%d)", rule->reason, code);
  else if (code != 0)
    g_string_printf (message, "The connection was closed (%d)", code);
  else
    g_string_assign (message, "The connection was lost");
  if (text != NULL && text[0] != '\0')
    {
      clean = channels_frame_clean_message (text);
      g_string_append_printf (message, ": %s", clean);
    }
  end (self, g_error_new_literal (CHANNELS_ERROR, rule->error, message->str), code);
}

static gboolean
on_handshake_deadline (gpointer data)
{
  g_autoptr (ChannelsConnection) self = g_object_ref (data);

  self->timer = 0;
  release_socket (self, TRUE);
  if (is_explained (self))
    end_by_close (self, 0, NULL);
  else
    end (self,
         g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT, "No answer from %s:%u within %u s",
                      channels_endpoint_get_host (self->endpoint), channels_endpoint_get_port (self->endpoint),
                      self->handshake_timeout / 1000),
         0);
  return G_SOURCE_REMOVE;
}

/* ChannelsHeartbeatFuncs */

/* Some servers want to hear a ping of their own kind, however much they have to say themselves. */
static gboolean
has_own_ping (ChannelsConnection *self)
{
  return self->plain != NULL && channels_plain_get_rules (self->plain)->ping != NULL;
}

static void
ping (gpointer owner)
{
  ChannelsConnection *self = owner;

  if (self->plain == NULL)
    channels_connection_send (self, CHANNELS_FRAME_TEXT_PING);
  else if (has_own_ping (self))
    channels_connection_send (self, channels_plain_get_rules (self->plain)->ping);
  else if (self->socket != NULL)
    soup_websocket_connection_set_keepalive_interval (self->socket, KEEPALIVE_S);
}

static void
ping_no_more (gpointer owner)
{
  ChannelsConnection *self = owner;

  if (self->plain != NULL && self->socket != NULL)
    soup_websocket_connection_set_keepalive_interval (self->socket, 0);
}

static void
give_up (gpointer owner)
{
  g_autoptr (ChannelsConnection) self = g_object_ref (owner);

  release_socket (self, TRUE);
  end (self, g_error_new_literal (CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT, "The server no longer answers"), 0);
}

static const ChannelsHeartbeatFuncs heartbeat_funcs = { ping, ping_no_more, give_up };

static void
establish (ChannelsConnection *self, const char *socket_id, guint activity_timeout)
{
  if (self->established != 0)
    return;
  self->established = MAX (channels_clock_get_monotonic_time (self->clock), 1);
  self->socket_id = g_strdup (socket_id);
  if (activity_timeout != 0)
    self->activity_timeout = MIN (self->activity_timeout, activity_timeout);
  stop_timer (self);
  channels_heartbeat_start (&self->heartbeat, self->activity_timeout, self->pong_timeout, has_own_ping (self));
  g_signal_emit (self, signals[SIGNAL_ESTABLISHED], 0);
}

static void
on_ping (ChannelsConnection *self)
{
  gint64 now = channels_clock_get_monotonic_time (self->clock);

  if (now - self->pings_since >= G_USEC_PER_SEC)
    {
      self->pings_since = now;
      self->pings = 0;
    }
  if (++self->pings <= MAX_PINGS)
    channels_connection_send (self, CHANNELS_FRAME_TEXT_PONG);
}

static void
hand_on (ChannelsConnection *self, const ChannelsFrame *frame)
{
  if (self->frame_func != NULL)
    self->frame_func (self, frame, self->frame_data);
}

static void
handle (ChannelsConnection *self, const ChannelsFrame *frame)
{
  switch (frame->kind)
    {
    case CHANNELS_FRAME_PING:
      on_ping (self);
      break;
    case CHANNELS_FRAME_PONG:
      break;
    case CHANNELS_FRAME_ESTABLISHED:
      establish (self, frame->socket_id, frame->activity_timeout);
      break;
    case CHANNELS_FRAME_ERROR:
      channels_complaint_note (&self->complaint, frame, channels_clock_get_monotonic_time (self->clock));
      hand_on (self, frame);
      break;
    case CHANNELS_FRAME_EVENT:
    case CHANNELS_FRAME_SUBSCRIBED:
    case CHANNELS_FRAME_SUBSCRIPTION_ERROR:
    case CHANNELS_FRAME_MEMBER_ADDED:
    case CHANNELS_FRAME_MEMBER_REMOVED:
    case CHANNELS_FRAME_SIGNED_IN:
    case CHANNELS_FRAME_WATCHLIST:
    default:
      hand_on (self, frame);
    }
}

static gboolean
read_frame (ChannelsConnection *self, ChannelsFrame *frame, GBytes *message, GError **error)
{
  gsize length = 0;
  const char *text;

  if (self->plain == NULL)
    return channels_frame_read (frame, message, error);
  text = g_bytes_get_data (message, &length);
  return channels_plain_parse (self->plain, frame, text, (gssize) length, error);
}

static void
on_socket_pong (SoupWebsocketConnection *socket, GBytes *bytes, ChannelsConnection *self)
{
  channels_heartbeat_note (&self->heartbeat);
}

static void
on_socket_message (SoupWebsocketConnection *socket, int type, GBytes *message, ChannelsConnection *self)
{
  g_auto (ChannelsFrame) frame = { 0 };
  g_autoptr (GError) error = NULL;

  channels_heartbeat_note (&self->heartbeat);
  if (type != SOUP_WEBSOCKET_DATA_TEXT)
    g_set_error_literal (&error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED, "A binary frame");
  else if (read_frame (self, &frame, message, &error))
    handle (self, &frame);
  if (error != NULL)
    g_signal_emit (self, signals[SIGNAL_FAULT], 0, error);
}

static void
on_socket_error (SoupWebsocketConnection *socket, GError *error, ChannelsConnection *self)
{
  self->hostile = error->domain == SOUP_WEBSOCKET_ERROR;
  if (g_error_matches (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_TOO_BIG))
    end (self,
         g_error_new_literal (CHANNELS_ERROR, CHANNELS_ERROR_TOO_LARGE, "The server sent a message of more than 1 MiB"),
         error->code);
  else if (error->domain == SOUP_WEBSOCKET_ERROR)
    end (self,
         g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED, "The server broke the WebSocket protocol: %s",
                      error->message),
         error->code);
  else
    end_by_close (self, 0, channels_obstacle_describe (error));
}

static void
on_socket_closed (SoupWebsocketConnection *socket, ChannelsConnection *self)
{
  int code = soup_websocket_connection_get_close_code (socket);

  end_by_close (self, code == SOUP_WEBSOCKET_CLOSE_NO_STATUS ? 0 : code,
                soup_websocket_connection_get_close_data (socket));
}

static void
adopt_socket (ChannelsConnection *self, SoupWebsocketConnection *socket)
{
  self->socket = g_object_ref (socket);
  soup_websocket_connection_set_max_incoming_payload_size (socket, CHANNELS_MAX_MESSAGE);
  self->handlers[0] = g_signal_connect_object (socket, "message", G_CALLBACK (on_socket_message), self, 0);
  self->handlers[1] = g_signal_connect_object (socket, "error", G_CALLBACK (on_socket_error), self, 0);
  self->handlers[2] = g_signal_connect_object (socket, "closing", G_CALLBACK (on_socket_closed), self, 0);
  self->handlers[3] = g_signal_connect_object (socket, "closed", G_CALLBACK (on_socket_closed), self, 0);
  self->handlers[4] = g_signal_connect_object (socket, "pong", G_CALLBACK (on_socket_pong), self, 0);
  /* Nobody will say that it stands. */
  if (self->plain != NULL && !self->done && channels_plain_get_rules (self->plain)->hello == NULL)
    {
      channels_heartbeat_note (&self->heartbeat);
      establish (self, "plain", 0);
    }
}

static void
on_websocket_connect_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ChannelsConnection) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupWebsocketConnection) socket = NULL;

  socket = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  if (socket != NULL)
    {
      adopt_socket (self, socket);
      if (self->done)
        release_socket (self, TRUE);
    }
  else if (!self->done)
    end (self, channels_obstacle_new_error (error, self->message, self->endpoint, self->plain != NULL), 0);
}

static void
open_socket (ChannelsConnection *self, const char *uri, GHashTable *headers)
{
  GHashTableIter iter;
  gpointer name, value;

  self->message = soup_message_new (SOUP_METHOD_GET, uri);
  if (self->message == NULL)
    {
      end (self, g_error_new_literal (CHANNELS_ERROR, CHANNELS_ERROR_INVALID, "Not an address"), 0);
      return;
    }
  /* The only thing that answers for this endpoint is this endpoint. */
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);
  channels_message_limit_apply (self->message);
  channels_transport_prepare_way (self->session, self->endpoint);
  if (headers != NULL)
    {
      g_hash_table_iter_init (&iter, headers);
      while (g_hash_table_iter_next (&iter, &name, &value))
        soup_message_headers_replace (soup_message_get_request_headers (self->message), name, value);
    }
  start_timer (self, self->handshake_timeout, on_handshake_deadline);
  soup_session_websocket_connect_async (self->session, self->message, self->origin, NULL, G_PRIORITY_DEFAULT,
                                        self->cancellable, on_websocket_connect_ready, g_object_ref (self));
}

static gboolean
on_prepare_deadline (gpointer data)
{
  g_autoptr (ChannelsConnection) self = g_object_ref (data);

  self->timer = 0;
  end (self, g_error_new_literal (CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT, "The sign-in was not answered in time"), 0);
  return G_SOURCE_REMOVE;
}

static void
on_prepare_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ChannelsConnection) self = user_data;
  g_autoptr (ChannelsPlainHandshake) handshake = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;

  handshake = channels_plain_prepare_finish (CHANNELS_PLAIN (source), result, &error);
  if (self->done)
    return;
  if (handshake == NULL)
    {
      end (self, g_steal_pointer (&error), 0);
      return;
    }
  uri = channels_endpoint_dup_uri_with_path (self->endpoint, handshake->path);
  open_socket (self, uri, handshake->headers);
}

static void
channels_connection_dispose (GObject *object)
{
  ChannelsConnection *self = CHANNELS_CONNECTION (object);

  shut_down (self, TRUE);
  G_OBJECT_CLASS (channels_connection_parent_class)->dispose (object);
}

static void
channels_connection_finalize (GObject *object)
{
  ChannelsConnection *self = CHANNELS_CONNECTION (object);

  g_clear_pointer (&self->endpoint, channels_endpoint_unref);
  g_clear_object (&self->plain);
  g_clear_object (&self->session);
  g_clear_object (&self->clock);
  g_clear_object (&self->message);
  g_clear_pointer (&self->origin, g_free);
  g_clear_pointer (&self->socket_id, g_free);
  channels_complaint_clear (&self->complaint);
  G_OBJECT_CLASS (channels_connection_parent_class)->finalize (object);
}

static void
channels_connection_class_init (ChannelsConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = channels_connection_dispose;
  object_class->finalize = channels_connection_finalize;

  signals[SIGNAL_ESTABLISHED] =
      g_signal_new ("established", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAULT] =
      g_signal_new ("fault", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIGNAL_ENDED] = g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                        G_TYPE_ERROR, G_TYPE_INT);
}

static void
channels_connection_init (ChannelsConnection *self)
{
  self->cancellable = g_cancellable_new ();
}

ChannelsConnection *
channels_connection_new (ChannelsEndpoint *endpoint, SoupSession *session, ChannelsClock *clock,
                         const ChannelsConnectionOptions *options)
{
  ChannelsConnection *self = g_object_new (CHANNELS_TYPE_CONNECTION, NULL);

  self->endpoint = channels_endpoint_ref (endpoint);
  self->session = g_object_ref (session);
  self->clock = g_object_ref (clock);
  channels_heartbeat_init (&self->heartbeat, clock, &heartbeat_funcs, self);
  self->origin = g_strdup (options->origin);
  self->plain = options->plain != NULL ? g_object_ref (options->plain) : NULL;
  self->activity_timeout = options->activity_timeout;
  if (self->plain != NULL && channels_plain_get_rules (self->plain)->interval != 0)
    self->activity_timeout = MIN (channels_plain_get_rules (self->plain)->interval, MAX_INTERVAL);
  self->pong_timeout = options->pong_timeout;
  self->prepare_timeout = options->prepare_timeout;
  self->handshake_timeout = options->handshake_timeout;
  return self;
}

void
channels_connection_set_frame_func (ChannelsConnection *self, ChannelsConnectionFrameFunc func, gpointer data)
{
  self->frame_func = func;
  self->frame_data = data;
}

void
channels_connection_open (ChannelsConnection *self)
{
  g_autofree char *uri = NULL;

  g_assert (self->message == NULL && !self->done);

  if (self->plain == NULL)
    {
      uri = channels_endpoint_dup_uri (self->endpoint);
      open_socket (self, uri, NULL);
      return;
    }
  start_timer (self, self->prepare_timeout, on_prepare_deadline);
  channels_plain_prepare_async (self->plain, self->cancellable, on_prepare_ready, g_object_ref (self));
}

void
channels_connection_close (ChannelsConnection *self)
{
  if (!self->done)
    shut_down (self, TRUE);
}

gboolean
channels_connection_send (ChannelsConnection *self, const char *text)
{
  if (self->socket == NULL || soup_websocket_connection_get_state (self->socket) != SOUP_WEBSOCKET_STATE_OPEN)
    return FALSE;
  soup_websocket_connection_send_text (self->socket, text);
  return TRUE;
}

void
channels_connection_forget_error (ChannelsConnection *self)
{
  channels_complaint_forget (&self->complaint);
}

void
channels_connection_probe (ChannelsConnection *self, guint ms)
{
  if (self->established != 0 && !self->done)
    channels_heartbeat_probe (&self->heartbeat, ms);
}

const char *
channels_connection_get_socket_id (ChannelsConnection *self)
{
  return self->socket_id;
}

gboolean
channels_connection_is_plain (ChannelsConnection *self)
{
  return self->plain != NULL;
}

gboolean
channels_connection_has_asked (ChannelsConnection *self)
{
  return self->message != NULL;
}

gint64
channels_connection_get_last_frame (ChannelsConnection *self)
{
  return self->heartbeat.heard;
}

gint64
channels_connection_get_established (ChannelsConnection *self)
{
  return self->established;
}
