/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-meta"

#include "config.h"

#include "rd-meta.h"

#include <string.h>

/* Just enough of HTML to find <meta name content>: tags and their attributes, read once from front to back. Every
 * position is checked against the end: the page is a stranger's, and need not end where a tag does. */

#define MAX_PAGE (1024 * 1024)
#define MAX_CONTENT 8192

typedef struct
{
  const char *at;
  const char *end;
} Page;

typedef struct
{
  const char *start;
  gsize length;
} Span;

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static gboolean
is_word (Span span, const char *word)
{
  return span.length == strlen (word) && g_ascii_strncasecmp (span.start, word, span.length) == 0;
}

static void
skip_spaces (Page *page)
{
  while (page->at < page->end && is_space (*page->at))
    page->at++;
}

/* Moves behind the next @text, or to the end. */
static void
skip_past (Page *page, const char *text)
{
  gsize length = strlen (text);

  for (; page->at < page->end; page->at++)
    if ((gsize) (page->end - page->at) >= length && g_ascii_strncasecmp (page->at, text, length) == 0)
      {
        page->at += length;
        return;
      }
}

static Span
take_until (Page *page, const char *stops)
{
  Span span = { page->at, 0 };

  while (page->at < page->end && !is_space (*page->at) && (*page->at == '\0' || strchr (stops, *page->at) == NULL))
    page->at++;
  span.length = (gsize) (page->at - span.start);
  return span;
}

static Span
take_quoted (Page *page)
{
  char quote = *page->at++;
  Span span = { page->at, 0 };

  while (page->at < page->end && *page->at != quote)
    page->at++;
  span.length = (gsize) (page->at - span.start);
  if (page->at < page->end)
    page->at++;
  return span;
}

/* The next attribute of a tag; FALSE at the tag's end, behind which the page then stands. */
static gboolean
take_attribute (Page *page, Span *name, Span *value)
{
  for (skip_spaces (page); page->at < page->end && *page->at == '/'; skip_spaces (page))
    page->at++;
  if (page->at == page->end || *page->at == '>')
    {
      page->at += page->at < page->end;
      return FALSE;
    }
  /* A name may start with "=", so that a stray one does not hold us up. */
  name->start = page->at++;
  take_until (page, "=/>");
  name->length = (gsize) (page->at - name->start);
  *value = (Span){ page->at, 0 };
  skip_spaces (page);
  if (page->at == page->end || *page->at != '=')
    return TRUE;
  page->at++;
  skip_spaces (page);
  if (page->at < page->end)
    *value = *page->at == '"' || *page->at == '\'' ? take_quoted (page) : take_until (page, ">");
  return TRUE;
}

/* The character that a reference ("&amp;", "&#39;") stands for, and its @length; 0: it is none. */
static gunichar
read_reference (const char *text, gsize *length)
{
  static const struct
  {
    const char *name;
    gunichar c;
  } named[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&apos;", '\'' } };
  char *after = NULL;
  gboolean hex;
  guint64 number;

  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    if (g_str_has_prefix (text, named[i].name))
      {
        *length = strlen (named[i].name);
        return named[i].c;
      }
  if (text[1] != '#')
    return 0;
  hex = text[2] == 'x' || text[2] == 'X';
  if (!(hex ? g_ascii_isxdigit (text[3]) : g_ascii_isdigit (text[2])))
    return 0;
  number = g_ascii_strtoull (text + (hex ? 3 : 2), &after, hex ? 16 : 10);
  *length = (gsize) (after - text) + (*after == ';');
  return number > 0 && number <= 0x10ffff && g_unichar_validate ((gunichar) number) ? (gunichar) number : 0xfffd;
}

static char *
decode (Span span)
{
  g_autofree char *valid =
      g_utf8_make_valid (span.start, (gssize) strnlen (span.start, MIN (span.length, MAX_CONTENT)));
  GString *out = g_string_sized_new (strlen (valid));

  for (const char *at = valid; *at != '\0';)
    {
      gsize length = 0;
      gunichar c = *at == '&' ? read_reference (at, &length) : 0;

      if (c != 0)
        g_string_append_unichar (out, c);
      else
        g_string_append_len (out, at, (gssize) (length = (gsize) (g_utf8_next_char (at) - at)));
      at += length;
    }
  return g_string_free (out, FALSE);
}

/* Behind "<meta": (nullable): the content, if this is the one. The first of doubled attributes counts, as in a
 * browser. */
static char *
read_meta (Page *page, const char *wanted)
{
  Span name = { NULL, 0 }, content = { NULL, 0 };
  Span attribute, value;
  g_autofree char *decoded = NULL;

  while (take_attribute (page, &attribute, &value))
    {
      if (name.start == NULL && is_word (attribute, "name"))
        name = value;
      else if (content.start == NULL && is_word (attribute, "content"))
        content = value;
    }
  if (name.start == NULL || content.start == NULL)
    return NULL;
  decoded = decode (name);
  return g_ascii_strcasecmp (decoded, wanted) == 0 ? decode (content) : NULL;
}

/* Behind "<": moves behind the tag. */
static char *
read_tag (Page *page, const char *wanted)
{
  Span tag, name, value;

  if (page->end - page->at >= 3 && memcmp (page->at, "!--", 3) == 0)
    {
      skip_past (page, "-->");
      return NULL;
    }
  tag = take_until (page, "/>");
  if (is_word (tag, "meta"))
    return read_meta (page, wanted);
  if (tag.length == 0 || !g_ascii_isalpha (*tag.start))
    return NULL;
  while (take_attribute (page, &name, &value))
    continue;
  if (is_word (tag, "script"))
    skip_past (page, "</script");
  else if (is_word (tag, "style"))
    skip_past (page, "</style");
  return NULL;
}

char *
rd_meta_find (const char *html, gsize length, const char *name)
{
  Page page = { html, html + MIN (length, MAX_PAGE) };
  char *content = NULL;

  g_return_val_if_fail (html != NULL || length == 0, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  while (content == NULL && page.at < page.end)
    if (*page.at++ == '<')
      content = read_tag (&page, name);
  return content;
}
