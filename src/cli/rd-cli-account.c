/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rd-cli-private.h"
#include "rd-text.h"

/* `ringdown account …`, but for "add", which has a file of its own. */

#define MAX_TEXT 200

typedef struct
{
  gboolean json;
} ListOptions;

typedef struct
{
  char *token_file;
  char *refresh_token_file;
} TokenOptions;

GPtrArray *
rd_cli_dup_accounts (RdCli *cli, GError **error)
{
  g_autoptr (GVariant) objects = rd_cli_start_agent (cli, error) ? rd_cli_dup_objects (cli, error) : NULL;

  return objects != NULL ? rd_cli_list_objects (objects, RD_CLI_ACCOUNT_INTERFACE) : NULL;
}

static void
print_json (GPtrArray *accounts)
{
  static const char *const members[][2] = {
    { "id", "Id" },          { "name", "Name" },   { "site", "Site" },     { "profile", "Profile" },
    { "user_id", "UserId" }, { "state", "State" }, { "reason", "Reason" },
  };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "accounts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < accounts->len; i++)
    {
      RdCliObject *account = g_ptr_array_index (accounts, i);

      json_builder_begin_object (builder);
      for (guint j = 0; j < G_N_ELEMENTS (members); j++)
        rd_cli_add_string (builder, members[j][0], rd_cli_get_string (account->properties, members[j][1]));
      json_builder_set_member_name (builder, "can_call");
      json_builder_add_boolean_value (builder, rd_cli_get_boolean (account->properties, "CanCall"));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  rd_cli_print_json (root);
}

static void
print_table (GPtrArray *accounts)
{
  static const char *const columns[] = { "Id", "Name", "Profile", "Site", "UserId" };
  guint widths[G_N_ELEMENTS (columns)] = { 0 };

  for (int pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < accounts->len; i++)
        {
          RdCliObject *account = g_ptr_array_index (accounts, i);
          g_autofree char *link = rd_text_for_link (rd_cli_get_string (account->properties, "State"));
          g_autoptr (GString) line = g_string_new (NULL);

          for (guint j = 0; j < G_N_ELEMENTS (columns); j++)
            {
              g_autofree char *text = rd_text_clean (rd_cli_get_string (account->properties, columns[j]), MAX_TEXT);
              g_autofree char *padded = NULL;

              widths[j] = MAX (widths[j], rd_cli_get_width (text));
              padded = rd_cli_pad (text, widths[j]);
              g_string_append_printf (line, "%s  ", padded);
            }
          if (pass == 1)
            rd_cli_print_line ("%s%s", line->str, link);
        }
    }
}

static gboolean
run_list (RdCli *cli, gpointer options, char **args, GError **error)
{
  ListOptions *self = options;
  g_autoptr (GPtrArray) accounts = rd_cli_dup_accounts (cli, error);

  if (accounts == NULL)
    return FALSE;
  if (self->json)
    print_json (accounts);
  else if (accounts->len == 0)
    rd_cli_print_line ("%s", _ ("There is no account yet: try “ringdown account add”."));
  else
    print_table (accounts);
  return TRUE;
}

static gboolean
run_remove (RdCli *cli, gpointer options, char **args, GError **error)
{
  g_autoptr (GPtrArray) accounts = rd_cli_dup_accounts (cli, error);

  return accounts != NULL && rd_cli_find_account (accounts, args[0], error) != NULL &&
         rd_cli_do (cli, RD_CLI_AGENT_PATH, RD_CLI_AGENT_INTERFACE, "RemoveAccount", g_variant_new ("(s)", args[0]),
                    error);
}

static gboolean
run_token (RdCli *cli, gpointer options, char **args, GError **error)
{
  TokenOptions *self = options;
  g_autoptr (RdCliSecret) token = NULL;
  g_autoptr (RdCliSecret) refresh_token = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  RdCliObject *account;

  if (self->token_file == NULL && !rd_cli_may_ask ())
    {
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE,
                   _ ("The token is missing: --token-file FILE, or - for stdin."));
      return FALSE;
    }
  accounts = rd_cli_dup_accounts (cli, error);
  account = accounts != NULL ? rd_cli_find_account (accounts, args[0], error) : NULL;
  if (account == NULL)
    return FALSE;
  token = self->token_file != NULL ? rd_cli_read_secret (RD_CLI_SECRET_TOKEN, self->token_file, error)
                                   : rd_cli_ask_secret (RD_CLI_SECRET_TOKEN, _ ("Token (not shown)"), error);
  if (token == NULL)
    return FALSE;
  if (self->refresh_token_file != NULL)
    {
      refresh_token = rd_cli_read_secret (RD_CLI_SECRET_TOKEN, self->refresh_token_file, error);
      if (refresh_token == NULL)
        return FALSE;
    }
  return rd_cli_do (cli, account->path, RD_CLI_ACCOUNT_INTERFACE, "SetToken",
                    g_variant_new ("(ss)", token, refresh_token != NULL ? refresh_token : ""), error);
}

static gboolean
run_trust (RdCli *cli, gpointer options, char **args, GError **error)
{
  g_autoptr (GPtrArray) accounts = rd_cli_dup_accounts (cli, error);
  RdCliObject *account = accounts != NULL ? rd_cli_find_account (accounts, args[0], error) : NULL;

  return account != NULL && rd_cli_do (cli, account->path, RD_CLI_ACCOUNT_INTERFACE, "TrustRoomHost",
                                       g_variant_new ("(s)", args[1]), error);
}

static const GOptionEntry list_options[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (ListOptions, json), N_ ("As one JSON object"), NULL },
  { NULL },
};

static const GOptionEntry token_options[] = {
  { "token-file", 0, 0, G_OPTION_ARG_FILENAME, RD_CLI_OPTION (TokenOptions, token_file),
    N_ ("The file with the token, - for stdin"), N_ ("FILE") },
  { "refresh-token-file", 0, 0, G_OPTION_ARG_FILENAME, RD_CLI_OPTION (TokenOptions, refresh_token_file),
    N_ ("The file with the refresh token, where the site has one"), N_ ("FILE") },
  { NULL },
};

const RdCliVerb rd_cli_verb_account_list = {
  .name = "account list",
  .params = "",
  .summary = N_ ("List the accounts"),
  .options = list_options,
  .options_size = sizeof (ListOptions),
  .run = run_list,
};

const RdCliVerb rd_cli_verb_account_remove = {
  .name = "account remove",
  .params = N_ ("ID"),
  .summary = N_ ("Remove an account and its token"),
  .min_args = 1,
  .max_args = 1,
  .run = run_remove,
};

const RdCliVerb rd_cli_verb_account_token = {
  .name = "account token",
  .params = N_ ("ID"),
  .summary = N_ ("Give an account a new token"),
  .description =
      N_ ("A token is never taken from the command line: from a file, from stdin, or asked for without echo."),
  .min_args = 1,
  .max_args = 1,
  .options = token_options,
  .options_size = sizeof (TokenOptions),
  .run = run_token,
};

const RdCliVerb rd_cli_verb_account_trust = {
  .name = "account trust",
  .params = N_ ("ID HOST"),
  .summary = N_ ("Let an account’s rooms on a host be opened"),
  .min_args = 2,
  .max_args = 2,
  .run = run_trust,
};
