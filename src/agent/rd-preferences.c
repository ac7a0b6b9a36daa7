/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gsettingsbackend.h>

#include "rd-preferences.h"

/* The user's preferences. A missing schema aborts g_settings_new(): it is looked up first, and where it is missing this
 * table stands in for it. */

static const struct
{
  const char *key;
  const char *value; /* as GVariant's text */
} defaults[] = {
  { "window-on-call", "'always'" },
  { "ring-sink", "''" },
  { "tones", "true" },
  { "ring-tone", "'classic'" },
  { "message-tone", "'bell'" },
  { "ring-device", "''" },
  { "ring-volume", "0.8" },
  { "ring-on-speakers", "false" },
  { "ring-fade-in", "uint32 4" },
  { "pause-media", "true" },
  { "do-not-disturb", "false" },
  { "do-not-disturb-until", "int64 0" },
  { "quiet-hours", "false" },
  { "quiet-days", "uint32 127" },
  { "quiet-from", "uint32 1320" },
  { "quiet-to", "uint32 420" },
  { "quiet-hours-ended", "int64 0" },
  { "banners-in-desktop-quiet", "'respect'" },
  { "sounds-in-desktop-quiet", "'respect'" },
  { "muted", "@a(sss) []" },
  { "vips", "@a(sss) []" },
  { "decline-texts", "@as []" },
  { "remind-minutes", "uint32 10" },
  { "hide-when-locked", "true" },
  { "history-days", "uint32 365" },
  { "tray", "true" },
  { "autostart", "false" },
  { "global-shortcuts", "false" },
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdPreferences
{
  GObject parent_instance;

  GSettings *settings; /* (nullable) */
  GHashTable *own;     /* key → GVariant, where there are no settings */
};

G_DEFINE_FINAL_TYPE (RdPreferences, rd_preferences, G_TYPE_OBJECT)

static GSettings *
open_settings (const char *file)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsBackend) backend = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, RD_APP_ID, TRUE);
  if (schema == NULL)
    {
      g_message ("The settings schema %s is not installed: defaults are used", RD_APP_ID);
      return NULL;
    }
  if (file != NULL)
    backend = g_keyfile_settings_backend_new (file, "/io/github/ringdown/Ringdown/", "Ringdown");
  return g_settings_new_full (schema, backend, NULL);
}

static void
take_defaults (RdPreferences *self)
{
  self->own = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_variant_unref);
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    {
      GVariant *value = g_variant_parse (NULL, defaults[i].value, NULL, NULL, NULL);

      g_hash_table_insert (self->own, (char *) defaults[i].key, value);
    }
}

static void
on_settings_changed (GSettings *settings, const char *key, RdPreferences *self)
{
  g_signal_emit (self, signals[CHANGED], g_quark_from_string (key), key);
}

/*
 * GObject
 */
static void
rd_preferences_finalize (GObject *object)
{
  RdPreferences *self = RD_PREFERENCES (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->own, g_hash_table_unref);

  G_OBJECT_CLASS (rd_preferences_parent_class)->finalize (object);
}

static void
rd_preferences_class_init (RdPreferencesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_preferences_finalize;

  signals[CHANGED] = g_signal_new ("changed", RD_TYPE_PREFERENCES, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
rd_preferences_init (RdPreferences *self)
{
}

RdPreferences *
rd_preferences_new (const char *file)
{
  RdPreferences *self = g_object_new (RD_TYPE_PREFERENCES, NULL);

  self->settings = open_settings (file);
  if (self->settings != NULL)
    g_signal_connect_object (self->settings, "changed", G_CALLBACK (on_settings_changed), self, 0);
  else
    take_defaults (self);
  return self;
}

GVariant *
rd_preferences_dup_value (RdPreferences *self, const char *key)
{
  GVariant *value;

  g_return_val_if_fail (RD_IS_PREFERENCES (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  if (self->settings != NULL)
    return g_settings_get_value (self->settings, key);
  value = g_hash_table_lookup (self->own, key);
  g_return_val_if_fail (value != NULL, NULL);
  return g_variant_ref (value);
}

gboolean
rd_preferences_set_value (RdPreferences *self, const char *key, GVariant *value)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);
  gpointer known;

  g_return_val_if_fail (RD_IS_PREFERENCES (self), FALSE);
  g_return_val_if_fail (key != NULL && value != NULL, FALSE);

  if (self->settings != NULL)
    {
      g_autoptr (GSettingsSchema) schema = NULL;
      g_autoptr (GSettingsSchemaKey) description = NULL;

      g_object_get (self->settings, "settings-schema", &schema, NULL);
      description = g_settings_schema_get_key (schema, key);
      return g_settings_schema_key_range_check (description, owned)
             && g_settings_set_value (self->settings, key, owned);
    }
  if (!g_hash_table_steal_extended (self->own, key, &known, NULL))
    g_return_val_if_reached (FALSE);
  g_hash_table_insert (self->own, known, g_steal_pointer (&owned));
  g_signal_emit (self, signals[CHANGED], g_quark_from_string (key), key);
  return TRUE;
}

RdWindowOnCall
rd_preferences_get_window_on_call (RdPreferences *self)
{
  g_return_val_if_fail (RD_IS_PREFERENCES (self), RD_WINDOW_ON_CALL_ALWAYS);

  return (RdWindowOnCall) rd_preferences_get_enum (self, "window-on-call");
}

int
rd_preferences_get_enum (RdPreferences *self, const char *key)
{
  g_return_val_if_fail (RD_IS_PREFERENCES (self), 0);

  if (self->settings != NULL)
    return g_settings_get_enum (self->settings, key);
  return g_str_equal (key, "window-on-call") ? (int) RD_WINDOW_ON_CALL_ALWAYS : (int) RD_IN_DESKTOP_QUIET_RESPECT;
}

gboolean
rd_preferences_get_boolean (RdPreferences *self, const char *key)
{
  g_autoptr (GVariant) value = rd_preferences_dup_value (self, key);

  return g_variant_get_boolean (value);
}

guint
rd_preferences_get_uint (RdPreferences *self, const char *key)
{
  g_autoptr (GVariant) value = rd_preferences_dup_value (self, key);

  return g_variant_get_uint32 (value);
}

gint64
rd_preferences_get_int64 (RdPreferences *self, const char *key)
{
  g_autoptr (GVariant) value = rd_preferences_dup_value (self, key);

  return g_variant_get_int64 (value);
}

double
rd_preferences_get_double (RdPreferences *self, const char *key)
{
  g_autoptr (GVariant) value = rd_preferences_dup_value (self, key);

  return g_variant_get_double (value);
}

char *
rd_preferences_dup_string (RdPreferences *self, const char *key)
{
  g_autoptr (GVariant) value = rd_preferences_dup_value (self, key);

  return g_variant_dup_string (value, NULL);
}
