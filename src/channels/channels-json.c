/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-json-private.h"

#include <math.h>
#include <string.h>

#include "channels-error.h"
#include "channels-json-reader-private.h"

/* Reads JSON nobody vouches for. Nearly all of it is read by ChannelsJsonReader. json-glib, which recurses once per
 * bracket and knows no limit, gets the rest, which is looked over once before it gets there. */

#define ESCAPE_LENGTH 6 /* \uHHHH */

typedef struct
{
  const char *data;
  gsize length;
  char *patched; /* (nullable): a copy with bad escapes replaced */
} Text;

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED, message);
  return FALSE;
}

/* The code unit of the escape \uHHHH at @at, or -1. */
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
    text->patched = g_memdup2 (text->data, text->length);
  memcpy (text->patched + at, "\\ufffd", ESCAPE_LENGTH);
}

/* How many bytes the escape at @at takes, replacing it if no character stands behind it; 0: it is none of JSON's.
 * json-glib would make bytes of it that are no UTF-8. */
static gsize
check_escape (Text *text, gsize at)
{
  int unit = read_escape (text, at);

  if (unit < 0)
    return at + 1 < text->length && text->data[at + 1] != '\0' && strchr ("\"\\/bfnrt", text->data[at + 1]) != NULL
               ? 2
               : 0;
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

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
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

/* Whether nothing but white space stands behind the document that ended before @from. json-glib would go on with the
 * next document, and never free the one before. */
static gboolean
check_end (const Text *text, gsize from, GError **error)
{
  for (gsize i = from; i < text->length; i++)
    if (!is_space (text->data[i]))
      return refuse (error, "More than one JSON document");
  return TRUE;
}

/* A document that is a lone number, true, false or null. */
static gboolean
look_over_word (const Text *text, gsize from, GError **error)
{
  gsize i = from;

  while (i < text->length && (g_ascii_isalnum (text->data[i]) || strchr ("+-.", text->data[i]) != NULL))
    i++;
  return i > from ? check_end (text, i, error) : refuse (error, "Not JSON from the beginning");
}

static gboolean
look_over (Text *text, GError **error)
{
  guint members[CHANNELS_JSON_MAX_DEPTH + 2] = { 0 };
  gboolean in_string = FALSE;
  guint depth = 0;
  gsize i = 0;

  while (i < text->length && is_space (text->data[i]))
    i++;
  if (i == text->length)
    return refuse (error, "Nothing where JSON was expected");
  if (text->data[i] != '{' && text->data[i] != '[' && text->data[i] != '"')
    return look_over_word (text, i, error);
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
          gsize length = check_escape (text, i);

          if (length == 0)
            return refuse (error, "Not JSON");
          i += length;
          continue;
        }
      else if (c == '{' || c == '[')
        members[++depth] = 0;
      else if (c == '}' || c == ']')
        depth--;
      else if (!is_plain (c))
        return refuse (error, "Not JSON");
      if (c == ':' && ++members[depth] > CHANNELS_JSON_MAX_MEMBERS)
        return refuse (error, "A JSON object of more than " G_STRINGIFY (CHANNELS_JSON_MAX_MEMBERS) " members");
      if (depth > CHANNELS_JSON_MAX_DEPTH)
        return refuse (error, "JSON nested more than " G_STRINGIFY (CHANNELS_JSON_MAX_DEPTH) " deep");
      i++;
      if (depth == 0 && !in_string)
        return check_end (text, i, error);
    }
  return TRUE;
}

/* Nearly all of it is, and g_utf8_validate_len() takes several times as long to say so. */
static gboolean
is_ascii (const char *data, gsize length)
{
  guint8 all = 0;

  for (gsize i = 0; i < length; i++)
    all |= (guint8) data[i];
  return all < 0x80;
}

/* Whether all numbers are some: json-glib makes an infinity of 1e999, which no JSON that is written of it may hold. The
 * text was looked over: it is not nested deeply. */
static gboolean
is_finite (JsonNode *node)
{
  gboolean finite = TRUE;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; finite && i < json_array_get_length (array); i++)
        finite = is_finite (json_array_get_element (array, i));
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      JsonNode *member;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (finite && json_object_iter_next (&iter, NULL, &member))
        finite = is_finite (member);
    }
  else if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    finite = isfinite (json_node_get_double (node)) != 0;
  return finite;
}

JsonNode *
channels_json_parse_thoroughly (const char *data, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autofree char *patched = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonNode) root = NULL;
  Text text = { data, length, NULL };
  gboolean looked_over;

  if (text.length > 0 && !g_utf8_validate_len (data, text.length, NULL))
    {
      refuse (error, "Not UTF-8 text");
      return NULL;
    }
  looked_over = look_over (&text, error);
  patched = text.patched;
  if (!looked_over)
    return NULL;

  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, patched != NULL ? patched : data, (gssize) text.length, &local_error))
    {
      /* Its message quotes what stands there: that may be a token. */
      g_set_error (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED, "Not JSON at line %u, column %u",
                   json_parser_get_current_line (parser), json_parser_get_current_pos (parser));
      return NULL;
    }
  root = json_parser_steal_root (parser);
  if (root == NULL)
    refuse (error, "Nothing where JSON was expected");
  else if (!is_finite (root))
    {
      refuse (error, "A number beyond all bounds");
      return NULL;
    }
  return g_steal_pointer (&root);
}

JsonNode *
channels_json_parse (const char *data, gssize length, GError **error)
{
  gsize size = length < 0 ? strlen (data) : (gsize) length;
  JsonNode *root = NULL;

  if (size > 0 && (is_ascii (data, size) || g_utf8_validate_len (data, size, NULL)))
    root = channels_json_read (data, size);
  return root != NULL ? root : channels_json_parse_thoroughly (data, size, error);
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
