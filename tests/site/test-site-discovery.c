/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "mock-site.h"
#include "rd-discovery.h"
#include "rd-fault.h"
#include "rd-test.h"

#include <string.h>

/* What a site says of itself, and what it may not lead to. */

#define WELL_KNOWN "GET /.well-known/ringdown.json"
#define PROFILE "GET /ringdown-profile.json"
#define JSON "application/json"

typedef struct
{
  MockSite *mock;
  SoupSession *session;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->mock = mock_site_new ();
  f->session = soup_session_new ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  soup_session_abort (f->session);
  rd_test_drain ();
  g_assert_finalize_object (f->session);
  mock_site_free (f->mock);
}

static GVariant *
look (Fixture *f, const char *address, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rd_discovery_look_async (f->session, address, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  return rd_discovery_look_finish (result, error);
}

static RdProfile *
fetch (Fixture *f, const char *url, GBytes **text, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rd_discovery_fetch_async (f->session, mock_site_get_base (f->mock), url, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  return rd_discovery_fetch_finish (result, text, error);
}

static void
assert_fails (Fixture *f, RdFaultCode code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (look (f, mock_site_get_base (f->mock), &error));
  g_assert_error (error, RD_FAULT, (int) code);
}

static void
say_site (Fixture *f, const char *what)
{
  g_autofree char *text = g_strdup_printf ("{\"ringdown\":1,\"site\":\"%s\",\"profile\":\"crm\",\"key\":\"app-key\","
                                           "\"host\":\"127.0.0.1\",\"port\":6001,\"tls\":false}",
                                           mock_site_get_base (f->mock));

  mock_site_say_text (f->mock, what, 200, JSON, text);
}

static void
assert_found (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) setup = look (f, mock_site_get_base (f->mock), &error);
  const char *profile = NULL;

  g_assert_no_error (error);
  g_assert_true (g_variant_lookup (setup, "profile", "&s", &profile));
  g_assert_cmpstr (profile, ==, "crm");
}

static void
test_found (Fixture *f, gconstpointer data)
{
  say_site (f, WELL_KNOWN);
  assert_found (f);
  g_assert_null (mock_site_seen (f->mock, WELL_KNOWN, 0)->authorization);
  g_assert_null (mock_site_seen (f->mock, WELL_KNOWN, 0)->cookie);
}

static void
test_redirects (Fixture *f, gconstpointer data)
{
  g_autoptr (MockSite) other = mock_site_new ();
  g_autofree char *location = g_strconcat (mock_site_get_base (other), "ringdown.json", NULL);

  mock_site_redirect (f->mock, WELL_KNOWN, 302, location);
  mock_site_redirect (f->mock, WELL_KNOWN, 301, "https://elsewhere.example/x");
  mock_site_redirect (f->mock, WELL_KNOWN, 302, "/about/ringdown.json");
  say_site (f, "GET /about/ringdown.json");
  assert_fails (f, RD_FAULT_BAD_REPLY);
  assert_fails (f, RD_FAULT_BAD_REPLY);
  assert_found (f);
  g_assert_cmpuint (mock_site_count (other, "GET /ringdown.json"), ==, 0);
}

static void
test_says_nothing (Fixture *f, gconstpointer data)
{
  mock_site_say_text (f->mock, WELL_KNOWN, 404, JSON, "{}");
  mock_site_say_text (f->mock, WELL_KNOWN, 200, "text/html", "<html>Welcome</html>");
  mock_site_say_text (f->mock, WELL_KNOWN, 403, JSON, "{}");
  mock_site_say_text (f->mock, WELL_KNOWN, 500, JSON, "{}");
  assert_fails (f, RD_FAULT_NOT_FOUND);
  assert_fails (f, RD_FAULT_NOT_FOUND);
  assert_fails (f, RD_FAULT_FORBIDDEN);
  assert_fails (f, RD_FAULT_SITE_ERROR);
}

static void
test_nonsense (Fixture *f, gconstpointer data)
{
  static const char * const texts[] = {
    "{", "[]", "{}", "{\"ringdown\":2}", "{\"ringdown\":1,\"site\":\"https://elsewhere.example\",\"profile\":\"crm\"}",
    "{\"ringdown\":1,\"profile\":\"crm\",\"token\":\"secret-1\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    mock_site_say_text (f->mock, WELL_KNOWN, 200, JSON, texts[i]);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (look (f, mock_site_get_base (f->mock), &error));
      g_assert_true (error->domain == RD_FAULT);
      g_assert_null (strstr (error->message, "secret-1"));
    }
}

/* 50 MB and more: no more of it is read than what may be there. */
static void
test_flood (Fixture *f, gconstpointer data)
{
  mock_site_flood (f->mock, WELL_KNOWN);
  assert_fails (f, RD_FAULT_TOO_LARGE);
  rd_test_await (mock_site_get_live (f->mock) == 0);
  g_assert_cmpuint (mock_site_get_flooded (f->mock), <, 64 * 1024 * 1024);
}

static void
test_addresses (Fixture *f, gconstpointer data)
{
  static const char * const addresses[] = { "", "http://crm.example.org", "ftp://crm.example.org", "a b", "https://" };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (look (f, addresses[i], &error));
      g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
    }
}

static void
test_profile (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "profiles", "crm.json", NULL);
  g_autofree char *url = g_strconcat (mock_site_get_base (f->mock), "ringdown-profile.json", NULL);
  g_autofree char *text = NULL;
  g_autofree char *large = g_strnfill (256 * 1024 + 1, ' ');
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (RdProfile) profile = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  mock_site_say_text (f->mock, PROFILE, 200, JSON, text);
  mock_site_say_text (f->mock, PROFILE, 200, JSON, "{\"format\":1}");
  mock_site_say_text (f->mock, PROFILE, 200, JSON, large);
  profile = fetch (f, url, &kept, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rd_profile_get_id (profile), ==, "crm");
  g_assert_cmpuint (g_bytes_get_size (kept), ==, strlen (text));
  g_assert_null (fetch (f, url, NULL, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_PROFILE);
  g_clear_error (&error);
  g_assert_null (fetch (f, url, NULL, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_TOO_LARGE);
  g_clear_error (&error);
  g_assert_null (fetch (f, "https://elsewhere.example/profile.json", NULL, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/site/discovery/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("found", test_found);
  ADD ("redirects", test_redirects);
  ADD ("says-nothing", test_says_nothing);
  ADD ("nonsense", test_nonsense);
  ADD ("flood", test_flood);
  ADD ("addresses", test_addresses);
  ADD ("profile", test_profile);
  return g_test_run ();
}
