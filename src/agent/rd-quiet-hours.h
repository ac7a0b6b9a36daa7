/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Hours of the week in which nobody wants to be disturbed. */
typedef struct
{
  guint days; /* on which they begin: bits, 1 Monday … 64 Sunday */
  guint from; /* minutes since midnight */
  guint to;   /* the same; not after from: on the next day */
} RdQuietHours;

/**
 * rd_quiet_hours_contain:
 * @now: µs since the epoch
 * @change: (out): when the hours around @now end, or else when the next ones begin; 0: never
 *
 * By the clock on the wall of @zone: a night in which the clocks change is an hour shorter or longer.
 */
gboolean rd_quiet_hours_contain (const RdQuietHours *self, GTimeZone *zone, gint64 now, gint64 *change);

G_END_DECLS
