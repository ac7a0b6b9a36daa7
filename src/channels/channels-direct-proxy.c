/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-direct-proxy-private.h"

/* No proxy at all, but one to GIO, which looks a proxy's name up anew for each connection: see ChannelsTunnel. */

#define PROXY_PRIORITY 0

struct _ChannelsDirectProxy
{
  GObject parent_instance;
};

/* GProxy */

static GIOStream *
channels_direct_proxy_connect (GProxy *proxy, GIOStream *stream, GProxyAddress *address, GCancellable *cancellable,
                               GError **error)
{
  return g_object_ref (stream);
}

static void
channels_direct_proxy_connect_async (GProxy *proxy, GIOStream *stream, GProxyAddress *address,
                                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (proxy, cancellable, callback, user_data);

  g_task_set_source_tag (task, channels_direct_proxy_connect_async);
  g_task_return_pointer (task, g_object_ref (stream), g_object_unref);
}

static GIOStream *
channels_direct_proxy_connect_finish (GProxy *proxy, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
channels_direct_proxy_supports_hostname (GProxy *proxy)
{
  return TRUE;
}

static void
channels_direct_proxy_proxy_init (GProxyInterface *iface)
{
  iface->connect = channels_direct_proxy_connect;
  iface->connect_async = channels_direct_proxy_connect_async;
  iface->connect_finish = channels_direct_proxy_connect_finish;
  iface->supports_hostname = channels_direct_proxy_supports_hostname;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ChannelsDirectProxy, channels_direct_proxy, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY, channels_direct_proxy_proxy_init))

/* GObject */

static void
channels_direct_proxy_class_init (ChannelsDirectProxyClass *klass)
{
}

static void
channels_direct_proxy_init (ChannelsDirectProxy *self)
{
}

void
channels_direct_proxy_register (void)
{
  static gsize registered = 0;
  g_autoptr (GProxy) known = NULL;

  if (!g_once_init_enter (&registered))
    return;
  known = g_proxy_get_default_for_protocol ("http"); /* and GIO has its list of proxies */
  g_io_extension_point_implement (G_PROXY_EXTENSION_POINT_NAME, CHANNELS_TYPE_DIRECT_PROXY,
                                  CHANNELS_DIRECT_PROXY_PROTOCOL, PROXY_PRIORITY);
  g_once_init_leave (&registered, 1);
}
