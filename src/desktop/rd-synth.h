/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-ringer.h"
#include "rd-tune.h"

G_BEGIN_DECLS

#define RD_SYNTH_RATE RD_TUNE_RATE
/* No ring sounds for longer, whatever the rest of the program does. */
#define RD_SYNTH_RING_LIMIT_S 60

/* No file sounds for longer than this, before it begins anew. */
#define RD_SYNTH_SAMPLES_LIMIT_S 30
/* Samples that are not there by then are not waited for. */
#define RD_SYNTH_PATIENCE_MS 2000
/* The volume that the tunes were made for. */
#define RD_SYNTH_VOLUME 0.8

/* What may be replaced. */
typedef enum
{
  RD_SYNTH_RING,
  RD_SYNTH_MESSAGE,
} RdSynthPart;
#define RD_SYNTH_N_PARTS (RD_SYNTH_MESSAGE + 1)

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
/* 0 to 1, as people hear it; at once. */
void     rd_synth_set_volume (RdSynth *self, double volume);
/* For rings from the next on. */
void     rd_synth_set_fade_in (RdSynth *self, guint ms);
/* @tune: (nullable): NULL: it is of samples that are to come. Until they do it is silent, and if they do not it is
 * the usual tune. */
void     rd_synth_set_tune   (RdSynth *self, RdSynthPart part, const RdTune *tune);
/* @samples: as rd_synth_render() makes them */
void     rd_synth_set_samples (RdSynth *self, RdSynthPart part, GBytes *samples);
/* FULL and SOFT begin their pattern anew; the limit counts on until SILENT. SILENT ends the tone, too. */
void     rd_synth_set_ring  (RdSynth *self, RdRingerState ring);
void     rd_synth_play_tone (RdSynth *self, RdTone tone);
/* Nothing is left to sound. */
gboolean rd_synth_is_idle   (RdSynth *self);
/* FALSE: nothing is left to sound (@frames is silence from there on). */
gboolean rd_synth_render    (RdSynth *self, gint16 *frames, gsize n_frames);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdSynth, rd_synth_unref)

G_END_DECLS
