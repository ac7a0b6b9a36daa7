/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "channels-error.h"
#include "site-fixture.h"

#include <string.h>

/* Tokens that are refused, renewed and rotated; and the authorisation of channels. */

#define ACTIVE "GET /api/jitsi-calls/my_active_call/"
#define REFRESH "POST /api/auth/token/refresh/"
#define AUTHORISE "POST /api/pusher/auth/"
#define AUTHORISE_JSON "POST /api/pusher/auth"
#define CHANNEL "private-user-7"

static ChannelsAuthorization *
authorise (SiteFixture *f, const char *channel, GError **error)
{
  ChannelsAuthorizer *authorizer = CHANNELS_AUTHORIZER (f->site);
  g_autoptr (GAsyncResult) result = NULL;

  channels_authorizer_authorize_async (authorizer, "123.456", channel, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  return channels_authorizer_authorize_finish (authorizer, result, error);
}

static void
assert_works (SiteFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = site_fixture_act (f, "active-call", NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);
}

/* The site's access token has expired; its refresh token gives new ones. */
static void
expire (SiteFixture *f)
{
  mock_site_set_token (f->mock, "access-2");
  mock_site_say (f->mock, ACTIVE, 200, "active-call");
}

static void
test_authorise_form (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChannelsAuthorization) authorization = NULL;
  MockRequest *request;

  mock_site_say (f->mock, AUTHORISE, 200, "authorised");
  authorization = authorise (f, CHANNEL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (authorization->auth, ==, "app-key:0123456789abcdef");
  g_assert_cmpstr (authorization->shared_secret, ==, "c2VjcmV0");
  g_assert_null (authorization->channel_data);
  request = mock_site_seen (f->mock, AUTHORISE, 0);
  g_assert_cmpstr (request->authorization, ==, "Bearer access-1");
  g_assert_cmpstr (request->content_type, ==, "application/x-www-form-urlencoded");
  g_assert_cmpstr (request->body, ==, "socket_id=123.456&channel_name=private-user-7");
}

static void
test_authorise_json (SiteFixture *f, gconstpointer data)
{
  static const char * const fixtures[] = { "authorised", "authorised-wrapped" };

  for (guint i = 0; i < G_N_ELEMENTS (fixtures); i++)
    mock_site_say (f->mock, AUTHORISE_JSON, 200, fixtures[i]);
  for (guint i = 0; i < G_N_ELEMENTS (fixtures); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ChannelsAuthorization) authorization = authorise (f, "private-a\"b", &error);

      g_assert_no_error (error);
      g_assert_cmpstr (authorization->auth, ==, "app-key:0123456789abcdef");
      g_assert_cmpstr (mock_site_seen (f->mock, AUTHORISE_JSON, i)->content_type, ==, "application/json");
      g_assert_cmpstr (mock_site_seen (f->mock, AUTHORISE_JSON, i)->body, ==,
                       "{\"socket_id\":\"123.456\",\"channel_name\":\"private-a\\\"b\"}");
    }
}

typedef struct
{
  guint status;
  const char *fixture;
  ChannelsError code;
  RdFaultCode problem;
} Refusal;

static const Refusal refusals[] = {
  { 403, "another-user", CHANNELS_ERROR_UNAUTHORIZED, RD_FAULT_FORBIDDEN },
  { 200, "failed", CHANNELS_ERROR_UNAUTHORIZED, RD_FAULT_REFUSED },
  { 400, "yourself", CHANNELS_ERROR_SERVER, RD_FAULT_REFUSED },
  { 404, NULL, CHANNELS_ERROR_SERVER, RD_FAULT_REFUSED },
  { 500, "broken", CHANNELS_ERROR_SERVER, RD_FAULT_SITE_ERROR },
  { 503, NULL, CHANNELS_ERROR_SERVER, RD_FAULT_SITE_ERROR },
  { 200, NULL, CHANNELS_ERROR_MALFORMED, RD_FAULT_BAD_REPLY },
  { 200, "history", CHANNELS_ERROR_MALFORMED, RD_FAULT_BAD_REPLY },
  { 200, "beat", CHANNELS_ERROR_MALFORMED, RD_FAULT_BAD_REPLY },
};

static void
test_authorise_refused (SiteFixture *f, gconstpointer data)
{
  g_autoptr (ChannelsAuthorization) authorization = NULL;
  g_autoptr (GError) none = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    mock_site_say (f->mock, AUTHORISE_JSON, refusals[i].status, refusals[i].fixture);
  mock_site_say (f->mock, AUTHORISE_JSON, 200, "authorised");
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (authorise (f, CHANNEL, &error));
      g_assert_error (error, CHANNELS_ERROR, (int) refusals[i].code);
      g_assert_nonnull (strstr (error->message, rd_site_get_host (f->site)));
      g_assert_error (rd_site_get_problem (f->site), RD_FAULT, (int) refusals[i].problem);
      g_assert_cmpstr (rd_fault_get_where (rd_site_get_problem (f->site)), ==, "authorise");
    }
  authorization = authorise (f, CHANNEL, &none);
  g_assert_no_error (none);
  g_assert_null (rd_site_get_problem (f->site));
}

static void
test_authorise_html (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  mock_site_say_text (f->mock, AUTHORISE, 200, "text/html", "<html>Sign in</html>");
  g_assert_null (authorise (f, CHANNEL, &error));
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED);
}

static void
test_authorise_refreshes (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChannelsAuthorization) authorization = NULL;

  expire (f);
  mock_site_say (f->mock, REFRESH, 200, "refreshed");
  mock_site_say (f->mock, AUTHORISE, 200, "authorised");
  authorization = authorise (f, CHANNEL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (authorization);
  g_assert_cmpuint (mock_site_count (f->mock, AUTHORISE), ==, 2);
  g_assert_cmpuint (f->changed->len, ==, 1);
}

static void
test_authorise_signed_out (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  mock_site_set_token (f->mock, "another");
  site_fixture_give (f->site, "access-1", NULL);
  g_assert_null (authorise (f, CHANNEL, &error));
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED);
  g_assert_true (rd_site_get_signed_out (f->site));
  g_assert_error (rd_site_get_problem (f->site), RD_FAULT, RD_FAULT_SIGNED_OUT);
  g_assert_cmpuint (mock_site_count (f->mock, AUTHORISE), ==, 1);
}

static void
test_public_only (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (authorise (f, CHANNEL, &error));
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED);
  g_assert_error (rd_site_get_problem (f->site), RD_FAULT, RD_FAULT_UNSUPPORTED);
}

static void
test_refresh (SiteFixture *f, gconstpointer data)
{
  MockRequest *request;

  expire (f);
  mock_site_say (f->mock, REFRESH, 200, "refreshed");
  assert_works (f);
  g_assert_cmpuint (mock_site_count (f->mock, ACTIVE), ==, 2);
  g_assert_cmpuint (mock_site_count (f->mock, REFRESH), ==, 1);
  request = mock_site_seen (f->mock, REFRESH, 0);
  g_assert_cmpstr (request->body, ==, "{\"refresh\":\"refresh-1\"}");
  g_assert_null (request->authorization);
  g_assert_cmpstr (mock_site_seen (f->mock, ACTIVE, 1)->authorization, ==, "Bearer access-2");
  g_assert_cmpuint (f->changed->len, ==, 1);
  g_assert_cmpstr (f->changed->pdata[0], ==, "access-2 refresh-2");
  g_assert_false (rd_site_get_signed_out (f->site));
  g_assert_cmpuint (f->problems, ==, 0);

  /* The next time the new refresh token goes out. */
  mock_site_set_token (f->mock, "access-3");
  g_error_free (site_fixture_fault (f, "active-call", RD_FAULT_SIGNED_OUT));
  g_assert_cmpstr (mock_site_seen (f->mock, REFRESH, 1)->body, ==, "{\"refresh\":\"refresh-2\"}");
}

static void
test_refresh_without_rotation (SiteFixture *f, gconstpointer data)
{
  expire (f);
  mock_site_say (f->mock, REFRESH, 200, "refreshed-alone");
  assert_works (f);
  g_assert_cmpstr (f->changed->pdata[0], ==, "access-2 refresh-1");
}

static void
test_419 (SiteFixture *f, gconstpointer data)
{
  mock_site_say (f->mock, ACTIVE, 419, NULL);
  mock_site_say (f->mock, ACTIVE, 200, "active-call");
  mock_site_say (f->mock, REFRESH, 200, "refreshed");
  assert_works (f);
  g_assert_cmpuint (mock_site_count (f->mock, REFRESH), ==, 1);
}

static void
test_single_flight (SiteFixture *f, gconstpointer data)
{
  GAsyncResult *results[20] = { NULL };

  expire (f);
  mock_site_say (f->mock, REFRESH, 200, "refreshed");
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    rd_site_act_async (f->site, "active-call", NULL, NULL, rd_test_store_result, &results[i]);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = NULL;

      rd_test_await (results[i] != NULL);
      node = rd_site_act_finish (f->site, results[i], &error);
      g_assert_no_error (error);
      g_assert_nonnull (node);
      g_object_unref (results[i]);
    }
  g_assert_cmpuint (mock_site_count (f->mock, REFRESH), ==, 1);
  g_assert_cmpuint (f->changed->len, ==, 1);
  g_assert_cmpuint (mock_site_count (f->mock, ACTIVE), <=, 2 * G_N_ELEMENTS (results));
}

/* The new token is refused too: once is enough. */
static void
test_refused_twice (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  mock_site_set_token (f->mock, "another");
  mock_site_say (f->mock, REFRESH, 200, "refreshed");
  error = site_fixture_fault (f, "active-call", RD_FAULT_SIGNED_OUT);
  g_assert_true (rd_site_get_signed_out (f->site));
  g_assert_cmpuint (mock_site_count (f->mock, ACTIVE), ==, 2);
  g_assert_cmpuint (mock_site_count (f->mock, REFRESH), ==, 1);
  g_assert_error (rd_site_get_problem (f->site), RD_FAULT, RD_FAULT_SIGNED_OUT);

  /* The site is left alone until there is a new token. */
  g_error_free (site_fixture_fault (f, "active-call", RD_FAULT_SIGNED_OUT));
  g_assert_cmpuint (mock_site_count (f->mock, ACTIVE), ==, 2);
  mock_site_say (f->mock, ACTIVE, 200, "active-call");
  site_fixture_give (f->site, "another", NULL);
  g_assert_false (rd_site_get_signed_out (f->site));
  g_assert_null (rd_site_get_problem (f->site));
  assert_works (f);
}

static void
test_refresh_refused (SiteFixture *f, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *fixture;
  } refused[] = { { 400, "not-valid" }, { 401, "expired" }, { 403, "not-a-member" }, { 422, NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    mock_site_say (f->mock, REFRESH, refused[i].status, refused[i].fixture);
  mock_site_set_token (f->mock, "access-2");
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      site_fixture_give (f->site, "access-1", "refresh-1");
      g_error_free (site_fixture_fault (f, "active-call", RD_FAULT_SIGNED_OUT));
      g_assert_true (rd_site_get_signed_out (f->site));
    }
  g_assert_cmpuint (f->changed->len, ==, 0);
  g_assert_cmpuint (mock_site_count (f->mock, REFRESH), ==, G_N_ELEMENTS (refused));
}

/* What the network or a broken site does to the refresh signs nobody out. */
static void
test_refresh_fails (SiteFixture *f, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *fixture;
    RdFaultCode code;
  } failing[] = {
    { 500, "broken", RD_FAULT_SITE_ERROR },      { 404, NULL, RD_FAULT_REFUSED },
    { 429, NULL, RD_FAULT_REFUSED },             { 204, NULL, RD_FAULT_BAD_REPLY },
    { 200, "refreshed-badly", RD_FAULT_BAD_REPLY }, { 200, "refreshed-not", RD_FAULT_BAD_REPLY },
  };

  expire (f);
  for (guint i = 0; i < G_N_ELEMENTS (failing); i++)
    mock_site_say (f->mock, REFRESH, failing[i].status, failing[i].fixture);
  mock_site_say_text (f->mock, REFRESH, 200, "text/html", "<html>");
  mock_site_hang (f->mock, REFRESH);
  mock_site_say (f->mock, REFRESH, 200, "refreshed");
  for (guint i = 0; i < G_N_ELEMENTS (failing); i++)
    {
      g_autoptr (GError) error = site_fixture_fault (f, "active-call", failing[i].code);

      g_assert_cmpstr (rd_fault_get_where (error), ==, "refresh");
      g_assert_false (rd_site_get_signed_out (f->site));
    }
  g_error_free (site_fixture_fault (f, "active-call", RD_FAULT_BAD_REPLY));
  g_object_set (f->site, "deadline", 300, NULL);
  g_error_free (site_fixture_fault (f, "active-call", RD_FAULT_TIMED_OUT));
  g_object_set (f->site, "deadline", 10000, NULL);
  g_assert_false (rd_site_get_signed_out (f->site));
  assert_works (f);
  g_assert_cmpstr (f->changed->pdata[0], ==, "access-2 refresh-2");
}

static void
test_no_token (SiteFixture *f, gconstpointer data)
{
  rd_site_set_tokens (f->site, NULL);
  g_error_free (site_fixture_fault (f, "active-call", RD_FAULT_SIGNED_OUT));
  site_fixture_give (f->site, "bad\r\nX-Evil: 1", NULL);
  g_error_free (site_fixture_fault (f, "active-call", RD_FAULT_SIGNED_OUT));
  g_assert_cmpuint (mock_site_count (f->mock, ACTIVE), ==, 0);
  g_assert_false (rd_site_get_signed_out (f->site));
  g_assert_null (rd_site_get_problem (f->site));
}

/* One that waits for the refresh can go; the others stay. */
static void
test_cancel_while_refreshing (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) goes = NULL;
  g_autoptr (GAsyncResult) stays = NULL;
  g_autoptr (GError) error = NULL;

  mock_site_say (f->mock, ACTIVE, 401, "expired");
  mock_site_hang (f->mock, REFRESH);
  rd_site_act_async (f->site, "active-call", NULL, cancellable, rd_test_store_result, &goes);
  rd_site_act_async (f->site, "active-call", NULL, NULL, rd_test_store_result, &stays);
  rd_test_await (mock_site_count (f->mock, REFRESH) == 1 && mock_site_count (f->mock, ACTIVE) == 2);
  rd_test_await (mock_site_get_live (f->mock) == 1);
  rd_test_drain ();
  g_cancellable_cancel (cancellable);
  rd_test_await (goes != NULL);
  g_assert_null (rd_site_act_finish (f->site, goes, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (stays);
  mock_site_go_on (f->mock);
  rd_test_await (stays != NULL);
  g_assert_null (rd_site_act_finish (f->site, stays, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_REPLY);
  g_clear_object (&goes);
  g_clear_object (&stays);
}

/* New tokens from the user come over a refresh that is still on its way. */
static void
test_replaced_while_refreshing (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  mock_site_set_token (f->mock, "access-9");
  mock_site_say (f->mock, ACTIVE, 200, "active-call");
  mock_site_hang (f->mock, REFRESH);
  rd_site_act_async (f->site, "active-call", NULL, NULL, rd_test_store_result, &result);
  rd_test_await (mock_site_count (f->mock, REFRESH) == 1);
  site_fixture_give (f->site, "access-9", "refresh-9");
  mock_site_go_on (f->mock);
  rd_test_await (result != NULL);
  node = rd_site_act_finish (f->site, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (node);
  g_assert_cmpuint (f->changed->len, ==, 0);
  g_assert_cmpstr (mock_site_seen (f->mock, ACTIVE, 1)->authorization, ==, "Bearer access-9");
  g_clear_object (&result);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, profile, func)                                                                                       \
  g_test_add ("/site/tokens/" path, SiteFixture, profile, site_fixture_set_up, func, site_fixture_tear_down)
  ADD ("authorise-form", "crm", test_authorise_form);
  ADD ("authorise-json", "invoices", test_authorise_json);
  ADD ("authorise-refused", "invoices", test_authorise_refused);
  ADD ("authorise-html", "crm", test_authorise_html);
  ADD ("authorise-refreshes", "crm", test_authorise_refreshes);
  ADD ("authorise-signed-out", "crm", test_authorise_signed_out);
  ADD ("public-only", "invoices-seed", test_public_only);
  ADD ("refresh", "crm", test_refresh);
  ADD ("refresh-without-rotation", "crm", test_refresh_without_rotation);
  ADD ("419", "crm", test_419);
  ADD ("single-flight", "crm", test_single_flight);
  ADD ("refused-twice", "crm", test_refused_twice);
  ADD ("refresh-refused", "crm", test_refresh_refused);
  ADD ("refresh-fails", "crm", test_refresh_fails);
  ADD ("no-token", "crm", test_no_token);
  ADD ("cancel-while-refreshing", "crm", test_cancel_while_refreshing);
  ADD ("replaced-while-refreshing", "crm", test_replaced_while_refreshing);
  return g_test_run ();
}
