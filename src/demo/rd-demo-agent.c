/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-agent.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

/* Starts, speaks to and ends the agent. Speaks plain D-Bus: this layer knows nothing of the rest of the program. */

#define AGENT_PATH "/io/github/ringdown/Ringdown/Agent"
#define AGENT_INTERFACE "io.github.ringdown.Agent1"
#define QUIT_STEP_SECONDS 3
#define CALL_TIMEOUT_MS 30000

enum
{
  SIGNAL_READY,
  SIGNAL_EXITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdDemoAgent
{
  GObject parent_instance;

  GDBusConnection *bus;
  char *bus_name;
  char *folder;
  GSubprocess *process;
  guint watch_id;
  guint quit_id;
  guint quit_step;
};

G_DEFINE_FINAL_TYPE (RdDemoAgent, rd_demo_agent, G_TYPE_OBJECT)

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

/* In the child: Ctrl-C is for the demo, which then ends the agent; and no agent outlives a demo that was killed. */
static void
set_up_child (gpointer user_data)
{
  setpgid (0, 0);
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static void
on_wait_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdDemoAgent) self = RD_DEMO_AGENT (user_data);
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error);
  g_clear_handle_id (&self->quit_id, g_source_remove);
  g_clear_handle_id (&self->watch_id, g_bus_unwatch_name);
  g_clear_object (&self->process);
  g_signal_emit (self, signals[SIGNAL_EXITED], 0, error != NULL ? error->message : NULL);
}

static void
on_name_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_READY], 0);
}

static void
on_add_account_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  char *id = NULL;

  if (reply == NULL)
    {
      g_dbus_error_strip_remote_error (error);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_variant_get (reply, "(s)", &id);
  g_task_return_pointer (task, id, g_free);
}

static void
call_agent (RdDemoAgent *self, const char *method, GVariant *parameters)
{
  g_dbus_connection_call (self->bus, self->bus_name, AGENT_PATH, AGENT_INTERFACE, method, parameters, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_TIMEOUT_MS, NULL, NULL, NULL);
}

static gboolean
on_quit_step (gpointer user_data)
{
  RdDemoAgent *self = RD_DEMO_AGENT (user_data);

  if (self->process != NULL)
    g_subprocess_send_signal (self->process, self->quit_step++ == 0 ? SIGTERM : SIGKILL);
  return G_SOURCE_CONTINUE;
}

static char *
find_agent (void)
{
  const char *folder = g_getenv ("RINGDOWN_LIBEXECDIR");

  return g_build_filename (folder != NULL ? folder : RD_LIBEXECDIR, "ringdown-agent", NULL);
}

/* GObject */

static void
rd_demo_agent_dispose (GObject *object)
{
  RdDemoAgent *self = RD_DEMO_AGENT (object);

  g_clear_handle_id (&self->quit_id, g_source_remove);
  g_clear_handle_id (&self->watch_id, g_bus_unwatch_name);
  if (self->process != NULL)
    g_subprocess_force_exit (self->process);
  g_clear_object (&self->process);
  g_clear_object (&self->bus);
  if (self->folder != NULL)
    remove_tree (self->folder);
  g_clear_pointer (&self->folder, g_free);
  G_OBJECT_CLASS (rd_demo_agent_parent_class)->dispose (object);
}

static void
rd_demo_agent_finalize (GObject *object)
{
  RdDemoAgent *self = RD_DEMO_AGENT (object);

  g_clear_pointer (&self->bus_name, g_free);
  G_OBJECT_CLASS (rd_demo_agent_parent_class)->finalize (object);
}

static void
rd_demo_agent_class_init (RdDemoAgentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rd_demo_agent_dispose;
  object_class->finalize = rd_demo_agent_finalize;

  signals[SIGNAL_READY] = g_signal_new ("ready", RD_TYPE_DEMO_AGENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
  signals[SIGNAL_EXITED] = g_signal_new ("exited", RD_TYPE_DEMO_AGENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rd_demo_agent_init (RdDemoAgent *self)
{
}

RdDemoAgent *
rd_demo_agent_new (GDBusConnection *bus, const char *bus_name)
{
  RdDemoAgent *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (bus), NULL);
  g_return_val_if_fail (g_dbus_is_name (bus_name), NULL);

  self = g_object_new (RD_TYPE_DEMO_AGENT, NULL);
  self->bus = g_object_ref (bus);
  self->bus_name = g_strdup (bus_name);
  return self;
}

gboolean
rd_demo_agent_start (RdDemoAgent *self, const char *const *arguments, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (RD_IS_DEMO_AGENT (self), FALSE);
  g_return_val_if_fail (self->folder == NULL, FALSE);

  self->folder = g_dir_make_tmp ("ringdown-demo-XXXXXX", error);
  if (self->folder == NULL)
    return FALSE;
  g_ptr_array_add (argv, find_agent ());
  g_ptr_array_add (argv, g_strdup ("--bus-name"));
  g_ptr_array_add (argv, g_strdup (self->bus_name));
  g_ptr_array_add (argv, g_strdup ("--config-dir"));
  g_ptr_array_add (argv, g_build_filename (self->folder, "config", NULL));
  g_ptr_array_add (argv, g_strdup ("--data-dir"));
  g_ptr_array_add (argv, g_build_filename (self->folder, "data", NULL));
  g_ptr_array_add (argv, g_strdup ("--secrets"));
  g_ptr_array_add (argv, g_strdup ("memory"));
  for (guint i = 0; arguments != NULL && arguments[i] != NULL; i++)
    g_ptr_array_add (argv, g_strdup (arguments[i]));
  g_ptr_array_add (argv, NULL);

  g_subprocess_launcher_setenv (launcher, "GSETTINGS_BACKEND", "memory", TRUE);
  g_subprocess_launcher_set_child_setup (launcher, set_up_child, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, error);
  if (self->process == NULL)
    return FALSE;
  g_subprocess_wait_check_async (self->process, NULL, on_wait_ready, g_object_ref (self));
  self->watch_id = g_bus_watch_name_on_connection (self->bus, self->bus_name, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                   on_name_appeared, NULL, self, NULL);
  return TRUE;
}

void
rd_demo_agent_add_account_async (RdDemoAgent *self, GVariant *settings, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_return_if_fail (RD_IS_DEMO_AGENT (self));
  g_return_if_fail (g_variant_is_of_type (settings, G_VARIANT_TYPE_VARDICT));

  g_task_set_source_tag (task, rd_demo_agent_add_account_async);
  g_dbus_connection_call (self->bus, self->bus_name, AGENT_PATH, AGENT_INTERFACE, "AddAccount",
                          g_variant_new ("(@a{sv})", settings), G_VARIANT_TYPE ("(s)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_TIMEOUT_MS, NULL, on_add_account_ready,
                          g_steal_pointer (&task));
}

char *
rd_demo_agent_add_account_finish (RdDemoAgent *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rd_demo_agent_open_window (RdDemoAgent *self)
{
  g_return_if_fail (RD_IS_DEMO_AGENT (self));

  call_agent (self, "OpenWindow",
              g_variant_new ("(s@a{sv})", "", g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0)));
}

void
rd_demo_agent_quit (RdDemoAgent *self)
{
  g_return_if_fail (RD_IS_DEMO_AGENT (self));

  if (self->process == NULL || self->quit_id != 0)
    return;
  call_agent (self, "Quit", NULL);
  self->quit_id = g_timeout_add_seconds (QUIT_STEP_SECONDS, on_quit_step, self);
}
