/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RD_TYPE_TONE_ROW (rd_tone_row_get_type ())
G_DECLARE_FINAL_TYPE (RdToneRow, rd_tone_row, RD, TONE_ROW, AdwComboRow)

/**
 * RdToneRow:
 *
 * A row with what sounds: one of the tones that ship, or a file of the user's own; and a button to hear it.
 *
 * Property: `tone` (string): a tone's id, or a file:// address. Signal `try`.
 */
/* @tones: ids, as Sounds1.ListTones names them */
void        rd_tone_row_set_tones   (RdToneRow *self, const char *const *tones);
const char *rd_tone_row_get_tone    (RdToneRow *self);
void        rd_tone_row_set_tone    (RdToneRow *self, const char *tone);
/* Whether it is being tried out now. */
void        rd_tone_row_set_playing (RdToneRow *self, gboolean playing);
/* What came of choosing a file; %NULL: nothing. */
void        rd_tone_row_choose (RdToneRow *self, GFile *file);

G_END_DECLS
