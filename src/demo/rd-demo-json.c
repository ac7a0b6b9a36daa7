/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-json.h"

#include <string.h>
#include <sys/random.h>

#define MAX_DEPTH 32

/* json-glib's parser calls itself for each level: a few kilobytes of brackets would use up the stack. */
static gboolean
is_shallow (const char *text, gsize length)
{
  gboolean quoted = FALSE;
  int depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (quoted && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        quoted = !quoted;
      else if (quoted)
        continue;
      else if (text[i] == '[' || text[i] == '{')
        depth++;
      else if (text[i] == ']' || text[i] == '}')
        depth--;
      if (depth > MAX_DEPTH)
        return FALSE;
    }
  return TRUE;
}

JsonNode *
rd_demo_json_parse (const char *text, gsize length)
{
  g_autoptr (JsonParser) parser = NULL;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  if (length == 0 || !g_utf8_validate_len (text, length, NULL) || !is_shallow (text, length))
    return NULL;
  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, text, (gssize) length, NULL))
    return NULL;
  return json_parser_steal_root (parser);
}

const char *
rd_demo_json_get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

JsonObject *
rd_demo_json_get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

gint64
rd_demo_json_get_id (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  guint64 id = 0;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return 0;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return MAX (json_node_get_int (node), 0);
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    g_ascii_string_to_unsigned (json_node_get_string (node), 10, 1, G_MAXINT64, &id, NULL);
  return (gint64) id;
}

char *
rd_demo_json_to_text (JsonNode *node)
{
  return json_to_string (node, FALSE);
}

JsonNode *
rd_demo_json_take (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

char *
rd_demo_json_take_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = rd_demo_json_take (object);

  return rd_demo_json_to_text (node);
}

void
rd_demo_json_set_time (JsonObject *object, const char *name, gint64 time)
{
  g_autoptr (GDateTime) seconds = NULL;
  g_autofree char *text = NULL;
  g_autofree char *stamp = NULL;

  if (time == 0)
    {
      json_object_set_null_member (object, name);
      return;
    }
  seconds = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  text = g_date_time_format (seconds, "%Y-%m-%dT%H:%M:%S");
  stamp = g_strdup_printf ("%s.%06dZ", text, (int) (time % G_USEC_PER_SEC));
  json_object_set_string_member (object, name, stamp);
}

void
rd_demo_json_set_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
  else
    json_object_set_null_member (object, name);
}

char *
rd_demo_random_hex (guint bytes)
{
  g_autofree guint8 *data = g_malloc (bytes);
  GString *hex = g_string_sized_new (2 * bytes);

  if (getrandom (data, bytes, 0) != (gssize) bytes)
    g_error ("No random bytes");
  for (guint i = 0; i < bytes; i++)
    g_string_append_printf (hex, "%02x", data[i]);
  return g_string_free (hex, FALSE);
}
