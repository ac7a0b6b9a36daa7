/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-agent-app.h"

#include <glib-unix.h>

#include "rd-agent.h"

/* The agent as a program. It is a service: it stays until it is told to go, and whoever activates it, by a click on its
 * icon or by D-Bus, gets the window. */

#define WRITE_DEADLINE_MS 1000
#define NOTIFIER_DEADLINE_MS 1000

struct _RdAgentApp
{
  GApplication parent_instance;

  char *libexec_dir;
  RdAgentOptions options; /* strings owned by @values */
  GVariantDict *values;
  RdAgent *agent;
  char *activation_token;
  guint term;
  guint interrupt;
  guint deadline;
  gboolean quitting;
};

G_DEFINE_FINAL_TYPE (RdAgentApp, rd_agent_app, G_TYPE_APPLICATION)

static const GOptionEntry entries[] = {
  { "verbose", 'v', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, "Log what happens", NULL },
  { "version", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, "Print the version and exit", NULL },
  { "bus-name", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, NULL, "Own this name on the session bus", "NAME" },
  { "config-dir", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, NULL, "Keep the accounts here", "DIR" },
  { "data-dir", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, NULL, "Look for profiles here", "DIR" },
  { "secrets", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, NULL, "Keep tokens in keyring, memory or file", "WHERE" },
  { "sink", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, NULL, "Ring through this GStreamer sink", "GST" },
  { "no-window", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, "Never open a window", NULL },
  { NULL },
};

static gboolean
quit_when_written (gpointer user_data)
{
  RdAgentApp *self = RD_AGENT_APP (user_data);

  if (self->agent != NULL && rd_agent_is_writing (self->agent) && self->deadline != 0)
    return G_SOURCE_CONTINUE;
  g_application_quit (G_APPLICATION (self));
  return G_SOURCE_REMOVE;
}

static gboolean
on_write_deadline (gpointer user_data)
{
  RdAgentApp *self = RD_AGENT_APP (user_data);

  self->deadline = 0;
  return G_SOURCE_REMOVE;
}

static void
begin_quit (RdAgentApp *self)
{
  if (self->quitting)
    return;
  self->quitting = TRUE;
  if (self->agent != NULL)
    rd_agent_stop (self->agent);
  self->deadline = g_timeout_add (WRITE_DEADLINE_MS, on_write_deadline, self);
  /* Below the priority of what the lines still have to send. */
  g_timeout_add_full (G_PRIORITY_LOW, 10, quit_when_written, g_object_ref (self), g_object_unref);
}

static gboolean
on_unix_signal (gpointer user_data)
{
  begin_quit (RD_AGENT_APP (user_data));
  return G_SOURCE_CONTINUE;
}

static void
on_agent_quit (RdAgent *agent, RdAgentApp *self)
{
  begin_quit (self);
}

static const char *
value_of (RdAgentApp *self, const char *name)
{
  const char *value = NULL;

  /* File names come as byte strings. */
  if (!g_variant_dict_lookup (self->values, name, "&s", &value))
    g_variant_dict_lookup (self->values, name, "^&ay", &value);
  return value;
}

static gboolean
is_secrets_place (const char *text)
{
  return text == NULL || g_str_equal (text, "keyring") || g_str_equal (text, "memory") || g_str_equal (text, "file");
}

static void
set_verbose (void)
{
  const char *domains = g_getenv ("G_MESSAGES_DEBUG");

  if (domains == NULL || *domains == '\0')
    g_setenv ("G_MESSAGES_DEBUG", "rd-agent rd-site rd-phone rd-desktop rd-store channels", TRUE);
}

/*
 * GApplication
 */
static int
rd_agent_app_handle_local_options (GApplication *app, GVariantDict *values)
{
  RdAgentApp *self = RD_AGENT_APP (app);

  if (g_variant_dict_contains (values, "version"))
    {
      g_print ("ringdown-agent %s\n", RD_VERSION);
      return 0;
    }
  self->values = g_variant_dict_ref (values);
  if (g_variant_dict_contains (values, "verbose"))
    set_verbose ();
  self->options.bus_name = value_of (self, "bus-name");
  if (self->options.bus_name == NULL)
    self->options.bus_name = RD_APP_ID;
  self->options.config_dir = value_of (self, "config-dir");
  self->options.data_dir = value_of (self, "data-dir");
  self->options.secrets = value_of (self, "secrets");
  self->options.sink = value_of (self, "sink");
  self->options.no_window = g_variant_dict_contains (values, "no-window");
  self->options.libexec_dir = self->libexec_dir;
  if (!g_application_id_is_valid (self->options.bus_name) || !is_secrets_place (self->options.secrets))
    {
      g_printerr ("ringdown-agent: --bus-name or --secrets: not a possible value\n");
      return 2;
    }
  g_application_set_application_id (app, self->options.bus_name);
  return -1;
}

/* Without a session bus there is nobody to be an agent for: startup() ends it, and the shell is told. */
static gboolean
rd_agent_app_local_command_line (GApplication *app, char ***arguments, int *exit_status)
{
  gboolean handled = G_APPLICATION_CLASS (rd_agent_app_parent_class)->local_command_line (app, arguments, exit_status);

  if (g_application_get_is_registered (app) && RD_AGENT_APP (app)->agent == NULL)
    *exit_status = 1;
  return handled;
}

static gboolean
rd_agent_app_dbus_register (GApplication *app, GDBusConnection *connection, const char *object_path, GError **error)
{
  RdAgentApp *self = RD_AGENT_APP (app);

  if (!G_APPLICATION_CLASS (rd_agent_app_parent_class)->dbus_register (app, connection, object_path, error))
    return FALSE;
  self->agent = rd_agent_new (&self->options, connection);
  g_signal_connect_object (self->agent, "quit", G_CALLBACK (on_agent_quit), self, 0);
  return TRUE;
}

static void
rd_agent_app_startup (GApplication *app)
{
  RdAgentApp *self = RD_AGENT_APP (app);

  G_APPLICATION_CLASS (rd_agent_app_parent_class)->startup (app);
  g_application_hold (app);
  self->term = g_unix_signal_add (SIGTERM, on_unix_signal, self);
  self->interrupt = g_unix_signal_add (SIGINT, on_unix_signal, self);
  if (self->agent != NULL)
    rd_agent_start (self->agent);
  else
    {
      g_printerr ("ringdown-agent: no session bus\n");
      begin_quit (self);
    }
}

static void
rd_agent_app_before_emit (GApplication *app, GVariant *platform_data)
{
  RdAgentApp *self = RD_AGENT_APP (app);
  const char *token = NULL;

  G_APPLICATION_CLASS (rd_agent_app_parent_class)->before_emit (app, platform_data);
  if (!g_variant_lookup (platform_data, "activation-token", "&s", &token))
    g_variant_lookup (platform_data, "desktop-startup-id", "&s", &token);
  g_clear_pointer (&self->activation_token, g_free);
  self->activation_token = g_strdup (token);
}

static void
rd_agent_app_activate (GApplication *app)
{
  RdAgentApp *self = RD_AGENT_APP (app);
  g_autofree char *token = g_steal_pointer (&self->activation_token);

  if (self->agent != NULL && !self->quitting)
    rd_agent_open_window (self->agent, token);
}

/* A set-up link, or a set-up file: one at a time, as somebody clicks on it. */
static void
rd_agent_app_open (GApplication *app, GFile **files, int n_files, const char *hint)
{
  RdAgentApp *self = RD_AGENT_APP (app);
  g_autofree char *token = g_steal_pointer (&self->activation_token);

  if (self->agent != NULL && !self->quitting && n_files > 0)
    rd_agent_open_setup (self->agent, files[0], token);
}

static void
rd_agent_app_shutdown (GApplication *app)
{
  RdAgentApp *self = RD_AGENT_APP (app);

  g_clear_handle_id (&self->term, g_source_remove);
  g_clear_handle_id (&self->interrupt, g_source_remove);
  g_clear_handle_id (&self->deadline, g_source_remove);
  if (self->agent != NULL)
    rd_agent_shut_down (self->agent, NOTIFIER_DEADLINE_MS);
  g_clear_object (&self->agent);

  G_APPLICATION_CLASS (rd_agent_app_parent_class)->shutdown (app);
}

/*
 * GObject
 */
static void
rd_agent_app_finalize (GObject *object)
{
  RdAgentApp *self = RD_AGENT_APP (object);

  g_clear_object (&self->agent);
  g_clear_pointer (&self->values, g_variant_dict_unref);
  g_free (self->libexec_dir);
  g_free (self->activation_token);

  G_OBJECT_CLASS (rd_agent_app_parent_class)->finalize (object);
}

static void
rd_agent_app_class_init (RdAgentAppClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *app_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = rd_agent_app_finalize;

  app_class->handle_local_options = rd_agent_app_handle_local_options;
  app_class->local_command_line = rd_agent_app_local_command_line;
  app_class->dbus_register = rd_agent_app_dbus_register;
  app_class->startup = rd_agent_app_startup;
  app_class->before_emit = rd_agent_app_before_emit;
  app_class->activate = rd_agent_app_activate;
  app_class->open = rd_agent_app_open;
  app_class->shutdown = rd_agent_app_shutdown;
}

static void
rd_agent_app_init (RdAgentApp *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), entries);
}

RdAgentApp *
rd_agent_app_new (const char *libexec_dir)
{
  RdAgentApp *self;

  g_return_val_if_fail (libexec_dir != NULL, NULL);

  self = g_object_new (RD_TYPE_AGENT_APP, "flags", G_APPLICATION_IS_SERVICE | G_APPLICATION_HANDLES_OPEN,
                       NULL);
  self->libexec_dir = g_strdup (libexec_dir);
  return self;
}
