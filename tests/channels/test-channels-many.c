/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "line.h"
#include "rd-test.h"

/* Many channels at a server that answers one after the other, or not at all. */

#define PENDING CHANNELS_SUBSCRIPTION_PENDING
#define SUBSCRIBED CHANNELS_SUBSCRIPTION_SUBSCRIBED
#define REFUSED CHANNELS_SUBSCRIPTION_REFUSED

/* (element-type ChannelsSubscription): channel-0, channel-1…, each sent and none answered */
static GPtrArray *
subscribe (Line *line, guint n)
{
  GPtrArray *channels = g_ptr_array_new_with_free_func (g_object_unref);

  scripted_server_set_confirming (line->server, FALSE);
  line_connect (line);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("channel-%u", i);

      g_ptr_array_add (channels, line_subscribe (line, name));
    }
  rd_test_await (scripted_server_count (line->server, "pusher:subscribe", NULL) == n);
  return channels;
}

static ChannelsSubscriptionState
get_state (GPtrArray *channels, guint i)
{
  return channels_subscription_get_state (g_ptr_array_index (channels, i));
}

static void
confirm (Line *line, GPtrArray *channels, guint i)
{
  g_autofree char *text = NULL;

  text = g_strdup_printf ("{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"channel-%u\","
                          "\"data\":{}}",
                          i);
  scripted_server_send (line->server, text);
  line_await_channel (g_ptr_array_index (channels, i), SUBSCRIBED);
}

/* Nobody is given up while the server is busy with those before. */
static void
test_slow_server (Line *line, gconstpointer data)
{
  g_autoptr (GPtrArray) channels = subscribe (line, 5);

  for (guint i = 0; i < channels->len; i++)
    {
      channels_test_clock_advance (line->clock, 9000);
      confirm (line, channels, i);
    }
  g_assert_cmpuint (line->n_errors, ==, 0);
  g_assert_cmpuint (scripted_server_count (line->server, "pusher:subscribe", NULL), ==, channels->len);
}

/* One that was passed over is not kept alive by those after it. */
static void
test_passed_over (Line *line, gconstpointer data)
{
  g_autoptr (GPtrArray) channels = subscribe (line, 3);

  channels_test_clock_advance (line->clock, 6000);
  confirm (line, channels, 1);
  channels_test_clock_advance (line->clock, 3999);
  g_assert_cmpint (get_state (channels, 0), ==, PENDING);
  channels_test_clock_advance (line->clock, 1);
  g_assert_cmpint (get_state (channels, 0), ==, REFUSED);
  g_assert_cmpint (get_state (channels, 2), ==, REFUSED);
  g_assert_cmpuint (line->n_errors, ==, 2);
}

/* From the last answer on, all that are left are late together. */
static void
test_server_falls_silent (Line *line, gconstpointer data)
{
  g_autoptr (GPtrArray) channels = subscribe (line, 4);

  channels_test_clock_advance (line->clock, 8000);
  confirm (line, channels, 0);
  channels_test_clock_advance (line->clock, 9999);
  g_assert_cmpuint (line->n_errors, ==, 0);
  channels_test_clock_advance (line->clock, 1);
  for (guint i = 1; i < channels->len; i++)
    g_assert_cmpint (get_state (channels, i), ==, REFUSED);
  g_assert_cmpuint (line->n_errors, ==, 3);
}

static void
on_refused (ChannelsSubscription *subscription, GParamSpec *pspec, gpointer data)
{
  if (channels_subscription_get_state (subscription) == REFUSED)
    channels_subscription_retry (subscription);
}

/* Who asks again at once is last in the row, and the others keep their time. */
static void
test_asked_again (Line *line, gconstpointer data)
{
  g_autoptr (GPtrArray) channels = subscribe (line, 1);
  g_autoptr (ChannelsSubscription) later = NULL;

  g_signal_connect (g_ptr_array_index (channels, 0), "notify::state", G_CALLBACK (on_refused), NULL);
  channels_test_clock_advance (line->clock, 4000);
  later = line_subscribe (line, "later");
  channels_test_clock_advance (line->clock, 6000);
  g_assert_cmpint (get_state (channels, 0), ==, PENDING);
  channels_test_clock_advance (line->clock, 3999);
  g_assert_cmpint (channels_subscription_get_state (later), ==, PENDING);
  channels_test_clock_advance (line->clock, 1);
  g_assert_cmpint (channels_subscription_get_state (later), ==, REFUSED);
  rd_test_await (scripted_server_count (line->server, "pusher:subscribe", "channel-0") == 2);
  confirm (line, channels, 0);
}

static void
on_refused_stop (ChannelsSubscription *subscription, GParamSpec *pspec, Line *line)
{
  g_clear_object (&line->client);
}

/* The first that is told takes all of them away. */
static void
test_given_up (Line *line, gconstpointer data)
{
  g_autoptr (GPtrArray) channels = subscribe (line, 3);

  for (guint i = 0; i < channels->len; i++)
    g_signal_connect (g_ptr_array_index (channels, i), "notify::state", G_CALLBACK (on_refused_stop), line);
  channels_test_clock_advance (line->clock, 10000);
  g_assert_null (line->client);
}

/* However many wait, they have one timer. */
static void
test_timers (Line *line, gconstpointer data)
{
  g_autoptr (GPtrArray) channels = subscribe (line, 1);
  guint n = channels_test_clock_get_n_timers (line->clock);
  g_autoptr (GPtrArray) more = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *name = g_strdup_printf ("more-%u", i);

      g_ptr_array_add (more, line_subscribe (line, name));
    }
  g_assert_cmpuint (channels_test_clock_get_n_timers (line->clock), ==, n);
  rd_test_await (scripted_server_count (line->server, "pusher:subscribe", NULL) == 1001);
}

/* However many were refused, they have one timer, and each its own moment. */
static void
test_retries (Line *line, gconstpointer data)
{
  g_autoptr (GPtrArray) channels = subscribe (line, 100);
  guint n = channels_test_clock_get_n_timers (line->clock);
  guint moments = 0;

  channels_test_clock_advance (line->clock, 10000);
  g_assert_cmpuint (line->n_errors, ==, channels->len);
  g_assert_cmpuint (channels_test_clock_get_n_timers (line->clock), ==, n);
  while (get_state (channels, 0) == REFUSED || moments < channels->len / 2)
    {
      g_assert_cmpuint (channels_test_clock_get_next (line->clock), <=, 3000);
      channels_test_clock_advance (line->clock, channels_test_clock_get_next (line->clock));
      moments++;
    }
  channels_test_clock_advance (line->clock, 3000);
  for (guint i = 0; i < channels->len; i++)
    g_assert_cmpint (get_state (channels, i), ==, PENDING);
  rd_test_await (scripted_server_count (line->server, "pusher:subscribe", NULL) == 2 * channels->len);
  for (guint i = 0; i < channels->len; i++)
    confirm (line, channels, i);
}

/* What is refused and given up is not tried again, and takes nobody's turn away. */
static void
test_retry_given_up (Line *line, gconstpointer data)
{
  g_autoptr (GPtrArray) channels = subscribe (line, 10);

  channels_test_clock_advance (line->clock, 10000);
  for (guint i = 0; i < channels->len; i += 2)
    channels_client_unsubscribe (line->client, channels_subscription_get_name (g_ptr_array_index (channels, i)));
  channels_test_clock_advance (line->clock, 3000);
  for (guint i = 1; i < channels->len; i += 2)
    g_assert_cmpint (get_state (channels, i), ==, PENDING);
  rd_test_await (scripted_server_count (line->server, "pusher:subscribe", NULL) == 15);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/channels/many/" name, Line, NULL, line_set_up, test, line_tear_down)
  ADD ("slow-server", test_slow_server);
  ADD ("passed-over", test_passed_over);
  ADD ("server-falls-silent", test_server_falls_silent);
  ADD ("asked-again", test_asked_again);
  ADD ("given-up", test_given_up);
  ADD ("timers", test_timers);
  ADD ("retries", test_retries);
  ADD ("retry-given-up", test_retry_given_up);
#undef ADD
  return g_test_run ();
}
