/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <string.h>

#include "channels-error.h"
#include "channels-frame-private.h"
#include "channels-json-private.h"
#include "rd-test.h"

/* Every shape of frame that servers are known to send, and some that none should. */

typedef struct
{
  const char *name;
  int kind; /* -1: malformed */
  const char *channel;
  const char *data;
  int code;
} Shape;

static const Shape shapes[] = {
  { "established", CHANNELS_FRAME_ESTABLISHED, NULL, NULL, 0 },
  { "established-object", CHANNELS_FRAME_ESTABLISHED, NULL, NULL, 0 },
  { "established-without-timeout", CHANNELS_FRAME_ESTABLISHED, NULL, NULL, 0 },
  { "established-with-absurd-timeout", CHANNELS_FRAME_ESTABLISHED, NULL, NULL, 0 },
  { "established-without-id", -1, NULL, NULL, 0 },
  { "established-with-integer-id", CHANNELS_FRAME_ESTABLISHED, NULL, NULL, 0 },
  { "established-with-numeric-id", -1, NULL, NULL, 0 },
  { "established-without-data", -1, NULL, NULL, 0 },
  { "ping", CHANNELS_FRAME_PING, NULL, "{}", 0 },
  { "ping-object", CHANNELS_FRAME_PING, NULL, "{}", 0 },
  { "ping-bare", CHANNELS_FRAME_PING, NULL, "null", 0 },
  { "pong", CHANNELS_FRAME_PONG, NULL, "{}", 0 },
  { "pong-bare", CHANNELS_FRAME_PONG, NULL, "null", 0 },
  { "error-4001", CHANNELS_FRAME_ERROR, NULL, NULL, 4001 },
  { "error-object", CHANNELS_FRAME_ERROR, NULL, NULL, 4301 },
  { "error-null-code", CHANNELS_FRAME_ERROR, NULL, NULL, 0 },
  { "error-string-code", CHANNELS_FRAME_ERROR, NULL, NULL, 4009 },
  { "error-bare", CHANNELS_FRAME_ERROR, NULL, NULL, 0 },
  { "error-text", CHANNELS_FRAME_ERROR, NULL, NULL, 0 },
  { "error-slanger", CHANNELS_FRAME_ERROR, NULL, NULL, 5001 },
  { "error-existing-subscription", CHANNELS_FRAME_SUBSCRIBED, "news", NULL, 0 },
  { "error-existing-slanger", CHANNELS_FRAME_SUBSCRIBED, "presence-room", NULL, 0 },
  { "error-existing-nonsense", CHANNELS_FRAME_ERROR, NULL, NULL, 0 },
  { "error-signature", CHANNELS_FRAME_SUBSCRIPTION_ERROR, "private-a", NULL, 401 },
  { "error-signature-presence", CHANNELS_FRAME_SUBSCRIPTION_ERROR, "presence-room", NULL, 401 },
  { "error-signature-nonsense", CHANNELS_FRAME_ERROR, NULL, NULL, 0 },
  { "error-signature-cut", CHANNELS_FRAME_ERROR, NULL, NULL, 0 },
  { "reverb-invalid-message", CHANNELS_FRAME_ERROR, NULL, NULL, 4200 },
  { "subscribed", CHANNELS_FRAME_SUBSCRIBED, "news", "{}", 0 },
  { "subscribed-soketi", CHANNELS_FRAME_SUBSCRIBED, "news", "null", 0 },
  { "subscribed-null", CHANNELS_FRAME_SUBSCRIBED, "news", "null", 0 },
  { "subscribed-without-channel", -1, NULL, NULL, 0 },
  { "subscribed-presence-empty", CHANNELS_FRAME_SUBSCRIBED, "presence-room", NULL, 0 },
  { "member-added", CHANNELS_FRAME_MEMBER_ADDED, "presence-room", NULL, 0 },
  { "member-added-without-id", -1, NULL, NULL, 0 },
  { "member-added-without-channel", -1, NULL, NULL, 0 },
  { "member-removed", CHANNELS_FRAME_MEMBER_REMOVED, "presence-room", NULL, 0 },
  { "count", CHANNELS_FRAME_EVENT, "news", "{\"subscription_count\":3}", 0 },
  { "count-without-data", -1, NULL, NULL, 0 },
  { "cache-miss", CHANNELS_FRAME_EVENT, "cache-news", "null", 0 },
  { "subscription-error-pusher-fake", CHANNELS_FRAME_SUBSCRIPTION_ERROR, "private-user-7", NULL, 0 },
  { "subscription-error-soketi-0", CHANNELS_FRAME_SUBSCRIPTION_ERROR, "presence-room", NULL, 4301 },
  { "subscription-error", CHANNELS_FRAME_SUBSCRIPTION_ERROR, "private-user-7", NULL, 401 },
  { "subscription-error-string", CHANNELS_FRAME_SUBSCRIPTION_ERROR, "private-user-7", NULL, 500 },
  { "subscription-error-poxa", CHANNELS_FRAME_SUBSCRIPTION_ERROR, NULL, NULL, 0 },
  { "event", CHANNELS_FRAME_EVENT, "news", "{\"a\":1}", 0 },
  { "event-object", CHANNELS_FRAME_EVENT, "news", "{\"a\":1}", 0 },
  { "event-array", CHANNELS_FRAME_EVENT, "news", "[1,2]", 0 },
  { "event-number", CHANNELS_FRAME_EVENT, "news", "7", 0 },
  { "event-text", CHANNELS_FRAME_EVENT, "news", "\"plain text\"", 0 },
  { "event-null", CHANNELS_FRAME_EVENT, "news", "null", 0 },
  { "event-bare", CHANNELS_FRAME_EVENT, "news", "null", 0 },
  { "event-without-channel", CHANNELS_FRAME_EVENT, NULL, "{}", 0 },
  { "event-null-channel", CHANNELS_FRAME_EVENT, NULL, "{}", 0 },
  { "event-proto", CHANNELS_FRAME_EVENT, "__proto__", "{}", 0 },
  { "event-client", CHANNELS_FRAME_EVENT, "presence-room", "{\"on\":true}", 0 },
  { "event-sockudo", CHANNELS_FRAME_EVENT, "news", "{}", 0 },
  { "event-unknown-pusher", CHANNELS_FRAME_EVENT, NULL, "{}", 0 },
  { "empty-object", -1, NULL, NULL, 0 },
  { "array", -1, NULL, NULL, 0 },
  { "string", -1, NULL, NULL, 0 },
  { "number", -1, NULL, NULL, 0 },
  { "null", -1, NULL, NULL, 0 },
  { "event-numeric", -1, NULL, NULL, 0 },
  { "event-empty-name", -1, NULL, NULL, 0 },
  { "event-object-name", -1, NULL, NULL, 0 },
  { "channel-numeric", -1, NULL, NULL, 0 },
  { "channel-object", -1, NULL, NULL, 0 },
};

static gboolean
parse_fixture (ChannelsFrame *frame, const char *name, GError **error)
{
  g_autoptr (JsonNode) node = rd_test_fixture ("frames.json", name);
  g_autofree char *text = json_to_string (node, FALSE);

  return channels_frame_parse (frame, text, -1, error);
}

static void
test_shapes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      const Shape *shape = &shapes[i];
      g_auto (ChannelsFrame) frame = { 0 };
      g_autoptr (GError) error = NULL;
      gboolean parsed = parse_fixture (&frame, shape->name, &error);

      g_test_message ("%s", shape->name);
      if (shape->kind < 0)
        {
          g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED);
          continue;
        }
      g_assert_no_error (error);
      g_assert_true (parsed);
      g_assert_cmpint (frame.kind, ==, shape->kind);
      g_assert_cmpstr (frame.channel, ==, shape->channel);
      g_assert_cmpint (frame.code, ==, shape->code);
      if (shape->data != NULL)
        {
          g_autofree char *data = json_to_string (frame.data, FALSE);

          g_assert_cmpstr (data, ==, shape->data);
        }
    }
}

static void
test_established (void)
{
  static const struct
  {
    const char *name;
    guint activity_timeout;
  } cases[] = { { "established", 30 },
                { "established-object", 30 },
                { "established-without-timeout", 0 },
                { "established-with-absurd-timeout", 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (ChannelsFrame) frame = { 0 };

      g_assert_true (parse_fixture (&frame, cases[i].name, NULL));
      g_assert_cmpstr (frame.socket_id, ==, "123.456");
      g_assert_cmpuint (frame.activity_timeout, ==, cases[i].activity_timeout);
    }
}

static void
test_user_id (void)
{
  static const char *const cases[][2] = { { "event-client", "b" },
                                          { "event-client-numeric", "7" },
                                          { "member-added", "9" },
                                          { "member-removed", "9" },
                                          { "event", NULL } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (ChannelsFrame) frame = { 0 };

      g_assert_true (parse_fixture (&frame, cases[i][0], NULL));
      g_assert_cmpstr (frame.user_id, ==, cases[i][1]);
    }
}

static void
test_message (void)
{
  g_auto (ChannelsFrame) frame = { 0 };
  g_autofree char *clean = channels_frame_clean_message ("two\nlines\x1b[1m and a “quote”");
  g_autofree char *many = g_strnfill (5000, ' ');
  g_autofree char *bounded = channels_frame_clean_message (many);

  g_assert_true (parse_fixture (&frame, "error-signature", NULL));
  g_assert_nonnull (strstr (frame.message, "Invalid signature"));
  g_assert_null (strstr (frame.message, "58df8b0c"));
  g_assert_cmpstr (clean, ==, "two lines [1m and a “quote”");
  g_assert_cmpuint (strlen (bounded), ==, 200);
}

static void
test_json (void)
{
  static const char *const bad[] = { "",      " ",       "{",         "[1,]",  "'x'",       "/*\"*/[1]", "{\"a\":}",
                                     "nul",   "{}}",     "// x\n{}",  "#\n{}", "\"\\u12\"", "\"open",    "[1",
                                     "\xff",  "\"\xc3\"", "{\"a\" 1}", "=",     "\"a\nb",   "{}{}",  "{} []",
                                     "7 8",   "7{}",      "\"a\"\"b\"", "\"\\ud8*d\"", "\"\\377\"", "\"\\x41\"" };
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) bad_error = NULL;
      g_autoptr (JsonNode) node = channels_json_parse (bad[i], -1, &bad_error);

      g_test_message ("bad text %u", (guint) i);
      g_assert_null (node);
      g_assert_error (bad_error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED);
    }
  g_assert_null (channels_json_parse (deep, -1, &error));
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED);
}

/* Of a text that does not end with NUL, nothing behind it is looked at; of one that is no JSON, nothing is quoted. */
static void
test_reach (void)
{
  static const char open[] = { '"', '\\', 'u', 'd', '8', '3', 'd' };
  g_autofree char *exact = g_memdup2 (open, sizeof open);
  g_autoptr (GError) error = NULL;

  g_assert_null (channels_json_parse (exact, sizeof open, &error));
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_null (channels_json_parse ("{\"auth\":s3cr3t}", -1, &error));
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED);
  g_assert_null (strstr (error->message, "s3cr3t"));
}

static void
test_escapes (void)
{
  static const char *const cases[][2] = { { "\"\\ud83d\"", "\xef\xbf\xbd" },
                                          { "\"a\\ud83d\\u0041\"", "a\xef\xbf\xbd"
                                                                   "A" },
                                          { "\"\\udc00\\udc00\"", "\xef\xbf\xbd\xef\xbf\xbd" },
                                          { "\"\\u0000\"", "\xef\xbf\xbd" },
                                          { "\"\\ud83d\\ude00\"", "\xf0\x9f\x98\x80" },
                                          { "\"\\\\ud83d\"", "\\ud83d" },
                                          { "\"\\u00e9\\n\\\"\"", "é\n\"" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = channels_json_parse (cases[i][0], -1, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (json_node_get_string (node), ==, cases[i][1]);
    }
}

static void
test_outgoing (void)
{
  g_autofree char *public = channels_frame_subscribe ("news", NULL, NULL);
  g_autofree char *presence = channels_frame_subscribe ("presence-a", "key:sig", "{\"user_id\":\"1\"}");
  g_autofree char *unsubscribe = channels_frame_unsubscribe ("news");

  g_assert_cmpstr (public, ==, "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"news\"}}");
  g_assert_cmpstr (presence, ==,
                   "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"presence-a\",\"auth\":\"key:sig\","
                   "\"channel_data\":\"{\\\"user_id\\\":\\\"1\\\"}\"}}");
  g_assert_cmpstr (unsubscribe, ==, "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"news\"}}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/channels/frame/shapes", test_shapes);
  g_test_add_func ("/channels/frame/established", test_established);
  g_test_add_func ("/channels/frame/user-id", test_user_id);
  g_test_add_func ("/channels/frame/message", test_message);
  g_test_add_func ("/channels/frame/json", test_json);
  g_test_add_func ("/channels/frame/reach", test_reach);
  g_test_add_func ("/channels/frame/escapes", test_escapes);
  g_test_add_func ("/channels/frame/outgoing", test_outgoing);
  return g_test_run ();
}
