/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "channels-test-clock.h"

/* A clock turned by hand. */

#define EPOCH_US G_GINT64_CONSTANT (1750000000000000)

typedef struct
{
  guint id;
  gint64 due;
  GSourceFunc func;
  gpointer data;
} Timer;

struct _ChannelsTestClock
{
  ChannelsClock parent_instance;

  gint64 now;   /* µs */
  gint64 epoch; /* the time of day when it was 0 */
  guint last_id;
  GArray *timers;
  GRand *random;
};

G_DEFINE_FINAL_TYPE (ChannelsTestClock, channels_test_clock, CHANNELS_TYPE_CLOCK)

/* (nullable): the timer due first, the older one of two */
static Timer *
find_next (ChannelsTestClock *self)
{
  Timer *next = NULL;

  for (guint i = 0; i < self->timers->len; i++)
    {
      Timer *timer = &g_array_index (self->timers, Timer, i);

      if (next == NULL || timer->due < next->due)
        next = timer;
    }
  return next;
}

static gint64
channels_test_clock_get_real_time (ChannelsClock *clock)
{
  return CHANNELS_TEST_CLOCK (clock)->epoch + CHANNELS_TEST_CLOCK (clock)->now;
}

static gint64
channels_test_clock_get_monotonic_time (ChannelsClock *clock)
{
  return CHANNELS_TEST_CLOCK (clock)->now;
}

static guint
channels_test_clock_add_timeout (ChannelsClock *clock, guint ms, GSourceFunc func, gpointer data)
{
  ChannelsTestClock *self = CHANNELS_TEST_CLOCK (clock);
  Timer timer = { ++self->last_id, self->now + (gint64) ms * 1000, func, data };

  g_array_append_val (self->timers, timer);
  return timer.id;
}

static void
channels_test_clock_remove_timeout (ChannelsClock *clock, guint id)
{
  ChannelsTestClock *self = CHANNELS_TEST_CLOCK (clock);

  for (guint i = 0; i < self->timers->len; i++)
    if (g_array_index (self->timers, Timer, i).id == id)
      {
        g_array_remove_index (self->timers, i);
        return;
      }
  g_error ("removed a timer that is not there");
}

static double
channels_test_clock_random_range (ChannelsClock *clock, double low, double high)
{
  return high > low ? g_rand_double_range (CHANNELS_TEST_CLOCK (clock)->random, low, high) : low;
}

static void
channels_test_clock_finalize (GObject *object)
{
  ChannelsTestClock *self = CHANNELS_TEST_CLOCK (object);

  g_array_unref (self->timers);
  g_rand_free (self->random);
  G_OBJECT_CLASS (channels_test_clock_parent_class)->finalize (object);
}

static void
channels_test_clock_class_init (ChannelsTestClockClass *klass)
{
  ChannelsClockClass *clock_class = CHANNELS_CLOCK_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = channels_test_clock_finalize;
  clock_class->get_real_time = channels_test_clock_get_real_time;
  clock_class->get_monotonic_time = channels_test_clock_get_monotonic_time;
  clock_class->add_timeout = channels_test_clock_add_timeout;
  clock_class->remove_timeout = channels_test_clock_remove_timeout;
  clock_class->random_range = channels_test_clock_random_range;
}

static void
channels_test_clock_init (ChannelsTestClock *self)
{
  self->now = G_USEC_PER_SEC;
  self->epoch = EPOCH_US;
  self->timers = g_array_new (FALSE, FALSE, sizeof (Timer));
  self->random = g_rand_new_with_seed (7);
}

ChannelsTestClock *
channels_test_clock_new (void)
{
  return g_object_new (CHANNELS_TYPE_TEST_CLOCK, NULL);
}

void
channels_test_clock_advance (ChannelsTestClock *self, guint ms)
{
  gint64 until = self->now + (gint64) ms * 1000;
  Timer *next;

  while ((next = find_next (self)) != NULL && next->due <= until)
    {
      Timer timer = *next;

      channels_test_clock_remove_timeout (CHANNELS_CLOCK (self), timer.id);
      self->now = MAX (self->now, timer.due);
      timer.func (timer.data);
    }
  self->now = until;
}

guint
channels_test_clock_get_n_timers (ChannelsTestClock *self)
{
  return self->timers->len;
}

guint
channels_test_clock_get_next (ChannelsTestClock *self)
{
  Timer *next = find_next (self);

  return next != NULL ? (guint) ((next->due - self->now) / 1000) : G_MAXUINT;
}

void
channels_test_clock_turn (ChannelsTestClock *self, gint64 seconds)
{
  self->epoch += seconds * G_USEC_PER_SEC;
}
