/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "channels-client.h"
#include "channels-http-authorizer.h"

#include <stdio.h>
#include <string.h>

#include <gio/gunixinputstream.h>
#include <glib-unix.h>

/* Clients that things happen to: tests/bench/channels/scenarios.mjs. Each has one channel. What becomes of them is told
 * in lines of JSON on stdout: of events, the "number" in each "note". The line "subscribe" on stdin has each of them
 * subscribe once more. */

typedef struct
{
  GMainLoop *loop;
  GPtrArray *clients;
  char *channel;
  GDataInputStream *orders;
} Stage;

static int
get_index (Stage *self, ChannelsClient *client)
{
  guint index = 0;

  return g_ptr_array_find (self->clients, client, &index) ? (int) index : -1;
}

/* @message: (nullable). @number: -1: none */
static void
print_line (Stage *self, ChannelsClient *client, const char *what, const char *message, gint64 number)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "what");
  json_builder_add_string_value (builder, what);
  json_builder_set_member_name (builder, "client");
  json_builder_add_int_value (builder, get_index (self, client));
  if (message != NULL)
    {
      json_builder_set_member_name (builder, "message");
      json_builder_add_string_value (builder, message);
    }
  if (number >= 0)
    {
      json_builder_set_member_name (builder, "number");
      json_builder_add_int_value (builder, number);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  printf ("%s\n", text);
  fflush (stdout);
}

static void
on_event (ChannelsClient *client, ChannelsEvent *event, Stage *self)
{
  JsonNode *data = channels_event_get_data (event);

  if (strcmp (channels_event_get_name (event), "note") == 0 && JSON_NODE_HOLDS_OBJECT (data))
    print_line (self, client, "event", NULL,
                json_object_get_int_member_with_default (json_node_get_object (data), "number", -1));
}

static void
on_fault (ChannelsClient *client, const GError *error, const char *channel, Stage *self)
{
  print_line (self, client, "error", error->message, -1);
}

static void
on_state_changed (ChannelsClient *client, GParamSpec *pspec, Stage *self)
{
  print_line (self, client, "state", channels_client_state_to_string (channels_client_get_state (client)), -1);
}

static ChannelsSubscription *
subscribe (Stage *self, ChannelsClient *client)
{
  g_autoptr (GError) error = NULL;
  ChannelsSubscription *subscription = channels_client_subscribe (client, self->channel, &error);

  if (subscription == NULL)
    on_fault (client, error, self->channel, self);
  return subscription;
}

static void
on_subscription_state_changed (ChannelsSubscription *subscription, GParamSpec *pspec, Stage *self)
{
  ChannelsSubscriptionState state = channels_subscription_get_state (subscription);
  ChannelsClient *client = g_object_get_data (G_OBJECT (subscription), "client");

  print_line (self, client, channels_subscription_state_to_string (state), NULL, -1);
}

static void
add_client (Stage *self, ChannelsEndpoint *endpoint, SoupSession *session, ChannelsAuthorizer *authorizer)
{
  ChannelsClient *client = channels_client_new (endpoint, session, authorizer);
  g_autoptr (ChannelsSubscription) subscription = NULL;

  g_ptr_array_add (self->clients, client);
  /* Bare connections: the stage outlives the clients. */
  g_signal_connect (client, "event", G_CALLBACK (on_event), self);
  g_signal_connect (client, "fault", G_CALLBACK (on_fault), self);
  g_signal_connect (client, "notify::state", G_CALLBACK (on_state_changed), self);
  subscription = subscribe (self, client);
  if (subscription != NULL)
    {
      g_object_set_data (G_OBJECT (subscription), "client", client);
      g_signal_connect (subscription, "notify::state", G_CALLBACK (on_subscription_state_changed), self);
    }
  channels_client_start (client);
}

static void
on_line_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Stage *self = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL)
    return;
  for (guint i = 0; i < self->clients->len && strcmp (line, "subscribe") == 0; i++)
    {
      ChannelsSubscription *subscription = subscribe (self, g_ptr_array_index (self->clients, i));

      g_clear_object (&subscription);
    }
  g_data_input_stream_read_line_async (self->orders, G_PRIORITY_DEFAULT, NULL, on_line_ready, self);
}

static gboolean
on_sigterm (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static void
run (Stage *self, const char *host, int port, int n_clients, const char *auth)
{
  g_autoptr (ChannelsEndpoint) endpoint = NULL;
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (ChannelsHttpAuthorizer) authorizer = NULL;
  g_autoptr (GInputStream) input = g_unix_input_stream_new (0, FALSE);

  session = soup_session_new_with_options ("max-conns", n_clients + 10, "max-conns-per-host", n_clients + 10, NULL);
  endpoint = channels_endpoint_new ("key", host, (guint) port, NULL, FALSE, NULL);
  if (auth != NULL)
    authorizer = channels_http_authorizer_new (session, auth, CHANNELS_HTTP_ENCODING_FORM);
  for (int i = 0; i < n_clients; i++)
    add_client (self, endpoint, session, authorizer != NULL ? CHANNELS_AUTHORIZER (authorizer) : NULL);
  self->orders = g_data_input_stream_new (input);
  g_data_input_stream_read_line_async (self->orders, G_PRIORITY_DEFAULT, NULL, on_line_ready, self);
  g_unix_signal_add (SIGTERM, on_sigterm, self->loop);
  g_main_loop_run (self->loop);
}

int
main (int argc, char **argv)
{
  Stage stage = { 0 };
  int port = 0, n_clients = 1;
  g_autofree char *host = g_strdup ("127.0.0.1");
  g_autofree char *auth = NULL;
  const GOptionEntry entries[] = {
    { "host", 0, 0, G_OPTION_ARG_STRING, &host, "The server (127.0.0.1)", "HOST" },
    { "port", 0, 0, G_OPTION_ARG_INT, &port, "Its port", "PORT" },
    { "clients", 0, 0, G_OPTION_ARG_INT, &n_clients, "So many clients (1)", "N" },
    { "channel", 0, 0, G_OPTION_ARG_STRING, &stage.channel, "The channel of each", "CHANNEL" },
    { "auth", 0, 0, G_OPTION_ARG_STRING, &auth, "Who signs", "URL" },
    { 0 },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- clients that things happen to");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || port <= 0 || n_clients <= 0 || stage.channel == NULL)
    return 2;
  stage.loop = g_main_loop_new (NULL, FALSE);
  stage.clients = g_ptr_array_new_with_free_func (g_object_unref);
  run (&stage, host, port, n_clients, auth);
  /* the process ends here: what is under way is nobody's any more */
  return 0;
}
