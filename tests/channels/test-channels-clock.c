/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "channels-clock.h"
#include "rd-test.h"

/* The system's clock: what is started fires once, in the context it was started in, unless it is stopped. */

static gboolean
on_timeout (gpointer data)
{
  ++*(guint *) data;
  return G_SOURCE_REMOVE;
}

static void
test_timeout (void)
{
  g_autoptr (ChannelsClock) clock = channels_clock_new ();
  guint fired = 0;
  guint stopped = 0;
  guint id;

  (void) channels_clock_add_timeout (clock, 1, on_timeout, &fired);
  id = channels_clock_add_timeout (clock, 0, on_timeout, &stopped);
  channels_clock_remove_timeout (clock, id);
  id = channels_clock_add_timeout (clock, 30000, on_timeout, &stopped);
  channels_clock_remove_timeout (clock, id);
  rd_test_await (fired == 1);
  rd_test_drain ();
  g_assert_cmpuint (fired, ==, 1);
  g_assert_cmpuint (stopped, ==, 0);
}

static void
test_context (void)
{
  g_autoptr (ChannelsClock) clock = channels_clock_new ();
  g_autoptr (GMainContext) context = g_main_context_new ();
  guint fired = 0;
  guint stopped = 0;
  guint id;

  g_main_context_push_thread_default (context);
  (void) channels_clock_add_timeout (clock, 0, on_timeout, &fired);
  id = channels_clock_add_timeout (clock, 0, on_timeout, &stopped);
  channels_clock_remove_timeout (clock, id);
  while (fired == 0)
    g_main_context_iteration (context, TRUE);
  g_assert_cmpuint (stopped, ==, 0);
  g_main_context_pop_thread_default (context);
}

/* A timeout is taken back wherever the caller happens to be. */
static void
test_other_context (void)
{
  g_autoptr (ChannelsClock) clock = channels_clock_new ();
  g_autoptr (GMainContext) context = g_main_context_new ();
  guint stopped = 0;
  guint id = channels_clock_add_timeout (clock, 0, on_timeout, &stopped);

  g_main_context_push_thread_default (context);
  channels_clock_remove_timeout (clock, id);
  g_main_context_pop_thread_default (context);
  rd_test_drain ();
  g_assert_cmpuint (stopped, ==, 0);
  g_assert_finalize_object (g_steal_pointer (&clock));
}

static guint again;

static gboolean
on_timeout_again (gpointer data)
{
  again = channels_clock_add_timeout (data, 0, on_timeout_again, data);
  return G_SOURCE_REMOVE;
}

/* One that has fired is no more, and has no hold on the clock. */
static void
test_again (void)
{
  g_autoptr (ChannelsClock) clock = channels_clock_new ();
  guint first = channels_clock_add_timeout (clock, 0, on_timeout_again, clock);

  rd_test_await (again != 0);
  g_assert_cmpuint (again, !=, first);
  channels_clock_remove_timeout (clock, first);
  channels_clock_remove_timeout (clock, again);
  g_assert_finalize_object (g_steal_pointer (&clock));
}

static void
test_random (void)
{
  g_autoptr (ChannelsClock) clock = channels_clock_new ();

  g_assert_cmpfloat (channels_clock_random_range (clock, 3, 3), ==, 3);
  for (gsize i = 0; i < 100; i++)
    {
      double value = channels_clock_random_range (clock, 1, 2);

      g_assert_cmpfloat (value, >=, 1);
      g_assert_cmpfloat (value, <=, 2);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/channels/clock/timeout", test_timeout);
  g_test_add_func ("/channels/clock/context", test_context);
  g_test_add_func ("/channels/clock/other-context", test_other_context);
  g_test_add_func ("/channels/clock/again", test_again);
  g_test_add_func ("/channels/clock/random", test_random);
  return g_test_run ();
}
