/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include "rd-cli-server.h"

#include <glib/gi18n-lib.h>

#include "channels-transport.h"

/* What `watch` and `trigger` share: where the server is, and how one gets there. */

/* Errors are shown in the library's own words, behind the option's name. */
static gboolean
blame (const char *option, GError *cause, GError **error)
{
  g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, "%s: %s", option, cause->message);
  return FALSE;
}

static gboolean
set_proxy (const RdCliServer *self, ChannelsTransport *transport, GError **error)
{
  g_autoptr (RdCliSecret) password = NULL;
  g_autoptr (GError) local_error = NULL;

  if (self->proxy_password_file != NULL)
    password = rd_cli_read_secret (RD_CLI_SECRET_PASSWORD, self->proxy_password_file, error);
  if (self->proxy_password_file != NULL && password == NULL)
    return FALSE;
  if (!channels_transport_set_proxy (transport, self->proxy, NULL, password, &local_error))
    return blame ("--proxy", local_error, error);
  return TRUE;
}

ChannelsEndpoint *
rd_cli_server_make_endpoint (const RdCliServer *self, GError **error)
{
  ChannelsEndpoint *endpoint = NULL;
  g_autoptr (GError) local_error = NULL;
  const char *wrong = NULL;

  if (self->key == NULL)
    wrong = _ ("Something is missing: --key");
  else if (self->cluster == NULL && self->host == NULL)
    wrong = _ ("Something is missing: --host or --cluster");
  else if (self->cluster != NULL && (self->host != NULL || self->port != 0 || self->path != NULL || self->no_tls))
    wrong = _ ("--cluster stands for --host, --port, --path and --no-tls: give either.");
  else if (self->port < 0 || self->port > 65535)
    wrong = _ ("--port is a number from 1 to 65535.");
  if (wrong != NULL)
    {
      g_set_error_literal (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, wrong);
      return NULL;
    }
  if (self->cluster != NULL)
    endpoint = channels_endpoint_new_for_cluster (self->key, self->cluster, &local_error);
  else
    endpoint =
        channels_endpoint_new (self->key, self->host, (guint) self->port, self->path, !self->no_tls, &local_error);
  if (endpoint == NULL)
    g_set_error_literal (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, local_error->message);
  return endpoint;
}

SoupSession *
rd_cli_server_make_session (const RdCliServer *self, GError **error)
{
  g_autoptr (ChannelsTransport) transport = channels_transport_new ();
  g_autoptr (GError) local_error = NULL;
  SoupSession *session;

  if (!set_proxy (self, transport, error))
    return NULL;
  if (self->ca != NULL && !channels_transport_set_authorities_file (transport, self->ca, &local_error))
    {
      blame ("--ca", local_error, error);
      return NULL;
    }
  if (self->client_certificate != NULL &&
      !channels_transport_load_client_certificate (transport, self->client_certificate, NULL, &local_error))
    {
      blame ("--client-certificate", local_error, error);
      return NULL;
    }
  session = channels_transport_create_session (transport);
  soup_session_set_user_agent (session, "ringdown/" RD_VERSION);
  return session;
}
