/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-profile-entry.h"

#include "rd-line-settings.h"

/* What somebody who sets an account up needs to know of a kind of site. */

GVariant *
rd_profile_entry_new (RdProfile *profile)
{
  static const char * const nothing[] = { NULL };
  const char * const *needs;
  g_autofree const char **abilities = NULL;
  g_auto (GStrv) ways = NULL;
  GVariantDict dict;

  g_return_val_if_fail (RD_IS_PROFILE (profile), NULL);

  needs = rd_profile_get_needs (profile);
  abilities = rd_profile_dup_abilities (profile, TRUE);
  ways = rd_line_settings_dup_sign_in_ways (profile);
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "id", "s", rd_profile_get_id (profile));
  g_variant_dict_insert (&dict, "name", "s", rd_profile_get_name (profile));
  g_variant_dict_insert (&dict, "needs", "^as", needs != NULL ? needs : nothing);
  g_variant_dict_insert (&dict, "can-call", "b", rd_profile_get_action (profile, "place") != NULL);
  g_variant_dict_insert (&dict, "private", "b", rd_profile_get_authorise_path (profile) != NULL);
  g_variant_dict_insert (&dict, "abilities", "^as", abilities);
  g_variant_dict_insert (&dict, "sign-in", "^as", ways);
  g_variant_dict_insert (&dict, "login", "s", rd_profile_get_login (profile));
  g_variant_dict_insert (&dict, "plain-line", "b", rd_profile_get_plain_line (profile) != NULL);
  return g_variant_dict_end (&dict);
}
