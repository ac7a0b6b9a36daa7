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

static gboolean
ends_link (gunichar c)
{
  return c <= ' ' || c == 0x7f || g_unichar_isspace (c) || g_unichar_iscntrl (c) ||
         g_unichar_type (c) == G_UNICODE_FORMAT || (c < 0x7f && strchr ("<>\"`{}|\\^", (int) c) != NULL) ||
         (c > 0x7f && !g_unichar_isalnum (c) && !g_unichar_ismark (c));
}

/* How much of @text, which starts a link, is the link: up to white space or what stands around links, and without the
 * full stop that ends the sentence. */
static gsize
link_length (const char *text)
{
  const char *end = text;
  gsize length;

  while (*end != '\0' && !ends_link (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  length = (gsize) (end - text);
  while (length > 0 && strchr (".,;:!?'", text[length - 1]) != NULL)
    length--;
  if (length > 0 && text[length - 1] == ')' && memchr (text, '(', length) == NULL)
    length--;
  return length;
}

/* (nullable): the address as it goes over the wire; a host in another script becomes what it is registered as. */
static char *
dup_address (const char *link)
{
  g_autoptr (GUri) parsed = g_uri_parse (link, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *host = NULL;
  g_autofree char *address = NULL;
  const char *given = parsed != NULL ? g_uri_get_host (parsed) : NULL;

  if (given == NULL || *given == '\0' || g_uri_get_userinfo (parsed) != NULL)
    return NULL;
  host = g_hostname_to_ascii (given);
  if (host == NULL)
    return NULL;
  address = g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (parsed), NULL, host, g_uri_get_port (parsed),
                        g_uri_get_path (parsed), g_uri_get_query (parsed), g_uri_get_fragment (parsed));
  return rd_message_text_is_link (address) ? g_uri_escape_string (address, "%:/?#[]@!$&'()*+,;=", FALSE) : NULL;
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
      g_autofree char *link = NULL;
      g_autofree char *address = NULL;
      g_autofree char *href = NULL;
      g_autofree char *escaped = NULL;

      if (!starts_link (p) || (p > cleaned && g_ascii_isalnum (p[-1])))
        {
          p = g_utf8_next_char (p);
          continue;
        }
      link = g_strndup (p, link_length (p));
      address = dup_address (link);
      if (address == NULL)
        {
          p = g_utf8_next_char (p);
          continue;
        }
      before = g_markup_escape_text (plain, p - plain);
      href = g_markup_escape_text (address, -1);
      escaped = g_markup_escape_text (link, -1);
      g_string_append_printf (markup, "%s<a href=\"%s\">%s</a>", before, href, escaped);
      plain = p = p + strlen (link);
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

gboolean
rd_message_text_hides_host (const char *uri)
{
  g_autoptr (GUri) parsed = NULL;

  g_return_val_if_fail (uri != NULL, TRUE);

  parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);
  return parsed == NULL || g_uri_get_host (parsed) == NULL || g_hostname_is_ascii_encoded (g_uri_get_host (parsed));
}
