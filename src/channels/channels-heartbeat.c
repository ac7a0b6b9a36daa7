/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-heartbeat-private.h"

/* Silence, a question, an answer or none: how a dead socket is told from one that has nothing to say. */

static gboolean
on_deadline (gpointer data)
{
  ChannelsHeartbeat *self = data;

  self->timer = 0;
  self->funcs->give_up (self->owner);
  return G_SOURCE_REMOVE;
}

static void
start_timer (ChannelsHeartbeat *self, guint ms, GSourceFunc func)
{
  channels_heartbeat_stop (self);
  self->timer = channels_clock_add_timeout (self->clock, ms, func, self);
}

static void
ask (ChannelsHeartbeat *self, guint ms)
{
  self->asking = TRUE;
  self->due = channels_clock_get_monotonic_time (self->clock) + ms * G_TIME_SPAN_MILLISECOND;
  start_timer (self, ms, on_deadline);
  self->funcs->ask (self->owner);
}

/* The timer is not moved for every frame; it looks when it fires how long the silence really is. */
static gboolean
on_idle (gpointer data)
{
  ChannelsHeartbeat *self = data;
  gint64 now = channels_clock_get_monotonic_time (self->clock);
  gint64 silence = (now - self->heard_monotonic) / 1000;
  gint64 limit = (gint64) self->idle * 1000;

  self->timer = 0;
  if (silence < limit && !self->regular)
    start_timer (self, (guint) (limit - silence), on_idle);
  else
    ask (self, self->patience);
  return G_SOURCE_REMOVE;
}

void
channels_heartbeat_init (ChannelsHeartbeat *self, ChannelsClock *clock, const ChannelsHeartbeatFuncs *funcs,
                         gpointer owner)
{
  *self = (ChannelsHeartbeat){ .clock = clock, .funcs = funcs, .owner = owner };
}

void
channels_heartbeat_start (ChannelsHeartbeat *self, guint idle, guint patience, gboolean regular)
{
  self->idle = idle;
  self->patience = patience;
  self->regular = regular;
  start_timer (self, idle * 1000, on_idle);
}

void
channels_heartbeat_stop (ChannelsHeartbeat *self)
{
  if (self->timer != 0)
    channels_clock_remove_timeout (self->clock, self->timer);
  self->timer = 0;
}

void
channels_heartbeat_note (ChannelsHeartbeat *self)
{
  self->heard = channels_clock_get_real_time (self->clock);
  self->heard_monotonic = channels_clock_get_monotonic_time (self->clock);
  if (!self->asking)
    return;
  self->asking = FALSE;
  self->funcs->relax (self->owner);
  start_timer (self, self->idle * 1000, on_idle);
}

void
channels_heartbeat_probe (ChannelsHeartbeat *self, guint ms)
{
  gint64 due = channels_clock_get_monotonic_time (self->clock) + ms * G_TIME_SPAN_MILLISECOND;

  /* Further questions do not put off the answer to the first one. */
  if (self->timer == 0 || (self->asking && self->due <= due))
    return;
  ask (self, ms);
}
