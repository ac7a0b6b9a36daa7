/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-test-clock.h"
#include "site-fixture.h"

#include <string.h>

/* Signing in with a password as each kind of site wants it: tokens, NextAuth's cookie, Laravel's session. */

#define PASSWORD "correct-horse"

#define CRM_LOGIN "POST /api/auth/login/"
#define TEAM_LOGIN "POST /api/auth/login"
#define TEAM_CSRF "GET /api/auth/csrf"
#define TEAM_CALLBACK "POST /api/auth/callback/credentials"
#define TEAM_SESSION "GET /api/auth/session"
#define SMS_PAGE "GET /login"
#define SMS_LOGIN "POST /login"
#define SMS_HOME "GET /"

#define META(csrf, id)                                                                                                 \
  "<!DOCTYPE html><html><head><meta name=\"csrf-token\" content=\"" csrf "\">" id "</head><body>Inbox</body></html>"
#define USER_5 "<meta name=\"user-id\" content=\"5\">"

static RdVars *
sign_in (SiteFixture *f, const char *password, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rd_site_sign_in_async (f->site, "ann@example.com", password, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  return rd_site_sign_in_finish (f->site, result, error);
}

static void
set_up (SiteFixture *f, gconstpointer profile)
{
  site_fixture_set_up (f, profile);
  rd_site_set_tokens (f->site, NULL);
  mock_site_track (f->mock, FALSE);
}

static void
say (SiteFixture *f, const char *what, guint status, const char *json)
{
  mock_site_say_text (f->mock, what, status, "application/json", json);
}

static void
say_page (SiteFixture *f, const char *what, const char *html)
{
  mock_site_say_text (f->mock, what, 200, "text/html; charset=utf-8", html);
}

static void
set_cookie (SiteFixture *f, const char *what, const char *cookie)
{
  const char *cookies[] = { cookie, NULL };

  mock_site_cookies (f->mock, what, cookies);
}

/* The last reply of a script stays until it was said once more. */
static void
try_once (SiteFixture *f)
{
  g_autoptr (RdVars) user = sign_in (f, PASSWORD, NULL);
}

static void
assert_refused (SiteFixture *f, guint status, const char *said)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdVars) user = sign_in (f, PASSWORD, &error);

  g_assert_null (user);
  g_assert_error (error, RD_FAULT, RD_FAULT_REFUSED);
  g_assert_cmpuint (rd_fault_get_status (error), ==, status);
  g_assert_cmpstr (rd_fault_get_said (error), ==, said);
  g_assert_cmpstr (rd_fault_get_where (error), ==, "sign-in");
  g_assert_null (strstr (error->message, PASSWORD));
  g_assert_cmpuint (f->changed->len, ==, 0);
  g_assert_false (rd_site_get_signed_out (f->site));
}

static void
say_crm_welcome (SiteFixture *f)
{
  say (f, CRM_LOGIN, 200,
       "{\"user\":{\"id\":7,\"full_name\":\"Ann Own\"},\"access\":\"access-1\",\"refresh\":\"refresh-1\","
       "\"access_expires_in\":86400}");
}

static void
test_token (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdVars) user = NULL;
  g_autoptr (JsonNode) node = NULL;
  const char *body;

  say_crm_welcome (f);
  say (f, "GET /api/jitsi-calls/my_active_call/", 200, "{}");
  user = sign_in (f, PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rd_vars_get (user, "id"), ==, "7");
  g_assert_cmpstr (rd_vars_get (user, "name"), ==, "Ann Own");
  g_assert_null (rd_vars_get (user, "access"));
  g_assert_null (rd_vars_get (user, "password"));
  body = mock_site_seen (f->mock, CRM_LOGIN, 0)->body;
  g_assert_cmpstr (body, ==, "{\"username\":\"ann@example.com\",\"password\":\"" PASSWORD "\"}");
  g_assert_null (mock_site_seen (f->mock, CRM_LOGIN, 0)->authorization);
  g_assert_cmpuint (f->changed->len, ==, 1);
  g_assert_cmpstr (f->changed->pdata[0], ==, "access-1 refresh-1");
  g_assert_cmpint (f->tokens->expires_at, >, g_get_real_time ());
  g_assert_null (f->tokens->cookies);
  node = site_fixture_act (f, "active-call", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mock_site_seen (f->mock, "GET /api/jitsi-calls/my_active_call/", 0)->authorization, ==,
                   "Bearer access-1");
}

/* Who signs in where somebody was signed in may be another user: a renewal must not bring the first one back. */
static void
test_token_of_another (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdVars) user = NULL;

  site_fixture_give (f->site, "access-of-ann", "refresh-of-ann");
  say (f, CRM_LOGIN, 200, "{\"user\":{\"id\":8},\"access\":\"access-of-bob\"}");
  user = sign_in (f, PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (f->tokens->token, ==, "access-of-bob");
  g_assert_null (f->tokens->refresh_token);
  g_assert_cmpint (f->tokens->expires_at, ==, 0);
}

static void
test_token_refused (SiteFixture *f, gconstpointer data)
{
  mock_site_say (f->mock, CRM_LOGIN, 400, "not-valid");
  mock_site_say (f->mock, CRM_LOGIN, 401, "expired");
  say (f, CRM_LOGIN, 400, "{\"error\":\"" PASSWORD " is not your password\"}");
  say (f, CRM_LOGIN, 200, "{\"user\":{\"id\":7}}");
  say (f, CRM_LOGIN, 429, "{\"detail\":\"Too many attempts\"}");
  assert_refused (f, 400, "Unable to log in with provided credentials.");
  assert_refused (f, 401, "Given token not valid for any token type");
  /* words that hold the password are nobody's to read */
  assert_refused (f, 400, NULL);
  assert_refused (f, 200, NULL);
  assert_refused (f, 429, "Too many attempts");
}

static const struct
{
  guint status;
  const char *type;
  const char *text;
  RdFaultCode code;
} failures[] = {
  { 403, "application/json", "{\"error\":\"Locked\"}", RD_FAULT_FORBIDDEN },
  { 500, "application/json", "{\"error\":\"Broken\"}", RD_FAULT_SITE_ERROR },
  { 503, "text/html", "<html>Maintenance</html>", RD_FAULT_SITE_ERROR },
  { 200, "application/json", "{", RD_FAULT_BAD_REPLY },
  { 200, "application/json", "{\"access\":\"a b\"}", RD_FAULT_BAD_REPLY },
  { 404, "text/html", "<html>Not here</html>", RD_FAULT_REFUSED },
  { 418, "text/plain", PASSWORD, RD_FAULT_REFUSED },
};

static void
test_token_fails (SiteFixture *f, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    mock_site_say_text (f->mock, CRM_LOGIN, failures[i].status, failures[i].type, failures[i].text);
  mock_site_hang (f->mock, CRM_LOGIN);
  mock_site_flood (f->mock, CRM_LOGIN);
  for (guint i = 0; i < G_N_ELEMENTS (failures) + 2; i++)
    {
      g_autoptr (GError) error = NULL;
      RdFaultCode code = i < G_N_ELEMENTS (failures) ? failures[i].code : RD_FAULT_TIMED_OUT;

      if (i == G_N_ELEMENTS (failures))
        g_object_set (f->site, "deadline", 300, NULL);
      if (i == G_N_ELEMENTS (failures) + 1)
        {
          g_object_set (f->site, "deadline", 10000, NULL);
          code = RD_FAULT_TOO_LARGE;
        }
      g_assert_null (sign_in (f, PASSWORD, &error));
      g_assert_error (error, RD_FAULT, (int) code);
      g_assert_null (strstr (error->message, PASSWORD));
    }
  g_assert_cmpuint (f->changed->len, ==, 0);
}

static void
test_illegal (SiteFixture *f, gconstpointer data)
{
  static const char * const passwords[] = { "", "\xff" };
  g_autofree char *large = g_strnfill (2000, 'a');

  for (guint i = 0; i <= G_N_ELEMENTS (passwords); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sign_in (f, i < G_N_ELEMENTS (passwords) ? passwords[i] : large, &error));
      g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
      g_assert_cmpstr (rd_fault_get_where (error), ==, "password");
    }
  g_assert_cmpuint (mock_site_count (f->mock, CRM_LOGIN), ==, 0);
}

/* A site that only takes a pasted token. */
static void
test_unsupported (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sign_in (f, PASSWORD, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_UNSUPPORTED);
}

/* A failed try leaves whoever is signed in alone. */
static void
test_failed_leaves (SiteFixture *f, gconstpointer data)
{
  g_autoptr (JsonNode) node = NULL;

  site_fixture_give (f->site, "access-0", NULL);
  mock_site_say (f->mock, CRM_LOGIN, 400, "not-valid");
  mock_site_say (f->mock, "GET /api/jitsi-calls/my_active_call/", 200, "active-call");
  assert_refused (f, 400, "Unable to log in with provided credentials.");
  node = site_fixture_act (f, "active-call", NULL, NULL);
  g_assert_nonnull (node);
  g_assert_cmpstr (mock_site_seen (f->mock, "GET /api/jitsi-calls/my_active_call/", 0)->authorization, ==,
                   "Bearer access-0");
}

/* Whether a POST of the password is led elsewhere, or back to a page. */
static void
test_redirects (SiteFixture *f, gconstpointer data)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };
  g_autoptr (MockSite) other = mock_site_new ();
  g_autofree char *location = g_strconcat (mock_site_get_base (other), "steal", NULL);

  mock_site_say (other, "GET /steal", 200, "refreshed");
  mock_site_say (other, "POST /steal", 200, "refreshed");
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    mock_site_redirect (f->mock, CRM_LOGIN, statuses[i], location);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sign_in (f, PASSWORD, &error));
      g_assert_error (error, RD_FAULT, RD_FAULT_BAD_REPLY);
      g_assert_true (g_str_has_prefix (rd_fault_get_said (error), "Location: http://127.0.0.1:"));
    }
  g_assert_cmpuint (mock_site_count (other, "GET /steal") + mock_site_count (other, "POST /steal"), ==, 0);

  mock_site_redirect (f->mock, CRM_LOGIN, 302, "/welcome");
  say (f, "GET /welcome", 200, "{\"access\":\"access-1\",\"user\":{\"id\":7}}");
  try_once (f);
  try_once (f);
  g_assert_cmpstr (mock_site_seen (f->mock, "GET /welcome", 0)->body, ==, "");
  g_assert_null (mock_site_seen (f->mock, "GET /welcome", 0)->content_type);
}

static void
say_team_welcome (SiteFixture *f)
{
  say (f, TEAM_LOGIN, 200, "{\"success\":true,\"token\":\"bearer-1\",\"user\":{\"id\":\"u1\"}}");
  say (f, TEAM_CSRF, 200, "{\"csrfToken\":\"csrf-1\"}");
  set_cookie (f, TEAM_CSRF, "next-auth.csrf-token=csrf-1%7Chash; Path=/; HttpOnly; SameSite=Lax");
  say (f, TEAM_CALLBACK, 200, "{\"url\":\"http://127.0.0.1/\"}");
  set_cookie (f, TEAM_CALLBACK, "next-auth.session-token=jwt-1; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax");
  say (f, TEAM_SESSION, 200, "{\"user\":{\"id\":\"u1\",\"name\":\"Ann\"},\"expires\":\"2027-01-01T00:00:00Z\"}");
}

static void
test_next_auth (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdVars) user = NULL;
  g_autoptr (JsonNode) node = NULL;
  MockRequest *request;

  say_team_welcome (f);
  say (f, "GET /api/workspaces", 200, "{\"success\":true,\"workspaces\":[]}");
  user = sign_in (f, PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rd_vars_get (user, "id"), ==, "u1");
  g_assert_cmpstr (rd_vars_get (user, "name"), ==, "Ann");
  request = mock_site_seen (f->mock, TEAM_CALLBACK, 0);
  g_assert_cmpstr (request->content_type, ==, "application/x-www-form-urlencoded");
  g_assert_nonnull (strstr (request->body, "csrfToken=csrf-1&"));
  g_assert_nonnull (strstr (request->body, "email=ann%40example.com&"));
  g_assert_cmpstr (request->cookie, ==, "next-auth.csrf-token=csrf-1%7Chash");
  g_assert_nonnull (strstr (mock_site_seen (f->mock, TEAM_SESSION, 0)->cookie, "next-auth.session-token=jwt-1"));
  g_assert_cmpuint (f->changed->len, ==, 1);
  g_assert_nonnull (strstr (f->tokens->cookies, "next-auth.session-token\tjwt-1\t"));
  node = site_fixture_act (f, "workspaces", NULL, &error);
  g_assert_no_error (error);
  request = mock_site_seen (f->mock, "GET /api/workspaces", 0);
  g_assert_nonnull (strstr (request->cookie, "next-auth.session-token=jwt-1"));
  g_assert_cmpstr (request->authorization, ==, "Bearer bearer-1");
}

/* NextAuth says no with a 401, or by a session of nobody. */
static void
test_next_auth_refused (SiteFixture *f, gconstpointer data)
{
  say_team_welcome (f);
  say (f, TEAM_LOGIN, 401, "{\"success\":false,\"error\":\"Invalid email or password\"}");
  say (f, TEAM_LOGIN, 200, "{\"success\":true,\"token\":\"bearer-1\"}");
  say (f, TEAM_CALLBACK, 401, "{\"url\":\"http://127.0.0.1/api/auth/error?error=CredentialsSignin\"}");
  say (f, TEAM_CALLBACK, 200, "{\"url\":\"http://127.0.0.1/\"}");
  say (f, TEAM_SESSION, 200, "{}");
  try_once (f);
  g_ptr_array_set_size (f->changed, 0);
  assert_refused (f, 401, "Invalid email or password");
  assert_refused (f, 401, NULL);
  assert_refused (f, 200, NULL);
}

static void
say_sms_welcome (SiteFixture *f)
{
  say_page (f, SMS_PAGE, META ("csrf-guest", ""));
  set_cookie (f, SMS_PAGE, "portal_session=guest; Path=/; HttpOnly; Max-Age=7200");
  mock_site_redirect (f->mock, SMS_LOGIN, 302, "/dashboard");
  set_cookie (f, SMS_LOGIN, "portal_session=user-5-abc; Path=/; HttpOnly; Max-Age=7200");
  say_page (f, "GET /dashboard", META ("csrf-user", USER_5));
  say_page (f, SMS_HOME, META ("csrf-user", USER_5));
}

static void
test_laravel (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdVars) user = NULL;
  g_autoptr (RdVars) extra = rd_vars_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonNode) node = NULL;
  MockRequest *request;

  say_sms_welcome (f);
  say (f, "POST /messenger/conversation/3/read", 200, "{\"success\":true}");
  user = sign_in (f, PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rd_vars_get (user, "id"), ==, "5");
  request = mock_site_seen (f->mock, SMS_LOGIN, 0);
  g_assert_cmpstr (request->csrf, ==, "csrf-guest");
  g_assert_cmpstr (request->cookie, ==, "portal_session=guest");
  g_assert_cmpstr (request->body, ==, "email=ann%40example.com&password=" PASSWORD);
  /* the page that it leads to is fetched without what was posted */
  request = mock_site_seen (f->mock, "GET /dashboard", 0);
  g_assert_cmpstr (request->body, ==, "");
  g_assert_cmpstr (request->cookie, ==, "portal_session=user-5-abc");
  g_assert_cmpuint (f->changed->len, ==, 1);

  rd_vars_set (extra, "conversation.id", "3");
  rd_site_act_async (f->site, "mark-read", extra, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  node = rd_site_act_finish (f->site, result, &error);
  g_assert_no_error (error);
  request = mock_site_seen (f->mock, "POST /messenger/conversation/3/read", 0);
  g_assert_cmpstr (request->csrf, ==, "csrf-user");
  g_assert_cmpstr (request->cookie, ==, "portal_session=user-5-abc");
  g_assert_null (request->authorization);
}

/* Laravel leads whom it does not know back to the login page, or says it where JSON is asked for. */
static void
test_laravel_refused (SiteFixture *f, gconstpointer data)
{
  say_sms_welcome (f);
  mock_site_redirect (f->mock, SMS_LOGIN, 302, "/login");
  say (f, SMS_LOGIN, 422,
       "{\"message\":\"These credentials do not match our records.\","
       "\"errors\":{\"email\":[\"These credentials do not match our records.\"]}}");
  say (f, SMS_LOGIN, 419, "{\"message\":\"CSRF token mismatch.\"}");
  mock_site_redirect (f->mock, SMS_HOME, 302, "/login");
  try_once (f);
  g_ptr_array_set_size (f->changed, 0);
  assert_refused (f, 200, NULL);
  assert_refused (f, 422, "These credentials do not match our records.");
  assert_refused (f, 419, "CSRF token mismatch.");
}

/* A page without the token is not the page that the profile means. */
static void
test_laravel_wrong_page (SiteFixture *f, gconstpointer data)
{
  say_page (f, SMS_PAGE, "<html><body>Welcome to nginx!</body></html>");
  assert_refused (f, 200, NULL);
  g_assert_cmpuint (mock_site_count (f->mock, SMS_LOGIN), ==, 0);
}

/* Whoever signs in brings nothing of the last user's session. */
static void
test_fresh_jar (SiteFixture *f, gconstpointer data)
{
  say_sms_welcome (f);
  try_once (f);
  try_once (f);
  g_assert_cmpuint (mock_site_count (f->mock, SMS_PAGE), ==, 2);
  g_assert_null (mock_site_seen (f->mock, SMS_PAGE, 1)->cookie);
}

static void
test_cancel (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  say_sms_welcome (f);
  mock_site_hang (f->mock, "GET /dashboard");
  say_page (f, SMS_HOME, META ("csrf-user", USER_5));
  rd_site_sign_in_async (f->site, "ann", PASSWORD, cancellable, rd_test_store_result, &result);
  rd_test_await (mock_site_count (f->mock, SMS_LOGIN) == 1);
  g_cancellable_cancel (cancellable);
  rd_test_await (result != NULL);
  g_assert_null (rd_site_sign_in_finish (f->site, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (f->changed->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, profile, func)                                                                                       \
  g_test_add ("/site/sign-in/" path, SiteFixture, profile, set_up, func, site_fixture_tear_down)
  ADD ("token", "crm", test_token);
  ADD ("token/of-another", "crm", test_token_of_another);
  ADD ("token/refused", "crm", test_token_refused);
  ADD ("token/fails", "crm", test_token_fails);
  ADD ("illegal", "crm", test_illegal);
  ADD ("unsupported", "invoices-seed", test_unsupported);
  ADD ("failed-leaves", "crm", test_failed_leaves);
  ADD ("redirects", "crm", test_redirects);
  ADD ("next-auth", "team", test_next_auth);
  ADD ("next-auth/refused", "team", test_next_auth_refused);
  ADD ("laravel", "sms", test_laravel);
  ADD ("laravel/refused", "sms", test_laravel_refused);
  ADD ("laravel/wrong-page", "sms", test_laravel_wrong_page);
  ADD ("fresh-jar", "sms", test_fresh_jar);
  ADD ("cancel", "sms", test_cancel);
  return g_test_run ();
}
