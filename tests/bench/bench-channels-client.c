/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "channels-client.h"

#include <string.h>

#include "bench-options.h"
#include "bench-tally.h"

/* What an event costs whoever uses this library: connects, subscribes to one channel, and counts its events in a
 * handler that leaves their data alone or takes a value from it (--read) or all of it (--tree). */

typedef struct
{
  GMainLoop *loop;
  BenchOptions options;
  BenchTally *tally;
  gsize seen; /* so that nothing of what is read can be left out */
  gboolean failed;
} Bench;

static void
read_value (Bench *self, ChannelsEvent *event)
{
  g_autoptr (JsonNode) total = channels_event_lookup (event, "/total");

  if (total != NULL)
    self->seen += (gsize) json_node_get_double (total);
}

static void
read_tree (Bench *self, ChannelsEvent *event)
{
  JsonNode *data = channels_event_get_data (event);

  if (data != NULL && JSON_NODE_HOLDS_OBJECT (data))
    self->seen += json_object_get_size (json_node_get_object (data));
}

static void
on_event (ChannelsSubscription *subscription, ChannelsEvent *event, Bench *self)
{
  const char *text = NULL;

  if (g_str_has_prefix (channels_event_get_name (event), "pusher:"))
    return;
  if (self->options.read)
    read_value (self, event);
  if (self->options.tree)
    read_tree (self, event);
  if (self->options.latency)
    text = channels_event_get_text (event);
  if (bench_tally_count (self->tally, text, text != NULL ? strlen (text) : 0))
    g_main_loop_quit (self->loop);
}

static void
on_subscription_state_changed (ChannelsSubscription *subscription, GParamSpec *pspec, Bench *self)
{
  if (channels_subscription_get_state (subscription) == CHANNELS_SUBSCRIPTION_SUBSCRIBED)
    bench_tally_subscribed (self->tally);
}

static void
on_client_state_changed (ChannelsClient *client, GParamSpec *pspec, Bench *self)
{
  ChannelsClientState state = channels_client_get_state (client);

  if (state != CHANNELS_CLIENT_WAITING && state != CHANNELS_CLIENT_FAILED)
    return;
  g_printerr ("%s\n", channels_client_get_error (client)->message);
  self->failed = TRUE;
  g_main_loop_quit (self->loop);
}

static gboolean
run (Bench *self)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (ChannelsEndpoint) endpoint = NULL;
  g_autoptr (ChannelsClient) client = NULL;
  g_autoptr (ChannelsSubscription) subscription = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *event = g_strjoin ("::", "event", self->options.bind, NULL);

  endpoint = channels_endpoint_new (self->options.key, self->options.host, (guint) self->options.port, NULL, FALSE,
                                    &error);
  if (endpoint != NULL)
    {
      client = channels_client_new (endpoint, session, NULL);
      subscription = channels_client_subscribe (client, self->options.channel, &error);
    }
  if (subscription == NULL)
    {
      g_printerr ("%s\n", error->message);
      return FALSE;
    }
  /* Bare connections: the program's whole life lies between these lines and the loop's end. */
  g_signal_connect (subscription, event, G_CALLBACK (on_event), self);
  g_signal_connect (subscription, "notify::state", G_CALLBACK (on_subscription_state_changed), self);
  g_signal_connect (client, "notify::state", G_CALLBACK (on_client_state_changed), self);
  channels_client_start (client);
  g_main_loop_run (self->loop);
  if (!self->failed)
    bench_tally_print (self->tally);
  g_signal_handlers_disconnect_by_data (client, self);
  g_signal_handlers_disconnect_by_data (subscription, self);
  return !self->failed;
}

int
main (int argc, char **argv)
{
  Bench bench = { 0 };
  gboolean done;

  if (!bench_options_parse (&bench.options, argc, argv))
    return 2;
  bench.loop = g_main_loop_new (NULL, FALSE);
  bench.tally = bench_tally_new ("channels-client", (guint) bench.options.events, bench.options.stay);
  done = run (&bench);
  bench_tally_free (bench.tally);
  bench_options_clear (&bench.options);
  g_main_loop_unref (bench.loop);
  return done ? 0 : 1;
}
