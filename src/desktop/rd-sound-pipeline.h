/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

#include "rd-synth.h"

G_BEGIN_DECLS

/* Where to. Strings are (nullable). */
typedef struct
{
  char *sink;        /* a description in GStreamer's words: instead of a device */
  char *device;      /* as of rd-sound-devices.h; one that is not there: the session's default */
  gboolean speakers; /* on the machine's own speakers, too */
} RdSoundRoute;

/* (transfer full) */
RdSoundRoute *rd_sound_route_copy     (const RdSoundRoute *self) G_GNUC_WARN_UNUSED_RESULT;
void          rd_sound_route_free     (RdSoundRoute *self);
/* Whether there is something in it that can go wrong where the session's default does not. */
gboolean      rd_sound_route_is_plain (const RdSoundRoute *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdSoundRoute, rd_sound_route_free)

/* A pipeline, not started, that carries what @synth renders to a sink and ends when the synth has nothing left. May
 * wait for a device or a sound server: not for the main thread. @plain: nothing but the sink, or the session's default.
 * (nullable) (transfer full): NULL with *@health "no-device" or "failed". */
GstElement *rd_sound_pipeline_new (const RdSoundRoute *route, gboolean plain, RdSynth *synth,
                                   const char **health) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
