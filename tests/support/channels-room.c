/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "channels-room.h"

/* The members of a presence channel of the tests' servers. */

struct _ChannelsRoom
{
  JsonObject *members; /* id → user_info */
  gboolean numeric_ids;
  gboolean empty_array;
};

ChannelsRoom *
channels_room_new (gboolean numeric_ids, gboolean empty_array)
{
  ChannelsRoom *self = g_new0 (ChannelsRoom, 1);

  self->members = json_object_new ();
  self->numeric_ids = numeric_ids;
  self->empty_array = empty_array;
  return self;
}

void
channels_room_free (ChannelsRoom *self)
{
  json_object_unref (self->members);
  g_free (self);
}

void
channels_room_add_json (ChannelsRoom *self, const char *channel_data)
{
  g_autoptr (JsonNode) root = json_from_string (channel_data, NULL);
  JsonObject *object = json_node_get_object (root);
  JsonNode *info = json_object_get_member (object, "user_info");

  json_object_set_member (self->members, json_object_get_string_member (object, "user_id"), json_node_copy (info));
}

gboolean
channels_room_add (ChannelsRoom *self, const char *user_id, FrameFacts *facts)
{
  g_autoptr (JsonObject) info = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  gboolean is_new = !json_object_has_member (self->members, user_id);

  json_object_set_string_member (info, "name", user_id);
  json_node_set_object (node, info);
  frame_facts_take (facts, "user", channels_room_dup_id (self, user_id));
  frame_facts_take (facts, "info", json_node_copy (node));
  json_object_set_member (self->members, user_id, node);
  return is_new;
}

gboolean
channels_room_remove (ChannelsRoom *self, const char *user_id)
{
  gboolean was_there = json_object_has_member (self->members, user_id);

  if (was_there)
    json_object_remove_member (self->members, user_id);
  return was_there;
}

void
channels_room_describe (ChannelsRoom *self, FrameFacts *facts)
{
  guint count = json_object_get_size (self->members);
  JsonNode *hash = json_node_new (count == 0 && self->empty_array ? JSON_NODE_ARRAY : JSON_NODE_OBJECT);
  JsonNode *ids = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  JsonObjectIter iter;
  const char *id;

  json_object_iter_init_ordered (&iter, self->members);
  while (json_object_iter_next_ordered (&iter, &id, NULL))
    json_array_add_element (array, channels_room_dup_id (self, id));
  json_node_take_array (ids, array);
  if (JSON_NODE_HOLDS_ARRAY (hash))
    json_node_take_array (hash, json_array_new ());
  else
    json_node_set_object (hash, self->members);
  frame_facts_take (facts, "ids", ids);
  frame_facts_take (facts, "hash", hash);
  frame_facts_set_int (facts, "count", count);
}

JsonNode *
channels_room_dup_id (ChannelsRoom *self, const char *user_id)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  gint64 number;

  if (self->numeric_ids && g_ascii_string_to_signed (user_id, 10, 0, G_MAXINT64, &number, NULL))
    json_node_set_int (node, number);
  else
    json_node_set_string (node, user_id);
  return node;
}
