/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-goodbye-private.h"

/* A WebSocket's last words, after its owner has gone. */

static gboolean
on_goodbye_deadline (gpointer data)
{
  return G_SOURCE_REMOVE;
}

static void
on_released_gone (gpointer source, GClosure *closure)
{
  g_source_unref (source);
}

static void
on_released_closed (SoupWebsocketConnection *socket, GSource *source)
{
  g_source_destroy (source);
}

void
channels_goodbye (SoupWebsocketConnection *socket, gboolean polite, guint ms)
{
  g_autoptr (SoupWebsocketConnection) owned = socket;
  g_autoptr (GSource) source = NULL;

  if (soup_websocket_connection_get_state (socket) == SOUP_WEBSOCKET_STATE_CLOSED)
    return;
  if (polite && soup_websocket_connection_get_state (socket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (socket, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);

  source = g_timeout_source_new (ms);
  g_source_set_static_name (source, "ChannelsConnection goodbye");
  g_signal_connect_data (socket, "closed", G_CALLBACK (on_released_closed), g_source_ref (source),
                         on_released_gone, 0);
  g_source_set_callback (source, on_goodbye_deadline, g_steal_pointer (&owned), g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
}
