/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RD_SKEW_SAMPLES 5

/* How far another clock is from ours, by a few readings of it. Begin with zeroes. */
typedef struct
{
  gint64 samples[RD_SKEW_SAMPLES];
  guint n;
  guint next;
} RdSkew;

/* A reading of the other clock, which has a resolution of 1 s (HTTP's Date), between our @sent_at and @received_at;
 * µs. */
void   rd_skew_add (RdSkew *self, gint64 date, gint64 sent_at, gint64 received_at);
/* The median in µs; 0 for what may be noise */
gint64 rd_skew_get (const RdSkew *self);

G_END_DECLS
