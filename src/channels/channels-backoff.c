/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-backoff-private.h"

/* Decorrelated jitter: each wait is drawn between a floor and three times the one before, under a cap. The cap
 * stays low for the first minute of an outage, because that is how long a restart takes and somebody is
 * waiting for a call; after that it grows with the outage. The first waits are spread over little more than the second
 * that many clients of one server need: most interruptions are over by then. */

const ChannelsBackoffPlan channels_backoff_for_sockets = {
  .first_low = 100,
  .first_high = 1200,
  .low = 500,
  .short_cap = 2000,
  .patience = 60000,
  .long_cap = 30000,
};

const ChannelsBackoffPlan channels_backoff_for_channels = {
  .first_low = 1000,
  .first_high = 3000,
  .low = 2000,
  .short_cap = 10000,
  .patience = 60000,
  .long_cap = 300000,
};

/* A quarter of what the outage is beyond its first minute, on top of the short cap. */
static guint
cap_at (const ChannelsBackoffPlan *plan, gint64 outage_ms)
{
  if (outage_ms <= plan->patience)
    return plan->short_cap;
  return (guint) MIN ((gint64) plan->long_cap, plan->short_cap + (outage_ms - plan->patience) / 4);
}

void
channels_backoff_init (ChannelsBackoff *self, const ChannelsBackoffPlan *plan)
{
  self->plan = plan;
  channels_backoff_reset (self);
}

void
channels_backoff_reset (ChannelsBackoff *self)
{
  self->since = 0;
  self->previous = 0;
}

guint
channels_backoff_next (ChannelsBackoff *self, ChannelsClock *clock, guint minimum)
{
  const ChannelsBackoffPlan *plan = self->plan;
  gint64 now = channels_clock_get_monotonic_time (clock);
  guint low, high, cap, wait;

  if (self->since == 0)
    self->since = MAX (now, 1);
  cap = cap_at (plan, (now - self->since) / 1000);
  low = self->previous == 0 ? plan->first_low : MAX (plan->low, cap / 4);
  high = self->previous == 0 ? plan->first_high : CLAMP (3 * self->previous, low, cap);
  /* A minimum moves the whole range: all at exactly the minimum would be all at once again. */
  if (minimum > low)
    {
      high += minimum - low;
      low = minimum;
    }
  wait = (guint) channels_clock_random_range (clock, low, high);
  self->previous = MIN (wait, cap);
  return wait;
}
