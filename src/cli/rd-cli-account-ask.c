/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include "rd-cli-account-options.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rd-text.h"

/* The questions of `account add`, on a terminal. */

#define MAX_TEXT 200

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
ask_profile (RdCliAccountOptions *self, GVariant *profiles, GError **error)
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

/* One that a site brings along is not among those there are. @base: (nullable) */
static GVariant *
find_entry (GVariant *profiles, GVariant *base, const char *id)
{
  GVariant *known = find_profile (profiles, id);

  if (known != NULL || base == NULL || !g_str_equal (rd_cli_get_string (base, "profile"), id))
    return known;
  return rd_cli_dup_value (base, "profile-entry", "a{sv}");
}

static gboolean
has_var (RdCliAccountOptions *self, const char *name)
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
ask_vars (RdCliAccountOptions *self, GVariant *profile, GError **error)
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
ask_line (RdCliAccountOptions *self, GError **error)
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
      /* TRANSLATORS: "y" for yes, "n" for no; the answer is read as typed */
      tls = rd_cli_ask (_ ("With TLS? y or n"), "y", error);
      if (tls == NULL)
        return FALSE;
      self->no_tls = g_ascii_tolower (*tls) == 'n';
    }
  return ask_optional (&self->path, _ ("Path before /app (usually empty)"), error);
}

static gboolean
signs_in_by (GVariant *profile, const char *way)
{
  g_autoptr (GVariant) list = profile != NULL ? rd_cli_dup_value (profile, "sign-in", "as") : NULL;
  g_autofree const char **ways = list != NULL ? g_variant_get_strv (list, NULL) : NULL;

  return ways != NULL && g_strv_contains (ways, way);
}

/* Then the site says who it was. */
static gboolean
signs_in_by_password (GVariant *profile)
{
  return signs_in_by (profile, "password");
}

static const char *
ask_for_login (gboolean by_email, gboolean or_token)
{
  if (or_token)
    return by_email ? _ ("E-mail address to sign in with (empty: by a token)")
                    : _ ("User name to sign in with (empty: by a token)");
  return by_email ? _ ("E-mail address to sign in with") : _ ("User name to sign in with");
}

/* How one signs in there, as the profile says: with a password, or with a token; a site of cookies takes none. */
static gboolean
ask_sign_in (RdCliAccountOptions *self, GVariant *profile, GVariantDict *secrets, GError **error)
{
  g_autoptr (RdCliSecret) secret = NULL;
  gboolean by_email = g_str_equal (rd_cli_get_string (profile, "login"), "email");
  gboolean by_token = signs_in_by (profile, "token");

  if (self->token_file != NULL || self->password_file != NULL)
    return TRUE;
  if (signs_in_by_password (profile))
    {
      const char *question = ask_for_login (by_email, by_token);

      if (by_token ? !ask_optional (&self->login, question, error) : !ask_if_missing (&self->login, question, error))
        return FALSE;
      if (self->login != NULL)
        {
          secret = rd_cli_ask_secret (RD_CLI_SECRET_PASSWORD, _ ("Password (not shown)"), error);
          if (secret != NULL)
            g_variant_dict_insert (secrets, "password", "s", secret);
          return secret != NULL;
        }
    }
  if (!by_token)
    return TRUE;
  secret = rd_cli_ask_secret (RD_CLI_SECRET_TOKEN, _ ("Token (not shown)"), error);
  if (secret != NULL)
    g_variant_dict_insert (secrets, "token", "s", secret);
  return secret != NULL;
}

/* Takes from @base what no option gave. */
static void
take_over (char **field, GVariant *base, const char *name)
{
  const char *value = base != NULL ? rd_cli_get_string (base, name) : "";

  if (*field == NULL && *value != '\0')
    *field = g_strdup (value);
}

gboolean
rd_cli_account_ask (RdCliAccountOptions *self, RdCli *cli, GVariant *base, GVariantDict *secrets, GError **error)
{
  g_autoptr (GVariant) profiles = dup_profiles (cli, error);
  g_autoptr (GVariant) profile = NULL;
  gboolean from_site = base != NULL && *rd_cli_get_string (base, "key") != '\0';

  take_over (&self->profile, base, "profile");
  take_over (&self->site, base, "site");
  if (profiles == NULL || !ask_profile (self, profiles, error))
    return FALSE;
  profile = find_entry (profiles, base, self->profile);
  if (!ask_if_missing (&self->site, _ ("Address of the site, https://…"), error))
    return FALSE;
  if (!signs_in_by_password (profile)
      && !ask_optional (&self->user_id, _ ("Your user id there (empty: ask the site)"), error))
    return FALSE;
  if (!from_site && (profile == NULL || !rd_cli_get_boolean (profile, "plain-line")))
    {
      if (!ask_if_missing (&self->key, _ ("Key of its Channels application"), error) || !ask_line (self, error))
        return FALSE;
    }
  if (profile == NULL)
    return TRUE; /* the agent will say so */
  return ask_vars (self, profile, error) && ask_sign_in (self, profile, secrets, error);
}

GVariant *
rd_cli_account_find_profile (RdCli *cli, GVariant *base, const char *id, GError **error)
{
  g_autoptr (GVariant) profiles = dup_profiles (cli, error);

  return profiles != NULL ? find_entry (profiles, base, id) : NULL;
}
