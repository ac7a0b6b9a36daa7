/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <string.h>

#include "line.h"
#include "rd-test.h"

/* What a server can make the client keep: bounded in every direction. */

#define FRAGMENT (64 * 1024)
#define MESSAGE_LIMIT (1024 * 1024)
#define TEXT 0x01
#define CONTINUATION 0x00
#define FIN 0x80

/* (transfer full): the bytes of one frame from a server */
static GByteArray *
create_frame (guint8 first, const char *payload, gsize length)
{
  GByteArray *frame = g_byte_array_new ();
  const guint8 header[] = { first, 127, 0, 0, 0, 0, (guint8) (length >> 24), (guint8) (length >> 16),
                            (guint8) (length >> 8), (guint8) length };
  const guint8 medium[] = { first, 126, (guint8) (length >> 8), (guint8) length };
  const guint8 small[] = { first, (guint8) length };

  if (length > G_MAXUINT16)
    g_byte_array_append (frame, header, sizeof header);
  else if (length > 125)
    g_byte_array_append (frame, medium, sizeof medium);
  else
    g_byte_array_append (frame, small, sizeof small);
  return g_byte_array_append (frame, (const guint8 *) payload, (guint) length);
}

static void
send_frame (Line *line, guint8 first, const char *payload, gsize length)
{
  g_autoptr (GByteArray) frame = create_frame (first, payload, length);

  scripted_server_send_raw (line->server, frame->data, frame->len);
}

static void
on_event (ChannelsSubscription *subscription, ChannelsEvent *event, guint *count)
{
  ++*count;
}

/* A message in three parts is a message as any other. */
static void
test_fragments (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) news = line_subscribe (line, "news");
  guint count = 0;

  line_connect (line);
  line_await_channel (news, CHANNELS_SUBSCRIPTION_SUBSCRIBED);
  g_signal_connect (news, "event", G_CALLBACK (on_event), &count);
  for (guint i = 1; i <= 3; i++)
    {
      send_frame (line, TEXT, "{\"event\":\"told\",", 16);
      send_frame (line, CONTINUATION, "\"channel\":", 10);
      send_frame (line, CONTINUATION | FIN, "\"news\"}", 7);
      rd_test_await (count == i);
    }
}

/* Parts are counted a message at a time. */
static void
test_many_messages (Line *line, gconstpointer data)
{
  g_autofree char *part = g_strnfill (FRAGMENT, ' ');

  line_connect (line);
  for (guint i = 0; i < 3 * MESSAGE_LIMIT / FRAGMENT; i++)
    {
      send_frame (line, TEXT, part, FRAGMENT);
      send_frame (line, CONTINUATION | FIN, "{}", 2);
      rd_test_await (line->n_errors == i + 1);
    }
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_CONNECTED);
}

/* 100 MB, part by part, if the client lets it happen. */
static void
test_endless_message (Line *line, gconstpointer data)
{
  g_autofree char *part = g_strnfill (FRAGMENT, 'a');
  guint n;

  line_connect (line);
  for (n = 0; n < 1600 && channels_client_get_state (line->client) == CHANNELS_CLIENT_CONNECTED; n++)
    {
      send_frame (line, n == 0 ? TEXT : CONTINUATION, part, FRAGMENT);
      rd_test_drain ();
    }
  g_assert_cmpuint (n, <=, MESSAGE_LIMIT / FRAGMENT + 2);
  line_await (line, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_TOO_LARGE);
  rd_test_await (scripted_server_get_n_open (line->server) == 0);
  line_await_return (line);
}

/* A server that pings without end and does not read gets no pile of pongs. */
static void
test_ping_flood (Line *line, gconstpointer data)
{
  line_connect (line);
  for (guint i = 0; i < 150; i++)
    scripted_server_send (line->server, "{\"event\":\"pusher:ping\"}");
  scripted_server_send (line->server, "{}");
  rd_test_await (line->n_errors == 1);
  rd_test_drain ();
  g_assert_cmpuint (scripted_server_count (line->server, "pusher:pong", NULL), <=, 100);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_CONNECTED);

  channels_test_clock_advance (line->clock, 1000);
  scripted_server_send (line->server, "{\"event\":\"pusher:ping\"}");
  rd_test_await (scripted_server_count (line->server, "pusher:pong", NULL) == 101);
}

static void
test_websocket_ping_flood (Line *line, gconstpointer data)
{
  line_connect (line);
  for (guint i = 0; i < 10; i++)
    send_frame (line, FIN | 0x09, "hello", 5);
  rd_test_drain ();
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_CONNECTED);
  for (guint i = 0; i < 5000 && channels_client_get_state (line->client) == CHANNELS_CLIENT_CONNECTED; i++)
    {
      send_frame (line, FIN | 0x09, "hello", 5);
      rd_test_drain ();
    }
  line_await (line, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED);
}

/* How the limit is built is nobody else's business. */
static void
test_nothing_offered (Line *line, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      line_connect (line);
      g_assert_null (scripted_server_get_extensions (line->server));
      channels_client_stop (line->client);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/channels/limits/" path, Line, NULL, line_set_up, func, line_tear_down)
  ADD ("fragments", test_fragments);
  ADD ("many-messages", test_many_messages);
  ADD ("endless-message", test_endless_message);
  ADD ("ping-flood", test_ping_flood);
  ADD ("websocket-ping-flood", test_websocket_ping_flood);
  ADD ("nothing-offered", test_nothing_offered);
#undef ADD
  return g_test_run ();
}
