/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-bus.h"

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

/* Finds the session's bus or starts one. */

struct _RdDemoBus
{
  GObject parent_instance;

  GDBusConnection *connection;
  GSubprocess *daemon;
  char *address;
};

G_DEFINE_FINAL_TYPE (RdDemoBus, rd_demo_bus, G_TYPE_OBJECT)

static gboolean
has_session_bus (void)
{
  g_autofree char *socket = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  return g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL || g_file_test (socket, G_FILE_TEST_EXISTS);
}

static void
set_up_child (gpointer user_data)
{
  setpgid (0, 0);
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static gboolean
start_daemon (RdDemoBus *self, GError **error)
{
  /* What it says is of no use on the demo's terminal, nor is what the services say that it starts. */
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GDataInputStream) output = NULL;

  g_subprocess_launcher_set_child_setup (launcher, set_up_child, NULL, NULL);
  self->daemon =
      g_subprocess_launcher_spawn (launcher, error, "dbus-daemon", "--session", "--nofork", "--print-address", NULL);
  if (self->daemon == NULL)
    return FALSE;
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->daemon));
  self->address = g_data_input_stream_read_line (output, NULL, NULL, error);
  if (self->address == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no bus could be started (dbus-daemon said no address)");
      return FALSE;
    }
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", self->address, TRUE);
  return TRUE;
}

/* GObject */

static void
rd_demo_bus_dispose (GObject *object)
{
  RdDemoBus *self = RD_DEMO_BUS (object);

  if (self->connection != NULL)
    g_dbus_connection_set_exit_on_close (self->connection, FALSE);
  g_clear_object (&self->connection);
  if (self->daemon != NULL)
    g_subprocess_send_signal (self->daemon, SIGTERM);
  g_clear_object (&self->daemon);
  g_clear_pointer (&self->address, g_free);
  G_OBJECT_CLASS (rd_demo_bus_parent_class)->dispose (object);
}

static void
rd_demo_bus_class_init (RdDemoBusClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rd_demo_bus_dispose;
}

static void
rd_demo_bus_init (RdDemoBus *self)
{
}

RdDemoBus *
rd_demo_bus_new (void)
{
  return g_object_new (RD_TYPE_DEMO_BUS, NULL);
}

gboolean
rd_demo_bus_open (RdDemoBus *self, GError **error)
{
  g_return_val_if_fail (RD_IS_DEMO_BUS (self), FALSE);

  if (!has_session_bus () && !start_daemon (self, error))
    return FALSE;
  if (self->address == NULL)
    self->address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, error);
  self->connection = self->address != NULL ? g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, error) : NULL;
  if (self->connection == NULL)
    return FALSE;
  g_dbus_connection_set_exit_on_close (self->connection, FALSE);
  return TRUE;
}

GDBusConnection *
rd_demo_bus_get_connection (RdDemoBus *self)
{
  g_return_val_if_fail (RD_IS_DEMO_BUS (self), NULL);

  return self->connection;
}

gboolean
rd_demo_bus_is_private (RdDemoBus *self)
{
  g_return_val_if_fail (RD_IS_DEMO_BUS (self), FALSE);

  return self->daemon != NULL;
}

char *
rd_demo_bus_dup_address (RdDemoBus *self)
{
  g_return_val_if_fail (RD_IS_DEMO_BUS (self), NULL);

  return g_strdup (self->address);
}

gboolean
rd_demo_bus_has_name (RdDemoBus *self, const char *name)
{
  g_autoptr (GVariant) reply = NULL;
  gboolean owned = FALSE;

  g_return_val_if_fail (RD_IS_DEMO_BUS (self), FALSE);

  reply = g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "NameHasOwner", g_variant_new ("(s)", name),
                                       G_VARIANT_TYPE ("(b)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  if (reply != NULL)
    g_variant_get (reply, "(b)", &owned);
  return owned;
}

void
rd_demo_bus_end_owner (RdDemoBus *self, const char *name)
{
  g_autoptr (GVariant) reply = NULL;
  guint32 pid = 0;

  g_return_if_fail (RD_IS_DEMO_BUS (self));

  reply = g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                                       g_variant_new ("(s)", name), G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1,
                                       NULL, NULL);
  if (reply != NULL)
    g_variant_get (reply, "(u)", &pid);
  if (pid > 1 && pid <= G_MAXINT32)
    kill ((pid_t) pid, SIGTERM);
}
