/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "demo-client.h"

#include "rd-demo-json.h"
#include "rd-demo-servers.h"
#include "rd-test.h"

#include <string.h>

#define ADA 11

typedef struct
{
  RdDemoServers *servers;
  char *url;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->servers = rd_demo_servers_new ();
  rd_demo_servers_listen (fixture->servers, 0, &error);
  g_assert_no_error (error);
  fixture->url = rd_demo_control_dup_url (rd_demo_servers_get_control (fixture->servers));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rd_test_drain ();
  g_assert_finalize_object (fixture->servers);
  g_free (fixture->url);
}

/* A request as a browser sends it from the page of @origin (nullable: no browser). */
static guint
send_from (const char *url, const char *method, const char *origin, const char *fetch_site, const char *type,
           const char *body)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (GError) error = NULL;

  if (origin != NULL)
    soup_message_headers_append (soup_message_get_request_headers (message), "Origin", origin);
  if (fetch_site != NULL)
    soup_message_headers_append (soup_message_get_request_headers (message), "Sec-Fetch-Site", fetch_site);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, type, bytes);
    }
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  reply = soup_session_send_and_read_finish (session, result, &error);
  g_assert_no_error (error);
  return soup_message_get_status (message);
}

static JsonNode *
ask (Fixture *fixture, const char *what, const char *body, guint status)
{
  g_autofree char *url = g_strconcat (fixture->url, what, NULL);
  guint got;
  JsonNode *reply = demo_request (body != NULL ? "POST" : "GET", url, NULL, "application/json", body, &got);

  g_assert_cmpuint (got, ==, status);
  return reply;
}

static void
do_it (Fixture *fixture, const char *what, const char *body, guint status)
{
  g_autoptr (JsonNode) reply = ask (fixture, what, body, status);
}

static guint
count_calls (Fixture *fixture)
{
  return rd_demo_crm_get_calls (rd_demo_servers_get_sight (fixture->servers)->crm)->len;
}

static void
test_files (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *path;
    guint status;
  } requests[] = {
    { "", 200 },           { "control.html", 200 },  { "control.css", 200 }, { "control.js", 200 },
    { "sites.js", 200 },   { "room.html", 404 },  { "..%2fcontrol.js", 400 }, { "nothing", 404 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *url = g_strconcat (fixture->url, requests[i].path, NULL);

      g_assert_cmpuint (send_from (url, "GET", NULL, NULL, NULL, NULL), ==, requests[i].status);
    }
}

static void
test_token (Fixture *fixture, gconstpointer data)
{
  static const char *const paths[] = { "", "state", "control.js" };
  const char *own = strstr (fixture->url, "/control/");
  g_autofree char *base = g_strndup (fixture->url, (gsize) (own - fixture->url));

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *guess = g_strconcat (base, "/control/00000000000000000000000000000000/", paths[i], NULL);
      g_autofree char *none = g_strconcat (base, "/control//", paths[i], NULL);

      g_assert_cmpuint (send_from (guess, "GET", NULL, NULL, NULL, NULL), ==, 404);
      g_assert_cmpuint (send_from (none, "GET", NULL, NULL, NULL, NULL), ==, 404);
    }
  {
    g_autofree char *guess = g_strconcat (base, "/control/00000000000000000000000000000000/call", NULL);

    g_assert_cmpuint (send_from (guess, "POST", NULL, NULL, "application/json", "{\"from\":11}"), ==, 404);
  }
  g_assert_cmpuint (count_calls (fixture), ==, 0);
}

/* No other page in the browser can make it ring, even if it had learned the address. */
static void
test_other_pages (Fixture *fixture, gconstpointer data)
{
  static const char call[] = "{\"from\":11}";
  g_autofree char *url = g_strconcat (fixture->url, "call", NULL);
  const char *own_path = strstr (fixture->url, "/control/");
  g_autofree char *own = g_strndup (fixture->url, (gsize) (own_path - fixture->url));

  g_assert_cmpuint (send_from (url, "POST", "https://evil.example", NULL, "application/json", call), ==, 403);
  g_assert_cmpuint (send_from (url, "POST", "null", NULL, "application/json", call), ==, 403);
  g_assert_cmpuint (send_from (url, "POST", NULL, "cross-site", "application/json", call), ==, 403);
  g_assert_cmpuint (send_from (url, "POST", own, "same-origin", "text/plain", call), ==, 403);
  g_assert_cmpuint (send_from (url, "POST", own, NULL, "application/x-www-form-urlencoded", "from=11"), ==, 403);
  g_assert_cmpuint (count_calls (fixture), ==, 0);
  g_assert_cmpuint (send_from (url, "POST", own, "same-origin", "application/json", call), ==, 200);
  g_assert_cmpuint (count_calls (fixture), ==, 1);
}

static void
test_acting (Fixture *fixture, gconstpointer data)
{
  RdDemoCrm *crm = rd_demo_servers_get_sight (fixture->servers)->crm;
  g_autoptr (GError) error = NULL;

  do_it (fixture, "call", "{\"from\":11,\"audio\":true}", 200);
  g_assert_true (rd_demo_crm_lookup_call (crm, 1)->audio);
  /* the caller cannot answer, but hang up */
  do_it (fixture, "act", "{\"call\":1,\"action\":\"answer\"}", 400);
  do_it (fixture, "act", "{\"call\":1,\"action\":\"end\"}", 200);
  g_assert_cmpstr (rd_demo_crm_lookup_call (crm, 1)->status, ==, "completed");
  rd_demo_crm_place (crm, RD_DEMO_YOU, ADA, FALSE, &error);
  g_assert_no_error (error);
  do_it (fixture, "act", "{\"call\":2,\"action\":\"answer\"}", 200);
  g_assert_cmpstr (rd_demo_crm_lookup_call (crm, 2)->status, ==, "active");
  do_it (fixture, "pay", "{\"invoice\":7}", 200);
  do_it (fixture, "pay", "{\"invoice\":7}", 400);
  do_it (fixture, "message", "{\"from\":12}", 200);

  do_it (fixture, "call", "{\"from\":7}", 400);
  do_it (fixture, "call", "{\"from\":[],\"audio\":\"yes\"}", 400);
  do_it (fixture, "act", "{\"call\":4711,\"action\":\"end\"}", 400);
  do_it (fixture, "act", "{\"call\":2,\"action\":{}}", 400);
  do_it (fixture, "pay", "{\"invoice\":99999999999}", 400);
  do_it (fixture, "message", "{\"from\":12,\"text\":\"\"}", 400);
}

/* A page that waits hears of news at once, with the log from where it was. */
static void
test_waiting_for_news (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) now = ask (fixture, "state", NULL, 200);
  gint64 serial = rd_demo_json_get_id (json_node_get_object (now), "serial");
  g_autofree char *url = g_strdup_printf ("%sstate?after=0&serial=%" G_GINT64_FORMAT, fixture->url, serial);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (JsonNode) news = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *log;

  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, rd_test_store_result, &result);
  /* another request's answer: the first one has arrived */
  do_it (fixture, "call", "{\"from\":11}", 200);
  rd_test_await (result != NULL);
  reply = soup_session_send_and_read_finish (session, result, &error);
  g_assert_no_error (error);
  news = rd_demo_json_parse (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply));
  g_assert_cmpint (rd_demo_json_get_id (json_node_get_object (news), "serial"), >, serial);
  log = json_object_get_array_member (json_node_get_object (news), "log");
  g_assert_cmpuint (json_array_get_length (log), >=, 1);
  g_assert_cmpstr (rd_demo_json_get_string (json_array_get_object_element (log, 0), "kind"), ==, "event");
}

static void
test_outage (Fixture *fixture, gconstpointer data)
{
  RdDemoChannels *channels = rd_demo_servers_get_sight (fixture->servers)->channels;
  g_autoptr (JsonObject) json = rd_demo_servers_to_json (fixture->servers, FALSE);
  const char *key = rd_demo_json_get_string (rd_demo_json_get_object (json, "crm"), "key");
  g_autoptr (DemoClient) client = demo_client_new (rd_demo_channels_get_port (channels), key, TRUE);
  g_autoptr (JsonNode) state = NULL;

  do_it (fixture, "outage", "{\"seconds\":1}", 200);
  do_it (fixture, "outage", "{\"seconds\":1}", 400);
  rd_test_await (client->closed);
  state = ask (fixture, "state", NULL, 200);
  g_assert_true (json_object_get_boolean_member (json_node_get_object (state), "outage"));
  for (gboolean down = TRUE; down;)
    {
      g_autoptr (JsonNode) later = ask (fixture, "state", NULL, 200);

      down = json_object_get_boolean_member (json_node_get_object (later), "outage");
    }
  {
    g_autoptr (DemoClient) again = demo_client_new (rd_demo_channels_get_port (channels), key, TRUE);

    demo_client_expect_silence (again);
  }
}

static guint
count_sockets (Fixture *fixture, const char *app_id)
{
  return rd_demo_channels_count (rd_demo_servers_get_sight (fixture->servers)->channels, app_id, NULL);
}

static gboolean
is_away (Fixture *fixture, const char *site)
{
  g_autoptr (JsonNode) state = ask (fixture, "state", NULL, 200);
  JsonArray *away = json_object_get_array_member (json_node_get_object (state), "away");

  return json_array_get_length (away) == 1 && strcmp (json_array_get_string_element (away, 0), site) == 0;
}

static DemoClient *
connect_to (Fixture *fixture, const char *site)
{
  RdDemoChannels *channels = rd_demo_servers_get_sight (fixture->servers)->channels;

  return demo_client_new (rd_demo_channels_get_port (channels),
                          rd_demo_app_get_key (rd_demo_channels_lookup (channels, site)), TRUE);
}

/* One site is away with its line; the others have not noticed. */
static void
test_one_site_away (Fixture *fixture, gconstpointer data)
{
  RdDemoSite *site = rd_demo_team_get_site (rd_demo_servers_get_sight (fixture->servers)->team);
  g_autoptr (DemoClient) crm = connect_to (fixture, "crm");
  g_autoptr (DemoClient) team = connect_to (fixture, "team");
  g_autoptr (DemoClient) early = NULL;
  guint port = rd_demo_site_get_port (site);

  do_it (fixture, "outage", "{\"site\":\"team\",\"seconds\":1}", 200);
  rd_test_await (team->closed);
  g_assert_true (is_away (fixture, "team"));
  g_assert_false (rd_demo_site_is_listening (site));
  do_it (fixture, "outage", "{\"site\":\"team\",\"seconds\":1}", 400);
  do_it (fixture, "outage", "{\"seconds\":1}", 400);
  do_it (fixture, "outage", "{\"site\":\"moon\"}", 400);
  early = demo_client_new (rd_demo_channels_get_port (rd_demo_servers_get_sight (fixture->servers)->channels),
                           rd_demo_app_get_key (rd_demo_channels_lookup (
                               rd_demo_servers_get_sight (fixture->servers)->channels, "team")), FALSE);
  rd_test_await (early->closed);
  g_assert_cmpuint (count_sockets (fixture, "crm"), ==, 1);
  g_assert_false (crm->closed);
  rd_test_await (rd_demo_site_is_listening (site));
  g_assert_cmpuint (rd_demo_site_get_port (site), ==, port);
  {
    g_autoptr (DemoClient) again = connect_to (fixture, "team");

    demo_client_expect_silence (again);
  }
}

static void
test_dropping (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DemoClient) crm = connect_to (fixture, "crm");
  g_autoptr (DemoClient) sms = connect_to (fixture, "sms");
  g_autoptr (DemoClient) again = NULL;

  do_it (fixture, "drop", "{\"site\":\"moon\"}", 400);
  do_it (fixture, "drop", "{\"site\":\"sms\"}", 200);
  rd_test_await (sms->closed);
  g_assert_false (crm->closed);
  again = connect_to (fixture, "sms");
  demo_client_expect_silence (again);
}

/* Who is in stays in, nobody comes in. */
static void
test_no_sign_in (Fixture *fixture, gconstpointer data)
{
  RdDemoCrm *crm = rd_demo_servers_get_sight (fixture->servers)->crm;
  const char *base = rd_demo_site_get_url (rd_demo_crm_get_site (crm));
  RdDemoPerson *you = rd_demo_crm_sign_in (crm, RD_DEMO_YOU);
  g_autofree char *login = g_strconcat (base, "/api/auth/login/", NULL);
  g_autofree char *me = g_strconcat (base, "/api/users/me/", NULL);
  g_autofree char *body = g_strdup_printf ("{\"username\":\"%s\",\"password\":\"%s\"}", you->username, you->password);

  do_it (fixture, "mood", "{\"site\":\"crm\",\"mood\":\"no-sign-in\"}", 200);
  g_assert_cmpuint (send_from (login, "POST", NULL, NULL, "application/json", body), ==, 403);
  {
    g_autoptr (JsonNode) reply = NULL;
    guint status;

    reply = demo_request ("GET", me, you->access, NULL, NULL, &status);
    g_assert_cmpuint (status, ==, 200);
  }
  do_it (fixture, "mood", "{\"site\":\"crm\",\"mood\":\"fine\"}", 200);
  g_assert_cmpuint (send_from (login, "POST", NULL, NULL, "application/json", body), ==, 200);
}

/* What you do yourself by another device, and what they do with what you wrote */
static void
test_elsewhere_and_read (Fixture *fixture, gconstpointer data)
{
  RdDemoCrm *crm = rd_demo_servers_get_sight (fixture->servers)->crm;
  g_autoptr (GError) error = NULL;

  do_it (fixture, "call", "{\"from\":11}", 200);
  do_it (fixture, "act", "{\"call\":1,\"action\":\"answer\",\"elsewhere\":true}", 200);
  g_assert_cmpstr (rd_demo_crm_lookup_call (crm, 1)->status, ==, "active");
  rd_demo_crm_send_message (crm, RD_DEMO_YOU, ADA, "Ready?", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rd_demo_crm_count_unread (crm, ADA), ==, 1);
  do_it (fixture, "read", "{\"person\":11}", 200);
  g_assert_cmpuint (rd_demo_crm_count_unread (crm, ADA), ==, 0);
  do_it (fixture, "read", "{\"person\":7}", 400);
  do_it (fixture, "read", "{\"person\":4711}", 400);
}

/* What the ready file holds, and what it must not. */
static void
test_secrets_are_asked_for (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) without = rd_demo_servers_to_json (fixture->servers, FALSE);
  g_autoptr (JsonObject) with = rd_demo_servers_to_json (fixture->servers, TRUE);

  g_assert_false (json_object_has_member (rd_demo_json_get_object (without, "crm"), "token"));
  g_assert_false (json_object_has_member (rd_demo_json_get_object (without, "crm"), "secret"));
  g_assert_nonnull (rd_demo_json_get_string (rd_demo_json_get_object (with, "crm"), "token"));
  g_assert_nonnull (rd_demo_json_get_string (rd_demo_json_get_object (with, "invoices"), "secret"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) \
  g_test_add ("/demo/control/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("files", test_files);
  ADD ("token", test_token);
  ADD ("other-pages", test_other_pages);
  ADD ("acting", test_acting);
  ADD ("waiting-for-news", test_waiting_for_news);
  ADD ("outage", test_outage);
  ADD ("one-site-away", test_one_site_away);
  ADD ("dropping", test_dropping);
  ADD ("no-sign-in", test_no_sign_in);
  ADD ("elsewhere-and-read", test_elsewhere_and_read);
  ADD ("secrets-are-asked-for", test_secrets_are_asked_for);
#undef ADD
  return g_test_run ();
}
