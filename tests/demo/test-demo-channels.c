/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "demo-client.h"

#include "rd-demo-json.h"
#include "rd-test.h"

#include <string.h>

#define KEY "demo-key"
#define SECRET "demo-secret"

typedef struct
{
  RdDemoChannels *channels;
  guint port;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->channels = rd_demo_channels_new ();
  rd_demo_channels_add_app (fixture->channels, "1", KEY, SECRET);
  rd_demo_channels_add_app (fixture->channels, "2", "other-key", "other-secret");
  rd_demo_channels_listen (fixture->channels, 0, &error);
  g_assert_no_error (error);
  fixture->port = rd_demo_channels_get_port (fixture->channels);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rd_test_drain ();
  g_assert_finalize_object (fixture->channels);
}

static void
subscribe_signed (Fixture *fixture, DemoClient *client, const char *channel, const char *channel_data)
{
  g_autofree char *auth =
      rd_demo_channels_authorize (fixture->channels, "1", client->socket_id, channel, channel_data);

  demo_client_subscribe (client, channel, auth, channel_data);
}

/* The worked example of the public protocol documents. */
static void
test_signature (Fixture *fixture, gconstpointer data)
{
  g_autofree char *auth = NULL;

  rd_demo_channels_add_app (fixture->channels, "3", "278d425bdf160c739803", "7ad3773142a6692b25b8");
  auth = rd_demo_channels_authorize (fixture->channels, "3", "1234.1234", "private-foobar", NULL);
  g_assert_cmpstr (auth, ==,
                   "278d425bdf160c739803:58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4");
}

static void
test_public (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DemoClient) client = demo_client_new (fixture->port, KEY, TRUE);
  g_autoptr (JsonObject) succeeded = NULL;
  g_autoptr (JsonNode) event = NULL;

  demo_client_subscribe (client, "news", NULL, NULL);
  succeeded = demo_client_expect (client, "pusher_internal:subscription_succeeded");
  g_assert_cmpstr (rd_demo_json_get_string (succeeded, "channel"), ==, "news");
  g_assert_false (json_object_has_member (succeeded, "data"));
  g_assert_cmpuint (rd_demo_channels_count (fixture->channels, "1", "news"), ==, 1);
  g_assert_cmpuint (rd_demo_channels_count (fixture->channels, "2", NULL), ==, 0);

  rd_demo_channels_trigger (fixture->channels, "1", "news", "hello", "{\"n\":1}");
  event = demo_frame_data (demo_client_expect (client, "hello"));
  g_assert_cmpint (rd_demo_json_get_id (json_node_get_object (event), "n"), ==, 1);

  demo_client_send (client, "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"news\"}}");
  demo_client_expect_silence (client);
  rd_demo_channels_trigger (fixture->channels, "1", "news", "hello", "{}");
  demo_client_expect_silence (client);
}

static void
test_unknown_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DemoClient) client = demo_client_new (fixture->port, "nobodys-key", FALSE);
  g_autoptr (JsonObject) error = demo_client_expect (client, "pusher:error");

  g_assert_cmpint (rd_demo_json_get_id (rd_demo_json_get_object (error, "data"), "code"), ==, 4001);
  rd_test_await (client->closed);
  g_assert_cmpint (soup_websocket_connection_get_close_code (client->connection), ==, 4001);
}

static void
expect_refusal (DemoClient *client, const char *channel)
{
  g_autoptr (JsonObject) frame = demo_client_expect (client, "pusher:subscription_error");
  JsonObject *error = rd_demo_json_get_object (frame, "data");

  g_assert_cmpstr (rd_demo_json_get_string (frame, "channel"), ==, channel);
  g_assert_cmpstr (rd_demo_json_get_string (error, "type"), ==, "AuthError");
  g_assert_cmpint (rd_demo_json_get_id (error, "status"), ==, 401);
}

static void
test_private (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DemoClient) client = demo_client_new (fixture->port, KEY, TRUE);
  g_autofree char *other = rd_demo_channels_authorize (fixture->channels, "1", "1.1", "private-a", NULL);
  g_autofree char *foreign = rd_demo_channels_authorize (fixture->channels, "2", client->socket_id, "private-a", NULL);

  demo_client_subscribe (client, "private-a", NULL, NULL);
  expect_refusal (client, "private-a");
  demo_client_subscribe (client, "private-a", KEY ":0000", NULL);
  expect_refusal (client, "private-a");
  demo_client_subscribe (client, "private-a", other, NULL);
  expect_refusal (client, "private-a");
  demo_client_subscribe (client, "private-a", foreign, NULL);
  expect_refusal (client, "private-a");
  g_assert_cmpuint (rd_demo_channels_count (fixture->channels, "1", "private-a"), ==, 0);

  subscribe_signed (fixture, client, "private-a", NULL);
  json_object_unref (demo_client_expect (client, "pusher_internal:subscription_succeeded"));
}

static void
test_presence (Fixture *fixture, gconstpointer data)
{
  static const char ada[] = "{\"user_id\":\"11\",\"user_info\":{\"name\":\"Ada\"}}";
  static const char grace[] = "{\"user_id\":12}";
  g_autoptr (DemoClient) one = demo_client_new (fixture->port, KEY, TRUE);
  g_autoptr (DemoClient) two = demo_client_new (fixture->port, KEY, TRUE);
  g_autoptr (DemoClient) three = demo_client_new (fixture->port, KEY, TRUE);
  g_autoptr (JsonNode) snapshot = NULL;
  g_autoptr (JsonNode) added = NULL;
  g_autoptr (JsonNode) removed = NULL;
  JsonObject *presence;

  subscribe_signed (fixture, one, "presence-room", ada);
  json_object_unref (demo_client_expect (one, "pusher_internal:subscription_succeeded"));
  /* the same person's second socket is no news */
  subscribe_signed (fixture, three, "presence-room", ada);
  json_object_unref (demo_client_expect (three, "pusher_internal:subscription_succeeded"));
  demo_client_expect_silence (one);

  subscribe_signed (fixture, two, "presence-room", grace);
  snapshot = demo_frame_data (demo_client_expect (two, "pusher_internal:subscription_succeeded"));
  presence = rd_demo_json_get_object (json_node_get_object (snapshot), "presence");
  g_assert_cmpint (rd_demo_json_get_id (presence, "count"), ==, 2);
  g_assert_true (json_object_has_member (rd_demo_json_get_object (presence, "hash"), "11"));
  added = demo_frame_data (demo_client_expect (one, "pusher_internal:member_added"));
  g_assert_cmpstr (rd_demo_json_get_string (json_node_get_object (added), "user_id"), ==, "12");

  demo_client_send (two, "{\"event\":\"client-wave\",\"channel\":\"presence-room\",\"data\":{\"hand\":\"left\"}}");
  {
    g_autoptr (JsonObject) wave = demo_client_expect (one, "client-wave");

    g_assert_cmpstr (rd_demo_json_get_string (wave, "user_id"), ==, "12");
    g_assert_cmpstr (rd_demo_json_get_string (rd_demo_json_get_object (wave, "data"), "hand"), ==, "left");
  }
  demo_client_expect_silence (two);

  soup_websocket_connection_close (two->connection, 1000, NULL);
  removed = demo_frame_data (demo_client_expect (one, "pusher_internal:member_removed"));
  g_assert_cmpstr (rd_demo_json_get_string (json_node_get_object (removed), "user_id"), ==, "12");
  soup_websocket_connection_close (three->connection, 1000, NULL);
  rd_test_await (three->closed);
  demo_client_expect_silence (one);
}

/* A frame of any shape is dropped without a word, and the socket lives on. */
static void
test_hostile_frames (Fixture *fixture, gconstpointer data)
{
  static const char *const frames[] = {
    "",
    "null",
    "[]",
    "{}",
    "{\"event\":7}",
    "{\"event\":\"pusher:subscribe\"}",
    "{\"event\":\"pusher:subscribe\",\"data\":\"news\"}",
    "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":{}}}",
    "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"\"}}",
    "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"never\"}}",
    "{\"event\":\"pusher:unsubscribe\",\"data\":[]}",
    "{\"event\":\"client-x\",\"channel\":\"nowhere\",\"data\":1}",
    "{\"event\":\"client-x\",\"channel\":9}",
    "{\"event\":\"pusher:signin\",\"data\":{}}",
    "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"x\"}",
  };
  g_autoptr (DemoClient) client = demo_client_new (fixture->port, KEY, TRUE);
  g_autofree char *deep = g_strnfill (60000, '[');
  g_autofree char *name = g_strnfill (300, 'x');
  g_autofree char *bad_data = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    demo_client_send (client, frames[i]);
  demo_client_send (client, deep);
  soup_websocket_connection_send_binary (client->connection, "\x00\xff", 2);
  demo_client_expect_silence (client);

  demo_client_subscribe (client, name, NULL, NULL);
  {
    g_autoptr (JsonObject) refused = demo_client_expect (client, "pusher:subscription_error");

    g_assert_cmpstr (rd_demo_json_get_string (rd_demo_json_get_object (refused, "data"), "type"), ==, "LimitReached");
  }
  bad_data = rd_demo_channels_authorize (fixture->channels, "1", client->socket_id, "presence-a", "[[");
  demo_client_subscribe (client, "presence-a", bad_data, "[[");
  expect_refusal (client, "presence-a");
  demo_client_expect_silence (client);
}

static void
test_too_large_frame (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DemoClient) client = demo_client_new (fixture->port, KEY, TRUE);
  g_autoptr (DemoClient) other = demo_client_new (fixture->port, KEY, TRUE);
  g_autofree char *large = g_strnfill (2 * 1024 * 1024, 'x');

  demo_client_send (client, large);
  rd_test_await (client->closed);
  demo_client_expect_silence (other);
}

static char *
sign_request (const char *app, const char *key, const char *secret, const char *body, gint64 time)
{
  g_autofree char *md5 = g_compute_checksum_for_string (G_CHECKSUM_MD5, body, -1);
  g_autofree char *query = g_strdup_printf ("auth_key=%s&auth_timestamp=%" G_GINT64_FORMAT
                                            "&auth_version=1.0&body_md5=%s",
                                            key, time, md5);
  g_autofree char *text = g_strdup_printf ("POST\n/apps/%s/events\n%s", app, query);
  g_autofree char *signature =
      g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret), text, -1);

  return g_strdup_printf ("/apps/%s/events?%s&auth_signature=%s", app, query, signature);
}

static guint
post_event (Fixture *fixture, const char *path, const char *body)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u%s", fixture->port, path);
  g_autoptr (JsonNode) reply = NULL;
  guint status;

  reply = demo_request ("POST", url, NULL, "application/json", body, &status);
  g_assert_nonnull (reply);
  return status;
}

static void
test_events_api (Fixture *fixture, gconstpointer data)
{
  static const char body[] = "{\"name\":\"hello\",\"channels\":[\"news\",\"void\"],\"data\":\"{\\\"n\\\":2}\"}";
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (DemoClient) client = demo_client_new (fixture->port, KEY, TRUE);
  g_autofree char *good = sign_request ("1", KEY, SECRET, body, now);
  g_autofree char *late = sign_request ("1", KEY, SECRET, body, now - 700);
  g_autofree char *wrong_secret = sign_request ("1", KEY, "guess", body, now);
  g_autofree char *wrong_key = sign_request ("1", "other-key", "other-secret", body, now);
  g_autofree char *wrong_app = sign_request ("9", KEY, SECRET, body, now);
  g_autofree char *no_channels = sign_request ("1", KEY, SECRET, "{\"name\":\"x\",\"data\":\"\"}", now);
  g_autofree char *odd_channels =
      sign_request ("1", KEY, SECRET, "{\"name\":\"x\",\"channels\":[1],\"data\":\"\"}", now);
  g_autoptr (JsonNode) event = NULL;

  demo_client_subscribe (client, "news", NULL, NULL);
  json_object_unref (demo_client_expect (client, "pusher_internal:subscription_succeeded"));
  g_assert_cmpuint (post_event (fixture, late, body), ==, 401);
  g_assert_cmpuint (post_event (fixture, wrong_secret, body), ==, 401);
  g_assert_cmpuint (post_event (fixture, wrong_key, body), ==, 401);
  g_assert_cmpuint (post_event (fixture, wrong_app, body), ==, 404);
  g_assert_cmpuint (post_event (fixture, "/apps/1/events", body), ==, 401);
  g_assert_cmpuint (post_event (fixture, good, "{\"name\":\"other\"}"), ==, 401);
  g_assert_cmpuint (post_event (fixture, no_channels, "{\"name\":\"x\",\"data\":\"\"}"), ==, 400);
  g_assert_cmpuint (post_event (fixture, odd_channels, "{\"name\":\"x\",\"channels\":[1],\"data\":\"\"}"), ==, 400);
  demo_client_expect_silence (client);

  g_assert_cmpuint (post_event (fixture, good, body), ==, 200);
  event = demo_frame_data (demo_client_expect (client, "hello"));
  g_assert_cmpint (rd_demo_json_get_id (json_node_get_object (event), "n"), ==, 2);
}

static void
test_outage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DemoClient) client = demo_client_new (fixture->port, KEY, TRUE);
  g_autoptr (DemoClient) again = NULL;
  g_autoptr (GError) error = NULL;

  demo_client_subscribe (client, "presence-x", NULL, NULL);
  json_object_unref (demo_client_expect (client, "pusher:subscription_error"));
  rd_demo_channels_stop (fixture->channels);
  rd_test_await (client->closed);
  rd_test_await (rd_demo_channels_count (fixture->channels, "1", NULL) == 0);
  rd_demo_channels_listen (fixture->channels, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rd_demo_channels_get_port (fixture->channels), ==, fixture->port);
  again = demo_client_new (fixture->port, KEY, TRUE);
  demo_client_expect_silence (again);
}

static void
test_drop_and_close (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DemoClient) dropped = demo_client_new (fixture->port, KEY, TRUE);
  g_autoptr (DemoClient) closed = NULL;
  g_autoptr (JsonObject) error = NULL;

  g_assert_cmpuint (rd_demo_channels_drop (fixture->channels), ==, 1);
  rd_test_await (dropped->closed);
  rd_test_await (rd_demo_channels_count (fixture->channels, "1", NULL) == 0);

  closed = demo_client_new (fixture->port, KEY, TRUE);
  rd_demo_channels_close_all (fixture->channels, 4200, "Server is closed. Please reconnect shortly.");
  error = demo_client_expect (closed, "pusher:error");
  rd_test_await (closed->closed);
  g_assert_cmpint (soup_websocket_connection_get_close_code (closed->connection), ==, 4200);
}

static void
test_mute_and_refusal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DemoClient) mute = NULL;
  g_autoptr (DemoClient) refused = NULL;

  rd_demo_channels_set_mute (fixture->channels, TRUE);
  mute = demo_client_new (fixture->port, KEY, FALSE);
  rd_demo_channels_set_mute (fixture->channels, FALSE);
  rd_demo_channels_set_refusal (fixture->channels, 4100);
  refused = demo_client_new (fixture->port, KEY, FALSE);
  rd_test_await (refused->closed);
  g_assert_cmpint (soup_websocket_connection_get_close_code (refused->connection), ==, 4100);
  g_assert_cmpuint (mute->frames->len, ==, 0);
  rd_demo_channels_drop (fixture->channels);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) \
  g_test_add ("/demo/channels/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("signature", test_signature);
  ADD ("public", test_public);
  ADD ("unknown-key", test_unknown_key);
  ADD ("private", test_private);
  ADD ("presence", test_presence);
  ADD ("hostile-frames", test_hostile_frames);
  ADD ("too-large-frame", test_too_large_frame);
  ADD ("events-api", test_events_api);
  ADD ("outage", test_outage);
  ADD ("drop-and-close", test_drop_and_close);
  ADD ("mute-and-refusal", test_mute_and_refusal);
#undef ADD
  return g_test_run ();
}
