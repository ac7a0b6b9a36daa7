/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "demo-browser.h"
#include "demo-client.h"

#include "rd-demo-json.h"
#include "rd-demo-team.h"
#include "rd-test.h"

#include <string.h>

#define KEY "team-key"
#define CHANNEL "presence-workspace-product"
#define ADA 11
#define GRACE 12

typedef struct
{
  RdDemoChannels *channels;
  RdDemoTeam *team;
  DemoBrowser *you;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->channels = rd_demo_channels_new ();
  rd_demo_channels_add_app (fixture->channels, "team", KEY, "secret");
  rd_demo_channels_listen (fixture->channels, 0, &error);
  g_assert_no_error (error);
  fixture->team = rd_demo_team_new (fixture->channels, "team");
  rd_demo_site_listen (rd_demo_team_get_site (fixture->team), 0, &error);
  g_assert_no_error (error);
  fixture->you = demo_browser_new (rd_demo_site_get_url (rd_demo_team_get_site (fixture->team)));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  demo_browser_free (fixture->you);
  rd_test_drain ();
  g_assert_finalize_object (fixture->team);
  g_assert_finalize_object (fixture->channels);
}

static char *
dup_form (Fixture *fixture, const char *csrf, const char *password)
{
  const RdDemoPerson *you = rd_demo_people_lookup (rd_demo_team_get_people (fixture->team), RD_DEMO_YOU);

  return g_strdup_printf ("csrfToken=%s&email=%s&password=%s&json=true", csrf, you->email,
                          password != NULL ? password : you->password);
}

static void
sign_in (Fixture *fixture)
{
  g_autofree char *csrf =
      g_strdup (rd_demo_json_get_string (demo_browser_ask (fixture->you, "GET", "/api/auth/csrf", NULL, 200),
                                         "csrfToken"));
  g_autofree char *form = dup_form (fixture, csrf, NULL);

  demo_browser_ask (fixture->you, "POST", "/api/auth/callback/credentials", form, 200);
}

static DemoClient *
join (Fixture *fixture, JsonObject **presence)
{
  DemoClient *client = demo_client_new (rd_demo_channels_get_port (fixture->channels), KEY, TRUE);
  g_autofree char *form = g_strdup_printf ("socket_id=%s&channel_name=" CHANNEL, client->socket_id);
  JsonObject *reply = demo_browser_ask (fixture->you, "POST", "/api/pusher/auth", form, 200);
  g_autoptr (JsonNode) node = NULL;

  demo_client_subscribe (client, CHANNEL, rd_demo_json_get_string (reply, "auth"),
                         rd_demo_json_get_string (reply, "channel_data"));
  node = demo_frame_data (demo_client_expect (client, "pusher_internal:subscription_succeeded"));
  *presence = json_object_ref (rd_demo_json_get_object (json_node_get_object (node), "presence"));
  return client;
}

/* A token from the cookie's own request, a session that is a cookie out of scripts' reach. */
static void
test_sign_in (Fixture *fixture, gconstpointer data)
{
  JsonObject *reply = demo_browser_ask (fixture->you, "GET", "/api/auth/session", NULL, 200);
  g_autofree char *csrf = NULL;
  g_autofree char *again = NULL;
  g_autofree char *wrong = NULL;
  g_autofree char *right = NULL;
  g_autofree char *session = NULL;

  g_assert_cmpuint (json_object_get_size (reply), ==, 0);
  reply = demo_browser_ask (fixture->you, "GET", "/api/auth/csrf", NULL, 200);
  csrf = g_strdup (rd_demo_json_get_string (reply, "csrfToken"));
  reply = demo_browser_ask (fixture->you, "GET", "/api/auth/csrf", NULL, 200);
  again = g_strdup (rd_demo_json_get_string (reply, "csrfToken"));
  g_assert_cmpstr (csrf, ==, again);

  wrong = dup_form (fixture, csrf, "guess");
  reply = demo_browser_ask (fixture->you, "POST", "/api/auth/callback/credentials", wrong, 401);
  g_assert_nonnull (strstr (rd_demo_json_get_string (reply, "url"), "error=CredentialsSignin"));
  g_assert_null (demo_browser_cookie (fixture->you, "next-auth.session-token"));

  right = dup_form (fixture, csrf, NULL);
  demo_browser_ask (fixture->you, "POST", "/api/auth/callback/credentials", right, 200);
  session = demo_browser_cookie (fixture->you, "next-auth.session-token");
  g_assert_nonnull (session);
  reply = demo_browser_ask (fixture->you, "GET", "/api/auth/session", NULL, 200);
  g_assert_cmpstr (rd_demo_json_get_string (rd_demo_json_get_object (reply, "user"), "id"), ==, "7");
  g_assert_cmpstr (rd_demo_json_get_string (rd_demo_json_get_object (reply, "user"), "name"), ==, "Robin Vance");
}

/* Without the token that the cookie vouches for nobody signs in, however good the password. */
static void
test_csrf (Fixture *fixture, gconstpointer data)
{
  g_autofree char *form = dup_form (fixture, "0123456789abcdef", NULL);
  g_autoptr (DemoBrowser) stranger = demo_browser_new (fixture->you->base);
  JsonObject *reply = demo_browser_ask (fixture->you, "POST", "/api/auth/callback/credentials", form, 200);
  g_autofree char *theirs = NULL;
  g_autofree char *stolen = NULL;

  g_assert_nonnull (strstr (rd_demo_json_get_string (reply, "url"), "signin?csrf=true"));
  reply = demo_browser_ask (stranger, "GET", "/api/auth/csrf", NULL, 200);
  theirs = g_strdup (rd_demo_json_get_string (reply, "csrfToken"));
  demo_browser_ask (fixture->you, "GET", "/api/auth/csrf", NULL, 200);
  stolen = dup_form (fixture, theirs, NULL);
  demo_browser_ask (fixture->you, "POST", "/api/auth/callback/credentials", stolen, 200);
  g_assert_null (demo_browser_cookie (fixture->you, "next-auth.session-token"));
}

/* The token serves the workspaces and nothing of the messages; the cookie the other way round. */
static void
test_two_credentials (Fixture *fixture, gconstpointer data)
{
  const RdDemoPerson *you = rd_demo_people_lookup (rd_demo_team_get_people (fixture->team), RD_DEMO_YOU);
  g_autofree char *body = g_strdup_printf ("{\"email\":\"%s\",\"password\":\"%s\"}", you->email, you->password);
  JsonObject *reply = demo_browser_ask (fixture->you, "POST", "/api/auth/login", body, 200);

  g_assert_true (json_object_get_boolean_member (reply, "success"));
  fixture->you->token = g_strdup (rd_demo_json_get_string (reply, "token"));
  reply = demo_browser_ask (fixture->you, "GET", "/api/workspaces", NULL, 200);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (reply, "workspaces")), ==, 2);
  demo_browser_ask (fixture->you, "GET", "/api/messages?workspaceId=product", NULL, 401);
  demo_browser_ask (fixture->you, "POST", "/api/messages", "{\"content\":\"x\",\"workspaceId\":\"product\"}", 401);
  demo_browser_ask (fixture->you, "POST", "/api/pusher/auth", "socket_id=1.2&channel_name=" CHANNEL, 401);
  g_clear_pointer (&fixture->you->token, g_free);
  sign_in (fixture);
  demo_browser_ask (fixture->you, "GET", "/api/messages?workspaceId=product", NULL, 200);
  demo_browser_ask (fixture->you, "GET", "/api/workspaces", NULL, 401);
  reply = demo_browser_ask (fixture->you, "POST", "/api/auth/login", "{\"email\":\"x\",\"password\":\"y\"}", 401);
  g_assert_false (json_object_get_boolean_member (reply, "success"));
}

static void
test_authorisation_is_form_only (Fixture *fixture, gconstpointer data)
{
  JsonObject *reply;

  sign_in (fixture);
  demo_browser_ask (fixture->you, "POST", "/api/pusher/auth",
                    "{\"socket_id\":\"1.2\",\"channel_name\":\"" CHANNEL "\"}",
                    400);
  demo_browser_ask (fixture->you, "POST", "/api/pusher/auth", "socket_id=1.2", 400);
  demo_browser_ask (fixture->you, "POST", "/api/pusher/auth",
                    "socket_id=1.2&channel_name=presence-workspace-other", 403);
  demo_browser_ask (fixture->you, "POST", "/api/pusher/auth", "socket_id=1.2&channel_name=private-user-7", 403);
  reply = demo_browser_ask (fixture->you, "POST", "/api/pusher/auth", "socket_id=1.2&channel_name=" CHANNEL, 200);
  {
    const char *text = rd_demo_json_get_string (reply, "channel_data");
    g_autoptr (JsonNode) node = rd_demo_json_parse (text, strlen (text));
    JsonObject *member = json_node_get_object (node);
    JsonObject *info = rd_demo_json_get_object (member, "user_info");

    g_assert_cmpstr (rd_demo_json_get_string (member, "user_id"), ==, "7");
    g_assert_cmpstr (rd_demo_json_get_string (info, "name"), ==, "Robin Vance");
    g_assert_cmpstr (rd_demo_json_get_string (info, "email"), ==, "robin@example.org");
    g_assert_true (json_object_has_member (info, "avatar"));
  }
}

/* Who is there before, who comes and who goes, each with what the site tells of them. */
static void
test_presence (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) presence = NULL;
  g_autoptr (DemoClient) client = NULL;
  JsonObject *hash;

  g_assert_true (rd_demo_team_join (fixture->team, ADA));
  g_assert_false (rd_demo_team_join (fixture->team, ADA));
  sign_in (fixture);
  client = join (fixture, &presence);
  hash = rd_demo_json_get_object (presence, "hash");
  g_assert_cmpint (json_object_get_int_member (presence, "count"), ==, 2);
  g_assert_cmpstr (rd_demo_json_get_string (rd_demo_json_get_object (hash, "11"), "email"), ==, "ada@example.org");
  g_assert_true (rd_demo_team_is_present (fixture->team, RD_DEMO_YOU));
  g_assert_true (rd_demo_team_join (fixture->team, GRACE));
  {
    g_autoptr (JsonNode) node = demo_frame_data (demo_client_expect (client, "pusher_internal:member_added"));
    JsonObject *member = json_node_get_object (node);

    g_assert_cmpstr (rd_demo_json_get_string (member, "user_id"), ==, "12");
    g_assert_cmpstr (rd_demo_json_get_string (rd_demo_json_get_object (member, "user_info"), "name"), ==,
                     "Grace Hopper");
  }
  g_assert_true (rd_demo_team_leave (fixture->team, ADA));
  g_assert_false (rd_demo_team_leave (fixture->team, ADA));
  {
    g_autoptr (JsonNode) node = demo_frame_data (demo_client_expect (client, "pusher_internal:member_removed"));

    g_assert_cmpstr (rd_demo_json_get_string (json_node_get_object (node), "user_id"), ==, "11");
  }
  demo_client_expect_silence (client);
}

/* Also to who sent it. */
static void
test_message_and_typing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) presence = NULL;
  g_autoptr (DemoClient) client = NULL;
  JsonObject *reply, *message;

  sign_in (fixture);
  client = join (fixture, &presence);
  reply = demo_browser_ask (fixture->you, "POST", "/api/messages",
                            "{\"content\":\"Coffee?\",\"workspaceId\":\"product\",\"channelId\":\"general\"}", 200);
  message = rd_demo_json_get_object (reply, "message");
  g_assert_cmpstr (rd_demo_json_get_string (message, "senderName"), ==, "Robin Vance");
  {
    g_autoptr (JsonNode) node = demo_frame_data (demo_client_expect (client, "new-message"));
    JsonObject *event = json_node_get_object (node);

    g_assert_cmpstr (rd_demo_json_get_string (event, "id"), ==, rd_demo_json_get_string (message, "id"));
    g_assert_cmpstr (rd_demo_json_get_string (event, "senderId"), ==, "7");
    g_assert_cmpstr (rd_demo_json_get_string (event, "channelId"), ==, "general");
  }
  demo_browser_ask (fixture->you, "POST", "/api/messages/typing",
                    "{\"workspaceId\":\"product\",\"channelId\":\"general\",\"isTyping\":true}", 200);
  {
    g_autoptr (JsonNode) node = demo_frame_data (demo_client_expect (client, "typing"));
    JsonObject *event = json_node_get_object (node);

    g_assert_cmpstr (rd_demo_json_get_string (event, "userId"), ==, "7");
    g_assert_true (json_object_get_boolean_member (event, "isTyping"));
  }
  demo_browser_ask (fixture->you, "POST", "/api/messages/typing", "{\"workspaceId\":\"product\",\"isTyping\":\"yes\"}",
                    400);
  demo_browser_ask (fixture->you, "POST", "/api/messages", "{\"content\":\"x\",\"workspaceId\":\"other\"}", 403);
  demo_browser_ask (fixture->you, "POST", "/api/messages", "{\"workspaceId\":\"product\"}", 400);
  demo_client_expect_silence (client);
}

static const char *
content_at (JsonArray *messages, guint i)
{
  return rd_demo_json_get_string (json_array_get_object_element (messages, i), "content");
}

/* The newest before a time, oldest first. */
static void
test_history (Fixture *fixture, gconstpointer data)
{
  JsonArray *messages;
  g_autofree char *before = NULL;
  g_autofree char *path = NULL;

  rd_demo_team_add_messages (fixture->team, 70);
  rd_demo_team_post (fixture->team, ADA, "product", "the last");
  sign_in (fixture);
  messages = json_object_get_array_member (
      demo_browser_ask (fixture->you, "GET", "/api/messages?workspaceId=product&channelId=general", NULL, 200),
      "messages");
  g_assert_cmpuint (json_array_get_length (messages), ==, 50);
  g_assert_cmpstr (content_at (messages, 49), ==, "the last");
  before = g_strdup (rd_demo_json_get_string (json_array_get_object_element (messages, 0), "createdAt"));
  path = g_strdup_printf ("/api/messages?workspaceId=product&channelId=general&limit=50&before=%s", before);
  messages = json_object_get_array_member (demo_browser_ask (fixture->you, "GET", path, NULL, 200), "messages");
  g_assert_cmpuint (json_array_get_length (messages), ==, 21);
  demo_browser_ask (fixture->you, "GET", "/api/messages?workspaceId=other", NULL, 403);
  demo_browser_ask (fixture->you, "GET", "/api/messages", NULL, 400);
}

static void
test_session_ends (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture);
  rd_demo_team_sign_out (fixture->team, RD_DEMO_YOU);
  demo_browser_ask (fixture->you, "GET", "/api/messages?workspaceId=product", NULL, 401);
  demo_browser_ask (fixture->you, "GET", "/api/auth/session", NULL, 200);
  g_assert_cmpstr (fixture->you->text, ==, "{}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/demo/team/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("sign-in", test_sign_in);
  ADD ("csrf", test_csrf);
  ADD ("two-credentials", test_two_credentials);
  ADD ("authorisation-is-form-only", test_authorisation_is_form_only);
  ADD ("presence", test_presence);
  ADD ("message-and-typing", test_message_and_typing);
  ADD ("history", test_history);
  ADD ("session-ends", test_session_ends);
#undef ADD
  return g_test_run ();
}
