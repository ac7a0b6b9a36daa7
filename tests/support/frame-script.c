/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "frame-script.h"

#include <string.h>

/* Frames as servers send them, written down once with gaps to fill. */

static void
free_fact (gpointer node)
{
  if (node != NULL)
    json_node_unref (node);
}

static JsonNode *
new_string (const char *text)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, text);
  return node;
}

/* (nullable): the name between the two signs, if @text is nothing else */
static char *
dup_name (const char *text)
{
  gsize length = strlen (text);

  if (length < 3 || text[0] != '%' || text[length - 1] != '%' || strchr (text + 1, '%') != text + length - 1)
    return NULL;
  return g_strndup (text + 1, length - 2);
}

/* Puts facts that are strings into the midst of @text. */
static JsonNode *
fill_text (const char *text, FrameFacts *facts)
{
  g_autoptr (GString) filled = g_string_new (text);
  GHashTableIter iter;
  gpointer name, fact;

  g_hash_table_iter_init (&iter, facts);
  while (g_hash_table_iter_next (&iter, &name, &fact))
    {
      g_autofree char *gap = g_strdup_printf ("%%%s%%", (char *) name);

      if (fact != NULL && json_node_get_value_type (fact) == G_TYPE_STRING)
        g_string_replace (filled, gap, json_node_get_string (fact), 0);
    }
  return new_string (filled->str);
}

/* Takes @value (nullable). */
static void
put_member (JsonObject *object, const char *name, JsonNode *value)
{
  if (value != NULL && strcmp (name, "json") == 0)
    {
      g_autofree char *text = json_to_string (value, FALSE);

      json_object_set_string_member (object, "data", text);
      json_node_unref (value);
    }
  else if (value != NULL)
    json_object_set_member (object, name, value);
}

/* (nullable) (transfer full): what a string of a template becomes */
static JsonNode *
fill_string (const char *text, FrameFacts *facts)
{
  g_autofree char *name = dup_name (text);
  JsonNode *fact;

  if (name == NULL)
    return fill_text (text, facts);
  fact = g_hash_table_lookup (facts, name);
  return fact != NULL ? json_node_copy (fact) : NULL;
}

/* (nullable) (transfer full) */
static JsonNode *
fill (JsonNode *template, FrameFacts *facts)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (JSON_NODE_HOLDS_OBJECT (template))
    {
      g_autoptr (JsonObject) object = json_object_new ();

      json_object_iter_init (&iter, json_node_get_object (template));
      while (json_object_iter_next (&iter, &name, &value))
        put_member (object, name, fill (value, facts));
      value = json_node_new (JSON_NODE_OBJECT);
      json_node_set_object (value, object);
      return value;
    }
  if (JSON_NODE_HOLDS_ARRAY (template))
    {
      g_autoptr (JsonArray) array = json_array_new ();

      for (guint i = 0; i < json_array_get_length (json_node_get_array (template)); i++)
        if ((value = fill (json_array_get_element (json_node_get_array (template), i), facts)) != NULL)
          json_array_add_element (array, value);
      value = json_node_new (JSON_NODE_ARRAY);
      json_node_set_array (value, array);
      return value;
    }
  if (json_node_get_value_type (template) == G_TYPE_STRING)
    return fill_string (json_node_get_string (template), facts);
  return json_node_copy (template);
}

FrameFacts *
frame_facts_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_fact);
}

void
frame_facts_set_string (FrameFacts *self, const char *name, const char *value)
{
  frame_facts_take (self, name, value != NULL ? new_string (value) : NULL);
}

void
frame_facts_set_int (FrameFacts *self, const char *name, gint64 value)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_int (node, value);
  frame_facts_take (self, name, node);
}

void
frame_facts_take (FrameFacts *self, const char *name, JsonNode *value)
{
  g_hash_table_insert (self, g_strdup (name), value);
}

char *
frame_script_fill (JsonNode *template, FrameFacts *facts)
{
  g_autoptr (JsonNode) filled = fill (template, facts);

  g_assert_nonnull (filled);
  return json_to_string (filled, FALSE);
}
