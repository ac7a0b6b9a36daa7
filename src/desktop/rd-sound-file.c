/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-ringer"

#include "config.h"

#include "rd-sound-file.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <sys/stat.h>

#include "rd-synth.h"

/* filesrc → decodebin → conversion → appsink, emptied by its action signals, since only the core of GStreamer is
 * linked. The user has chosen the file; it may be anything all the same, and is bounded in size and time. */

#define MAX_BYTES (64 * 1024 * 1024)
#define DECODE_TIMEOUT_US (5 * G_USEC_PER_SEC)
#define PULL_TIMEOUT (200 * GST_MSECOND)
#define SECOND_BYTES (RD_SYNTH_RATE * sizeof (gint16))

#define PIPELINE                                                                                                      \
  "filesrc name=file ! decodebin ! audioconvert ! audioresample ! "                                                   \
  "audio/x-raw,format=%s,layout=interleaved,rate=%d,channels=1 ! appsink name=out sync=false max-buffers=64"

typedef struct
{
  char *uri;
  guint min_s;
  guint max_s;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  g_free (job->uri);
  g_free (job);
}

/* (transfer full) (nullable): opening a pipe or a device might wait for ever */
static char *
find_file (const char *uri, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  g_autofree char *path = g_file_get_path (file);
  GStatBuf info;

  if (path == NULL || g_stat (path, &info) != 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s is not there", uri);
  else if (!S_ISREG (info.st_mode) || info.st_size > MAX_BYTES)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is no sound file, or far too large a one", uri);
  else
    return g_steal_pointer (&path);
  return NULL;
}

static GstElement *
build (const char *path, GError **error)
{
  g_autofree char *description
    = g_strdup_printf (PIPELINE, G_BYTE_ORDER == G_LITTLE_ENDIAN ? "S16LE" : "S16BE", RD_SYNTH_RATE);
  GstElement *pipeline;
  g_autoptr (GstElement) file = NULL;

  if (!gst_init_check (NULL, NULL, error))
    return NULL;
  pipeline = gst_parse_launch_full (description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  if (pipeline == NULL)
    return NULL;
  gst_object_ref_sink (pipeline);
  file = gst_bin_get_by_name (GST_BIN (pipeline), "file");
  g_object_set (file, "location", path, NULL);
  return pipeline;
}

static gboolean
failed (GstElement *pipeline, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);

  if (message == NULL)
    return FALSE;
  gst_message_parse_error (message, error, NULL);
  return TRUE;
}

static void
append (GByteArray *samples, GstSample *sample, gsize max)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstMapInfo map;

  if (buffer == NULL || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return;
  g_byte_array_append (samples, map.data, (guint) MIN (map.size, max - samples->len));
  gst_buffer_unmap (buffer, &map);
}

/* FALSE: it broke, or took too long */
static gboolean
pull (GstElement *pipeline, GByteArray *samples, gsize max, GCancellable *cancellable, GError **error)
{
  g_autoptr (GstElement) out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  gint64 deadline = g_get_monotonic_time () + DECODE_TIMEOUT_US;

  while (samples->len < max && g_get_monotonic_time () < deadline)
    {
      g_autoptr (GstSample) sample = NULL;
      gboolean ended = FALSE;

      if (failed (pipeline, error) || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      g_signal_emit_by_name (out, "try-pull-sample", (GstClockTime) PULL_TIMEOUT, &sample);
      if (sample != NULL)
        {
          append (samples, sample, max);
          continue;
        }
      g_object_get (out, "eos", &ended, NULL);
      if (ended)
        break;
    }
  return TRUE;
}

static GBytes *
load (const Job *job, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = find_file (job->uri, error);
  g_autoptr (GstElement) pipeline = path != NULL ? build (path, error) : NULL;
  g_autoptr (GByteArray) samples = g_byte_array_new ();
  gsize least = job->min_s * SECOND_BYTES;
  gboolean good;

  if (pipeline == NULL)
    return NULL;
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  good = pull (pipeline, samples, job->max_s * SECOND_BYTES, cancellable, error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (!good)
    return NULL;
  if (samples->len < sizeof (gint16))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "There is no sound in %s", job->uri);
      return NULL;
    }
  if (samples->len < least)
    {
      gsize had = samples->len;

      g_byte_array_set_size (samples, (guint) least);
      memset (samples->data + had, 0, least - had);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&samples));
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  GBytes *samples = load (data, cancellable, &error);

  if (samples != NULL)
    g_task_return_pointer (task, samples, (GDestroyNotify) g_bytes_unref);
  else if (error != NULL && error->domain == G_IO_ERROR)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "It cannot be decoded: %s",
                             error != NULL ? error->message : "no reason given");
}

void
rd_sound_file_load_async (const char *uri, guint min_s, guint max_s, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (uri != NULL && min_s <= max_s);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rd_sound_file_load_async);
  job = g_new0 (Job, 1);
  job->uri = g_strdup (uri);
  job->min_s = min_s;
  job->max_s = max_s;
  g_task_set_task_data (task, job, free_job);
  g_task_run_in_thread (task, run);
}

GBytes *
rd_sound_file_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
