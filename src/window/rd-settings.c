/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-window"

#include "config.h"

#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gsettingsbackend.h>

#include "rd-settings.h"

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
