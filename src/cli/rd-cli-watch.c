/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "channels-client.h"
#include "channels-http-authorizer.h"
#include "rd-cli-server.h"
#include "rd-text.h"

/* `ringdown watch`: a debug console for a Channels server, without an agent: events on stdout, what the line does on
 * stderr. */

#define MAX_HEADER_FILE (64 * 1024)

typedef struct
{
  RdCliServer server;
  char *auth_endpoint;
  char *user_auth_endpoint;
  gboolean auth_json;
  char **headers;
  char *header_file;
  gboolean insecure;
  char *origin;
  char **channels;
  char **events;
  gboolean json;
  int count;
} Options;

typedef struct
{
  Options *options;
  ChannelsClient *client;
  GMainLoop *loop;
  const char *host;
  int left;      /* events to print; -1: no end */
  GError *error; /* why it ends with 1 */
} Watch;

/* "Name: value" → a header of the authoriser's requests. @value is never shown: it may be a token. */
static gboolean
set_header (ChannelsHttpAuthorizer *authorizer, const char *header, GError **error)
{
  const char *colon = strchr (header, ':');
  g_autofree char *name = colon != NULL ? g_strndup (header, colon - header) : NULL;
  g_autofree char *value = colon != NULL ? g_strstrip (g_strdup (colon + 1)) : NULL;
  gboolean ok = name != NULL && *name != '\0';

  for (const char *p = name; ok && *p != '\0'; p++)
    ok = g_ascii_isalnum (*p) || strchr ("!#$%&'*+-.^_`|~", *p) != NULL;
  for (const char *p = value; ok && *p != '\0'; p++)
    ok = !g_ascii_iscntrl (*p);
  if (ok)
    channels_http_authorizer_set_header (authorizer, name, value);
  else
    g_set_error_literal (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("A header is “Name: value”."));
  return ok;
}

static gboolean
set_headers_of_file (ChannelsHttpAuthorizer *authorizer, const char *file, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gsize length = 0;

  if (!g_file_get_contents (file, &text, &length, &local_error))
    {
      g_set_error_literal (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, local_error->message);
      return FALSE;
    }
  if (length > MAX_HEADER_FILE)
    {
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("%s is too long."), file);
      return FALSE;
    }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strstrip (lines[i]);
      if (*lines[i] != '\0' && !set_header (authorizer, lines[i], error))
        return FALSE;
    }
  return TRUE;
}

/* Headers hold tokens: they go over TLS, or not beyond this machine. */
static gboolean
check_auth_endpoint (Options *self, const char *option, const char *uri_text, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (uri_text, SOUP_HTTP_URI_FLAGS, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;
  gboolean loopback =
      g_strcmp0 (host, "localhost") == 0 || (address != NULL && g_inet_address_get_is_loopback (address));

  if (g_strcmp0 (scheme, "https") == 0 && host != NULL)
    return TRUE;
  if (g_strcmp0 (scheme, "http") == 0 && (loopback || self->insecure))
    return TRUE;
  if (g_strcmp0 (scheme, "http") == 0)
    g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE,
                 /* Translators: %s is an option, as in “--auth-endpoint”. */
                 _ ("%s is https, or http on this machine, or anywhere with --insecure."), option);
  else
    /* Translators: %s is an option, as in “--auth-endpoint”. */
    g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("%s is an https address."), option);
  return FALSE;
}

static gboolean
check_options (Options *self, GError **error)
{
  if (self->channels == NULL && self->user_auth_endpoint == NULL)
    {
      g_set_error_literal (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("Something is missing: --channel"));
      return FALSE;
    }
  if (self->count < 0)
    {
      g_set_error_literal (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("--count is a number from 1."));
      return FALSE;
    }
  if ((self->headers != NULL || self->header_file != NULL) && self->auth_endpoint == NULL &&
      self->user_auth_endpoint == NULL)
    {
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("Something is missing: %s"), "--auth-endpoint");
      return FALSE;
    }
  for (guint i = 0; self->channels != NULL && self->channels[i] != NULL && self->auth_endpoint == NULL; i++)
    {
      if (!g_str_has_prefix (self->channels[i], "private-") && !g_str_has_prefix (self->channels[i], "presence-"))
        continue;
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("To join %s it needs --auth-endpoint."),
                   self->channels[i]);
      return FALSE;
    }
  return (self->auth_endpoint == NULL ||
          check_auth_endpoint (self, "--auth-endpoint", self->auth_endpoint, error)) &&
         (self->user_auth_endpoint == NULL ||
          check_auth_endpoint (self, "--user-auth-endpoint", self->user_auth_endpoint, error));
}

/* (nullable) without error: public channels only */
static ChannelsAuthorizer *
make_authorizer (Options *self, SoupSession *session, GError **error)
{
  g_autoptr (ChannelsHttpAuthorizer) authorizer = NULL;
  const char *channels_uri = self->auth_endpoint != NULL ? self->auth_endpoint : self->user_auth_endpoint;

  if (channels_uri == NULL)
    return NULL;
  authorizer = channels_http_authorizer_new (
      session, channels_uri, self->auth_json ? CHANNELS_HTTP_ENCODING_JSON : CHANNELS_HTTP_ENCODING_FORM);
  channels_http_authorizer_set_user_uri (authorizer, self->user_auth_endpoint);
  if (self->header_file != NULL && !set_headers_of_file (authorizer, self->header_file, error))
    return NULL;
  for (guint i = 0; self->headers != NULL && self->headers[i] != NULL; i++)
    {
      if (!set_header (authorizer, self->headers[i], error))
        return NULL;
    }
  return CHANNELS_AUTHORIZER (g_steal_pointer (&authorizer));
}

static void
print_event_json (const char *time, ChannelsEvent *event)
{
  const char *user_id = channels_event_get_user_id (event);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  rd_cli_add_string (builder, "time", time);
  rd_cli_add_string (builder, "channel", channels_event_get_channel (event));
  rd_cli_add_string (builder, "event", channels_event_get_name (event));
  if (user_id != NULL)
    rd_cli_add_string (builder, "user_id", user_id);
  json_builder_set_member_name (builder, "data");
  json_builder_add_value (builder, json_node_copy (channels_event_get_data (event)));
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  rd_cli_print_json (root);
}

static void
print_event_text (const char *time, ChannelsEvent *event)
{
  const char *user_id = channels_event_get_user_id (event);
  g_autofree char *text = json_to_string (channels_event_get_data (event), FALSE);
  g_autofree char *line =
    g_strdup_printf ("%s %s %s%s%s %s", time, channels_event_get_channel (event), channels_event_get_name (event),
                     user_id != NULL ? " @" : "", user_id != NULL ? user_id : "", text);
  g_autofree char *escaped = rd_cli_escape (line);

  rd_cli_print_line ("%s", escaped);
  fflush (stdout);
}

static void
on_event (ChannelsClient *client, ChannelsEvent *event, gpointer user_data)
{
  Watch *watch = user_data;
  Options *options = watch->options;
  g_autofree char *time = NULL;

  if (watch->left == 0 ||
      (options->events != NULL &&
       !g_strv_contains ((const char *const *) options->events, channels_event_get_name (event))))
    return;
  time = rd_cli_format_time (g_get_real_time ());
  if (options->json)
    print_event_json (time, event);
  else
    print_event_text (time, event);
  if (watch->left > 0)
    watch->left--;
  if (watch->left == 0 || ferror (stdout))
    g_main_loop_quit (watch->loop);
}

static void
print_watchlist_json (const char *time, const char *name, const char *const *user_ids)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  rd_cli_add_string (builder, "time", time);
  rd_cli_add_string (builder, "watchlist", name);
  json_builder_set_member_name (builder, "user_ids");
  json_builder_begin_array (builder);
  for (guint i = 0; user_ids[i] != NULL; i++)
    json_builder_add_string_value (builder, user_ids[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  rd_cli_print_json (root);
}

static void
on_watchlist (ChannelsClient *client, const char *name, const char *const *user_ids, gpointer user_data)
{
  Watch *watch = user_data;
  g_autofree char *time = rd_cli_format_time (g_get_real_time ());
  g_autofree char *ids = g_strjoinv (" ", (char **) user_ids);
  g_autofree char *line = g_strdup_printf ("%s %s %s", time, name, ids);
  g_autofree char *escaped = rd_cli_escape (line);

  if (watch->options->json)
    print_watchlist_json (time, name, user_ids);
  else
    rd_cli_print_line ("%s", escaped);
  fflush (stdout);
}

static void
on_user_id_changed (ChannelsClient *client, GParamSpec *pspec, gpointer user_data)
{
  const char *id = channels_client_get_user_id (client);
  g_autofree char *escaped = id != NULL ? rd_cli_escape (id) : NULL;
  /* Translators: %s is a user's ID. */
  g_autofree char *line = id != NULL ? g_strdup_printf (_ ("Signed in as %s"), escaped) : NULL;

  if (line != NULL)
    rd_cli_print_error (line);
}

static void
on_decryption_failed (ChannelsSubscription *subscription, const char *event, const GError *error, gpointer user_data)
{
  g_autofree char *line =
      g_strdup_printf ("%s: %s: %s", channels_subscription_get_name (subscription), event, error->message);
  g_autofree char *escaped = rd_cli_escape (line);

  rd_cli_print_error (escaped);
}

/* Errors are shown in the library's own words: the sentences of src/text speak of accounts, and here is none. */
static void
on_state_changed (ChannelsClient *client, GParamSpec *pspec, gpointer user_data)
{
  Watch *watch = user_data;
  ChannelsClientState state = channels_client_get_state (client);
  const GError *error = channels_client_get_error (client);
  const char *reason = error != NULL ? error->message : "";
  g_autofree char *next = rd_text_for_next_try (channels_client_get_next_try (client), g_get_real_time ());
  g_autofree char *link = rd_text_for_link (channels_client_state_to_string (state));
  g_autofree char *line = NULL;

  switch (state)
    {
    case CHANNELS_CLIENT_CONNECTING:
    case CHANNELS_CLIENT_CONNECTED:
      line = g_strdup_printf ("%s (%s)", link, watch->host);
      rd_cli_print_error (line);
      break;
    case CHANNELS_CLIENT_WAITING:
      line = g_strdup_printf ("%s; %s: %s", link, next, reason);
      rd_cli_print_error (line);
      break;
    case CHANNELS_CLIENT_FAILED:
      if (watch->error == NULL)
        watch->error = g_error_new_literal (RD_CLI_ERROR, RD_CLI_ERROR_FAILED, *reason != '\0' ? reason : link);
      g_main_loop_quit (watch->loop);
      break;
    case CHANNELS_CLIENT_DISCONNECTED:
    default:
      break;
    }
}

/* Refused for good, each of them: nothing will ever come. */
static gboolean
is_hopeless (Watch *watch)
{
  g_autoptr (GPtrArray) subscriptions = channels_client_dup_subscriptions (watch->client);
  const GError *user_error = channels_client_get_user_error (watch->client);

  if (watch->options->user_auth_endpoint != NULL &&
      !g_error_matches (user_error, CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED) &&
      !g_error_matches (user_error, CHANNELS_ERROR, CHANNELS_ERROR_UNSUPPORTED))
    return FALSE;
  for (guint i = 0; i < subscriptions->len; i++)
    {
      ChannelsSubscription *subscription = g_ptr_array_index (subscriptions, i);

      if (channels_subscription_get_state (subscription) != CHANNELS_SUBSCRIPTION_REFUSED ||
          !g_error_matches (channels_subscription_get_error (subscription), CHANNELS_ERROR,
                            CHANNELS_ERROR_UNAUTHORIZED))
        return FALSE;
    }
  return TRUE;
}

static void
on_error (ChannelsClient *client, const GError *error, const char *channel, gpointer user_data)
{
  Watch *watch = user_data;
  g_autofree char *line =
      channel != NULL ? g_strdup_printf ("%s: %s", channel, error->message) : g_strdup (error->message);

  if (watch->error == NULL && is_hopeless (watch))
    {
      watch->error = g_error_new_literal (RD_CLI_ERROR, RD_CLI_ERROR_FAILED, line);
      g_main_loop_quit (watch->loop);
    }
  else
    rd_cli_print_error (line);
}

static gboolean
on_signal (gpointer user_data)
{
  Watch *watch = user_data;

  g_main_loop_quit (watch->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
subscribe_all (Watch *watch, GError **error)
{
  for (guint i = 0; watch->options->channels != NULL && watch->options->channels[i] != NULL; i++)
    {
      g_autoptr (GError) local_error = NULL;
      g_autoptr (ChannelsSubscription) subscription =
          channels_client_subscribe (watch->client, watch->options->channels[i], &local_error);

      if (subscription == NULL)
        {
          g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, "--channel: %s", local_error->message);
          return FALSE;
        }
      g_signal_connect (subscription, "decryption-failed", G_CALLBACK (on_decryption_failed), NULL);
    }
  return TRUE;
}

/* Lets the socket be closed politely, for a moment. */
static gboolean
on_farewell_over (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static void
watch_until_end (Watch *watch)
{
  guint sigint = g_unix_signal_add (SIGINT, on_signal, watch);
  guint sigterm = g_unix_signal_add (SIGTERM, on_signal, watch);

  channels_client_start (watch->client);
  g_main_loop_run (watch->loop);
  g_source_remove (sigint);
  g_source_remove (sigterm);
  g_signal_handlers_disconnect_by_data (watch->client, watch);
  channels_client_stop (watch->client);
  g_timeout_add (20, on_farewell_over, watch->loop);
  g_main_loop_run (watch->loop);
}

static gboolean
run_watch (RdCli *cli, gpointer options, char **args, GError **error)
{
  Watch watch = { .options = options };
  g_autoptr (ChannelsEndpoint) endpoint = NULL;
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (ChannelsAuthorizer) authorizer = NULL;
  g_autoptr (ChannelsClient) client = NULL;
  g_autoptr (GMainLoop) loop = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!check_options (watch.options, error))
    return FALSE;
  endpoint = rd_cli_server_make_endpoint (&watch.options->server, error);
  if (endpoint == NULL)
    return FALSE;
  session = rd_cli_server_make_session (&watch.options->server, error);
  if (session == NULL)
    return FALSE;
  authorizer = make_authorizer (watch.options, session, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  watch.client = client = channels_client_new (endpoint, session, authorizer);
  g_object_set (client, "origin", watch.options->origin, NULL);
  watch.loop = loop = g_main_loop_new (NULL, FALSE);
  watch.host = channels_endpoint_get_host (endpoint);
  watch.left = watch.options->count > 0 ? watch.options->count : -1;
  if (!subscribe_all (&watch, error))
    return FALSE;
  /* bare: the watch outlives these, watch_until_end() disconnects them */
  g_signal_connect (client, "event", G_CALLBACK (on_event), &watch);
  g_signal_connect (client, "fault", G_CALLBACK (on_error), &watch);
  g_signal_connect (client, "notify::state", G_CALLBACK (on_state_changed), &watch);
  g_signal_connect (client, "watchlist", G_CALLBACK (on_watchlist), &watch);
  g_signal_connect (client, "notify::user-id", G_CALLBACK (on_user_id_changed), &watch);
  if (watch.options->user_auth_endpoint != NULL)
    channels_client_sign_in (client);
  watch_until_end (&watch);
  if (watch.error != NULL)
    g_propagate_error (error, watch.error);
  return watch.error == NULL;
}

static const GOptionEntry watch_options[] = {
  RD_CLI_SERVER_OPTIONS (Options, server),
  { "auth-endpoint", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (Options, auth_endpoint),
    N_ ("Who signs for private and presence channels"), N_ ("URL") },
  { "user-auth-endpoint", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (Options, user_auth_endpoint),
    N_ ("Who signs for the user, to sign in"), N_ ("URL") },
  { "auth-json", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (Options, auth_json), N_ ("Ask it in JSON, not as a form"),
    NULL },
  { "header", 0, 0, G_OPTION_ARG_STRING_ARRAY, RD_CLI_OPTION (Options, headers),
    N_ ("A header for it; may be repeated; not for secrets"), N_ ("“NAME: VALUE”") },
  { "header-file", 0, 0, G_OPTION_ARG_FILENAME, RD_CLI_OPTION (Options, header_file),
    N_ ("A file with such headers, one a line: for secrets"), N_ ("FILE") },
  { "insecure", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (Options, insecure),
    N_ ("Allow http to another machine for --auth-endpoint"), NULL },
  { "origin", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (Options, origin),
    N_ ("The origin to name to the server, as a page of it would"), N_ ("URL") },
  { "channel", 0, 0, G_OPTION_ARG_STRING_ARRAY, RD_CLI_OPTION (Options, channels),
    N_ ("A channel to watch; may be repeated"), N_ ("CHANNEL") },
  { "event", 0, 0, G_OPTION_ARG_STRING_ARRAY, RD_CLI_OPTION (Options, events),
    N_ ("Show only events with this name; may be repeated"), N_ ("NAME") },
  { "json", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (Options, json), N_ ("One JSON object a line"), NULL },
  { "count", 0, 0, G_OPTION_ARG_INT, RD_CLI_OPTION (Options, count), N_ ("End after this many events"), N_ ("N") },
  { NULL },
};

const RdCliVerb rd_cli_verb_watch = {
  .name = "watch",
  .params = "",
  .summary = N_ ("Show the events of a Channels server, without the agent"),
  .description =
      N_ ("Events go to stdout, the state of the line to stderr. It connects again by itself, and ends with 1 "
          "only when the server refuses for good; Ctrl+C ends it with 0."),
  .options = watch_options,
  .options_size = sizeof (Options),
  .run = run_watch,
};
