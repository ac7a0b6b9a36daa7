/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-clock.h"

G_BEGIN_DECLS

/* How long to wait between two tries. All in ms. */
typedef struct
{
  guint first_low;    /* the first wait: uniform between these two, so that many clients spread */
  guint first_high;
  guint low;          /* later waits are at least this */
  guint short_cap;    /* and at most this… */
  guint patience;     /* …until this long after the first failure, */
  guint long_cap;     /* then the cap grows to this */
} ChannelsBackoffPlan;

extern const ChannelsBackoffPlan channels_backoff_for_sockets;
extern const ChannelsBackoffPlan channels_backoff_for_channels;

typedef struct
{
  const ChannelsBackoffPlan *plan;
  gint64 since; /* monotonic µs of the first failure, 0: none since the last reset */
  guint previous;
} ChannelsBackoff;

void  channels_backoff_init  (ChannelsBackoff           *self,
                              const ChannelsBackoffPlan *plan);
void  channels_backoff_reset (ChannelsBackoff           *self);
/* The wait before the next try, at least @minimum */
guint channels_backoff_next  (ChannelsBackoff           *self,
                              ChannelsClock             *clock,
                              guint                      minimum);

G_END_DECLS
