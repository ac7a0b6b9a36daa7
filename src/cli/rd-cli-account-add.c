/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rd-cli-account-options.h"
#include "rd-text.h"

/* `ringdown account add` and `account test`: the same settings, kept or only tried. */

#define MAX_TEXT 200

static gboolean
run_add (RdCli *cli, gpointer options, char **args, GError **error)
{
  g_autoptr (GVariant) settings = rd_cli_account_options_settle (options, cli, error);
  g_autoptr (GVariant) reply = NULL;
  g_autofree char *clean_id = NULL;
  const char *id;

  if (settings == NULL)
    return FALSE;
  reply = rd_cli_call (cli, RD_CLI_AGENT_PATH, RD_CLI_AGENT_INTERFACE, "AddAccount",
                       g_variant_new ("(@a{sv})", settings), G_VARIANT_TYPE ("(s)"), error);
  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(&s)", &id);
  clean_id = rd_text_clean (id, MAX_TEXT);
  rd_cli_print_line (_ ("Account %s was added; “ringdown status” says how its line is."), clean_id);
  return TRUE;
}

static gboolean
run_test (RdCli *cli, gpointer options, char **args, GError **error)
{
  g_autoptr (GVariant) settings = rd_cli_account_options_settle (options, cli, error);
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) steps = NULL;
  g_autofree char *problem = NULL;

  if (settings == NULL)
    return FALSE;
  reply = rd_cli_call (cli, RD_CLI_AGENT_PATH, RD_CLI_AGENT_INTERFACE, "TestAccount",
                       g_variant_new ("(@a{sv})", settings), G_VARIANT_TYPE ("(aa{sv}s)"), error);
  if (reply == NULL)
    return FALSE;
  steps = g_variant_get_child_value (reply, 0);
  for (gsize i = 0; i < g_variant_n_children (steps); i++)
    {
      g_autoptr (GVariant) step = g_variant_get_child_value (steps, i);
      const char *result = rd_cli_get_string (step, "result");
      gboolean failed = g_str_equal (result, "failed");
      g_autofree char *name = rd_text_for_step (rd_cli_get_string (step, "step"));

      if (failed && problem == NULL)
        problem = rd_text_for_fault (step);
      if (!g_str_equal (result, "skipped"))
        rd_cli_print_line ("%s  %s", failed ? "✗" : "✓", name);
    }
  if (problem == NULL)
    return TRUE;
  g_set_error_literal (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, problem);
  return FALSE;
}

const RdCliVerb rd_cli_verb_account_add = {
  .name = "account add",
  .params = "",
  .summary = N_ ("Add an account; asks for what is not given"),
  .description = N_ (
      "A password or token is never taken from the command line: from a file, from stdin, or asked for without echo."),
  .options = rd_cli_account_options,
  .options_size = sizeof (RdCliAccountOptions),
  .run = run_add,
};

const RdCliVerb rd_cli_verb_account_test = {
  .name = "account test",
  .params = "",
  .summary = N_ ("Try an account’s settings, step by step, without keeping them"),
  .options = rd_cli_account_options,
  .options_size = sizeof (RdCliAccountOptions),
  .run = run_test,
};
