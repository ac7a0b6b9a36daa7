/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-test-clock.h"

/* Time turned by hand. */

typedef struct
{
  guint id;
  gint64 due; /* ms of the clock's own count */
  GSourceFunc func;
  gpointer data;
} Timer;

struct _RdTestClock
{
  RdClock parent_instance;

  GArray *timers; /* Timer */
  gint64 now;     /* µs since the epoch */
  gint64 passed;  /* ms */
  guint last_id;
};

G_DEFINE_FINAL_TYPE (RdTestClock, rd_test_clock, RD_TYPE_CLOCK)

static gint64
rd_test_clock_get_real_time (RdClock *clock)
{
  return RD_TEST_CLOCK (clock)->now;
}

static guint
rd_test_clock_add_timeout (RdClock *clock, guint ms, GSourceFunc func, gpointer data)
{
  RdTestClock *self = RD_TEST_CLOCK (clock);
  Timer timer = { ++self->last_id, self->passed + ms, func, data };

  g_array_append_val (self->timers, timer);
  return timer.id;
}

static void
rd_test_clock_remove_timeout (RdClock *clock, guint id)
{
  RdTestClock *self = RD_TEST_CLOCK (clock);

  for (guint i = 0; i < self->timers->len; i++)
    if (g_array_index (self->timers, Timer, i).id == id)
      {
        g_array_remove_index (self->timers, i);
        return;
      }
  g_error ("timer %u was not there to be removed", id);
}

static void
rd_test_clock_finalize (GObject *object)
{
  g_array_unref (RD_TEST_CLOCK (object)->timers);
  G_OBJECT_CLASS (rd_test_clock_parent_class)->finalize (object);
}

static void
rd_test_clock_class_init (RdTestClockClass *klass)
{
  RdClockClass *clock_class = RD_CLOCK_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rd_test_clock_finalize;
  clock_class->get_real_time = rd_test_clock_get_real_time;
  clock_class->add_timeout = rd_test_clock_add_timeout;
  clock_class->remove_timeout = rd_test_clock_remove_timeout;
}

static void
rd_test_clock_init (RdTestClock *self)
{
  self->timers = g_array_new (FALSE, FALSE, sizeof (Timer));
}

/* The timer that falls due next, by @until; G_MAXUINT if none does. */
static guint
find_next (RdTestClock *self, gint64 until)
{
  guint next = G_MAXUINT;

  for (guint i = 0; i < self->timers->len; i++)
    {
      gint64 due = g_array_index (self->timers, Timer, i).due;

      if (due <= until && (next == G_MAXUINT || due < g_array_index (self->timers, Timer, next).due))
        next = i;
    }
  return next;
}

static void
pass (RdTestClock *self, gint64 ms)
{
  self->passed += ms;
  self->now += ms * 1000;
}

RdTestClock *
rd_test_clock_new (gint64 now)
{
  RdTestClock *self = g_object_new (RD_TYPE_TEST_CLOCK, NULL);

  self->now = now;
  return self;
}

void
rd_test_clock_advance (RdTestClock *self, gint64 ms)
{
  gint64 until = self->passed + ms;
  guint next;

  while ((next = find_next (self, until)) != G_MAXUINT)
    {
      Timer timer = g_array_index (self->timers, Timer, next);

      g_array_remove_index (self->timers, next);
      pass (self, timer.due - self->passed);
      g_assert_false (timer.func (timer.data));
    }
  pass (self, until - self->passed);
}

void
rd_test_clock_set_time (RdTestClock *self, gint64 now)
{
  self->now = now;
}

guint
rd_test_clock_get_timers (RdTestClock *self)
{
  return self->timers->len;
}
