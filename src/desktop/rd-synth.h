/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-ringer.h"

G_BEGIN_DECLS

#define RD_SYNTH_RATE 48000
/* No ring sounds for longer, whatever the rest of the program does. */
#define RD_SYNTH_RING_LIMIT_S 60

/**
 * RdSynth:
 *
 * The ring, the soft ring and the tones as numbers: mono, 16 bit, RD_SYNTH_RATE. Reference counted, and safe to steer
 * from one thread while another one renders.
 */
typedef struct _RdSynth RdSynth;

RdSynth *rd_synth_new       (void) G_GNUC_WARN_UNUSED_RESULT;
RdSynth *rd_synth_ref       (RdSynth *self);
void     rd_synth_unref     (RdSynth *self);
/* FULL and SOFT begin their pattern anew; the limit counts on until SILENT. SILENT ends the tone, too. */
void     rd_synth_set_ring  (RdSynth *self, RdRingerState ring);
void     rd_synth_play_tone (RdSynth *self, RdTone tone);
/* Nothing is left to sound. */
gboolean rd_synth_is_idle   (RdSynth *self);
/* FALSE: nothing is left to sound (@frames is silence from there on). */
gboolean rd_synth_render    (RdSynth *self, gint16 *frames, gsize n_frames);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdSynth, rd_synth_unref)

G_END_DECLS
