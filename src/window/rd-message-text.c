/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-message-text.h"

#include <string.h>

/* What strangers write, made fit for a label. */

/* As much as a message may have, and more than anybody reads. */
#define TEXT_MAX 20000
#define LINK_MAX 2000

static gboolean
is_bidi_control (gunichar c)
{
  return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static char *
clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *result = g_string_new (NULL);
  const char *p;
  guint n;

  for (p = valid, n = 0; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_bidi_control (c) || (g_unichar_iscntrl (c) && c != '\n' && c != '\t'))
        continue;
      if (n++ == TEXT_MAX)
        {
          g_string_append (result, "…");
          break;
        }
      g_string_append_unichar (result, c);
    }
  return g_string_free (result, FALSE);
}

static gboolean
starts_link (const char *text)
{
  return g_ascii_strncasecmp (text, "http://", 7) == 0 || g_ascii_strncasecmp (text, "https://", 8) == 0;
}

/* How much of @text, which starts a link, is the link: up to white space or what stands around links, and without the
 * full stop that ends the sentence. */
static gsize
link_length (const char *text)
{
  gsize length = 0;

  while ((guchar) text[length] > ' ' && (guchar) text[length] < 0x7f && strchr ("<>\"`{}|\\^", text[length]) == NULL)
    length++;
  while (length > 0 && strchr (".,;:!?'", text[length - 1]) != NULL)
    length--;
  if (length > 0 && text[length - 1] == ')' && memchr (text, '(', length) == NULL)
    length--;
  return length;
}

char *
rd_message_text_to_markup (const char *text)
{
  GString *markup = g_string_new (NULL);
  g_autofree char *cleaned = NULL;
  const char *p, *plain;

  g_return_val_if_fail (text != NULL, g_string_free (markup, FALSE));

  cleaned = clean (text);
  for (p = plain = cleaned; *p != '\0';)
    {
      g_autofree char *before = NULL;
      g_autofree char *uri = NULL;
      g_autofree char *escaped = NULL;

      if (!starts_link (p) || (p > cleaned && g_ascii_isalnum (p[-1])))
        {
          p = g_utf8_next_char (p);
          continue;
        }
      uri = g_strndup (p, link_length (p));
      if (!rd_message_text_is_link (uri))
        {
          p = g_utf8_next_char (p);
          continue;
        }
      before = g_markup_escape_text (plain, p - plain);
      escaped = g_markup_escape_text (uri, -1);
      g_string_append_printf (markup, "%s<a href=\"%s\" title=\"\">%s</a>", before, escaped, escaped);
      plain = p = p + strlen (uri);
    }
  if (*plain != '\0')
    {
      g_autofree char *rest = g_markup_escape_text (plain, -1);

      g_string_append (markup, rest);
    }
  return g_string_free (markup, FALSE);
}

gboolean
rd_message_text_is_link (const char *uri)
{
  g_autoptr (GUri) parsed = NULL;

  g_return_val_if_fail (uri != NULL, FALSE);

  if (strlen (uri) > LINK_MAX || !starts_link (uri))
    return FALSE;
  parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);
  return parsed != NULL && g_uri_get_userinfo (parsed) == NULL && g_uri_get_host (parsed) != NULL &&
         *g_uri_get_host (parsed) != '\0';
}
