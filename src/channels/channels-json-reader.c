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

/* Makes json-glib's tree of a document in one pass. json-glib's own parser takes several times as long, for it looks at
 * a text as if it were a program; so it gets what this one, which is strict and knows no recursion, does not take. */

#define MAX_DIGITS 18 /* of an integer that surely is one of 64 bits */
#define MAX_NUMBER 40 /* characters */

typedef struct
{
  char *at; /* in a copy: strings are put right where they stand */
  char *end;
  JsonNode *root;
  JsonNode *open[CHANNELS_JSON_MAX_DEPTH]; /* (unowned): the objects and arrays around what comes next */
  guint depth;
  guint members[CHANNELS_JSON_MAX_DEPTH];  /* how many names each of them has had */
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

static gsize
count_digits (const char *at)
{
  gsize n = 0;

  while (g_ascii_isdigit (at[n]))
    n++;
  return n;
}

/* How long the fraction and the exponent at @at are; -1: they are none. */
static int
measure_tail (const char *at)
{
  const char *p = at;
  gsize n;

  if (*p == '.')
    {
      n = count_digits (++p);
      p += n;
      if (n == 0)
        return -1;
    }
  if (*p == 'e' || *p == 'E')
    {
      p++;
      if (*p == '+' || *p == '-')
        p++;
      n = count_digits (p);
      p += n;
      if (n == 0)
        return -1;
    }
  return (int) MIN (p - at, MAX_NUMBER + 1);
}

/* (nullable) (transfer full) */
static JsonNode *
read_number (Reader *self)
{
  char *start = self->at;
  char *digits = *start == '-' ? start + 1 : start;
  gsize n = count_digits (digits);
  int tail = measure_tail (digits + n);
  double number;

  if (n == 0 || n > MAX_DIGITS || (n > 1 && *digits == '0') || tail < 0 || tail > MAX_NUMBER)
    return NULL;
  self->at = digits + n + tail;
  if (tail == 0)
    return json_node_init_int (json_node_alloc (), g_ascii_strtoll (start, NULL, 10));
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

static JsonNode *
open_object (Reader *self)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  self->at++;
  json_node_take_object (node, json_object_new ());
  return node;
}

static JsonNode *
open_array (Reader *self)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  self->at++;
  json_node_take_array (node, json_array_new ());
  return node;
}

/* (nullable) (transfer full): what comes next: a whole value, or an object or an array that only begins */
static JsonNode *
read_value (Reader *self)
{
  const char *string;

  self->at = (char *) channels_json_skip_space (self->at, self->end);
  switch (*self->at)
    {
    case '{':
      return open_object (self);
    case '[':
      return open_array (self);
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
  JsonNode *parent = self->depth > 0 ? self->open[self->depth - 1] : NULL;

  if (parent == NULL)
    {
      self->root = value;
      return;
    }
  json_node_set_parent (value, parent);
  if (JSON_NODE_HOLDS_OBJECT (parent))
    json_object_set_member (json_node_get_object (parent), self->name, value);
  else
    json_array_add_element (json_node_get_array (parent), value);
}

/* What comes before the value of a member. */
static gboolean
read_name (Reader *self)
{
  if (!JSON_NODE_HOLDS_OBJECT (self->open[self->depth - 1]))
    return TRUE;
  if (++self->members[self->depth - 1] > CHANNELS_JSON_MAX_MEMBERS)
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
      if (!take (self, JSON_NODE_HOLDS_OBJECT (self->open[self->depth - 1]) ? '}' : ']'))
        return FALSE;
      self->depth--;
    }
  self->at = (char *) channels_json_skip_space (self->at, self->end);
  return self->at == self->end;
}

/* Goes into what has just begun. */
static gboolean
enter (Reader *self, JsonNode *container)
{
  if (self->depth == CHANNELS_JSON_MAX_DEPTH)
    return FALSE;
  self->open[self->depth] = container;
  self->members[self->depth++] = 0;
  if (!take (self, JSON_NODE_HOLDS_OBJECT (container) ? '}' : ']'))
    return read_name (self);
  self->depth--;
  return go_on (self);
}

static gboolean
read_document (Reader *self)
{
  do
    {
      JsonNode *value = read_value (self);
      gboolean begins = value != NULL && !JSON_NODE_HOLDS_VALUE (value) && !JSON_NODE_HOLDS_NULL (value);

      if (value == NULL)
        return FALSE;
      put (self, value);
      if (begins ? !enter (self, value) : !go_on (self))
        return FALSE;
    }
  while (self->depth > 0);
  return TRUE;
}

JsonNode *
channels_json_read (const char *text, gsize length)
{
  g_autofree char *copy = g_malloc (length + 1);
  gboolean whole;
  Reader reader;

  memcpy (copy, text, length);
  copy[length] = '\0';
  reader.at = copy;
  reader.end = copy + length;
  reader.root = NULL;
  reader.depth = 0;
  whole = read_document (&reader);
  /* It may have been the reply with an encrypted channel's key. */
  sodium_memzero (copy, length);
  if (whole)
    return reader.root;
  g_clear_pointer (&reader.root, json_node_unref);
  return NULL;
}
