/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-obstacle-private.h"

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

char *
channels_obstacle_describe_distrust (GTlsCertificateFlags flags)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (distrusts); i++)
    if (flags & (GTlsCertificateFlags) distrusts[i].code)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", distrusts[i].words);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
