/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "rd-synth.h"
#include "rd-test.h"

#define FRAMES(ms) ((gsize) (ms) *RD_SYNTH_RATE / 1000)

/* The level of one frequency, 1.0 for a full-scale sine (Goertzel's algorithm). */
static double
measure (const gint16 *frames, gsize n_frames, double hertz)
{
  double factor = 2 * cos (2 * G_PI * hertz / RD_SYNTH_RATE);
  double previous = 0;
  double before = 0;

  for (gsize i = 0; i < n_frames; i++)
    {
      double next = frames[i] / (double) G_MAXINT16 + factor * previous - before;

      before = previous;
      previous = next;
    }
  return 2 * sqrt (fabs (previous * previous + before * before - factor * previous * before)) / (double) n_frames;
}

static double
measure_rms (const gint16 *frames, gsize n_frames)
{
  double sum = 0;

  for (gsize i = 0; i < n_frames; i++)
    sum += pow (frames[i] / (double) G_MAXINT16, 2);
  return sqrt (sum / (double) n_frames);
}

static double
measure_peak (const gint16 *frames, gsize n_frames)
{
  int peak = 0;

  for (gsize i = 0; i < n_frames; i++)
    peak = MAX (peak, ABS (frames[i]));
  return peak / (double) G_MAXINT16;
}

typedef struct
{
  RdTone tone;
  guint length_ms;
  double gain;
  double fundamental; /* a wave's first harmonic relative to its peak */
  /* pitch and where it alone sounds */
  struct
  {
    double hertz;
    guint from_ms;
    guint to_ms;
  } steps[3];
} Expected;

static const Expected tones[] = {
  { RD_TONE_SUCCESS, 500, 0.3, 8 / (G_PI * G_PI), { { 1046.5, 5, 50 }, { 1318.51, 50, 80 }, { 1567.98, 80, 450 } } },
  { RD_TONE_INFO, 400, 0.15, 1, { { 329.63, 5, 350 } } },
  { RD_TONE_WARNING, 400, 0.15, 1, { { 220, 5, 150 }, { 246.94, 150, 350 } } },
  { RD_TONE_ERROR, 400, 0.15, 1, { { 261.63, 5, 150 }, { 196, 150, 350 } } },
};

static void
test_tone (gconstpointer data)
{
  const Expected *expected = data;
  g_autoptr (RdSynth) synth = rd_synth_new ();
  gsize length = FRAMES (expected->length_ms);
  g_autofree gint16 *frames = g_new (gint16, length + 1);

  g_assert_true (rd_synth_is_idle (synth));
  rd_synth_play_tone (synth, expected->tone);
  g_assert_true (rd_synth_render (synth, frames, length - 1));
  g_assert_false (rd_synth_render (synth, frames + length - 1, 2));
  g_assert_cmpint (frames[length], ==, 0);
  g_assert_cmpint (ABS (frames[0]), <, 10);
  g_assert_cmpint (ABS (frames[length - 1]), <, 10);
  g_assert_cmpfloat_with_epsilon (measure_peak (frames, length), expected->gain, 0.005);
  for (gsize i = 0; i < G_N_ELEMENTS (expected->steps) && expected->steps[i].hertz > 0; i++)
    {
      gsize from = FRAMES (expected->steps[i].from_ms);
      gsize count = FRAMES (expected->steps[i].to_ms) - from;
      double hertz = expected->steps[i].hertz;
      double level = measure (frames + from, count, hertz);

      g_test_message ("%.2f Hz: %.3f", hertz, level);
      g_assert_cmpfloat_with_epsilon (level, expected->gain * expected->fundamental, expected->gain * 0.12);
      /* A window of N seconds tells pitches apart that differ by more than 1/N. */
      g_assert_cmpfloat (measure (frames + from, count, hertz + 2.5 * RD_SYNTH_RATE / (double) count), <, level / 2);
    }
}

static void
test_ring (void)
{
  g_autoptr (RdSynth) synth = rd_synth_new ();
  g_autofree gint16 *frames = g_new0 (gint16, FRAMES (9000));
  double first, second, third;

  rd_synth_set_ring (synth, RD_RINGER_FULL);
  g_assert_true (rd_synth_render (synth, frames, FRAMES (9000)));
  first = measure_rms (frames, FRAMES (3000));
  second = measure_rms (frames + FRAMES (3000), FRAMES (3000));
  third = measure_rms (frames + FRAMES (6000), FRAMES (3000));
  g_test_message ("ring: %.3f %.3f %.3f", first, second, third);
  /* It fades in, and then repeats itself. */
  g_assert_cmpfloat (first, <, second / 2);
  g_assert_cmpfloat (first, >, 0.005);
  g_assert_cmpfloat_with_epsilon (second, third, 0.0001);
  g_assert_cmpfloat (second, >, 0.05);
  g_assert_cmpfloat (measure_peak (frames, FRAMES (9000)), <, 0.9);
  g_assert_cmpfloat (measure (frames + FRAMES (3000), FRAMES (160), 659.26), >, 0.1);
  /* There is a rest in each turn. */
  g_assert_cmpfloat (measure_peak (frames + FRAMES (5300), FRAMES (500)), <, 0.001);
  rd_synth_set_ring (synth, RD_RINGER_SILENT);
  g_assert_false (rd_synth_render (synth, frames, 480));
  g_assert_cmpfloat (measure_peak (frames, 480), ==, 0);
}

static void
test_soft (void)
{
  g_autoptr (RdSynth) synth = rd_synth_new ();
  g_autofree gint16 *frames = g_new0 (gint16, FRAMES (8000));

  rd_synth_set_ring (synth, RD_RINGER_SOFT);
  g_assert_true (rd_synth_render (synth, frames, FRAMES (8000)));
  g_assert_cmpfloat (measure_peak (frames, FRAMES (8000)), <, 0.15);
  g_assert_cmpfloat (measure_peak (frames, FRAMES (8000)), >, 0.05);
  /* sparse */
  g_assert_cmpfloat (measure_peak (frames + FRAMES (1000), FRAMES (3000)), <, 0.001);
  g_assert_cmpmem (frames, FRAMES (4000) * 2, frames + FRAMES (4000), FRAMES (4000) * 2);
  /* A tone is heard on top of it. */
  rd_synth_play_tone (synth, RD_TONE_INFO);
  g_assert_true (rd_synth_render (synth, frames, FRAMES (400)));
  g_assert_cmpfloat (measure (frames, FRAMES (400), 329.63), >, 0.1);
}

static void
test_limit (void)
{
  g_autoptr (RdSynth) synth = rd_synth_new ();
  g_autofree gint16 *second = g_new0 (gint16, RD_SYNTH_RATE);
  guint rung = 0;

  rd_synth_set_ring (synth, RD_RINGER_FULL);
  while (rd_synth_render (synth, second, RD_SYNTH_RATE) && rung < 100)
    if (++rung == 30)
      /* Going from one call to the next does not prolong it. */
      rd_synth_set_ring (synth, RD_RINGER_SOFT);
  g_assert_cmpuint (rung, ==, RD_SYNTH_RING_LIMIT_S - 1);
  rd_synth_set_ring (synth, RD_RINGER_SILENT);
  rd_synth_set_ring (synth, RD_RINGER_FULL);
  g_assert_true (rd_synth_render (synth, second, RD_SYNTH_RATE));
}

/* What is heard of @part until it is over, or has been heard twice. (transfer full) */
static gint16 *
listen (const RdTune *tune, gboolean ring, double volume, gsize *n_frames)
{
  g_autoptr (RdSynth) synth = rd_synth_new ();
  gsize length = rd_tune_get_length (tune);
  gint16 *frames = g_new0 (gint16, 2 * length);

  rd_synth_set_volume (synth, volume);
  rd_synth_set_fade_in (synth, 0);
  rd_synth_set_tune (synth, ring ? RD_SYNTH_RING : RD_SYNTH_MESSAGE, tune);
  if (ring)
    rd_synth_set_ring (synth, RD_RINGER_FULL);
  else
    rd_synth_play_tone (synth, RD_TONE_MESSAGE);
  *n_frames = ring ? 2 * length : length;
  g_assert_cmpint (rd_synth_render (synth, frames, *n_frames), ==, ring);
  return frames;
}

/* As loud as it may be set it does not clip; it dies away before it begins anew, and no two are the same. */
static void
check_tunes (char **ids, const RdTune *(*find) (const char *id), gboolean ring, double least)
{
  double peaks[16] = { 0 };

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const RdTune *tune = find (ids[i]);
      gsize length = rd_tune_get_length (tune);
      gsize n_frames;
      g_autofree gint16 *frames = listen (tune, ring, 1, &n_frames);
      double rms = measure_rms (frames, length);

      peaks[i] = measure_peak (frames, n_frames);
      g_test_message ("%s: %.1f s, peak %.2f, level %.3f", ids[i], (double) length / RD_SYNTH_RATE, peaks[i], rms);
      g_assert_cmpfloat (peaks[i], <, 0.99);
      g_assert_cmpfloat (rms, >, least);
      g_assert_cmpint (ABS (frames[0]), <, 100);
      g_assert_cmpint (ABS (frames[length - 1]), <, 100);
      if (ring)
        g_assert_cmpmem (frames, length * 2, frames + length, length * 2);
      for (guint j = 0; j < i; j++)
        g_assert_cmpfloat (fabs (peaks[i] - peaks[j]), >, 0);
    }
}

static void
test_tunes (void)
{
  g_auto (GStrv) rings = rd_tune_dup_rings ();
  g_auto (GStrv) messages = rd_tune_dup_messages ();

  g_assert_cmpuint (g_strv_length (rings), >=, 4);
  g_assert_cmpuint (g_strv_length (messages), >=, 4);
  g_assert_cmpstr (rings[0], ==, RD_TUNE_RING);
  g_assert_cmpstr (messages[0], ==, RD_TUNE_MESSAGE);
  g_assert_null (rd_tune_find_ring ("bell of nobody"));
  g_assert_null (rd_tune_find_ring (NULL));
  check_tunes (rings, rd_tune_find_ring, TRUE, 0.05);
  check_tunes (messages, rd_tune_find_message, FALSE, 0.02);
}

static void
test_volume (void)
{
  const RdTune *tune = rd_tune_find_ring (RD_TUNE_RING);
  gsize n_frames;
  g_autofree gint16 *loud = listen (tune, TRUE, 0.8, &n_frames);
  g_autofree gint16 *soft = listen (tune, TRUE, 0.4, &n_frames);
  g_autofree gint16 *none = listen (tune, TRUE, 0, &n_frames);

  g_assert_cmpfloat_with_epsilon (measure_rms (soft, n_frames) / measure_rms (loud, n_frames), 0.25, 0.001);
  g_assert_cmpfloat (measure_peak (none, n_frames), ==, 0);
}

static void
test_fade_in (void)
{
  g_autoptr (RdSynth) synth = rd_synth_new ();
  g_autofree gint16 *frames = g_new0 (gint16, FRAMES (12000));

  rd_synth_set_fade_in (synth, 6000);
  rd_synth_set_ring (synth, RD_RINGER_FULL);
  rd_synth_render (synth, frames, FRAMES (12000));
  g_assert_cmpfloat (measure_rms (frames, FRAMES (3000)), <, measure_rms (frames + FRAMES (3000), FRAMES (3000)) / 2);
  g_assert_cmpfloat (measure_rms (frames + FRAMES (3000), FRAMES (3000)), <,
                     measure_rms (frames + FRAMES (6000), FRAMES (3000)) * 0.8);
  g_assert_cmpmem (frames + FRAMES (6000), FRAMES (3000) * 2, frames + FRAMES (9000), FRAMES (3000) * 2);
}

/* Samples are waited for in silence, but not for ever. */
static void
test_samples (void)
{
  static const gint16 samples[] = { 1000, 2000, 3000, 4000 };
  g_autoptr (RdSynth) synth = rd_synth_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (samples, sizeof samples);
  g_autofree gint16 *frames = g_new0 (gint16, FRAMES (3000));

  rd_synth_set_fade_in (synth, 0);
  rd_synth_set_tune (synth, RD_SYNTH_RING, NULL);
  rd_synth_set_ring (synth, RD_RINGER_FULL);
  g_assert_true (rd_synth_render (synth, frames, FRAMES (1000)));
  g_assert_cmpfloat (measure_peak (frames, FRAMES (1000)), ==, 0);
  rd_synth_set_samples (synth, RD_SYNTH_RING, bytes);
  g_assert_true (rd_synth_render (synth, frames, 8));
  g_assert_cmpmem (frames, sizeof samples, samples, sizeof samples);
  g_assert_cmpmem (frames + 4, sizeof samples, samples, sizeof samples);

  rd_synth_set_tune (synth, RD_SYNTH_RING, NULL);
  g_assert_true (rd_synth_render (synth, frames, FRAMES (3000)));
  g_assert_cmpfloat (measure_peak (frames, FRAMES (RD_SYNTH_PATIENCE_MS - 10)), ==, 0);
  g_assert_cmpfloat (measure_rms (frames + FRAMES (2100), FRAMES (900)), >, 0.05);
  rd_synth_set_ring (synth, RD_RINGER_SILENT);

  rd_synth_set_samples (synth, RD_SYNTH_MESSAGE, bytes);
  rd_synth_play_tone (synth, RD_TONE_MESSAGE);
  g_assert_false (rd_synth_render (synth, frames, 5));
  g_assert_cmpmem (frames, sizeof samples, samples, sizeof samples);
  g_assert_cmpint (frames[4], ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/synth/tone/success", &tones[0], test_tone);
  g_test_add_data_func ("/synth/tone/info", &tones[1], test_tone);
  g_test_add_data_func ("/synth/tone/warning", &tones[2], test_tone);
  g_test_add_data_func ("/synth/tone/error", &tones[3], test_tone);
  g_test_add_func ("/synth/ring", test_ring);
  g_test_add_func ("/synth/soft", test_soft);
  g_test_add_func ("/synth/limit", test_limit);
  g_test_add_func ("/synth/tunes", test_tunes);
  g_test_add_func ("/synth/volume", test_volume);
  g_test_add_func ("/synth/fade-in", test_fade_in);
  g_test_add_func ("/synth/samples", test_samples);
  return g_test_run ();
}
