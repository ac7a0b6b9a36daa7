/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-app-private.h"

#include "rd-demo-json.h"

#include <string.h>

/* An application's presence channels: who is in them, by a socket or as a guest, and who is told. */

#define MAX_MEMBERS 100
#define MAX_MEMBER_BYTES 2048

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
  rd_demo_app_send (self, channel, text, except);
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
  rd_demo_socket_send_event (socket, "pusher_internal:subscription_succeeded", channel,
                              json_node_init_string (json_node_alloc (), text));
}

void
rd_demo_app_join_presence (RdDemoApp *self, RdDemoSocket *socket, const char *channel, JsonObject *data)
{
  g_autoptr (JsonObject) member = read_member (data);
  g_autoptr (JsonObject) members = dup_members (self, channel, socket);
  const char *text = rd_demo_json_get_string (data, "channel_data");
  const char *user_id;
  JsonNode *info;

  if (member == NULL)
    {
      rd_demo_app_refuse (socket, channel, "AuthError", "The connection is unauthorized.", 401);
      return;
    }
  user_id = rd_demo_json_get_string (member, "user_id");
  if (strlen (text) > MAX_MEMBER_BYTES)
    {
      rd_demo_app_refuse (socket, channel, "LimitReached", "The maximum size for a channel member is 2 KB.", 4301);
      return;
    }
  if (json_object_get_size (members) + 1 > MAX_MEMBERS && !json_object_has_member (members, user_id))
    {
      rd_demo_app_refuse (socket, channel, "LimitReached",
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

void
rd_demo_app_leave (RdDemoApp *self, RdDemoSocket *socket, const char *channel)
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
  rd_demo_app_tell (self, "member %s joined %s", user_id, channel);
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
  rd_demo_app_tell (self, "member %s left %s", user_id, channel);
  return TRUE;
}

JsonObject *
rd_demo_app_dup_members (RdDemoApp *self, const char *channel)
{
  g_return_val_if_fail (RD_IS_DEMO_APP (self), NULL);

  return dup_members (self, channel, NULL);
}
