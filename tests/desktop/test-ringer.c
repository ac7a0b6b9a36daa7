/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "rd-ringer.h"
#include "rd-synth.h"
#include "rd-test.h"

/* The sink is a file of samples: what would be heard can be compared with what the synth makes. */

typedef struct
{
  char *dir;
  char *path;
  RdRinger *ringer;
  guint notified;
} Fixture;

static void
on_notify_state (RdRinger *ringer, GParamSpec *pspec, Fixture *fixture)
{
  fixture->notified++;
}

/* @data: NULL, or "sync=true" to sound in real time */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sink = NULL;

  fixture->dir = rd_test_make_dir ();
  fixture->path = g_build_filename (fixture->dir, "sound.raw", NULL);
  sink = g_strdup_printf ("filesink location=%s buffer-mode=unbuffered %s", fixture->path,
                          data != NULL ? (const char *) data : "");
  fixture->ringer = rd_ringer_new (sink);
  g_signal_connect (fixture->ringer, "notify::state", G_CALLBACK (on_notify_state), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rd_test_drain ();
  g_assert_finalize_object (fixture->ringer);
  rd_test_remove_tree (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->path);
}

static gboolean
health_is (Fixture *fixture, const char *health)
{
  return g_strcmp0 (rd_ringer_get_health (fixture->ringer), health) == 0;
}

static gsize
get_size (Fixture *fixture)
{
  GStatBuf info;

  return g_stat (fixture->path, &info) == 0 ? (gsize) info.st_size : 0;
}

/* The file is what the synth renders, beginning with @ring (and @tone, if it is not -1). */
static void
assert_sounds (Fixture *fixture, RdRingerState ring, int tone)
{
  g_autoptr (RdSynth) synth = rd_synth_new ();
  g_autofree gint16 *expected = NULL;
  g_autofree char *heard = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  g_file_get_contents (fixture->path, &heard, &length, &error);
  g_assert_no_error (error);
  if (ring != RD_RINGER_SILENT)
    rd_synth_set_ring (synth, ring);
  if (tone >= 0)
    rd_synth_play_tone (synth, (RdTone) tone);
  expected = g_new0 (gint16, length / 2 + 1);
  rd_synth_render (synth, expected, length / 2);
  g_assert_cmpmem (heard, length, expected, length);
}

/* As fast as it can: the whole minute, and then no more. */
static void
test_limit (Fixture *fixture, gconstpointer data)
{
  g_assert_true (health_is (fixture, "unused"));
  rd_ringer_set_target (fixture->ringer, RD_RINGER_FULL);
  g_assert_cmpint (rd_ringer_get_target (fixture->ringer), ==, RD_RINGER_FULL);
  rd_test_await (rd_ringer_get_target (fixture->ringer) == RD_RINGER_SILENT);
  rd_test_await (rd_ringer_get_state (fixture->ringer) == RD_RINGER_SILENT);
  g_assert_true (health_is (fixture, "ok"));
  g_assert_cmpuint (get_size (fixture), ==, RD_SYNTH_RING_LIMIT_S * RD_SYNTH_RATE * sizeof (gint16));
  assert_sounds (fixture, RD_RINGER_FULL, -1);
}

static void
test_start_stop (Fixture *fixture, gconstpointer data)
{
  gint64 asked;
  gsize size;

  rd_ringer_set_target (fixture->ringer, RD_RINGER_FULL);
  g_assert_cmpint (rd_ringer_get_state (fixture->ringer), ==, RD_RINGER_SILENT);
  rd_test_await (rd_ringer_get_state (fixture->ringer) == RD_RINGER_FULL);
  g_assert_cmpuint (fixture->notified, ==, 1);
  rd_test_await (get_size (fixture) > RD_SYNTH_RATE);
  asked = g_get_monotonic_time ();
  rd_ringer_set_target (fixture->ringer, RD_RINGER_SILENT);
  rd_test_await (rd_ringer_get_state (fixture->ringer) == RD_RINGER_SILENT);
  g_test_message ("silent after %.1f ms", (double) (g_get_monotonic_time () - asked) / 1000);
  g_assert_cmpuint (fixture->notified, ==, 2);
  /* The sink is closed: this is all there will be. */
  size = get_size (fixture);
  rd_test_drain ();
  g_assert_cmpuint (get_size (fixture), ==, size);

  /* The next ring begins anew. */
  rd_ringer_set_target (fixture->ringer, RD_RINGER_SOFT);
  rd_test_await (rd_ringer_get_state (fixture->ringer) == RD_RINGER_SOFT);
  rd_test_await (get_size (fixture) > 1000 && get_size (fixture) != size);
  assert_sounds (fixture, RD_RINGER_SOFT, -1);
}

static void
test_no_tone_in_ring (Fixture *fixture, gconstpointer data)
{
  gsize size;

  rd_ringer_set_target (fixture->ringer, RD_RINGER_FULL);
  rd_ringer_play_tone (fixture->ringer, RD_TONE_SUCCESS);
  rd_test_await (rd_ringer_get_state (fixture->ringer) == RD_RINGER_FULL);
  size = get_size (fixture);
  rd_ringer_play_tone (fixture->ringer, RD_TONE_ERROR);
  rd_test_await (get_size (fixture) > size + RD_SYNTH_RATE);
  assert_sounds (fixture, RD_RINGER_FULL, -1);
}

static void
test_tone (Fixture *fixture, gconstpointer data)
{
  rd_ringer_play_tone (fixture->ringer, RD_TONE_WARNING);
  rd_test_await (get_size (fixture) == RD_SYNTH_RATE * 4 / 10 * sizeof (gint16));
  rd_test_await (health_is (fixture, "ok"));
  assert_sounds (fixture, RD_RINGER_SILENT, RD_TONE_WARNING);
  g_assert_cmpuint (fixture->notified, ==, 0);
  g_assert_cmpint (rd_ringer_get_state (fixture->ringer), ==, RD_RINGER_SILENT);
}

/* Changes of mind faster than a sink opens: the last one counts. */
static void
test_hasty (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 50; i++)
    {
      rd_ringer_set_target (fixture->ringer, i % 2 == 0 ? RD_RINGER_FULL : RD_RINGER_SILENT);
      if (i % 7 == 0)
        rd_test_drain ();
    }
  rd_ringer_set_target (fixture->ringer, RD_RINGER_SOFT);
  rd_test_await (rd_ringer_get_state (fixture->ringer) == RD_RINGER_SOFT);
  rd_ringer_set_target (fixture->ringer, RD_RINGER_FULL);
  g_assert_cmpint (rd_ringer_get_state (fixture->ringer), ==, RD_RINGER_FULL);
  rd_ringer_set_target (fixture->ringer, RD_RINGER_SILENT);
  rd_test_await (rd_ringer_get_state (fixture->ringer) == RD_RINGER_SILENT);
}

/* The device comes while it rings: it is tried again. */
static void
test_no_device (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  rd_ringer_set_target (fixture->ringer, RD_RINGER_FULL);
  rd_test_await (health_is (fixture, "no-device"));
  g_assert_cmpint (rd_ringer_get_target (fixture->ringer), ==, RD_RINGER_FULL);
  g_assert_cmpint (rd_ringer_get_state (fixture->ringer), ==, RD_RINGER_SILENT);
  g_assert_cmpint (g_mkdir (fixture->dir, 0700), ==, 0);
  rd_test_await (health_is (fixture, "ok"));
  g_assert_cmpint (rd_ringer_get_state (fixture->ringer), ==, RD_RINGER_FULL);
}

static void
test_no_such_sink (void)
{
  static const char *const sinks[] = { "ringdownnosuchsink", "filesink location=/dev/null ! filesink", "((",
                                       "pulsesink server=/nonexistent" };

  for (gsize i = 0; i < G_N_ELEMENTS (sinks); i++)
    {
      RdRinger *ringer = rd_ringer_new (sinks[i]);

      rd_ringer_set_target (ringer, RD_RINGER_FULL);
      rd_test_await (g_str_equal (rd_ringer_get_health (ringer), "no-device"));
      /* A second ring tries again, and does not hang on the first. */
      rd_ringer_set_target (ringer, RD_RINGER_SILENT);
      g_assert_cmpint (rd_ringer_get_state (ringer), ==, RD_RINGER_SILENT);
      rd_ringer_play_tone (ringer, RD_TONE_INFO);
      rd_test_drain ();
      g_assert_finalize_object (ringer);
    }
}

/* It breaks in the middle: the device is full, or unplugged. */
static void
test_breaks (void)
{
  RdRinger *ringer = rd_ringer_new ("filesink location=/dev/full buffer-mode=unbuffered");

  rd_ringer_set_target (ringer, RD_RINGER_FULL);
  rd_test_await (g_str_equal (rd_ringer_get_health (ringer), "no-device"));
  g_assert_cmpint (rd_ringer_get_target (ringer), ==, RD_RINGER_FULL);
  rd_test_await (rd_ringer_get_state (ringer) == RD_RINGER_SILENT);
  g_assert_finalize_object (ringer);
}

/* GLib's constructor makes a table of quarks that GStreamer's plugins outgrow: the first one stays behind. */
extern const char *__lsan_default_suppressions (void) __attribute__ ((visibility ("default")));
extern const char *__asan_default_options (void) __attribute__ ((visibility ("default")));

const char *
__lsan_default_suppressions (void)
{
  return "leak:_dl_init\n";
}

const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0";
}

#define REAL_TIME "sync=true"
#define ADD(name, data, function) g_test_add ("/ringer/" name, Fixture, data, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("limit", NULL, test_limit);
  ADD ("start-stop", REAL_TIME, test_start_stop);
  ADD ("tone", NULL, test_tone);
  ADD ("no-tone-in-ring", REAL_TIME, test_no_tone_in_ring);
  ADD ("hasty", REAL_TIME, test_hasty);
  ADD ("no-device", REAL_TIME, test_no_device);
  g_test_add_func ("/ringer/no-such-sink", test_no_such_sink);
  g_test_add_func ("/ringer/breaks", test_breaks);
  return g_test_run ();
}
