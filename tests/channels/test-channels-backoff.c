/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <stdlib.h>

#include "channels-backoff-private.h"
#include "channels-test-clock.h"

/* What protocol.md promises of the way back, tried on many outages of a virtual clock. */

#define N_OUTAGES 400
#define N_CLIENTS 200

/* How long after the server is back a client is that lost it @outage ms earlier; a refused try takes no time. */
static guint
measure (ChannelsTestClock *clock, guint outage)
{
  ChannelsBackoff backoff;
  guint passed = 0;

  channels_backoff_init (&backoff, &channels_backoff_for_sockets);
  for (;;)
    {
      guint wait = channels_backoff_next (&backoff, CHANNELS_CLOCK (clock), 0);

      channels_test_clock_advance (clock, wait);
      passed += wait;
      if (passed >= outage)
        return passed - outage;
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return (int) *(const guint *) a - (int) *(const guint *) b;
}

static void
assert_outage (guint outage, guint median, guint p99)
{
  g_autoptr (ChannelsTestClock) clock = channels_test_clock_new ();
  guint late[N_OUTAGES];

  for (gsize i = 0; i < N_OUTAGES; i++)
    late[i] = measure (clock, outage);
  qsort (late, N_OUTAGES, sizeof late[0], compare);
  g_test_message ("outage %u ms: median %u ms, p99 %u ms, worst %u ms", outage, late[N_OUTAGES / 2],
                  late[N_OUTAGES * 99 / 100], late[N_OUTAGES - 1]);
  g_assert_cmpuint (late[N_OUTAGES / 2], <=, median);
  g_assert_cmpuint (late[N_OUTAGES * 99 / 100], <=, p99);
}

static void
test_return (void)
{
  static const guint outages[] = { 0, 500, 3000, 20000, 50000, 60000 };

  for (gsize i = 0; i < G_N_ELEMENTS (outages); i++)
    assert_outage (outages[i], 2000, 5000);
  /* a short one is over when clients without jitter, that try again after a second, come back */
  assert_outage (500, 500, 1500);
  assert_outage (300000, 30000, 30000);
  assert_outage (36000000, 30000, 30000);
}

static void
assert_spread (guint minimum)
{
  g_autoptr (ChannelsTestClock) clock = channels_test_clock_new ();
  guint first = G_MAXUINT;
  guint last = 0;

  for (gsize i = 0; i < N_CLIENTS; i++)
    {
      ChannelsBackoff backoff;
      guint wait;

      channels_backoff_init (&backoff, &channels_backoff_for_sockets);
      wait = channels_backoff_next (&backoff, CHANNELS_CLOCK (clock), minimum);
      first = MIN (first, wait);
      last = MAX (last, wait);
    }
  g_assert_cmpuint (first, >=, minimum);
  g_assert_cmpuint (last - first, >=, 1000);
}

static void
test_spread (void)
{
  assert_spread (0);
  assert_spread (1000);
}

static void
test_few_tries (void)
{
  g_autoptr (ChannelsTestClock) clock = channels_test_clock_new ();
  ChannelsBackoff backoff;
  guint tries = 0;
  gint64 passed = 0;

  /* An hour without a network is no reason to wake the machine up more than a few times a minute. */
  channels_backoff_init (&backoff, &channels_backoff_for_sockets);
  while (passed < 3600000)
    {
      guint wait = channels_backoff_next (&backoff, CHANNELS_CLOCK (clock), 0);

      channels_test_clock_advance (clock, wait);
      passed += wait;
      tries++;
    }
  g_assert_cmpuint (tries, <, 400);
}

static void
test_reset (void)
{
  g_autoptr (ChannelsTestClock) clock = channels_test_clock_new ();
  ChannelsBackoff backoff;

  channels_backoff_init (&backoff, &channels_backoff_for_sockets);
  (void) channels_backoff_next (&backoff, CHANNELS_CLOCK (clock), 0);
  channels_test_clock_advance (clock, 3600000);
  for (gsize i = 0; i < 20; i++)
    (void) channels_backoff_next (&backoff, CHANNELS_CLOCK (clock), 0);
  channels_backoff_reset (&backoff);
  g_assert_cmpuint (channels_backoff_next (&backoff, CHANNELS_CLOCK (clock), 0), <=, 1200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/channels/backoff/return", test_return);
  g_test_add_func ("/channels/backoff/spread", test_spread);
  g_test_add_func ("/channels/backoff/few-tries", test_few_tries);
  g_test_add_func ("/channels/backoff/reset", test_reset);
  return g_test_run ();
}
