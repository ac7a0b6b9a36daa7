/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <string.h>

#include "channels-event-private.h"
#include "channels-frame-private.h"
#include "rd-test.h"

/* The short way through a frame against the thorough one: what the short one takes, the other takes, too, and both read
 * the same. */

#define MUTATIONS 40000

/* Each goes the short way. */
static const char *const usual[] = {
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":\"{\\\"a\\\":1}\"}",
  "{\"event\":\"e\",\"channel\":\"c\"}",
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":\"\"}",
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":\"plain text\"}",
  "{\"data\":\"[1,2]\",\"channel\":\"news\",\"event\":\"order-updated\"}",
  " {\t\"event\" : \"e\" ,\r\n\"channel\":\"c\" , \"data\" : \"7\" } \n",
  "{\"event\":\"client-typing\",\"channel\":\"presence-room\",\"data\":\"{}\",\"user_id\":\"7\"}",
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":\"{}\",\"user_id\":\"\"}",
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":\"{}\",\"message_id\":\"a-b\",\"serial\":17,\"other\":0}",
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":\"\\u00e9 \\ud83d\\ude00 \\/ \\b\\f\\n\\r\\t \\\\ \\\"\"}",
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":\"\\u0000 \\ud83d \\ude00 \\ud83d\\u0041 \\ud83d\\ud83d\\ude00\"}",
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":\"caf\xc3\xa9 \xf0\x9f\x98\x80\"}",
  "{\"event\":\"\xc3\xa9v\xc3\xa9nement\",\"channel\":\"c\",\"data\":\"\\\"a string\\\"\"}",
  "{\"event\":\"e\",\"channel\":\"__proto__\",\"data\":\"{\"}",
};

/* None of them does, whether the thorough way takes it or not. */
static const char *const unusual[] = {
  "",
  "{}",
  "[]",
  "7",
  "{\"event\":\"e\"}",
  "{\"channel\":\"c\"}",
  "{\"event\":\"\",\"channel\":\"c\"}",
  "{\"event\":\"e\",\"channel\":\"\"}",
  "{\"event\":7,\"channel\":\"c\"}",
  "{\"event\":\"e\",\"channel\":null}",
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":null}",
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":{}}",
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":\"\",}",
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":\"\"",
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":\"",
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":\"\\",
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":\"\\x\"}",
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":\"\\u12g4\"}",
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":\"\\u12\"}",
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":\"a\nb\"}",
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":\"\"}}",
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":\"\"} x",
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":\"\xff\"}",
  "{\"event\":\"e\",\"channel\":\"c\",\"data\":\"\xed\xa0\x80\"}",
  "{\"event\":\"e\",\"event\":\"f\",\"channel\":\"c\"}",
  "{\"event\":\"e\",\"channel\":\"c\",\"user_id\":7}",
  "{\"event\":\"e\",\"channel\":\"c\",\"serial\":007}",
  "{\"event\":\"e\",\"channel\":\"c\",\"serial\":1234567890123456789}",
  "{\"event\":\"e\",\"channel\":\"c\",\"tags\":[]}",
  "{\"event\":\"e\",\"channel\":\"c\",\"\":\"\"}",
  "{\"event\":\"\\u0065\",\"channel\":\"c\"}",
  "{\"\\u0065vent\":\"e\",\"channel\":\"c\"}",
  "{'event':'e','channel':'c'}",
  "{\"event\":\"e\",\"channel\":\"c\"/* */}",
};

static gboolean
glance (const char *text, gsize length)
{
  ChannelsGlance parts;

  return channels_glance (&parts, text, length);
}

/* Returns whether a glance was enough. */
static gboolean
compare (const char *text, gsize length)
{
  g_autoptr (GBytes) message = g_bytes_new (text, length);
  g_auto (ChannelsFrame) quick = { 0 };
  g_auto (ChannelsFrame) thorough = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ChannelsEvent) event = NULL;
  g_autoptr (ChannelsEvent) unread = NULL;
  g_autoptr (ChannelsEvent) other = NULL;

  if (!glance (text, length))
    return FALSE;
  g_assert_true (channels_frame_read (&quick, message, NULL));
  channels_frame_parse (&thorough, text, (gssize) length, &error);
  g_assert_no_error (error);
  if (quick.data != NULL)
    return TRUE; /* it is for the thorough way whatever it looks like */
  g_assert_cmpint (quick.kind, ==, CHANNELS_FRAME_EVENT);
  g_assert_cmpint (thorough.kind, ==, CHANNELS_FRAME_EVENT);
  g_assert_cmpstr (quick.event, ==, thorough.event);
  g_assert_cmpstr (quick.channel, ==, thorough.channel);
  g_assert_cmpstr (quick.user_id, ==, thorough.user_id);
  event = channels_event_new_for_frame (&quick, quick.event);
  unread = channels_event_new_for_frame (&quick, quick.event);
  other = channels_event_new_for_frame (&thorough, thorough.event);
  g_assert_cmpstr (channels_event_get_text (event), ==, channels_event_get_text (other));
  g_assert_true (json_node_equal (channels_event_get_data (event), channels_event_get_data (other)));
  /* nobody has asked for its text before */
  g_assert_true (json_node_equal (channels_event_get_data (unread), channels_event_get_data (other)));
  return TRUE;
}

static void
test_usual (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      g_test_message ("usual %zu", i);
      g_assert_true (compare (usual[i], strlen (usual[i])));
    }
}

static void
test_unusual (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (unusual); i++)
    {
      g_test_message ("unusual %zu", i);
      g_assert_false (glance (unusual[i], strlen (unusual[i])));
    }
}

/* A NUL ends no text from the network. */
static void
test_nul (void)
{
  static const char text[] = "{\"event\":\"e\",\"channel\":\"c\"}\0";
  static const char inner[] = "{\"event\":\"e\",\"channel\":\"c\",\"data\":\"a\0b\"}";

  g_assert_false (glance (text, sizeof text));
  g_assert_false (glance (inner, sizeof inner - 1));
}

static void
test_long_names (void)
{
  g_autofree char *name = g_strnfill (CHANNELS_GLANCE_MAX_NAME, 'x');
  g_autofree char *longest =
      g_strdup_printf ("{\"event\":\"%s\",\"channel\":\"%s\",\"user_id\":\"%s\"}", name, name, name);
  g_autofree char *longer = g_strdup_printf ("{\"event\":\"%sx\",\"channel\":\"c\"}", name);

  g_assert_true (compare (longest, strlen (longest)));
  g_assert_false (glance (longer, strlen (longer)));
}

/* What the protocol says itself, and what is encrypted, is read at once. */
static void
test_read_at_once (void)
{
  static const char *const texts[] = {
    "{\"event\":\"pusher:cache_miss\",\"channel\":\"cache-news\",\"data\":\"{}\"}",
    "{\"event\":\"pusher_internal:subscription_count\",\"channel\":\"news\","
    "\"data\":\"{\\\"subscription_count\\\":3}\"}",
    "{\"event\":\"e\",\"channel\":\"private-encrypted-x\",\"data\":\"{\\\"nonce\\\":\\\"\\\"}\"}",
    "{\"event\":\"e\",\"channel\":\"#server-to-user-7\",\"data\":\"{}\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) message = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_auto (ChannelsFrame) frame = { 0 };

      g_assert_true (channels_frame_read (&frame, message, NULL));
      g_assert_nonnull (frame.data);
    }
}

static void
test_mutations (void)
{
  guint taken = 0;

  for (guint i = 0; i < MUTATIONS; i++)
    {
      g_autoptr (GString) text = g_string_new (usual[i % G_N_ELEMENTS (usual)]);

      for (int n = g_test_rand_int_range (1, 4); n > 0; n--)
        rd_test_mutate (text);
      taken += compare (text->str, text->len);
    }
  /* Else nothing was compared. */
  g_assert_cmpuint (taken, >, MUTATIONS / 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/channels/glance/usual", test_usual);
  g_test_add_func ("/channels/glance/unusual", test_unusual);
  g_test_add_func ("/channels/glance/nul", test_nul);
  g_test_add_func ("/channels/glance/long-names", test_long_names);
  g_test_add_func ("/channels/glance/read-at-once", test_read_at_once);
  g_test_add_func ("/channels/glance/mutations", test_mutations);

  return g_test_run ();
}
