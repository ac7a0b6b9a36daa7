/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include <gio/gunixinputstream.h>

#include "channels-client.h"
#include "channels-http-authorizer.h"

/* The client as a process, for the tests in other languages: a line of words on stdin is what to do, a line of JSON on
 * stdout what has happened. It ends with its stdin.
 *
 *   subscribe CHANNEL   unsubscribe CHANNEL   retry CHANNEL   members CHANNEL
 *   trigger CHANNEL EVENT JSON   sign-in   sign-out   endpoint PORT   stop   start */

typedef struct
{
  GMainLoop *loop;
  GDataInputStream *input;
  ChannelsClient *client;
  GHashTable *subscriptions; /* name → ChannelsSubscription */
  char *host;
  char *key;
} Probe;

static JsonBuilder *
begin (const char *type)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, type);
  return builder;
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_node (JsonBuilder *builder, const char *name, JsonNode *node)
{
  json_builder_set_member_name (builder, name);
  if (node != NULL)
    json_builder_add_value (builder, json_node_copy (node));
  else
    json_builder_add_null_value (builder);
}

static void
add_error (JsonBuilder *builder, const GError *error)
{
  if (error == NULL)
    return;
  add_string (builder, "code",
              error->domain == CHANNELS_ERROR ? channels_error_to_string ((ChannelsError) error->code) : "other");
  add_string (builder, "message", error->message);
}

/* Takes @builder. */
static void
print (JsonBuilder *builder)
{
  g_autoptr (JsonBuilder) owned = builder;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  puts (text);
  fflush (stdout);
}

static JsonBuilder *
begin_of (const char *type, ChannelsSubscription *subscription)
{
  JsonBuilder *builder = begin (type);

  add_string (builder, "channel", channels_subscription_get_name (subscription));
  return builder;
}

static void
on_subscription_state (ChannelsSubscription *subscription, GParamSpec *pspec, gpointer data)
{
  JsonBuilder *builder = begin_of ("subscription", subscription);

  add_string (builder, "state", channels_subscription_state_to_string (channels_subscription_get_state (subscription)));
  add_error (builder, channels_subscription_get_error (subscription));
  print (builder);
}

static void
on_subscription_count (ChannelsSubscription *subscription, GParamSpec *pspec, gpointer data)
{
  JsonBuilder *builder = begin_of ("count", subscription);

  json_builder_set_member_name (builder, "count");
  json_builder_add_int_value (builder, channels_subscription_get_subscription_count (subscription));
  print (builder);
}

static void
on_member_added (ChannelsSubscription *subscription, const char *user_id, JsonNode *info, gpointer data)
{
  JsonBuilder *builder = begin_of ("member-added", subscription);

  add_string (builder, "user_id", user_id);
  add_node (builder, "user_info", info);
  print (builder);
}

static void
on_member_removed (ChannelsSubscription *subscription, const char *user_id, JsonNode *info, gpointer data)
{
  JsonBuilder *builder = begin_of ("member-removed", subscription);

  add_string (builder, "user_id", user_id);
  print (builder);
}

static void
on_gap (ChannelsSubscription *subscription, gint64 from, gint64 to, gpointer data)
{
  print (begin_of ("gap", subscription));
}

static void
on_decryption_failed (ChannelsSubscription *subscription, const char *event, const GError *error, gpointer data)
{
  JsonBuilder *builder = begin_of ("decryption-failed", subscription);

  add_string (builder, "event", event);
  add_error (builder, error);
  print (builder);
}

static void
on_event (ChannelsClient *client, ChannelsEvent *event, gpointer data)
{
  JsonBuilder *builder = begin ("event");

  add_string (builder, "channel", channels_event_get_channel (event));
  add_string (builder, "event", channels_event_get_name (event));
  add_string (builder, "user_id", channels_event_get_user_id (event));
  add_node (builder, "data", channels_event_get_data (event));
  print (builder);
}

static void
on_state (ChannelsClient *client, GParamSpec *pspec, gpointer data)
{
  JsonBuilder *builder = begin ("state");

  add_string (builder, "state", channels_client_state_to_string (channels_client_get_state (client)));
  add_string (builder, "socket_id", channels_client_get_socket_id (client));
  json_builder_set_member_name (builder, "close_code");
  json_builder_add_int_value (builder, channels_client_get_close_code (client));
  add_error (builder, channels_client_get_error (client));
  print (builder);
}

static void
on_user_id (ChannelsClient *client, GParamSpec *pspec, gpointer data)
{
  JsonBuilder *builder = begin ("user");

  add_string (builder, "id", channels_client_get_user_id (client));
  add_error (builder, channels_client_get_user_error (client));
  print (builder);
}

static void
on_watchlist (ChannelsClient *client, const char *name, const char *const *user_ids, gpointer data)
{
  JsonBuilder *builder = begin ("watchlist");

  add_string (builder, "name", name);
  json_builder_set_member_name (builder, "user_ids");
  json_builder_begin_array (builder);
  for (guint i = 0; user_ids[i] != NULL; i++)
    json_builder_add_string_value (builder, user_ids[i]);
  json_builder_end_array (builder);
  print (builder);
}

static void
on_error (ChannelsClient *client, const GError *error, const char *channel, gpointer data)
{
  JsonBuilder *builder = begin ("error");

  add_string (builder, "channel", channel);
  add_error (builder, error);
  print (builder);
}

static void
complain (const GError *error)
{
  JsonBuilder *builder = begin ("failed");

  add_error (builder, error);
  print (builder);
}

static void
subscribe (Probe *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  ChannelsSubscription *subscription = channels_client_subscribe (self->client, name, &error);

  if (subscription == NULL)
    {
      complain (error);
      return;
    }
  g_hash_table_replace (self->subscriptions, g_strdup (name), subscription);
  g_signal_connect (subscription, "notify::state", G_CALLBACK (on_subscription_state), NULL);
  g_signal_connect (subscription, "notify::subscription-count", G_CALLBACK (on_subscription_count), NULL);
  g_signal_connect (subscription, "member-added", G_CALLBACK (on_member_added), NULL);
  g_signal_connect (subscription, "member-removed", G_CALLBACK (on_member_removed), NULL);
  g_signal_connect (subscription, "gap", G_CALLBACK (on_gap), NULL);
  g_signal_connect (subscription, "decryption-failed", G_CALLBACK (on_decryption_failed), NULL);
}

static void
print_members (ChannelsSubscription *subscription)
{
  g_autoptr (GPtrArray) ids = channels_subscription_dup_members (subscription);
  JsonBuilder *builder = begin_of ("members", subscription);

  add_string (builder, "own_id", channels_subscription_get_own_id (subscription));
  json_builder_set_member_name (builder, "members");
  json_builder_begin_object (builder);
  for (guint i = 0; i < ids->len; i++)
    add_node (builder, g_ptr_array_index (ids, i),
              channels_subscription_get_member (subscription, g_ptr_array_index (ids, i)));
  json_builder_end_object (builder);
  print (builder);
}

static void
trigger (ChannelsSubscription *subscription, const char *event, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) data = json_from_string (json, &error);

  if (error != NULL || !channels_subscription_trigger (subscription, event, data, &error))
    complain (error);
  else
    print (begin_of ("triggered", subscription));
}

static void
set_port (Probe *self, const char *port)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChannelsEndpoint) endpoint =
      channels_endpoint_new (self->key, self->host, (guint) g_ascii_strtoull (port, NULL, 10), NULL, FALSE, &error);

  if (endpoint != NULL)
    channels_client_set_endpoint (self->client, endpoint);
  else
    complain (error);
}

/* @words: at least one */
static void
obey (Probe *self, char **words)
{
  const char *verb = words[0];
  const char *name = words[1];
  ChannelsSubscription *subscription = name != NULL ? g_hash_table_lookup (self->subscriptions, name) : NULL;

  if (g_str_equal (verb, "start"))
    channels_client_start (self->client);
  else if (g_str_equal (verb, "stop"))
    channels_client_stop (self->client);
  else if (g_str_equal (verb, "sign-in"))
    channels_client_sign_in (self->client);
  else if (g_str_equal (verb, "sign-out"))
    channels_client_sign_out (self->client);
  else if (g_str_equal (verb, "endpoint") && name != NULL)
    set_port (self, name);
  else if (g_str_equal (verb, "subscribe") && name != NULL)
    subscribe (self, name);
  else if (g_str_equal (verb, "unsubscribe") && name != NULL)
    channels_client_unsubscribe (self->client, name);
  else if (g_str_equal (verb, "retry") && subscription != NULL)
    channels_subscription_retry (subscription);
  else if (g_str_equal (verb, "members") && subscription != NULL)
    print_members (subscription);
  else if (g_str_equal (verb, "trigger") && subscription != NULL && g_strv_length (words) == 4)
    trigger (subscription, words[2], words[3]);
  else
    print (begin ("what?"));
}

static void
on_line_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Probe *self = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (self->input, result, NULL, NULL);
  g_auto (GStrv) words = line != NULL ? g_strsplit (line, " ", 4) : NULL;

  if (line == NULL)
    {
      g_main_loop_quit (self->loop);
      return;
    }
  if (words[0] != NULL)
    obey (self, words);
  g_data_input_stream_read_line_async (self->input, G_PRIORITY_DEFAULT, NULL, on_line_ready, self);
}

static void
run (Probe *self)
{
  g_autoptr (GInputStream) stdin_stream = g_unix_input_stream_new (0, FALSE);

  self->loop = g_main_loop_new (NULL, FALSE);
  self->input = g_data_input_stream_new (stdin_stream);
  self->subscriptions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_signal_connect (self->client, "notify::state", G_CALLBACK (on_state), NULL);
  g_signal_connect (self->client, "notify::user-id", G_CALLBACK (on_user_id), NULL);
  g_signal_connect (self->client, "event", G_CALLBACK (on_event), NULL);
  g_signal_connect (self->client, "watchlist", G_CALLBACK (on_watchlist), NULL);
  g_signal_connect (self->client, "fault", G_CALLBACK (on_error), NULL);
  g_data_input_stream_read_line_async (self->input, G_PRIORITY_DEFAULT, NULL, on_line_ready, self);
  g_main_loop_run (self->loop);
  g_signal_handlers_disconnect_by_func (self->client, on_state, NULL);
  g_hash_table_unref (self->subscriptions);
  g_object_unref (self->input);
  g_main_loop_unref (self->loop);
}

int
main (int argc, char **argv)
{
  Probe self = { 0 };
  int port = 0;
  int batch_size = 1;
  g_autofree char *auth = NULL;
  g_autofree char *user_auth = NULL;
  const GOptionEntry entries[] = {
    { "host", 0, 0, G_OPTION_ARG_STRING, &self.host, "The server's host", "HOST" },
    { "port", 0, 0, G_OPTION_ARG_INT, &port, "Its port", "PORT" },
    { "key", 0, 0, G_OPTION_ARG_STRING, &self.key, "The application's key", "KEY" },
    { "auth", 0, 0, G_OPTION_ARG_STRING, &auth, "Who signs channels", "URL" },
    { "user-auth", 0, 0, G_OPTION_ARG_STRING, &user_auth, "Who signs users", "URL" },
    { "batch-size", 0, 0, G_OPTION_ARG_INT, &batch_size, "How many channels at once", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChannelsEndpoint) endpoint = NULL;
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (ChannelsHttpAuthorizer) authorizer = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, &argc, &argv, &error) && self.host != NULL && self.key != NULL)
    endpoint = channels_endpoint_new (self.key, self.host, (guint) port, NULL, FALSE, &error);
  if (endpoint == NULL)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "--host, --port and --key are needed");
      return 2;
    }
  channels_client_prepare_session (session);
  authorizer = channels_http_authorizer_new (session, auth != NULL ? auth : "", CHANNELS_HTTP_ENCODING_FORM);
  channels_http_authorizer_set_user_uri (authorizer, user_auth);
  channels_http_authorizer_set_batch_size (authorizer, (guint) CLAMP (batch_size, 1, 100));
  self.client = channels_client_new (endpoint, session,
                                     auth != NULL || user_auth != NULL ? CHANNELS_AUTHORIZER (authorizer) : NULL);
  run (&self);
  g_object_unref (self.client);
  g_free (self.host);
  g_free (self.key);
  return 0;
}
