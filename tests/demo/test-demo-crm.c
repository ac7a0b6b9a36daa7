/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "demo-client.h"

#include "rd-demo-crm.h"
#include "rd-demo-json.h"
#include "rd-test.h"

#include <string.h>

#define KEY "crm-key"

#define ADA 11
#define GRACE 12

typedef struct
{
  RdDemoChannels *channels;
  RdDemoCrm *crm;
  const char *you;  /* access tokens */
  const char *ada;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->channels = rd_demo_channels_new ();
  rd_demo_channels_add_app (fixture->channels, "crm", KEY, "secret");
  rd_demo_channels_listen (fixture->channels, 0, &error);
  g_assert_no_error (error);
  fixture->crm = rd_demo_crm_new (fixture->channels, "crm");
  rd_demo_site_listen (rd_demo_crm_get_site (fixture->crm), 0, &error);
  g_assert_no_error (error);
  fixture->you = rd_demo_crm_sign_in (fixture->crm, RD_DEMO_YOU)->access;
  fixture->ada = rd_demo_crm_sign_in (fixture->crm, ADA)->access;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rd_test_drain ();
  g_assert_finalize_object (fixture->crm);
  g_assert_finalize_object (fixture->channels);
}

static JsonNode *
ask (Fixture *fixture, const char *method, const char *path, const char *token, const char *body, guint status)
{
  g_autofree char *url = g_strconcat (rd_demo_site_get_url (rd_demo_crm_get_site (fixture->crm)), path, NULL);
  guint got;
  JsonNode *reply = demo_request (method, url, token, "application/json", body, &got);

  g_assert_cmpuint (got, ==, status);
  return reply;
}

static void
expect_error (Fixture *fixture, const char *path, const char *token, const char *body, guint status, const char *said)
{
  g_autoptr (JsonNode) reply = ask (fixture, "POST", path, token, body, status);

  g_assert_cmpstr (rd_demo_json_get_string (json_node_get_object (reply), "error"), ==, said);
}

/* Somebody's own channel, joined as the real client joins it. */
static DemoClient *
listen_as (Fixture *fixture, gint64 user, const char *token)
{
  DemoClient *client = demo_client_new (rd_demo_channels_get_port (fixture->channels), KEY, TRUE);
  g_autofree char *channel = g_strdup_printf ("private-user-%" G_GINT64_FORMAT, user);
  g_autofree char *body =
      g_strdup_printf ("{\"socket_id\":\"%s\",\"channel_name\":\"%s\"}", client->socket_id, channel);
  g_autoptr (JsonNode) reply = ask (fixture, "POST", "/api/pusher/auth/", token, body, 200);

  demo_client_subscribe (client, channel, rd_demo_json_get_string (json_node_get_object (reply), "auth"), NULL);
  json_object_unref (demo_client_expect (client, "pusher_internal:subscription_succeeded"));
  return client;
}

static void
test_login (Fixture *fixture, gconstpointer data)
{
  RdDemoPerson *you = rd_demo_people_lookup (rd_demo_crm_get_people (fixture->crm), RD_DEMO_YOU);
  g_autofree char *good = g_strdup_printf ("{\"username\":\"%s\",\"password\":\"%s\"}", you->email, you->password);
  g_autoptr (JsonNode) wrong =
      ask (fixture, "POST", "/api/auth/login/", NULL, "{\"username\":\"robin\",\"password\":\"no\"}", 400);
  g_autoptr (JsonNode) right = ask (fixture, "POST", "/api/auth/login/", NULL, good, 200);
  JsonObject *reply = json_node_get_object (right);
  g_autoptr (JsonNode) me = NULL;

  g_assert_true (json_object_has_member (json_node_get_object (wrong), "non_field_errors"));
  g_assert_cmpint (rd_demo_json_get_id (rd_demo_json_get_object (reply, "user"), "id"), ==, RD_DEMO_YOU);
  g_assert_cmpstr (rd_demo_json_get_string (reply, "token_type"), ==, "Bearer");
  me = ask (fixture, "GET", "/api/users/me/", rd_demo_json_get_string (reply, "access"), NULL, 200);
  g_assert_cmpstr (rd_demo_json_get_string (json_node_get_object (me), "full_name"), ==, "Robin Vance");
}

static void
test_refresh_rotates (Fixture *fixture, gconstpointer data)
{
  RdDemoPerson *you = rd_demo_people_lookup (rd_demo_crm_get_people (fixture->crm), RD_DEMO_YOU);
  g_autofree char *first = g_strdup_printf ("{\"refresh\":\"%s\"}", you->refresh);
  g_autofree char *access = g_strdup (you->access);
  g_autoptr (JsonNode) refused = NULL;
  g_autoptr (JsonNode) fresh = NULL;
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (JsonNode) me = NULL;

  rd_demo_crm_expire_access (fixture->crm, RD_DEMO_YOU);
  refused = ask (fixture, "GET", "/api/users/me/", access, NULL, 401);
  fresh = ask (fixture, "POST", "/api/auth/token/refresh/", NULL, first, 200);
  again = ask (fixture, "POST", "/api/auth/token/refresh/", NULL, first, 401);
  me = ask (fixture, "GET", "/api/users/me/", rd_demo_json_get_string (json_node_get_object (fresh), "access"), NULL,
            200);
  g_assert_cmpstr (rd_demo_json_get_string (json_node_get_object (again), "code"), ==, "token_not_valid");
}

static void
test_channel_authorisation (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url =
      g_strconcat (rd_demo_site_get_url (rd_demo_crm_get_site (fixture->crm)), "/api/pusher/auth/", NULL);
  g_autofree char *expected = rd_demo_channels_authorize (fixture->channels, "crm", "1.2", "private-user-7", NULL);
  g_autoptr (JsonNode) form = NULL;
  g_autoptr (JsonNode) nobody = NULL;
  guint status;

  form = demo_request ("POST", url, fixture->you, "application/x-www-form-urlencoded",
                       "socket_id=1.2&channel_name=private-user-7", &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpstr (rd_demo_json_get_string (json_node_get_object (form), "auth"), ==, expected);
  expect_error (fixture, "/api/pusher/auth/", fixture->you, "{\"socket_id\":\"1.2\"}", 400,
                "socket_id and channel_name are required");
  expect_error (fixture, "/api/pusher/auth/", fixture->you,
                "{\"socket_id\":\"1.2\",\"channel_name\":\"private-user-11\"}", 403, "Unauthorized channel");
  /* a colon in the socket's id would sign another channel's text */
  expect_error (fixture, "/api/pusher/auth/", fixture->you,
                "{\"socket_id\":\"1.2:private-user-11\",\"channel_name\":\"private-user-7\"}", 400,
                "socket_id and channel_name are required");
  nobody = ask (fixture, "POST", "/api/pusher/auth/", NULL, "{}", 401);
}

static void
expect_call (DemoClient *client, const char *event, const char *status, JsonObject **out)
{
  g_autoptr (JsonNode) node = demo_frame_data (demo_client_expect (client, event));
  JsonObject *call = json_node_get_object (node);

  g_assert_cmpstr (rd_demo_json_get_string (call, "status"), ==, status);
  if (out != NULL)
    *out = json_object_ref (call);
}

static void
test_call_answered_and_ended (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DemoClient) you = listen_as (fixture, RD_DEMO_YOU, fixture->you);
  g_autoptr (DemoClient) ada = listen_as (fixture, ADA, fixture->ada);
  g_autoptr (JsonObject) mine = NULL;
  g_autoptr (JsonObject) hers = NULL;
  g_autoptr (JsonNode) placed =
      ask (fixture, "POST", "/api/jitsi-calls/initiate_call/", fixture->ada,
           "{\"recipient_id\":7,\"call_type\":\"audio\"}", 201);
  g_autoptr (JsonNode) active = NULL;
  g_autoptr (JsonNode) answered = NULL;
  g_autoptr (JsonNode) ended = NULL;
  g_autoptr (JsonNode) once_more = NULL;
  g_autoptr (JsonNode) none = NULL;
  JsonObject *room;

  expect_call (you, "call-initiated", "pending", &mine);
  expect_call (ada, "call-initiated", "pending", &hers);
  g_assert_cmpint (rd_demo_json_get_id (mine, "initiator"), ==, ADA);
  g_assert_cmpint (rd_demo_json_get_id (mine, "recipient"), ==, RD_DEMO_YOU);
  g_assert_cmpstr (rd_demo_json_get_string (mine, "call_type"), ==, "audio");
  g_assert_true (json_object_get_null_member (mine, "started_at"));
  g_assert_true (json_object_get_null_member (mine, "duration_seconds"));
  g_assert_false (json_object_has_member (mine, "session_id"));
  room = rd_demo_json_get_object (mine, "jitsi_url");
  g_assert_cmpstr (rd_demo_json_get_string (room, "jwt_token"), !=,
                   rd_demo_json_get_string (rd_demo_json_get_object (hers, "jitsi_url"), "jwt_token"));
  g_assert_null (strstr (rd_demo_json_get_string (room, "video_url"), "jwt"));
  g_assert_true (json_object_has_member (
      rd_demo_json_get_object (json_node_get_object (placed), "call_session"), "session_id"));

  active = ask (fixture, "GET", "/api/jitsi-calls/my_active_call/", fixture->you, NULL, 200);
  g_assert_cmpint (rd_demo_json_get_id (json_node_get_object (active), "id"), ==, 1);
  expect_error (fixture, "/api/jitsi-calls/1/update_status/", fixture->ada, "{\"action\":\"reject\"}", 400,
                "Only the recipient can reject this call");
  expect_error (fixture, "/api/jitsi-calls/1/update_status/", fixture->you, "{\"action\":\"explode\"}", 400,
                "Invalid action");
  answered = ask (fixture, "POST", "/api/jitsi-calls/1/update_status/", fixture->you, "{\"action\":\"answer\"}", 200);
  expect_call (you, "call-answered", "active", NULL);
  expect_call (ada, "call-answered", "active", NULL);
  expect_error (fixture, "/api/jitsi-calls/1/update_status/", fixture->you, "{\"action\":\"answer\"}", 400,
                "Call is not in answerable state");

  ended = ask (fixture, "POST", "/api/jitsi-calls/1/update_status/", fixture->ada, "{\"action\":\"end\"}", 200);
  expect_call (you, "call-ended", "completed", NULL);
  expect_call (ada, "call-ended", "completed", NULL);
  once_more = ask (fixture, "POST", "/api/jitsi-calls/1/update_status/", fixture->you, "{\"action\":\"end\"}", 200);
  demo_client_expect_silence (you);
  none = ask (fixture, "GET", "/api/jitsi-calls/my_active_call/", fixture->you, NULL, 204);
  g_assert_null (none);
}

static void
test_call_cancelled_and_rejected (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DemoClient) you = listen_as (fixture, RD_DEMO_YOU, fixture->you);
  g_autoptr (JsonObject) cancelled = NULL;
  g_autoptr (GError) error = NULL;

  rd_demo_crm_place (fixture->crm, ADA, RD_DEMO_YOU, FALSE, &error);
  rd_demo_crm_act (fixture->crm, ADA, 1, "end", &error);
  expect_call (you, "call-initiated", "pending", NULL);
  expect_call (you, "call-ended", "completed", &cancelled);
  g_assert_true (json_object_get_null_member (cancelled, "started_at"));

  rd_demo_crm_place (fixture->crm, RD_DEMO_YOU, GRACE, FALSE, &error);
  rd_demo_crm_act (fixture->crm, GRACE, 2, "reject", &error);
  expect_call (you, "call-initiated", "pending", NULL);
  expect_call (you, "call-rejected", "rejected", NULL);
  g_assert_no_error (error);
  g_assert_false (rd_demo_crm_act (fixture->crm, ADA, 2, "end", &error));
  g_assert_error (error, RD_DEMO_ERROR, RD_DEMO_ERROR_NOT_FOUND);
}

static void
test_placing_is_refused (Fixture *fixture, gconstpointer data)
{
  static const char path[] = "/api/jitsi-calls/initiate_call/";
  g_autoptr (JsonNode) presence = NULL;
  g_autoptr (JsonNode) foreign = NULL;

  expect_error (fixture, path, fixture->you, "{\"recipient_id\":7,\"call_type\":\"video\"}", 400,
                "Cannot call yourself");
  expect_error (fixture, path, fixture->you, "{\"recipient_id\":4711,\"call_type\":\"video\"}", 404, "User not found");
  expect_error (fixture, path, fixture->you, "{\"recipient_id\":{},\"call_type\":\"video\"}", 400,
                "recipient_id must be a user's id");
  expect_error (fixture, path, fixture->you, "{\"recipient_id\":11,\"call_type\":\"smell\"}", 400,
                "call_type must be video or audio");
  expect_error (fixture, "/api/jitsi-calls/initiate_call_by_email/", fixture->you,
                "{\"recipient_email\":\"nobody@example.org\",\"call_type\":\"video\"}", 404, "User not found");
  presence = ask (fixture, "PATCH", "/api/user-presence/11/", fixture->ada, "{\"available_for_calls\":false}", 200);
  expect_error (fixture, path, fixture->you, "{\"recipient_id\":11,\"call_type\":\"video\"}", 400,
                "Ada Lovelace is not available for calls");
  foreign = ask (fixture, "PATCH", "/api/user-presence/11/", fixture->you, "{}", 403);
}

static void
test_placing_by_email (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) reply = ask (fixture, "POST", "/api/jitsi-calls/initiate_call_by_email/", fixture->you,
                                    "{\"recipient_email\":\"grace@example.org\",\"call_type\":\"video\"}", 201);
  JsonObject *session = rd_demo_json_get_object (json_node_get_object (reply), "call_session");
  g_autoptr (JsonNode) list = ask (fixture, "GET", "/api/jitsi-calls/?status=pending&my_calls=true", fixture->you,
                                   NULL, 200);
  g_autoptr (JsonNode) others = ask (fixture, "GET", "/api/jitsi-calls/1/", fixture->ada, NULL, 404);
  g_autoptr (JsonNode) beat = ask (fixture, "POST", "/api/jitsi-calls/heartbeat/", fixture->you, NULL, 200);

  g_assert_cmpint (rd_demo_json_get_id (session, "recipient"), ==, GRACE);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (list)), ==, 1);
  g_assert_cmpstr (rd_demo_json_get_string (json_node_get_object (beat), "status"), ==, "ok");
}

/* To sender and recipient, nested, and twice. */
static void
test_message (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DemoClient) you = listen_as (fixture, RD_DEMO_YOU, fixture->you);
  g_autoptr (DemoClient) ada = listen_as (fixture, ADA, fixture->ada);
  g_autoptr (JsonNode) sent = ask (fixture, "POST", "/api/messages/send/", fixture->ada,
                                   "{\"recipient_id\":7,\"content\":\"Lunch? <b>&amp;</b>\"}", 201);
  g_autoptr (JsonNode) unread = NULL;
  g_autoptr (JsonNode) read = NULL;

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (JsonNode) node = demo_frame_data (demo_client_expect (you, "new-message"));
      JsonObject *message = rd_demo_json_get_object (json_node_get_object (node), "message");
      JsonObject *sender = rd_demo_json_get_object (json_node_get_object (node), "sender");

      g_assert_cmpint (rd_demo_json_get_id (message, "id"), ==, 1);
      g_assert_cmpstr (rd_demo_json_get_string (message, "content"), ==, "Lunch? <b>&amp;</b>");
      g_assert_cmpstr (rd_demo_json_get_string (sender, "first_name"), ==, "Ada");
      json_object_unref (demo_client_expect (ada, "new-message"));
    }
  json_object_unref (demo_client_expect (you, "conversation-updated"));
  json_object_unref (demo_client_expect (you, "unread-count-updated"));
  unread = ask (fixture, "GET", "/api/messages/unread_count/", fixture->you, NULL, 200);
  g_assert_cmpint (rd_demo_json_get_id (json_node_get_object (unread), "unread_count"), ==, 1);
  json_object_unref (demo_client_expect (ada, "conversation-updated"));
  read = ask (fixture, "POST", "/api/messages/1/mark_read/", fixture->you, NULL, 200);
  json_object_unref (demo_client_expect (ada, "message-read"));
}

/* Pages of 25, and reading a conversation marks it read. */
static void
test_conversations (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) first = NULL;
  g_autoptr (JsonNode) second = NULL;
  g_autoptr (JsonNode) beyond = NULL;
  g_autoptr (JsonNode) thread = NULL;
  JsonObject *newest;

  rd_demo_crm_add_conversations (fixture->crm, 30);
  g_assert_cmpint (rd_demo_crm_send_message (fixture->crm, ADA, RD_DEMO_YOU, "The newest", NULL), >, 0);
  first = ask (fixture, "GET", "/api/conversations/", fixture->you, NULL, 200);
  g_assert_cmpint (rd_demo_json_get_id (json_node_get_object (first), "count"), ==, 31);
  g_assert_nonnull (rd_demo_json_get_string (json_node_get_object (first), "next"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json_node_get_object (first), "results")), ==,
                    25);
  newest = json_array_get_object_element (json_object_get_array_member (json_node_get_object (first), "results"), 0);
  g_assert_cmpint (rd_demo_json_get_id (rd_demo_json_get_object (newest, "other_user"), "id"), ==, ADA);
  g_assert_cmpint (rd_demo_json_get_id (newest, "unread_count"), ==, 1);
  second = ask (fixture, "GET", "/api/conversations/?page=2", fixture->you, NULL, 200);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json_node_get_object (second), "results")), ==,
                    6);
  g_assert_null (rd_demo_json_get_string (json_node_get_object (second), "next"));
  beyond = ask (fixture, "GET", "/api/conversations/?page=3", fixture->you, NULL, 404);
  g_assert_cmpuint (rd_demo_crm_count_unread (fixture->crm, RD_DEMO_YOU), ==, 1);
  thread = ask (fixture, "GET", "/api/messages/with_user/?user_id=11", fixture->you, NULL, 200);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (thread)), ==, 1);
  g_assert_cmpuint (rd_demo_crm_count_unread (fixture->crm, RD_DEMO_YOU), ==, 0);
}

/* Whatever comes in, the server answers it and lives. */
static void
test_hostile_requests (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *method;
    const char *path;
    const char *body;
    guint status;
  } requests[] = {
    { "POST", "/api/auth/login/", "{", 400 },
    { "POST", "/api/auth/login/", "[]", 400 },
    { "POST", "/api/auth/login/", "{\"username\":[],\"password\":{}}", 400 },
    { "POST", "/api/auth/login/", "{\"username\":\"\xff\xfe\"}", 400 },
    { "GET", "/api/auth/login/", NULL, 405 },
    { "GET", "/nowhere", NULL, 404 },
    { "GET", "/%ff%fe", NULL, 403 },
    { "GET", "/room/%3Cscript%3E", NULL, 200 },
    { "POST", "/api/jitsi-calls/99999999999999999999/update_status/", "{\"action\":\"end\"}", 404 },
    { "POST", "/api/jitsi-calls/-1/update_status/", "{\"action\":7}", 404 },
    { "POST", "/api/jitsi-calls/initiate_call/", "{\"recipient_id\":1e400}", 400 },
    { "POST", "/api/messages/send/", "{\"recipient_id\":7}", 403 },
    { "GET", "/api/messages/with_user/?user_id=%ff", NULL, 400 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (JsonNode) reply = ask (fixture, requests[i].method, requests[i].path, fixture->you, requests[i].body,
                                        requests[i].status);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) \
  g_test_add ("/demo/crm/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("login", test_login);
  ADD ("refresh-rotates", test_refresh_rotates);
  ADD ("channel-authorisation", test_channel_authorisation);
  ADD ("call-answered-and-ended", test_call_answered_and_ended);
  ADD ("call-cancelled-and-rejected", test_call_cancelled_and_rejected);
  ADD ("placing-is-refused", test_placing_is_refused);
  ADD ("placing-by-email", test_placing_by_email);
  ADD ("message", test_message);
  ADD ("conversations", test_conversations);
  ADD ("hostile-requests", test_hostile_requests);
#undef ADD
  return g_test_run ();
}
