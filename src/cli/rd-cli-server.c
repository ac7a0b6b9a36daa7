/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include "rd-cli-server.h"

#include <glib/gi18n-lib.h>

/* What `watch` and `trigger` share: where the server is. */

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
