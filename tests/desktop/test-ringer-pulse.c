/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "rd-ringer.h"
#include "rd-sound-devices.h"
#include "rd-test.h"

/* The ringer on a real sound server of its own, with two outputs that nobody hears: what reaches each is recorded from
 * its monitor, and measured. Skipped where PulseAudio is not installed. */

#define HEADSET "headset"
#define SPEAKERS "speakers"

typedef struct
{
  char *dir;
  GSubprocess *server;
  RdRinger *ringer;
  RdRingerSettings settings;
} Fixture;

static void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static GSubprocess *
spawn (const char *output, const char * const *argv)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  if (output != NULL)
    g_subprocess_launcher_set_stdout_file_path (launcher, output);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  return process;
}

static void
start_server (Fixture *fixture)
{
  g_autofree char *socket = g_build_filename (fixture->dir, "native", NULL);
  g_autofree char *protocol
    = g_strdup_printf ("module-native-protocol-unix auth-anonymous=1 socket=%s", socket);
  g_autofree char *address = g_strconcat ("unix:", socket, NULL);
  const char *argv[] = {
    "pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "-L", protocol,
    "-L", "module-null-sink sink_name=" HEADSET " sink_properties=device.form_factor=headset",
    "-L", "module-null-sink sink_name=" SPEAKERS " sink_properties=device.form_factor=internal", NULL,
  };

  g_setenv ("PULSE_SERVER", address, TRUE);
  fixture->server = spawn (NULL, argv);
  rd_test_await (g_file_test (socket, G_FILE_TEST_EXISTS));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = rd_test_make_dir ();
  g_setenv ("XDG_RUNTIME_DIR", fixture->dir, TRUE);
  g_setenv ("PULSE_RUNTIME_PATH", fixture->dir, TRUE);
  g_setenv ("HOME", fixture->dir, TRUE);
  start_server (fixture);
  fixture->ringer = rd_ringer_new (NULL);
  fixture->settings = (RdRingerSettings){ .volume = 0.8 };
}

static void
stop (GSubprocess *process)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_subprocess_force_exit (process);
  g_subprocess_wait_async (process, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_object_unref (process);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->ringer);
  stop (fixture->server);
  rd_test_remove_tree (fixture->dir);
  g_free (fixture->dir);
}

/* What an output gets, from now on. */
typedef struct
{
  char *path;
  GSubprocess *recorder;
} Ear;

static void
open_ear (Fixture *fixture, Ear *ear, const char *output)
{
  g_autofree char *monitor = g_strconcat (output, ".monitor", NULL);
  const char *argv[] = { "parec", "-d", monitor, "--raw", "--format=s16le", "--rate=48000", "--channels=1",
                         "--latency-msec=20", NULL };

  ear->path = g_strdup_printf ("%s/%s.raw", fixture->dir, output);
  g_unlink (ear->path);
  ear->recorder = spawn (ear->path, argv);
}

static double
measure (Ear *ear)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;
  int peak = 0;

  if (!g_file_get_contents (ear->path, &bytes, &length, NULL))
    return 0;
  for (gsize i = 0; i + 1 < length; i += 2)
    {
      gint16 sample;

      memcpy (&sample, bytes + i, 2);
      peak = MAX (peak, ABS ((int) GINT16_FROM_LE (sample)));
    }
  return peak / (double) G_MAXINT16;
}

static void
close_ear (Ear *ear)
{
  stop (ear->recorder);
  g_free (ear->path);
}

/* It has begun to write down what it hears. */
static gboolean
listens (Ear *ear)
{
  GStatBuf info;

  return g_stat (ear->path, &info) == 0 && info.st_size > 0;
}

static void
ring (Fixture *fixture, RdRingerState state)
{
  rd_ringer_configure (fixture->ringer, &fixture->settings);
  rd_ringer_set_target (fixture->ringer, state);
  rd_test_await (rd_ringer_get_state (fixture->ringer) == state);
}

/* (transfer full): as the mixer has it */
static char *
dup_volume (Fixture *fixture, const char *output)
{
  g_autofree char *path = g_build_filename (fixture->dir, "volume", NULL);
  const char *argv[] = { "pactl", "get-sink-volume", output, NULL };
  GSubprocess *process = spawn (path, argv);
  g_autoptr (GAsyncResult) result = NULL;
  char *text = NULL;

  g_subprocess_wait_check_async (process, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_object_unref (process);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
test_listed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) devices = NULL;
  guint found = 0;

  rd_sound_devices_list_async (NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  devices = rd_sound_devices_list_finish (result, NULL);
  for (guint i = 0; i < devices->len; i++)
    {
      const RdSoundDevice *device = devices->pdata[i];

      g_test_message ("%s: %s", device->id, device->name);
      found += g_str_equal (device->id, HEADSET) || g_str_equal (device->id, SPEAKERS);
    }
  g_assert_cmpuint (found, ==, 2);
}

/* The ring goes where it is to, and nowhere else; the mixer stays as it was. */
static void
test_device (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = dup_volume (fixture, SPEAKERS);
  g_autofree char *after = NULL;
  Ear headset;
  Ear speakers;

  open_ear (fixture, &headset, HEADSET);
  open_ear (fixture, &speakers, SPEAKERS);
  rd_test_await (listens (&headset) && listens (&speakers));
  fixture->settings.device = SPEAKERS;
  ring (fixture, RD_RINGER_FULL);
  rd_test_await (measure (&speakers) > 0.1);
  g_test_message ("%s %.3f, %s %.3f", SPEAKERS, measure (&speakers), HEADSET, measure (&headset));
  g_assert_cmpfloat (measure (&headset), ==, 0);
  ring (fixture, RD_RINGER_SILENT);
  after = dup_volume (fixture, SPEAKERS);
  g_assert_cmpstr (before, ==, after);
  close_ear (&headset);
  close_ear (&speakers);
}

/* The headset is the session's default. */
static void
test_on_speakers (Fixture *fixture, gconstpointer data)
{
  Ear headset;
  Ear speakers;

  open_ear (fixture, &headset, HEADSET);
  open_ear (fixture, &speakers, SPEAKERS);
  rd_test_await (listens (&headset) && listens (&speakers));
  fixture->settings.on_speakers = TRUE;
  ring (fixture, RD_RINGER_FULL);
  rd_test_await (measure (&speakers) > 0.1);
  rd_test_await (measure (&headset) > 0.1);
  ring (fixture, RD_RINGER_SILENT);
  close_ear (&headset);
  close_ear (&speakers);
}

/* What is set softer is softer at the output. */
static void
test_volume (Fixture *fixture, gconstpointer data)
{
  static const double volumes[] = { 0.8, 0.4 };
  double peaks[G_N_ELEMENTS (volumes)];

  for (guint i = 0; i < G_N_ELEMENTS (volumes); i++)
    {
      Ear ear;

      open_ear (fixture, &ear, HEADSET);
      rd_test_await (listens (&ear));
      fixture->settings.volume = volumes[i];
      ring (fixture, RD_RINGER_FULL);
      /* The loudest stroke of a turn is its last. */
      rd_test_await (measure (&ear) > 0.3 * volumes[i] * volumes[i]);
      ring (fixture, RD_RINGER_SILENT);
      peaks[i] = measure (&ear);
      close_ear (&ear);
    }
  g_test_message ("%.3f, %.3f", peaks[0], peaks[1]);
  g_assert_cmpfloat (peaks[1], <, peaks[0] * 0.6);
}

/* The sound server ends while it rings, and comes back. */
static void
test_server_restarts (Fixture *fixture, gconstpointer data)
{
  g_autofree char *socket = g_build_filename (fixture->dir, "native", NULL);

  ring (fixture, RD_RINGER_FULL);
  stop (g_steal_pointer (&fixture->server));
  rd_test_await (g_str_equal (rd_ringer_get_health (fixture->ringer), "no-device"));
  g_assert_cmpint (rd_ringer_get_target (fixture->ringer), ==, RD_RINGER_FULL);
  g_unlink (socket);
  start_server (fixture);
  rd_test_await (rd_ringer_get_state (fixture->ringer) == RD_RINGER_FULL);
  ring (fixture, RD_RINGER_SILENT);
}

/* GLib's constructor makes a table of quarks that GStreamer's plugins outgrow: the first one stays behind. */
extern const char *__lsan_default_suppressions (void) __attribute__ ((visibility ("default")));
extern const char *__asan_default_options (void) __attribute__ ((visibility ("default")));

const char *
__lsan_default_suppressions (void)
{
  return "leak:_dl_init\nleak:libpulse\n";
}

const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0";
}

#define ADD(name, function) g_test_add ("/ringer-pulse/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  static const char * const programs[] = { "pulseaudio", "parec", "pactl" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autofree char *path = g_find_program_in_path (programs[i]);

      if (path != NULL)
        continue;
      g_print ("1..0 # SKIP %s is not installed\n", programs[i]);
      return 0;
    }
  ADD ("listed", test_listed);
  ADD ("device", test_device);
  ADD ("on-speakers", test_on_speakers);
  ADD ("volume", test_volume);
  ADD ("server-restarts", test_server_restarts);
  return g_test_run ();
}
