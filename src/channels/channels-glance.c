/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-glance-private.h"

#include <string.h>

/* Finds out in one pass, without an allocation, what a frame is and for whom: most of the frames that a client sees are
 * events, and most of those are for nobody. It is strict: everything it accepts is a JSON object that the thorough way
 * accepts, too, and reads the same. Whatever is unusual goes that way. */

#define MAX_DIGITS 18 /* of a number that surely is one */

typedef struct
{
  const char *at;
  const char *end;
  ChannelsJsonFeatures features;
} Reader;

static gboolean
is (ChannelsSlice slice, const char *text)
{
  return slice.length == strlen (text) && memcmp (slice.start, text, slice.length) == 0;
}

/* Moves behind @c, which comes next but for white space. */
static gboolean
take (Reader *reader, char c)
{
  reader->at = channels_json_skip_space (reader->at, reader->end);
  if (reader->at == reader->end || *reader->at != c)
    return FALSE;
  reader->at++;
  return TRUE;
}

static gboolean
take_string (Reader *reader, ChannelsSlice *slice)
{
  const char *quote;

  if (!take (reader, '"'))
    return FALSE;
  quote = channels_json_skip_string (reader->at, reader->end, &reader->features);
  if (quote == NULL)
    return FALSE;
  *slice = (ChannelsSlice){ reader->at, (gsize) (quote - reader->at) };
  reader->at = quote + 1;
  return TRUE;
}

/* A name stands in the text as it is. */
static gboolean
take_name (Reader *reader, ChannelsSlice *slice)
{
  ChannelsJsonFeatures before = reader->features;
  gboolean plain;

  reader->features = 0;
  plain = take_string (reader, slice) && !(reader->features & CHANNELS_JSON_ESCAPED) &&
          slice->length <= CHANNELS_GLANCE_MAX_NAME;
  reader->features |= before;
  return plain;
}

static ChannelsSlice *
find_part (ChannelsGlance *self, ChannelsSlice name)
{
  if (is (name, "event"))
    return &self->event;
  if (is (name, "channel"))
    return &self->channel;
  if (is (name, "user_id"))
    return &self->user_id;
  return is (name, "data") ? &self->data : NULL;
}

/* What servers add to the protocol's members: strings and counters. */
static gboolean
take_other (Reader *reader)
{
  ChannelsSlice string;
  gsize digits = 0;

  reader->at = channels_json_skip_space (reader->at, reader->end);
  while (reader->at + digits < reader->end && g_ascii_isdigit (reader->at[digits]))
    digits++;
  if (digits == 0)
    return take_string (reader, &string);
  if (digits > MAX_DIGITS || (digits > 1 && *reader->at == '0'))
    return FALSE;
  reader->at += digits;
  return TRUE;
}

static gboolean
take_member (Reader *reader, ChannelsGlance *self)
{
  ChannelsSlice name;
  ChannelsSlice *part;

  if (!take_name (reader, &name) || name.length == 0 || !take (reader, ':'))
    return FALSE;
  part = find_part (self, name);
  if (part == NULL)
    return take_other (reader);
  if (part->start != NULL)
    return FALSE;
  return part == &self->data ? take_string (reader, part) : take_name (reader, part);
}

static gboolean
take_object (Reader *reader, ChannelsGlance *self)
{
  if (!take (reader, '{'))
    return FALSE;
  do
    if (!take_member (reader, self))
      return FALSE;
  while (take (reader, ','));
  return take (reader, '}') && channels_json_skip_space (reader->at, reader->end) == reader->end;
}

gboolean
channels_glance (ChannelsGlance *self, const char *text, gsize length)
{
  Reader reader = { text, text + length, 0 };

  *self = (ChannelsGlance){ 0 };
  if (!take_object (&reader, self) || self->event.length == 0 || self->channel.length == 0)
    return FALSE;
  return !(reader.features & CHANNELS_JSON_NOT_ASCII) || g_utf8_validate_len (text, length, NULL);
}
