/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-tunnel-private.h"

#include <string.h>

#include <libsoup/soup.h>

#include "channels-connect-proxy-private.h"

/* RFC 6455 asks for CONNECT whenever a WebSocket goes through a proxy. libsoup asks for a tunnel only where TLS follows;
 * else it sends the proxy the request itself, with an Upgrade header that proxies take out. And where the proxy wants
 * a password, libsoup (3.2) asks the second time for a tunnel to the proxy itself, twenty times over. So in both cases
 * the proxy is named to it by a protocol that it does not know, and leaves to GIO. */

#define PLAIN_HTTP "http://"

struct _ChannelsTunnel
{
  GObject parent_instance;

  GProxyResolver *inner;
  GHashTable *sockets; /* "host:port" of servers of WebSockets without TLS */
};

static char *
build_key (const char *host, guint port)
{
  g_autofree char *lower = g_ascii_strdown (host, -1);

  return g_strdup_printf ("%s:%u", lower, port);
}

/* libsoup asks for the way to http://…, also where a WebSocket is wanted. */
static gboolean
leads_to_socket (ChannelsTunnel *self, const char *uri)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *key = NULL;

  if (parsed == NULL || g_strcmp0 (g_uri_get_scheme (parsed), "http") != 0 || g_uri_get_host (parsed) == NULL)
    return FALSE;
  key = build_key (g_uri_get_host (parsed), (guint) g_uri_get_port (parsed));
  return g_hash_table_contains (self->sockets, key);
}

static void
retarget (ChannelsTunnel *self, const char *uri, char **proxies)
{
  gboolean socket = leads_to_socket (self, uri);
  gboolean tls = g_str_has_prefix (uri, "https:");

  for (guint i = 0; proxies[i] != NULL; i++)
    if (g_ascii_strncasecmp (proxies[i], PLAIN_HTTP, strlen (PLAIN_HTTP)) == 0 &&
        (socket || (tls && strchr (proxies[i], '@') != NULL)))
      {
        char *moved = g_strconcat (CHANNELS_CONNECT_PROXY_PROTOCOL "://", proxies[i] + strlen (PLAIN_HTTP), NULL);

        g_free (proxies[i]);
        proxies[i] = moved;
      }
}

/* GProxyResolver */

static gboolean
channels_tunnel_is_supported (GProxyResolver *resolver)
{
  return g_proxy_resolver_is_supported (CHANNELS_TUNNEL (resolver)->inner);
}

static char **
channels_tunnel_lookup (GProxyResolver *resolver, const char *uri, GCancellable *cancellable, GError **error)
{
  ChannelsTunnel *self = CHANNELS_TUNNEL (resolver);
  char **proxies = g_proxy_resolver_lookup (self->inner, uri, cancellable, error);

  if (proxies != NULL)
    retarget (self, uri, proxies);
  return proxies;
}

static void
on_lookup_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char **proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, &error);

  if (proxies == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  retarget (g_task_get_source_object (task), g_task_get_task_data (task), proxies);
  g_task_return_pointer (task, proxies, (GDestroyNotify) g_strfreev);
}

static void
channels_tunnel_lookup_async (GProxyResolver *resolver, const char *uri, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (resolver, cancellable, callback, user_data);

  g_task_set_source_tag (task, channels_tunnel_lookup_async);
  g_task_set_task_data (task, g_strdup (uri), g_free);
  g_proxy_resolver_lookup_async (CHANNELS_TUNNEL (resolver)->inner, uri, cancellable, on_lookup_ready, task);
}

static char **
channels_tunnel_lookup_finish (GProxyResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
channels_tunnel_resolver_init (GProxyResolverInterface *iface)
{
  iface->is_supported = channels_tunnel_is_supported;
  iface->lookup = channels_tunnel_lookup;
  iface->lookup_async = channels_tunnel_lookup_async;
  iface->lookup_finish = channels_tunnel_lookup_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ChannelsTunnel, channels_tunnel, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, channels_tunnel_resolver_init))

/* GObject */

static void
channels_tunnel_finalize (GObject *object)
{
  ChannelsTunnel *self = CHANNELS_TUNNEL (object);

  g_clear_object (&self->inner);
  g_clear_pointer (&self->sockets, g_hash_table_unref);
  G_OBJECT_CLASS (channels_tunnel_parent_class)->finalize (object);
}

static void
channels_tunnel_class_init (ChannelsTunnelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = channels_tunnel_finalize;
}

static void
channels_tunnel_init (ChannelsTunnel *self)
{
  self->sockets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

ChannelsTunnel *
channels_tunnel_new (GProxyResolver *inner)
{
  ChannelsTunnel *self = g_object_new (CHANNELS_TYPE_TUNNEL, NULL);

  channels_connect_proxy_register ();
  self->inner = g_object_ref (inner);
  return self;
}

void
channels_tunnel_add_socket (ChannelsTunnel *self, const char *host, guint port)
{
  g_hash_table_add (self->sockets, build_key (host, port));
}
