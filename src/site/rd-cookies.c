/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-site"

#include "config.h"

#include "rd-cookies.h"

#include "rd-clean.h"

#include <string.h>

/* A jar of one account's own: all accounts share one SoupSession, and a jar that were a feature of that would hand
 * one account's session to the next account at the same site. Which cookie goes where (host, path, Secure, HttpOnly,
 * expiry) is SoupCookieJar's to say; this only puts it beside the session, bounds it, and writes it down. Cookies
 * that a browser would drop at its end are written, too: the agent is to be signed in after a restart. */

#define VERSION "1"
#define MAX_HEADER 5120
#define MAX_COOKIES 50
#define MIN_SECRET 8

struct _RdCookies
{
  GObject parent_instance;

  SoupCookieJar *jar;
  guint serial;
};

G_DEFINE_FINAL_TYPE (RdCookies, rd_cookies, G_TYPE_OBJECT)

enum
{
  FIELD_NAME,
  FIELD_VALUE,
  FIELD_DOMAIN,
  FIELD_PATH,
  FIELD_EXPIRES, /* s since the epoch, 0: with the browser's end */
  FIELD_FLAGS,   /* "s": Secure, "h": HttpOnly, "-" */
  N_FIELDS,
};

static void
free_cookies (GSList *cookies)
{
  g_slist_free_full (cookies, (GDestroyNotify) soup_cookie_free);
}

/* (transfer full): but for those that have expired, which a jar drops when it next looks at them */
static GSList *
dup_cookies (RdCookies *self)
{
  GSList *all = soup_cookie_jar_all_cookies (self->jar);
  GSList *good = NULL;

  for (GSList *l = all; l != NULL; l = l->next)
    {
      GDateTime *expires = soup_cookie_get_expires (l->data);

      if (expires != NULL && g_date_time_to_unix (expires) <= g_get_real_time () / G_USEC_PER_SEC)
        soup_cookie_free (l->data);
      else
        good = g_slist_prepend (good, l->data);
    }
  g_slist_free (all);
  return good;
}

static gint64
get_expires (SoupCookie *cookie)
{
  GDateTime *expires = soup_cookie_get_expires (cookie);

  return expires != NULL ? MAX (g_date_time_to_unix (expires), 1) : 0;
}

/* The same cookie again is no change, but for a new expiry. */
static void
on_jar_changed (SoupCookieJar *jar, SoupCookie *old, SoupCookie *new, RdCookies *self)
{
  if (old == NULL || new == NULL || g_strcmp0 (soup_cookie_get_value (old), soup_cookie_get_value (new)) != 0 ||
      get_expires (old) != get_expires (new))
    self->serial++;
}

static void
append_field (GString *out, const char *text, char end)
{
  g_string_append_uri_escaped (out, text != NULL ? text : "", NULL, FALSE);
  g_string_append_c (out, end);
}

static void
append_cookie (GString *out, SoupCookie *cookie)
{
  append_field (out, soup_cookie_get_name (cookie), '\t');
  append_field (out, soup_cookie_get_value (cookie), '\t');
  append_field (out, soup_cookie_get_domain (cookie), '\t');
  append_field (out, soup_cookie_get_path (cookie), '\t');
  g_string_append_printf (out, "%" G_GINT64_FORMAT "\t", get_expires (cookie));
  if (soup_cookie_get_secure (cookie))
    g_string_append_c (out, 's');
  if (soup_cookie_get_http_only (cookie))
    g_string_append_c (out, 'h');
  g_string_append (out, "-\n");
}

/* (nullable) (transfer full) */
static SoupCookie *
cookie_new (char **fields)
{
  gint64 expires = g_ascii_strtoll (fields[FIELD_EXPIRES], NULL, 10);
  g_autoptr (GDateTime) date = expires > 0 ? g_date_time_new_from_unix_utc (expires) : NULL;
  SoupCookie *cookie;

  if (*fields[FIELD_NAME] == '\0' || *fields[FIELD_DOMAIN] == '\0' || *fields[FIELD_PATH] != '/')
    return NULL;
  cookie = soup_cookie_new (fields[FIELD_NAME], fields[FIELD_VALUE], fields[FIELD_DOMAIN], fields[FIELD_PATH], -1);
  if (date != NULL)
    soup_cookie_set_expires (cookie, date);
  soup_cookie_set_secure (cookie, strchr (fields[FIELD_FLAGS], 's') != NULL);
  soup_cookie_set_http_only (cookie, strchr (fields[FIELD_FLAGS], 'h') != NULL);
  return cookie;
}

static void
free_fields (char **fields)
{
  for (char **field = fields; *field != NULL; field++)
    rd_clean_secret (*field);
  g_free (fields);
}

static void
load_line (RdCookies *self, const char *line)
{
  char **fields = g_strsplit (line, "\t", N_FIELDS + 1);
  SoupCookie *cookie = NULL;
  gboolean good = g_strv_length (fields) == N_FIELDS;

  for (guint i = 0; good && i < FIELD_EXPIRES; i++)
    {
      char *text = g_uri_unescape_string (fields[i], NULL);

      good = text != NULL && g_utf8_validate (text, -1, NULL) && strpbrk (text, "\r\n;") == NULL;
      rd_clean_secret (fields[i]);
      fields[i] = text != NULL ? text : g_strdup ("");
    }
  if (good)
    cookie = cookie_new (fields);
  if (cookie != NULL)
    soup_cookie_jar_add_cookie (self->jar, cookie);
  free_fields (fields);
}

static void
load (RdCookies *self, const char *text)
{
  char **lines = g_strsplit (text, "\n", MAX_COOKIES + 2);

  if (lines[0] != NULL && g_str_equal (lines[0], VERSION))
    for (guint i = 1; lines[i] != NULL && i <= MAX_COOKIES; i++)
      load_line (self, lines[i]);
  free_fields (lines);
}

static gboolean
is_cookie (const char *header)
{
  gsize name = strcspn (header, "=;");

  return strlen (header) <= MAX_HEADER && g_str_is_ascii (header) && name > 0 && header[name] == '=';
}

static gboolean
is_too_full (RdCookies *self)
{
  GSList *all = dup_cookies (self);
  guint n = g_slist_length (all);
  char *text = rd_cookies_dup_text (self);
  gboolean full = n > MAX_COOKIES || (text != NULL && strlen (text) > RD_COOKIES_MAX);

  free_cookies (all);
  rd_clean_secret (text);
  return full;
}

/* A full jar takes no more, yet what is in it can still be renewed or taken out: that is seen only afterwards. */
static gboolean
take_cookie (RdCookies *self, GUri *uri, const char *header)
{
  SoupCookie *cookie = is_cookie (header) ? soup_cookie_parse (header, uri) : NULL;
  gboolean full;

  if (cookie == NULL)
    return FALSE;
  soup_cookie_jar_set_cookie (self->jar, uri, header);
  full = is_too_full (self);
  if (full)
    soup_cookie_jar_delete_cookie (self->jar, cookie);
  soup_cookie_free (cookie);
  return !full;
}

/* GObject */

static void
rd_cookies_finalize (GObject *object)
{
  RdCookies *self = RD_COOKIES (object);

  g_clear_object (&self->jar);

  G_OBJECT_CLASS (rd_cookies_parent_class)->finalize (object);
}

static void
rd_cookies_class_init (RdCookiesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_cookies_finalize;
}

static void
rd_cookies_init (RdCookies *self)
{
  self->jar = soup_cookie_jar_new ();
  soup_cookie_jar_set_accept_policy (self->jar, SOUP_COOKIE_JAR_ACCEPT_ALWAYS);
  g_signal_connect_object (self->jar, "changed", G_CALLBACK (on_jar_changed), self, 0);
}

RdCookies *
rd_cookies_new (const char *text)
{
  RdCookies *self = g_object_new (RD_TYPE_COOKIES, NULL);

  if (text != NULL)
    load (self, text);
  self->serial = 0;
  return self;
}

char *
rd_cookies_dup_text (RdCookies *self)
{
  GSList *all = dup_cookies (self);
  GString *out = g_string_new (VERSION "\n");

  for (GSList *l = all; l != NULL; l = l->next)
    append_cookie (out, l->data);
  if (all == NULL)
    g_string_truncate (out, 0);
  free_cookies (all);
  return out->len > 0 ? g_string_free (out, FALSE) : (g_string_free (out, TRUE), NULL);
}

char *
rd_cookies_dup_header (RdCookies *self, GUri *uri)
{
  return soup_cookie_jar_get_cookies (self->jar, uri, TRUE);
}

void
rd_cookies_take (RdCookies *self, GUri *uri, SoupMessageHeaders *reply)
{
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;

  soup_message_headers_iter_init (&iter, reply);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    {
      if (g_ascii_strcasecmp (name, "Set-Cookie") == 0 && !take_cookie (self, uri, value))
        g_debug ("%s: a cookie is left out", g_uri_get_host (uri));
    }
}

gboolean
rd_cookies_is_empty (RdCookies *self)
{
  GSList *all = dup_cookies (self);
  gboolean empty = all == NULL;

  free_cookies (all);
  return empty;
}

guint
rd_cookies_get_serial (RdCookies *self)
{
  return self->serial;
}

void
rd_cookies_add_secrets (RdCookies *self, GPtrArray *out)
{
  GSList *all = dup_cookies (self);

  for (GSList *l = all; l != NULL; l = l->next)
    if (strlen (soup_cookie_get_value (l->data)) >= MIN_SECRET)
      g_ptr_array_add (out, g_strdup (soup_cookie_get_value (l->data)));
  free_cookies (all);
}
