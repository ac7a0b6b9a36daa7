/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-json-find-private.h"

#include <string.h>

#include "channels-json-reader-private.h"

/* Finds one value in a document without making anything of the others. Like ChannelsJsonReader it is strict and knows
 * no recursion, and leaves what is unusual to a parser. */

#define MAX_INDEX_DIGITS 9

typedef struct
{
  const char *at;
  const char *end;
  guint depth;                            /* how many are open */
  guint64 objects;                        /* a bit for each: it is an object, else an array */
  guint members[CHANNELS_JSON_MAX_DEPTH]; /* how many names each has had */
} Scanner;

G_STATIC_ASSERT (CHANNELS_JSON_MAX_DEPTH <= 64);

/* Pointers */

/* The next step, if there is one; @pointer is moved behind it. */
static gboolean
take_step (const char **pointer, ChannelsSlice *step)
{
  if (**pointer != '/')
    return FALSE;
  step->start = *pointer + 1;
  step->length = strcspn (step->start, "/");
  *pointer = step->start + step->length;
  return TRUE;
}

static gboolean
step_is (ChannelsSlice step, const char *name, gsize length)
{
  gsize n = 0;

  for (gsize i = 0; i < step.length; i++, n++)
    {
      char c = step.start[i];

      if (c == '~')
        {
          c = ++i < step.length ? step.start[i] : '\0';
          if (c != '0' && c != '1')
            return FALSE;
          c = c == '0' ? '~' : '/';
        }
      if (n == length || name[n] != c)
        return FALSE;
    }
  return n == length;
}

/* An array's element; -1: none */
static int
get_index (ChannelsSlice step)
{
  int index = 0;

  if (step.length == 0 || step.length > MAX_INDEX_DIGITS || (step.length > 1 && step.start[0] == '0'))
    return -1;
  for (gsize i = 0; i < step.length; i++)
    {
      if (!g_ascii_isdigit (step.start[i]))
        return -1;
      index = index * 10 + g_ascii_digit_value (step.start[i]);
    }
  return index;
}

/* Text */

/* Moves behind @c, if that is what comes next but for white space. */
static gboolean
take (Scanner *self, char c)
{
  self->at = channels_json_skip_space (self->at, self->end);
  if (self->at == self->end || *self->at != c)
    return FALSE;
  self->at++;
  return TRUE;
}

static gboolean
is_in_object (Scanner *self)
{
  return (self->objects >> (self->depth - 1)) & 1;
}

/* Names with escapes are rare enough. */
static gboolean
take_name (Scanner *self, ChannelsSlice *name)
{
  ChannelsJsonFeatures features = 0;
  const char *quote;

  if (++self->members[self->depth - 1] > CHANNELS_JSON_MAX_MEMBERS || !take (self, '"'))
    return FALSE;
  quote = channels_json_skip_string (self->at, self->end, &features);
  if (quote == NULL || quote == self->at || (features & CHANNELS_JSON_ESCAPED))
    return FALSE;
  *name = (ChannelsSlice){ self->at, (gsize) (quote - self->at) };
  self->at = quote + 1;
  return take (self, ':');
}

static gboolean
take_word (Scanner *self, const char *word)
{
  const gsize length = strlen (word);

  if (strncmp (self->at, word, length) != 0)
    return FALSE;
  self->at += length;
  return TRUE;
}

/* Numbers with an exponent may be beyond all bounds: that is for others to find out. */
static gboolean
take_number (Scanner *self)
{
  gsize digits;
  const gsize length = channels_json_measure_number (self->at, &digits);

  if (length == 0 || memchr (self->at, 'e', length) != NULL || memchr (self->at, 'E', length) != NULL)
    return FALSE;
  self->at += length;
  return TRUE;
}

static gboolean
take_scalar (Scanner *self)
{
  ChannelsJsonFeatures features = 0;
  const char *quote;

  switch (*self->at)
    {
    case '"':
      quote = channels_json_skip_string (self->at + 1, self->end, &features);
      if (quote != NULL)
        self->at = quote + 1;
      return quote != NULL;
    case 't':
      return take_word (self, "true");
    case 'f':
      return take_word (self, "false");
    case 'n':
      return take_word (self, "null");
    default:
      return take_number (self);
    }
}

/* Goes into the object or array that begins here. */
static void
enter (Scanner *self)
{
  const gboolean is_object = *self->at == '{';
  const guint64 bit = G_GUINT64_CONSTANT (1) << self->depth;

  self->objects = is_object ? self->objects | bit : self->objects & ~bit;
  self->members[self->depth++] = 0;
  self->at++;
}

/* Leaves it, if this is its end. */
static gboolean
leave (Scanner *self)
{
  if (!take (self, is_in_object (self) ? '}' : ']'))
    return FALSE;
  self->depth--;
  return TRUE;
}

/* Goes to where the next value begins, or behind all that was opened above @depth. */
static gboolean
go_on (Scanner *self, guint depth)
{
  ChannelsSlice name;

  while (self->depth > depth)
    {
      if (take (self, ','))
        return !is_in_object (self) || take_name (self, &name);
      if (!leave (self))
        return FALSE;
    }
  return TRUE;
}

/* Goes behind the next value, which is left in @value. */
static gboolean
take_value (Scanner *self, ChannelsSlice *value)
{
  const guint depth = self->depth;
  ChannelsSlice name;

  self->at = channels_json_skip_space (self->at, self->end);
  value->start = self->at;
  do
    {
      self->at = channels_json_skip_space (self->at, self->end);
      if (*self->at == '{' || *self->at == '[')
        {
          if (self->depth == CHANNELS_JSON_MAX_DEPTH)
            return FALSE;
          enter (self);
          if (!leave (self))
            {
              if (is_in_object (self) && !take_name (self, &name))
                return FALSE;
              continue;
            }
        }
      else if (!take_scalar (self))
        return FALSE;
      if (!go_on (self, depth))
        return FALSE;
    }
  while (self->depth > depth);
  value->length = (gsize) (self->at - value->start);
  return TRUE;
}

/* Goes behind the object or array that begins here. The last one of a name counts. */
static ChannelsJsonFound
find_in (Scanner *self, ChannelsSlice step, ChannelsSlice *value)
{
  const gboolean is_object = *self->at == '{';
  const int index = get_index (step);
  ChannelsJsonFound found = CHANNELS_JSON_ABSENT;
  ChannelsSlice name = { NULL, 0 };
  ChannelsSlice candidate;

  enter (self);
  if (leave (self))
    return found;
  for (int i = 0;; i++)
    {
      if ((is_object && !take_name (self, &name)) || !take_value (self, &candidate))
        return CHANNELS_JSON_UNUSUAL;
      if (is_object ? step_is (step, name.start, name.length) : i == index)
        {
          *value = candidate;
          found = CHANNELS_JSON_FOUND;
        }
      if (take (self, ','))
        continue;
      return leave (self) ? found : CHANNELS_JSON_UNUSUAL;
    }
}

/* Looks in @value for the next step, and leaves there what that leads to. */
static ChannelsJsonFound
find_step (ChannelsSlice step, ChannelsSlice *value)
{
  Scanner scanner;
  ChannelsSlice scalar;
  ChannelsJsonFound found;

  scanner.at = channels_json_skip_space (value->start, value->start + value->length);
  scanner.end = value->start + value->length;
  scanner.depth = 0;
  scanner.objects = 0;
  if (*scanner.at == '{' || *scanner.at == '[')
    found = find_in (&scanner, step, value);
  else
    found = take_value (&scanner, &scalar) ? CHANNELS_JSON_ABSENT : CHANNELS_JSON_UNUSUAL;
  if (channels_json_skip_space (scanner.at, scanner.end) != scanner.end)
    return CHANNELS_JSON_UNUSUAL;
  return found;
}

ChannelsJsonFound
channels_json_find (const char *text, const char *pointer, ChannelsSlice *value)
{
  ChannelsJsonFound found = CHANNELS_JSON_UNUSUAL;
  ChannelsSlice step;

  *value = (ChannelsSlice){ text, strlen (text) };
  while (take_step (&pointer, &step))
    {
      found = find_step (step, value);
      if (found != CHANNELS_JSON_FOUND)
        return found;
    }
  return found;
}

JsonNode *
channels_json_find_node (JsonNode *root, const char *pointer)
{
  JsonNode *node = root;
  ChannelsSlice step;

  while (node != NULL && take_step (&pointer, &step))
    {
      JsonNode *parent = node;

      node = NULL;
      if (JSON_NODE_HOLDS_ARRAY (parent))
        {
          JsonArray *array = json_node_get_array (parent);
          const int index = get_index (step);

          if (index >= 0 && (guint) index < json_array_get_length (array))
            node = json_array_get_element (array, (guint) index);
        }
      else if (JSON_NODE_HOLDS_OBJECT (parent))
        {
          JsonObjectIter iter;
          JsonNode *member;
          const char *name;

          json_object_iter_init (&iter, json_node_get_object (parent));
          while (node == NULL && json_object_iter_next (&iter, &name, &member))
            if (step_is (step, name, strlen (name)))
              node = member;
        }
    }
  return *pointer == '\0' ? node : NULL;
}
