/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-retries-private.h"

/* From what a close code asks for to a time to wait; some things are done once and then no more. */

#define LATER_MS 1000
#define MINUTES_LOW_MS 120000
#define MINUTES_HIGH_MS 300000
#define STABLE_US (10 * G_USEC_PER_SEC) /* a connection that lived this long starts a new count of failures */
/* A server that wants to know the user gives them half a minute; that it did not close at once says nothing. */
#define WELCOME_US (5 * 60 * G_USEC_PER_SEC)

void
channels_retries_reset (ChannelsRetries *self)
{
  channels_backoff_init (&self->backoff, &channels_backoff_for_sockets);
  self->came_back_at_once = FALSE;
  self->came_back_fresh = FALSE;
}

void
channels_retries_settle (ChannelsRetries *self, gint64 lived)
{
  if (lived < STABLE_US)
    return;
  channels_backoff_reset (&self->backoff);
  self->came_back_at_once = FALSE;
  if (lived >= WELCOME_US)
    self->came_back_fresh = FALSE;
}

guint
channels_retries_plan (ChannelsRetries *self, ChannelsClock *clock, ChannelsRetry retry)
{
  switch (retry)
    {
    case CHANNELS_RETRY_LATER:
      return channels_backoff_next (&self->backoff, clock, LATER_MS);
    case CHANNELS_RETRY_AT_ONCE:
      if (self->came_back_at_once)
        break;
      self->came_back_at_once = TRUE;
      return 0;
    case CHANNELS_RETRY_MINUTES:
      return (guint) channels_clock_random_range (clock, MINUTES_LOW_MS, MINUTES_HIGH_MS);
    case CHANNELS_RETRY_FRESH:
      if (self->came_back_fresh)
        return CHANNELS_RETRIES_NEVER;
      self->came_back_fresh = TRUE;
      return channels_backoff_next (&self->backoff, clock, LATER_MS);
    case CHANNELS_RETRY_NEVER:
      return CHANNELS_RETRIES_NEVER;
    case CHANNELS_RETRY_BACKOFF:
    case CHANNELS_RETRY_TLS:
    default:
      break;
    }
  return channels_backoff_next (&self->backoff, clock, 0);
}
