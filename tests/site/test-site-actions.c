/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "site-fixture.h"

#include <string.h>

/* The CRM's and the invoice site's actions: what is sent, and what each reply means. */

#define ACTIVE "GET /api/jitsi-calls/my_active_call/"
#define UPDATE "POST /api/jitsi-calls/41/update_status/"
#define INITIATE "POST /api/jitsi-calls/initiate_call/"
#define BY_EMAIL "POST /api/jitsi-calls/initiate_call_by_email/"

static void
test_place (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdEvent) call = NULL;
  MockRequest *request;

  mock_site_say (f->mock, INITIATE, 201, "placed");
  call = site_fixture_place (f, "9", TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (call->kind, ==, RD_EVENT_CALL_INITIATED);
  g_assert_cmpstr (call->call_id, ==, "41");
  g_assert_cmpstr (call->recipient_name, ==, "Bob Other");
  g_assert_true (call->audio);
  g_assert_cmpstr (call->room_token, ==, "room-token");

  request = mock_site_seen (f->mock, INITIATE, 0);
  g_assert_cmpstr (request->authorization, ==, "Bearer access-1");
  g_assert_cmpstr (request->accept, ==, "application/json");
  g_assert_cmpstr (request->user_agent, ==, "ringdown/" RD_VERSION);
  g_assert_cmpstr (request->content_type, ==, "application/json");
  g_assert_cmpstr (request->body, ==, "{\"recipient_id\":9,\"call_type\":\"audio\"}");
}

static void
test_place_by_email (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdEvent) call = NULL;

  mock_site_say (f->mock, BY_EMAIL, 201, "placed");
  call = site_fixture_place (f, "bob@example.com", FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mock_site_seen (f->mock, BY_EMAIL, 0)->body, ==,
                   "{\"recipient_email\":\"bob@example.com\",\"call_type\":\"video\"}");
}

static void
test_place_refused (SiteFixture *f, gconstpointer data)
{
  static const char * const illegal[] = { "", "a b", "a\nb", "9\x7f" };
  g_autoptr (GError) error = NULL;

  mock_site_say (f->mock, INITIATE, 400, "yourself");
  g_assert_null (site_fixture_place (f, "7", FALSE, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_REFUSED);
  g_assert_cmpstr (rd_fault_get_said (error), ==, "Cannot call yourself");
  g_assert_cmpstr (rd_fault_get_where (error), ==, "place");
  g_assert_cmpuint (rd_fault_get_status (error), ==, 400);
  g_assert_null (rd_site_get_problem (f->site));
  for (guint i = 0; i < G_N_ELEMENTS (illegal); i++)
    {
      g_clear_error (&error);
      g_assert_null (site_fixture_place (f, illegal[i], FALSE, &error));
      g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
    }
  g_assert_cmpuint (mock_site_count (f->mock, INITIATE), ==, 1);
}

static void
test_place_without_a_call (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  mock_site_say (f->mock, INITIATE, 201, "no-call");
  mock_site_say (f->mock, INITIATE, 204, NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_null (site_fixture_place (f, "9", FALSE, &error));
      g_assert_error (error, RD_FAULT, RD_FAULT_BAD_REPLY);
      g_assert_nonnull (rd_fault_get_host (error));
      g_clear_error (&error);
    }
}

typedef struct
{
  const char *action;
  const char *fixture;
  const char *body;
  RdEventKind kind;
} Update;

static const Update updates[] = {
  { "answer", "answered", "{\"action\":\"answer\"}", RD_EVENT_CALL_ANSWERED },
  { "reject", "rejected", "{\"action\":\"reject\"}", RD_EVENT_CALL_REJECTED },
  { "end", "ended", "{\"action\":\"end\"}", RD_EVENT_CALL_ENDED },
};

static void
test_updates (SiteFixture *f, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (updates); i++)
    mock_site_say (f->mock, UPDATE, 200, updates[i].fixture);
  for (guint i = 0; i < G_N_ELEMENTS (updates); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) calls = site_fixture_calls (f, updates[i].action, "41", &error);

      g_assert_no_error (error);
      g_assert_cmpuint (calls->len, ==, 1);
      g_assert_cmpint (((RdEvent *) calls->pdata[0])->kind, ==, updates[i].kind);
      g_assert_cmpstr (mock_site_seen (f->mock, UPDATE, i)->body, ==, updates[i].body);
    }
}

static void
test_hostile_id (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  mock_site_say (f->mock, "POST /api/jitsi-calls/4%2F1%3Fx%3D%23y%26%25/update_status/", 200, "answered");
  node = site_fixture_act (f, "answer", "4/1?x=#y&%", &error);
  g_assert_no_error (error);
  g_assert_nonnull (node);
  g_assert_null (site_fixture_act (f, "answer", "..", &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
  g_clear_error (&error);
  g_assert_null (site_fixture_act (f, "answer", NULL, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
}

static void
test_active_call (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) one = NULL;

  mock_site_say (f->mock, ACTIVE, 204, NULL);
  mock_site_say (f->mock, ACTIVE, 200, "active-call");
  none = site_fixture_calls (f, "active-call", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  one = site_fixture_calls (f, "active-call", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpint (((RdEvent *) one->pdata[0])->kind, ==, RD_EVENT_CALL_INITIATED);
}

static void
test_empty_replies (SiteFixture *f, gconstpointer data)
{
  static const char * const texts[] = { "", " \r\n", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    mock_site_say_text (f->mock, ACTIVE, 200, "application/json", texts[i]);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (site_fixture_act (f, "active-call", NULL, &error));
      g_assert_no_error (error);
    }
}

static void
test_history (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) calls = NULL;

  mock_site_say (f->mock, "GET /api/jitsi-calls/", 200, "history");
  calls = site_fixture_calls (f, "calls", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (calls->len, ==, 2);
  g_assert_cmpstr (mock_site_seen (f->mock, "GET /api/jitsi-calls/", 0)->query, ==, "my_calls=true");
}

static void
test_unsupported (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = site_fixture_fault (f, "fly", RD_FAULT_UNSUPPORTED);

  g_assert_cmpstr (rd_fault_get_where (error), ==, "fly");
  g_assert_false (rd_site_can (f->site, "fly"));
  g_assert_true (rd_site_can (f->site, "answer"));
  g_assert_null (rd_site_get_problem (f->site));
}

typedef struct
{
  guint status;
  const char *fixture;
  RdFaultCode code;
  const char *said;
  gboolean problem;
} Failure;

static const Failure failures[] = {
  { 400, "not-answerable", RD_FAULT_REFUSED, "Call is not in answerable state", FALSE },
  { 400, "not-valid", RD_FAULT_REFUSED, "Unable to log in with provided credentials.", FALSE },
  { 404, NULL, RD_FAULT_REFUSED, NULL, FALSE },
  { 429, NULL, RD_FAULT_REFUSED, NULL, FALSE },
  { 403, "not-a-member", RD_FAULT_FORBIDDEN, "You do not have permission to perform this action.", FALSE },
  { 400, "echo", RD_FAULT_REFUSED, NULL, FALSE },
  { 500, "broken", RD_FAULT_SITE_ERROR, "The database is away", TRUE },
  { 502, NULL, RD_FAULT_SITE_ERROR, NULL, TRUE },
  { 304, NULL, RD_FAULT_BAD_REPLY, NULL, TRUE },
};

static void
test_failures (SiteFixture *f, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    mock_site_say (f->mock, UPDATE, failures[i].status, failures[i].fixture);
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr (GError) error = site_fixture_fault (f, "answer", failures[i].code);

      g_assert_cmpuint (rd_fault_get_status (error), ==, failures[i].status);
      g_assert_cmpstr (rd_fault_get_said (error), ==, failures[i].said);
      g_assert_cmpstr (rd_fault_get_where (error), ==, "answer");
      g_assert_cmpstr (rd_fault_get_host (error), ==, rd_site_get_host (f->site));
      g_assert_null (strstr (error->message, "access-1"));
      if (failures[i].problem)
        g_assert_error (rd_site_get_problem (f->site), RD_FAULT, (int) failures[i].code);
    }
}

static void
test_problem_comes_and_goes (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  mock_site_say (f->mock, ACTIVE, 500, NULL);
  mock_site_say (f->mock, ACTIVE, 500, NULL);
  mock_site_say (f->mock, ACTIVE, 200, "active-call");
  g_error_free (site_fixture_fault (f, "active-call", RD_FAULT_SITE_ERROR));
  g_error_free (site_fixture_fault (f, "active-call", RD_FAULT_SITE_ERROR));
  g_assert_cmpuint (f->problems, ==, 1);
  node = site_fixture_act (f, "active-call", NULL, &error);
  g_assert_no_error (error);
  g_assert_null (rd_site_get_problem (f->site));
  g_assert_cmpuint (f->problems, ==, 2);
}

/* What is no JSON, although it says 200. */
static void
test_bad_bodies (SiteFixture *f, gconstpointer data)
{
  g_autofree char *deep = g_strnfill (1000000, '[');
  const char *texts[] = {
    "<!DOCTYPE html><html>Please sign in</html>", "{", "plain", "{\"a\":\"\xff\"}", "// no\n{}", deep,
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    mock_site_say_text (f->mock, UPDATE, 200, i == 0 ? "text/html" : "application/json", texts[i]);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = site_fixture_fault (f, "answer", RD_FAULT_BAD_REPLY);

      g_assert_null (rd_fault_get_said (error));
    }
  g_assert_error (rd_site_get_problem (f->site), RD_FAULT, RD_FAULT_BAD_REPLY);
}

static void
test_invoices (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) failed = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_auto (GStrv) ids = NULL;

  mock_site_say (f->mock, "GET /api/v1/invoices", 200, "invoices");
  mock_site_say (f->mock, "GET /api/v1/invoices", 200, "failed");
  node = site_fixture_act (f, "invoices", NULL, &error);
  g_assert_no_error (error);
  ids = rd_action_dup_list (rd_profile_get_action (rd_site_get_profile (f->site), "invoices"), node, "invoice.id");
  g_assert_cmpuint (g_strv_length (ids), ==, 2);
  failed = site_fixture_fault (f, "invoices", RD_FAULT_REFUSED);
  g_assert_cmpstr (rd_fault_get_said (failed), ==, "Merchant is not approved");
  g_assert_cmpuint (rd_fault_get_status (failed), ==, 200);
}

static void
test_heartbeat (SiteFixture *f, gconstpointer data)
{
  static const char what[] = "POST /api/jitsi-calls/heartbeat/";

  mock_site_say (f->mock, what, 500, NULL);
  mock_site_say (f->mock, what, 200, "beat");
  g_object_set (f->site, "heartbeat-interval", 1, NULL);
  rd_site_set_heartbeat (f->site, TRUE);
  rd_site_set_heartbeat (f->site, TRUE);
  rd_test_await (mock_site_count (f->mock, what) == 2);
  /* A failure is only logged. */
  g_assert_cmpuint (f->problems, ==, 0);
  g_assert_cmpstr (mock_site_seen (f->mock, what, 0)->body, ==, "");
  g_assert_cmpstr (mock_site_seen (f->mock, what, 0)->authorization, ==, "Bearer access-1");
  rd_site_set_heartbeat (f->site, FALSE);
  rd_test_await (mock_site_get_live (f->mock) == 0);
  rd_test_drain ();
}

static void
test_no_heartbeat (SiteFixture *f, gconstpointer data)
{
  rd_site_set_heartbeat (f->site, TRUE);
  rd_test_drain ();
  rd_site_set_heartbeat (f->site, FALSE);
  g_assert_cmpuint (mock_site_get_live (f->mock), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, profile, func)                                                                                       \
  g_test_add ("/site/actions/" path, SiteFixture, profile, site_fixture_set_up, func, site_fixture_tear_down)
  ADD ("place", "crm", test_place);
  ADD ("place-by-email", "crm", test_place_by_email);
  ADD ("place-refused", "crm", test_place_refused);
  ADD ("place-without-a-call", "crm", test_place_without_a_call);
  ADD ("updates", "crm", test_updates);
  ADD ("hostile-id", "crm", test_hostile_id);
  ADD ("active-call", "crm", test_active_call);
  ADD ("empty-replies", "crm", test_empty_replies);
  ADD ("history", "crm", test_history);
  ADD ("unsupported", "crm", test_unsupported);
  ADD ("failures", "crm", test_failures);
  ADD ("problem-comes-and-goes", "crm", test_problem_comes_and_goes);
  ADD ("bad-bodies", "crm", test_bad_bodies);
  ADD ("invoices", "invoices", test_invoices);
  ADD ("heartbeat", "crm", test_heartbeat);
  ADD ("no-heartbeat", "invoices", test_no_heartbeat);
  return g_test_run ();
}
