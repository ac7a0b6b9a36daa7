/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-json-text-private.h"

#include <string.h>

/* JSON's strings and numbers, byte by byte and strictly: what both the look at a frame and the reading of a document
 * need. */

#define UNIT_LENGTH 6 /* \uHHHH */
#define REPLACEMENT 0xfffd
#define MAX_DIGITS 18 /* of an integer that surely is one of 64 bits */
#define MAX_TAIL 40 /* characters */
#define EACH G_GUINT64_CONSTANT (0x0101010101010101)

/* The characters that a backslash and one other stand for */
static const char short_escapes[256] = {
  ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
  ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t',
};

/* The code unit of the escape \uHHHH at @at, or -1. */
static int
read_unit (const char *at, const char *end)
{
  int unit = 0;

  if (end - at < UNIT_LENGTH || at[0] != '\\' || at[1] != 'u')
    return -1;
  for (int i = 2; i < UNIT_LENGTH; i++)
    {
      int digit = g_ascii_xdigit_value (at[i]);

      if (digit < 0)
        return -1;
      unit = unit * 16 + digit;
    }
  return unit;
}

/* The character of the escape \uHHHH at @at, which may be half of a pair; @at is moved behind it. */
static gunichar
read_character (const char **at, const char *end)
{
  int unit = read_unit (*at, end);
  int low;

  *at += UNIT_LENGTH;
  if (unit >= 0xd800 && unit <= 0xdbff)
    {
      low = read_unit (*at, end);
      if (low < 0xdc00 || low > 0xdfff)
        return REPLACEMENT;
      *at += UNIT_LENGTH;
      return 0x10000 + (((gunichar) unit - 0xd800) << 10) + ((gunichar) low - 0xdc00);
    }
  return unit == 0 || (unit >= 0xdc00 && unit <= 0xdfff) ? REPLACEMENT : (gunichar) unit;
}

/* Marks bytes of a word that was read as little-endian: the lowest bit 7 that is set in what comes back is that of the
 * first byte that is zero; 0: there is none. */
static inline guint64
find_zero (guint64 word)
{
  return (word - EACH) & ~word & (EACH * 0x80);
}

/* The first byte at which a string is not simply going on. */
static inline guint64
find_stop (guint64 word)
{
  const guint64 control = (word - EACH * ' ') & ~word & (EACH * 0x80);

  return find_zero (word ^ (EACH * '"')) | find_zero (word ^ (EACH * '\\')) | control;
}

static inline guint64
read_word (const char *at)
{
  guint64 word;

  memcpy (&word, at, sizeof word);
  return GUINT64_FROM_LE (word);
}

/* Behind whatever stands for itself from @at on, eight bytes at a time; *@seen gets the bits that were there, and maybe
 * some of what follows. Strings in strings are full of short words and backslashes, at each of which a loop over bytes
 * is mispredicted. */
static inline const char *
skip_plain (const char *at, const char *end, guint64 *seen)
{
  guint64 word, stop;

  for (; end - at >= (gssize) sizeof word; at += sizeof word)
    {
      word = read_word (at);
      *seen |= word;
      stop = find_stop (word);
      if (stop != 0)
        return at + __builtin_ctzll (stop) / 8;
    }
  for (; at < end && *at != '"' && *at != '\\' && (guchar) *at >= ' '; at++)
    *seen |= (guchar) *at;
  return at;
}

/* Copies what stands before the next backslash, and moves @at and @to behind it. Where they have not the same room
 * (@apart), that is done eight bytes at a time, too: what is too much is written over by what follows. */
static inline void
copy_plain (const char **at, const char *end, char **to, gboolean apart)
{
  const char *escape;
  gsize length;

  while (apart && end - *at >= (gssize) sizeof (guint64))
    {
      const guint64 stop = find_zero (read_word (*at) ^ (EACH * '\\'));

      memcpy (*to, *at, sizeof (guint64));
      length = stop != 0 ? (gsize) __builtin_ctzll (stop) / 8 : sizeof (guint64);
      *at += length;
      *to += length;
      if (stop != 0)
        return;
    }
  escape = memchr (*at, '\\', (gsize) (end - *at));
  length = (gsize) ((escape != NULL ? escape : end) - *at);
  memmove (*to, *at, length);
  *at += length;
  *to += length;
}

const char *
channels_json_skip_string (const char *at, const char *end, ChannelsJsonFeatures *features)
{
  guint64 seen = 0;

  for (at = skip_plain (at, end, &seen); at < end && *at == '\\'; at = skip_plain (at, end, &seen))
    {
      *features |= CHANNELS_JSON_ESCAPED;
      if (end - at >= 2 && short_escapes[(guchar) at[1]] != '\0')
        at += 2;
      else if (read_unit (at, end) >= 0)
        at += UNIT_LENGTH;
      else
        return NULL;
    }
  if (seen & (EACH * 0x80))
    *features |= CHANNELS_JSON_NOT_ASCII;
  return at < end && *at == '"' ? at : NULL;
}

gsize
channels_json_unescape (ChannelsSlice raw, char *to)
{
  const gboolean apart = to != raw.start;
  const char *at = raw.start;
  const char *end = raw.start + raw.length;
  char *out = to;

  for (copy_plain (&at, end, &out, apart); at < end; copy_plain (&at, end, &out, apart))
    if (at[1] == 'u')
      out += g_unichar_to_utf8 (read_character (&at, end), out);
    else
      {
        *out++ = short_escapes[(guchar) at[1]];
        at += 2;
      }
  *out = '\0';
  return (gsize) (out - to);
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
static gssize
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
  return p - at;
}

gsize
channels_json_measure_number (const char *at, gsize *digits)
{
  const gsize sign = *at == '-' ? 1 : 0;
  const gsize n = count_digits (at + sign);
  const gssize tail = measure_tail (at + sign + n);

  *digits = n;
  if (n == 0 || n > MAX_DIGITS || (n > 1 && at[sign] == '0') || tail < 0 || tail > MAX_TAIL)
    return 0;
  return sign + n + (gsize) tail;
}
