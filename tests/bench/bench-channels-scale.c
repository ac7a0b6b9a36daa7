/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdio.h>
#include <sys/resource.h>

#include "channels-client.h"
#include "channels-http-authorizer.h"

#include "bench-tally.h"

/* What many channels on one connection cost: subscribes to PREFIX0, PREFIX1…, prints a line of JSON each time that all
 * of them are subscribed, and one after each so many events or changes of members, until it is killed. */

typedef struct
{
  char *host;
  int port;
  char *key;
  char *prefix;
  int channels;
  int events;
  char *auth;
  int batch_size;

  BenchTally *tally;
  GPtrArray *subscriptions;
  int n_subscribed;
  gint64 began;     /* µs; 0: the line is printed */
  gint64 cpu_began; /* µs */
} Bench;

static gint64
get_cpu (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec +
         usage.ru_stime.tv_usec;
}

static void
begin (Bench *self)
{
  if (self->began != 0)
    return;
  self->began = g_get_monotonic_time ();
  self->cpu_began = get_cpu ();
}

static void
print_joined (Bench *self)
{
  printf ("{\"joined\":%d,\"seconds\":%.6f,\"cpu_us\":%" G_GINT64_FORMAT "}\n", self->channels,
          (double) (g_get_monotonic_time () - self->began) / G_USEC_PER_SEC, get_cpu () - self->cpu_began);
  fflush (stdout);
  self->began = 0;
}

static void
on_event (ChannelsSubscription *subscription, ChannelsEvent *event, Bench *self)
{
  bench_tally_count (self->tally, NULL, 0);
}

static void
on_member_changed (ChannelsSubscription *subscription, const char *user_id, JsonNode *info, Bench *self)
{
  bench_tally_count (self->tally, NULL, 0);
}

static void
on_subscription_state_changed (ChannelsSubscription *subscription, GParamSpec *pspec, Bench *self)
{
  if (channels_subscription_get_state (subscription) == CHANNELS_SUBSCRIPTION_SUBSCRIBED)
    self->n_subscribed++;
  else
    self->n_subscribed--;
  if (self->n_subscribed == self->channels)
    print_joined (self);
}

/* The clock runs from the moment at which there is a socket: what comes before is the same for one channel. */
static void
on_client_state_changed (ChannelsClient *client, GParamSpec *pspec, Bench *self)
{
  if (channels_client_get_state (client) == CHANNELS_CLIENT_CONNECTED)
    begin (self);
}

static gboolean
subscribe_all (Bench *self, ChannelsClient *client, GError **error)
{
  for (int i = 0; i < self->channels; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s%d", self->prefix, i);
      ChannelsSubscription *subscription = channels_client_subscribe (client, name, error);

      if (subscription == NULL)
        return FALSE;
      g_ptr_array_add (self->subscriptions, subscription);
      /* Bare connections: the program ends by being killed. */
      g_signal_connect (subscription, "event::tick", G_CALLBACK (on_event), self);
      g_signal_connect (subscription, "member-added", G_CALLBACK (on_member_changed), self);
      g_signal_connect (subscription, "member-removed", G_CALLBACK (on_member_changed), self);
      g_signal_connect (subscription, "notify::state", G_CALLBACK (on_subscription_state_changed), self);
    }
  return TRUE;
}

static gboolean
run (Bench *self, GError **error)
{
  /* As many questions are under way at once at the most: without this it would be two. */
  g_autoptr (SoupSession) session = soup_session_new_with_options ("max-conns-per-host", 16, NULL);
  g_autoptr (ChannelsHttpAuthorizer) authorizer = NULL;
  g_autoptr (ChannelsEndpoint) endpoint = NULL;
  g_autoptr (ChannelsClient) client = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  endpoint = channels_endpoint_new (self->key, self->host, (guint) self->port, NULL, FALSE, error);
  if (endpoint == NULL)
    return FALSE;
  if (self->auth != NULL)
    {
      authorizer = channels_http_authorizer_new (session, self->auth, CHANNELS_HTTP_ENCODING_FORM);
      channels_http_authorizer_set_batch_size (authorizer, (guint) MAX (self->batch_size, 1));
    }
  client = channels_client_new (endpoint, session, authorizer != NULL ? CHANNELS_AUTHORIZER (authorizer) : NULL);
  g_signal_connect (client, "notify::state", G_CALLBACK (on_client_state_changed), self);
  if (!subscribe_all (self, client, error))
    return FALSE;
  channels_client_start (client);
  g_main_loop_run (loop);
  return TRUE;
}

static gboolean
parse (Bench *self, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "host", 0, 0, G_OPTION_ARG_STRING, &self->host, "The server (127.0.0.1)", "HOST" },
    { "port", 0, 0, G_OPTION_ARG_INT, &self->port, "Its port", "PORT" },
    { "key", 0, 0, G_OPTION_ARG_STRING, &self->key, "The application's key", "KEY" },
    { "prefix", 0, 0, G_OPTION_ARG_STRING, &self->prefix, "What the channels' names begin with", "PREFIX" },
    { "channels", 0, 0, G_OPTION_ARG_INT, &self->channels, "How many channels", "N" },
    { "events", 0, 0, G_OPTION_ARG_INT, &self->events, "Print after each N events", "N" },
    { "auth", 0, 0, G_OPTION_ARG_STRING, &self->auth, "Who signs channels", "URL" },
    { "batch-size", 0, 0, G_OPTION_ARG_INT, &self->batch_size, "How many channels at once", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- subscribes to many channels and says what they cost");

  self->host = g_strdup ("127.0.0.1");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (self->port > 0 && self->key != NULL && self->prefix != NULL && self->channels > 0 && self->events > 0)
    return TRUE;
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       "--port, --key, --prefix, --channels and --events are needed");
  return FALSE;
}

int
main (int argc, char **argv)
{
  Bench bench = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean done;

  bench.subscriptions = g_ptr_array_new_with_free_func (g_object_unref);
  done = parse (&bench, argc, argv, &error);
  if (done)
    {
      bench.tally = bench_tally_new ("channels-scale", (guint) bench.events, TRUE);
      done = run (&bench, &error);
    }
  if (error != NULL)
    g_printerr ("%s\n", error->message);
  g_clear_pointer (&bench.tally, bench_tally_free);
  g_ptr_array_unref (bench.subscriptions);
  g_free (bench.host);
  g_free (bench.key);
  g_free (bench.prefix);
  g_free (bench.auth);
  return done ? 0 : 1;
}
