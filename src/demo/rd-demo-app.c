/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-app-private.h"

#include "rd-demo-json.h"

#include <string.h>

/* The Channels protocol from the server's side, for one application: handshake, subscriptions and their signatures,
 * client events. Frames and errors have soketi's shapes, down to its objects where others send strings. */

#define ACTIVITY_TIMEOUT 30
#define MAX_CHANNEL_NAME 200
#define MAX_CHANNELS_PER_SOCKET 1000
#define MAX_CLIENT_EVENT_BYTES (100 * 1024)

enum
{
  SIGNAL_SUBSCRIBED,
  SIGNAL_LOG,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RdDemoApp, rd_demo_app, G_TYPE_OBJECT)

static JsonNode *
string_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

/* `key:signature` over socket, channel and, of a presence channel, its data. */
static gboolean
is_authorized (RdDemoApp *self, RdDemoSocket *socket, const char *channel, JsonObject *data)
{
  const char *auth = rd_demo_json_get_string (data, "auth");
  const char *channel_data = rd_demo_json_get_string (data, "channel_data");
  gsize key_length = strlen (self->key);
  g_autofree char *text = NULL;

  if (auth == NULL || strncmp (auth, self->key, key_length) != 0 || auth[key_length] != ':')
    return FALSE;
  text = g_strjoin (":", rd_demo_socket_get_id (socket), channel, channel_data, NULL);
  return rd_demo_app_verify (self, text, auth + key_length + 1);
}

static void
on_subscribe (RdDemoApp *self, RdDemoSocket *socket, JsonObject *data)
{
  const char *channel = data != NULL ? rd_demo_json_get_string (data, "channel") : NULL;
  gboolean presence;

  if (channel == NULL || *channel == '\0')
    return;
  presence = g_str_has_prefix (channel, "presence-");
  if (strlen (channel) > MAX_CHANNEL_NAME)
    {
      rd_demo_app_refuse (socket, channel, "LimitReached",
                           "The channel name is longer than the allowed 200 characters.", 4009);
      return;
    }
  if (rd_demo_socket_get_n_channels (socket) >= MAX_CHANNELS_PER_SOCKET)
    {
      rd_demo_app_refuse (socket, channel, "LimitReached", "Too many channels.", 4009);
      return;
    }
  if ((presence || g_str_has_prefix (channel, "private-")) && !is_authorized (self, socket, channel, data))
    {
      rd_demo_app_tell (self, "%s refused on %s", rd_demo_socket_get_id (socket), channel);
      rd_demo_app_refuse (socket, channel, "AuthError", "The connection is unauthorized.", 401);
      return;
    }
  if (presence)
    rd_demo_app_join_presence (self, socket, channel, data);
  else
    {
      rd_demo_socket_join (socket, channel, NULL);
      rd_demo_socket_send_event (socket, "pusher_internal:subscription_succeeded", channel, NULL);
    }
  if (!rd_demo_socket_is_in (socket, channel))
    return;
  rd_demo_app_tell (self, "%s subscribed to %s", rd_demo_socket_get_id (socket), channel);
  g_signal_emit (self, signals[SIGNAL_SUBSCRIBED], 0, rd_demo_socket_get_id (socket), channel);
}

static void
on_client_event (RdDemoApp *self, RdDemoSocket *socket, const char *event, JsonObject *frame)
{
  const char *channel = rd_demo_json_get_string (frame, "channel");
  JsonNode *data = json_object_get_member (frame, "data");
  JsonObject *member;
  JsonObject *out;
  g_autofree char *text = NULL;

  if (channel == NULL || !rd_demo_socket_is_in (socket, channel)
      || !(g_str_has_prefix (channel, "private-") || g_str_has_prefix (channel, "presence-")))
    return;
  member = rd_demo_socket_get_member (socket, channel);
  out = json_object_new ();
  json_object_set_string_member (out, "event", event);
  json_object_set_string_member (out, "channel", channel);
  if (data != NULL)
    json_object_set_member (out, "data", json_node_copy (data));
  if (member != NULL)
    json_object_set_string_member (out, "user_id", rd_demo_json_get_string (member, "user_id"));
  text = rd_demo_json_take_text (out);
  if (strlen (text) > MAX_CLIENT_EVENT_BYTES)
    rd_demo_socket_send_error (socket, 4301, "The event data should be less than 100 KB.");
  else
    rd_demo_app_send (self, channel, text, socket);
}

static void
on_frame (RdDemoSocket *socket, const char *text, gpointer user_data)
{
  RdDemoApp *self = RD_DEMO_APP (user_data);
  g_autoptr (JsonNode) node = rd_demo_json_parse (text, strlen (text));
  JsonObject *frame = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *event = frame != NULL ? rd_demo_json_get_string (frame, "event") : NULL;
  JsonObject *data;
  const char *channel;

  /* soketi drops what it does not understand without a word */
  if (event == NULL)
    return;
  data = rd_demo_json_get_object (frame, "data");
  channel = data != NULL ? rd_demo_json_get_string (data, "channel") : NULL;
  if (strcmp (event, "pusher:ping") == 0)
    rd_demo_socket_send_event (socket, "pusher:pong", NULL, rd_demo_json_take (json_object_new ()));
  else if (strcmp (event, "pusher:subscribe") == 0)
    on_subscribe (self, socket, data);
  else if (strcmp (event, "pusher:unsubscribe") == 0 && channel != NULL)
    rd_demo_app_leave (self, socket, channel);
  else if (g_str_has_prefix (event, "client-"))
    on_client_event (self, socket, event, frame);
}

static void
on_closed (RdDemoSocket *socket, gpointer user_data)
{
  RdDemoApp *self = RD_DEMO_APP (user_data);
  g_autoptr (RdDemoSocket) keep = g_object_ref (socket);
  g_autoptr (GPtrArray) channels = rd_demo_socket_dup_channels (socket);

  for (guint i = 0; i < channels->len; i++)
    rd_demo_app_leave (self, socket, g_ptr_array_index (channels, i));
  g_ptr_array_remove (self->sockets, socket);
  rd_demo_app_tell (self, "%s disconnected", rd_demo_socket_get_id (socket));
}

/* GObject */

static void
rd_demo_app_finalize (GObject *object)
{
  RdDemoApp *self = RD_DEMO_APP (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->secret, g_free);
  g_clear_pointer (&self->sockets, g_ptr_array_unref);
  g_clear_pointer (&self->guests, g_hash_table_unref);
  G_OBJECT_CLASS (rd_demo_app_parent_class)->finalize (object);
}

static void
rd_demo_app_class_init (RdDemoAppClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rd_demo_app_finalize;

  signals[SIGNAL_SUBSCRIBED] = g_signal_new ("subscribed", RD_TYPE_DEMO_APP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_LOG] = g_signal_new ("log", RD_TYPE_DEMO_APP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                      G_TYPE_STRING);
}

static void
rd_demo_app_init (RdDemoApp *self)
{
  self->sockets = g_ptr_array_new_with_free_func (g_object_unref);
  self->guests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_object_unref);
}

RdDemoApp *
rd_demo_app_new (const char *id, const char *key, const char *secret)
{
  RdDemoApp *self;

  g_return_val_if_fail (id != NULL && key != NULL && secret != NULL, NULL);

  self = g_object_new (RD_TYPE_DEMO_APP, NULL);
  self->id = g_strdup (id);
  self->key = g_strdup (key);
  self->secret = g_strdup (secret);
  return self;
}

const char *
rd_demo_app_get_id (RdDemoApp *self)
{
  g_return_val_if_fail (RD_IS_DEMO_APP (self), NULL);

  return self->id;
}

const char *
rd_demo_app_get_key (RdDemoApp *self)
{
  g_return_val_if_fail (RD_IS_DEMO_APP (self), NULL);

  return self->key;
}

char *
rd_demo_app_sign (RdDemoApp *self, const char *text)
{
  g_return_val_if_fail (RD_IS_DEMO_APP (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) self->secret, strlen (self->secret), text, -1);
}

gboolean
rd_demo_app_verify (RdDemoApp *self, const char *text, const char *signature)
{
  g_autofree char *expected = rd_demo_app_sign (self, text);
  guint8 difference = 0;

  if (signature == NULL || strlen (signature) != strlen (expected))
    return FALSE;
  for (gsize i = 0; expected[i] != '\0'; i++)
    difference |= (guint8) (expected[i] ^ signature[i]);
  return difference == 0;
}

void
rd_demo_app_add_socket (RdDemoApp *self, RdDemoSocket *socket)
{
  JsonObject *hello;
  g_autofree char *text = NULL;

  g_return_if_fail (RD_IS_DEMO_APP (self));
  g_return_if_fail (RD_IS_DEMO_SOCKET (socket));

  if (self->away)
    {
      rd_demo_socket_drop (socket);
      return;
    }
  g_ptr_array_add (self->sockets, g_object_ref (socket));
  g_signal_connect_object (socket, "frame", G_CALLBACK (on_frame), self, 0);
  g_signal_connect_object (socket, "closed", G_CALLBACK (on_closed), self, 0);
  hello = json_object_new ();
  json_object_set_string_member (hello, "socket_id", rd_demo_socket_get_id (socket));
  json_object_set_int_member (hello, "activity_timeout", ACTIVITY_TIMEOUT);
  text = rd_demo_json_take_text (hello);
  rd_demo_socket_send_event (socket, "pusher:connection_established", NULL, string_node (text));
  rd_demo_app_tell (self, "%s connected", rd_demo_socket_get_id (socket));
}

guint
rd_demo_app_drop (RdDemoApp *self)
{
  g_autoptr (GPtrArray) sockets = NULL;

  g_return_val_if_fail (RD_IS_DEMO_APP (self), 0);

  sockets = rd_demo_app_dup_sockets (self, NULL);
  for (guint i = 0; i < sockets->len; i++)
    rd_demo_socket_drop (g_ptr_array_index (sockets, i));
  return sockets->len;
}

void
rd_demo_app_set_away (RdDemoApp *self, gboolean away)
{
  g_return_if_fail (RD_IS_DEMO_APP (self));

  self->away = away;
  if (away)
    rd_demo_app_drop (self);
}

void
rd_demo_app_trigger (RdDemoApp *self, const char *channel, const char *event, const char *data, const char *except)
{
  g_autoptr (GPtrArray) sockets = NULL;
  guint reached = 0;

  g_return_if_fail (RD_IS_DEMO_APP (self));
  g_return_if_fail (channel != NULL && event != NULL && data != NULL);

  sockets = rd_demo_app_dup_sockets (self, channel);
  for (guint i = 0; i < sockets->len; i++)
    {
      RdDemoSocket *socket = g_ptr_array_index (sockets, i);

      if (g_strcmp0 (rd_demo_socket_get_id (socket), except) == 0)
        continue;
      rd_demo_socket_send_event (socket, event, channel, string_node (data));
      reached++;
    }
  rd_demo_app_tell (self, "%s on %s → %u", event, channel, reached);
}

GPtrArray *
rd_demo_app_dup_sockets (RdDemoApp *self, const char *channel)
{
  GPtrArray *sockets;

  g_return_val_if_fail (RD_IS_DEMO_APP (self), NULL);

  sockets = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->sockets->len; i++)
    {
      RdDemoSocket *socket = g_ptr_array_index (self->sockets, i);

      if (channel == NULL || rd_demo_socket_is_in (socket, channel))
        g_ptr_array_add (sockets, g_object_ref (socket));
    }
  return sockets;
}

void
rd_demo_app_tell (RdDemoApp *self, const char *format, ...)
{
  va_list args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_signal_emit (self, signals[SIGNAL_LOG], 0, text);
}

void
rd_demo_app_send (RdDemoApp *self, const char *channel, const char *frame, RdDemoSocket *except)
{
  g_autoptr (GPtrArray) sockets = rd_demo_app_dup_sockets (self, channel);

  for (guint i = 0; i < sockets->len; i++)
    if (g_ptr_array_index (sockets, i) != except)
      rd_demo_socket_send (g_ptr_array_index (sockets, i), frame);
}

void
rd_demo_app_refuse (RdDemoSocket *socket, const char *channel, const char *type, const char *error, int status)
{
  JsonObject *data = json_object_new ();

  json_object_set_string_member (data, "type", type);
  json_object_set_string_member (data, "error", error);
  json_object_set_int_member (data, "status", status);
  rd_demo_socket_send_event (socket, "pusher:subscription_error", channel, rd_demo_json_take (data));
}
