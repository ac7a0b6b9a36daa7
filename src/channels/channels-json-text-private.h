/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of a text that belongs to somebody else; @start is %NULL if there are none. */
typedef struct
{
  const char *start;
  gsize length;
} ChannelsSlice;

/* What was seen on the way */
typedef enum
{
  CHANNELS_JSON_ESCAPED = 1 << 0,   /* a backslash */
  /* A byte of 0x80 and above, there or right behind; UTF-8 is for the caller to check. */
  CHANNELS_JSON_NOT_ASCII = 1 << 1,
} ChannelsJsonFeatures;

/* The next byte that is no white space, or @end. Nearly always there is none: it is looked for at every comma. */
static inline const char *
channels_json_skip_space (const char *at, const char *end)
{
  while (at < end && (guchar) *at <= ' ' && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
    at++;
  return at;
}

/* Reads a string from behind its opening quote: returns where its closing quote stands, or %NULL if there is anything
 * in it that JSON does not allow. Adds to @features. */
const char *channels_json_skip_string (const char           *at,
                                       const char           *end,
                                       ChannelsJsonFeatures *features);
/* Writes the characters of the string @raw, in which channels_json_skip_string() found nothing wrong, to @to, which has
 * room for as many bytes and one more, and may be where @raw stands. What is no character (\u0000, half a surrogate
 * pair) becomes U+FFFD. Returns how many bytes they are; a NUL follows. */
gsize       channels_json_unescape    (ChannelsSlice         raw,
                                       char                 *to);
/* How long the number at @at is, in a text that ends with a NUL, and how many digits stand before its fraction; 0: it
 * is none, or one of more digits than are usual. */
gsize       channels_json_measure_number
                                      (const char           *at,
                                       gsize                *digits);

G_END_DECLS
