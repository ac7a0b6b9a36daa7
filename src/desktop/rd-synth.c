/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-ringer"

#include "config.h"

#include "rd-synth.h"

#include <math.h>

/* Sound as arithmetic: no files to find, no decoder to load, and a ring that changes its loudness as it goes on. */

#define FRAMES(ms) ((guint64) (ms) *RD_SYNTH_RATE / 1000)
/* Long enough not to click, short enough not to be heard. */
#define ATTACK_MS 4
#define RELEASE_MS 40

/* A struck bar: three partials that die away, the higher the sooner. */
typedef struct
{
  guint offset_ms;
  double hertz;
} Note;

typedef struct
{
  const Note *notes;
  gsize n_notes;
  guint period_ms;
  double gain;
  guint fade_in_ms;
} Pattern;

#define NOTE_MS 600
#define NOTE_DECAY_S 0.16
#define FADE_IN_FROM 0.1

static const Note full_notes[] = {
  { 0, 659.26 },   { 160, 783.99 },  { 320, 987.77 },  { 480, 783.99 },
  { 960, 659.26 }, { 1120, 783.99 }, { 1280, 987.77 }, { 1440, 1318.51 },
};
static const Note soft_notes[] = { { 0, 659.26 }, { 200, 783.99 } };

static const Pattern patterns[] = {
  [RD_RINGER_SOFT] = { soft_notes, G_N_ELEMENTS (soft_notes), 4000, 0.07, 0 },
  [RD_RINGER_FULL] = { full_notes, G_N_ELEMENTS (full_notes), 3000, 0.36, 3000 },
};

/* The tones as the sites' own pages play them (backends.md, section 4): one voice that steps from pitch to pitch. */
typedef struct
{
  Note steps[3];
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

struct _RdSynth
{
  GMutex lock;
  RdRingerState ring;
  guint64 ring_frame; /* since the pattern began */
  guint64 rung;       /* since the ring began */
  const Tone *tone;
  guint64 tone_frame;
  double tone_phase; /* in turns: it goes on from step to step, so that a step does not click */
};

static double
render_note (double hertz, double seconds)
{
  double turn = 2 * G_PI * hertz * seconds;
  double attack = MIN (1, seconds * 1000 / ATTACK_MS);

  return attack
         * (exp (-seconds / NOTE_DECAY_S) * sin (turn) + 0.35 * exp (-seconds * 2 / NOTE_DECAY_S) * sin (2 * turn)
            + 0.12 * exp (-seconds * 4 / NOTE_DECAY_S) * sin (4 * turn));
}

static double
render_ring (RdSynth *self)
{
  const Pattern *pattern = &patterns[self->ring];
  guint64 period = FRAMES (pattern->period_ms);
  guint64 at = self->ring_frame % period;
  double fade = 1;
  double sum = 0;

  if (self->ring_frame < FRAMES (pattern->fade_in_ms))
    fade = pow (FADE_IN_FROM, 1 - (double) self->ring_frame / (double) FRAMES (pattern->fade_in_ms));
  for (gsize i = 0; i < pattern->n_notes; i++)
    {
      guint64 start = FRAMES (pattern->notes[i].offset_ms);

      if (at >= start && at < start + FRAMES (NOTE_MS))
        sum += render_note (pattern->notes[i].hertz, (double) (at - start) / RD_SYNTH_RATE);
    }
  self->ring_frame++;
  if (++self->rung >= (guint64) RD_SYNTH_RING_LIMIT_S * RD_SYNTH_RATE)
    self->ring = RD_RINGER_SILENT;
  return pattern->gain * fade * sum;
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

static void
clear_synth (gpointer data)
{
  RdSynth *self = data;

  g_mutex_clear (&self->lock);
}

RdSynth *
rd_synth_new (void)
{
  RdSynth *self = g_atomic_rc_box_new0 (RdSynth);

  g_mutex_init (&self->lock);
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
rd_synth_set_ring (RdSynth *self, RdRingerState ring)
{
  g_return_if_fail (self != NULL);
  g_mutex_lock (&self->lock);
  if (ring == RD_RINGER_SILENT || self->ring == RD_RINGER_SILENT)
    self->rung = 0;
  if (ring == RD_RINGER_SILENT)
    self->tone = NULL;
  self->ring = ring;
  self->ring_frame = 0;
  g_mutex_unlock (&self->lock);
}

void
rd_synth_play_tone (RdSynth *self, RdTone tone)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail ((gsize) tone < G_N_ELEMENTS (tones));
  g_mutex_lock (&self->lock);
  self->tone = &tones[tone];
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
  idle = self->ring == RD_RINGER_SILENT && self->tone == NULL;
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
      frames[i] = (gint16) lrint (CLAMP (sample, -1, 1) * G_MAXINT16);
    }
  left = self->ring != RD_RINGER_SILENT || self->tone != NULL;
  g_mutex_unlock (&self->lock);
  return left;
}
