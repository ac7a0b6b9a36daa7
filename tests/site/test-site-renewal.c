/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-test-clock.h"
#include "site-fixture.h"

#include <string.h>

/* Credentials that run out: renewed before use where that is known, after a refusal otherwise; cookies that go to
 * nobody else, and are told of seldom. */

#define S ((gint64) G_USEC_PER_SEC)
#define NOW (G_GINT64_CONSTANT (1900000000) * S)

#define ACTIVE "GET /api/jitsi-calls/my_active_call/"
#define REFRESH "POST /api/auth/token/refresh/"
#define SMS_HOME "GET /"
#define SMS_LIST "GET /api/conversations"
#define SMS_READ "POST /messenger/conversation/3/read"
#define TEAM_SESSION "GET /api/auth/session"
#define TEAM_LIST "GET /api/workspaces"

#define HOME "<html><head><meta name=\"csrf-token\" content=\"%s\"><meta name=\"user-id\" content=\"5\"></head></html>"
#define LOGIN "<html><head><meta name=\"csrf-token\" content=\"guest\"></head><body>Sign in</body></html>"

/* Until the year 2050 or so */
#define JAR(value) "1\nportal_session\t" value "\t127.0.0.1\t/\t2500000000\th-\n"

static RdTestClock *the_clock;

static void
give (SiteFixture *f, const char *token, const char *refresh_token, const char *cookies, gint64 expires_at)
{
  g_autoptr (RdTokens) tokens = rd_tokens_new (token, refresh_token);

  tokens->cookies = g_strdup (cookies);
  tokens->expires_at = expires_at;
  rd_site_set_tokens (f->site, tokens);
}

static void
set_up (SiteFixture *f, gconstpointer profile)
{
  site_fixture_set_up (f, profile);
  mock_site_track (f->mock, FALSE);
  the_clock = rd_test_clock_new (NOW);
  g_object_set (f->site, "clock", the_clock, NULL);
  if (!g_str_equal (profile, "crm"))
    give (f, NULL, NULL, JAR ("session-1"), 0);
}

static void
tear_down (SiteFixture *f, gconstpointer profile)
{
  site_fixture_tear_down (f, profile);
  g_assert_finalize_object (the_clock);
}

static void
say (SiteFixture *f, const char *what, guint status, const char *json)
{
  mock_site_say_text (f->mock, what, status, "application/json", json);
}

static void
say_home (SiteFixture *f, const char *csrf)
{
  g_autofree char *html = g_strdup_printf (HOME, csrf);

  mock_site_say_text (f->mock, SMS_HOME, 200, "text/html", html);
}

static void
set_cookie (SiteFixture *f, const char *what, const char *cookie)
{
  const char *cookies[] = { cookie, NULL };

  mock_site_cookies (f->mock, what, cookies);
}

static gboolean
act (SiteFixture *f, const char *action, GError **error)
{
  g_autoptr (RdVars) extra = rd_vars_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) local = NULL;

  rd_vars_set (extra, "conversation.id", "3");
  rd_vars_set (extra, "page", "1");
  rd_site_act_async (f->site, action, extra, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  node = rd_site_act_finish (f->site, result, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
assert_works (SiteFixture *f, const char *action)
{
  g_autoptr (GError) error = NULL;

  act (f, action, &error);
  g_assert_no_error (error);
  g_assert_false (rd_site_get_signed_out (f->site));
}

static void
assert_fails (SiteFixture *f, const char *action, RdFaultCode code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (act (f, action, &error));
  g_assert_error (error, RD_FAULT, (int) code);
  g_assert_null (strstr (error->message, "session-1"));
  g_assert_cmpint (rd_site_get_signed_out (f->site), ==, code == RD_FAULT_SIGNED_OUT);
}

/* Expiry */

static void
test_before_use (SiteFixture *f, gconstpointer data)
{
  give (f, "access-1", "refresh-1", NULL, NOW + 3600 * S);
  mock_site_say (f->mock, ACTIVE, 200, "active-call");
  say (f, REFRESH, 200, "{\"access\":\"access-2\",\"refresh\":\"refresh-2\"}");
  assert_works (f, "active-call");
  g_assert_cmpuint (mock_site_count (f->mock, REFRESH), ==, 0);
  /* within the last minute */
  rd_test_clock_advance (the_clock, 3560 * 1000);
  assert_works (f, "active-call");
  g_assert_cmpuint (mock_site_count (f->mock, REFRESH), ==, 1);
  g_assert_cmpstr (mock_site_seen (f->mock, REFRESH, 0)->body, ==, "{\"refresh\":\"refresh-1\"}");
  g_assert_cmpuint (mock_site_count (f->mock, ACTIVE), ==, 2);
  g_assert_cmpstr (mock_site_seen (f->mock, ACTIVE, 1)->authorization, ==, "Bearer access-2");
  g_assert_cmpstr (f->changed->pdata[0], ==, "access-2 refresh-2");
  g_assert_cmpint (f->tokens->expires_at, ==, 0);
}

/* It was already over when the agent started; and one that waits is enough for all. */
static void
test_before_use_once (SiteFixture *f, gconstpointer data)
{
  GAsyncResult *results[10] = { NULL };

  give (f, "access-1", "refresh-1", NULL, NOW - 3600 * S);
  mock_site_set_token (f->mock, "access-2");
  mock_site_say (f->mock, ACTIVE, 200, "active-call");
  mock_site_say (f->mock, REFRESH, 200, "refreshed");
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    rd_site_act_async (f->site, "active-call", NULL, NULL, rd_test_store_result, &results[i]);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (JsonNode) node = NULL;

      rd_test_await (results[i] != NULL);
      node = rd_site_act_finish (f->site, results[i], NULL);
      g_assert_nonnull (node);
      g_object_unref (results[i]);
    }
  g_assert_cmpuint (mock_site_count (f->mock, REFRESH), ==, 1);
  g_assert_cmpuint (mock_site_count (f->mock, ACTIVE), ==, G_N_ELEMENTS (results));
}

/* The renewal fails for now: what is still good is used, what is not, is not. */
static void
test_before_use_fails (SiteFixture *f, gconstpointer data)
{
  give (f, "access-1", "refresh-1", NULL, NOW + 30 * S);
  mock_site_say (f->mock, ACTIVE, 200, "active-call");
  mock_site_say (f->mock, REFRESH, 503, NULL);
  assert_works (f, "active-call");
  g_assert_cmpstr (mock_site_seen (f->mock, ACTIVE, 0)->authorization, ==, "Bearer access-1");
  rd_test_clock_advance (the_clock, 31 * 1000);
  assert_fails (f, "active-call", RD_FAULT_SITE_ERROR);
  g_assert_cmpuint (mock_site_count (f->mock, ACTIVE), ==, 1);
  mock_site_say (f->mock, REFRESH, 401, "expired");
  assert_fails (f, "active-call", RD_FAULT_SITE_ERROR);
  assert_fails (f, "active-call", RD_FAULT_SIGNED_OUT);
}

/* Nothing to renew it with: the site decides. */
static void
test_expired_alone (SiteFixture *f, gconstpointer data)
{
  give (f, "access-1", NULL, NULL, NOW - S);
  mock_site_say (f->mock, ACTIVE, 200, "active-call");
  assert_works (f, "active-call");
}

/* Only the longer-lived one was kept. */
static void
test_refresh_token_alone (SiteFixture *f, gconstpointer data)
{
  give (f, NULL, "refresh-1", NULL, 0);
  mock_site_say (f->mock, ACTIVE, 200, "active-call");
  mock_site_say (f->mock, REFRESH, 200, "refreshed");
  assert_works (f, "active-call");
  g_assert_cmpuint (mock_site_count (f->mock, ACTIVE), ==, 1);
  g_assert_cmpstr (mock_site_seen (f->mock, ACTIVE, 0)->authorization, ==, "Bearer access-2");
}

/* CSRF */

/* A jar out of the keyring knows no page: it is fetched before the first POST, not before a GET, and not again. */
static void
test_csrf_first (SiteFixture *f, gconstpointer data)
{
  say (f, SMS_LIST, 200, "[]");
  say (f, SMS_READ, 200, "{\"success\":true}");
  say_home (f, "csrf-1");
  assert_works (f, "conversations");
  g_assert_cmpuint (mock_site_count (f->mock, SMS_HOME), ==, 0);
  g_assert_null (mock_site_seen (f->mock, SMS_LIST, 0)->csrf);
  assert_works (f, "mark-read");
  assert_works (f, "mark-read");
  g_assert_cmpuint (mock_site_count (f->mock, SMS_HOME), ==, 1);
  g_assert_cmpstr (mock_site_seen (f->mock, SMS_READ, 0)->csrf, ==, "csrf-1");
  g_assert_cmpstr (mock_site_seen (f->mock, SMS_READ, 1)->csrf, ==, "csrf-1");
  g_assert_cmpuint (f->changed->len, ==, 0);
}

static void
test_csrf_rotates (SiteFixture *f, gconstpointer data)
{
  say_home (f, "csrf-1");
  say_home (f, "csrf-2");
  say (f, SMS_READ, 200, "{\"success\":true}");
  say (f, SMS_READ, 419, "{\"message\":\"CSRF token mismatch.\"}");
  say (f, SMS_READ, 200, "{\"success\":true}");
  assert_works (f, "mark-read");
  assert_works (f, "mark-read");
  g_assert_cmpuint (mock_site_count (f->mock, SMS_HOME), ==, 2);
  g_assert_cmpuint (mock_site_count (f->mock, SMS_READ), ==, 3);
  g_assert_cmpstr (mock_site_seen (f->mock, SMS_READ, 1)->csrf, ==, "csrf-1");
  g_assert_cmpstr (mock_site_seen (f->mock, SMS_READ, 2)->csrf, ==, "csrf-2");
  /* once only */
  say (f, SMS_READ, 419, "{\"message\":\"CSRF token mismatch.\"}");
  assert_works (f, "mark-read");
  assert_fails (f, "mark-read", RD_FAULT_SIGNED_OUT);
  g_assert_cmpuint (mock_site_count (f->mock, SMS_READ), ==, 6);
}

/* The closed door of a site with cookies */

/* The page of a stranger, or the way there, in place of data; the page that would renew it is a stranger's, too. */
static void
test_login_page (SiteFixture *f, gconstpointer data)
{
  mock_site_say_text (f->mock, SMS_LIST, 200, "text/html", LOGIN);
  mock_site_redirect (f->mock, SMS_HOME, 302, "/login");
  mock_site_say_text (f->mock, "GET /login", 200, "text/html", LOGIN);
  assert_fails (f, "conversations", RD_FAULT_SIGNED_OUT);
  g_assert_cmpuint (mock_site_count (f->mock, SMS_HOME), ==, 1);
  g_assert_cmpuint (mock_site_count (f->mock, SMS_LIST), ==, 1);
  g_assert_error (rd_site_get_problem (f->site), RD_FAULT, RD_FAULT_SIGNED_OUT);
  /* the site is left alone from now on */
  assert_fails (f, "conversations", RD_FAULT_SIGNED_OUT);
  g_assert_cmpuint (mock_site_count (f->mock, SMS_LIST), ==, 1);
  give (f, NULL, NULL, JAR ("session-2"), 0);
  say (f, SMS_LIST, 200, "[]");
  /* the last reply of a script stays until it was said once more */
  assert_fails (f, "conversations", RD_FAULT_SIGNED_OUT);
  give (f, NULL, NULL, JAR ("session-2"), 0);
  assert_works (f, "conversations");
}

static void
test_login_redirect (SiteFixture *f, gconstpointer data)
{
  mock_site_redirect (f->mock, SMS_LIST, 302, "/login");
  mock_site_say_text (f->mock, "GET /login", 200, "text/html", LOGIN);
  say (f, SMS_READ, 200, "{\"success\":true}");
  mock_site_redirect (f->mock, SMS_READ, 302, "/login");
  say_home (f, "csrf-1");
  say (f, SMS_HOME, 401, "{\"message\":\"Unauthenticated.\"}");
  assert_works (f, "mark-read");
  assert_fails (f, "mark-read", RD_FAULT_SIGNED_OUT);
  g_assert_cmpuint (mock_site_count (f->mock, "GET /login"), ==, 0);
  give (f, NULL, NULL, JAR ("session-1"), 0);
  assert_fails (f, "conversations", RD_FAULT_SIGNED_OUT);
}

/* To sign in somewhere else altogether: nothing goes there. */
static void
test_login_elsewhere (SiteFixture *f, gconstpointer data)
{
  g_autoptr (MockSite) other = mock_site_new ();
  g_autofree char *location = g_strconcat (mock_site_get_base (other), "login", NULL);

  mock_site_redirect (f->mock, SMS_LIST, 302, location);
  mock_site_redirect (f->mock, SMS_HOME, 302, location);
  assert_fails (f, "conversations", RD_FAULT_SIGNED_OUT);
  g_assert_cmpuint (mock_site_count (other, "GET /login"), ==, 0);
}

/* The user is signed in, as the renewal shows: one page that is wrong is no reason to ask for a password. */
static void
test_wrong_page (SiteFixture *f, gconstpointer data)
{
  mock_site_say_text (f->mock, SMS_LIST, 200, "text/html", "<html>We are being updated</html>");
  say_home (f, "csrf-1");
  assert_fails (f, "conversations", RD_FAULT_BAD_REPLY);
  g_assert_cmpuint (mock_site_count (f->mock, SMS_LIST), ==, 2);
}

/* A page is for no reason but an answer of 2xx a closed door. */
static void
test_error_pages (SiteFixture *f, gconstpointer data)
{
  mock_site_say_text (f->mock, SMS_LIST, 404, "text/html", "<html>Not found</html>");
  mock_site_say_text (f->mock, SMS_LIST, 503, "text/html", "<html>Later</html>");
  assert_fails (f, "conversations", RD_FAULT_REFUSED);
  assert_fails (f, "conversations", RD_FAULT_SITE_ERROR);
  g_assert_cmpuint (mock_site_count (f->mock, SMS_HOME), ==, 0);
}

/* With a token, a page is what it always was: nonsense. */
static void
test_page_for_token (SiteFixture *f, gconstpointer data)
{
  mock_site_say_text (f->mock, ACTIVE, 200, "text/html", LOGIN);
  assert_fails (f, "active-call", RD_FAULT_BAD_REPLY);
  g_assert_cmpuint (mock_site_count (f->mock, REFRESH), ==, 0);
}

static void
test_next_auth (SiteFixture *f, gconstpointer data)
{
  say (f, TEAM_LIST, 401, "{\"error\":\"Unauthorized\"}");
  say (f, TEAM_LIST, 200, "{\"success\":true,\"workspaces\":[]}");
  say (f, TEAM_SESSION, 200, "{\"user\":{\"id\":\"u1\"}}");
  assert_works (f, "workspaces");
  g_assert_cmpuint (mock_site_count (f->mock, TEAM_SESSION), ==, 1);
  /* a session of nobody */
  say (f, TEAM_LIST, 401, "{\"error\":\"Unauthorized\"}");
  say (f, TEAM_SESSION, 200, "{}");
  assert_works (f, "workspaces");
  assert_fails (f, "workspaces", RD_FAULT_SIGNED_OUT);
}

/* All that was kept is over. */
static void
test_jar_expired (SiteFixture *f, gconstpointer data)
{
  give (f, NULL, NULL, "1\nportal_session\tsession-1\t127.0.0.1\t/\t1000000000\th-\n", 0);
  assert_fails (f, "conversations", RD_FAULT_SIGNED_OUT);
  g_assert_cmpuint (mock_site_count (f->mock, SMS_LIST), ==, 0);
}

static void
test_never_signed_in (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rd_site_set_tokens (f->site, NULL);
  g_assert_false (act (f, "conversations", &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_SIGNED_OUT);
  g_assert_false (rd_site_get_signed_out (f->site));
  g_assert_null (rd_site_get_problem (f->site));
}

/* Cookies */

/* A new session cookie with every reply: told of at once, then not before five minutes, then once. */
static void
test_told_seldom (SiteFixture *f, gconstpointer data)
{
  for (guint i = 1; i <= 30; i++)
    {
      g_autofree char *cookie = g_strdup_printf ("portal_session=fresh-%u; Path=/; Max-Age=7200", i);

      say (f, SMS_LIST, 200, "[]");
      set_cookie (f, SMS_LIST, cookie);
    }
  for (guint i = 0; i < 20; i++)
    assert_works (f, "conversations");
  g_assert_cmpuint (f->changed->len, ==, 1);
  g_assert_nonnull (strstr (f->tokens->cookies, "\tfresh-1\t"));
  g_assert_nonnull (strstr (mock_site_seen (f->mock, SMS_LIST, 19)->cookie, "portal_session=fresh-19"));
  rd_test_clock_advance (the_clock, 299 * 1000);
  g_assert_cmpuint (f->changed->len, ==, 1);
  rd_test_clock_advance (the_clock, 2 * 1000);
  g_assert_cmpuint (f->changed->len, ==, 2);
  g_assert_nonnull (strstr (f->tokens->cookies, "\tfresh-20\t"));
  rd_test_clock_advance (the_clock, 3600 * 1000);
  g_assert_cmpuint (f->changed->len, ==, 2);
  assert_works (f, "conversations");
  g_assert_cmpuint (f->changed->len, ==, 3);
  /* and at the end what is left, once */
  assert_works (f, "conversations");
  g_assert_cmpuint (f->changed->len, ==, 3);
  rd_site_flush_tokens (f->site);
  rd_site_flush_tokens (f->site);
  g_assert_cmpuint (f->changed->len, ==, 4);
  g_assert_nonnull (strstr (f->tokens->cookies, "\tfresh-22\t"));
  g_assert_cmpuint (rd_test_clock_get_timers (the_clock), ==, 0);
}

/* The same cookie again and again is nothing to write down. */
static void
test_told_never (SiteFixture *f, gconstpointer data)
{
  say (f, SMS_LIST, 200, "[]");
  set_cookie (f, SMS_LIST, "portal_session=session-1; Path=/; Expires=Fri, 22 Mar 2049 04:26:40 GMT");
  for (guint i = 0; i < 5; i++)
    assert_works (f, "conversations");
  g_assert_cmpuint (f->changed->len, ==, 0);
  rd_site_flush_tokens (f->site);
  g_assert_cmpuint (f->changed->len, ==, 0);
}

static RdSite *
second_account (SiteFixture *f, MockSite *mock)
{
  g_autoptr (RdProfile) profile = site_fixture_profile ("sms");
  g_autoptr (RdTokens) tokens = rd_tokens_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  RdSite *site = rd_site_new (profile, f->session, mock_site_get_base (mock), FALSE, &error);

  g_assert_no_error (error);
  tokens->cookies = g_strdup ("1\nportal_session\tsecond\t127.0.0.1\t/\t2500000000\th-\n");
  rd_site_set_tokens (site, tokens);
  return site;
}

/* Two accounts at one site, and one at another on the same machine, over the same SoupSession. */
static void
test_isolation (SiteFixture *f, gconstpointer data)
{
  g_autoptr (MockSite) other = mock_site_new ();
  SiteFixture second = { .mock = f->mock };
  SiteFixture third = { .mock = other };

  second.site = second_account (f, f->mock);
  third.site = second_account (f, other);
  rd_site_set_tokens (third.site, NULL);
  mock_site_track (other, FALSE);
  say (f, SMS_LIST, 200, "[]");
  set_cookie (f, SMS_LIST, "portal_session=of-first; Path=/; Max-Age=7200");
  say (f, SMS_LIST, 200, "[]");
  set_cookie (f, SMS_LIST, "portal_session=of-second; Path=/; Max-Age=7200");
  say (f, SMS_LIST, 200, "[]");
  assert_works (f, "conversations");
  assert_works (&second, "conversations");
  g_assert_cmpstr (mock_site_seen (f->mock, SMS_LIST, 0)->cookie, ==, "portal_session=session-1");
  g_assert_cmpstr (mock_site_seen (f->mock, SMS_LIST, 1)->cookie, ==, "portal_session=second");
  assert_works (f, "conversations");
  assert_works (&second, "conversations");
  g_assert_cmpstr (mock_site_seen (f->mock, SMS_LIST, 2)->cookie, ==, "portal_session=of-first");
  g_assert_cmpstr (mock_site_seen (f->mock, SMS_LIST, 3)->cookie, ==, "portal_session=of-second");
  /* one that is signed out leaves the other as it is */
  say (f, SMS_LIST, 401, "{}");
  say (f, SMS_LIST, 200, "[]");
  say (f, SMS_HOME, 401, "{}");
  assert_works (f, "conversations");
  assert_fails (f, "conversations", RD_FAULT_SIGNED_OUT);
  assert_works (&second, "conversations");
  /* the same address, another port */
  mock_site_say_text (other, SMS_LIST, 200, "application/json", "[]");
  g_assert_false (act (&third, "conversations", NULL));
  g_assert_cmpuint (mock_site_count (other, SMS_LIST), ==, 0);
  g_assert_finalize_object (second.site);
  g_assert_finalize_object (third.site);
}

/* Cookies of before a new sign-in come back with a late reply: they are nobody's then. */
static void
test_late_reply (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RdVars) extra = rd_vars_new ();
  g_autoptr (JsonNode) node = NULL;

  rd_vars_set (extra, "page", "1");
  mock_site_hang (f->mock, SMS_LIST);
  rd_site_act_async (f->site, "conversations", extra, NULL, rd_test_store_result, &result);
  rd_test_await (mock_site_count (f->mock, SMS_LIST) == 1);
  give (f, NULL, NULL, JAR ("session-2"), 0);
  mock_site_go_on (f->mock);
  rd_test_await (result != NULL);
  node = rd_site_act_finish (f->site, result, NULL);
  say (f, SMS_LIST, 200, "[]");
  mock_site_go_on (f->mock);
  g_assert_cmpuint (f->changed->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, profile, func) g_test_add ("/site/renewal/" path, SiteFixture, profile, set_up, func, tear_down)
  ADD ("before-use", "crm", test_before_use);
  ADD ("before-use/once", "crm", test_before_use_once);
  ADD ("before-use/fails", "crm", test_before_use_fails);
  ADD ("expired-alone", "crm", test_expired_alone);
  ADD ("refresh-token-alone", "crm", test_refresh_token_alone);
  ADD ("csrf/first", "sms", test_csrf_first);
  ADD ("csrf/rotates", "sms", test_csrf_rotates);
  ADD ("door/page", "sms", test_login_page);
  ADD ("door/redirect", "sms", test_login_redirect);
  ADD ("door/elsewhere", "sms", test_login_elsewhere);
  ADD ("door/wrong-page", "sms", test_wrong_page);
  ADD ("door/error-pages", "sms", test_error_pages);
  ADD ("door/for-token", "crm", test_page_for_token);
  ADD ("next-auth", "team", test_next_auth);
  ADD ("jar-expired", "sms", test_jar_expired);
  ADD ("never-signed-in", "sms", test_never_signed_in);
  ADD ("cookies/told-seldom", "sms", test_told_seldom);
  ADD ("cookies/told-never", "sms", test_told_never);
  ADD ("cookies/isolation", "sms", test_isolation);
  ADD ("cookies/late-reply", "sms", test_late_reply);
  return g_test_run ();
}
