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
} RdTone;

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
 * Construct: `sink` (string, nullable): a GStreamer sink description; NULL: the session's default.
 */
RdRinger     *rd_ringer_new        (const char *sink) G_GNUC_WARN_UNUSED_RESULT;
void          rd_ringer_set_target (RdRinger *self, RdRingerState state);
RdRingerState rd_ringer_get_state  (RdRinger *self);
RdRingerState rd_ringer_get_target (RdRinger *self);
/* A short tone of backends.md; not while a full ring sounds. */
void          rd_ringer_play_tone  (RdRinger *self, RdTone tone);
const char   *rd_ringer_get_health (RdRinger *self);

G_END_DECLS
