/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RD_TUNE_RATE 48000

/* What sounds when no other tune can. */
#define RD_TUNE_RING "classic"
#define RD_TUNE_MESSAGE "bell"

/**
 * RdTune:
 *
 * A ring or a message's tone as arithmetic: no file to find, no decoder to load. Const.
 */
typedef struct _RdTune RdTune;

/* (nullable): one of those that ring, or of those for messages */
const RdTune       *rd_tune_find_ring     (const char *id);
const RdTune       *rd_tune_find_message  (const char *id);
/* The ring while another call is active: the same for all. */
const RdTune       *rd_tune_get_soft      (void);
/* (transfer full): the ids, the most usual first */
char              **rd_tune_dup_rings     (void) G_GNUC_WARN_UNUSED_RESULT;
char              **rd_tune_dup_messages  (void) G_GNUC_WARN_UNUSED_RESULT;
/* In frames; a ring begins anew then. */
guint64             rd_tune_get_length    (const RdTune *self);
/* The sample at @frame, which is within the length; full scale is 1. */
double              rd_tune_render        (const RdTune *self, guint64 frame);

G_END_DECLS
