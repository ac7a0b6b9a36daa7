/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "bench-options.h"
#include "bench-tally.h"

/* The limit: a bare libsoup WebSocket that subscribes and counts messages, and knows nothing else of the protocol. No
 * client that is built on libsoup can cost less. --read changes nothing: there is nobody here who could read. */

typedef struct
{
  GMainLoop *loop;
  BenchOptions options;
  BenchTally *tally;
  SoupWebsocketConnection *socket;
  guint greetings; /* the connection's, then the channel's */
  gboolean failed;
} Bench;

static void
subscribe (Bench *self)
{
  g_autofree char *text =
      g_strdup_printf ("{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"%s\"}}", self->options.channel);

  soup_websocket_connection_send_text (self->socket, text);
}

static void
on_message (SoupWebsocketConnection *socket, int type, GBytes *message, Bench *self)
{
  gsize length;
  const char *text = g_bytes_get_data (message, &length);

  if (self->greetings < 2)
    {
      if (self->greetings++ == 0)
        subscribe (self);
      else
        bench_tally_subscribed (self->tally);
    }
  else if (bench_tally_count (self->tally, self->options.latency ? text : NULL, length))
    g_main_loop_quit (self->loop);
}

static void
on_closed (SoupWebsocketConnection *socket, Bench *self)
{
  g_printerr ("The connection was closed\n");
  self->failed = TRUE;
  g_main_loop_quit (self->loop);
}

static void
on_connect_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Bench *self = user_data;
  g_autoptr (GError) error = NULL;

  self->socket = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  if (self->socket == NULL)
    {
      g_printerr ("%s\n", error->message);
      self->failed = TRUE;
      g_main_loop_quit (self->loop);
      return;
    }
  /* Bare connections: the program's whole life lies between these lines and the loop's end. */
  g_signal_connect (self->socket, "message", G_CALLBACK (on_message), self);
  g_signal_connect (self->socket, "closed", G_CALLBACK (on_closed), self);
}

static void
run (Bench *self)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = NULL;
  g_autofree char *uri = NULL;

  uri = g_strdup_printf ("ws://%s:%d/app/%s?protocol=7&client=bench&version=1.0.0", self->options.host,
                         self->options.port, self->options.key);
  message = soup_message_new (SOUP_METHOD_GET, uri);
  soup_session_websocket_connect_async (session, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL, on_connect_ready, self);
  g_main_loop_run (self->loop);
  if (!self->failed)
    bench_tally_print (self->tally);
  if (self->socket != NULL)
    g_signal_handlers_disconnect_by_data (self->socket, self);
  g_clear_object (&self->socket);
}

int
main (int argc, char **argv)
{
  Bench bench = { 0 };

  if (!bench_options_parse (&bench.options, argc, argv))
    return 2;
  bench.loop = g_main_loop_new (NULL, FALSE);
  bench.tally = bench_tally_new ("soup-websocket", (guint) bench.options.events, bench.options.stay);
  run (&bench);
  bench_tally_free (bench.tally);
  bench_options_clear (&bench.options);
  g_main_loop_unref (bench.loop);
  return bench.failed ? 1 : 0;
}
