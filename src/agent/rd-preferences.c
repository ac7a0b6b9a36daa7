/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-preferences.h"

/* The user's preferences. A missing schema aborts g_settings_new(): it is looked up first. */

struct _RdPreferences
{
  GObject parent_instance;

  GSettings *settings; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (RdPreferences, rd_preferences, G_TYPE_OBJECT)

static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, RD_APP_ID, TRUE);
  if (schema == NULL)
    {
      g_message ("The settings schema %s is not installed: defaults are used", RD_APP_ID);
      return NULL;
    }
  return g_settings_new_full (schema, NULL, NULL);
}

/*
 * GObject
 */
static void
rd_preferences_finalize (GObject *object)
{
  RdPreferences *self = RD_PREFERENCES (object);

  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rd_preferences_parent_class)->finalize (object);
}

static void
rd_preferences_class_init (RdPreferencesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_preferences_finalize;
}

static void
rd_preferences_init (RdPreferences *self)
{
  self->settings = open_settings ();
}

RdPreferences *
rd_preferences_new (void)
{
  return g_object_new (RD_TYPE_PREFERENCES, NULL);
}

RdWindowOnCall
rd_preferences_get_window_on_call (RdPreferences *self)
{
  g_return_val_if_fail (RD_IS_PREFERENCES (self), RD_WINDOW_ON_CALL_ALWAYS);

  if (self->settings == NULL)
    return RD_WINDOW_ON_CALL_ALWAYS;
  return (RdWindowOnCall) g_settings_get_enum (self->settings, "window-on-call");
}

gboolean
rd_preferences_get_tones (RdPreferences *self)
{
  g_return_val_if_fail (RD_IS_PREFERENCES (self), FALSE);

  return self->settings == NULL || g_settings_get_boolean (self->settings, "tones");
}

char *
rd_preferences_dup_ring_sink (RdPreferences *self)
{
  g_autofree char *sink = NULL;

  g_return_val_if_fail (RD_IS_PREFERENCES (self), NULL);

  if (self->settings == NULL)
    return NULL;
  sink = g_settings_get_string (self->settings, "ring-sink");
  return *sink != '\0' ? g_steal_pointer (&sink) : NULL;
}
