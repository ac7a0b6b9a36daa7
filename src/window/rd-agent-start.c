/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-agent-start.h"

/* Brings the agent up. Its coming is seen by RdModel, like every other one. */

static gboolean
spawn_agent (const char *bus_name, GError **error)
{
  const char *libexecdir = g_getenv ("RINGDOWN_LIBEXECDIR"); /* uninstalled use, see HACKING.md */
  g_autofree char *program = NULL;

  program = g_build_filename (libexecdir != NULL ? libexecdir : RD_LIBEXECDIR, "ringdown-agent", NULL);
  return g_spawn_async (NULL, (char *[]){ program, (char *) "--bus-name", (char *) bus_name, NULL }, NULL,
                        G_SPAWN_DEFAULT, NULL, NULL, NULL, error);
}

static void
on_start_service_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  if (reply == NULL && g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN))
    {
      g_clear_error (&error);
      spawn_agent (g_task_get_task_data (task), &error);
    }

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

void
rd_agent_start (GDBusConnection *connection, const char *bus_name, GCancellable *cancellable,
                GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_DBUS_CONNECTION (connection));
  g_return_if_fail (g_dbus_is_name (bus_name));

  task = g_task_new (connection, cancellable, callback, user_data);
  g_task_set_task_data (task, g_strdup (bus_name), g_free);
  g_dbus_connection_call (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                          "StartServiceByName", g_variant_new ("(su)", bus_name, 0), G_VARIANT_TYPE ("(u)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, cancellable, on_start_service_ready, g_steal_pointer (&task));
}

gboolean
rd_agent_start_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
