/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-ringer"

#include "config.h"

#include "rd-sound.h"

#include <gst/gst.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "rd-sound-pipeline.h"

/* Opens, closes and watches a pipeline, in a thread that lives as long as the object: GStreamer's first initialisation
 * scans plugins, and opening or closing a sink may wait for a sound server. Nothing here decides what is to sound:
 * RdRinger does. */

/* A sink that has not opened by then is as good as none. */
#define OPEN_TIMEOUT (3 * GST_SECOND)
/* The same call is just being shown, too, and opening a sink is a lot of work: on few processors the popup would wait
 * for it. Nobody hears so little. */
#define HEAD_START_US (8 * G_TIME_SPAN_MILLISECOND)

typedef enum
{
  RD_SOUND_PROP_PLAYING = 1,
} RdSoundProps;

enum
{
  FAILED,
  N_SIGNALS
};

static GParamSpec *properties[RD_SOUND_PROP_PLAYING + 1];
static guint signals[N_SIGNALS];

/* What the object, its thread and the pipeline's threads share. It outlives the object when the sink takes its time to
 * close. */
typedef struct
{
  RdSynth *synth;
  GMainContext *context;
  GWeakRef sound;

  GMutex lock; /* guards what follows */
  GCond changed;
  gboolean wanted;
  gint64 not_before; /* monotonic time of the opening */
  gboolean ended; /* ran dry or broke: it has to be closed before it can open again */
  gboolean broken;
  gboolean released;
  RdSoundRoute *route;
  gboolean plain; /* what is more in the route than a sink did not work */
} Engine;

struct _RdSound
{
  GObject parent_instance;
  Engine *engine;
  gboolean playing;
};

G_DEFINE_FINAL_TYPE (RdSound, rd_sound, G_TYPE_OBJECT)

/* News for the main context. */
typedef struct
{
  Engine *engine;
  gboolean playing;
  const char *health; /* (nullable): why it could not play */
} Report;

static void
clear_engine (gpointer data)
{
  Engine *engine = data;

  rd_sound_route_free (engine->route);
  rd_synth_unref (engine->synth);
  g_main_context_unref (engine->context);
  g_weak_ref_clear (&engine->sound);
  g_mutex_clear (&engine->lock);
  g_cond_clear (&engine->changed);
}

static void
unref_engine (Engine *engine)
{
  g_atomic_rc_box_release_full (engine, clear_engine);
}

static void
free_report (gpointer data)
{
  Report *report = data;

  unref_engine (report->engine);
  g_free (report);
}

static gboolean
on_report (gpointer user_data)
{
  Report *report = user_data;
  g_autoptr (RdSound) self = g_weak_ref_get (&report->engine->sound);

  if (self == NULL)
    return G_SOURCE_REMOVE;
  if (report->health != NULL)
    g_signal_emit (self, signals[FAILED], 0, report->health);
  if (self->playing == report->playing)
    return G_SOURCE_REMOVE;
  self->playing = report->playing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[RD_SOUND_PROP_PLAYING]);
  return G_SOURCE_REMOVE;
}

/* Not g_main_context_invoke(): that would run it here whenever the main loop is between two iterations. */
static void
post_report (Engine *engine, gboolean playing, const char *health)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Report *report = g_new0 (Report, 1);

  report->engine = g_atomic_rc_box_acquire (engine);
  report->playing = playing;
  report->health = health;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_report, report, free_report);
  g_source_attach (source, engine->context);
}

/* In a streaming thread. */
static GstBusSyncReply
on_bus_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  Engine *engine = user_data;
  gboolean broken = GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR;

  if (broken || GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    {
      g_mutex_lock (&engine->lock);
      engine->ended = TRUE;
      engine->broken = engine->broken || broken;
      g_cond_signal (&engine->changed);
      g_mutex_unlock (&engine->lock);
    }
  /* Nobody reads the bus: what is not dropped stays. */
  gst_message_unref (message);
  return GST_BUS_DROP;
}

static void
close_pipeline (GstElement **pipeline)
{
  if (*pipeline == NULL)
    return;
  gst_element_set_state (*pipeline, GST_STATE_NULL);
  gst_clear_object (pipeline);
}

/* NULL: it plays; else what is wrong */
static const char *
open_pipeline (Engine *engine, const RdSoundRoute *route, gboolean plain, GstElement **pipeline)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstBus) bus = NULL;
  const char *health = NULL;

  if (!gst_init_check (NULL, NULL, &error))
    {
      g_debug ("GStreamer does not start: %s", error != NULL ? error->message : "no reason given");
      return "failed";
    }
  *pipeline = rd_sound_pipeline_new (route, plain, engine->synth, &health);
  if (*pipeline == NULL)
    return health;
  bus = gst_element_get_bus (*pipeline);
  gst_bus_set_sync_handler (bus, on_bus_message, engine, NULL);
  if (gst_element_set_state (*pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE
      || gst_element_get_state (*pipeline, NULL, NULL, OPEN_TIMEOUT) != GST_STATE_CHANGE_SUCCESS)
    {
      close_pipeline (pipeline);
      return "no-device";
    }
  return NULL;
}

static void
finish_run (Engine *engine, GstElement **pipeline)
{
  gboolean again;
  gboolean broken;

  close_pipeline (pipeline);
  g_mutex_lock (&engine->lock);
  broken = engine->broken;
  /* Perhaps it was the headset that went. */
  again = broken && !engine->plain && !rd_sound_route_is_plain (engine->route);
  engine->plain = engine->plain || again;
  /* It ran dry, and something new came just then: that is still to sound. */
  if ((broken && !again) || rd_synth_is_idle (engine->synth))
    engine->wanted = FALSE;
  engine->ended = engine->broken = FALSE;
  g_mutex_unlock (&engine->lock);
  post_report (engine, FALSE, broken && !again ? "no-device" : NULL);
}

static void
start_run (Engine *engine, GstElement **pipeline)
{
  g_autoptr (RdSoundRoute) route = NULL;
  const char *health;
  gboolean plain;

  g_mutex_lock (&engine->lock);
  route = rd_sound_route_copy (engine->route);
  plain = engine->plain;
  g_mutex_unlock (&engine->lock);
  health = open_pipeline (engine, route, plain, pipeline);
  if (health != NULL && !plain && !rd_sound_route_is_plain (route))
    health = open_pipeline (engine, route, TRUE, pipeline);
  if (health != NULL)
    {
      g_mutex_lock (&engine->lock);
      engine->wanted = engine->ended = engine->broken = FALSE;
      g_mutex_unlock (&engine->lock);
    }
  post_report (engine, health == NULL, health);
}

static gpointer
run_engine (gpointer data)
{
  Engine *engine = data;
  GstElement *pipeline = NULL;

  g_mutex_lock (&engine->lock);
  while (!engine->released)
    {
      if (!engine->ended && engine->wanted == (pipeline != NULL))
        {
          g_cond_wait (&engine->changed, &engine->lock);
          continue;
        }
      /* Looked at again afterwards: it may not be wanted any more. */
      if (pipeline == NULL && engine->wanted && g_get_monotonic_time () < engine->not_before)
        {
          g_cond_wait_until (&engine->changed, &engine->lock, engine->not_before);
          continue;
        }
      g_mutex_unlock (&engine->lock);
      if (pipeline != NULL)
        finish_run (engine, &pipeline);
      else
        start_run (engine, &pipeline);
      g_mutex_lock (&engine->lock);
    }
  g_mutex_unlock (&engine->lock);
  close_pipeline (&pipeline);
  unref_engine (engine);
#ifdef __GLIBC__
  /* What a sink's libraries took is a good part of a quiet agent's size. */
  malloc_trim (0);
#endif
  return NULL;
}

static void
set_wanted (Engine *engine, gboolean wanted)
{
  g_mutex_lock (&engine->lock);
  if (!engine->wanted && wanted)
    {
      engine->plain = FALSE;
      engine->not_before = g_get_monotonic_time () + HEAD_START_US;
    }
  engine->wanted = wanted;
  g_cond_signal (&engine->changed);
  g_mutex_unlock (&engine->lock);
}

/* GObject */

static void
rd_sound_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdSound *self = RD_SOUND (object);

  switch ((RdSoundProps) id)
    {
    case RD_SOUND_PROP_PLAYING:
      g_value_set_boolean (value, self->playing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* The thread is not waited for: its sink may hang, and what it needs stays alive with it. */
static void
rd_sound_dispose (GObject *object)
{
  RdSound *self = RD_SOUND (object);

  if (self->engine != NULL)
    {
      g_mutex_lock (&self->engine->lock);
      self->engine->released = TRUE;
      g_cond_signal (&self->engine->changed);
      g_mutex_unlock (&self->engine->lock);
      g_clear_pointer (&self->engine, unref_engine);
    }
  G_OBJECT_CLASS (rd_sound_parent_class)->dispose (object);
}

static void
rd_sound_class_init (RdSoundClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_sound_get_property;
  object_class->dispose = rd_sound_dispose;
  properties[RD_SOUND_PROP_PLAYING] = g_param_spec_boolean (
      "playing", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  signals[FAILED] = g_signal_new ("failed", RD_TYPE_SOUND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);
}

static void
rd_sound_init (RdSound *self)
{
}

RdSound *
rd_sound_new (const RdSoundRoute *route, RdSynth *synth)
{
  RdSound *self;
  Engine *engine;

  g_return_val_if_fail (route != NULL && synth != NULL, NULL);
  self = g_object_new (RD_TYPE_SOUND, NULL);
  engine = g_atomic_rc_box_new0 (Engine);
  engine->route = rd_sound_route_copy (route);
  engine->synth = rd_synth_ref (synth);
  engine->context = g_main_context_ref_thread_default ();
  g_weak_ref_init (&engine->sound, self);
  g_mutex_init (&engine->lock);
  g_cond_init (&engine->changed);
  self->engine = engine;
  g_thread_unref (g_thread_new ("rd-sound", run_engine, g_atomic_rc_box_acquire (engine)));
  return self;
}

void
rd_sound_set_route (RdSound *self, const RdSoundRoute *route)
{
  g_return_if_fail (RD_IS_SOUND (self));
  g_return_if_fail (route != NULL);
  g_mutex_lock (&self->engine->lock);
  rd_sound_route_free (self->engine->route);
  self->engine->route = rd_sound_route_copy (route);
  g_mutex_unlock (&self->engine->lock);
}

void
rd_sound_play (RdSound *self)
{
  g_return_if_fail (RD_IS_SOUND (self));
  set_wanted (self->engine, TRUE);
}

void
rd_sound_stop (RdSound *self)
{
  g_return_if_fail (RD_IS_SOUND (self));
  set_wanted (self->engine, FALSE);
}

gboolean
rd_sound_get_playing (RdSound *self)
{
  g_return_val_if_fail (RD_IS_SOUND (self), FALSE);
  return self->playing;
}
