/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-line-settings.h"

#include "rd-fault.h"

/* From an account's settings to what a line is built of. */

#define MAX_VALUES 100
#define MAX_HOST 260

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

static ChannelsEndpoint *
build_channels_endpoint (const RdAccountSettings *settings, GError **error)
{
  g_autoptr (ChannelsEndpoint) endpoint = NULL;
  g_autoptr (GError) local = NULL;

  if (!has_text (settings->key))
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, "key"));
      return NULL;
    }
  if (has_text (settings->cluster))
    endpoint = channels_endpoint_new_for_cluster (settings->key, settings->cluster, &local);
  else if (has_text (settings->host))
    endpoint = channels_endpoint_new (settings->key, settings->host, settings->port, settings->path, settings->tls,
                                      &local);
  if (endpoint == NULL)
    g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, local != NULL ? local->message : NULL,
                                            has_text (settings->cluster) ? "cluster" : "host"));
  return g_steal_pointer (&endpoint);
}

/* A plain line is on the site's own host, as safe as the site itself. */
static ChannelsEndpoint *
build_plain_endpoint (const RdAccountSettings *settings, GError **error)
{
  g_autoptr (GUri) uri = has_text (settings->site) ? g_uri_parse (settings->site, G_URI_FLAGS_NONE, NULL) : NULL;
  ChannelsEndpoint *endpoint = NULL;

  if (uri != NULL && has_text (g_uri_get_host (uri)))
    endpoint = channels_endpoint_new_plain (g_uri_get_host (uri), (guint) MAX (g_uri_get_port (uri), 0),
                                            g_str_equal (g_uri_get_scheme (uri), "https"), NULL);
  if (endpoint == NULL)
    g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, "site"));
  return endpoint;
}

gboolean
rd_line_settings_is_asked_only (const RdAccountSettings *settings, RdProfile *profile)
{
  g_return_val_if_fail (settings != NULL, FALSE);
  g_return_val_if_fail (RD_IS_PROFILE (profile), FALSE);

  return rd_profile_get_plain_line (profile) == NULL && !rd_profile_has_channels (profile);
}

ChannelsEndpoint *
rd_line_settings_build_endpoint (const RdAccountSettings *settings, RdProfile *profile, GError **error)
{
  g_autoptr (ChannelsEndpoint) endpoint = NULL;

  g_return_val_if_fail (settings != NULL, NULL);
  g_return_val_if_fail (RD_IS_PROFILE (profile), NULL);

  if (rd_profile_get_plain_line (profile) != NULL)
    endpoint = build_plain_endpoint (settings, error);
  else
    endpoint = build_channels_endpoint (settings, error);
  if (endpoint == NULL)
    return NULL;
  if (!channels_endpoint_get_tls (endpoint) && !channels_endpoint_is_loopback (endpoint) && !settings->insecure)
    {
      g_propagate_error (error,
                         rd_fault_new (RD_FAULT_BAD_INPUT, channels_endpoint_get_host (endpoint), 0, NULL, "tls"));
      return NULL;
    }
  return g_steal_pointer (&endpoint);
}

RdVars *
rd_line_settings_build_vars (const RdAccountSettings *settings)
{
  g_autoptr (RdVars) vars = rd_vars_new ();
  GHashTableIter iter;
  gpointer name, value;

  g_return_val_if_fail (settings != NULL, NULL);

  if (settings->vars == NULL)
    return g_steal_pointer (&vars);
  g_hash_table_iter_init (&iter, settings->vars);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      g_auto (GStrv) values = g_strsplit (value, ",", MAX_VALUES);

      for (char **v = values; *v != NULL; v++)
        g_strstrip (*v);
      rd_vars_set_list (vars, name, (const char * const *) values);
    }
  return g_steal_pointer (&vars);
}

gboolean
rd_line_settings_check_needs (const RdAccountSettings *settings, RdProfile *profile, GError **error)
{
  const char * const *needs;

  g_return_val_if_fail (settings != NULL, FALSE);
  g_return_val_if_fail (RD_IS_PROFILE (profile), FALSE);

  needs = rd_profile_get_needs (profile);
  for (guint i = 0; needs != NULL && needs[i] != NULL; i++)
    {
      const char *value = settings->vars != NULL ? g_hash_table_lookup (settings->vars, needs[i]) : NULL;

      if (has_text (value))
        continue;
      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, needs[i]));
      return FALSE;
    }
  return TRUE;
}

gboolean
rd_line_settings_check (const RdAccountSettings *settings, RdProfile *profile, GError **error)
{
  g_return_val_if_fail (settings != NULL, FALSE);
  g_return_val_if_fail (RD_IS_PROFILE (profile), FALSE);

  if (has_text (settings->user_id) || rd_profile_get_action (profile, "user") != NULL)
    return rd_line_settings_check_needs (settings, profile, error);
  g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, "user-id"));
  return FALSE;
}

gboolean
rd_line_settings_needs_credentials (const RdAccountSettings *settings, RdProfile *profile)
{
  RdSignInWays ways;

  g_return_val_if_fail (settings != NULL, FALSE);
  g_return_val_if_fail (RD_IS_PROFILE (profile), FALSE);

  ways = rd_profile_get_sign_in_ways (profile);
  return rd_profile_get_authorise_path (profile) != NULL || rd_profile_get_plain_line (profile) != NULL
         || (ways & RD_SIGN_IN_PASSWORD) != 0 || (ways != 0 && rd_line_settings_is_asked_only (settings, profile));
}

gboolean
rd_line_settings_is_host (const char *host)
{
  g_autofree char *uri = NULL;
  g_autoptr (GUri) parsed = NULL;
  const char *path;

  if (!has_text (host) || strlen (host) > MAX_HOST)
    return FALSE;
  for (const char *c = host; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr (".-_:[]", *c) == NULL)
      return FALSE;
  uri = g_strconcat ("https://", host, NULL);
  parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);
  if (parsed == NULL || !has_text (g_uri_get_host (parsed)))
    return FALSE;
  path = g_uri_get_path (parsed);
  return !has_text (path);
}

GVariant *
rd_line_settings_list_toasts (const RdAccountSettings *settings)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sb}"));

  g_return_val_if_fail (settings != NULL, NULL);

  for (const char * const *kind = rd_account_settings_get_toasts (); *kind != NULL; kind++)
    g_variant_builder_add (&builder, "{sb}", *kind, rd_account_settings_wants (settings, *kind));
  return g_variant_builder_end (&builder);
}

char **
rd_line_settings_dup_sign_in_ways (RdProfile *profile)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  RdSignInWays ways = profile != NULL ? rd_profile_get_sign_in_ways (profile) : 0;

  if ((ways & RD_SIGN_IN_PASSWORD) != 0)
    g_strv_builder_add (builder, "password");
  if ((ways & RD_SIGN_IN_TOKEN) != 0)
    g_strv_builder_add (builder, "token");
  return g_strv_builder_end (builder);
}
