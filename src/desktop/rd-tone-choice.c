/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-ringer"

#include "config.h"

#include "rd-tone-choice.h"

#include "rd-sound-file.h"

/* Between what is chosen and what the synth plays. */

#define MESSAGE_LIMIT_S 6
/* A ring that is a click is heard as one, and not as a hundred. */
#define RING_LEAST_S 2

enum
{
  READY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdToneChoice
{
  GObject parent_instance;

  RdSynth *synth;
  RdSynthPart part;
  const RdTune *tune;
  char *uri;             /* (nullable): of a file, instead */
  GBytes *samples;       /* (nullable): what is in it, while it is fresh */
  gboolean bad;
  GCancellable *loading; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (RdToneChoice, rd_tone_choice, G_TYPE_OBJECT)

static const RdTune *
find_tune (RdSynthPart part, const char *id)
{
  const RdTune *tune = part == RD_SYNTH_RING ? rd_tune_find_ring (id) : rd_tune_find_message (id);

  if (tune != NULL)
    return tune;
  return part == RD_SYNTH_RING ? rd_tune_find_ring (RD_TUNE_RING) : rd_tune_find_message (RD_TUNE_MESSAGE);
}

/* A file that is being read; it does not keep who wants it. */
typedef struct
{
  GWeakRef choice;
  GCancellable *cancellable;
} Reading;

static void
free_reading (Reading *reading)
{
  g_weak_ref_clear (&reading->choice);
  g_object_unref (reading->cancellable);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, free_reading)

static void
on_file_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (RdToneChoice) self = g_weak_ref_get (&reading->choice);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) samples = rd_sound_file_load_finish (result, &error);

  if (self == NULL || self->loading != reading->cancellable)
    return;
  g_clear_object (&self->loading);
  self->bad = samples == NULL;
  if (samples != NULL)
    {
      rd_synth_set_samples (self->synth, self->part, samples);
      self->samples = g_steal_pointer (&samples);
    }
  else
    {
      g_message ("%s: %s", self->uri, error->message);
      rd_synth_set_tune (self->synth, self->part, self->tune);
    }
  g_signal_emit (self, signals[READY], 0, !self->bad);
}

static void
load (RdToneChoice *self)
{
  Reading *reading = g_new0 (Reading, 1);
  gboolean ring = self->part == RD_SYNTH_RING;

  self->loading = g_cancellable_new ();
  g_weak_ref_init (&reading->choice, self);
  reading->cancellable = g_object_ref (self->loading);
  rd_sound_file_load_async (self->uri, ring ? RING_LEAST_S : 0, ring ? RD_SYNTH_SAMPLES_LIMIT_S : MESSAGE_LIMIT_S,
                            self->loading, on_file_loaded, reading);
}

static void
stop_loading (RdToneChoice *self)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

/*
 * GObject
 */
static void
rd_tone_choice_finalize (GObject *object)
{
  RdToneChoice *self = RD_TONE_CHOICE (object);

  stop_loading (self);
  g_clear_pointer (&self->samples, g_bytes_unref);
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->synth, rd_synth_unref);

  G_OBJECT_CLASS (rd_tone_choice_parent_class)->finalize (object);
}

static void
rd_tone_choice_class_init (RdToneChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_tone_choice_finalize;

  signals[READY] = g_signal_new ("ready", RD_TYPE_TONE_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_BOOLEAN);
}

static void
rd_tone_choice_init (RdToneChoice *self)
{
}

RdToneChoice *
rd_tone_choice_new (RdSynth *synth, RdSynthPart part)
{
  RdToneChoice *self;

  g_return_val_if_fail (synth != NULL, NULL);

  self = g_object_new (RD_TYPE_TONE_CHOICE, NULL);
  self->synth = rd_synth_ref (synth);
  self->part = part;
  self->tune = find_tune (part, NULL);
  return self;
}

void
rd_tone_choice_set (RdToneChoice *self, const char *tone)
{
  const char *uri = tone != NULL && g_str_has_prefix (tone, "file://") ? tone : NULL;

  g_return_if_fail (RD_IS_TONE_CHOICE (self));

  self->tune = find_tune (self->part, tone);
  if (g_strcmp0 (self->uri, uri) == 0)
    return;
  stop_loading (self);
  rd_tone_choice_forget (self);
  self->bad = FALSE;
  g_free (self->uri);
  self->uri = g_strdup (uri);
}

void
rd_tone_choice_prepare (RdToneChoice *self)
{
  g_return_if_fail (RD_IS_TONE_CHOICE (self));

  if (self->loading != NULL)
    return;
  if (self->uri == NULL)
    rd_synth_set_tune (self->synth, self->part, self->tune);
  else if (self->samples != NULL)
    rd_synth_set_samples (self->synth, self->part, self->samples);
  else
    {
      rd_synth_set_tune (self->synth, self->part, NULL);
      load (self);
    }
}

gboolean
rd_tone_choice_is_busy (RdToneChoice *self)
{
  g_return_val_if_fail (RD_IS_TONE_CHOICE (self), FALSE);

  return self->loading != NULL;
}

gboolean
rd_tone_choice_is_bad (RdToneChoice *self)
{
  g_return_val_if_fail (RD_IS_TONE_CHOICE (self), FALSE);

  return self->bad;
}

const char *
rd_tone_choice_get_uri (RdToneChoice *self)
{
  g_return_val_if_fail (RD_IS_TONE_CHOICE (self), NULL);

  return self->uri;
}

void
rd_tone_choice_forget (RdToneChoice *self)
{
  g_return_if_fail (RD_IS_TONE_CHOICE (self));

  g_clear_pointer (&self->samples, g_bytes_unref);
}
