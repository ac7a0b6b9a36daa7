/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-clean.h"

#include <string.h>

/* What a stranger's text must look like before anybody else here sees it. */

/* Marks that make the text after them run the other way: a name could make the rest of a sentence lie. */
static gboolean
turns_direction (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static gboolean
is_break (gunichar c)
{
  return c == '\t' || c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

/* The start of @text as valid UTF-8: never looks at more than @max_chars could need. */
static char *
valid_start (const char *text, gsize max_chars)
{
  return g_utf8_make_valid (text, (gssize) strnlen (text, (max_chars + 1) * 6));
}

char *
rd_clean_text (const char *text, gsize max_chars)
{
  g_autofree char *valid = NULL;
  GString *out;
  gsize count = 0;

  g_return_val_if_fail (text != NULL, NULL);

  valid = valid_start (text, max_chars);
  out = g_string_sized_new (MIN (strlen (valid), max_chars * 4));
  for (const char *p = valid; *p != '\0' && count < max_chars; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_break (c))
        c = ' ';
      else if (g_unichar_iscntrl (c) || turns_direction (c))
        continue;
      g_string_append_unichar (out, c);
      count++;
    }
  return g_string_free (out, FALSE);
}

char *
rd_clean_exact (const char *text, gsize max_chars)
{
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  length = strnlen (text, max_chars * 4 + 1);
  if (length == 0 || length > max_chars * 4 || !g_utf8_validate (text, (gssize) length, NULL))
    return NULL;
  if ((gsize) g_utf8_strlen (text, (gssize) length) > max_chars)
    return NULL;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c) || is_break (c) || turns_direction (c))
        return NULL;
    }
  return g_strdup (text);
}

void
rd_clean_secret (char *secret)
{
  if (secret == NULL)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
