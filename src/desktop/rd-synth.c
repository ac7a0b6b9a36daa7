/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-ringer"

#include "config.h"

#include "rd-synth.h"

#include <math.h>

/* What sounds now, mixed: the ring, which grows louder as it goes on, and a tone. */

#define FRAMES(ms) ((guint64) (ms) *RD_SYNTH_RATE / 1000)
/* Long enough not to click, short enough not to be heard. */
#define ATTACK_MS 4
#define RELEASE_MS 40

#define FADE_IN_FROM 0.1
#define FADE_IN_MS 3000

typedef struct
{
  guint offset_ms;
  double hertz;
} Step;

/* The tones as the sites' own pages play them (backends.md, section 4): one voice that steps from pitch to pitch. */
typedef struct
{
  Step steps[3];
  gsize n_steps;
  guint length_ms;
  double gain;
  gboolean triangle;
} Tone;

static const Tone tones[] = {
  [RD_TONE_SUCCESS] = { { { 0, 1046.5 }, { 50, 1318.51 }, { 80, 1567.98 } }, 3, 500, 0.3, TRUE },
  [RD_TONE_INFO] = { { { 0, 329.63 } }, 1, 400, 0.15, FALSE },
  [RD_TONE_WARNING] = { { { 0, 220 }, { 150, 246.94 } }, 2, 400, 0.15, FALSE },
  [RD_TONE_ERROR] = { { { 0, 261.63 }, { 150, 196 } }, 2, 400, 0.15, FALSE },
};

/* A ring or a message's tone: a tune, or samples, or neither: these are waited for. */
typedef struct
{
  const RdTune *tune;
  GBytes *samples;
  guint64 waited;
} Part;

struct _RdSynth
{
  GMutex lock;
  Part parts[RD_SYNTH_N_PARTS];
  double volume; /* a factor */
  guint fade_in_ms;
  RdRingerState ring;
  guint64 ring_frame; /* since the pattern began */
  guint64 rung;       /* since the ring began */
  const Tone *tone;
  gboolean message; /* a message's tone sounds */
  guint64 tone_frame;
  double tone_phase; /* in turns: it goes on from step to step, so that a step does not click */
};

static const RdTune *
get_usual (RdSynthPart part)
{
  return part == RD_SYNTH_RING ? rd_tune_find_ring (RD_TUNE_RING) : rd_tune_find_message (RD_TUNE_MESSAGE);
}

/* FALSE: its samples are still to come. */
static gboolean
is_ready (RdSynth *self, RdSynthPart id)
{
  Part *part = &self->parts[id];

  if (part->tune == NULL && part->samples == NULL && ++part->waited > FRAMES (RD_SYNTH_PATIENCE_MS))
    part->tune = get_usual (id);
  return part->tune != NULL || part->samples != NULL;
}

static guint64
get_length (const Part *part)
{
  return part->tune != NULL ? rd_tune_get_length (part->tune) : g_bytes_get_size (part->samples) / sizeof (gint16);
}

/* @frame: within the length */
static double
render_part (const Part *part, guint64 frame)
{
  const gint16 *samples;

  if (part->tune != NULL)
    return rd_tune_render (part->tune, frame);
  samples = g_bytes_get_data (part->samples, NULL);
  return samples[frame] / (double) G_MAXINT16;
}

static double
render_ring (RdSynth *self)
{
  const Part soft = { .tune = rd_tune_get_soft () };
  const Part *part = self->ring == RD_RINGER_SOFT ? &soft : &self->parts[RD_SYNTH_RING];
  double fade = 1;
  double sample;

  if (++self->rung >= (guint64) RD_SYNTH_RING_LIMIT_S * RD_SYNTH_RATE)
    self->ring = RD_RINGER_SILENT;
  if (part != &soft && !is_ready (self, RD_SYNTH_RING))
    return 0;
  if (part != &soft && self->ring_frame < FRAMES (self->fade_in_ms))
    fade = pow (FADE_IN_FROM, 1 - (double) self->ring_frame / (double) FRAMES (self->fade_in_ms));
  sample = render_part (part, self->ring_frame % get_length (part));
  self->ring_frame++;
  return fade * sample;
}

static double
render_message (RdSynth *self)
{
  const Part *part = &self->parts[RD_SYNTH_MESSAGE];
  double sample;

  if (!is_ready (self, RD_SYNTH_MESSAGE))
    return 0;
  sample = render_part (part, self->tone_frame);
  if (++self->tone_frame >= get_length (part))
    self->message = FALSE;
  return sample;
}

static double
render_tone (RdSynth *self)
{
  const Tone *tone = self->tone;
  guint64 left = FRAMES (tone->length_ms) - self->tone_frame;
  double envelope = MIN (1, MIN ((double) self->tone_frame / FRAMES (ATTACK_MS), (double) left / FRAMES (RELEASE_MS)));
  double hertz = tone->steps[0].hertz;
  double wave;

  for (gsize i = 1; i < tone->n_steps; i++)
    if (self->tone_frame >= FRAMES (tone->steps[i].offset_ms))
      hertz = tone->steps[i].hertz;
  wave = sin (2 * G_PI * self->tone_phase);
  if (tone->triangle)
    wave = 2 / G_PI * asin (wave);
  self->tone_phase = fmod (self->tone_phase + hertz / RD_SYNTH_RATE, 1);
  if (++self->tone_frame >= FRAMES (tone->length_ms))
    self->tone = NULL;
  return tone->gain * envelope * wave;
}

static gboolean
has_more (const RdSynth *self)
{
  return self->ring != RD_RINGER_SILENT || self->tone != NULL || self->message;
}

static void
clear_synth (gpointer data)
{
  RdSynth *self = data;

  for (guint i = 0; i < RD_SYNTH_N_PARTS; i++)
    g_clear_pointer (&self->parts[i].samples, g_bytes_unref);
  g_mutex_clear (&self->lock);
}

RdSynth *
rd_synth_new (void)
{
  RdSynth *self = g_atomic_rc_box_new0 (RdSynth);

  g_mutex_init (&self->lock);
  for (guint i = 0; i < RD_SYNTH_N_PARTS; i++)
    self->parts[i].tune = get_usual ((RdSynthPart) i);
  self->volume = 1;
  self->fade_in_ms = FADE_IN_MS;
  return self;
}

RdSynth *
rd_synth_ref (RdSynth *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
rd_synth_unref (RdSynth *self)
{
  g_atomic_rc_box_release_full (self, clear_synth);
}

void
rd_synth_set_volume (RdSynth *self, double volume)
{
  g_return_if_fail (self != NULL);
  g_mutex_lock (&self->lock);
  /* What is half as loud to people has about a quarter of the amplitude. */
  self->volume = pow (CLAMP (volume, 0, 1) / RD_SYNTH_VOLUME, 2);
  g_mutex_unlock (&self->lock);
}

void
rd_synth_set_fade_in (RdSynth *self, guint ms)
{
  g_return_if_fail (self != NULL);
  g_mutex_lock (&self->lock);
  self->fade_in_ms = ms;
  g_mutex_unlock (&self->lock);
}

void
rd_synth_set_tune (RdSynth *self, RdSynthPart part, const RdTune *tune)
{
  g_return_if_fail (self != NULL);
  g_mutex_lock (&self->lock);
  self->parts[part].tune = tune;
  self->parts[part].waited = 0;
  g_clear_pointer (&self->parts[part].samples, g_bytes_unref);
  /* What has begun begins anew: the lengths differ. */
  if (part == RD_SYNTH_RING)
    self->ring_frame = 0;
  else if (self->message)
    self->tone_frame = 0;
  g_mutex_unlock (&self->lock);
}

void
rd_synth_set_samples (RdSynth *self, RdSynthPart part, GBytes *samples)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (samples != NULL && g_bytes_get_size (samples) >= sizeof (gint16));
  rd_synth_set_tune (self, part, NULL);
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->parts[part].samples, g_bytes_unref);
  self->parts[part].samples = g_bytes_ref (samples);
  g_mutex_unlock (&self->lock);
}

void
rd_synth_set_ring (RdSynth *self, RdRingerState ring)
{
  g_return_if_fail (self != NULL);
  g_mutex_lock (&self->lock);
  if (ring == RD_RINGER_SILENT || self->ring == RD_RINGER_SILENT)
    self->rung = 0;
  if (ring == RD_RINGER_SILENT)
    {
      self->tone = NULL;
      self->message = FALSE;
    }
  self->ring = ring;
  self->ring_frame = 0;
  g_mutex_unlock (&self->lock);
}

void
rd_synth_play_tone (RdSynth *self, RdTone tone)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (tone == RD_TONE_MESSAGE || (gsize) tone < G_N_ELEMENTS (tones));
  g_mutex_lock (&self->lock);
  self->message = tone == RD_TONE_MESSAGE;
  self->tone = self->message ? NULL : &tones[tone];
  self->tone_frame = 0;
  self->tone_phase = 0;
  g_mutex_unlock (&self->lock);
}

gboolean
rd_synth_is_idle (RdSynth *self)
{
  gboolean idle;

  g_return_val_if_fail (self != NULL, TRUE);
  g_mutex_lock (&self->lock);
  idle = !has_more (self);
  g_mutex_unlock (&self->lock);
  return idle;
}

gboolean
rd_synth_render (RdSynth *self, gint16 *frames, gsize n_frames)
{
  gboolean left;

  g_return_val_if_fail (self != NULL, FALSE);
  g_mutex_lock (&self->lock);
  for (gsize i = 0; i < n_frames; i++)
    {
      double sample = 0;

      if (self->ring != RD_RINGER_SILENT)
        sample += render_ring (self);
      if (self->tone != NULL)
        sample += render_tone (self);
      if (self->message)
        sample += render_message (self);
      frames[i] = (gint16) lrint (CLAMP (self->volume * sample, -1, 1) * G_MAXINT16);
    }
  left = has_more (self);
  g_mutex_unlock (&self->lock);
  return left;
}
