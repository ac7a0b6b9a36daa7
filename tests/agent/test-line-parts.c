/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-introduction.h"
#include "rd-plain.h"

#include "channels-error.h"
#include "rd-fault.h"
#include "site-fixture.h"

/* What a line asks before it stands: what lets a plain line in, who the user is and what there is to follow. */

#define LIST "GET /api/v1/invoices"
#define REFRESH "POST /api/auth/token/refresh/"

/* RdPlain */

static ChannelsPlainHandshake *
prepare (ChannelsPlain *plain, GError **error)
{
  ChannelsPlainInterface *iface = CHANNELS_PLAIN_GET_IFACE (plain);
  g_autoptr (GAsyncResult) result = NULL;

  iface->prepare_async (plain, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  return iface->prepare_finish (plain, result, error);
}

static void
assert_header (const ChannelsPlainHandshake *handshake, const char *name, const char *value)
{
  g_assert_cmpstr (g_hash_table_lookup (handshake->headers, name), ==, value);
}

static void
test_handshake (SiteFixture *f, gconstpointer data)
{
  g_autoptr (RdPlain) plain = rd_plain_new (f->site);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChannelsPlainHandshake) handshake = prepare (CHANNELS_PLAIN (plain), &error);
  const ChannelsPlainRules *rules = CHANNELS_PLAIN_GET_IFACE (plain)->get_rules (CHANNELS_PLAIN (plain));

  g_assert_no_error (error);
  g_assert_cmpstr (handshake->path, ==, "/ws/video-call/7/");
  assert_header (handshake, "Authorization", "Bearer access-1");
  g_assert_true (g_str_has_prefix (mock_site_get_base (f->mock), g_hash_table_lookup (handshake->headers, "Origin")));
  g_assert_cmpstr (rules->hello, ==, "connection_established");
  g_assert_cmpstr (rules->pong, ==, "pong");
  g_assert_nonnull (strstr (rules->ping, "\"ping\""));
  g_assert_cmpuint (rules->interval, ==, 30);
  g_assert_cmpuint (mock_site_count (f->mock, REFRESH), ==, 0);
}

static void
test_handshake_path (SiteFixture *f, gconstpointer data)
{
  g_autoptr (RdPlain) plain = rd_plain_new (f->site);
  g_autoptr (RdVars) vars = rd_vars_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ChannelsPlainHandshake) handshake = NULL;
  g_autoptr (ChannelsPlainHandshake) nobody = NULL;

  rd_vars_set (vars, "user.id", "7/../../x?y#z\r\nCookie: a");
  rd_site_set_vars (f->site, vars);
  handshake = prepare (CHANNELS_PLAIN (plain), &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (handshake->path, "/ws/video-call/7%2F"));
  g_assert_null (strpbrk (handshake->path, "?#\r\n "));

  rd_vars_set (vars, "user.id", NULL);
  rd_site_set_vars (f->site, vars);
  nobody = prepare (CHANNELS_PLAIN (plain), &error);
  g_assert_null (nobody);
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID);
}

static char *
read_event (RdPlain *plain, const char *text, char **data)
{
  g_autoptr (JsonNode) frame = json_from_string (text, NULL);
  JsonNode *found = NULL;
  char *event = NULL;

  *data = NULL;
  if (!CHANNELS_PLAIN_GET_IFACE (plain)->read (CHANNELS_PLAIN (plain), frame, &event, &found))
    return NULL;
  *data = found != NULL ? json_to_string (found, FALSE) : NULL;
  return event;
}

static void
test_frames (SiteFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *frame;
    const char *event;
    const char *data;
  } cases[] = {
    { "{\"event\":\"call-ended\",\"data\":{\"id\":1}}", "call-ended", "{\"id\":1}" },
    { "{\"type\":\"connection_established\",\"user_id\":7}", "connection_established", NULL },
    { "{\"event\":null,\"type\":\"pong\"}", "pong", NULL },
    { "{\"event\":{\"a\":1}}", NULL, NULL },
    { "{\"event\":\"\"}", NULL, NULL },
    { "{\"data\":{\"event\":\"x\"}}", NULL, NULL },
    { "[\"call-ended\"]", NULL, NULL },
    { "{}", NULL, NULL },
  };
  g_autoptr (RdPlain) plain = rd_plain_new (f->site);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = NULL;
      g_autofree char *event = read_event (plain, cases[i].frame, &found);

      g_assert_cmpstr (event, ==, cases[i].event);
      if (event != NULL)
        g_assert_cmpstr (found, ==, cases[i].data);
    }
}

/* What the line refused is renewed before it is tried again. */
static void
test_refused (SiteFixture *f, gconstpointer data)
{
  g_autoptr (RdPlain) plain = rd_plain_new (f->site);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChannelsPlainHandshake) again = NULL;
  g_autoptr (ChannelsPlainHandshake) third = NULL;

  mock_site_say_text (f->mock, REFRESH, 200, "application/json", "{\"access\":\"access-2\",\"refresh\":\"refresh-2\"}");
  CHANNELS_PLAIN_GET_IFACE (plain)->refused (CHANNELS_PLAIN (plain));
  again = prepare (CHANNELS_PLAIN (plain), &error);
  g_assert_no_error (error);
  assert_header (again, "Authorization", "Bearer access-2");
  third = prepare (CHANNELS_PLAIN (plain), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mock_site_count (f->mock, REFRESH), ==, 1);
}

static void
test_refused_for_good (SiteFixture *f, gconstpointer data)
{
  g_autoptr (RdPlain) plain = rd_plain_new (f->site);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChannelsPlainHandshake) handshake = NULL;

  mock_site_say_text (f->mock, REFRESH, 401, "application/json", "{\"detail\":\"refresh-1 is blacklisted\"}");
  CHANNELS_PLAIN_GET_IFACE (plain)->refused (CHANNELS_PLAIN (plain));
  handshake = prepare (CHANNELS_PLAIN (plain), &error);
  g_assert_null (handshake);
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED);
  g_assert_true (rd_site_get_signed_out (f->site));
  g_assert_null (strstr (error->message, "access-1"));
  g_assert_null (strstr (error->message, "refresh-1"));
}

/* A site that cannot say now is asked again later: nobody is signed out by it. */
static void
test_site_fails (SiteFixture *f, gconstpointer data)
{
  g_autoptr (RdPlain) plain = rd_plain_new (f->site);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChannelsPlainHandshake) handshake = NULL;

  mock_site_say_text (f->mock, REFRESH, 502, "text/html", "<html>");
  CHANNELS_PLAIN_GET_IFACE (plain)->refused (CHANNELS_PLAIN (plain));
  handshake = prepare (CHANNELS_PLAIN (plain), &error);
  if (handshake == NULL)
    g_assert_false (g_error_matches (error, CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED));
  g_assert_false (rd_site_get_signed_out (f->site));
}

/* RdIntroduction */

static RdIntroduction *
ask (SiteFixture *f, RdVars *vars, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rd_introduction_ask_async (f->site, vars, cancellable, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  return rd_introduction_ask_finish (f->site, result, error);
}

static void
test_user (SiteFixture *f, gconstpointer data)
{
  g_autoptr (RdVars) vars = rd_vars_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RdIntroduction) answer = NULL;
  g_autoptr (RdIntroduction) known = NULL;

  mock_site_say_text (f->mock, "GET /api/users/me/", 200, "application/json", "{\"id\":7,\"full_name\":\"You\"}");
  answer = ask (f, vars, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer->user_id, ==, "7");
  g_assert_cmpstr (answer->user_name, ==, "You");
  rd_vars_set (vars, "user.id", "7");
  known = ask (f, vars, NULL, &error);
  g_assert_null (known->user_id);
  g_assert_cmpuint (mock_site_count (f->mock, "GET /api/users/me/"), ==, 1);
}

static void
test_no_user (SiteFixture *f, gconstpointer data)
{
  static const char * const replies[] = { "{}", "[]", "{\"id\":null}", "{\"id\":\"\"}", "{\"id\":{}}", "7" };
  g_autoptr (RdVars) vars = rd_vars_new ();

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RdIntroduction) answer = NULL;

      mock_site_say_text (f->mock, "GET /api/users/me/", 200, "application/json", replies[i]);
      answer = ask (f, vars, NULL, &error);
      g_assert_null (answer);
      g_assert_error (error, RD_FAULT, RD_FAULT_BAD_REPLY);
    }
}

/* Each page is full of others, and there is always one more. */
static char *
make_endless (const MockRequest *request, guint *status, gpointer data)
{
  const char *page = strstr (request->query, "page=");
  guint first = page != NULL ? (guint) g_ascii_strtoull (page + 5, NULL, 10) * 1000 : 0;
  guint each = *(const guint *) data;
  GString *text = g_string_new ("{\"success\":true,\"data\":{\"items\":[");

  for (guint i = 0; i < each; i++)
    g_string_append_printf (text, "%s{\"id\":%u}", i > 0 ? "," : "", first + i);
  g_string_append (text, "],\"pagination\":{\"hasMore\":true}}}");
  return g_string_free (text, FALSE);
}

static guint
count_followed (const RdIntroduction *answer)
{
  const char * const *ids = rd_vars_get_list (answer->lists, "invoice.id");

  return ids != NULL ? g_strv_length ((char **) ids) : 0;
}

static RdVars *
new_own_vars (void)
{
  RdVars *vars = rd_vars_new ();

  rd_vars_set (vars, "user.id", "7");
  return vars;
}

static void
test_bounded (SiteFixture *f, gconstpointer data)
{
  static const guint each[] = { 10000, 40, 1 };
  static const guint expected[] = { RD_INTRODUCTION_MAX, RD_INTRODUCTION_MAX, 10 };
  g_autoptr (RdVars) vars = new_own_vars ();
  guint asked = 0;
  guint now;

  mock_site_make (f->mock, LIST, make_endless, &now);
  for (guint i = 0; i < G_N_ELEMENTS (each); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RdIntroduction) answer = NULL;

      now = each[i];
      answer = ask (f, vars, NULL, &error);
      g_assert_no_error (error);
      g_assert_no_error (answer->lists_error);
      g_assert_cmpuint (count_followed (answer), ==, expected[i]);
      g_assert_cmpuint (mock_site_count (f->mock, LIST) - asked, <=, 10);
      asked = mock_site_count (f->mock, LIST);
    }
}

/* A site whose pages are all the same has said what it has to say. */
static void
test_same_page (SiteFixture *f, gconstpointer data)
{
  g_autoptr (RdVars) vars = new_own_vars ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RdIntroduction) answer = NULL;

  mock_site_say_text (f->mock, LIST, 200, "application/json",
                      "{\"data\":{\"items\":[{\"id\":3},{\"id\":\"3\"},{\"id\":4}],"
                      "\"pagination\":{\"hasMore\":true}}}");
  answer = ask (f, vars, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_followed (answer), ==, 2);
  g_assert_cmpuint (mock_site_count (f->mock, LIST), ==, 2);
}

static void
test_hostile_ids (SiteFixture *f, gconstpointer data)
{
  g_autofree char *endless = g_strnfill (100000, '9');
  g_autofree char *text = g_strdup_printf ("{\"data\":{\"items\":[{\"id\":null},{\"id\":{}},{\"id\":[1]},{\"id\":\"\"},"
                                           "{\"id\":\"a\\u0000b\"},{\"id\":\"%s\"},7,null,{\"id\":12}]}}",
                                           endless);
  g_autoptr (RdVars) vars = new_own_vars ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RdIntroduction) answer = NULL;
  const char * const *ids;

  mock_site_say_text (f->mock, LIST, 200, "application/json", text);
  answer = ask (f, vars, NULL, &error);
  g_assert_no_error (error);
  ids = rd_vars_get_list (answer->lists, "invoice.id");
  g_assert_nonnull (ids);
  g_assert_true (g_strv_contains (ids, "12"));
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (ids[i]), >, 0);
      g_assert_cmpuint (strlen (ids[i]), <=, 128);
    }
}

/* The rest goes on without it, and the account says why. */
static void
test_list_fails (SiteFixture *f, gconstpointer data)
{
  g_autoptr (RdVars) vars = new_own_vars ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RdIntroduction) answer = NULL;
  g_autoptr (RdIntroduction) given = NULL;

  mock_site_say_text (f->mock, LIST, 500, "application/json", "{\"success\":false,\"message\":\"Down\"}");
  answer = ask (f, vars, NULL, &error);
  g_assert_no_error (error);
  g_assert_error (answer->lists_error, RD_FAULT, RD_FAULT_SITE_ERROR);
  g_assert_cmpuint (count_followed (answer), ==, 0);
  /* What the settings name is not asked for. */
  rd_vars_set (vars, "invoice.id", "9");
  given = ask (f, vars, NULL, &error);
  g_assert_no_error (given->lists_error);
  g_assert_cmpuint (mock_site_count (f->mock, LIST), ==, 1);
}

static void
test_cancelled (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RdVars) vars = new_own_vars ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RdIntroduction) answer = NULL;

  mock_site_hang (f->mock, LIST);
  rd_introduction_ask_async (f->site, vars, cancellable, rd_test_store_result, &result);
  rd_test_await (mock_site_count (f->mock, LIST) == 1);
  g_cancellable_cancel (cancellable);
  rd_test_await (result != NULL);
  answer = rd_introduction_ask_finish (f->site, result, &error);
  g_assert_null (answer);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
add_site (const char *name, const char *profile, void (*test) (SiteFixture *, gconstpointer))
{
  g_test_add (name, SiteFixture, profile, site_fixture_set_up, test, site_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_site ("/plain/handshake", "crm-ws", test_handshake);
  add_site ("/plain/path", "crm-ws", test_handshake_path);
  add_site ("/plain/frames", "crm-ws", test_frames);
  add_site ("/plain/refused", "crm-ws", test_refused);
  add_site ("/plain/refused-for-good", "crm-ws", test_refused_for_good);
  add_site ("/plain/site-fails", "crm-ws", test_site_fails);
  add_site ("/introduction/user", "crm", test_user);
  add_site ("/introduction/no-user", "crm", test_no_user);
  add_site ("/introduction/bounded", "invoices", test_bounded);
  add_site ("/introduction/same-page", "invoices", test_same_page);
  add_site ("/introduction/hostile-ids", "invoices", test_hostile_ids);
  add_site ("/introduction/list-fails", "invoices", test_list_fails);
  add_site ("/introduction/cancelled", "invoices", test_cancelled);
  return g_test_run ();
}
