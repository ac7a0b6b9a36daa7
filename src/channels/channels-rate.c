/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-rate-private.h"

/* The protocol's limit on client events. Servers count in windows of a second that begin when they like, so a bucket
 * that is full at first and refilled meanwhile would send up to twice as many into one of them. */

guint
channels_rate_get_wait (const ChannelsRate *self, gint64 now)
{
  gint64 oldest = self->sent[self->next];
  gint64 wait = oldest != 0 ? oldest + G_USEC_PER_SEC - now : 0;

  return wait > 0 ? (guint) ((wait + G_TIME_SPAN_MILLISECOND - 1) / G_TIME_SPAN_MILLISECOND) : 0;
}

void
channels_rate_note (ChannelsRate *self, gint64 now)
{
  self->sent[self->next] = MAX (now, 1);
  self->next = (self->next + 1) % CHANNELS_RATE_PER_SECOND;
}
