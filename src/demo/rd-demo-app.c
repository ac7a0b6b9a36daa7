/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-app.h"

#include "rd-demo-json.h"

#include <string.h>

/* The Channels protocol from the server's side, for one application: handshake, subscriptions and their signatures,
 * presence, client events. Frames and errors have soketi's shapes, down to its objects where others send strings. */

#define ACTIVITY_TIMEOUT 30
#define MAX_CHANNEL_NAME 200
#define MAX_CHANNELS_PER_SOCKET 1000
#define MAX_MEMBERS 100
#define MAX_MEMBER_BYTES 2048
#define MAX_CLIENT_EVENT_BYTES (100 * 1024)

enum
{
  SIGNAL_SUBSCRIBED,
  SIGNAL_LOG,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdDemoApp
{
  GObject parent_instance;

  char *id;
  char *key;
  char *secret;
  GPtrArray *sockets;
  gboolean away;
  GHashTable *guests;  /* presence channel → JsonObject, user id → user_info */
};

G_DEFINE_FINAL_TYPE (RdDemoApp, rd_demo_app, G_TYPE_OBJECT)

static void G_GNUC_PRINTF (2, 3)
tell (RdDemoApp *self, const char *format, ...)
{
  va_list args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_signal_emit (self, signals[SIGNAL_LOG], 0, text);
}

static void
send_to_channel (RdDemoApp *self, const char *channel, const char *frame, RdDemoSocket *except)
{
  g_autoptr (GPtrArray) sockets = rd_demo_app_dup_sockets (self, channel);

  for (guint i = 0; i < sockets->len; i++)
    if (g_ptr_array_index (sockets, i) != except)
      rd_demo_socket_send (g_ptr_array_index (sockets, i), frame);
}

static JsonNode *
string_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static void
refuse_subscription (RdDemoSocket *socket, const char *channel, const char *type, const char *error, int status)
{
  JsonObject *data = json_object_new ();

  json_object_set_string_member (data, "type", type);
  json_object_set_string_member (data, "error", error);
  json_object_set_int_member (data, "status", status);
  rd_demo_socket_send_event (socket, "pusher:subscription_error", channel, rd_demo_json_take (data));
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

/* (transfer full): a presence channel's members, user id → user_info, without @except's own */
static JsonObject *
dup_members (RdDemoApp *self, const char *channel, RdDemoSocket *except)
{
  g_autoptr (GPtrArray) sockets = rd_demo_app_dup_sockets (self, channel);
  JsonObject *members = json_object_new ();
  JsonObject *guests = g_hash_table_lookup (self->guests, channel);
  g_autoptr (GList) ids = guests != NULL ? json_object_get_members (guests) : NULL;

  for (GList *l = ids; l != NULL; l = l->next)
    json_object_set_member (members, l->data, json_node_copy (json_object_get_member (guests, l->data)));
  for (guint i = 0; i < sockets->len; i++)
    {
      RdDemoSocket *socket = g_ptr_array_index (sockets, i);
      JsonObject *member = rd_demo_socket_get_member (socket, channel);
      JsonNode *info;

      if (member == NULL || socket == except)
        continue;
      info = json_object_get_member (member, "user_info");
      json_object_set_member (members, rd_demo_json_get_string (member, "user_id"),
                              info != NULL ? json_node_copy (info) : json_node_new (JSON_NODE_NULL));
    }
  return members;
}

/* (transfer full) (nullable): `{user_id: string, user_info}` */
static JsonObject *
read_member (JsonObject *data)
{
  const char *text = rd_demo_json_get_string (data, "channel_data");
  g_autoptr (JsonNode) node = text != NULL ? rd_demo_json_parse (text, strlen (text)) : NULL;
  JsonObject *given = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *number = NULL;
  const char *user_id;
  JsonObject *member;

  if (given == NULL)
    return NULL;
  user_id = rd_demo_json_get_string (given, "user_id");
  if (user_id == NULL && rd_demo_json_get_id (given, "user_id") != 0)
    user_id = number = g_strdup_printf ("%" G_GINT64_FORMAT, rd_demo_json_get_id (given, "user_id"));
  if (user_id == NULL)
    return NULL;
  member = json_object_new ();
  json_object_set_string_member (member, "user_id", user_id);
  if (json_object_has_member (given, "user_info"))
    json_object_set_member (member, "user_info", json_node_copy (json_object_get_member (given, "user_info")));
  return member;
}

static void
announce_member (RdDemoApp *self, const char *channel, const char *event, JsonObject *member, RdDemoSocket *except)
{
  JsonObject *frame = json_object_new ();
  g_autoptr (JsonObject) data = json_object_new ();
  g_autofree char *data_text = NULL;
  g_autofree char *text = NULL;

  json_object_set_string_member (data, "user_id", rd_demo_json_get_string (member, "user_id"));
  if (strcmp (event, "pusher_internal:member_added") == 0 && json_object_has_member (member, "user_info"))
    json_object_set_member (data, "user_info", json_node_copy (json_object_get_member (member, "user_info")));
  data_text = rd_demo_json_take_text (json_object_ref (data));
  json_object_set_string_member (frame, "event", event);
  json_object_set_string_member (frame, "channel", channel);
  json_object_set_string_member (frame, "data", data_text);
  text = rd_demo_json_take_text (frame);
  send_to_channel (self, channel, text, except);
}

static void
send_presence (RdDemoSocket *socket, const char *channel, JsonObject *members)
{
  JsonObject *data = json_object_new ();
  JsonObject *presence = json_object_new ();
  JsonArray *ids = json_array_new ();
  g_autoptr (GList) names = json_object_get_members (members);
  g_autofree char *text = NULL;

  for (GList *l = names; l != NULL; l = l->next)
    json_array_add_string_element (ids, l->data);
  json_object_set_array_member (presence, "ids", ids);
  json_object_set_object_member (presence, "hash", json_object_ref (members));
  json_object_set_int_member (presence, "count", json_object_get_size (members));
  json_object_set_object_member (data, "presence", presence);
  text = rd_demo_json_take_text (data);
  rd_demo_socket_send_event (socket, "pusher_internal:subscription_succeeded", channel, string_node (text));
}

static void
join_presence (RdDemoApp *self, RdDemoSocket *socket, const char *channel, JsonObject *data)
{
  g_autoptr (JsonObject) member = read_member (data);
  g_autoptr (JsonObject) members = dup_members (self, channel, socket);
  const char *text = rd_demo_json_get_string (data, "channel_data");
  const char *user_id;
  JsonNode *info;

  if (member == NULL)
    {
      refuse_subscription (socket, channel, "AuthError", "The connection is unauthorized.", 401);
      return;
    }
  user_id = rd_demo_json_get_string (member, "user_id");
  if (strlen (text) > MAX_MEMBER_BYTES)
    {
      refuse_subscription (socket, channel, "LimitReached", "The maximum size for a channel member is 2 KB.", 4301);
      return;
    }
  if (json_object_get_size (members) + 1 > MAX_MEMBERS && !json_object_has_member (members, user_id))
    {
      refuse_subscription (socket, channel, "LimitReached",
                           "The maximum members per presence channel limit was reached", 4004);
      return;
    }
  rd_demo_socket_join (socket, channel, member);
  if (!json_object_has_member (members, user_id))
    announce_member (self, channel, "pusher_internal:member_added", member, socket);
  info = json_object_get_member (member, "user_info");
  json_object_set_member (members, user_id, info != NULL ? json_node_copy (info) : json_node_new (JSON_NODE_NULL));
  send_presence (socket, channel, members);
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
      refuse_subscription (socket, channel, "LimitReached",
                           "The channel name is longer than the allowed 200 characters.", 4009);
      return;
    }
  if (rd_demo_socket_get_n_channels (socket) >= MAX_CHANNELS_PER_SOCKET)
    {
      refuse_subscription (socket, channel, "LimitReached", "Too many channels.", 4009);
      return;
    }
  if ((presence || g_str_has_prefix (channel, "private-")) && !is_authorized (self, socket, channel, data))
    {
      tell (self, "%s refused on %s", rd_demo_socket_get_id (socket), channel);
      refuse_subscription (socket, channel, "AuthError", "The connection is unauthorized.", 401);
      return;
    }
  if (presence)
    join_presence (self, socket, channel, data);
  else
    {
      rd_demo_socket_join (socket, channel, NULL);
      rd_demo_socket_send_event (socket, "pusher_internal:subscription_succeeded", channel, NULL);
    }
  if (!rd_demo_socket_is_in (socket, channel))
    return;
  tell (self, "%s subscribed to %s", rd_demo_socket_get_id (socket), channel);
  g_signal_emit (self, signals[SIGNAL_SUBSCRIBED], 0, rd_demo_socket_get_id (socket), channel);
}

static void
leave (RdDemoApp *self, RdDemoSocket *socket, const char *channel)
{
  JsonObject *member = rd_demo_socket_get_member (socket, channel);
  g_autoptr (JsonObject) kept = member != NULL ? json_object_ref (member) : NULL;
  g_autoptr (JsonObject) others = NULL;

  rd_demo_socket_leave (socket, channel);
  if (kept == NULL)
    return;
  others = dup_members (self, channel, socket);
  if (!json_object_has_member (others, rd_demo_json_get_string (kept, "user_id")))
    announce_member (self, channel, "pusher_internal:member_removed", kept, socket);
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
    send_to_channel (self, channel, text, socket);
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
    leave (self, socket, channel);
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
    leave (self, socket, g_ptr_array_index (channels, i));
  g_ptr_array_remove (self->sockets, socket);
  tell (self, "%s disconnected", rd_demo_socket_get_id (socket));
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
  tell (self, "%s connected", rd_demo_socket_get_id (socket));
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
  tell (self, "%s on %s → %u", event, channel, reached);
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

gboolean
rd_demo_app_add_guest (RdDemoApp *self, const char *channel, const char *user_id, JsonObject *info)
{
  g_autoptr (JsonObject) member = json_object_new ();
  g_autoptr (JsonObject) members = NULL;
  JsonObject *guests;

  g_return_val_if_fail (RD_IS_DEMO_APP (self), FALSE);
  g_return_val_if_fail (channel != NULL && user_id != NULL, FALSE);

  json_object_set_string_member (member, "user_id", user_id);
  json_object_set_object_member (member, "user_info", info);
  members = dup_members (self, channel, NULL);
  guests = g_hash_table_lookup (self->guests, channel);
  if (json_object_get_size (members) >= MAX_MEMBERS || (guests != NULL && json_object_has_member (guests, user_id)))
    return FALSE;
  if (guests == NULL)
    {
      guests = json_object_new ();
      g_hash_table_insert (self->guests, g_strdup (channel), guests);
    }
  json_object_set_member (guests, user_id, json_node_copy (json_object_get_member (member, "user_info")));
  if (!json_object_has_member (members, user_id))
    announce_member (self, channel, "pusher_internal:member_added", member, NULL);
  tell (self, "member %s joined %s", user_id, channel);
  return TRUE;
}

gboolean
rd_demo_app_remove_guest (RdDemoApp *self, const char *channel, const char *user_id)
{
  g_autoptr (JsonObject) member = json_object_new ();
  g_autoptr (JsonObject) others = NULL;
  JsonObject *guests;

  g_return_val_if_fail (RD_IS_DEMO_APP (self), FALSE);
  g_return_val_if_fail (channel != NULL && user_id != NULL, FALSE);

  guests = g_hash_table_lookup (self->guests, channel);
  if (guests == NULL || !json_object_has_member (guests, user_id))
    return FALSE;
  json_object_remove_member (guests, user_id);
  json_object_set_string_member (member, "user_id", user_id);
  others = dup_members (self, channel, NULL);
  if (!json_object_has_member (others, user_id))
    announce_member (self, channel, "pusher_internal:member_removed", member, NULL);
  tell (self, "member %s left %s", user_id, channel);
  return TRUE;
}

JsonObject *
rd_demo_app_dup_members (RdDemoApp *self, const char *channel)
{
  g_return_val_if_fail (RD_IS_DEMO_APP (self), NULL);

  return dup_members (self, channel, NULL);
}
