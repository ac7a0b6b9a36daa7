/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CHANNELS_RATE_PER_SECOND 10

/* When the last client events were sent: never more than ten within any second. Zeroed: none yet. */
typedef struct
{
  gint64 sent[CHANNELS_RATE_PER_SECOND]; /* monotonic, µs; 0: never */
  guint next;                            /* the oldest of them */
} ChannelsRate;

/* ms until one more may be sent, 0: now; @now is monotonic, µs */
guint channels_rate_get_wait (const ChannelsRate *self,
                              gint64              now);
/* One is sent at @now. */
void  channels_rate_note     (ChannelsRate       *self,
                              gint64              now);

G_END_DECLS
