/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-synth.h"

G_BEGIN_DECLS

#define RD_TYPE_TONE_CHOICE (rd_tone_choice_get_type ())
G_DECLARE_FINAL_TYPE (RdToneChoice, rd_tone_choice, RD, TONE_CHOICE, GObject)

/**
 * RdToneChoice:
 *
 * What the user wants to hear for a ring, or for a message: a tune, or a sound file, which is read when it is to sound.
 * One that cannot be played is replaced by the usual tune.
 *
 * ::ready (gboolean good): what was prepared is there; not @good: it cannot be played.
 */
RdToneChoice *rd_tone_choice_new       (RdSynth *synth, RdSynthPart part) G_GNUC_WARN_UNUSED_RESULT;
/* @tone: (nullable): a tune's id, or the file:// address of a sound file */
void          rd_tone_choice_set       (RdToneChoice *self, const char *tone);
/* Has the synth sound with it from now on. */
void          rd_tone_choice_prepare   (RdToneChoice *self);
/* It is still being read. */
gboolean      rd_tone_choice_is_busy   (RdToneChoice *self);
/* It is a file that could not be played when that was last tried. */
gboolean      rd_tone_choice_is_bad    (RdToneChoice *self);
/* (nullable): the file */
const char   *rd_tone_choice_get_uri   (RdToneChoice *self);
/* Lets go of what was read: next time it may be another. */
void          rd_tone_choice_forget    (RdToneChoice *self);

G_END_DECLS
