/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "line.h"
#include "rd-test.h"

/* How soon the line is back after its server is: the targets, as distributions over many outages. The sockets are real,
 * all time is the test's. */

#define CHANNEL "news"

typedef struct
{
  const char *name;
  guint outage; /* ms */
  guint rounds;
  guint median; /* ms from the server's return to a subscription, at most */
  guint worst;
} Outage;

static const Outage outages[] = {
  { "half-a-second", 500, 30, 2000, 5000 },   { "three-seconds", 3000, 30, 2000, 5000 },
  { "twenty-seconds", 20000, 30, 2000, 5000 }, { "fifty-seconds", 50000, 30, 2000, 5000 },
  { "ten-minutes", 600000, 8, 30000, 30000 }, { "an-hour", 3600000, 2, 30000, 30000 },
};

static gint64
get_now (Line *line)
{
  return channels_clock_get_monotonic_time (CHANNELS_CLOCK (line->clock)) / 1000;
}

/* Lets a try come to its end. Here each does, at once: the kernel answers for the server. */
static void
settle (Line *line)
{
  rd_test_await (channels_client_get_state (line->client) != CHANNELS_CLIENT_CONNECTING);
}

static void
step (Line *line, guint most)
{
  channels_test_clock_advance (line->clock, MIN (most, channels_test_clock_get_next (line->clock)));
  settle (line);
}

static void
pass (Line *line, guint ms)
{
  gint64 until = get_now (line) + ms;

  while (get_now (line) < until)
    step (line, (guint) (until - get_now (line)));
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

static void
test_outage (Line *line, gconstpointer data)
{
  const Outage *outage = data;
  g_autoptr (ChannelsSubscription) subscription = line_subscribe (line, CHANNEL);
  g_autoptr (GArray) waits = g_array_new (FALSE, FALSE, sizeof (int));
  guint n;

  line_connect (line);
  for (guint i = 0; i < outage->rounds; i++)
    {
      gint64 back;
      int wait;

      line_await_channel (subscription, CHANNELS_SUBSCRIPTION_SUBSCRIBED);
      /* long enough for the next outage to be one of its own */
      channels_test_clock_advance (line->clock, 11000);
      scripted_server_set_listening (line->server, FALSE);
      scripted_server_drop (line->server);
      line_await (line, CHANNELS_CLIENT_WAITING);
      pass (line, outage->outage);
      g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_WAITING);

      scripted_server_set_listening (line->server, TRUE);
      back = get_now (line);
      while (channels_client_get_state (line->client) != CHANNELS_CLIENT_CONNECTED)
        step (line, G_MAXUINT);
      wait = (int) (get_now (line) - back);
      g_array_append_val (waits, wait);
    }
  line_await_channel (subscription, CHANNELS_SUBSCRIPTION_SUBSCRIBED);
  n = waits->len;
  g_array_sort (waits, compare);
  g_test_message ("after %u ms: median %d ms, worst %d ms", outage->outage, g_array_index (waits, int, n / 2),
                  g_array_index (waits, int, n - 1));
  g_assert_cmpint (g_array_index (waits, int, n / 2), <=, (int) outage->median);
  g_assert_cmpint (g_array_index (waits, int, n - 1), <=, (int) outage->worst);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (outages); i++)
    {
      g_autofree char *path = g_strdup_printf ("/channels/outage/%s", outages[i].name);

      g_test_add (path, Line, &outages[i], line_set_up, test_outage, line_tear_down);
    }
  return g_test_run ();
}
