/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-members-private.h"

#include <string.h>

#include "channels-json-private.h"

/* Who is in a presence channel. Servers allow a hundred; one that has no end does not get its way. */

#define MAX_MEMBERS 1000

static void
free_info (gpointer info)
{
  if (info != NULL)
    json_node_unref (info);
}

/* (nullable) (transfer full): a null says nothing either. */
static JsonNode *
dup_info (JsonNode *info)
{
  return info != NULL && !JSON_NODE_HOLDS_NULL (info) ? json_node_ref (info) : NULL;
}

/* @id, @info: (nullable) (transfer full) */
static gboolean
insert (GHashTable *members, char *id, JsonNode *info)
{
  if (id != NULL && (g_hash_table_size (members) < MAX_MEMBERS || g_hash_table_contains (members, id)))
    return g_hash_table_insert (members, id, info);
  g_free (id);
  free_info (info);
  return FALSE;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GHashTable *
channels_members_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_info);
}

/* `presence`: `ids`, an array of strings or numbers, and `hash`, an object from id to user_info, or [] if it is
 * empty; servers have been seen to leave one of the two away. */
GHashTable *
channels_members_read (JsonNode *data)
{
  JsonObject *outer = channels_json_get_object (data);
  JsonObject *presence = outer != NULL ? channels_json_get_object (json_object_get_member (outer, "presence")) : NULL;
  JsonNode *ids = presence != NULL ? json_object_get_member (presence, "ids") : NULL;
  JsonObject *hash = presence != NULL ? channels_json_get_object (json_object_get_member (presence, "hash")) : NULL;
  GHashTable *members;
  JsonObjectIter iter;
  const char *id;
  JsonNode *info;

  if (presence == NULL)
    return NULL;
  members = channels_members_new ();
  if (ids != NULL && JSON_NODE_HOLDS_ARRAY (ids))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (ids)); i++)
      insert (members, channels_json_dup_id (json_array_get_element (json_node_get_array (ids), i)), NULL);
  if (hash != NULL)
    {
      json_object_iter_init (&iter, hash);
      while (json_object_iter_next (&iter, &id, &info))
        channels_members_put (members, id, info);
    }
  return members;
}

GHashTable *
channels_members_copy (GHashTable *members)
{
  GHashTable *copy = channels_members_new ();
  GHashTableIter iter;
  gpointer id, info;

  g_hash_table_iter_init (&iter, members);
  while (g_hash_table_iter_next (&iter, &id, &info))
    channels_members_put (copy, id, info);
  return copy;
}

gboolean
channels_members_put (GHashTable *members, const char *id, JsonNode *info)
{
  return insert (members, g_strdup (id), dup_info (info));
}

void
channels_members_note (GHashTable *changes, const char *id, JsonNode *info, gboolean came)
{
  JsonNode *node = NULL;

  if (came)
    node = info != NULL ? json_node_ref (info) : json_node_new (JSON_NODE_NULL);
  insert (changes, g_strdup (id), node);
}

void
channels_members_apply (GHashTable *members, GHashTable *changes)
{
  GHashTableIter iter;
  gpointer id, info;

  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &id, &info))
    if (info == NULL)
      g_hash_table_remove (members, id);
    else
      channels_members_put (members, id, info);
}

GPtrArray *
channels_members_dup_ids (GHashTable *members)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer id;

  if (members != NULL)
    {
      g_hash_table_iter_init (&iter, members);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        g_ptr_array_add (ids, g_strdup (id));
    }
  g_ptr_array_sort (ids, compare_ids);
  return ids;
}
