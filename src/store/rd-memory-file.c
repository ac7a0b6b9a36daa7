/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-memory"

#include "config.h"

#include "rd-memory-file.h"

#include "rd-fault.h"
#include "rd-json.h"
#include "rd-memory.h"

#include <string.h>

/* An account's page of the memory, and the JSON it is kept as:
 *
 *   {"format":1,"stood":1767614400000000,"open":["7"],"seen":["0123456789abcdef",1767614399000000,…]}
 *
 * with the oldest of "seen" first. */

#define FORMAT 1
#define DIGEST_CHARS 16
#define MAX_ID 128

RdMemoryPage *
rd_memory_page_new (void)
{
  RdMemoryPage *self = g_new0 (RdMemoryPage, 1);

  self->keys = g_array_new (FALSE, FALSE, sizeof (RdMemoryKey));
  return self;
}

void
rd_memory_page_free (RdMemoryPage *self)
{
  g_array_unref (self->keys);
  g_strfreev (self->open);
  g_free (self);
}

void
rd_memory_page_add (RdMemoryPage *self, guint64 digest, gint64 at)
{
  const RdMemoryKey key = { digest, at };

  if (self->keys->len < RD_MEMORY_MAX_KEYS)
    {
      g_array_append_val (self->keys, key);
      return;
    }
  g_array_index (self->keys, RdMemoryKey, self->oldest) = key;
  self->oldest = (self->oldest + 1) % RD_MEMORY_MAX_KEYS;
}

static JsonNode *
format_open (const RdMemoryPage *self)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; self->open != NULL && self->open[i] != NULL; i++)
    json_array_add_string_element (array, self->open[i]);
  json_node_take_array (node, array);
  return node;
}

/* By hand but for the strangers' ids: this is done after each change, and most of it is numbers. */
GBytes *
rd_memory_page_format (const RdMemoryPage *self)
{
  GString *text = g_string_new (NULL);
  g_autoptr (JsonNode) open = format_open (self);
  g_autofree char *ids = json_to_string (open, FALSE);

  g_string_append_printf (text, "{\"format\":%d,\"stood\":%" G_GINT64_FORMAT ",\"open\":%s,\"seen\":[", FORMAT,
                          self->stood, ids);
  for (guint i = 0; i < self->keys->len; i++)
    {
      const RdMemoryKey *key
        = &g_array_index (self->keys, RdMemoryKey, (self->oldest + i) % self->keys->len);

      g_string_append_printf (text, "%s\"%016" G_GINT64_MODIFIER "x\",%" G_GINT64_FORMAT, i > 0 ? "," : "",
                              key->digest, key->at);
    }
  g_string_append (text, "]}\n");
  return g_string_free_to_bytes (text);
}

static gboolean
get_int (JsonNode *node, gint64 *number)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *number = json_node_get_int (node);
  return TRUE;
}

static gboolean
get_digest (JsonNode *node, guint64 *digest)
{
  const char *text = rd_json_string (node);

  return text != NULL && strlen (text) == DIGEST_CHARS
         && g_ascii_string_to_unsigned (text, 16, 0, G_MAXUINT64, digest, NULL);
}

static gboolean
parse_seen (RdMemoryPage *self, JsonNode *node)
{
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  if (json_array_get_length (array) % 2 != 0 || json_array_get_length (array) > 2 * RD_MEMORY_MAX_KEYS)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i += 2)
    {
      guint64 digest;
      gint64 at;

      if (!get_digest (json_array_get_element (array, i), &digest)
          || !get_int (json_array_get_element (array, i + 1), &at))
        return FALSE;
      rd_memory_page_add (self, digest, at);
    }
  return TRUE;
}

static gboolean
parse_open (RdMemoryPage *self, JsonNode *node)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  if (json_array_get_length (array) > RD_MEMORY_MAX_OPEN)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *id = rd_json_dup_exact (json_array_get_element (array, i), MAX_ID);

      if (id == NULL)
        return FALSE;
      g_strv_builder_add (builder, id);
    }
  self->open = g_strv_builder_end (builder);
  return TRUE;
}

RdMemoryPage *
rd_memory_page_parse (GBytes *text, GError **error)
{
  g_autoptr (RdMemoryPage) self = rd_memory_page_new ();
  g_autoptr (JsonNode) root = NULL;
  gint64 format = 0;
  gsize length;
  const char *data = g_bytes_get_data (text, &length);

  root = rd_json_parse (data != NULL ? data : "", (gssize) length, error);
  if (root == NULL)
    return NULL;
  if (!get_int (rd_json_member (root, "format"), &format) || format != FORMAT
      || !get_int (rd_json_member (root, "stood"), &self->stood) || self->stood < 0
      || !parse_open (self, rd_json_member (root, "open")) || !parse_seen (self, rd_json_member (root, "seen")))
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, "not as Ringdown writes it", NULL));
      return NULL;
    }
  return g_steal_pointer (&self);
}
