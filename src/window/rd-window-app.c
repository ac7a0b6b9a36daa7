/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-window-app.h"

#include <glib/gi18n.h>

#include "rd-agent-start.h"
#include "rd-model.h"
#include "rd-platform.h"
#include "rd-settings.h"
#include "rd-window.h"

/* The application: its one window, its keys, and starting the agent when there is none. The window is shown before
 * the agent's objects are known. */

/* how long an agent may take to come up before the window says that it did not */
#define START_SECONDS 10

struct _RdWindowApp
{
  AdwApplication parent_instance;

  char *bus_name;
  RdModel *model;
  RdWindow *window; /* not owned */
  guint start_timeout;
  gboolean tried_start;
  char *settings; /* (nullable): the key file with the agent's settings */
  char *setup; /* (nullable): a set-up link or file's text that waits for the agent */
};

G_DEFINE_FINAL_TYPE (RdWindowApp, rd_window_app, ADW_TYPE_APPLICATION)

static const char *const accels[][3] = {
  { "win.new-call", "<Control>n", NULL },
  { "win.add-account", "<Control><Shift>n", NULL },
  { "win.page::calls", "<Alt>1", NULL },
  { "win.page::messages", "<Alt>2", NULL },
  { "win.page::people", "<Alt>3", NULL },
  { "win.page::payments", "<Alt>4", NULL },
  { "win.page::accounts", "<Alt>5", NULL },
  { "win.preferences('')", "<Control>comma", NULL },
  { "win.search", "<Control>f", NULL },
  { "win.quiet::toggle", "<Control>d", NULL },
  { "win.shortcuts", "<Control>question", "F1" },
  { "window.close", "<Control>w", "<Control>q" },
};

static const GOptionEntry options[] = {
  { "bus-name", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("The agent’s name on the session bus"), N_ ("NAME") },
  { "for-call", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("A call rings: do not take the focus"), NULL },
  { "page", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Page to show: calls, messages, people, payments or accounts"),
    N_ ("PAGE") },
  { "setup", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("A set-up link, or a set-up file’s text, to look at"), N_ ("TEXT") },
  { "settings", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("The file with the settings, of an agent that keeps its own"),
    N_ ("FILE") },
  { "account", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("The account of what is to be shown"), N_ ("ID") },
  { "conversation", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Conversation to show"), N_ ("ID") },
  { "invoice", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Invoice to show"), N_ ("ID") },
  { NULL },
};

static gboolean
on_start_timeout (gpointer user_data)
{
  RdWindowApp *self = user_data;

  self->start_timeout = 0;
  if (self->window != NULL && rd_model_get_state (self->model) != RD_MODEL_RUNNING)
    rd_window_set_starting (self->window, FALSE, _ ("It was started but did not come up."));
  return G_SOURCE_REMOVE;
}

static void
on_agent_start_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdWindowApp) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (rd_agent_start_finish (result, &error) || self->window == NULL)
    return;
  g_clear_handle_id (&self->start_timeout, g_source_remove);
  if (g_error_matches (error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT))
    sentence = g_strdup (_ ("Its program, ringdown-agent, is not installed."));
  else
    sentence = rd_dup_error_sentence (error);
  rd_window_set_starting (self->window, FALSE, sentence);
}

static void
start_agent (RdWindowApp *self)
{
  GDBusConnection *connection = g_application_get_dbus_connection (G_APPLICATION (self));

  if (self->window == NULL)
    return;
  if (connection == NULL)
    {
      rd_window_set_starting (self->window, FALSE, _ ("This session has no message bus (D-Bus)."));
      return;
    }
  rd_window_set_starting (self->window, TRUE, NULL);
  g_clear_handle_id (&self->start_timeout, g_source_remove);
  self->start_timeout = g_timeout_add_seconds (START_SECONDS, on_start_timeout, self);
  rd_agent_start (connection, self->bus_name, NULL, on_agent_start_ready, g_object_ref (self));
}

static void
on_start_agent_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  start_agent (RD_WINDOW_APP (user_data));
}

/* The agent ends because the user wants it: what is left of it is not to stand there and say that it is gone. */
static void
on_close_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RdWindowApp *self = RD_WINDOW_APP (user_data);

  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
}

/* A set-up link is read by the agent, once there is one. */
static void
show_setup (RdWindowApp *self)
{
  if (self->setup == NULL || self->window == NULL || rd_model_get_state (self->model) != RD_MODEL_RUNNING)
    return;
  rd_window_show_setup (self->window, self->setup);
  g_clear_pointer (&self->setup, g_free);
}

/* Who opens the window wants the telephone: an agent that is not there is started once, unasked. One that goes later
 * was stopped on purpose or crashed, so then the button waits. */
static void
on_model_state_changed (RdModel *model, GParamSpec *pspec, RdWindowApp *self)
{
  RdModelState state = rd_model_get_state (model);

  if (state == RD_MODEL_RUNNING)
    {
      self->tried_start = TRUE;
      g_clear_handle_id (&self->start_timeout, g_source_remove);
      show_setup (self);
    }
  else if (state == RD_MODEL_ABSENT && !self->tried_start)
    {
      self->tried_start = TRUE;
      start_agent (self);
    }
}

static void
ensure_window (RdWindowApp *self)
{
  g_autoptr (GSettings) settings = NULL;

  if (self->window != NULL)
    return;
  self->window = RD_WINDOW (rd_window_new (GTK_APPLICATION (self), self->model, NULL));
  gtk_window_set_icon_name (GTK_WINDOW (self->window), RD_APP_ID);
  settings = rd_settings_open (self->settings);
  if (settings != NULL)
    rd_window_set_settings (self->window, settings);
}

/* GApplication */

static int
rd_window_app_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  RdWindowApp *self = RD_WINDOW_APP (application);
  GVariantDict *dict = g_application_command_line_get_options_dict (command_line);
  const char *page = NULL;
  const char *setup = NULL;
  const char *account = NULL;
  const char *conversation = NULL;
  const char *invoice = NULL;

  g_variant_dict_lookup (dict, "page", "&s", &page);
  g_variant_dict_lookup (dict, "account", "&s", &account);
  g_variant_dict_lookup (dict, "conversation", "&s", &conversation);
  g_variant_dict_lookup (dict, "invoice", "&s", &invoice);
  if (self->settings == NULL)
    g_variant_dict_lookup (dict, "settings", "^ay", &self->settings);
  ensure_window (self);
  rd_window_show_page (self->window, page);
  if (account != NULL && conversation != NULL)
    rd_window_show_conversation (self->window, account, conversation);
  else if (account != NULL && invoice != NULL)
    rd_window_show_invoice (self->window, account, invoice);
  if (g_variant_dict_contains (dict, "for-call"))
    rd_window_show_for_call (self->window);
  else
    gtk_window_present (GTK_WINDOW (self->window));
  if (g_variant_dict_lookup (dict, "setup", "&s", &setup))
    {
      g_free (self->setup);
      self->setup = g_strdup (setup);
      show_setup (self);
    }
  return 0;
}

static void
rd_window_app_activate (GApplication *application)
{
  RdWindowApp *self = RD_WINDOW_APP (application);

  ensure_window (self);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
rd_window_app_startup (GApplication *application)
{
  RdWindowApp *self = RD_WINDOW_APP (application);
  const GActionEntry entries[] = {
    { "start-agent", on_start_agent_activated },
    { "close", on_close_activated },
  };
  gsize i;

  rd_window_init_resources ();
  G_APPLICATION_CLASS (rd_window_app_parent_class)->startup (application);

  gtk_window_set_default_icon_name (RD_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (i = 0; i < G_N_ELEMENTS (accels); i++)
    {
      const char *keys[] = { accels[i][1], accels[i][2], NULL };

      gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i][0], keys);
    }

  self->model = rd_model_new (g_application_get_dbus_connection (application), self->bus_name);
  g_signal_connect_object (self->model, "notify::state", G_CALLBACK (on_model_state_changed), self, 0);
}

static void
rd_window_app_shutdown (GApplication *application)
{
  RdWindowApp *self = RD_WINDOW_APP (application);

  g_clear_handle_id (&self->start_timeout, g_source_remove);
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  if (self->model != NULL)
    g_object_run_dispose (G_OBJECT (self->model));
  g_clear_object (&self->model);

  G_APPLICATION_CLASS (rd_window_app_parent_class)->shutdown (application);
}

/* GtkApplication */

static void
rd_window_app_window_removed (GtkApplication *application, GtkWindow *window)
{
  RdWindowApp *self = RD_WINDOW_APP (application);

  /* Not at its "destroy": a call under way may keep the object longer than the window. */
  if (window == (GtkWindow *) self->window)
    self->window = NULL;
  GTK_APPLICATION_CLASS (rd_window_app_parent_class)->window_removed (application, window);
}

/* GObject */

static void
rd_window_app_finalize (GObject *object)
{
  g_free (RD_WINDOW_APP (object)->bus_name);
  g_free (RD_WINDOW_APP (object)->settings);
  g_free (RD_WINDOW_APP (object)->setup);

  G_OBJECT_CLASS (rd_window_app_parent_class)->finalize (object);
}

static void
rd_window_app_class_init (RdWindowAppClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rd_window_app_finalize;
  application_class->startup = rd_window_app_startup;
  application_class->activate = rd_window_app_activate;
  application_class->command_line = rd_window_app_command_line;
  application_class->shutdown = rd_window_app_shutdown;
  GTK_APPLICATION_CLASS (klass)->window_removed = rd_window_app_window_removed;
}

static void
rd_window_app_init (RdWindowApp *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

AdwApplication *
rd_window_app_new (const char *agent_bus_name)
{
  g_autofree char *id = NULL;
  RdWindowApp *self;

  g_return_val_if_fail (g_dbus_is_name (agent_bus_name), NULL);

  id = g_strdup_printf ("%s.Window", agent_bus_name);
  self = g_object_new (RD_TYPE_WINDOW_APP, "application-id", id, "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", "/io/github/ringdown/Ringdown", NULL);
  self->bus_name = g_strdup (agent_bus_name);
  return ADW_APPLICATION (self);
}

char *
rd_window_app_parse_bus_name (int argc, char **argv)
{
  int i;

  /* The application's id must be known before GApplication parses anything. */
  for (i = 1; i < argc; i++)
    {
      if (g_str_has_prefix (argv[i], "--bus-name="))
        return g_strdup (argv[i] + strlen ("--bus-name="));
      if (g_strcmp0 (argv[i], "--bus-name") == 0 && i + 1 < argc)
        return g_strdup (argv[i + 1]);
    }
  return g_strdup (RD_APP_ID);
}
