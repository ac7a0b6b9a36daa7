/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-endpoint-private.h"

#include <string.h>

#include "channels-error.h"

/* An address that has been checked once, so that nobody has to build a URL from loose parts again. */

#define PROTOCOL_QUERY "protocol=7&client=channels-glib&version=" CHANNELS_VERSION_S
#define MAX_KEY 128
#define MAX_HOST 253

struct _ChannelsEndpoint
{
  char *key;
  char *host;     /* ASCII, an IPv6 address without its brackets */
  char *api_host; /* the HTTP API's; the same but for the cloud */
  char *path;     /* "" or "/prefix", escaped */
  guint port;
  gboolean tls;
};

G_DEFINE_BOXED_TYPE (ChannelsEndpoint, channels_endpoint, channels_endpoint_ref, channels_endpoint_unref)

static guint
default_port (gboolean tls)
{
  return tls ? 443 : 80;
}

static gboolean
is_name (const char *text, gsize max_length)
{
  gsize length = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

  return length > 0 && length <= max_length && text[length] == '\0';
}

static gboolean
is_ipv6 (const char *host)
{
  return strchr (host, ':') != NULL;
}

static char *
normalize_host (const char *host)
{
  g_autofree char *bare = NULL;
  g_autofree char *ascii = NULL;
  gsize length = strlen (host);

  if (length > 2 && host[0] == '[' && host[length - 1] == ']')
    bare = g_strndup (host + 1, length - 2);
  else
    bare = g_strdup (host);
  if (is_ipv6 (bare))
    return g_hostname_is_ip_address (bare) && strchr (bare, '%') == NULL ? g_steal_pointer (&bare) : NULL;
  ascii = g_hostname_to_ascii (bare);
  return ascii != NULL && is_name (ascii, MAX_HOST) ? g_steal_pointer (&ascii) : NULL;
}

/* "", or the prefix with one slash before it and none behind. */
static char *
normalize_path (const char *path)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *escaped = NULL;
  gsize length;

  if (path == NULL)
    return g_strdup ("");
  while (*path == '/')
    path++;
  trimmed = g_strdup (path);
  length = strlen (trimmed);
  while (length > 0 && trimmed[length - 1] == '/')
    trimmed[--length] = '\0';
  if (length == 0)
    return g_strdup ("");
  escaped = g_uri_escape_string (trimmed, "/", FALSE);
  return g_strconcat ("/", escaped, NULL);
}

static char *
build_uri (ChannelsEndpoint *self, const char *scheme, const char *host, const char *rest)
{
  gboolean bracketed = is_ipv6 (host);

  return g_strdup_printf ("%s://%s%s%s:%u%s%s", scheme, bracketed ? "[" : "", host, bracketed ? "]" : "", self->port,
                          self->path, rest);
}

static void
channels_endpoint_clear (gpointer data)
{
  ChannelsEndpoint *self = data;

  g_free (self->key);
  g_free (self->host);
  g_free (self->api_host);
  g_free (self->path);
}

static ChannelsEndpoint *
create (const char *key, const char *host, guint port, const char *path, gboolean tls, GError **error)
{
  ChannelsEndpoint *self;
  g_autofree char *checked_host = normalize_host (host);

  if (checked_host == NULL)
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID, "Not the name or address of a host");
      return NULL;
    }
  if (port > G_MAXUINT16)
    {
      g_set_error (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID, "Not a port: %u", port);
      return NULL;
    }

  self = g_atomic_rc_box_new0 (ChannelsEndpoint);
  self->key = g_strdup (key);
  self->host = g_steal_pointer (&checked_host);
  self->api_host = g_strdup (self->host);
  self->path = normalize_path (path);
  self->port = port != 0 ? port : default_port (tls);
  self->tls = tls;
  return self;
}

ChannelsEndpoint *
channels_endpoint_new_for_cluster (const char *key, const char *cluster, GError **error)
{
  g_autofree char *host = NULL;
  ChannelsEndpoint *self;

  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (cluster != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!is_name (cluster, 32) || strchr (cluster, '.') != NULL)
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID, "Not the name of a cluster");
      return NULL;
    }
  host = g_strdup_printf ("ws-%s.pusher.com", cluster);
  self = channels_endpoint_new (key, host, 0, NULL, TRUE, error);
  if (self != NULL)
    {
      g_free (self->api_host);
      self->api_host = g_strdup_printf ("api-%s.pusher.com", cluster);
    }
  return self;
}

ChannelsEndpoint *
channels_endpoint_new (const char *key, const char *host, guint port, const char *path, gboolean tls, GError **error)
{
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (host != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!is_name (key, MAX_KEY))
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID, "Not an application key");
      return NULL;
    }
  return create (key, host, port, path, tls, error);
}

/* The key is the last segment, behind `/app/`; what is before that is the server's own. */
static ChannelsEndpoint *
new_from_parts (GUri *uri, gboolean tls, GError **error)
{
  const char *path = g_uri_get_path (uri);
  const char *app = g_strrstr (path, "/app/");
  g_autofree char *prefix = NULL;

  if (app == NULL || g_uri_get_host (uri) == NULL || g_uri_get_userinfo (uri) != NULL)
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID, "The address is none of an application's");
      return NULL;
    }
  prefix = g_strndup (path, (gsize) (app - path));
  return channels_endpoint_new (app + strlen ("/app/"), g_uri_get_host (uri), (guint) MAX (g_uri_get_port (uri), 0),
                                prefix, tls, error);
}

ChannelsEndpoint *
channels_endpoint_new_from_uri (const char *uri, GError **error)
{
  g_autoptr (GUri) parsed = NULL;
  gboolean tls;

  g_return_val_if_fail (uri != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);
  tls = parsed != NULL && strcmp (g_uri_get_scheme (parsed), "wss") == 0;
  if (parsed == NULL || (!tls && strcmp (g_uri_get_scheme (parsed), "ws") != 0))
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID, "Not a WebSocket's address");
      return NULL;
    }
  return new_from_parts (parsed, tls, error);
}

ChannelsEndpoint *
channels_endpoint_new_plain (const char *host, guint port, gboolean tls, GError **error)
{
  g_return_val_if_fail (host != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return create ("", host, port, NULL, tls, error);
}

ChannelsEndpoint *
channels_endpoint_dup_with_tls (ChannelsEndpoint *self)
{
  ChannelsEndpoint *copy = g_atomic_rc_box_new0 (ChannelsEndpoint);

  copy->key = g_strdup (self->key);
  copy->host = g_strdup (self->host);
  copy->api_host = g_strdup (self->api_host);
  copy->path = g_strdup (self->path);
  copy->port = self->port == default_port (self->tls) ? default_port (TRUE) : self->port;
  copy->tls = TRUE;
  return copy;
}

ChannelsEndpoint *
channels_endpoint_ref (ChannelsEndpoint *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
channels_endpoint_unref (ChannelsEndpoint *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, channels_endpoint_clear);
}

const char *
channels_endpoint_get_key (ChannelsEndpoint *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->key;
}

const char *
channels_endpoint_get_host (ChannelsEndpoint *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->host;
}

guint
channels_endpoint_get_port (ChannelsEndpoint *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->port;
}

gboolean
channels_endpoint_get_tls (ChannelsEndpoint *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->tls;
}

gboolean
channels_endpoint_is_loopback (ChannelsEndpoint *self)
{
  g_autoptr (GInetAddress) address = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  address = g_inet_address_new_from_string (self->host);
  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (self->host, "localhost") == 0;
}

char *
channels_endpoint_dup_uri (ChannelsEndpoint *self)
{
  g_autofree char *rest = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  rest = g_strdup_printf ("/app/%s?" PROTOCOL_QUERY, self->key);
  return build_uri (self, self->tls ? "wss" : "ws", self->host, rest);
}

char *
channels_endpoint_dup_uri_with_path (ChannelsEndpoint *self, const char *path)
{
  return build_uri (self, self->tls ? "wss" : "ws", self->host, path);
}

char *
channels_endpoint_dup_api_uri (ChannelsEndpoint *self, const char *app_id)
{
  g_autofree char *escaped = NULL;
  g_autofree char *rest = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (app_id != NULL, NULL);

  escaped = g_uri_escape_string (app_id, NULL, FALSE);
  rest = g_strdup_printf ("/apps/%s/events", escaped);
  return build_uri (self, self->tls ? "https" : "http", self->api_host, rest);
}
