/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "channels-error.h"
#include "site-fixture.h"

#include <string.h>

/* Lists by pages, the site's own pages, the headers of a line, and the authorisation of channels with cookies. */

#define JAR "1\nportal_session\tsession-1\t127.0.0.1\t/\t0\th-\n"

#define CRM_CONVERSATIONS "GET /api/conversations/"
#define SMS_MESSAGES "GET /messenger/conversation/3/messages"
#define SMS_SEND "POST /messenger/send"
#define TEAM_AUTHORISE "POST /api/pusher/auth"

static void
set_up (SiteFixture *f, gconstpointer profile)
{
  g_autoptr (RdTokens) tokens = rd_tokens_new (NULL, NULL);

  site_fixture_set_up (f, profile);
  mock_site_track (f->mock, FALSE);
  tokens->cookies = g_strdup (JAR);
  if (!g_str_has_prefix (profile, "crm") && !g_str_has_prefix (profile, "invoices"))
    rd_site_set_tokens (f->site, tokens);
}

static void
say (SiteFixture *f, const char *what, guint status, const char *json)
{
  mock_site_say_text (f->mock, what, status, "application/json", json);
}

static RdVars *
vars (const char *name, const char *value)
{
  RdVars *extra = rd_vars_new ();

  rd_vars_set (extra, name, value);
  rd_vars_set (extra, "page", "1");
  rd_vars_set (extra, "limit", "25");
  rd_vars_set (extra, "search", "");
  return extra;
}

static RdPage *
list (SiteFixture *f, const char *action, RdEventKind kind, RdVars *extra, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rd_site_list_async (f->site, action, kind, extra, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  return rd_site_list_finish (f->site, result, error);
}

static void
assert_page (SiteFixture *f, const char *action, RdEventKind kind, guint n, gboolean more)
{
  g_autoptr (RdVars) extra = vars ("conversation.id", "3");
  g_autoptr (GError) error = NULL;
  g_autoptr (RdPage) page = list (f, action, kind, extra, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (page->items->len, ==, n);
  g_assert_cmpint (page->more, ==, more);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (((RdEvent *) page->items->pdata[i])->kind, ==, kind);
}

/* What the site says of further pages, and what is made of its silence. */
static void
test_pages (SiteFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *json;
    guint n;
    gboolean more;
  } replies[] = {
    { "{\"messages\":[{\"id\":1,\"content\":\"a\"},{\"id\":2,\"content\":\"b\"}],"
      "\"pagination\":{\"has_more\":true}}", 2, TRUE },
    { "{\"messages\":[{\"id\":1,\"content\":\"a\"}],\"pagination\":{\"has_more\":false}}", 1, FALSE },
    { "{\"messages\":[{\"id\":1,\"content\":\"a\"},{\"odd\":true},7,null],\"pagination\":{}}", 1, FALSE },
    /* no end of empty pages */
    { "{\"messages\":[],\"pagination\":{\"has_more\":true}}", 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    say (f, SMS_MESSAGES, 200, replies[i].json);
  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    assert_page (f, "messages", RD_EVENT_MESSAGE, replies[i].n, replies[i].more);
  g_assert_cmpstr (mock_site_seen (f->mock, SMS_MESSAGES, 0)->query, ==, "page=1&per_page=20");
}

/* A site that does not say: a full page is followed by another. */
static void
test_full_pages (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GString) full = g_string_new ("{\"success\":true,\"messages\":[");

  for (guint i = 0; i < 50; i++)
    g_string_append_printf (full, "%s{\"id\":\"m%u\",\"content\":\"x\"}", i > 0 ? "," : "", i);
  g_string_append (full, "]}");
  say (f, "GET /api/messages", 200, full->str);
  say (f, "GET /api/messages", 200, "{\"success\":true,\"messages\":[{\"id\":\"m1\",\"content\":\"x\"}]}");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RdVars) extra = vars ("conversation.id", "w1");
      g_autoptr (GError) error = NULL;
      g_autoptr (RdPage) page = NULL;

      rd_vars_set (extra, "before-time", "");
      page = list (f, "messages", RD_EVENT_MESSAGE, extra, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (page->items->len, ==, i == 0 ? 50 : 1);
      g_assert_cmpint (page->more, ==, i == 0);
    }
}

static void
test_list_fails (SiteFixture *f, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *json;
    RdFaultCode code;
    const char *said;
  } replies[] = {
    { 422, "{\"success\":false,\"errors\":{\"page\":[\"The page must be an integer.\",\"No.\"]}}", RD_FAULT_REFUSED,
      "The page must be an integer." },
    { 422, "{\"message\":\"Bad.\",\"errors\":{}}", RD_FAULT_REFUSED, "Bad." },
    { 403, "{\"message\":\"This action is unauthorized.\"}", RD_FAULT_FORBIDDEN, "This action is unauthorized." },
    { 500, "{\"message\":\"Server Error\"}", RD_FAULT_SITE_ERROR, "Server Error" },
    { 503, "<html>Maintenance</html>", RD_FAULT_SITE_ERROR, NULL },
    { 200, "{\"success\":false,\"error\":\"Not yours\"}", RD_FAULT_REFUSED, "Not yours" },
    { 200, "{\"nothing\":1}", RD_FAULT_BAD_REPLY, NULL },
    { 500, "{\"message\":\"Cookie session-1 is broken\"}", RD_FAULT_SITE_ERROR, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    say (f, SMS_MESSAGES, replies[i].status, replies[i].json);
  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autoptr (RdVars) extra = vars ("conversation.id", "3");
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", replies[i].json);
      g_assert_null (list (f, "messages", RD_EVENT_MESSAGE, extra, &error));
      g_assert_error (error, RD_FAULT, (int) replies[i].code);
      if (replies[i].code != RD_FAULT_BAD_REPLY)
        g_assert_cmpstr (rd_fault_get_said (error), ==, replies[i].said);
      g_assert_cmpstr (rd_fault_get_where (error), ==, "messages");
    }
}

static void
test_list_unsupported (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (list (f, "people", RD_EVENT_PERSON, NULL, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_UNSUPPORTED);
}

static void
test_site_pages (SiteFixture *f, gconstpointer data)
{
  g_autofree char *home = rd_site_dup_page (f->site, "", NULL);
  g_autofree char *expected = g_strdup (mock_site_get_base (f->mock));

  g_assert_cmpstr (home, ==, expected);
  g_assert_null (rd_site_dup_page (f->site, "nonsense", NULL));
}

static GHashTable *
get_headers (SiteFixture *f, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rd_site_get_headers_async (f->site, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  return rd_site_get_headers_finish (f->site, result, error);
}

static void
test_headers_token (SiteFixture *f, gconstpointer data)
{
  g_autofree char *origin = g_strndup (mock_site_get_base (f->mock), strlen (mock_site_get_base (f->mock)) - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) headers = get_headers (f, &error);
  g_autoptr (GHashTable) renewed = NULL;
  g_autoptr (RdTokens) tokens = rd_tokens_new ("access-1", "refresh-1");

  g_assert_no_error (error);
  g_assert_cmpstr (g_hash_table_lookup (headers, "Authorization"), ==, "Bearer access-1");
  g_assert_cmpstr (g_hash_table_lookup (headers, "Origin"), ==, origin);
  g_assert_null (g_hash_table_lookup (headers, "Cookie"));
  /* run out: renewed first */
  tokens->expires_at = g_get_real_time () - G_USEC_PER_SEC;
  rd_site_set_tokens (f->site, tokens);
  mock_site_say (f->mock, "POST /api/auth/token/refresh/", 200, "refreshed");
  renewed = get_headers (f, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_hash_table_lookup (renewed, "Authorization"), ==, "Bearer access-2");
}

static void
test_headers_cookies (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) headers = get_headers (f, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (g_hash_table_lookup (headers, "Cookie"), ==, "portal_session=session-1");
  g_assert_null (g_hash_table_lookup (headers, "Authorization"));
}

static void
test_headers_none (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) none = NULL;

  rd_site_set_tokens (f->site, NULL);
  none = get_headers (f, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (none), ==, 1);
  /* refused: not before there are others */
  site_fixture_give (f->site, "access-1", NULL);
  mock_site_set_token (f->mock, "another");
  g_error_free (site_fixture_fault (f, "active-call", RD_FAULT_SIGNED_OUT));
  g_assert_null (get_headers (f, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_SIGNED_OUT);
}

/* Form only, with what a presence channel wants. */
static void
test_authorise_presence (SiteFixture *f, gconstpointer data)
{
  ChannelsAuthorizer *authorizer = CHANNELS_AUTHORIZER (f->site);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChannelsAuthorization) authorization = NULL;
  MockRequest *request;

  say (f, TEAM_AUTHORISE, 200,
       "{\"auth\":\"key:sig\","
       "\"channel_data\":\"{\\\"user_id\\\":\\\"u1\\\",\\\"user_info\\\":{\\\"name\\\":\\\"Ann\\\"}}\"}");
  channels_authorizer_authorize_async (authorizer, "1.2", "presence-workspace-w1", NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  authorization = channels_authorizer_authorize_finish (authorizer, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (authorization->channel_data, ==, "{\"user_id\":\"u1\",\"user_info\":{\"name\":\"Ann\"}}");
  request = mock_site_seen (f->mock, TEAM_AUTHORISE, 0);
  g_assert_cmpstr (request->content_type, ==, "application/x-www-form-urlencoded");
  g_assert_cmpstr (request->body, ==, "socket_id=1.2&channel_name=presence-workspace-w1");
  g_assert_cmpstr (request->cookie, ==, "portal_session=session-1");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, profile, func)                                                                                       \
  g_test_add ("/site/lists/" path, SiteFixture, profile, set_up, func, site_fixture_tear_down)
  ADD ("pages", "sms", test_pages);
  ADD ("full-pages", "team", test_full_pages);
  ADD ("fails", "sms", test_list_fails);
  ADD ("unsupported", "sms", test_list_unsupported);
  ADD ("site-pages", "crm", test_site_pages);
  ADD ("headers/token", "crm", test_headers_token);
  ADD ("headers/cookies", "sms", test_headers_cookies);
  ADD ("headers/none", "crm", test_headers_none);
  ADD ("authorise-presence", "team", test_authorise_presence);
  return g_test_run ();
}
