/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-ringer"

#include "config.h"

#include "rd-sound-pipeline.h"

#include "rd-sound-devices.h"

/* appsrc (fed by the synth, buffer by buffer, so that a change is heard soon) → conversion → sink. Only the core of
 * GStreamer is linked; appsrc is steered by its action signals. */

#define SAMPLE_FORMAT (G_BYTE_ORDER == G_LITTLE_ENDIAN ? "S16LE" : "S16BE")
#define CHUNK_FRAMES (RD_SYNTH_RATE / 50)

/* The sinks that sound without a question, the one that knows the desktop's volume control first. Not autoaudiosink:
 * it falls back to a silent one and says that all is well. */
static const char *const default_sinks[] = { "pulsesink", "pipewiresink", "alsasink" };

/* The synth as one pipeline sees it. */
typedef struct
{
  RdSynth *synth;
  guint64 frame;
} Feed;

static void
free_feed (gpointer data, GClosure *closure)
{
  Feed *feed = data;

  rd_synth_unref (feed->synth);
  g_free (feed);
}

/* In a streaming thread. */
static void
on_need_data (GstElement *source, guint length, gpointer user_data)
{
  Feed *feed = user_data;
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, CHUNK_FRAMES * sizeof (gint16), NULL);
  GstFlowReturn flow = GST_FLOW_OK;
  gboolean more = FALSE;
  GstMapInfo map;

  if (gst_buffer_map (buffer, &map, GST_MAP_WRITE))
    {
      more = rd_synth_render (feed->synth, (gint16 *) (gpointer) map.data, CHUNK_FRAMES);
      gst_buffer_unmap (buffer, &map);
    }
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (feed->frame, GST_SECOND, RD_SYNTH_RATE);
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (CHUNK_FRAMES, GST_SECOND, RD_SYNTH_RATE);
  feed->frame += CHUNK_FRAMES;
  g_signal_emit_by_name (source, "push-buffer", buffer, &flow);
  gst_buffer_unref (buffer);
  if (!more)
    g_signal_emit_by_name (source, "end-of-stream", &flow);
}

static GstElement *
make_queue (void)
{
  GstElement *queue = gst_element_factory_make ("queue", NULL);

  /* Little: what is over is to be silent soon. */
  if (queue != NULL)
    g_object_set (queue, "max-size-buffers", 4, "max-size-bytes", 0, "max-size-time", (guint64) 0, NULL);
  return queue;
}

/* Lets @more sound what @pipeline's @from gives, beside @sink. */
static gboolean
add_second (GstElement *pipeline, GstElement *from, GstElement *sink, GstElement *more)
{
  GstElement *tee = gst_element_factory_make ("tee", NULL);
  GstElement *first = make_queue ();
  GstElement *second = make_queue ();

  gst_bin_add_many (GST_BIN (pipeline), tee, first, second, more, NULL);
  return gst_element_link_many (from, tee, first, sink, NULL) && gst_element_link_many (tee, second, more, NULL);
}

/* Puts a source before @sink, and before @more (nullable), too. NULL: GStreamer's basic elements are not installed. */
static GstElement *
build_pipeline (RdSynth *synth, GstElement *sink, GstElement *more)
{
  g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_pipeline_new ("ring"));
  g_autoptr (GstCaps) caps = NULL;
  GstElement *source = gst_element_factory_make ("appsrc", "source");
  GstElement *convert = gst_element_factory_make ("audioconvert", NULL);
  GstElement *resample = gst_element_factory_make ("audioresample", NULL);
  Feed *feed;

  if (source == NULL || convert == NULL || resample == NULL)
    {
      g_clear_pointer (&source, gst_object_unref);
      g_clear_pointer (&convert, gst_object_unref);
      g_clear_pointer (&resample, gst_object_unref);
      return NULL;
    }
  gst_bin_add_many (GST_BIN (pipeline), source, convert, resample, sink, NULL);
  if (!gst_element_link_many (source, convert, resample, NULL)
      || !(more != NULL ? add_second (pipeline, resample, sink, more) : gst_element_link (resample, sink)))
    return NULL;
  caps = gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, SAMPLE_FORMAT, "layout", G_TYPE_STRING,
                              "interleaved", "rate", G_TYPE_INT, RD_SYNTH_RATE, "channels", G_TYPE_INT, 1, NULL);
  g_object_set (source, "caps", caps, "format", GST_FORMAT_TIME, "max-bytes",
                (guint64) (2 * CHUNK_FRAMES * sizeof (gint16)), NULL);
  feed = g_new0 (Feed, 1);
  feed->synth = rd_synth_ref (synth);
  g_signal_connect_data (source, "need-data", G_CALLBACK (on_need_data), feed, free_feed, 0);
  return g_steal_pointer (&pipeline);
}

/* (transfer floating) (nullable): a sink whose device could be opened, still open */
static GstElement *
open_default_sink (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (default_sinks); i++)
    {
      GstElement *sink = gst_element_factory_make (default_sinks[i], NULL);

      if (sink == NULL)
        continue;
      if (gst_element_set_state (sink, GST_STATE_READY) != GST_STATE_CHANGE_FAILURE)
        {
          g_debug ("Sound goes to %s", default_sinks[i]);
          return sink;
        }
      gst_element_set_state (sink, GST_STATE_NULL);
      gst_object_unref (gst_object_ref_sink (sink));
    }
  return NULL;
}

static GstElement *
make_sink (const char *description)
{
  g_autoptr (GError) error = NULL;
  GstElement *sink;

  if (description == NULL || description[0] == '\0')
    return open_default_sink ();
  sink = gst_parse_bin_from_description (description, TRUE, &error);
  /* An element that is missing is an error and yet leaves a bin. */
  if (error == NULL)
    return sink;
  g_debug ("The sink is no use: %s", error->message);
  if (sink != NULL)
    gst_object_unref (gst_object_ref_sink (sink));
  return NULL;
}

/* (transfer floating) (nullable): @sink, if its device can be opened; still open */
static GstElement *
open_sink (GstElement *sink)
{
  if (sink == NULL || gst_element_set_state (sink, GST_STATE_READY) != GST_STATE_CHANGE_FAILURE)
    return sink;
  gst_element_set_state (sink, GST_STATE_NULL);
  gst_object_unref (gst_object_ref_sink (sink));
  return NULL;
}

static gboolean
is_set (const char *text)
{
  return text != NULL && *text != '\0';
}

static GstElement *
make_first (const RdSoundRoute *route, gboolean plain)
{
  GstElement *sink = NULL;

  if (!plain && !is_set (route->sink) && is_set (route->device))
    sink = open_sink (rd_sound_devices_make_sink (route->device));
  return sink != NULL ? sink : make_sink (route->sink);
}

RdSoundRoute *
rd_sound_route_copy (const RdSoundRoute *self)
{
  RdSoundRoute *copy = g_new0 (RdSoundRoute, 1);

  copy->sink = g_strdup (self->sink);
  copy->device = g_strdup (self->device);
  copy->speakers = self->speakers;
  return copy;
}

void
rd_sound_route_free (RdSoundRoute *self)
{
  g_free (self->sink);
  g_free (self->device);
  g_free (self);
}

gboolean
rd_sound_route_is_plain (const RdSoundRoute *self)
{
  return !self->speakers && (is_set (self->sink) || !is_set (self->device));
}

GstElement *
rd_sound_pipeline_new (const RdSoundRoute *route, gboolean plain, RdSynth *synth, const char **health)
{
  GstElement *sink = make_first (route, plain);
  GstElement *more = NULL;
  GstElement *pipeline;

  if (sink == NULL)
    {
      *health = "no-device";
      return NULL;
    }
  if (!plain && route->speakers)
    more = open_sink (rd_sound_devices_make_speakers (is_set (route->sink) ? route->sink : route->device));
  pipeline = build_pipeline (synth, sink, more);
  if (pipeline == NULL)
    *health = "failed";
  return pipeline;
}
