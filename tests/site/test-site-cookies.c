/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-cookies.h"

#include <string.h>

/* A jar: what goes in, where it goes, and what is written down. */

static GUri *
parse (const char *text)
{
  GUri *uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);

  g_assert_nonnull (uri);
  return uri;
}

static void
set (RdCookies *jar, const char *from, const char *cookie)
{
  g_autoptr (GUri) uri = parse (from);
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);

  soup_message_headers_append (headers, "Set-Cookie", cookie);
  rd_cookies_take (jar, uri, headers);
  soup_message_headers_unref (headers);
}

static void
assert_sent (RdCookies *jar, const char *to, const char *expected)
{
  g_autoptr (GUri) uri = parse (to);
  g_autofree char *header = rd_cookies_dup_header (jar, uri);

  g_assert_cmpstr (header, ==, expected);
}

/* (transfer full): what a restart would make of it */
static RdCookies *
restart (RdCookies *jar)
{
  g_autofree char *text = rd_cookies_dup_text (jar);

  for (const char *p = text; p != NULL && *p != '\0'; p++)
    g_assert_true (g_ascii_isprint (*p) || *p == '\t' || *p == '\n');
  return rd_cookies_new (text);
}

static const struct
{
  const char *from;
  const char *cookie;
  const char *to;
  const char *sent;
} rules[] = {
  { "https://crm.example.com/", "a=1", "https://crm.example.com/x/y", "a=1" },
  { "https://crm.example.com/", "a=1", "https://other.example.com/", NULL },
  { "https://crm.example.com/", "a=1", "https://example.com/", NULL },
  { "https://crm.example.com/", "a=1; Domain=other.org", "https://other.org/", NULL },
  { "https://crm.example.com/", "a=1; Domain=other.org", "https://crm.example.com/", NULL },
  { "https://crm.example.com/", "a=1; Domain=com", "https://crm.example.com/", NULL },
  { "https://crm.example.com/", "a=1; Domain=example.com", "https://crm.example.com/", "a=1" },
  { "https://crm.example.com/", "a=1; Secure", "http://crm.example.com/", NULL },
  { "https://crm.example.com/", "a=1; Secure", "https://crm.example.com/", "a=1" },
  { "http://crm.example.com/", "a=1; Secure", "https://crm.example.com/", NULL },
  { "https://crm.example.com/", "a=1; HttpOnly", "https://crm.example.com/", "a=1" },
  { "https://crm.example.com/", "a=1; Path=/in", "https://crm.example.com/in/side", "a=1" },
  { "https://crm.example.com/", "a=1; Path=/in", "https://crm.example.com/out", NULL },
  { "https://crm.example.com/", "a=1; Max-Age=3600", "https://crm.example.com/", "a=1" },
  { "https://crm.example.com/", "a=1; Max-Age=0", "https://crm.example.com/", NULL },
  { "https://crm.example.com/", "a=1; Expires=Thu, 01 Jan 1970 00:00:10 GMT", "https://crm.example.com/", NULL },
  { "https://crm.example.com/", "a=1; SameSite=Strict", "https://crm.example.com/", "a=1" },
  { "https://crm.example.com/", "__Host-a=1; Path=/; Secure", "https://crm.example.com/", "__Host-a=1" },
  { "https://crm.example.com/", "a=b%20c|\"d\"=e", "https://crm.example.com/", "a=b%20c|\"d\"=e" },
  { "http://127.0.0.1:8000/", "a=1", "http://127.0.0.1:8000/x", "a=1" },
  { "https://crm.example.com/", "", "https://crm.example.com/", NULL },
  { "https://crm.example.com/", "=", "https://crm.example.com/", NULL },
  { "https://crm.example.com/", "a=\xc3\xa9", "https://crm.example.com/", NULL },
};

static void
test_rules (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (RdCookies) jar = rd_cookies_new (NULL);
      g_autoptr (RdCookies) again = NULL;

      g_test_message ("%s", rules[i].cookie);
      set (jar, rules[i].from, rules[i].cookie);
      assert_sent (jar, rules[i].to, rules[i].sent);
      again = restart (jar);
      assert_sent (again, rules[i].to, rules[i].sent);
      g_assert_cmpint (rd_cookies_is_empty (jar), ==, rd_cookies_is_empty (again));
    }
}

static void
test_changes (void)
{
  g_autoptr (RdCookies) jar = rd_cookies_new (NULL);
  guint serial;

  g_assert_true (rd_cookies_is_empty (jar));
  g_assert_cmpuint (rd_cookies_get_serial (jar), ==, 0);
  set (jar, "https://a.org/", "session=1");
  serial = rd_cookies_get_serial (jar);
  g_assert_cmpuint (serial, >, 0);
  g_assert_false (rd_cookies_is_empty (jar));
  set (jar, "https://a.org/", "session=1");
  g_assert_cmpuint (rd_cookies_get_serial (jar), ==, serial);
  set (jar, "https://a.org/", "session=2");
  g_assert_cmpuint (rd_cookies_get_serial (jar), >, serial);
  serial = rd_cookies_get_serial (jar);
  set (jar, "https://a.org/", "session=2; Max-Age=0");
  g_assert_cmpuint (rd_cookies_get_serial (jar), >, serial);
  g_assert_true (rd_cookies_is_empty (jar));
  assert_sent (jar, "https://a.org/", NULL);
}

/* A site cannot make a jar grow without end, nor one that could not be kept. */
static void
test_bounds (void)
{
  g_autoptr (RdCookies) jar = rd_cookies_new (NULL);
  g_autoptr (RdCookies) again = NULL;
  g_autofree char *long_value = g_strnfill (4000, '%');
  g_autofree char *huge = g_strnfill (20000, 'a');
  g_autofree char *text = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *cookie = g_strconcat ("huge=", huge, NULL);
  g_autoptr (GUri) uri = parse ("https://a.org/");

  set (jar, "https://a.org/", "session=kept");
  set (jar, "https://a.org/", cookie);
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *many = g_strdup_printf ("c%u=%s", i, i % 2 == 0 ? "x" : long_value);

      set (jar, "https://a.org/", many);
    }
  text = rd_cookies_dup_text (jar);
  g_assert_cmpuint (strlen (text), <=, RD_COOKIES_MAX);
  g_assert_nonnull (strstr (text, "session\tkept\t"));
  g_assert_null (strstr (text, "huge"));
  again = restart (jar);
  before = rd_cookies_dup_header (jar, uri);
  after = rd_cookies_dup_header (again, uri);
  g_assert_cmpuint (strlen (before), ==, strlen (after));
}

/* A jar that is full takes no more, and still does what the site wants of what is in it. */
static void
test_full (void)
{
  g_autoptr (RdCookies) jar = rd_cookies_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *cookie = g_strdup_printf ("c%u=x; Path=/%u", i, i);

      set (jar, "https://a.org/", cookie);
    }
  assert_sent (jar, "https://a.org/49", "c49=x");
  assert_sent (jar, "https://a.org/50", NULL);
  set (jar, "https://a.org/", "c7=renewed; Path=/7");
  assert_sent (jar, "https://a.org/7", "c7=renewed");
  set (jar, "https://a.org/", "c8=x; Path=/8; Max-Age=0");
  assert_sent (jar, "https://a.org/8", NULL);
  set (jar, "https://a.org/", "c50=x; Path=/50");
  assert_sent (jar, "https://a.org/50", "c50=x");
  text = rd_cookies_dup_text (jar);
  g_assert_cmpuint (strlen (text), <=, RD_COOKIES_MAX);
}

static void
test_bad_text (void)
{
  static const char * const texts[] = {
    "", "1", "1\n", "2\na\tb\ta.org\t/\t0\t-\n", "1\n\n\n", "1\na\n", "1\na\tb\ta.org\t/\t0\n",
    "1\n\tb\ta.org\t/\t0\t-\n",
    "1\na\tb\t\t/\t0\t-\n", "1\na\tb\ta.org\tx\t0\t-\n", "1\na\t%0d%0aX: y\ta.org\t/\t0\t-\n",
    "1\na\t%zz\ta.org\t/\t0\t-\n", "1\na\t%ff\ta.org\t/\t0\t-\n", "1\na\tb\ta.org\t/\t1\t-\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (RdCookies) jar = rd_cookies_new (texts[i]);

      g_test_message ("%u", i);
      g_assert_true (rd_cookies_is_empty (jar));
      g_assert_null (rd_cookies_dup_text (jar));
      assert_sent (jar, "https://a.org/", NULL);
    }
}

static void
test_secrets (void)
{
  g_autoptr (RdCookies) jar = rd_cookies_new (NULL);
  g_autoptr (GPtrArray) secrets = g_ptr_array_new_with_free_func (g_free);

  set (jar, "https://a.org/", "lang=en");
  set (jar, "https://a.org/", "session=abcdefgh");
  rd_cookies_add_secrets (jar, secrets);
  g_assert_cmpuint (secrets->len, ==, 1);
  g_assert_cmpstr (secrets->pdata[0], ==, "abcdefgh");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/site/cookies/rules", test_rules);
  g_test_add_func ("/site/cookies/changes", test_changes);
  g_test_add_func ("/site/cookies/bounds", test_bounds);
  g_test_add_func ("/site/cookies/full", test_full);
  g_test_add_func ("/site/cookies/bad-text", test_bad_text);
  g_test_add_func ("/site/cookies/secrets", test_secrets);
  return g_test_run ();
}
