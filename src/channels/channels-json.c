/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-json-private.h"

#include <string.h>

#include "channels-error.h"

/* Reads JSON nobody vouches for. json-glib recurses once per bracket and knows no limit, so the text is
 * looked over once before it gets there. */

#define MAX_DEPTH 64
#define ESCAPE_LENGTH 6 /* \uXXXX */

typedef struct
{
  const char *data;
  gsize length;
  char *patched; /* (nullable): a copy with bad escapes replaced */
} Text;

/* The code unit of the escape \uXXXX at @at, or -1. */
static int
read_escape (const Text *text, gsize at)
{
  int unit = 0;

  if (at + ESCAPE_LENGTH > text->length || text->data[at] != '\\' || text->data[at + 1] != 'u')
    return -1;
  for (gsize i = 2; i < ESCAPE_LENGTH; i++)
    {
      int digit = g_ascii_xdigit_value (text->data[at + i]);

      if (digit < 0)
        return -1;
      unit = unit * 16 + digit;
    }
  return unit;
}

static void
replace_escape (Text *text, gsize at)
{
  if (text->patched == NULL)
    {
      text->patched = g_memdup2 (text->data, text->length + 1);
      text->patched[text->length] = '\0';
    }
  memcpy (text->patched + at, "\\ufffd", ESCAPE_LENGTH);
}

/* How many bytes the escape at @at takes, replacing it if no character stands behind it. */
static gsize
check_escape (Text *text, gsize at)
{
  int unit = read_escape (text, at);

  if (unit < 0)
    return 2;
  if (unit >= 0xd800 && unit <= 0xdbff)
    {
      int low = read_escape (text, at + ESCAPE_LENGTH);

      if (low >= 0xdc00 && low <= 0xdfff)
        return 2 * ESCAPE_LENGTH;
    }
  if (unit == 0 || (unit >= 0xd800 && unit <= 0xdfff))
    replace_escape (text, at);
  return ESCAPE_LENGTH;
}

/* What may stand outside a string: white space, punctuation, numbers, true, false, null. */
static gboolean
is_plain (char c)
{
  switch (c)
    {
    case ' ':
    case '\t':
    case '\r':
    case '\n':
    case '{':
    case '}':
    case '[':
    case ']':
    case ':':
    case ',':
    case '+':
    case '-':
    case '.':
      return TRUE;
    default:
      return g_ascii_isalnum (c);
    }
}

static gboolean
look_over (Text *text, GError **error)
{
  gboolean in_string = FALSE;
  guint depth = 0;
  gsize i = 0;

  while (i < text->length)
    {
      char c = text->data[i];

      /* most of it */
      if (in_string && c != '"' && c != '\\')
        {
          i++;
          continue;
        }
      if (c == '"')
        in_string = !in_string;
      else if (in_string)
        {
          i += check_escape (text, i);
          continue;
        }
      else if (c == '{' || c == '[')
        depth++;
      else if (depth > 0 && (c == '}' || c == ']'))
        depth--;
      else if (!is_plain (c))
        {
          g_set_error (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED, "Not JSON from byte %" G_GSIZE_FORMAT, i);
          return FALSE;
        }
      if (depth > MAX_DEPTH)
        {
          g_set_error (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED, "JSON nested more than %d deep", MAX_DEPTH);
          return FALSE;
        }
      i++;
    }
  return TRUE;
}

JsonNode *
channels_json_parse (const char *data, gssize length, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autofree char *patched = NULL;
  g_autoptr (GError) local_error = NULL;
  Text text = { data, length < 0 ? strlen (data) : (gsize) length, NULL };
  JsonNode *root;
  gboolean looked_over;

  if (text.length == 0)
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED, "Nothing where JSON was expected");
      return NULL;
    }
  if (!g_utf8_validate_len (data, text.length, NULL))
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED, "Not UTF-8 text");
      return NULL;
    }
  looked_over = look_over (&text, error);
  patched = text.patched;
  if (!looked_over)
    return NULL;

  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, patched != NULL ? patched : data, (gssize) text.length, &local_error))
    {
      g_set_error (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED, "Not JSON: %s", local_error->message);
      return NULL;
    }
  root = json_parser_steal_root (parser);
  if (root == NULL)
    g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED, "Nothing where JSON was expected");
  return root;
}

JsonObject *
channels_json_get_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

const char *
channels_json_get_string (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

JsonNode *
channels_json_read_data (const char *text)
{
  JsonNode *document = channels_json_parse (text, -1, NULL);

  if (document != NULL)
    return document;
  return json_node_init_string (json_node_alloc (), text);
}

JsonNode *
channels_json_dup_data (JsonNode *node)
{
  if (node == NULL)
    return json_node_new (JSON_NODE_NULL);
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return channels_json_read_data (json_node_get_string (node));
  return json_node_ref (node);
}

char *
channels_json_dup_id (JsonNode *node)
{
  GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type == G_TYPE_STRING && json_node_get_string (node)[0] != '\0')
    return g_strdup (json_node_get_string (node));
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return NULL;
}

gint64
channels_json_get_int (JsonObject *object, const char *name, gint64 fallback)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_INVALID;
  gint64 value;

  if (type == G_TYPE_INT64)
    return json_node_get_int (node);
  if (type == G_TYPE_STRING &&
      g_ascii_string_to_signed (json_node_get_string (node), 10, G_MININT64, G_MAXINT64, &value, NULL))
    return value;
  return fallback;
}
