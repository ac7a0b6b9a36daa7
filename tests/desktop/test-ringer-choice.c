/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "rd-ringer.h"
#include "rd-sound-devices.h"
#include "rd-synth.h"
#include "rd-test.h"

/* What the user chooses: which tone, where, how loud. The outputs are files of samples, which a provider of devices of
 * our own offers to GStreamer's device monitor as the sound server would its own. */

/* An output: NAME is its file's, too. */
typedef struct
{
  GstDevice parent_instance;
} TestDevice;

typedef GstDeviceClass TestDeviceClass;

GType test_device_get_type (void);
G_DEFINE_TYPE (TestDevice, test_device, GST_TYPE_DEVICE)

typedef struct
{
  GstDeviceProvider parent_instance;
} TestProvider;

typedef GstDeviceProviderClass TestProviderClass;

GType test_provider_get_type (void);
G_DEFINE_TYPE (TestProvider, test_provider, GST_TYPE_DEVICE_PROVIDER)

static char *outputs; /* the folder */

static char *
dup_output (const char *name)
{
  return g_build_filename (outputs, name, NULL);
}

/* One that is unplugged cannot be opened: its folder is not there. */
static GstElement *
test_device_create_element (GstDevice *device, const char *element_name)
{
  g_autofree char *name = gst_device_get_display_name (device);
  g_autofree char *path = g_str_equal (name, "Unplugged") ? g_strdup ("/nonexistent/x") : dup_output (name);
  GstElement *sink = gst_element_factory_make ("filesink", element_name);

  g_object_set (sink, "location", path, "buffer-mode", 2, "sync", TRUE, NULL);
  return sink;
}

static void
test_device_class_init (TestDeviceClass *klass)
{
  klass->create_element = test_device_create_element;
}

static void
test_device_init (TestDevice *self)
{
}

static GList *
add_device (GList *devices, const char *name, const char *node, const char *form, gboolean is_default)
{
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple ("audio/x-raw");
  g_autoptr (GstStructure) properties
    = gst_structure_new ("properties", "node.name", G_TYPE_STRING, node, "device.form_factor", G_TYPE_STRING, form,
                         "is-default", G_TYPE_BOOLEAN, is_default, NULL);

  return g_list_append (devices, g_object_new (test_device_get_type (), "display-name", name, "caps", caps,
                                               "device-class", "Audio/Sink", "properties", properties, NULL));
}

static GList *
test_provider_probe (GstDeviceProvider *provider)
{
  GList *devices = NULL;

  devices = add_device (devices, "Headset", "usb-headset", "headset", TRUE);
  devices = add_device (devices, "Speakers", "pci-analog", "internal", FALSE);
  devices = add_device (devices, "Speakers again", "pci-analog", "internal", FALSE);
  return add_device (devices, "Unplugged", "bluez", "headset", FALSE);
}

static void
test_provider_class_init (TestProviderClass *klass)
{
  klass->probe = test_provider_probe;
  gst_device_provider_class_set_static_metadata (klass, "Test outputs", "Sink/Audio", "Files", "The Ringdown authors");
}

static void
test_provider_init (TestProvider *self)
{
}

typedef struct
{
  char *dir;
  RdRinger *ringer;
  RdRingerSettings settings;
  char *sink;
  GString *log; /* "tested PROBLEM", "tone-failed" */
} Fixture;

static void
on_tested (RdRinger *ringer, const char *problem, Fixture *fixture)
{
  g_string_append_printf (fixture->log, "tested %s\n", problem);
}

static void
on_tone_failed (RdRinger *ringer, gboolean ring, const char *uri, Fixture *fixture)
{
  g_string_append_printf (fixture->log, "tone-failed %s\n", ring ? "ring" : "message");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  outputs = fixture->dir = rd_test_make_dir ();
  fixture->sink = g_strdup_printf ("filesink location=%s/default buffer-mode=unbuffered sync=true", fixture->dir);
  fixture->settings = (RdRingerSettings){ .sink = fixture->sink, .volume = 0.8 };
  fixture->ringer = rd_ringer_new (NULL);
  fixture->log = g_string_new (NULL);
  rd_ringer_configure (fixture->ringer, &fixture->settings);
  g_signal_connect (fixture->ringer, "tested", G_CALLBACK (on_tested), fixture);
  g_signal_connect (fixture->ringer, "tone-failed", G_CALLBACK (on_tone_failed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rd_test_drain ();
  g_assert_finalize_object (fixture->ringer);
  rd_test_remove_tree (fixture->dir);
  g_string_free (fixture->log, TRUE);
  g_free (fixture->sink);
  g_free (fixture->dir);
}

static gsize
get_size (const char *name)
{
  g_autofree char *path = dup_output (name);
  GStatBuf info;

  return g_stat (path, &info) == 0 ? (gsize) info.st_size : 0;
}

/* (transfer full): what has been heard from @name; at least a quarter of a second */
static gint16 *
listen (const char *name, gsize *n_frames)
{
  g_autofree char *path = dup_output (name);
  char *heard = NULL;
  gsize length = 0;

  rd_test_await (get_size (name) > RD_SYNTH_RATE / 2);
  g_assert_true (g_file_get_contents (path, &heard, &length, NULL));
  *n_frames = length / 2;
  return (gint16 *) (gpointer) heard;
}

static double
measure_peak (const char *name)
{
  gsize n_frames;
  g_autofree gint16 *frames = listen (name, &n_frames);
  int peak = 0;

  for (gsize i = 0; i < n_frames; i++)
    peak = MAX (peak, ABS (frames[i]));
  return peak / (double) G_MAXINT16;
}

static void
put (GByteArray *bytes, guint32 value, guint size)
{
  for (guint i = 0; i < size; i++)
    {
      guint8 byte = (guint8) (value >> (8 * i));

      g_byte_array_append (bytes, &byte, 1);
    }
}

/* A sound file as anybody may have: stereo, 44.1 kHz, and half as loud as can be. (transfer full): its address */
static char *
write_wav (Fixture *fixture, const char *name, guint n_frames)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);

  g_byte_array_append (bytes, (const guint8 *) "RIFF", 4);
  put (bytes, 36 + n_frames * 4, 4);
  g_byte_array_append (bytes, (const guint8 *) "WAVEfmt ", 8);
  put (bytes, 16, 4);
  put (bytes, 1, 2);
  put (bytes, 2, 2);
  put (bytes, 44100, 4);
  put (bytes, 44100 * 4, 4);
  put (bytes, 4, 2);
  put (bytes, 16, 2);
  g_byte_array_append (bytes, (const guint8 *) "data", 4);
  put (bytes, n_frames * 4, 4);
  for (guint i = 0; i < n_frames; i++)
    for (guint channel = 0; channel < 2; channel++)
      put (bytes, (guint32) lrint (16384 * sin (2 * G_PI * 441 * i / 44100)), 2);
  g_assert_true (g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL));
  return g_filename_to_uri (path, NULL, NULL);
}

static void
assert_silent (Fixture *fixture)
{
  rd_ringer_set_target (fixture->ringer, RD_RINGER_SILENT);
  rd_test_await (rd_ringer_get_state (fixture->ringer) == RD_RINGER_SILENT);
}

/* Which sounds from the next ring on, and not before. */
static void
test_tone_of_next_ring (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RdSynth) synth = rd_synth_new ();
  g_autofree gint16 *heard = NULL;
  g_autofree gint16 *expected = NULL;
  gsize n_frames;

  fixture->settings.ring_tone = "marimba";
  rd_ringer_configure (fixture->ringer, &fixture->settings);
  rd_ringer_set_target (fixture->ringer, RD_RINGER_FULL);
  rd_test_await (rd_ringer_get_state (fixture->ringer) == RD_RINGER_FULL);
  fixture->settings.ring_tone = "telephone";
  rd_ringer_configure (fixture->ringer, &fixture->settings);
  heard = listen ("default", &n_frames);
  expected = g_new0 (gint16, n_frames);
  rd_synth_set_fade_in (synth, 0);
  rd_synth_set_tune (synth, RD_SYNTH_RING, rd_tune_find_ring ("marimba"));
  rd_synth_set_ring (synth, RD_RINGER_FULL);
  rd_synth_render (synth, expected, n_frames);
  g_assert_cmpmem (heard, n_frames * 2, expected, n_frames * 2);
  assert_silent (fixture);

  rd_ringer_set_target (fixture->ringer, RD_RINGER_FULL);
  rd_test_await (rd_ringer_get_state (fixture->ringer) == RD_RINGER_FULL);
  g_clear_pointer (&heard, g_free);
  heard = listen ("default", &n_frames);
  g_assert_cmpint (memcmp (heard, expected, RD_SYNTH_RATE / 2), !=, 0);
  assert_silent (fixture);
}

static void
test_own_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = write_wav (fixture, "Ring, too.wav", 44100);

  fixture->settings.ring_tone = uri;
  rd_ringer_configure (fixture->ringer, &fixture->settings);
  rd_ringer_set_target (fixture->ringer, RD_RINGER_FULL);
  rd_test_await (get_size ("default") > 0 && measure_peak ("default") > 0.4);
  g_assert_cmpfloat_with_epsilon (measure_peak ("default"), 0.5, 0.03);
  assert_silent (fixture);
  /* The same again, half as loud to people. */
  fixture->settings.volume = 0.4;
  rd_ringer_configure (fixture->ringer, &fixture->settings);
  rd_ringer_set_target (fixture->ringer, RD_RINGER_FULL);
  rd_test_await (rd_ringer_get_state (fixture->ringer) == RD_RINGER_FULL);
  rd_test_await (measure_peak ("default") > 0.1);
  g_assert_cmpfloat (measure_peak ("default"), <, 0.14);
  assert_silent (fixture);
  g_assert_cmpstr (fixture->log->str, ==, "");
}

/* Whatever is wrong with a file, it rings. */
static void
test_bad_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_build_filename (fixture->dir, "text.ogg", NULL);
  g_autofree char *pipe = g_build_filename (fixture->dir, "pipe", NULL);
  g_auto (GStrv) uris = g_new0 (char *, 7);

  g_assert_true (g_file_set_contents (text, "This is no sound.\n", -1, NULL));
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  uris[0] = g_filename_to_uri (text, NULL, NULL);
  uris[1] = g_filename_to_uri (pipe, NULL, NULL);
  uris[2] = g_filename_to_uri (fixture->dir, NULL, NULL);
  uris[3] = g_strdup ("file:///nonexistent/ring.ogg");
  uris[4] = write_wav (fixture, "empty.wav", 0);
  uris[5] = g_strdup ("file:///dev/zero");
  for (guint i = 0; uris[i] != NULL; i++)
    {
      g_test_message ("%s", uris[i]);
      g_string_truncate (fixture->log, 0);
      fixture->settings.ring_tone = uris[i];
      rd_ringer_configure (fixture->ringer, &fixture->settings);
      rd_ringer_set_target (fixture->ringer, RD_RINGER_FULL);
      rd_test_await (rd_ringer_get_state (fixture->ringer) == RD_RINGER_FULL);
      rd_test_await (g_str_equal (fixture->log->str, "tone-failed ring\n"));
      rd_test_await (measure_peak ("default") > 0.05);
      assert_silent (fixture);
    }
}

static void
test_try_out (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = write_wav (fixture, "message.wav", 4410);

  g_assert_true (rd_ringer_test (fixture->ringer, RD_RINGER_TEST_RING));
  g_assert_cmpint (rd_ringer_get_testing (fixture->ringer), ==, RD_RINGER_TEST_RING);
  rd_test_await (g_str_equal (fixture->log->str, "tested \n"));
  rd_test_await (measure_peak ("default") > 0.1);
  g_assert_true (rd_ringer_test (fixture->ringer, RD_RINGER_TEST_NOTHING));
  rd_test_await (rd_ringer_get_state (fixture->ringer) == RD_RINGER_SILENT);

  /* A message's tone is over by itself. */
  fixture->settings.message_tone = uri;
  rd_ringer_configure (fixture->ringer, &fixture->settings);
  g_assert_true (rd_ringer_test (fixture->ringer, RD_RINGER_TEST_MESSAGE));
  rd_test_await (rd_ringer_get_testing (fixture->ringer) == RD_RINGER_TEST_NOTHING);
  g_assert_cmpstr (fixture->log->str, ==, "tested \ntested \n");

  /* A call goes before a test, and there is none while it rings. */
  g_assert_true (rd_ringer_test (fixture->ringer, RD_RINGER_TEST_RING));
  rd_ringer_set_target (fixture->ringer, RD_RINGER_FULL);
  g_assert_cmpint (rd_ringer_get_testing (fixture->ringer), ==, RD_RINGER_TEST_NOTHING);
  g_assert_cmpint (rd_ringer_get_target (fixture->ringer), ==, RD_RINGER_FULL);
  g_assert_false (rd_ringer_test (fixture->ringer, RD_RINGER_TEST_RING));
  g_assert_true (rd_ringer_test (fixture->ringer, RD_RINGER_TEST_NOTHING));
  g_assert_cmpint (rd_ringer_get_target (fixture->ringer), ==, RD_RINGER_FULL);
  assert_silent (fixture);
}

static void
test_try_out_what_fails (Fixture *fixture, gconstpointer data)
{
  fixture->settings.message_tone = "file:///nonexistent";
  rd_ringer_configure (fixture->ringer, &fixture->settings);
  g_assert_true (rd_ringer_test (fixture->ringer, RD_RINGER_TEST_MESSAGE));
  rd_test_await (strstr (fixture->log->str, "tested tone\n") != NULL);
  rd_test_await (rd_ringer_get_testing (fixture->ringer) == RD_RINGER_TEST_NOTHING);
  fixture->settings.sink = "ringdownnosuchsink";
  rd_ringer_configure (fixture->ringer, &fixture->settings);
  g_assert_true (rd_ringer_test (fixture->ringer, RD_RINGER_TEST_RING));
  rd_test_await (strstr (fixture->log->str, "tested no-device\n") != NULL);
}

static void
test_devices_are_listed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) devices = NULL;
  g_autoptr (GError) error = NULL;
  const RdSoundDevice *device;

  rd_sound_devices_list_async (NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  devices = rd_sound_devices_list_finish (result, &error);
  g_assert_no_error (error);
  /* One of them is the same as another. */
  g_assert_cmpuint (devices->len, ==, 3);
  device = devices->pdata[1];
  g_assert_cmpstr (device->id, ==, "pci-analog");
  g_assert_cmpstr (device->name, ==, "Speakers");
}

static void
test_device (Fixture *fixture, gconstpointer data)
{
  fixture->settings.sink = NULL;
  fixture->settings.device = "usb-headset";
  rd_ringer_configure (fixture->ringer, &fixture->settings);
  rd_ringer_set_target (fixture->ringer, RD_RINGER_FULL);
  rd_test_await (measure_peak ("Headset") > 0.1);
  assert_silent (fixture);
  g_assert_cmpuint (get_size ("Speakers"), ==, 0);

  /* On the speakers, too; both have the same. */
  fixture->settings.on_speakers = TRUE;
  rd_ringer_configure (fixture->ringer, &fixture->settings);
  rd_ringer_set_target (fixture->ringer, RD_RINGER_FULL);
  rd_test_await (measure_peak ("Speakers") > 0.1);
  rd_test_await (measure_peak ("Headset") > 0.1);
  assert_silent (fixture);

  /* They are it. */
  fixture->settings.device = "pci-analog";
  rd_ringer_configure (fixture->ringer, &fixture->settings);
  rd_ringer_set_target (fixture->ringer, RD_RINGER_FULL);
  rd_test_await (rd_ringer_get_state (fixture->ringer) == RD_RINGER_FULL);
  assert_silent (fixture);
  g_assert_cmpstr (rd_ringer_get_health (fixture->ringer), ==, "ok");
}

/* What is not there any more does not keep it from ringing elsewhere. */
static void
test_device_is_gone (Fixture *fixture, gconstpointer data)
{
  static const char * const gone[] = { "bluez", "nobody's" };

  for (guint i = 0; i < G_N_ELEMENTS (gone); i++)
    {
      /* "sink" would go before it: the session's default is not for a test. */
      fixture->settings.sink = NULL;
      fixture->settings.device = gone[i];
      rd_ringer_configure (fixture->ringer, &fixture->settings);
      rd_ringer_set_target (fixture->ringer, RD_RINGER_FULL);
      rd_test_await (!g_str_equal (rd_ringer_get_health (fixture->ringer), "unused"));
      rd_ringer_set_target (fixture->ringer, RD_RINGER_SILENT);
      rd_test_await (rd_ringer_get_state (fixture->ringer) == RD_RINGER_SILENT);
    }
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

/* No sound server of whoever runs this has a say. */
static void
use_test_outputs (void)
{
  g_autolist (GstPluginFeature) providers = NULL;

  gst_init (NULL, NULL);
  providers = gst_registry_get_feature_list (gst_registry_get (), GST_TYPE_DEVICE_PROVIDER_FACTORY);
  for (GList *l = providers; l != NULL; l = l->next)
    gst_registry_remove_feature (gst_registry_get (), l->data);
  g_assert_true (gst_device_provider_register (NULL, "ringdowntest", GST_RANK_PRIMARY, test_provider_get_type ()));
}

#define ADD(name, function) g_test_add ("/ringer-choice/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  use_test_outputs ();
  ADD ("tone-of-next-ring", test_tone_of_next_ring);
  ADD ("own-file", test_own_file);
  ADD ("bad-files", test_bad_files);
  ADD ("try-out", test_try_out);
  ADD ("try-out-what-fails", test_try_out_what_fails);
  ADD ("devices-are-listed", test_devices_are_listed);
  ADD ("device", test_device);
  ADD ("device-is-gone", test_device_is_gone);
  return g_test_run ();
}
