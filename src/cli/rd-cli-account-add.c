/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rd-cli-private.h"
#include "rd-text.h"

/* `ringdown account add`: what is not given as an option is asked for on a terminal; without one it is an error that
 * names all that is missing. */

#define MAX_TEXT 200

typedef struct
{
  char *profile;
  char *site;
  char *user_id;
  char *name;
  char *key;
  char *host;
  int port;
  char *path;
  gboolean no_tls;
  char *cluster;
  char **vars;
  char *token_file;
  char *refresh_token_file;
  gboolean insecure;
} Options;

static gboolean
check_options (Options *self, GError **error)
{
  const char *wrong = NULL;

  if (self->cluster != NULL && (self->host != NULL || self->port != 0 || self->path != NULL || self->no_tls))
    wrong = _ ("--cluster stands for --host, --port, --path and --no-tls: give either.");
  else if (self->port < 0 || self->port > 65535)
    wrong = _ ("--port is a number from 1 to 65535.");
  for (guint i = 0; wrong == NULL && self->vars != NULL && self->vars[i] != NULL; i++)
    {
      if (strchr (self->vars[i], '=') == NULL || *self->vars[i] == '=')
        wrong = _ ("--var is NAME=VALUE.");
    }
  if (wrong == NULL)
    return TRUE;
  g_set_error_literal (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, wrong);
  return FALSE;
}

/* (nullable): the options that are needed and not there */
static char *
name_missing (Options *self)
{
  g_autoptr (GString) missing = g_string_new (NULL);

  if (self->profile == NULL)
    g_string_append (missing, " --profile");
  if (self->site == NULL)
    g_string_append (missing, " --site");
  if (self->key == NULL)
    g_string_append (missing, " --key");
  if (self->host == NULL && self->cluster == NULL)
    g_string_append (missing, " --host|--cluster");
  return missing->len > 0 ? g_strdup (missing->str + 1) : NULL;
}

static gboolean
ask_if_missing (char **field, const char *question, GError **error)
{
  g_autofree char *answer = NULL;

  while (*field == NULL)
    {
      answer = rd_cli_ask (question, NULL, error);
      if (answer == NULL)
        return FALSE;
      if (*answer != '\0')
        *field = g_steal_pointer (&answer);
      g_clear_pointer (&answer, g_free);
    }
  return TRUE;
}

static gboolean
ask_optional (char **field, const char *question, GError **error)
{
  if (*field == NULL)
    *field = rd_cli_ask (question, NULL, error);
  if (*field == NULL)
    return FALSE;
  if (**field == '\0')
    g_clear_pointer (field, g_free);
  return TRUE;
}

static GVariant *
dup_profiles (RdCli *cli, GError **error)
{
  g_autoptr (GVariant) reply = rd_cli_call (cli, RD_CLI_AGENT_PATH, RD_CLI_AGENT_INTERFACE, "ListProfiles", NULL,
                                            G_VARIANT_TYPE ("(aa{sv})"), error);

  return reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
}

/* Shows the profiles by number, takes a number or an id. */
static gboolean
ask_profile (Options *self, GVariant *profiles, GError **error)
{
  g_autofree char *answer = NULL;
  gsize n = g_variant_n_children (profiles);
  guint64 number = 0;

  if (self->profile != NULL)
    return TRUE;
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GVariant) profile = g_variant_get_child_value (profiles, i);
      g_autofree char *id = rd_text_clean (rd_cli_get_string (profile, "id"), MAX_TEXT);
      g_autofree char *name = rd_text_clean (rd_cli_get_string (profile, "name"), MAX_TEXT);

      g_printerr ("  %u  %s (%s)\n", (guint) i + 1, name, id);
    }
  if (!ask_if_missing (&answer, _ ("What kind of site is it? A number"), error))
    return FALSE;
  if (g_ascii_string_to_unsigned (answer, 10, 1, n, &number, NULL))
    {
      g_autoptr (GVariant) profile = g_variant_get_child_value (profiles, number - 1);

      self->profile = g_strdup (rd_cli_get_string (profile, "id"));
    }
  else
    self->profile = g_steal_pointer (&answer);
  return TRUE;
}

static GVariant *
find_profile (GVariant *profiles, const char *id)
{
  for (gsize i = 0; i < g_variant_n_children (profiles); i++)
    {
      g_autoptr (GVariant) profile = g_variant_get_child_value (profiles, i);

      if (g_str_equal (rd_cli_get_string (profile, "id"), id))
        return g_steal_pointer (&profile);
    }
  return NULL;
}

static gboolean
has_var (Options *self, const char *name)
{
  gsize length = strlen (name);

  for (guint i = 0; self->vars != NULL && self->vars[i] != NULL; i++)
    {
      if (strncmp (self->vars[i], name, length) == 0 && self->vars[i][length] == '=')
        return TRUE;
    }
  return FALSE;
}

static gboolean
ask_vars (Options *self, GVariant *profile, GError **error)
{
  g_autoptr (GVariant) needs = rd_cli_dup_value (profile, "needs", "as");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GVariantIter iter;
  const char *name;

  if (needs == NULL)
    return TRUE;
  if (self->vars != NULL)
    g_strv_builder_addv (builder, (const char **) self->vars);
  g_variant_iter_init (&iter, needs);
  while (g_variant_iter_next (&iter, "&s", &name))
    {
      g_autofree char *clean = rd_text_clean (name, MAX_TEXT);
      g_autofree char *question = g_strdup_printf (_ ("%s (several: with commas)"), clean);
      g_autofree char *answer = NULL;
      g_autofree char *var = NULL;

      if (has_var (self, name))
        continue;
      if (!ask_optional (&answer, question, error))
        return FALSE;
      var = answer != NULL ? g_strdup_printf ("%s=%s", name, answer) : NULL;
      if (var != NULL)
        g_strv_builder_add (builder, var);
    }
  g_strfreev (self->vars);
  self->vars = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
ask_line (Options *self, GError **error)
{
  g_autofree char *port = NULL;
  g_autofree char *tls = NULL;

  if (self->cluster != NULL || self->host != NULL)
    return TRUE;
  if (!ask_optional (&self->cluster, _ ("Channels cluster, such as eu (empty: an own server)"), error))
    return FALSE;
  if (self->cluster != NULL)
    return TRUE;
  if (!ask_if_missing (&self->host, _ ("Channels host"), error))
    return FALSE;
  if (self->port == 0)
    {
      guint64 number = 0;

      port = rd_cli_ask (_ ("Port"), "443", error);
      if (port == NULL || !g_ascii_string_to_unsigned (port, 10, 1, 65535, &number, error))
        return FALSE;
      self->port = (int) number;
    }
  if (!self->no_tls)
    {
      /* TRANSLATORS: "y" for yes, "n" for no; the answer is read in either language */
      tls = rd_cli_ask (_ ("With TLS? y or n"), "y", error);
      if (tls == NULL)
        return FALSE;
      self->no_tls = g_ascii_tolower (*tls) == 'n';
    }
  return ask_optional (&self->path, _ ("Path before /app (usually empty)"), error);
}

/* @token: (out) */
static gboolean
ask_all (RdCli *cli, Options *self, char **token, GError **error)
{
  g_autoptr (GVariant) profiles = dup_profiles (cli, error);
  g_autoptr (GVariant) profile = NULL;

  if (profiles == NULL || !ask_profile (self, profiles, error))
    return FALSE;
  profile = find_profile (profiles, self->profile);
  if (!ask_if_missing (&self->site, _ ("Address of the site, https://…"), error) ||
      !ask_optional (&self->user_id, _ ("Your user id there (empty: ask the site)"), error) ||
      !ask_if_missing (&self->key, _ ("Key of its Channels application"), error) || !ask_line (self, error))
    return FALSE;
  if (profile == NULL)
    return TRUE; /* the agent will say so */
  if (!ask_vars (self, profile, error))
    return FALSE;
  if (self->token_file == NULL && rd_cli_get_boolean (profile, "private"))
    {
      *token = rd_cli_ask_secret (_ ("Token (not shown)"), error);
      return *token != NULL;
    }
  return TRUE;
}

static void
add_vars (GVariantBuilder *settings, Options *self)
{
  g_autoptr (GHashTable) vars = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  if (self->vars == NULL || *self->vars == NULL)
    return;
  for (guint i = 0; self->vars[i] != NULL; i++)
    {
      const char *equals = strchr (self->vars[i], '=');
      g_autofree char *key = g_strndup (self->vars[i], equals - self->vars[i]);
      const char *before = g_hash_table_lookup (vars, key);
      char *joined = before != NULL ? g_strconcat (before, ",", equals + 1, NULL) : g_strdup (equals + 1);

      g_hash_table_insert (vars, g_steal_pointer (&key), joined);
    }
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_hash_table_iter_init (&iter, vars);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_variant_builder_add (&builder, "{ss}", (const char *) name, (const char *) value);
  g_variant_builder_add (settings, "{sv}", "vars", g_variant_builder_end (&builder));
}

static GVariant *
make_settings (Options *self, const char *token, const char *refresh_token)
{
  const struct
  {
    const char *name;
    const char *value;
  } strings[] = {
    { "profile", self->profile }, { "site", self->site },
    { "user-id", self->user_id }, { "name", self->name },
    { "key", self->key },         { "cluster", self->cluster },
    { "host", self->host },       { "path", self->path },
    { "token", token },           { "refresh-token", refresh_token },
  };
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      if (strings[i].value != NULL)
        g_variant_builder_add (&builder, "{sv}", strings[i].name, g_variant_new_string (strings[i].value));
    }
  if (self->host != NULL)
    {
      g_variant_builder_add (&builder, "{sv}", "port", g_variant_new_uint32 ((guint32) self->port));
      g_variant_builder_add (&builder, "{sv}", "tls", g_variant_new_boolean (!self->no_tls));
    }
  if (self->insecure)
    g_variant_builder_add (&builder, "{sv}", "insecure", g_variant_new_boolean (TRUE));
  add_vars (&builder, self);
  return g_variant_builder_end (&builder);
}

static gboolean
run_add (RdCli *cli, gpointer options, char **args, GError **error)
{
  Options *self = options;
  g_autofree char *missing = NULL;
  g_autoptr (RdCliSecret) token = NULL;
  g_autoptr (RdCliSecret) refresh_token = NULL;
  g_autoptr (GVariant) reply = NULL;
  const char *id;

  if (!check_options (self, error))
    return FALSE;
  missing = name_missing (self);
  if (missing != NULL && (!rd_cli_may_ask () || g_strcmp0 (self->token_file, "-") == 0))
    {
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("Something is missing: %s"), missing);
      return FALSE;
    }
  if (!rd_cli_start_agent (cli, error) || (missing != NULL && !ask_all (cli, self, &token, error)))
    return FALSE;
  if (self->token_file != NULL && (token = rd_cli_read_secret (self->token_file, error)) == NULL)
    return FALSE;
  if (self->refresh_token_file != NULL &&
      (refresh_token = rd_cli_read_secret (self->refresh_token_file, error)) == NULL)
    return FALSE;
  reply = rd_cli_call (cli, RD_CLI_AGENT_PATH, RD_CLI_AGENT_INTERFACE, "AddAccount",
                       g_variant_new ("(@a{sv})", make_settings (self, token, refresh_token)), G_VARIANT_TYPE ("(s)"),
                       error);
  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(&s)", &id);
  {
    g_autofree char *clean_id = rd_text_clean (id, MAX_TEXT);

    rd_cli_print_line (_ ("Account %s was added; “ringdown status” says how its line is."), clean_id);
  }
  return TRUE;
}

static const GOptionEntry add_options[] = {
  { "profile", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (Options, profile), N_ ("What kind of site it is"), N_ ("ID") },
  { "site", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (Options, site), N_ ("The site’s address"), N_ ("URL") },
  { "user-id", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (Options, user_id),
    N_ ("Your user id there (default: ask the site)"), N_ ("ID") },
  { "name", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (Options, name),
    N_ ("What to call the account (default: the host)"), N_ ("TEXT") },
  { "key", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (Options, key), N_ ("The key of its Channels application"),
    N_ ("KEY") },
  { "cluster", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (Options, cluster), N_ ("The Channels cluster"), N_ ("NAME") },
  { "host", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (Options, host), N_ ("The Channels server’s host"), N_ ("HOST") },
  { "port", 0, 0, G_OPTION_ARG_INT, RD_CLI_OPTION (Options, port), N_ ("Its port (default: 443; without TLS 80)"),
    N_ ("PORT") },
  { "path", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (Options, path), N_ ("A path before /app"), N_ ("PATH") },
  { "no-tls", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (Options, no_tls),
    N_ ("Without TLS (beyond this machine only with --insecure)"), NULL },
  { "var", 0, 0, G_OPTION_ARG_STRING_ARRAY, RD_CLI_OPTION (Options, vars),
    N_ ("A value that the profile needs, such as invoice.id=7; may be repeated"), N_ ("NAME=VALUE") },
  { "token-file", 0, 0, G_OPTION_ARG_FILENAME, RD_CLI_OPTION (Options, token_file),
    N_ ("The file with the token, - for stdin"), N_ ("FILE") },
  { "refresh-token-file", 0, 0, G_OPTION_ARG_FILENAME, RD_CLI_OPTION (Options, refresh_token_file),
    N_ ("The file with the refresh token, where the site has one"), N_ ("FILE") },
  { "insecure", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (Options, insecure),
    N_ ("Allow http and ws to other machines: all can read along"), NULL },
  { NULL },
};

const RdCliVerb rd_cli_verb_account_add = {
  .name = "account add",
  .params = "",
  .summary = N_ ("Add an account; asks for what is not given"),
  .description =
      N_ ("A token is never taken from the command line: from a file, from stdin, or asked for without echo."),
  .options = add_options,
  .options_size = sizeof (Options),
  .run = run_add,
};
