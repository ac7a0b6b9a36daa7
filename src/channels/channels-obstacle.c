/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-obstacle-private.h"

#include "channels-error.h"

/* Why there is no connection, in words. GIO's own are in the user's language, which logs should not be; speak of a
 * proxy where there is none (ChannelsDirectProxy); and of "unacceptable" certificates, which helps nobody. */

typedef struct
{
  int code;
  const char *words;
} Row;

static const Row io_errors[] = {
  { G_IO_ERROR_CONNECTION_REFUSED, "nobody listens there" },
  { G_IO_ERROR_HOST_UNREACHABLE, "no way leads to the host" },
  { G_IO_ERROR_NETWORK_UNREACHABLE, "no way leads to the network" },
  { G_IO_ERROR_TIMED_OUT, "no answer" },
  { G_IO_ERROR_CONNECTION_CLOSED, "the connection was cut" },
  { G_IO_ERROR_PROXY_FAILED, "the proxy does not get there" },
  { G_IO_ERROR_PROXY_AUTH_FAILED, "the proxy refuses the user name or the password" },
  { G_IO_ERROR_PROXY_NEED_AUTH, "the proxy wants a user name and a password" },
  { G_IO_ERROR_PROXY_NOT_ALLOWED, "the proxy does not allow it" },
};

static const Row resolver_errors[] = {
  { G_RESOLVER_ERROR_NOT_FOUND, "the name is not known" },
  { G_RESOLVER_ERROR_TEMPORARY_FAILURE, "no name server answers" },
};

/* A clock that is wrong looks like the second or third, a captive portal like the first or fourth. */
static const Row distrusts[] = {
  { G_TLS_CERTIFICATE_UNKNOWN_CA, "who signed its certificate is not known here" },
  { G_TLS_CERTIFICATE_EXPIRED, "its certificate has expired" },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED, "its certificate is not valid yet" },
  { G_TLS_CERTIFICATE_BAD_IDENTITY, "its certificate is another host's" },
  { G_TLS_CERTIFICATE_REVOKED, "its certificate was revoked" },
  { G_TLS_CERTIFICATE_INSECURE, "its certificate is not safe" },
};

/* (nullable) */
static const char *
find (const Row *rows, gsize n, int code)
{
  for (gsize i = 0; i < n; i++)
    if (rows[i].code == code)
      return rows[i].words;
  return NULL;
}

/* (nullable) (transfer full): what is wrong with a server's certificate; %NULL if nothing is known of it */
static char *
describe_distrust (GTlsCertificateFlags flags)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (distrusts); i++)
    if (flags & (GTlsCertificateFlags) distrusts[i].code)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", distrusts[i].words);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* What a server that is not the one we look for answers; @words: (nullable): libsoup's, if it was no HTTP */
static GError *
new_stranger_error (ChannelsEndpoint *endpoint, guint status, const char *words, gboolean plain)
{
  const char *host = channels_endpoint_get_host (endpoint);
  guint port = channels_endpoint_get_port (endpoint);
  const char *what = plain ? "has no line there" : "is no Channels server";

  if (plain && (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN))
    return g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED, "%s:%u refuses the line (HTTP %u)", host, port,
                        status);
  if (words != NULL)
    return g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_NOT_CHANNELS, "%s:%u %s: %s", host, port, what, words);
  return g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_NOT_CHANNELS, "%s:%u %s: it answers HTTP %u", host, port, what,
                      status);
}

const char *
channels_obstacle_describe (const GError *error)
{
  const char *words = NULL;

  if (error->domain == G_RESOLVER_ERROR)
    words = find (resolver_errors, G_N_ELEMENTS (resolver_errors), error->code);
  else if (error->domain == G_IO_ERROR)
    words = find (io_errors, G_N_ELEMENTS (io_errors), error->code);
  return words != NULL ? words : error->message;
}

GError *
channels_obstacle_new_error (const GError *cause, SoupMessage *message, ChannelsEndpoint *endpoint, gboolean plain)
{
  guint status = soup_message_get_status (message);
  const char *host = channels_endpoint_get_host (endpoint);
  guint port = channels_endpoint_get_port (endpoint);
  g_autofree char *doubt = NULL;

  if (cause->domain == G_TLS_ERROR)
    {
      doubt = describe_distrust (soup_message_get_tls_peer_certificate_errors (message));
      return g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_TLS, "No safe connection to %s:%u: %s", host, port,
                          doubt != NULL ? doubt : cause->message);
    }
  if (status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED)
    return g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_UNREACHABLE,
                        "Cannot reach %s:%u: the proxy wants a user name and a password", host, port);
  if (status >= 500 && status < 600)
    return g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_SERVER, "%s:%u answers HTTP %u", host, port, status);
  if (cause->domain == SOUP_WEBSOCKET_ERROR && status != SOUP_STATUS_NONE)
    return new_stranger_error (endpoint, status, NULL, plain);
  if (cause->domain == SOUP_WEBSOCKET_ERROR || cause->domain == SOUP_SESSION_ERROR)
    return new_stranger_error (endpoint, status, cause->message, plain);
  return g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_UNREACHABLE, "Cannot reach %s:%u: %s", host, port,
                      channels_obstacle_describe (cause));
}
