/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-connect-proxy-private.h"

/* GIO's own HTTP proxy (CONNECT, with a password if one is asked for) under a name that libsoup does not take for its
 * own: see ChannelsTunnel. */

#define PROXY_PRIORITY 0

struct _ChannelsConnectProxy
{
  GObject parent_instance;
};

static GProxy *
get_http_proxy (void)
{
  return g_proxy_get_default_for_protocol ("http");
}

/* GProxy */

static GIOStream *
channels_connect_proxy_connect (GProxy *proxy, GIOStream *stream, GProxyAddress *address, GCancellable *cancellable,
                                GError **error)
{
  g_autoptr (GProxy) http = get_http_proxy ();

  return g_proxy_connect (http, stream, address, cancellable, error);
}

static void
on_connect_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GIOStream *stream = g_proxy_connect_finish (G_PROXY (source), result, &error);

  if (stream != NULL)
    g_task_return_pointer (task, stream, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
channels_connect_proxy_connect_async (GProxy *proxy, GIOStream *stream, GProxyAddress *address,
                                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (proxy, cancellable, callback, user_data);
  g_autoptr (GProxy) http = get_http_proxy ();

  g_task_set_source_tag (task, channels_connect_proxy_connect_async);
  g_proxy_connect_async (http, stream, address, cancellable, on_connect_ready, task);
}

static GIOStream *
channels_connect_proxy_connect_finish (GProxy *proxy, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
channels_connect_proxy_supports_hostname (GProxy *proxy)
{
  return TRUE;
}

static void
channels_connect_proxy_proxy_init (GProxyInterface *iface)
{
  iface->connect = channels_connect_proxy_connect;
  iface->connect_async = channels_connect_proxy_connect_async;
  iface->connect_finish = channels_connect_proxy_connect_finish;
  iface->supports_hostname = channels_connect_proxy_supports_hostname;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ChannelsConnectProxy, channels_connect_proxy, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY, channels_connect_proxy_proxy_init))

/* GObject */

static void
channels_connect_proxy_class_init (ChannelsConnectProxyClass *klass)
{
}

static void
channels_connect_proxy_init (ChannelsConnectProxy *self)
{
}

void
channels_connect_proxy_register (void)
{
  static gsize registered = 0;
  g_autoptr (GProxy) http = NULL;

  if (!g_once_init_enter (&registered))
    return;
  http = get_http_proxy (); /* and GIO has its list of proxies */
  g_io_extension_point_implement (G_PROXY_EXTENSION_POINT_NAME, CHANNELS_TYPE_CONNECT_PROXY,
                                  CHANNELS_CONNECT_PROXY_PROTOCOL, PROXY_PRIORITY);
  g_once_init_leave (&registered, 1);
}
