/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include <errno.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "rd-cli-account-options.h"

/* The verbs that stand for another program: the window, the agent, the demo. */

char *
rd_cli_get_program (const char *name)
{
  const char *folder = g_getenv ("RINGDOWN_LIBEXECDIR");

  return g_build_filename (folder != NULL && *folder != '\0' ? folder : RD_LIBEXECDIR, name, NULL);
}

static gboolean
become_program (GPtrArray *argv, GError **error)
{
  const char *program = g_ptr_array_index (argv, 0);

  g_ptr_array_add (argv, NULL);
  execv (program, (char **) argv->pdata);
  g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, "%s: %s", program, g_strerror (errno));
  return FALSE;
}

/* With the bus name that was asked for, and the verb's own arguments. */
static gboolean
run_program (RdCli *cli, const char *name, char **args, GError **error)
{
  g_autofree char *program = rd_cli_get_program (name);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();

  g_ptr_array_add (argv, program);
  if (cli->bus_name_given)
    {
      g_ptr_array_add (argv, (gpointer) "--bus-name");
      g_ptr_array_add (argv, cli->bus_name);
    }
  for (guint i = 0; args[i] != NULL; i++)
    g_ptr_array_add (argv, args[i]);
  return become_program (argv, error);
}

static gboolean
run_agent (RdCli *cli, gpointer options, char **args, GError **error)
{
  return run_program (cli, "ringdown-agent", args, error);
}

/* Where none was asked for, the demo has a bus name of its own. */
static gboolean
run_demo (RdCli *cli, gpointer options, char **args, GError **error)
{
  return run_program (cli, "ringdown-demo", args, error);
}

static gboolean
run_quit (RdCli *cli, gpointer options, char **args, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (rd_cli_do (cli, RD_CLI_AGENT_PATH, RD_CLI_AGENT_INTERFACE, "Quit", NULL, &local_error))
    return rd_cli_await_agent_end (cli, error);
  if (g_error_matches (local_error, RD_CLI_ERROR, RD_CLI_ERROR_NOT_RUNNING))
    {
      rd_cli_print_line ("%s", local_error->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* @setup: (nullable) */
static gboolean
open_window (RdCli *cli, const char *setup, GError **error)
{
  const char *token = g_getenv ("XDG_ACTIVATION_TOKEN");
  GVariantBuilder options;

  if (!rd_cli_start_agent (cli, error))
    return FALSE;
  if (token == NULL)
    token = g_getenv ("DESKTOP_STARTUP_ID");
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  if (token != NULL && g_utf8_validate (token, -1, NULL))
    g_variant_builder_add (&options, "{sv}", "activation-token", g_variant_new_string (token));
  if (setup != NULL)
    g_variant_builder_add (&options, "{sv}", "setup", g_variant_new_string (setup));
  return rd_cli_do (cli, RD_CLI_AGENT_PATH, RD_CLI_AGENT_INTERFACE, "OpenWindow",
                    g_variant_new ("(sa{sv})", "", &options), error);
}

gboolean
rd_cli_open_window (RdCli *cli, GError **error)
{
  return open_window (cli, NULL, error);
}

gboolean
rd_cli_is_setup (const char *arg)
{
  return g_ascii_strncasecmp (arg, "ringdown:", strlen ("ringdown:")) == 0
         || g_ascii_strncasecmp (arg, "file:", strlen ("file:")) == 0 || g_str_has_suffix (arg, ".ringdown");
}

gboolean
rd_cli_open_setup (RdCli *cli, const char *given, GError **error)
{
  g_autofree char *text = rd_cli_account_read_setup (given, error);

  return text != NULL && open_window (cli, text, error);
}

const RdCliVerb rd_cli_verb_agent = {
  .name = "agent",
  .params = N_ ("[OPTION…]"),
  .summary = N_ ("Run the agent in the foreground"),
  .raw = TRUE,
  .run = run_agent,
};

const RdCliVerb rd_cli_verb_demo = {
  .name = "demo",
  .params = N_ ("[OPTION…]"),
  .summary = N_ ("Run the demo: its own server and sites, and calls that ring"),
  .raw = TRUE,
  .run = run_demo,
};

const RdCliVerb rd_cli_verb_quit = {
  .name = "quit",
  .params = "",
  .summary = N_ ("End the agent"),
  .run = run_quit,
};
