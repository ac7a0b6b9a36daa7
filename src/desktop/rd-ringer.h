/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  RD_RINGER_SILENT,
  RD_RINGER_SOFT,
  RD_RINGER_FULL,
} RdRingerState;

typedef enum
{
  RD_TONE_SUCCESS,
  RD_TONE_INFO,
  RD_TONE_WARNING,
  RD_TONE_ERROR,
  RD_TONE_MESSAGE, /* as the user has chosen */
} RdTone;

/* How it is to sound. Strings are (nullable): as usual. */
typedef struct
{
  const char *sink;         /* a GStreamer sink description: instead of a device */
  const char *ring_tone;    /* a tune's id (rd-tune.h), or the file:// address of a sound file */
  const char *message_tone; /* the same */
  const char *device;       /* an output's id (rd-sound-devices.h) */
  double volume;            /* 0 to 1 */
  gboolean on_speakers;     /* on the machine's own speakers, too */
  guint fade_in_ms;
} RdRingerSettings;

/* What is tried out. */
typedef enum
{
  RD_RINGER_TEST_NOTHING,
  RD_RINGER_TEST_RING,
  RD_RINGER_TEST_MESSAGE,
} RdRingerTest;

#define RD_RINGER_TEST_S 8

#define RD_TYPE_RINGER (rd_ringer_get_type ())
G_DECLARE_FINAL_TYPE (RdRinger, rd_ringer, RD, RINGER, GObject)

/**
 * RdRinger:
 *
 * Sound. GStreamer is initialised at the first sound, off the main thread, and its pipeline is let go a while after the
 * last one, so that a quiet agent stays small. `state` and `target-state` differ while a pipeline is being built; one
 * funnel checks, logs and notifies. A hard limit (60 s) ends any ring, whatever else happens.
 *
 * Properties (notified): `state`, `target-state`, `health`: "unused", "ok", "no-device" (no sink works), "failed".
 * `testing` (RdRingerTest as uint, notified): what is being tried out.
 * Construct: `sink` (string, nullable): a GStreamer sink description; NULL: the session's default.
 * ::tone-failed (gboolean ring, const char *uri): the file cannot be played; the usual tone sounds in its place.
 * ::tested (const char *problem): how the test began, once each: "" (it sounds), "no-device", "failed", "tone" (the
 *   file cannot be played; something else sounds).
 */
RdRinger     *rd_ringer_new        (const char *sink) G_GNUC_WARN_UNUSED_RESULT;
/* The volume at once, the rest from the next sound on. */
void          rd_ringer_configure  (RdRinger *self, const RdRingerSettings *settings);
/* Sounds as a call or a message would, for RD_RINGER_TEST_S at most; a call that rings ends it. FALSE: one rings
 * now. */
gboolean      rd_ringer_test       (RdRinger *self, RdRingerTest what);
RdRingerTest  rd_ringer_get_testing (RdRinger *self);
void          rd_ringer_set_target (RdRinger *self, RdRingerState state);
RdRingerState rd_ringer_get_state  (RdRinger *self);
RdRingerState rd_ringer_get_target (RdRinger *self);
/* A short tone of backends.md; not while a full ring sounds. */
void          rd_ringer_play_tone  (RdRinger *self, RdTone tone);
const char   *rd_ringer_get_health (RdRinger *self);

G_END_DECLS
