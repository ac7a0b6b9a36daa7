/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "channels-publisher.h"
#include "rd-cli-server.h"

/* `ringdown trigger`: one event over the signed HTTP API, as an application's own server sends it. */

typedef struct
{
  RdCliServer server;
  char *app_id;
  char *secret_file;
  char *encryption_key_file;
  char *channel;
  char *event;
  char *data;
} Options;

typedef struct
{
  GMainLoop *loop;
  GError *error;
} Wait;

static void
on_trigger_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  channels_publisher_trigger_finish (CHANNELS_PUBLISHER (source), result, &wait->error);
  g_main_loop_quit (wait->loop);
}

static gboolean
check_options (Options *self, GError **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (self->app_id == NULL)
    g_string_append (missing, " --app-id");
  if (self->server.key == NULL)
    g_string_append (missing, " --key");
  if (self->secret_file == NULL)
    g_string_append (missing, " --secret-file");
  if (self->channel == NULL)
    g_string_append (missing, " --channel");
  if (self->event == NULL)
    g_string_append (missing, " --event");
  if (self->data == NULL)
    g_string_append (missing, " --data");
  if (missing->len > 0)
    {
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("Something is missing:%s"), missing->str);
      return FALSE;
    }
  node = json_from_string (self->data, &local_error);
  if (node == NULL)
    {
      /* json-glib takes nothing at all for no error */
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("--data is not JSON: %s"),
                   local_error != NULL ? local_error->message : _ ("it is empty"));
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_encryption_key (Options *self, ChannelsPublisher *publisher, GError **error)
{
  g_autoptr (RdCliSecret) key = NULL;

  if (self->encryption_key_file == NULL)
    return TRUE;
  key = rd_cli_read_secret (RD_CLI_SECRET_TOKEN, self->encryption_key_file, error);
  return key != NULL && channels_publisher_set_encryption_key (publisher, key, error);
}

static gboolean
run_trigger (RdCli *cli, gpointer options, char **args, GError **error)
{
  Options *self = options;
  g_autoptr (ChannelsEndpoint) endpoint = NULL;
  g_autoptr (RdCliSecret) secret = NULL;
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (ChannelsPublisher) publisher = NULL;
  g_autoptr (GMainLoop) loop = NULL;
  Wait wait = { NULL, NULL };

  if (!check_options (self, error))
    return FALSE;
  endpoint = rd_cli_server_make_endpoint (&self->server, error);
  if (endpoint == NULL)
    return FALSE;
  secret = rd_cli_read_secret (RD_CLI_SECRET_TOKEN, self->secret_file, error);
  if (secret == NULL)
    return FALSE;
  session = rd_cli_server_make_session (&self->server, error);
  if (session == NULL)
    return FALSE;
  soup_session_set_timeout (session, 10);
  publisher = channels_publisher_new (endpoint, session, self->app_id, secret);
  if (!read_encryption_key (self, publisher, error))
    return FALSE;
  loop = wait.loop = g_main_loop_new (NULL, FALSE);
  channels_publisher_trigger_async (publisher, self->channel, self->event, self->data, NULL, on_trigger_ready, &wait);
  g_main_loop_run (loop);
  if (wait.error == NULL)
    return TRUE;

  /* the library's own words: who triggers events by hand wants them as they are */
  g_set_error_literal (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, wait.error->message);
  g_error_free (wait.error);
  return FALSE;
}

static const GOptionEntry trigger_options[] = {
  { "app-id", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (Options, app_id), N_ ("The application’s id"), N_ ("ID") },
  { "secret-file", 0, 0, G_OPTION_ARG_FILENAME, RD_CLI_OPTION (Options, secret_file),
    N_ ("The file with the application’s secret, - for stdin"), N_ ("FILE") },
  { "encryption-key-file", 0, 0, G_OPTION_ARG_FILENAME, RD_CLI_OPTION (Options, encryption_key_file),
    N_ ("The file with the key of its encrypted channels, in base64"), N_ ("FILE") },
  RD_CLI_SERVER_OPTIONS (Options, server),
  { "channel", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (Options, channel), N_ ("Where to send it"), N_ ("CHANNEL") },
  { "event", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (Options, event), N_ ("The event’s name"), N_ ("NAME") },
  { "data", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (Options, data), N_ ("The event’s data, at most 10 kB"),
    N_ ("JSON") },
  { NULL },
};

const RdCliVerb rd_cli_verb_trigger = {
  .name = "trigger",
  .params = "",
  .summary = N_ ("Send an event over a Channels server’s signed HTTP API"),
  .options = trigger_options,
  .options_size = sizeof (Options),
  .run = run_trigger,
};
