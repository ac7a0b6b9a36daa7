/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-backoff-private.h"
#include "channels-close-private.h"

G_BEGIN_DECLS

#define CHANNELS_RETRIES_NEVER G_MAXUINT

/* What has been tried since the line was last good, and so what comes next. */
typedef struct
{
  ChannelsBackoff backoff;
  gboolean came_back_at_once;
  gboolean came_back_fresh;
} ChannelsRetries;

void  channels_retries_reset  (ChannelsRetries *self);
/* A connection has ended that had stood for @lived µs: what it had survived is no longer held against the next. */
void  channels_retries_settle (ChannelsRetries *self,
                               gint64           lived);
/* ms to wait after an end that asks for @retry (CHANNELS_RETRY_TLS: over TLS from now on), or
 * CHANNELS_RETRIES_NEVER */
guint channels_retries_plan   (ChannelsRetries *self,
                               ChannelsClock   *clock,
                               ChannelsRetry    retry);

G_END_DECLS
