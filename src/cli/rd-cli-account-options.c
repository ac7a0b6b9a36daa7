/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include "rd-cli-account-options.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rd-text.h"

/* An account's settings as the command line gives them: options first, then a set-up link, a set-up file, or what the
 * site says of itself, then questions where somebody is there to answer. */

#define MAX_TEXT 200
#define MAX_SETUP (64 * 1024)

static gboolean
check_options (RdCliAccountOptions *self, GError **error)
{
  const char *wrong = NULL;

  if (self->cluster != NULL && (self->host != NULL || self->port != 0 || self->path != NULL || self->no_tls))
    wrong = _ ("--cluster stands for --host, --port, --path and --no-tls: give either.");
  else if (self->port < 0 || self->port > 65535)
    wrong = _ ("--port is a number from 1 to 65535.");
  else if (self->login != NULL && self->token_file != NULL)
    wrong = _ ("--login goes with a password, --token-file with a token: give either.");
  else if (self->password_file != NULL && self->login == NULL)
    wrong = _ ("--password-file goes with --login.");
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

static void
add_vars (GVariantDict *settings, RdCliAccountOptions *self)
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
  g_variant_dict_insert_value (settings, "vars", g_variant_builder_end (&builder));
}

static void
add_string (GVariantDict *settings, const char *name, const char *value)
{
  if (value != NULL)
    g_variant_dict_insert (settings, name, "s", value);
}

/* The options over what is there. */
static void
add_options (GVariantDict *settings, RdCliAccountOptions *self)
{
  static const char *const own_server[] = { "host", "port", "path", "tls" };

  add_string (settings, "profile", self->profile);
  add_string (settings, "site", self->site);
  add_string (settings, "user-id", self->user_id);
  add_string (settings, "name", self->name);
  add_string (settings, "key", self->key);
  add_string (settings, "colour", self->colour);
  add_string (settings, "sound", self->sound);
  add_string (settings, "login", self->login);
  if (self->cluster != NULL)
    for (guint i = 0; i < G_N_ELEMENTS (own_server); i++)
      g_variant_dict_remove (settings, own_server[i]);
  add_string (settings, "cluster", self->cluster);
  if (self->host != NULL)
    {
      g_variant_dict_remove (settings, "cluster");
      add_string (settings, "host", self->host);
      g_variant_dict_insert (settings, "port", "u", (guint32) self->port);
      g_variant_dict_insert (settings, "tls", "b", !self->no_tls);
    }
  add_string (settings, "path", self->path);
  if (self->insecure)
    g_variant_dict_insert (settings, "insecure", "b", TRUE);
  add_vars (settings, self);
}

/* (nullable): the options that are needed and not there */
static char *
name_missing (RdCliAccountOptions *self, GVariantDict *known, gboolean plain)
{
  g_autoptr (GString) missing = g_string_new (NULL);

  if (self->profile == NULL && !g_variant_dict_contains (known, "profile"))
    g_string_append (missing, " --profile");
  if (self->site == NULL && !g_variant_dict_contains (known, "site"))
    g_string_append (missing, " --site");
  if (!plain && self->key == NULL && !g_variant_dict_contains (known, "key"))
    g_string_append (missing, " --key");
  if (!plain && self->host == NULL && self->cluster == NULL && !g_variant_dict_contains (known, "host")
      && !g_variant_dict_contains (known, "cluster"))
    g_string_append (missing, " --host|--cluster");
  return missing->len > 0 ? g_strdup (missing->str + 1) : NULL;
}

static GVariant *
refuse (const char *missing, GError **error)
{
  g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("Something is missing: %s"), missing);
  return NULL;
}

/* (transfer full) (nullable): a{sv} */
static GVariant *
ask_agent (RdCli *cli, const char *method, GVariant *about, GError **error)
{
  g_autoptr (GVariant) reply = rd_cli_call (cli, RD_CLI_AGENT_PATH, RD_CLI_AGENT_INTERFACE, method, about,
                                            G_VARIANT_TYPE ("(a{sv})"), error);

  return reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
}

static void
print_settings (GVariant *settings)
{
  static const char *const shown[] = { "site", "profile", "profile-url", "name", "user-id", "key", "cluster", "host" };

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_autofree char *text = rd_text_clean (rd_cli_get_string (settings, shown[i]), MAX_TEXT);

      if (*text != '\0')
        g_printerr ("  %s: %s\n", shown[i], text);
    }
}

/* A link may come from anywhere: nothing of it is used before somebody has seen it. */
static gboolean
confirm (RdCliAccountOptions *self, GVariant *settings, GError **error)
{
  g_autofree char *answer = NULL;

  if (self->yes)
    return TRUE;
  print_settings (settings);
  if (!rd_cli_may_ask ())
    {
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE,
                   _ ("Look at what the set-up says, and give --yes to use it."));
      return FALSE;
    }
  /* TRANSLATORS: "y" for yes, "n" for no; the answer is read as typed */
  answer = rd_cli_ask (_ ("Set up this account? y or n"), "n", error);
  if (answer == NULL)
    return FALSE;
  if (g_ascii_tolower (*answer) == 'y')
    return TRUE;
  g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("Nothing was set up."));
  return FALSE;
}

/* Where the site has a description of its own kind, that is fetched once somebody has agreed. @base: (transfer full)
 * (nullable) */
static GVariant *
with_profile (GVariant *base, RdCli *cli, GError **error)
{
  g_autoptr (GVariant) owned = base;
  const char *url = base != NULL ? rd_cli_get_string (base, "profile-url") : "";
  g_autoptr (GVariant) profile = NULL;
  GVariantDict dict;
  GVariantIter iter;
  const char *name;
  GVariant *value;

  if (*url == '\0')
    return g_steal_pointer (&owned);
  profile = ask_agent (cli, "FetchProfile", g_variant_new ("(ss)", rd_cli_get_string (base, "site"), url), error);
  if (profile == NULL)
    return NULL;
  g_variant_dict_init (&dict, base);
  g_variant_dict_remove (&dict, "profile-url");
  g_variant_iter_init (&iter, profile);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    g_variant_dict_insert_value (&dict, name, value);
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

/* What the set-up or the site itself says. (transfer full) (nullable): NULL without error: nothing */
static GVariant *
find_base (RdCliAccountOptions *self, RdCli *cli, GError **error)
{
  gboolean knows_line = self->key != NULL && (self->host != NULL || self->cluster != NULL);
  g_autofree char *text = NULL;
  g_autoptr (GVariant) base = NULL;
  g_autoptr (GError) silent = NULL;

  if (self->setup != NULL)
    {
      text = rd_cli_account_read_setup (self->setup, error);
      base = text != NULL ? ask_agent (cli, "ReadSetup", g_variant_new ("(s)", text), error) : NULL;
      if (base == NULL || !confirm (self, base, error))
        return NULL;
      return with_profile (g_steal_pointer (&base), cli, error);
    }
  if (self->site == NULL || (self->profile != NULL && knows_line))
    return NULL;
  base = ask_agent (cli, "DiscoverSite", g_variant_new ("(s)", self->site), &silent);
  if (base == NULL)
    {
      if (rd_cli_may_ask () || self->profile != NULL)
        g_printerr ("%s\n", silent->message);
      else
        g_propagate_error (error, g_steal_pointer (&silent));
      return NULL;
    }
  if (g_variant_n_children (base) == 0)
    return NULL;
  g_printerr ("%s\n", _ ("The site says of itself:"));
  print_settings (base);
  return with_profile (g_steal_pointer (&base), cli, error);
}

static gboolean
read_secret (RdCliSecretKind kind, const char *file, const char *name, GVariantDict *secrets, GError **error)
{
  g_autoptr (RdCliSecret) secret = NULL;

  if (file == NULL)
    return TRUE;
  secret = rd_cli_read_secret (kind, file, error);
  if (secret != NULL)
    g_variant_dict_insert (secrets, name, "s", secret);
  return secret != NULL;
}

/* Whether the account's profile has a plain line, which needs no key and no server of its own. */
static gboolean
is_plain (RdCliAccountOptions *self, RdCli *cli, GVariant *base)
{
  const char *id = self->profile != NULL ? self->profile : base != NULL ? rd_cli_get_string (base, "profile") : "";
  g_autoptr (GVariant) profile = NULL;

  if (*id == '\0' || self->key != NULL || (base != NULL && *rd_cli_get_string (base, "key") != '\0'))
    return FALSE;
  profile = rd_cli_account_find_profile (cli, base, id, NULL);
  return profile != NULL && rd_cli_get_boolean (profile, "plain-line");
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer full): what both hold, by name: the bus gets the same bytes for the same settings */
static GVariant *
merge (GVariantDict *settings, GVariantDict *secrets)
{
  g_autoptr (GVariant) given = g_variant_ref_sink (g_variant_dict_end (settings));
  g_autoptr (GVariant) asked = g_variant_ref_sink (g_variant_dict_end (secrets));
  GVariant *all[] = { given, asked };
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GVariantDict) both = g_variant_dict_new (given);
  GVariantBuilder builder;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      GVariantIter iter;
      const char *name;
      GVariant *value;

      g_variant_iter_init (&iter, all[i]);
      while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
        {
          if (i == 0 || !g_variant_dict_contains (both, name))
            g_ptr_array_add (names, (gpointer) name);
          g_variant_dict_insert_value (both, name, value);
        }
    }
  g_ptr_array_sort (names, compare_names);
  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GVariant) value = g_variant_dict_lookup_value (both, names->pdata[i], NULL);

      g_variant_builder_add (&builder, "{sv}", names->pdata[i], value);
    }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

GVariant *
rd_cli_account_options_settle (RdCliAccountOptions *self, RdCli *cli, GError **error)
{
  g_autoptr (GVariantDict) secrets = g_variant_dict_new (NULL);
  g_autoptr (GVariantDict) settings = NULL;
  g_autoptr (GVariant) base = NULL;
  g_autoptr (GError) reason = NULL;
  g_autofree char *missing = NULL;

  if (!check_options (self, error))
    return NULL;
  /* Nobody is there to ask, and nothing that could tell: no reason to start an agent. */
  if (!rd_cli_may_ask () && self->setup == NULL && self->site == NULL)
    {
      settings = g_variant_dict_new (NULL);
      missing = name_missing (self, settings, FALSE);
      return refuse (missing, error);
    }
  if (!rd_cli_start_agent (cli, error))
    return NULL;
  base = find_base (self, cli, &reason);
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  settings = g_variant_dict_new (base);
  missing = name_missing (self, settings, is_plain (self, cli, base));
  if (missing != NULL && (!rd_cli_may_ask () || g_strcmp0 (self->token_file, "-") == 0
                          || g_strcmp0 (self->password_file, "-") == 0))
    return refuse (missing, error);
  if ((missing != NULL || (base != NULL && rd_cli_may_ask ())) && !rd_cli_account_ask (self, cli, base, secrets, error))
    return NULL;
  add_options (settings, self);
  if (!read_secret (RD_CLI_SECRET_PASSWORD, self->password_file, "password", settings, error)
      || !read_secret (RD_CLI_SECRET_TOKEN, self->token_file, "token", settings, error)
      || !read_secret (RD_CLI_SECRET_TOKEN, self->refresh_token_file, "refresh-token", settings, error))
    return NULL;
  return merge (settings, secrets);
}

char *
rd_cli_account_read_setup (const char *given, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) reason = NULL;
  gsize length = 0;

  if (g_ascii_strncasecmp (given, "ringdown:", strlen ("ringdown:")) == 0)
    return g_strdup (given);
  file = g_file_new_for_commandline_arg (given);
  stream = g_file_read (file, NULL, &reason);
  /* one byte more than allowed, so that a file of any size costs no more than that to refuse */
  text = g_malloc0 (MAX_SETUP + 2);
  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), text, MAX_SETUP + 1, &length, NULL, &reason))
    g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, "%s: %s", given, reason->message);
  else if (length > MAX_SETUP)
    g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("%s is too long for a set-up file."), given);
  else if (memchr (text, '\0', length) != NULL || !g_utf8_validate (text, (gssize) length, NULL))
    g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("%s is no set-up file: it is not text."), given);
  else
    return g_steal_pointer (&text);
  return NULL;
}

const GOptionEntry rd_cli_account_options[] = {
  { "profile", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (RdCliAccountOptions, profile), N_ ("What kind of site it is"),
    N_ ("ID") },
  { "site", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (RdCliAccountOptions, site), N_ ("The site’s address"),
    N_ ("URL") },
  { "user-id", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (RdCliAccountOptions, user_id),
    N_ ("Your user id there (default: ask the site)"), N_ ("ID") },
  { "name", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (RdCliAccountOptions, name),
    N_ ("What to call the account (default: the host)"), N_ ("TEXT") },
  { "key", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (RdCliAccountOptions, key),
    N_ ("The key of its Channels application"), N_ ("KEY") },
  { "cluster", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (RdCliAccountOptions, cluster), N_ ("The Channels cluster"),
    N_ ("NAME") },
  { "host", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (RdCliAccountOptions, host), N_ ("The Channels server’s host"),
    N_ ("HOST") },
  { "port", 0, 0, G_OPTION_ARG_INT, RD_CLI_OPTION (RdCliAccountOptions, port),
    N_ ("Its port (default: 443; without TLS 80)"), N_ ("PORT") },
  { "path", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (RdCliAccountOptions, path), N_ ("A path before /app"),
    N_ ("PATH") },
  { "no-tls", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (RdCliAccountOptions, no_tls),
    N_ ("Without TLS (beyond this machine only with --insecure)"), NULL },
  { "var", 0, 0, G_OPTION_ARG_STRING_ARRAY, RD_CLI_OPTION (RdCliAccountOptions, vars),
    N_ ("A value that the profile needs, such as invoice.id=7; may be repeated"), N_ ("NAME=VALUE") },
  { "colour", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (RdCliAccountOptions, colour),
    N_ ("A colour to tell it by, #rrggbb"), N_ ("COLOUR") },
  { "sound", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (RdCliAccountOptions, sound),
    N_ ("full, soft or silent (default: full)"), N_ ("HOW") },
  { "setup", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (RdCliAccountOptions, setup),
    N_ ("A .ringdown file, or a ringdown://setup link, that says the rest"), N_ ("FILE|LINK") },
  { "yes", 'y', 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (RdCliAccountOptions, yes),
    N_ ("Use what --setup says without asking"), NULL },
  { "login", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (RdCliAccountOptions, login),
    N_ ("The user name or e-mail address to sign in with"), N_ ("LOGIN") },
  { "password-file", 0, 0, G_OPTION_ARG_FILENAME, RD_CLI_OPTION (RdCliAccountOptions, password_file),
    N_ ("The file with the password, - for stdin; it is used once and not kept"), N_ ("FILE") },
  { "token-file", 0, 0, G_OPTION_ARG_FILENAME, RD_CLI_OPTION (RdCliAccountOptions, token_file),
    N_ ("The file with the token, - for stdin"), N_ ("FILE") },
  { "refresh-token-file", 0, 0, G_OPTION_ARG_FILENAME, RD_CLI_OPTION (RdCliAccountOptions, refresh_token_file),
    N_ ("The file with the refresh token, where the site has one"), N_ ("FILE") },
  { "insecure", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (RdCliAccountOptions, insecure),
    N_ ("Allow http and ws to other machines: all can read along"), NULL },
  { NULL },
};
