/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-json-reader-private.h"

#include <math.h>
#include <sodium.h>
#include <string.h>

#include "channels-json-text-private.h"

/* Makes json-glib's tree of a document in one pass. json-glib's own parser takes twice as long, for it looks at a text
 * as if it were a program; so it gets what this one, which is strict and knows no recursion, does not take. */

/* An object or an array around what comes next. (unowned) */
typedef struct
{
  JsonNode *node;
  JsonObject *object; /* (nullable): it is an array */
  JsonArray *array;   /* (nullable): it is an object */
  guint members;      /* how many names it has had */
} Container;

typedef struct
{
  char *at; /* strings are put right where they stand */
  char *end;
  JsonNode *root;
  Container open[CHANNELS_JSON_MAX_DEPTH];
  guint depth;
  char *name; /* of what comes next, in an object */
} Reader;

/* Moves behind @c, if that is what comes next but for white space. */
static gboolean
take (Reader *self, char c)
{
  self->at = (char *) channels_json_skip_space (self->at, self->end);
  if (self->at == self->end || *self->at != c)
    return FALSE;
  self->at++;
  return TRUE;
}

/* (nullable): what stands between the quote that was just taken and the next one */
static char *
read_string (Reader *self)
{
  ChannelsJsonFeatures features = 0;
  char *start = self->at;
  char *quote = (char *) channels_json_skip_string (start, self->end, &features);

  if (quote == NULL)
    return NULL;
  self->at = quote + 1;
  *quote = '\0';
  if (features & CHANNELS_JSON_ESCAPED)
    channels_json_unescape ((ChannelsSlice){ start, (gsize) (quote - start) }, start);
  return start;
}

static gint64
make_integer (const char *digits, gsize n)
{
  gint64 value = 0;

  for (gsize i = 0; i < n; i++)
    value = value * 10 + g_ascii_digit_value (digits[i]);
  return value;
}

/* (nullable) (transfer full) */
static JsonNode *
read_number (Reader *self)
{
  const char *start = self->at;
  const gboolean negative = *start == '-';
  gsize digits;
  gsize length = channels_json_measure_number (start, &digits);
  gint64 integer;
  double number;

  if (length == 0)
    return NULL;
  self->at += length;
  if (length == negative + digits)
    {
      integer = make_integer (start + negative, digits);
      return json_node_init_int (json_node_alloc (), negative ? -integer : integer);
    }
  number = g_ascii_strtod (start, NULL);
  return isfinite (number) ? json_node_init_double (json_node_alloc (), number) : NULL;
}

static gboolean
take_word (Reader *self, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->at) < length || memcmp (self->at, word, length) != 0)
    return FALSE;
  self->at += length;
  return TRUE;
}

/* (nullable) (transfer full): a value that is neither an object nor an array */
static JsonNode *
read_scalar (Reader *self)
{
  const char *string;

  switch (*self->at)
    {
    case '"':
      self->at++;
      string = read_string (self);
      return string != NULL ? json_node_init_string (json_node_alloc (), string) : NULL;
    case 't':
      return take_word (self, "true") ? json_node_init_boolean (json_node_alloc (), TRUE) : NULL;
    case 'f':
      return take_word (self, "false") ? json_node_init_boolean (json_node_alloc (), FALSE) : NULL;
    case 'n':
      return take_word (self, "null") ? json_node_init_null (json_node_alloc ()) : NULL;
    default:
      return read_number (self);
    }
}

/* Takes @value. */
static void
put (Reader *self, JsonNode *value)
{
  Container *parent = self->depth > 0 ? &self->open[self->depth - 1] : NULL;

  if (parent == NULL)
    {
      self->root = value;
      return;
    }
  json_node_set_parent (value, parent->node);
  if (parent->object != NULL)
    json_object_set_member (parent->object, self->name, value);
  else
    json_array_add_element (parent->array, value);
}

/* What comes before the value of a member. */
static gboolean
read_name (Reader *self)
{
  Container *parent = &self->open[self->depth - 1];

  if (parent->object == NULL)
    return TRUE;
  if (++parent->members > CHANNELS_JSON_MAX_MEMBERS)
    return FALSE;
  self->name = take (self, '"') ? read_string (self) : NULL;
  return self->name != NULL && *self->name != '\0' && take (self, ':');
}

/* Goes to where the next value begins, or to the end of the document, where nothing is open any more. */
static gboolean
go_on (Reader *self)
{
  while (self->depth > 0)
    {
      if (take (self, ','))
        return read_name (self);
      if (!take (self, self->open[self->depth - 1].object != NULL ? '}' : ']'))
        return FALSE;
      self->depth--;
    }
  self->at = (char *) channels_json_skip_space (self->at, self->end);
  return self->at == self->end;
}

/* Goes into the object or the array that begins here. */
static gboolean
enter (Reader *self)
{
  const gboolean is_object = *self->at == '{';
  Container container = { json_node_new (is_object ? JSON_NODE_OBJECT : JSON_NODE_ARRAY), NULL, NULL, 0 };

  self->at++;
  if (is_object)
    json_node_take_object (container.node, container.object = json_object_new ());
  else
    json_node_take_array (container.node, container.array = json_array_new ());
  put (self, container.node);
  if (self->depth == CHANNELS_JSON_MAX_DEPTH)
    return FALSE;
  self->open[self->depth++] = container;
  if (!take (self, is_object ? '}' : ']'))
    return read_name (self);
  self->depth--;
  return go_on (self);
}

static gboolean
read_value (Reader *self)
{
  JsonNode *value;

  self->at = (char *) channels_json_skip_space (self->at, self->end);
  if (*self->at == '{' || *self->at == '[')
    return enter (self);
  value = read_scalar (self);
  if (value == NULL)
    return FALSE;
  put (self, value);
  return go_on (self);
}

JsonNode *
channels_json_read_in_place (char *text, gsize length)
{
  Reader reader;

  reader.at = text;
  reader.end = text + length;
  reader.root = NULL;
  reader.depth = 0;
  do
    if (!read_value (&reader))
      {
        g_clear_pointer (&reader.root, json_node_unref);
        break;
      }
  while (reader.depth > 0);
  return reader.root;
}

JsonNode *
channels_json_read (const char *text, gsize length)
{
  g_autofree char *copy = g_malloc (length + 1);
  JsonNode *root;

  memcpy (copy, text, length);
  copy[length] = '\0';
  root = channels_json_read_in_place (copy, length);
  /* It may have been the reply with an encrypted channel's key. */
  sodium_memzero (copy, length);
  return root;
}
