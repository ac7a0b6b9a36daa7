/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <string.h>

#include "channels-event-private.h"
#include "line.h"
#include "rd-test.h"

/* An event's data is read when somebody asks, and whoever listens to an event gets it, and nobody else. */

#define THREADS 4

static ChannelsEvent *
create_event (const char *text)
{
  g_autoptr (GBytes) message = g_bytes_new (text, strlen (text));
  g_auto (ChannelsFrame) frame = { 0 };
  g_autoptr (GError) error = NULL;

  channels_frame_read (&frame, message, &error);
  g_assert_no_error (error);
  return channels_event_new_for_frame (&frame, frame.event);
}

static void
assert_data (ChannelsEvent *event, const char *text, const char *data)
{
  g_autofree char *found = json_to_string (channels_event_get_data (event), FALSE);

  g_assert_cmpstr (channels_event_get_text (event), ==, text);
  g_assert_cmpstr (found, ==, data);
}

static void
test_data (void)
{
  static const struct
  {
    const char *data;
    const char *text;
    const char *document;
  } kinds[] = {
    { ",\"data\":\"{\\\"a\\\": 1}\"", "{\"a\": 1}", "{\"a\":1}" },
    { ",\"data\":{\"a\": 1}", "{\"a\":1}", "{\"a\":1}" },
    { ",\"data\":\"plain\"", "plain", "\"plain\"" },
    { ",\"data\":\"\\\"quoted\\\"\"", "\"quoted\"", "\"quoted\"" },
    { ",\"data\":\"{broken\"", "{broken", "\"{broken\"" },
    { ",\"data\":\"\"", "", "\"\"" },
    { ",\"data\":\"null\"", "null", "null" },
    { ",\"data\":null", "null", "null" },
    { "", "null", "null" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"event\":\"e\",\"channel\":\"c\"%s}", kinds[i].data);
      g_autoptr (ChannelsEvent) event = create_event (text);
      g_autoptr (ChannelsEvent) asked_otherwise = create_event (text);

      g_assert_cmpstr (channels_event_get_name (event), ==, "e");
      g_assert_cmpstr (channels_event_get_channel (event), ==, "c");
      g_assert_null (channels_event_get_user_id (event));
      assert_data (event, kinds[i].text, kinds[i].document);
      g_assert_nonnull (channels_event_get_data (asked_otherwise));
      assert_data (asked_otherwise, kinds[i].text, kinds[i].document);
    }
}

/* It outlives the frame that it came with. */
static void
test_keeps_message (void)
{
  g_autoptr (ChannelsEvent) event =
      create_event ("{\"event\":\"client-e\",\"channel\":\"presence-c\",\"user_id\":\"7\",\"data\":\"[1]\"}");
  g_autoptr (ChannelsEvent) held = channels_event_ref (event);

  g_clear_pointer (&event, channels_event_unref);
  g_assert_cmpstr (channels_event_get_user_id (held), ==, "7");
  assert_data (held, "[1]", "[1]");
}

static gpointer
read_event (gpointer event)
{
  g_assert_cmpstr (channels_event_get_text (event), ==, "[1,2,3]");
  return channels_event_get_data (event);
}

static void
test_threads (void)
{
  g_autoptr (ChannelsEvent) event = create_event ("{\"event\":\"e\",\"channel\":\"c\",\"data\":\"[1,2,3]\"}");
  GThread *threads[THREADS];

  for (guint i = 0; i < THREADS; i++)
    threads[i] = g_thread_new ("reader", read_event, event);
  for (guint i = 0; i < THREADS; i++)
    g_assert_true (g_thread_join (threads[i]) == channels_event_get_data (event));
}

static void
on_event (gpointer emitter, ChannelsEvent *event, GString *heard)
{
  g_string_append_printf (heard, "%s ", channels_event_get_name (event));
}

/* Global and by name, of the channel and of the client: each hears its own, in this order. */
static void
test_listeners (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) news = line_subscribe (line, "news");
  g_autoptr (GString) named = g_string_new (NULL);
  g_autoptr (GString) all = g_string_new (NULL);

  line_connect (line);
  line_await_channel (news, CHANNELS_SUBSCRIPTION_SUBSCRIBED);
  g_signal_connect (news, "event::b", G_CALLBACK (on_event), named);
  g_signal_connect (line->client, "event::c", G_CALLBACK (on_event), named);
  scripted_server_send (line->server, "{\"event\":\"a\",\"channel\":\"news\",\"data\":\"{}\"}");
  scripted_server_send (line->server, "{\"event\":\"b\",\"channel\":\"news\",\"data\":\"{}\"}");
  scripted_server_send (line->server, "{\"event\":\"b\",\"channel\":\"other\",\"data\":\"{}\"}");
  scripted_server_send (line->server, "{\"event\":\"c\",\"channel\":\"news\",\"data\":\"{}\"}");
  rd_test_await (strcmp (named->str, "b c ") == 0);

  g_signal_connect (line->client, "event", G_CALLBACK (on_event), all);
  scripted_server_send (line->server, "{\"event\":\"a\",\"channel\":\"news\",\"data\":\"{}\"}");
  scripted_server_send (line->server, "{\"event\":\"b\",\"channel\":\"news\",\"data\":\"{}\"}");
  rd_test_await (strcmp (all->str, "a b ") == 0);
  g_assert_cmpstr (named->str, ==, "b c b ");
  g_signal_handlers_disconnect_by_data (news, named);
  g_signal_handlers_disconnect_by_data (line->client, named);
  g_signal_handlers_disconnect_by_data (line->client, all);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/channels/event/data", test_data);
  g_test_add_func ("/channels/event/keeps-message", test_keeps_message);
  g_test_add_func ("/channels/event/threads", test_threads);
  g_test_add ("/channels/event/listeners", Line, NULL, line_set_up, test_listeners, line_tear_down);

  return g_test_run ();
}
