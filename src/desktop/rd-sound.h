/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-sound-pipeline.h"
#include "rd-synth.h"

G_BEGIN_DECLS

#define RD_TYPE_SOUND (rd_sound_get_type ())
G_DECLARE_FINAL_TYPE (RdSound, rd_sound, RD, SOUND, GObject)

/**
 * RdSound:
 *
 * A GStreamer pipeline that carries what an RdSynth renders to a sink. Whatever of GStreamer may wait for a device or
 * a sound server runs in a thread; functions return at once and signals come in the main context. Where a device or the
 * speakers do not work, it sounds without them.
 *
 * Property `playing` (notified): the sink is open and takes sound. It ends by itself when the synth has nothing left.
 * ::failed (const char *health): "no-device" or "failed"; it is not playing then, and play() tries anew.
 */
RdSound *rd_sound_new         (const RdSoundRoute *route, RdSynth *synth) G_GNUC_WARN_UNUSED_RESULT;
/* From the next time on that it begins to play. */
void     rd_sound_set_route   (RdSound *self, const RdSoundRoute *route);
void     rd_sound_play        (RdSound *self);
void     rd_sound_stop        (RdSound *self);
gboolean rd_sound_get_playing (RdSound *self);

G_END_DECLS
