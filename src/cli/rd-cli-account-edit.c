/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rd-cli-private.h"

/* `ringdown account set`, `pause`, `resume`, `sign-in`: what is changed of an account that is there. */

typedef struct
{
  char *name;
  char *colour;
  char *sound;
  char *threshold;
  char **toasts;
} SetOptions;

typedef struct
{
  char *login;
  char *password_file;
} SignInOptions;

static gboolean
configure (RdCli *cli, const char *id, GVariant *settings, GError **error)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (settings);
  g_autoptr (GPtrArray) accounts = rd_cli_dup_accounts (cli, error);
  RdCliObject *account = accounts != NULL ? rd_cli_find_account (accounts, id, error) : NULL;

  return account != NULL && rd_cli_do (cli, account->path, RD_CLI_ACCOUNT_INTERFACE, "Configure",
                                       g_variant_new ("(@a{sv})", owned), error);
}

/* "message=off": FALSE for what is not so. */
static gboolean
read_toast (const char *text, char **kind, gboolean *wanted)
{
  const char *equals = strchr (text, '=');

  if (equals == NULL || equals == text || (!g_str_equal (equals, "=on") && !g_str_equal (equals, "=off")))
    return FALSE;
  *kind = g_strndup (text, (gsize) (equals - text));
  *wanted = g_str_equal (equals, "=on");
  return TRUE;
}

static gboolean
add_toasts (GVariantDict *settings, char **toasts, GError **error)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sb}"));

  for (guint i = 0; toasts[i] != NULL; i++)
    {
      g_autofree char *kind = NULL;
      gboolean wanted = FALSE;

      if (!read_toast (toasts[i], &kind, &wanted))
        {
          g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("--toast is KIND=on or KIND=off."));
          return FALSE;
        }
      g_variant_builder_add (&builder, "{sb}", kind, wanted);
    }
  g_variant_dict_insert_value (settings, "toasts", g_variant_builder_end (&builder));
  return TRUE;
}

static gboolean
run_set (RdCli *cli, gpointer options, char **args, GError **error)
{
  SetOptions *self = options;
  const struct
  {
    const char *name;
    const char *value;
  } strings[] = {
    { "name", self->name },
    { "colour", self->colour },
    { "sound", self->sound },
    { "threshold", self->threshold },
  };
  g_autoptr (GVariantDict) settings = g_variant_dict_new (NULL);
  gboolean any = self->toasts != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    if (strings[i].value != NULL)
      {
        any = TRUE;
        g_variant_dict_insert (settings, strings[i].name, "s", strings[i].value);
      }
  if (!any)
    {
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE,
                   _ ("Nothing to set: see ringdown account set --help."));
      return FALSE;
    }
  if (self->toasts != NULL && !add_toasts (settings, self->toasts, error))
    return FALSE;
  return configure (cli, args[0], g_variant_dict_end (settings), error);
}

static gboolean
set_paused (RdCli *cli, const char *id, gboolean paused, GError **error)
{
  g_autoptr (GVariantDict) settings = g_variant_dict_new (NULL);

  g_variant_dict_insert (settings, "paused", "b", paused);
  return configure (cli, id, g_variant_dict_end (settings), error);
}

static gboolean
run_pause (RdCli *cli, gpointer options, char **args, GError **error)
{
  return set_paused (cli, args[0], TRUE, error);
}

static gboolean
run_resume (RdCli *cli, gpointer options, char **args, GError **error)
{
  return set_paused (cli, args[0], FALSE, error);
}

static gboolean
run_sign_in (RdCli *cli, gpointer options, char **args, GError **error)
{
  SignInOptions *self = options;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (RdCliSecret) password = NULL;
  RdCliObject *account;

  if (self->login == NULL && rd_cli_may_ask ())
    {
      self->login = rd_cli_ask (_ ("User name or e-mail address"), NULL, error);
      if (self->login == NULL)
        return FALSE;
    }
  if (self->login == NULL || *self->login == '\0' || (self->password_file == NULL && !rd_cli_may_ask ()))
    {
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE,
                   _ ("Something is missing: --login LOGIN, and --password-file FILE, or - for stdin."));
      return FALSE;
    }
  accounts = rd_cli_dup_accounts (cli, error);
  account = accounts != NULL ? rd_cli_find_account (accounts, args[0], error) : NULL;
  if (account == NULL)
    return FALSE;
  password = self->password_file != NULL
               ? rd_cli_read_secret (RD_CLI_SECRET_PASSWORD, self->password_file, error)
               : rd_cli_ask_secret (RD_CLI_SECRET_PASSWORD, _ ("Password (not shown)"), error);
  return password != NULL && rd_cli_do (cli, account->path, RD_CLI_ACCOUNT_INTERFACE, "SignIn",
                                        g_variant_new ("(ss)", self->login, password), error);
}

static const GOptionEntry set_options[] = {
  { "name", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (SetOptions, name), N_ ("What to call the account"),
    N_ ("TEXT") },
  { "colour", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (SetOptions, colour), N_ ("A colour to tell it by, #rrggbb"),
    N_ ("COLOUR") },
  { "sound", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (SetOptions, sound), N_ ("full, soft or silent"), N_ ("HOW") },
  { "threshold", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (SetOptions, threshold),
    N_ ("Payments below this amount are listed without a notification"), N_ ("AMOUNT") },
  { "toast", 0, 0, G_OPTION_ARG_STRING_ARRAY, RD_CLI_OPTION (SetOptions, toasts),
    N_ ("Which notifications are wanted: message, payment, invoice-created, invoice-updated, invoice-status, notice"),
    N_ ("KIND=on|off") },
  { NULL },
};

static const GOptionEntry sign_in_options[] = {
  { "login", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (SignInOptions, login),
    N_ ("The user name or e-mail address to sign in with"), N_ ("LOGIN") },
  { "password-file", 0, 0, G_OPTION_ARG_FILENAME, RD_CLI_OPTION (SignInOptions, password_file),
    N_ ("The file with the password, - for stdin; it is used once and not kept"), N_ ("FILE") },
  { NULL },
};

const RdCliVerb rd_cli_verb_account_set = {
  .name = "account set",
  .params = N_ ("ID"),
  .summary = N_ ("Change an account’s name, colour, sound or notifications"),
  .min_args = 1,
  .max_args = 1,
  .options = set_options,
  .options_size = sizeof (SetOptions),
  .run = run_set,
};

const RdCliVerb rd_cli_verb_account_pause = {
  .name = "account pause",
  .params = N_ ("ID"),
  .summary = N_ ("Close an account’s line until it is resumed"),
  .min_args = 1,
  .max_args = 1,
  .run = run_pause,
};

const RdCliVerb rd_cli_verb_account_resume = {
  .name = "account resume",
  .params = N_ ("ID"),
  .summary = N_ ("Open a paused account’s line again"),
  .min_args = 1,
  .max_args = 1,
  .run = run_resume,
};

const RdCliVerb rd_cli_verb_account_sign_in = {
  .name = "account sign-in",
  .params = N_ ("ID"),
  .summary = N_ ("Sign an account in again with a password"),
  .description = N_ (
      "A password or token is never taken from the command line: from a file, from stdin, or asked for without echo."),
  .min_args = 1,
  .max_args = 1,
  .options = sign_in_options,
  .options_size = sizeof (SignInOptions),
  .run = run_sign_in,
};
