/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "demo-browser.h"
#include "demo-client.h"

#include "rd-demo-json.h"
#include "rd-demo-sms.h"
#include "rd-test.h"

#include <string.h>

#define KEY "sms-key"

typedef struct
{
  RdDemoChannels *channels;
  RdDemoSms *sms;
  DemoBrowser *you;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->channels = rd_demo_channels_new ();
  rd_demo_channels_add_app (fixture->channels, "sms", KEY, "secret");
  rd_demo_channels_listen (fixture->channels, 0, &error);
  g_assert_no_error (error);
  fixture->sms = rd_demo_sms_new (fixture->channels, "sms");
  rd_demo_sms_set_pace (fixture->sms, 1);
  rd_demo_site_listen (rd_demo_sms_get_site (fixture->sms), 0, &error);
  g_assert_no_error (error);
  fixture->you = demo_browser_new (rd_demo_site_get_url (rd_demo_sms_get_site (fixture->sms)));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  demo_browser_free (fixture->you);
  rd_test_drain ();
  g_assert_finalize_object (fixture->sms);
  g_assert_finalize_object (fixture->channels);
}

/* Takes the page's token along from now on. */
static void
open_page (Fixture *fixture, const char *path)
{
  demo_browser_ask (fixture->you, "GET", path, NULL, 200);
  g_free (fixture->you->csrf);
  fixture->you->csrf = demo_browser_meta (fixture->you, "csrf-token");
  g_assert_nonnull (fixture->you->csrf);
}

static void
log_in (Fixture *fixture, const char *password, guint status)
{
  const RdDemoPerson *you = rd_demo_sms_get_you (fixture->sms);
  g_autofree char *form =
      g_strdup_printf ("email=%s&password=%s", you->email, password != NULL ? password : you->password);

  demo_browser_ask (fixture->you, "POST", "/login", form, status);
}

static void
sign_in (Fixture *fixture)
{
  open_page (fixture, "/login");
  log_in (fixture, NULL, 302);
  open_page (fixture, "/messenger");
}

static DemoClient *
listen_to (Fixture *fixture, const char *channel)
{
  DemoClient *client = demo_client_new (rd_demo_channels_get_port (fixture->channels), KEY, TRUE);

  demo_client_subscribe (client, channel, NULL, NULL);
  json_object_unref (demo_client_expect (client, "pusher_internal:subscription_succeeded"));
  return client;
}

static void
test_sign_in (Fixture *fixture, gconstpointer data)
{
  g_autofree char *visitor = NULL;
  g_autofree char *session = NULL;
  g_autofree char *id = NULL;
  g_autofree char *before = NULL;

  demo_browser_ask (fixture->you, "GET", "/", NULL, 302);
  g_assert_cmpstr (fixture->you->location, ==, "/login");
  open_page (fixture, "/login");
  g_assert_null (demo_browser_meta (fixture->you, "user-id"));
  visitor = demo_browser_cookie (fixture->you, "laravel_session");
  log_in (fixture, "guess", 302);
  g_assert_cmpstr (fixture->you->location, ==, "/login");
  log_in (fixture, NULL, 302);
  g_assert_cmpstr (fixture->you->location, ==, "/messenger");
  session = demo_browser_cookie (fixture->you, "laravel_session");
  /* a session that somebody planted before is not the one that is signed in */
  g_assert_cmpstr (session, !=, visitor);
  before = g_strdup (fixture->you->csrf);
  open_page (fixture, "/messenger");
  g_assert_cmpstr (fixture->you->csrf, !=, before);
  id = demo_browser_meta (fixture->you, "user-id");
  g_assert_cmpstr (id, ==, "7");
}

/* A program is told in JSON what a browser is sent elsewhere for. */
static void
test_sign_in_as_a_program (Fixture *fixture, gconstpointer data)
{
  JsonObject *reply;

  fixture->you->wants_json = TRUE;
  demo_browser_ask (fixture->you, "GET", "/api/conversations", NULL, 401);
  g_assert_cmpstr (fixture->you->text, ==, "{\"message\":\"Unauthenticated.\"}");
  open_page (fixture, "/login");
  log_in (fixture, "guess", 422);
  reply = json_node_get_object (fixture->you->json);
  g_assert_nonnull (json_object_get_array_member (rd_demo_json_get_object (reply, "errors"), "email"));
  log_in (fixture, NULL, 302);
  open_page (fixture, "/messenger");
  demo_browser_ask (fixture->you, "GET", "/api/conversations", NULL, 200);
}

static void
test_csrf (Fixture *fixture, gconstpointer data)
{
  static const char body[] = "{\"contact_id\":101,\"content\":\"Hello\",\"from_phone_number_id\":1}";
  g_autofree char *good = NULL;

  fixture->you->wants_json = TRUE;
  log_in (fixture, NULL, 419);
  sign_in (fixture);
  good = g_steal_pointer (&fixture->you->csrf);
  demo_browser_ask (fixture->you, "POST", "/messenger/send", body, 419);
  g_assert_cmpstr (fixture->you->text, ==, "{\"message\":\"CSRF token mismatch.\"}");
  fixture->you->csrf = g_strdup ("0123456789");
  demo_browser_ask (fixture->you, "POST", "/messenger/conversation/1/read", NULL, 419);
  g_free (fixture->you->csrf);
  fixture->you->csrf = g_steal_pointer (&good);
  demo_browser_ask (fixture->you, "POST", "/messenger/send", body, 200);
  rd_demo_sms_expire_csrf (fixture->sms);
  demo_browser_ask (fixture->you, "POST", "/messenger/send", body, 419);
  demo_browser_ask (fixture->you, "GET", "/api/conversations", NULL, 200);
  open_page (fixture, "/messenger");
  demo_browser_ask (fixture->you, "POST", "/messenger/send", body, 200);
  /* the session itself: a read is refused, a write's token is nobody's */
  rd_demo_sms_sign_out (fixture->sms);
  demo_browser_ask (fixture->you, "POST", "/messenger/send", body, 419);
  demo_browser_ask (fixture->you, "GET", "/api/conversations", NULL, 401);
}

static void
expect_status (DemoClient *client, const char *event, const char *status)
{
  g_autoptr (JsonNode) node = demo_frame_data (demo_client_expect (client, event));
  JsonObject *message = rd_demo_json_get_object (json_node_get_object (node), "message");
  JsonObject *conversation = rd_demo_json_get_object (json_node_get_object (node), "conversation");

  g_assert_cmpstr (rd_demo_json_get_string (message, "status"), ==, status);
  g_assert_cmpint (json_object_has_member (message, "sent_at"), ==, strcmp (status, "queued") != 0);
  g_assert_cmpint (json_object_has_member (message, "delivered_at"), ==, strcmp (status, "delivered") == 0);
  g_assert_nonnull (rd_demo_json_get_string (rd_demo_json_get_object (conversation, "contact"), "phone_e164"));
}

/* The same event for every step, told apart by the status alone; what is not known yet is absent. */
static void
test_delivery (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DemoClient) client = listen_to (fixture, "messenger.1");
  JsonObject *reply;

  sign_in (fixture);
  reply = demo_browser_ask (fixture->you, "POST", "/messenger/send",
                            "{\"contact_id\":101,\"content\":\"On my way\"}", 200);
  g_assert_true (json_object_get_boolean_member (reply, "success"));
  g_assert_cmpstr (rd_demo_json_get_string (rd_demo_json_get_object (reply, "message"), "status"), ==, "queued");
  expect_status (client, "message.sent", "queued");
  expect_status (client, "message.sent", "sent");
  expect_status (client, "message.sent", "delivered");
  rd_demo_sms_set_delivery (fixture->sms, RD_DEMO_DELIVERY_FAILED);
  demo_browser_ask (fixture->you, "POST", "/messenger/send", "{\"contact_id\":101,\"content\":\"Again\"}", 200);
  expect_status (client, "message.sent", "queued");
  expect_status (client, "message.sent", "sent");
  expect_status (client, "message.sent", "failed");
}

static void
test_validation (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *body;
    const char *field;
  } wrong[] = {
    { "{\"contact_id\":101}", "content" },
    { "{\"contact_id\":101,\"content\":\"\"}", "content" },
    { "{\"contact_id\":9999,\"content\":\"x\"}", "contact_id" },
    { "{\"contact_id\":101,\"content\":\"x\",\"from_phone_number_id\":5}", "from_phone_number_id" },
  };
  g_autofree char *long_text = g_strnfill (1601, 'x');
  g_autofree char *long_body = g_strdup_printf ("{\"contact_id\":101,\"content\":\"%s\"}", long_text);

  sign_in (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      JsonObject *reply = demo_browser_ask (fixture->you, "POST", "/messenger/send", wrong[i].body, 422);

      g_assert_false (json_object_get_boolean_member (reply, "success"));
      g_assert_true (json_object_has_member (rd_demo_json_get_object (reply, "errors"), wrong[i].field));
    }
  demo_browser_ask (fixture->you, "POST", "/messenger/send", long_body, 422);
}

static void
test_received_and_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DemoClient) client = listen_to (fixture, "user.7");
  gint64 id = rd_demo_sms_receive (fixture->sms, 3, "Is anybody there?");
  g_autoptr (JsonNode) node = demo_frame_data (demo_client_expect (client, "message.received"));
  JsonObject *message = rd_demo_json_get_object (json_node_get_object (node), "message");
  JsonObject *conversation = rd_demo_json_get_object (json_node_get_object (node), "conversation");

  g_assert_cmpint (rd_demo_json_get_id (message, "id"), ==, id);
  g_assert_cmpstr (rd_demo_json_get_string (message, "direction"), ==, "inbound");
  g_assert_cmpint (rd_demo_json_get_id (conversation, "unread_count"), ==, 1);
  /* a number that nobody has named */
  g_assert_null (rd_demo_json_get_string (rd_demo_json_get_object (conversation, "contact"), "name"));
  sign_in (fixture);
  demo_browser_ask (fixture->you, "POST", "/messenger/conversation/3/read", NULL, 200);
  g_assert_cmpuint (rd_demo_sms_count_unread (fixture->sms, 3), ==, 0);
  demo_browser_ask (fixture->you, "POST", "/messenger/conversation/4711/read", NULL, 404);
  g_assert_cmpint (rd_demo_sms_receive (fixture->sms, 4711, "x"), ==, 0);
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  JsonObject *reply, *pagination;
  JsonArray *messages;

  for (guint i = 0; i < 43; i++)
    {
      g_autofree char *text = g_strdup_printf ("number %u", i);

      rd_demo_sms_receive (fixture->sms, 2, text);
    }
  sign_in (fixture);
  reply = demo_browser_ask (fixture->you, "GET", "/messenger/conversation/2/messages?page=1&per_page=20", NULL, 200);
  messages = json_object_get_array_member (reply, "messages");
  pagination = rd_demo_json_get_object (reply, "pagination");
  g_assert_cmpuint (json_array_get_length (messages), ==, 20);
  g_assert_cmpstr (rd_demo_json_get_string (json_array_get_object_element (messages, 0), "content"), ==, "number 42");
  g_assert_cmpint (json_object_get_int_member (pagination, "total"), ==, 45);
  g_assert_true (json_object_get_boolean_member (pagination, "has_more"));
  reply = demo_browser_ask (fixture->you, "GET", "/messenger/conversation/2/messages?page=3&per_page=20", NULL, 200);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (reply, "messages")), ==, 5);
  g_assert_false (json_object_get_boolean_member (rd_demo_json_get_object (reply, "pagination"), "has_more"));
  reply = demo_browser_ask (fixture->you, "GET", "/api/conversations", NULL, 200);
  messages = json_object_get_array_member (reply, "conversations");
  g_assert_cmpint (rd_demo_json_get_id (json_array_get_object_element (messages, 0), "id"), ==, 2);
}

static void
test_spellings (Fixture *fixture, gconstpointer data)
{
  static const char *const received[] = { "message.received", "MessageReceived", "App\\Events\\MessageReceived" };
  static const char *const called[] = { "call.status.updated", "CallStatusUpdated", "App\\Events\\CallStatusUpdated" };
  g_autoptr (DemoClient) client = listen_to (fixture, "user.7");

  demo_client_subscribe (client, "call-status", NULL, NULL);
  json_object_unref (demo_client_expect (client, "pusher_internal:subscription_succeeded"));
  for (guint i = 0; i < 3; i++)
    {
      rd_demo_sms_set_spelling (fixture->sms, (RdDemoSpelling) i);
      rd_demo_sms_receive (fixture->sms, 1, "x");
      json_object_unref (demo_client_expect (client, received[i]));
      rd_demo_sms_tell_call (fixture->sms, 9, "answered");
      {
        g_autoptr (JsonNode) node = demo_frame_data (demo_client_expect (client, called[i]));

        g_assert_cmpstr (rd_demo_json_get_string (json_node_get_object (node), "call_session_id"), ==, "session-9");
        g_assert_cmpstr (rd_demo_json_get_string (json_node_get_object (node), "status"), ==, "answered");
      }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/demo/sms/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("sign-in", test_sign_in);
  ADD ("sign-in-as-a-program", test_sign_in_as_a_program);
  ADD ("csrf", test_csrf);
  ADD ("delivery", test_delivery);
  ADD ("validation", test_validation);
  ADD ("received-and-read", test_received_and_read);
  ADD ("pages", test_pages);
  ADD ("spellings", test_spellings);
#undef ADD
  return g_test_run ();
}
