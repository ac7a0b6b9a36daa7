/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-ringer"

#include "config.h"

#include "rd-ringer.h"

#include "rd-sound.h"
#include "rd-synth.h"
#include "rd-tone-choice.h"

/* What is to sound and for how long. The synth is steered at once, so that a ring that is over is silent even while a
 * sink is slow to close; RdSound opens and closes the sink, and is let go a while after the last sound. */

#define LIMIT_S RD_SYNTH_RING_LIMIT_S
#define RETRY_S 5
#define LET_GO_S 10

typedef enum
{
  RD_RINGER_PROP_STATE = 1,
  RD_RINGER_PROP_TARGET_STATE,
  RD_RINGER_PROP_HEALTH,
  RD_RINGER_PROP_TESTING,
  RD_RINGER_PROP_SINK,
} RdRingerProps;

enum
{
  TONE_FAILED,
  TESTED,
  N_SIGNALS,
};

static GParamSpec *properties[RD_RINGER_PROP_SINK + 1];
static guint signals[N_SIGNALS];

struct _RdRinger
{
  GObject parent_instance;
  char *sink;
  RdSoundRoute route;
  RdToneChoice *choices[RD_SYNTH_N_PARTS];
  RdRingerTest testing;
  gboolean test_told;
  guint test_source;
  RdSynth *synth;
  RdSound *sound; /* (nullable) */
  RdRingerState state;
  RdRingerState target;
  const char *health; /* static */
  guint limit_source;
  guint retry_source;
  guint let_go_source;
};

G_DEFINE_FINAL_TYPE (RdRinger, rd_ringer, G_TYPE_OBJECT)

static void
set_state (RdRinger *self, RdRingerState state)
{
  if (self->state == state)
    return;
  g_debug ("Ring: %d → %d (wanted: %d)", self->state, state, self->target);
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[RD_RINGER_PROP_STATE]);
}

static void
set_health (RdRinger *self, const char *health)
{
  if (self->health == health)
    return;
  g_debug ("Sound: %s", health);
  self->health = health;
  g_object_notify_by_pspec (G_OBJECT (self), properties[RD_RINGER_PROP_HEALTH]);
}

static gboolean
on_let_go (gpointer user_data)
{
  RdRinger *self = user_data;

  self->let_go_source = 0;
  g_clear_object (&self->sound);
  for (guint i = 0; i < RD_SYNTH_N_PARTS; i++)
    rd_tone_choice_forget (self->choices[i]);
  return G_SOURCE_REMOVE;
}

static void
plan_to_let_go (RdRinger *self)
{
  if (self->let_go_source == 0)
    self->let_go_source = g_timeout_add_seconds (LET_GO_S, on_let_go, self);
}

static RdSynthPart
get_tested_part (RdRinger *self)
{
  return self->testing == RD_RINGER_TEST_RING ? RD_SYNTH_RING : RD_SYNTH_MESSAGE;
}

/* How the test began, as soon as that is known. @problem: (nullable) */
static void
tell_test (RdRinger *self, const char *problem)
{
  RdToneChoice *choice = self->choices[get_tested_part (self)];

  if (self->testing == RD_RINGER_TEST_NOTHING || self->test_told)
    return;
  if (problem == NULL
      && (rd_tone_choice_is_busy (choice) || self->sound == NULL || !rd_sound_get_playing (self->sound)))
    return;
  self->test_told = TRUE;
  if (problem == NULL)
    problem = rd_tone_choice_is_bad (choice) ? "tone" : "";
  g_signal_emit (self, signals[TESTED], 0, problem);
}

static void
end_test (RdRinger *self)
{
  if (self->testing == RD_RINGER_TEST_NOTHING)
    return;
  tell_test (self, "");
  g_clear_handle_id (&self->test_source, g_source_remove);
  self->testing = RD_RINGER_TEST_NOTHING;
  g_object_notify_by_pspec (G_OBJECT (self), properties[RD_RINGER_PROP_TESTING]);
}

static void
on_choice_ready (RdToneChoice *choice, gboolean good, RdRinger *self)
{
  if (!good)
    g_signal_emit (self, signals[TONE_FAILED], 0, choice == self->choices[RD_SYNTH_RING],
                   rd_tone_choice_get_uri (choice));
  tell_test (self, NULL);
}

/* The ring's end, whoever wants it. */
static void
end_ring (RdRinger *self)
{
  g_clear_handle_id (&self->limit_source, g_source_remove);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  end_test (self);
  self->target = RD_RINGER_SILENT;
  rd_synth_set_ring (self->synth, RD_RINGER_SILENT);
  if (self->sound != NULL)
    rd_sound_stop (self->sound);
  if (self->sound == NULL || !rd_sound_get_playing (self->sound))
    {
      set_state (self, RD_RINGER_SILENT);
      plan_to_let_go (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[RD_RINGER_PROP_TARGET_STATE]);
}

static gboolean
on_limit (gpointer user_data)
{
  RdRinger *self = user_data;

  self->limit_source = 0;
  g_debug ("It has rung for %d s: enough", LIMIT_S);
  end_ring (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_retry (gpointer user_data)
{
  RdRinger *self = user_data;

  self->retry_source = 0;
  rd_sound_play (self->sound);
  return G_SOURCE_REMOVE;
}

static void
on_sound_failed (RdSound *sound, const char *health, RdRinger *self)
{
  set_health (self, g_intern_string (health));
  tell_test (self, health);
  if (self->target == RD_RINGER_SILENT)
    plan_to_let_go (self);
  else if (self->retry_source == 0)
    self->retry_source = g_timeout_add_seconds (RETRY_S, on_retry, self);
}

static void
on_sound_notify_playing (RdSound *sound, GParamSpec *pspec, RdRinger *self)
{
  if (rd_sound_get_playing (sound))
    {
      g_clear_handle_id (&self->let_go_source, g_source_remove);
      g_clear_handle_id (&self->retry_source, g_source_remove);
      set_health (self, g_intern_static_string ("ok"));
      if (self->target != RD_RINGER_SILENT)
        set_state (self, self->target);
      tell_test (self, NULL);
      return;
    }
  set_state (self, RD_RINGER_SILENT);
  /* The synth has a limit of its own, which holds even if this main loop does not run. */
  if (self->target != RD_RINGER_SILENT && rd_synth_is_idle (self->synth))
    end_ring (self);
  if (self->target == RD_RINGER_SILENT)
    {
      plan_to_let_go (self);
      if (self->testing == RD_RINGER_TEST_MESSAGE && self->test_told)
        end_test (self);
    }
}

static void
play (RdRinger *self)
{
  g_clear_handle_id (&self->let_go_source, g_source_remove);
  if (self->sound == NULL)
    {
      self->sound = rd_sound_new (&self->route, self->synth);
      g_signal_connect_object (self->sound, "failed", G_CALLBACK (on_sound_failed), self, 0);
      g_signal_connect_object (self->sound, "notify::playing", G_CALLBACK (on_sound_notify_playing), self, 0);
    }
  else
    rd_sound_set_route (self->sound, &self->route);
  rd_sound_play (self->sound);
}

static gboolean
on_test_over (gpointer user_data)
{
  RdRinger *self = user_data;

  self->test_source = 0;
  if (self->testing == RD_RINGER_TEST_RING)
    end_ring (self);
  else
    end_test (self);
  return G_SOURCE_REMOVE;
}

static void
start_ring (RdRinger *self, RdRingerState state)
{
  if (self->limit_source == 0)
    self->limit_source = g_timeout_add_seconds (LIMIT_S, on_limit, self);
  if (self->target != RD_RINGER_FULL && state == RD_RINGER_FULL)
    rd_tone_choice_prepare (self->choices[RD_SYNTH_RING]);
  self->target = state;
  rd_synth_set_ring (self->synth, state);
  play (self);
  if (rd_sound_get_playing (self->sound))
    set_state (self, state);
  g_object_notify_by_pspec (G_OBJECT (self), properties[RD_RINGER_PROP_TARGET_STATE]);
}

/* GObject */

static void
rd_ringer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdRinger *self = RD_RINGER (object);

  switch ((RdRingerProps) id)
    {
    case RD_RINGER_PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case RD_RINGER_PROP_TARGET_STATE:
      g_value_set_uint (value, self->target);
      break;
    case RD_RINGER_PROP_HEALTH:
      g_value_set_string (value, self->health);
      break;
    case RD_RINGER_PROP_TESTING:
      g_value_set_uint (value, self->testing);
      break;
    case RD_RINGER_PROP_SINK:
      g_value_set_string (value, self->sink);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_ringer_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RdRinger *self = RD_RINGER (object);

  switch ((RdRingerProps) id)
    {
    case RD_RINGER_PROP_SINK:
      self->sink = g_value_dup_string (value);
      self->route.sink = g_strdup (self->sink);
      break;
    case RD_RINGER_PROP_STATE:
    case RD_RINGER_PROP_TARGET_STATE:
    case RD_RINGER_PROP_HEALTH:
    case RD_RINGER_PROP_TESTING:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_ringer_dispose (GObject *object)
{
  RdRinger *self = RD_RINGER (object);

  g_clear_handle_id (&self->limit_source, g_source_remove);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_clear_handle_id (&self->let_go_source, g_source_remove);
  g_clear_handle_id (&self->test_source, g_source_remove);
  for (guint i = 0; i < RD_SYNTH_N_PARTS; i++)
    g_clear_object (&self->choices[i]);
  if (self->synth != NULL)
    rd_synth_set_ring (self->synth, RD_RINGER_SILENT);
  g_clear_object (&self->sound);
  G_OBJECT_CLASS (rd_ringer_parent_class)->dispose (object);
}

static void
rd_ringer_finalize (GObject *object)
{
  RdRinger *self = RD_RINGER (object);

  g_clear_pointer (&self->synth, rd_synth_unref);
  g_free (self->sink);
  g_free (self->route.sink);
  g_free (self->route.device);
  G_OBJECT_CLASS (rd_ringer_parent_class)->finalize (object);
}

static void
rd_ringer_class_init (RdRingerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rd_ringer_get_property;
  object_class->set_property = rd_ringer_set_property;
  object_class->dispose = rd_ringer_dispose;
  object_class->finalize = rd_ringer_finalize;
  properties[RD_RINGER_PROP_STATE]
      = g_param_spec_uint ("state", NULL, NULL, RD_RINGER_SILENT, RD_RINGER_FULL, RD_RINGER_SILENT, flags);
  properties[RD_RINGER_PROP_TARGET_STATE]
      = g_param_spec_uint ("target-state", NULL, NULL, RD_RINGER_SILENT, RD_RINGER_FULL, RD_RINGER_SILENT, flags);
  properties[RD_RINGER_PROP_HEALTH] = g_param_spec_string ("health", NULL, NULL, "unused", flags);
  properties[RD_RINGER_PROP_TESTING]
      = g_param_spec_uint ("testing", NULL, NULL, RD_RINGER_TEST_NOTHING, RD_RINGER_TEST_MESSAGE,
                           RD_RINGER_TEST_NOTHING, flags);
  properties[RD_RINGER_PROP_SINK]
      = g_param_spec_string ("sink", NULL, NULL, NULL, flags | G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  signals[TONE_FAILED] = g_signal_new ("tone-failed", RD_TYPE_RINGER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_BOOLEAN, G_TYPE_STRING);
  signals[TESTED] = g_signal_new ("tested", RD_TYPE_RINGER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);
}

static void
rd_ringer_init (RdRinger *self)
{
  self->synth = rd_synth_new ();
  self->health = g_intern_static_string ("unused");
  for (guint i = 0; i < RD_SYNTH_N_PARTS; i++)
    {
      self->choices[i] = rd_tone_choice_new (self->synth, (RdSynthPart) i);
      g_signal_connect_object (self->choices[i], "ready", G_CALLBACK (on_choice_ready), self, 0);
    }
}

RdRinger *
rd_ringer_new (const char *sink)
{
  return g_object_new (RD_TYPE_RINGER, "sink", sink, NULL);
}

void
rd_ringer_configure (RdRinger *self, const RdRingerSettings *settings)
{
  g_return_if_fail (RD_IS_RINGER (self));
  g_return_if_fail (settings != NULL);
  g_free (self->route.sink);
  g_free (self->route.device);
  self->route.sink = g_strdup (settings->sink);
  self->route.device = g_strdup (settings->device);
  self->route.speakers = settings->on_speakers;
  rd_tone_choice_set (self->choices[RD_SYNTH_RING], settings->ring_tone);
  rd_tone_choice_set (self->choices[RD_SYNTH_MESSAGE], settings->message_tone);
  rd_synth_set_volume (self->synth, settings->volume);
  rd_synth_set_fade_in (self->synth, settings->fade_in_ms);
}

gboolean
rd_ringer_test (RdRinger *self, RdRingerTest what)
{
  g_return_val_if_fail (RD_IS_RINGER (self), FALSE);
  if (self->target != RD_RINGER_SILENT && self->testing == RD_RINGER_TEST_NOTHING)
    return what == RD_RINGER_TEST_NOTHING;
  if (self->testing != RD_RINGER_TEST_NOTHING)
    end_ring (self);
  if (what == RD_RINGER_TEST_NOTHING)
    return TRUE;
  self->testing = what;
  self->test_told = FALSE;
  self->test_source = g_timeout_add_seconds (RD_RINGER_TEST_S, on_test_over, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[RD_RINGER_PROP_TESTING]);
  if (what == RD_RINGER_TEST_RING)
    start_ring (self, RD_RINGER_FULL);
  else
    rd_ringer_play_tone (self, RD_TONE_MESSAGE);
  tell_test (self, NULL);
  return TRUE;
}

RdRingerTest
rd_ringer_get_testing (RdRinger *self)
{
  g_return_val_if_fail (RD_IS_RINGER (self), RD_RINGER_TEST_NOTHING);
  return self->testing;
}

void
rd_ringer_set_target (RdRinger *self, RdRingerState state)
{
  g_return_if_fail (RD_IS_RINGER (self));
  g_return_if_fail (state <= RD_RINGER_FULL);
  /* A call has come: it rings as if nothing had been. */
  if (self->testing != RD_RINGER_TEST_NOTHING)
    end_ring (self);
  if (self->target == state)
    return;
  if (state == RD_RINGER_SILENT)
    end_ring (self);
  else
    start_ring (self, state);
}

RdRingerState
rd_ringer_get_state (RdRinger *self)
{
  g_return_val_if_fail (RD_IS_RINGER (self), RD_RINGER_SILENT);
  return self->state;
}

RdRingerState
rd_ringer_get_target (RdRinger *self)
{
  g_return_val_if_fail (RD_IS_RINGER (self), RD_RINGER_SILENT);
  return self->target;
}

void
rd_ringer_play_tone (RdRinger *self, RdTone tone)
{
  g_return_if_fail (RD_IS_RINGER (self));
  if (self->target == RD_RINGER_FULL)
    return;
  if (tone == RD_TONE_MESSAGE)
    rd_tone_choice_prepare (self->choices[RD_SYNTH_MESSAGE]);
  rd_synth_play_tone (self->synth, tone);
  play (self);
}

const char *
rd_ringer_get_health (RdRinger *self)
{
  g_return_val_if_fail (RD_IS_RINGER (self), NULL);
  return self->health;
}
