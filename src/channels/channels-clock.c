/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-clock.h"

/* The system's clock. Long timers (the heartbeat's) are grouped with the rest of the system's, which
 * costs at most a second; whatever decides how soon the line is back is exact. */

#define COARSE_FROM_MS 20000

G_DEFINE_TYPE (ChannelsClock, channels_clock, G_TYPE_OBJECT)

static gint64
channels_clock_real_get_real_time (ChannelsClock *self)
{
  return g_get_real_time ();
}

static gint64
channels_clock_real_get_monotonic_time (ChannelsClock *self)
{
  return g_get_monotonic_time ();
}

static guint
channels_clock_real_add_timeout (ChannelsClock *self, guint ms, GSourceFunc func, gpointer data)
{
  g_autoptr (GSource) source = NULL;

  if (ms >= COARSE_FROM_MS)
    source = g_timeout_source_new_seconds ((ms - 1) / 1000 + 1);
  else
    source = g_timeout_source_new (ms);
  g_source_set_callback (source, func, data, NULL);
  g_source_set_static_name (source, "ChannelsClock");
  return g_source_attach (source, g_main_context_get_thread_default ());
}

static void
channels_clock_real_remove_timeout (ChannelsClock *self, guint id)
{
  GSource *source = g_main_context_find_source_by_id (g_main_context_get_thread_default (), id);

  if (source != NULL)
    g_source_destroy (source);
}

static double
channels_clock_real_random_range (ChannelsClock *self, double low, double high)
{
  return high > low ? g_random_double_range (low, high) : low;
}

static void
channels_clock_class_init (ChannelsClockClass *klass)
{
  klass->get_real_time = channels_clock_real_get_real_time;
  klass->get_monotonic_time = channels_clock_real_get_monotonic_time;
  klass->add_timeout = channels_clock_real_add_timeout;
  klass->remove_timeout = channels_clock_real_remove_timeout;
  klass->random_range = channels_clock_real_random_range;
}

static void
channels_clock_init (ChannelsClock *self)
{
}

ChannelsClock *
channels_clock_new (void)
{
  return g_object_new (CHANNELS_TYPE_CLOCK, NULL);
}

gint64
channels_clock_get_real_time (ChannelsClock *self)
{
  g_return_val_if_fail (CHANNELS_IS_CLOCK (self), 0);

  return CHANNELS_CLOCK_GET_CLASS (self)->get_real_time (self);
}

gint64
channels_clock_get_monotonic_time (ChannelsClock *self)
{
  g_return_val_if_fail (CHANNELS_IS_CLOCK (self), 0);

  return CHANNELS_CLOCK_GET_CLASS (self)->get_monotonic_time (self);
}

guint
channels_clock_add_timeout (ChannelsClock *self, guint ms, GSourceFunc func, gpointer data)
{
  g_return_val_if_fail (CHANNELS_IS_CLOCK (self), 0);
  g_return_val_if_fail (func != NULL, 0);

  return CHANNELS_CLOCK_GET_CLASS (self)->add_timeout (self, ms, func, data);
}

void
channels_clock_remove_timeout (ChannelsClock *self, guint id)
{
  g_return_if_fail (CHANNELS_IS_CLOCK (self));
  g_return_if_fail (id != 0);

  CHANNELS_CLOCK_GET_CLASS (self)->remove_timeout (self, id);
}

double
channels_clock_random_range (ChannelsClock *self, double low, double high)
{
  g_return_val_if_fail (CHANNELS_IS_CLOCK (self), low);

  return CHANNELS_CLOCK_GET_CLASS (self)->random_range (self, low, high);
}
