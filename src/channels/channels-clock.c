/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-clock.h"

/* The system's clock. Long timers (the heartbeat's) are grouped with the rest of the system's, which
 * costs at most a second; whatever decides how soon the line is back is exact. */

#define COARSE_FROM_MS 20000

typedef struct
{
  GMutex mutex;        /* clients in several threads may share a clock */
  GHashTable *sources; /* id → GSource */
  guint last_id;
} ChannelsClockPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (ChannelsClock, channels_clock, G_TYPE_OBJECT)

typedef struct
{
  ChannelsClock *clock;
  guint id;
  GSourceFunc func;
  gpointer data;
} Timer;

static void
timer_free (gpointer data)
{
  Timer *timer = data;

  g_object_unref (timer->clock);
  g_free (timer);
}

/* (nullable) (transfer full): what has that id, and will have it no more */
static GSource *
steal_source (ChannelsClock *self, guint id)
{
  ChannelsClockPrivate *priv = channels_clock_get_instance_private (self);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&priv->mutex);
  gpointer source = NULL;

  g_hash_table_steal_extended (priv->sources, GUINT_TO_POINTER (id), NULL, &source);
  return source;
}

static gboolean
on_timeout (gpointer data)
{
  Timer *timer = data;
  g_autoptr (GSource) source = steal_source (timer->clock, timer->id);

  /* Taken back in another thread, this moment */
  if (source != NULL)
    timer->func (timer->data);
  return G_SOURCE_REMOVE;
}

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
  ChannelsClockPrivate *priv = channels_clock_get_instance_private (self);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&priv->mutex);
  Timer *timer = g_new (Timer, 1);
  GSource *source;

  do
    priv->last_id++;
  while (priv->last_id == 0 || g_hash_table_contains (priv->sources, GUINT_TO_POINTER (priv->last_id)));
  *timer = (Timer){ g_object_ref (self), priv->last_id, func, data };
  if (ms >= COARSE_FROM_MS)
    source = g_timeout_source_new_seconds ((ms - 1) / 1000 + 1);
  else
    source = g_timeout_source_new (ms);
  g_source_set_callback (source, on_timeout, timer, timer_free);
  g_source_set_static_name (source, "ChannelsClock");
  g_hash_table_insert (priv->sources, GUINT_TO_POINTER (timer->id), source);
  g_source_attach (source, g_main_context_get_thread_default ());
  return priv->last_id;
}

/* Whatever the thread's default context is now: it may be another than when it was added. */
static void
channels_clock_real_remove_timeout (ChannelsClock *self, guint id)
{
  g_autoptr (GSource) source = steal_source (self, id);

  if (source != NULL)
    g_source_destroy (source);
}

static double
channels_clock_real_random_range (ChannelsClock *self, double low, double high)
{
  return high > low ? g_random_double_range (low, high) : low;
}

static void
channels_clock_finalize (GObject *object)
{
  ChannelsClockPrivate *priv = channels_clock_get_instance_private (CHANNELS_CLOCK (object));

  g_hash_table_unref (priv->sources);
  g_mutex_clear (&priv->mutex);
  G_OBJECT_CLASS (channels_clock_parent_class)->finalize (object);
}

static void
channels_clock_class_init (ChannelsClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = channels_clock_finalize;
  klass->get_real_time = channels_clock_real_get_real_time;
  klass->get_monotonic_time = channels_clock_real_get_monotonic_time;
  klass->add_timeout = channels_clock_real_add_timeout;
  klass->remove_timeout = channels_clock_real_remove_timeout;
  klass->random_range = channels_clock_real_random_range;
}

static void
channels_clock_init (ChannelsClock *self)
{
  ChannelsClockPrivate *priv = channels_clock_get_instance_private (self);

  g_mutex_init (&priv->mutex);
  priv->sources = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_source_unref);
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
