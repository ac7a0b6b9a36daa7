/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-reach.h"

#include "rd-fault.h"

/* A connection that is let go at once. Without a proxy's help a name must be found here. */

#define TIMEOUT_S 8

static GError *
new_fault (const GError *error, const char *host)
{
  if (error->domain == G_RESOLVER_ERROR)
    return rd_fault_new (RD_FAULT_UNREACHABLE, host, 0, NULL, "dns");
  if (error->domain == G_TLS_ERROR)
    return rd_fault_new (RD_FAULT_TLS, host, 0, NULL, NULL);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return rd_fault_new (RD_FAULT_TIMED_OUT, host, 0, NULL, NULL);
  return rd_fault_new (RD_FAULT_UNREACHABLE, host, 0, NULL, NULL);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection
    = g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (source), result, &error);

  if (connection != NULL)
    g_task_return_boolean (task, TRUE);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_error (task, new_fault (error, g_task_get_task_data (task)));
}

void
rd_reach_async (const char *host, guint port, gboolean tls, GCancellable *cancellable, GAsyncReadyCallback callback,
                gpointer user_data)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  GTask *task;

  g_return_if_fail (host != NULL);
  g_return_if_fail (port <= G_MAXUINT16);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_task_data (task, g_strdup (host), g_free);
  g_socket_client_set_timeout (client, TIMEOUT_S);
  g_socket_client_set_tls (client, tls);
  g_socket_client_connect_to_host_async (client, host, (guint16) port, cancellable, on_connected, task);
}

gboolean
rd_reach_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
