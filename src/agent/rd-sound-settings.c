/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-sound-settings.h"

#include "rd-fault.h"

/* From the preferences to the ringer. */

struct _RdSoundSettings
{
  GObject parent_instance;

  RdPreferences *preferences;
  RdRinger *ringer;
  RdNotices *notices;
  char *sink;       /* (nullable) */
  char *complained; /* (nullable): the file of which was last said that it cannot be played */
};

G_DEFINE_FINAL_TYPE (RdSoundSettings, rd_sound_settings, G_TYPE_OBJECT)

static void
apply (RdSoundSettings *self)
{
  g_autofree char *sink = rd_preferences_dup_string (self->preferences, "ring-sink");
  g_autofree char *ring_tone = rd_preferences_dup_string (self->preferences, "ring-tone");
  g_autofree char *message_tone = rd_preferences_dup_string (self->preferences, "message-tone");
  g_autofree char *device = rd_preferences_dup_string (self->preferences, "ring-device");
  const RdRingerSettings settings = {
    .sink = self->sink != NULL ? self->sink : sink,
    .ring_tone = ring_tone,
    .message_tone = message_tone,
    .device = device,
    .volume = rd_preferences_get_double (self->preferences, "ring-volume"),
    .on_speakers = rd_preferences_get_boolean (self->preferences, "ring-on-speakers"),
    .fade_in_ms = rd_preferences_get_uint (self->preferences, "ring-fade-in") * 1000,
  };

  rd_ringer_configure (self->ringer, &settings);
}

static void
on_preference_changed (RdPreferences *preferences, const char *key, RdSoundSettings *self)
{
  apply (self);
}

static void
on_tone_failed (RdRinger *ringer, gboolean ring, const char *uri, RdSoundSettings *self)
{
  g_autoptr (GError) error = NULL;

  /* Whoever tries it out is told by the test. */
  if (rd_ringer_get_testing (ringer) != RD_RINGER_TEST_NOTHING || g_strcmp0 (uri, self->complained) == 0)
    return;
  g_free (self->complained);
  self->complained = g_strdup (uri);
  error = rd_fault_new (RD_FAULT_UNSUPPORTED, NULL, 0, NULL, ring ? "ring-tone" : "message-tone");
  rd_notices_say (self->notices, "notice", NULL, NULL, error);
}

/*
 * GObject
 */
static void
rd_sound_settings_finalize (GObject *object)
{
  RdSoundSettings *self = RD_SOUND_SETTINGS (object);

  g_clear_pointer (&self->sink, g_free);
  g_clear_pointer (&self->complained, g_free);
  g_clear_object (&self->preferences);
  g_clear_object (&self->ringer);
  g_clear_object (&self->notices);

  G_OBJECT_CLASS (rd_sound_settings_parent_class)->finalize (object);
}

static void
rd_sound_settings_class_init (RdSoundSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_sound_settings_finalize;
}

static void
rd_sound_settings_init (RdSoundSettings *self)
{
}

RdSoundSettings *
rd_sound_settings_new (RdPreferences *preferences, RdRinger *ringer, RdNotices *notices, const char *sink)
{
  static const char * const keys[] = {
    "ring-sink", "ring-tone", "message-tone", "ring-device", "ring-volume", "ring-on-speakers", "ring-fade-in",
  };
  RdSoundSettings *self;

  g_return_val_if_fail (RD_IS_PREFERENCES (preferences), NULL);
  g_return_val_if_fail (RD_IS_RINGER (ringer), NULL);
  g_return_val_if_fail (RD_IS_NOTICES (notices), NULL);

  self = g_object_new (RD_TYPE_SOUND_SETTINGS, NULL);
  self->preferences = g_object_ref (preferences);
  self->ringer = g_object_ref (ringer);
  self->notices = g_object_ref (notices);
  self->sink = g_strdup (sink);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *signal = g_strconcat ("changed::", keys[i], NULL);

      g_signal_connect_object (preferences, signal, G_CALLBACK (on_preference_changed), self, 0);
    }
  g_signal_connect_object (ringer, "tone-failed", G_CALLBACK (on_tone_failed), self, 0);
  apply (self);
  return self;
}
