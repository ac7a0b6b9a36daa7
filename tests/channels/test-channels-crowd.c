/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "channels-client.h"
#include "channels-test-clock.h"
#include "rd-test.h"
#include "scripted-server.h"

/* Many clients of one server: its restart must not bring them all back in the same moment. */

#define N_CLIENTS 200

typedef struct
{
  ScriptedServer *server;
  ChannelsTestClock *clock;
  SoupSession *session;
  GPtrArray *clients;
} Crowd;

static void
set_up (Crowd *crowd, gconstpointer data)
{
  g_autoptr (ChannelsEndpoint) endpoint = NULL;

  crowd->server = scripted_server_new ();
  crowd->clock = channels_test_clock_new ();
  crowd->session = soup_session_new_with_options ("proxy-resolver", NULL, "max-conns", N_CLIENTS,
                                                  "max-conns-per-host", N_CLIENTS, NULL);
  crowd->clients = g_ptr_array_new_with_free_func (g_object_unref);
  endpoint = channels_endpoint_new ("key", "127.0.0.1", scripted_server_get_port (crowd->server), NULL, FALSE, NULL);
  for (guint i = 0; i < N_CLIENTS; i++)
    g_ptr_array_add (crowd->clients, g_object_new (CHANNELS_TYPE_CLIENT, "endpoint", endpoint, "session",
                                                   crowd->session, "clock", crowd->clock, NULL));
}

static void
tear_down (Crowd *crowd, gconstpointer data)
{
  g_ptr_array_unref (crowd->clients);
  rd_test_await (scripted_server_get_n_open (crowd->server) == 0);
  soup_session_abort (crowd->session);
  rd_test_drain ();
  g_assert_cmpuint (channels_test_clock_get_n_timers (crowd->clock), ==, 0);
  g_assert_finalize_object (crowd->session);
  g_assert_finalize_object (crowd->clock);
  scripted_server_free (crowd->server);
}

static guint
count (Crowd *crowd, ChannelsClientState state)
{
  guint n = 0;

  for (guint i = 0; i < crowd->clients->len; i++)
    n += channels_client_get_state (g_ptr_array_index (crowd->clients, i)) == state;
  return n;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 difference = *(const gint64 *) a - *(const gint64 *) b;

  return (difference > 0) - (difference < 0);
}

/* When each of them tries again, µs, sorted */
static void
read_next_tries (Crowd *crowd, gint64 *times)
{
  for (guint i = 0; i < N_CLIENTS; i++)
    times[i] = channels_client_get_next_try (g_ptr_array_index (crowd->clients, i));
  qsort (times, N_CLIENTS, sizeof times[0], compare_times);
}

/* One after the other: SoupServer lets ten wait at its door. */
static void
connect_all (Crowd *crowd)
{
  for (guint i = 0; i < N_CLIENTS; i++)
    {
      channels_client_start (g_ptr_array_index (crowd->clients, i));
      rd_test_await (count (crowd, CHANNELS_CLIENT_CONNECTED) == i + 1);
    }
}

/* All are waiting: between @earliest and @latest ms from now, over at least a second, evenly; and all come back. */
static void
assert_spread (Crowd *crowd, gint64 earliest, gint64 latest)
{
  gint64 now = channels_clock_get_real_time (CHANNELS_CLOCK (crowd->clock));
  gint64 times[N_CLIENTS];
  guint worst = 0;

  rd_test_await (count (crowd, CHANNELS_CLIENT_WAITING) == N_CLIENTS);
  read_next_tries (crowd, times);
  g_assert_cmpint (times[N_CLIENTS - 1] - times[0], >=, G_USEC_PER_SEC);
  g_assert_cmpint (times[0] - now, >=, earliest * 1000);
  g_assert_cmpint (times[N_CLIENTS - 1] - now, <=, latest * 1000);
  /* never a quarter of them within a tenth of a second */
  for (guint i = 0, j = 0; i < N_CLIENTS; i++)
    {
      while (times[i] - times[j] > G_USEC_PER_SEC / 10)
        j++;
      worst = MAX (worst, i - j + 1);
    }
  g_assert_cmpuint (worst, <, N_CLIENTS / 4);

  while (count (crowd, CHANNELS_CLIENT_WAITING) > 0)
    {
      channels_test_clock_advance (crowd->clock, channels_test_clock_get_next (crowd->clock));
      rd_test_await (count (crowd, CHANNELS_CLIENT_CONNECTING) == 0);
    }
  g_assert_cmpuint (count (crowd, CHANNELS_CLIENT_CONNECTED), ==, N_CLIENTS);
  g_assert_cmpuint (scripted_server_get_n_accepted (crowd->server), ==, 2 * N_CLIENTS);
}

static void
test_restart (Crowd *crowd, gconstpointer data)
{
  connect_all (crowd);
  scripted_server_drop_all (crowd->server);
  assert_spread (crowd, 0, 2000);
}

/* It says why: not before a second has passed. */
static void
test_over_capacity (Crowd *crowd, gconstpointer data)
{
  connect_all (crowd);
  scripted_server_close_all (crowd->server, 4100);
  assert_spread (crowd, 1000, 3000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/channels/crowd/restart", Crowd, NULL, set_up, test_restart, tear_down);
  g_test_add ("/channels/crowd/over-capacity", Crowd, NULL, set_up, test_over_capacity, tear_down);
  return g_test_run ();
}
