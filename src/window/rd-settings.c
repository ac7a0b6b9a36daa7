/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-window"

#include "config.h"

#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gsettingsbackend.h>

#include "rd-settings.h"

static gboolean
read_choice (GValue *value, GVariant *variant, gpointer user_data)
{
  const char *const *nicks = user_data;
  const char *nick = g_variant_get_string (variant, NULL);
  guint i;

  for (i = 0; nicks[i] != NULL; i++)
    if (g_str_equal (nicks[i], nick))
      {
        g_value_set_uint (value, i);
        return TRUE;
      }
  g_value_set_uint (value, 0);
  return TRUE;
}

/* (nullable): NULL leaves the setting as it is */
static GVariant *
write_choice (const GValue *value, const GVariantType *type, gpointer user_data)
{
  const char *const *nicks = user_data;
  guint selected = g_value_get_uint (value);

  return selected < g_strv_length ((char **) nicks) ? g_variant_new_string (nicks[selected]) : NULL;
}

/* g_settings_new() ends the program where the schema is missing; no setting is worth that. */
GSettings *
rd_settings_open (const char *file)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsBackend) backend = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, RD_APP_ID, TRUE);
  if (schema == NULL)
    return NULL;
  if (file != NULL)
    backend = g_keyfile_settings_backend_new (file, "/io/github/ringdown/Ringdown/", "Ringdown");
  return g_settings_new_full (schema, backend, NULL);
}

void
rd_settings_bind_choice (GSettings *settings, const char *key, gpointer row, const char *const *nicks)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (nicks != NULL);

  g_settings_bind_with_mapping (settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT, read_choice, write_choice,
                                (gpointer) nicks, NULL);
}
