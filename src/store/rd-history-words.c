/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-store"

#include "config.h"

#include "rd-history-words.h"

/* FTS5's tokenizer knows letters, digits and what stands between them. Two things it does not know: Chinese and
 * Japanese have no spaces, so that each of their characters is made a word here; and people type a number or an amount
 * without the marks that group it ("0171 234-567", "1,250.00"), so that its digits stand in the index once more,
 * together. */

#define MAX_WORDS 12
#define MIN_DIGITS 4

static gboolean
stands_alone (gunichar c)
{
  static const GUnicodeScript scripts[] = {
    G_UNICODE_SCRIPT_HAN,      G_UNICODE_SCRIPT_HIRAGANA, G_UNICODE_SCRIPT_KATAKANA,
    G_UNICODE_SCRIPT_BOPOMOFO, G_UNICODE_SCRIPT_THAI,
  };
  GUnicodeScript script = c < 0x80 ? G_UNICODE_SCRIPT_COMMON : g_unichar_get_script (c);

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    if (scripts[i] == script)
      return TRUE;
  return FALSE;
}

/* Between the digits of one number */
static gboolean
groups_digits (gunichar c)
{
  return c == ' ' || c == '-' || c == '.' || c == ',' || c == '/' || c == '(' || c == ')' || c == '\'' || c == 0xa0
         || c == 0x202f;
}

static void
flush_number (GString *words, GString *number, gboolean grouped)
{
  if (grouped && number->len >= MIN_DIGITS)
    g_string_append_printf (words, " %s ", number->str);
  g_string_truncate (number, 0);
}

/* Each run of digits and what groups them, without the latter. */
static void
add_numbers (GString *words, const char *text, gsize max_chars)
{
  g_autoptr (GString) number = g_string_new (NULL);
  gboolean grouped = FALSE;
  gboolean gap = FALSE;

  for (const char *p = text; *p != '\0' && max_chars > 0; p = g_utf8_next_char (p), max_chars--)
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isdigit (c))
        {
          grouped = grouped || (gap && number->len > 0);
          gap = FALSE;
          g_string_append_c (number, (char) ('0' + g_unichar_digit_value (c)));
          continue;
        }
      gap = TRUE;
      if (groups_digits (c))
        continue;
      flush_number (words, number, grouped);
      grouped = FALSE;
    }
  flush_number (words, number, grouped);
}

static void
add_text (GString *words, const char *text, gsize max_chars)
{
  for (const char *p = text; *p != '\0' && max_chars > 0; p = g_utf8_next_char (p), max_chars--)
    {
      gunichar c = g_utf8_get_char (p);

      if (!stands_alone (c))
        {
          g_string_append_unichar (words, c);
          continue;
        }
      g_string_append_c (words, ' ');
      g_string_append_unichar (words, c);
      g_string_append_c (words, ' ');
    }
}

void
rd_history_words_add (GString *words, const char *text, gsize max_chars)
{
  g_return_if_fail (words != NULL);

  if (text == NULL || *text == '\0')
    return;
  if (words->len > 0)
    g_string_append_c (words, '\n');
  add_text (words, text, max_chars);
  add_numbers (words, text, max_chars);
}

static gboolean
has_letters (const char *word)
{
  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

char *
rd_history_words_query (const char *typed)
{
  g_autoptr (GString) query = g_string_new (NULL);
  g_autofree char *valid = NULL;
  g_auto (GStrv) words = NULL;
  guint n = 0;

  g_return_val_if_fail (typed != NULL, NULL);

  valid = g_utf8_make_valid (typed, -1);
  words = g_strsplit_set (valid, " \t\r\n\"", -1);
  for (guint i = 0; words[i] != NULL && n < MAX_WORDS; i++)
    {
      if (!has_letters (words[i]))
        continue;
      /* A phrase: nothing in it is an operator, and there is no quote left in it. */
      g_string_append (query, n++ > 0 ? " \"" : "\"");
      add_text (query, words[i], G_MAXSIZE);
      g_string_append (query, "\"*");
    }
  return n > 0 ? g_string_free (g_steal_pointer (&query), FALSE) : NULL;
}
