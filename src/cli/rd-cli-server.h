/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "channels-endpoint.h"
#include "rd-cli-private.h"

G_BEGIN_DECLS

/* Which Channels application on which server, and the way there: the options that `watch` and `trigger` share. */
typedef struct
{
  char    *key;
  char    *cluster;
  char    *host;
  int      port;
  char    *path;
  gboolean no_tls;
  char    *proxy;
  char    *proxy_password_file;
  char    *ca;
  char    *client_certificate;
} RdCliServer;

#define RD_CLI_SERVER_OPTIONS(Type, field)                                                                             \
  { "key", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (Type, field.key), N_ ("The application’s key"), N_ ("KEY") },     \
  { "cluster", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (Type, field.cluster), N_ ("The Channels cluster"),            \
    N_ ("NAME") },                                                                                                     \
  { "host", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (Type, field.host), N_ ("The Channels server’s host"),            \
    N_ ("HOST") },                                                                                                     \
  { "port", 0, 0, G_OPTION_ARG_INT, RD_CLI_OPTION (Type, field.port), N_ ("Its port (default: 443; without TLS 80)"),  \
    N_ ("PORT") },                                                                                                     \
  { "path", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (Type, field.path), N_ ("A path before /app or /apps"),           \
    N_ ("PATH") },                                                                                                     \
  { "no-tls", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (Type, field.no_tls), N_ ("Without TLS"), NULL },                 \
  { "proxy", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (Type, field.proxy),                                             \
    N_ ("The proxy to use in place of the system’s"), N_ ("URL") },                                                    \
  { "proxy-password-file", 0, 0, G_OPTION_ARG_FILENAME, RD_CLI_OPTION (Type, field.proxy_password_file),               \
    N_ ("A file with the password of the user in --proxy"), N_ ("FILE") },                                             \
  { "ca", 0, 0, G_OPTION_ARG_FILENAME, RD_CLI_OPTION (Type, field.ca),                                                 \
    N_ ("Trust the authorities in this PEM file, and no others"), N_ ("FILE") },                                       \
  { "client-certificate", 0, 0, G_OPTION_ARG_FILENAME, RD_CLI_OPTION (Type, field.client_certificate),                 \
    N_ ("A PEM file with a certificate and its key, for servers that ask for one"), N_ ("FILE") }

/* RD_CLI_ERROR_USAGE if they name no server */
ChannelsEndpoint *rd_cli_server_make_endpoint (const RdCliServer *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* RD_CLI_ERROR_USAGE or RD_CLI_ERROR_FAILED if there is no such way */
SoupSession      *rd_cli_server_make_session  (const RdCliServer *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
G_END_DECLS
