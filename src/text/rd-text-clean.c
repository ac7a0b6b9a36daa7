/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-text"

#include "config.h"

#include "rd-text.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rd-text-private.h"

/* What strangers wrote, made harmless, and put into our sentences. */

#define MAX_PLACEHOLDERS 8
#define MAX_MARKS 4 /* on one letter; more is meant to paint over the lines around it */

typedef struct
{
  const char *name;
  const char *value;
} Placeholder;

static gboolean
is_joiner (gunichar c)
{
  /* ZWNJ and ZWJ: Persian, Indic scripts and emoji need them */
  return c == 0x200c || c == 0x200d;
}

static gboolean
is_blank (gunichar c)
{
  /* among them U+2028 and U+2029, which break lines */
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_LINE_SEPARATOR ||
         g_unichar_type (c) == G_UNICODE_PARAGRAPH_SEPARATOR;
}

static gboolean
is_dropped (gunichar c)
{
  switch ((int) g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
      return TRUE;
    case G_UNICODE_FORMAT: /* bidirectional marks, overrides and isolates are among these */
      return !is_joiner (c);
    default:
      return FALSE;
    }
}

static gboolean
append_value (GString *text, const char *at, gsize length, const Placeholder *placeholders, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      if (strlen (placeholders[i].name) != length || strncmp (placeholders[i].name, at, length) != 0)
        continue;
      if (placeholders[i].value != NULL)
        g_string_append (text, placeholders[i].value);
      return TRUE;
    }
  return FALSE;
}

char *
rd_text_fill (const char *format, ...)
{
  Placeholder placeholders[MAX_PLACEHOLDERS];
  GString *text = g_string_new (NULL);
  const char *name;
  guint n = 0;
  va_list args;

  va_start (args, format);
  while ((name = va_arg (args, const char *)) != NULL)
    {
      g_assert (n < MAX_PLACEHOLDERS);
      placeholders[n].name = name;
      placeholders[n++].value = va_arg (args, const char *);
    }
  va_end (args);

  while (*format != '\0')
    {
      const char *end = *format == '{' ? strchr (format, '}') : NULL;

      if (end != NULL && append_value (text, format + 1, end - format - 1, placeholders, n))
        format = end + 1;
      else
        g_string_append_c (text, *format++);
    }
  return g_string_free (text, FALSE);
}

/* Hebrew, Arabic and what is written like them */
static gboolean
is_right_to_left (gunichar c)
{
  return (c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfeff)
         || (c >= 0x10800 && c <= 0x10fff) || (c >= 0x1e800 && c <= 0x1efff);
}

/* Our own words: in which direction they run, a catalogue says. */
static gboolean
is_written_right_to_left (void)
{
  /* TRANSLATORS: "rtl" if your language is written from right to left, "ltr" if from left to right; nothing else */
  return g_str_equal (C_ ("direction of writing", "ltr"), "rtl");
}

char *
rd_text_isolate (const char *name)
{
  gboolean other;

  g_return_val_if_fail (name != NULL, g_strdup (""));

  other = *name != '\0' && is_written_right_to_left ();
  for (const char *p = name; *p != '\0' && !other; p = g_utf8_next_char (p))
    other = is_right_to_left (g_utf8_get_char (p));
  /* U+2068, U+2069 */
  return other ? g_strconcat ("\xe2\x81\xa8", name, "\xe2\x81\xa9", NULL) : g_strdup (name);
}

char *
rd_text_clean (const char *untrusted, guint max_chars)
{
  g_autofree char *valid = NULL;
  GString *text = g_string_new (NULL);
  gboolean blank = FALSE;
  guint chars = 0;
  guint marks = 0;

  if (untrusted == NULL || max_chars == 0)
    return g_string_free (text, FALSE);

  /* Four bytes a character and as much again for what is dropped: a bound on the work, too. */
  valid = g_utf8_make_valid (untrusted, strnlen (untrusted, (gsize) max_chars * 8));
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_blank (c))
        {
          blank = TRUE;
          continue;
        }
      if (is_dropped (c))
        continue;
      marks = g_unichar_ismark (c) ? marks + 1 : 0;
      if (marks > MAX_MARKS)
        continue;
      if (chars + (blank && chars > 0 ? 1 : 0) >= max_chars)
        {
          char *last = g_utf8_find_prev_char (text->str, text->str + text->len);

          g_string_truncate (text, last != NULL ? (gsize) (last - text->str) : 0);
          g_string_append (text, "…");
          break;
        }
      if (blank && chars > 0)
        {
          g_string_append_c (text, ' ');
          chars++;
        }
      blank = FALSE;
      g_string_append_unichar (text, c);
      chars++;
    }
  return g_string_free (text, FALSE);
}
