/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-tunnel-private.h"

#include <string.h>

#include <libsoup/soup.h>

#include "channels-connect-proxy-private.h"
#include "channels-direct-proxy-private.h"

/* RFC 6455 asks for CONNECT whenever a WebSocket goes through a proxy. libsoup asks for a tunnel only where TLS
 * follows; else it sends the proxy the request itself, with an Upgrade header that proxies take out. And where the
 * proxy wants a password, libsoup (3.2) asks the second time for a tunnel to the proxy itself, twenty times over. So in
 * both cases the proxy is named to it by a protocol that it does not know, and leaves to GIO.
 *
 * Without a proxy, libsoup looks a server's name up once, and keeps to what it has found for as long as it is asked for
 * connections: a server that has moved would never be found again. So the server is named as a proxy, whose name is
 * looked up each time, and who has nothing to do. */

#define PLAIN_HTTP "http://"
#define DIRECT "direct://"

struct _ChannelsTunnel
{
  GObject parent_instance;

  GProxyResolver *inner; /* (nullable): no proxies */
  GHashTable *sockets;   /* "scheme:host:port", as libsoup asks for the way to them, of servers of WebSockets */
};

static char *
build_key (gboolean tls, const char *host, guint port)
{
  g_autofree char *lower = g_ascii_strdown (host, -1);

  return g_strdup_printf ("%s:%s:%u", tls ? "https" : "http", lower, port);
}

static gboolean
leads_to_socket (ChannelsTunnel *self, GUri *uri, gboolean tls)
{
  g_autofree char *key = build_key (tls, g_uri_get_host (uri), (guint) g_uri_get_port (uri));

  return g_hash_table_contains (self->sockets, key);
}

/* Takes @proxy; returns what is to be used in its place. */
static char *
retarget (ChannelsTunnel *self, GUri *uri, char *proxy)
{
  g_autofree char *owned = proxy;
  const char *host = g_uri_get_host (uri);
  gboolean tls = strcmp (g_uri_get_scheme (uri), "https") == 0;
  gboolean socket = leads_to_socket (self, uri, tls);

  if (socket && g_ascii_strcasecmp (proxy, DIRECT) == 0 && !g_hostname_is_ip_address (host))
    return g_strdup_printf (CHANNELS_DIRECT_PROXY_PROTOCOL "://%s:%d", host, g_uri_get_port (uri));
  if (g_ascii_strncasecmp (proxy, PLAIN_HTTP, strlen (PLAIN_HTTP)) == 0 &&
      (tls ? strchr (proxy, '@') != NULL : socket))
    return g_strconcat (CHANNELS_CONNECT_PROXY_PROTOCOL "://", proxy + strlen (PLAIN_HTTP), NULL);
  return g_steal_pointer (&owned);
}

static void
retarget_all (ChannelsTunnel *self, const char *text, char **proxies)
{
  g_autoptr (GUri) uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return;
  for (guint i = 0; proxies[i] != NULL; i++)
    proxies[i] = retarget (self, uri, proxies[i]);
}

static char **
dup_direct (void)
{
  const char *const direct[] = { DIRECT, NULL };

  return g_strdupv ((char **) direct);
}

/* GProxyResolver */

static gboolean
channels_tunnel_is_supported (GProxyResolver *resolver)
{
  ChannelsTunnel *self = CHANNELS_TUNNEL (resolver);

  return self->inner == NULL || g_proxy_resolver_is_supported (self->inner);
}

static char **
channels_tunnel_lookup (GProxyResolver *resolver, const char *uri, GCancellable *cancellable, GError **error)
{
  ChannelsTunnel *self = CHANNELS_TUNNEL (resolver);
  char **proxies =
      self->inner != NULL ? g_proxy_resolver_lookup (self->inner, uri, cancellable, error) : dup_direct ();

  if (proxies != NULL)
    retarget_all (self, uri, proxies);
  return proxies;
}

static void
return_proxies (GTask *task, char **proxies)
{
  retarget_all (g_task_get_source_object (task), g_task_get_task_data (task), proxies);
  g_task_return_pointer (task, proxies, (GDestroyNotify) g_strfreev);
}

static void
on_lookup_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char **proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, &error);

  if (proxies != NULL)
    return_proxies (task, proxies);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
channels_tunnel_lookup_async (GProxyResolver *resolver, const char *uri, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  ChannelsTunnel *self = CHANNELS_TUNNEL (resolver);
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_task_set_source_tag (task, channels_tunnel_lookup_async);
  g_task_set_task_data (task, g_strdup (uri), g_free);
  if (self->inner != NULL)
    g_proxy_resolver_lookup_async (self->inner, uri, cancellable, on_lookup_ready, g_steal_pointer (&task));
  else
    return_proxies (task, dup_direct ());
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
  channels_direct_proxy_register ();
  self->inner = inner != NULL ? g_object_ref (inner) : NULL;
  return self;
}

void
channels_tunnel_add_socket (ChannelsTunnel *self, gboolean tls, const char *host, guint port)
{
  g_hash_table_add (self->sockets, build_key (tls, host, port));
}
