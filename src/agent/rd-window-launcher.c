/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-window-launcher.h"

#include <signal.h>

#include "rd-fault.h"

/* Starts the window's program. Whether a window is open is read off the bus, where the window owns a name of its own:
 * somebody else may have started it, or it may have crashed. */

struct _RdWindowLauncher
{
  GObject parent_instance;

  GDBusConnection *connection;
  char *bus_name;
  char *libexec_dir;
  char *settings; /* (nullable) */
  gboolean enabled;
  guint watch;
  gboolean on_bus;
  GSubprocess *starting; /* (nullable): until it is on the bus or gone */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (RdWindowLauncher, rd_window_launcher, G_TYPE_OBJECT)

static void
on_window_appeared (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  RdWindowLauncher *self = RD_WINDOW_LAUNCHER (user_data);

  self->on_bus = TRUE;
  g_clear_object (&self->starting);
}

static void
on_window_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  RD_WINDOW_LAUNCHER (user_data)->on_bus = FALSE;
}

/* In one argument: what strangers named is never taken for an option. */
static void
add_option (GStrvBuilder *argv, const char *name, const char *value)
{
  g_autofree char *option = value != NULL && *value != '\0' ? g_strdup_printf ("--%s=%s", name, value) : NULL;

  if (option != NULL)
    g_strv_builder_add (argv, option);
}

static char **
build_argv (RdWindowLauncher *self, const RdWindowView *view, gboolean for_call)
{
  g_autofree char *program = g_build_filename (self->libexec_dir, "ringdown-window", NULL);
  g_autoptr (GStrvBuilder) argv = g_strv_builder_new ();

  g_strv_builder_add_many (argv, program, "--bus-name", self->bus_name, NULL);
  if (view->page != NULL && *view->page != '\0')
    g_strv_builder_add_many (argv, "--page", view->page, NULL);
  add_option (argv, "account", view->account);
  add_option (argv, "conversation", view->conversation);
  add_option (argv, "invoice", view->invoice);
  add_option (argv, "setup", view->setup);
  add_option (argv, "settings", self->settings);
  if (for_call)
    g_strv_builder_add (argv, "--for-call");
  return g_strv_builder_end (argv);
}

/* One start of the program, until that has ended. */
typedef struct
{
  RdWindowLauncher *launcher;
  char **argv;
  char *activation_token; /* (nullable) */
  gboolean handed_over;   /* to a window that was on the bus */
} Start;

static void
start_free (Start *start)
{
  g_object_unref (start->launcher);
  g_strfreev (start->argv);
  g_free (start->activation_token);
  g_free (start);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Start, start_free)

static GSubprocess *
spawn (const Start *start, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);

  if (start->activation_token != NULL)
    {
      g_subprocess_launcher_setenv (launcher, "XDG_ACTIVATION_TOKEN", start->activation_token, TRUE);
      g_subprocess_launcher_setenv (launcher, "DESKTOP_STARTUP_ID", start->activation_token, TRUE);
    }
  else
    {
      /* The token that the agent itself was started with is used up. */
      g_subprocess_launcher_unsetenv (launcher, "XDG_ACTIVATION_TOKEN");
      g_subprocess_launcher_unsetenv (launcher, "DESKTOP_STARTUP_ID");
    }
  return g_subprocess_launcher_spawnv (launcher, (const char * const *) start->argv, error);
}

/* @start: (transfer full) */
static gboolean
begin (Start *start, GAsyncReadyCallback on_exited, GError **error)
{
  RdWindowLauncher *self = start->launcher;
  g_autoptr (GSubprocess) process = spawn (start, error);

  if (process == NULL)
    {
      start_free (start);
      return FALSE;
    }
  if (!start->handed_over)
    g_set_object (&self->starting, process);
  g_subprocess_wait_check_async (process, self->cancellable, on_exited, start);
  return TRUE;
}

static void
on_window_exited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Start) start = user_data;
  RdWindowLauncher *self = start->launcher;
  g_autoptr (GError) error = NULL;
  gboolean good = g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error);

  if (self->starting == G_SUBPROCESS (source))
    g_clear_object (&self->starting);
  if (good || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!start->handed_over)
    {
      g_warning ("The window: %s", error->message);
      return;
    }
  g_clear_error (&error);
  /* The one that it was handed to was closing, and has taken no notice. */
  start->handed_over = FALSE;
  if (!begin (g_steal_pointer (&start), on_window_exited, &error))
    g_warning ("The window: %s", error->message);
}

static gboolean
launch (RdWindowLauncher *self, const RdWindowView *view, gboolean for_call, const char *activation_token,
        GError **error)
{
  g_autoptr (GError) local = NULL;
  Start *start;

  if (!self->enabled)
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_UNSUPPORTED, NULL, 0, NULL, "window"));
      return FALSE;
    }
  start = g_new0 (Start, 1);
  start->launcher = g_object_ref (self);
  start->argv = build_argv (self, view, for_call);
  start->activation_token = g_strdup (activation_token);
  start->handed_over = self->on_bus;
  if (begin (start, on_window_exited, &local))
    return TRUE;
  g_propagate_error (error, rd_fault_new (RD_FAULT_INTERNAL, NULL, 0, local->message, "window"));
  return FALSE;
}

/*
 * GObject
 */
static void
rd_window_launcher_dispose (GObject *object)
{
  RdWindowLauncher *self = RD_WINDOW_LAUNCHER (object);

  g_clear_handle_id (&self->watch, g_bus_unwatch_name);
  g_clear_object (&self->starting);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (rd_window_launcher_parent_class)->dispose (object);
}

static void
rd_window_launcher_finalize (GObject *object)
{
  RdWindowLauncher *self = RD_WINDOW_LAUNCHER (object);

  g_clear_object (&self->connection);
  g_free (self->bus_name);
  g_free (self->libexec_dir);
  g_free (self->settings);

  G_OBJECT_CLASS (rd_window_launcher_parent_class)->finalize (object);
}

static void
rd_window_launcher_class_init (RdWindowLauncherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rd_window_launcher_dispose;
  object_class->finalize = rd_window_launcher_finalize;
}

static void
rd_window_launcher_init (RdWindowLauncher *self)
{
  self->cancellable = g_cancellable_new ();
}

RdWindowLauncher *
rd_window_launcher_new (GDBusConnection *connection, const char *bus_name, const char *libexec_dir, gboolean enabled)
{
  RdWindowLauncher *self;
  g_autofree char *window_name = NULL;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (bus_name != NULL, NULL);
  g_return_val_if_fail (libexec_dir != NULL, NULL);

  self = g_object_new (RD_TYPE_WINDOW_LAUNCHER, NULL);
  self->connection = g_object_ref (connection);
  self->bus_name = g_strdup (bus_name);
  self->libexec_dir = g_strdup (libexec_dir);
  self->enabled = enabled;
  window_name = g_strconcat (bus_name, ".Window", NULL);
  /* The watch goes with the object: dispose() ends it. */
  self->watch = g_bus_watch_name_on_connection (connection, window_name, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                on_window_appeared, on_window_vanished, self, NULL);
  return self;
}

void
rd_window_launcher_set_settings (RdWindowLauncher *self, const char *file)
{
  g_return_if_fail (RD_IS_WINDOW_LAUNCHER (self));

  g_free (self->settings);
  self->settings = g_strdup (file);
}

gboolean
rd_window_launcher_open (RdWindowLauncher *self, const char *page, const char *activation_token, GError **error)
{
  const RdWindowView view = { .page = page };

  g_return_val_if_fail (RD_IS_WINDOW_LAUNCHER (self), FALSE);

  return launch (self, &view, FALSE, activation_token, error);
}

gboolean
rd_window_launcher_open_view (RdWindowLauncher    *self,
                              const RdWindowView  *view,
                              const char          *activation_token,
                              GError             **error)
{
  g_return_val_if_fail (RD_IS_WINDOW_LAUNCHER (self), FALSE);
  g_return_val_if_fail (view != NULL, FALSE);

  return launch (self, view, FALSE, activation_token, error);
}

gboolean
rd_window_launcher_open_for_call (RdWindowLauncher *self, GError **error)
{
  static const RdWindowView calls = { .page = "calls" };

  g_return_val_if_fail (RD_IS_WINDOW_LAUNCHER (self), FALSE);

  return launch (self, &calls, TRUE, NULL, error);
}

void
rd_window_launcher_close (RdWindowLauncher *self)
{
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (RD_IS_WINDOW_LAUNCHER (self));

  if (!self->on_bus)
    {
      if (self->starting != NULL)
        g_subprocess_send_signal (self->starting, SIGTERM);
      return;
    }
  name = g_strconcat (self->bus_name, ".Window", NULL);
  path = g_strconcat ("/", name, NULL);
  g_strdelimit (g_strdelimit (path, ".", '/'), "-", '_');
  g_dbus_connection_call (self->connection, name, path, "org.freedesktop.Application", "ActivateAction",
                          g_variant_new ("(s@av@a{sv})", "close", g_variant_new_array (G_VARIANT_TYPE_VARIANT, NULL, 0),
                                         g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0)),
                          NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

gboolean
rd_window_launcher_get_enabled (RdWindowLauncher *self)
{
  g_return_val_if_fail (RD_IS_WINDOW_LAUNCHER (self), FALSE);

  return self->enabled;
}

gboolean
rd_window_launcher_is_open (RdWindowLauncher *self)
{
  g_return_val_if_fail (RD_IS_WINDOW_LAUNCHER (self), FALSE);

  return self->on_bus || self->starting != NULL;
}
