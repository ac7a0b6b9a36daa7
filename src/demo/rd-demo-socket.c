/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-socket.h"

#include "rd-demo-json.h"

/* One client of the demo's Channels server. */

#define IDLE_SECONDS 120

enum
{
  SIGNAL_FRAME,
  SIGNAL_CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdDemoSocket
{
  GObject parent_instance;

  SoupWebsocketConnection *connection;
  GSocket *socket;
  char *id;
  GHashTable *channels;  /* name → JsonObject of the member, or NULL */
  guint idle_seconds;
  guint idle_id;
};

G_DEFINE_FINAL_TYPE (RdDemoSocket, rd_demo_socket, G_TYPE_OBJECT)

static void
member_free (gpointer data)
{
  if (data != NULL)
    json_object_unref (data);
}

static gboolean
on_idle_timeout (gpointer user_data)
{
  RdDemoSocket *self = RD_DEMO_SOCKET (user_data);

  self->idle_id = 0;
  rd_demo_socket_close (self, 4201);
  return G_SOURCE_REMOVE;
}

static void
restart_idle (RdDemoSocket *self)
{
  g_clear_handle_id (&self->idle_id, g_source_remove);
  if (self->idle_seconds > 0)
    self->idle_id = g_timeout_add_seconds (self->idle_seconds, on_idle_timeout, self);
}

static void
on_message (SoupWebsocketConnection *connection, int type, GBytes *message, gpointer user_data)
{
  RdDemoSocket *self = RD_DEMO_SOCKET (user_data);
  g_autofree char *text = NULL;

  if (type != SOUP_WEBSOCKET_DATA_TEXT)
    return;
  text = g_strndup (g_bytes_get_data (message, NULL), g_bytes_get_size (message));
  g_signal_emit (self, signals[SIGNAL_FRAME], 0, text);
}

static void
on_closed (SoupWebsocketConnection *connection, gpointer user_data)
{
  RdDemoSocket *self = RD_DEMO_SOCKET (user_data);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

/* GObject */

static void
rd_demo_socket_dispose (GObject *object)
{
  RdDemoSocket *self = RD_DEMO_SOCKET (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_object (&self->connection);
  g_clear_object (&self->socket);
  G_OBJECT_CLASS (rd_demo_socket_parent_class)->dispose (object);
}

static void
rd_demo_socket_finalize (GObject *object)
{
  RdDemoSocket *self = RD_DEMO_SOCKET (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->channels, g_hash_table_unref);
  G_OBJECT_CLASS (rd_demo_socket_parent_class)->finalize (object);
}

static void
rd_demo_socket_class_init (RdDemoSocketClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rd_demo_socket_dispose;
  object_class->finalize = rd_demo_socket_finalize;

  signals[SIGNAL_FRAME] = g_signal_new ("frame", RD_TYPE_DEMO_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", RD_TYPE_DEMO_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
}

static void
rd_demo_socket_init (RdDemoSocket *self)
{
  self->id = g_strdup_printf ("%u.%u", g_random_int (), g_random_int ());
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, member_free);
  self->idle_seconds = IDLE_SECONDS;
}

RdDemoSocket *
rd_demo_socket_new (SoupWebsocketConnection *connection, GSocket *socket)
{
  RdDemoSocket *self;

  g_return_val_if_fail (SOUP_IS_WEBSOCKET_CONNECTION (connection), NULL);
  g_return_val_if_fail (G_IS_SOCKET (socket), NULL);

  self = g_object_new (RD_TYPE_DEMO_SOCKET, NULL);
  self->connection = g_object_ref (connection);
  self->socket = g_object_ref (socket);
  g_signal_connect_object (connection, "message", G_CALLBACK (on_message), self, 0);
  g_signal_connect_object (connection, "closed", G_CALLBACK (on_closed), self, 0);
  restart_idle (self);
  return self;
}

const char *
rd_demo_socket_get_id (RdDemoSocket *self)
{
  g_return_val_if_fail (RD_IS_DEMO_SOCKET (self), NULL);

  return self->id;
}

void
rd_demo_socket_send (RdDemoSocket *self, const char *text)
{
  g_return_if_fail (RD_IS_DEMO_SOCKET (self));
  g_return_if_fail (text != NULL);

  if (soup_websocket_connection_get_state (self->connection) != SOUP_WEBSOCKET_STATE_OPEN)
    return;
  soup_websocket_connection_send_text (self->connection, text);
  restart_idle (self);
}

void
rd_demo_socket_send_event (RdDemoSocket *self, const char *event, const char *channel, JsonNode *data)
{
  JsonObject *frame = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_string_member (frame, "event", event);
  if (channel != NULL)
    json_object_set_string_member (frame, "channel", channel);
  if (data != NULL)
    json_object_set_member (frame, "data", data);
  text = rd_demo_json_take_text (frame);
  rd_demo_socket_send (self, text);
}

void
rd_demo_socket_send_error (RdDemoSocket *self, int code, const char *message)
{
  JsonObject *data = json_object_new ();

  json_object_set_int_member (data, "code", code);
  json_object_set_string_member (data, "message", message);
  rd_demo_socket_send_event (self, "pusher:error", NULL, rd_demo_json_take (data));
}

void
rd_demo_socket_close (RdDemoSocket *self, int code)
{
  g_return_if_fail (RD_IS_DEMO_SOCKET (self));

  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, (gushort) code, NULL);
}

void
rd_demo_socket_drop (RdDemoSocket *self)
{
  g_return_if_fail (RD_IS_DEMO_SOCKET (self));

  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
}

void
rd_demo_socket_set_idle (RdDemoSocket *self, guint seconds)
{
  g_return_if_fail (RD_IS_DEMO_SOCKET (self));

  self->idle_seconds = seconds;
  restart_idle (self);
}

void
rd_demo_socket_join (RdDemoSocket *self, const char *channel, JsonObject *member)
{
  g_return_if_fail (RD_IS_DEMO_SOCKET (self));
  g_return_if_fail (channel != NULL);

  g_hash_table_replace (self->channels, g_strdup (channel), member != NULL ? json_object_ref (member) : NULL);
}

void
rd_demo_socket_leave (RdDemoSocket *self, const char *channel)
{
  g_return_if_fail (RD_IS_DEMO_SOCKET (self));

  g_hash_table_remove (self->channels, channel);
}

gboolean
rd_demo_socket_is_in (RdDemoSocket *self, const char *channel)
{
  g_return_val_if_fail (RD_IS_DEMO_SOCKET (self), FALSE);

  return g_hash_table_contains (self->channels, channel);
}

guint
rd_demo_socket_get_n_channels (RdDemoSocket *self)
{
  g_return_val_if_fail (RD_IS_DEMO_SOCKET (self), 0);

  return g_hash_table_size (self->channels);
}

JsonObject *
rd_demo_socket_get_member (RdDemoSocket *self, const char *channel)
{
  g_return_val_if_fail (RD_IS_DEMO_SOCKET (self), NULL);

  return g_hash_table_lookup (self->channels, channel);
}

GPtrArray *
rd_demo_socket_dup_channels (RdDemoSocket *self)
{
  GPtrArray *channels = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->channels);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (channels, g_strdup (name));
  return channels;
}
