/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "line.h"
#include "rd-test.h"

/* Many channels that need a signature: how many questions are under way, and what is asked at once. */

#define SUBSCRIBED CHANNELS_SUBSCRIPTION_SUBSCRIBED
#define REFUSED CHANNELS_SUBSCRIPTION_REFUSED

/* (element-type ChannelsSubscription): private-0, private-1… */
static GPtrArray *
subscribe (Line *line, guint n)
{
  GPtrArray *channels = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("private-%u", i);

      g_ptr_array_add (channels, line_subscribe (line, name));
    }
  return channels;
}

static guint
count (GPtrArray *channels, ChannelsSubscriptionState state)
{
  guint n = 0;

  for (guint i = 0; i < channels->len; i++)
    n += channels_subscription_get_state (g_ptr_array_index (channels, i)) == state ? 1 : 0;
  return n;
}

static void
grant_all (Line *line, guint first, guint last)
{
  for (guint i = first; i <= last; i++)
    held_authorizer_grant (line->authorizer, i, "key:sig", NULL);
}

static void
move_on (Line *line)
{
  rd_test_drain ();
  channels_test_clock_advance (line->clock, 0);
}

static void
test_parallel (Line *line, gconstpointer data)
{
  g_autoptr (GPtrArray) channels = NULL;

  g_object_set (line->client, "max-authorizations", 3, NULL);
  channels = subscribe (line, 8);
  line_connect (line);
  line_await_requests (line, 3);
  rd_test_drain ();
  line_await_requests (line, 3);

  held_authorizer_grant (line->authorizer, 1, "key:sig", NULL);
  rd_test_await (count (channels, SUBSCRIBED) == 1);
  move_on (line);
  line_await_requests (line, 4);

  /* Those that wait for their turn are not late: only what is asked has a deadline. */
  grant_all (line, 0, 0);
  grant_all (line, 2, 3);
  rd_test_await (count (channels, SUBSCRIBED) == 4);
  channels_test_clock_advance (line->clock, 9000);
  line_await_requests (line, 7);
  grant_all (line, 4, 6);
  rd_test_await (count (channels, SUBSCRIBED) == 7);
  channels_test_clock_advance (line->clock, 9000);
  line_await_requests (line, 8);
  grant_all (line, 7, 7);
  rd_test_await (count (channels, SUBSCRIBED) == 8);
  g_assert_cmpuint (line->n_errors, ==, 0);
}

/* More than the session has connections to a host would wait in there, and run out of time. */
static void
test_default (Line *line, gconstpointer data)
{
  g_autoptr (GPtrArray) channels = subscribe (line, 3);

  g_assert_cmpuint (soup_session_get_max_conns_per_host (line->session), ==, 2);
  line_connect (line);
  line_await_requests (line, 2);
  rd_test_drain ();
  line_await_requests (line, 2);
  g_object_set (line->client, "max-authorizations", 3, NULL);
  move_on (line);
  line_await_requests (line, 3);
  grant_all (line, 0, 2);
  rd_test_await (count (channels, SUBSCRIBED) == 3);
}

/* A deadline makes room for the next. */
static void
test_deadline (Line *line, gconstpointer data)
{
  g_autoptr (GPtrArray) channels = NULL;

  g_object_set (line->client, "max-authorizations", 1, "authorize-timeout", 500, NULL);
  channels = subscribe (line, 2);
  line_connect (line);
  line_await_requests (line, 1);
  channels_test_clock_advance (line->clock, 500);
  line_await_requests (line, 2);
  g_assert_cmpuint (count (channels, REFUSED), ==, 1);
  g_assert_true (held_authorizer_is_cancelled (line->authorizer, 0));
  held_authorizer_grant (line->authorizer, 1, "key:sig", NULL);
  rd_test_await (count (channels, SUBSCRIBED) == 1);
  held_authorizer_grant (line->authorizer, 0, "late", NULL);
  rd_test_drain ();
  g_assert_cmpuint (count (channels, SUBSCRIBED), ==, 1);
}

/* What is asked for a socket that is gone is dropped, whether it was asked or not yet. */
static void
test_socket_gone (Line *line, gconstpointer data)
{
  g_autoptr (GPtrArray) channels = NULL;

  g_object_set (line->client, "max-authorizations", 2, NULL);
  channels = subscribe (line, 5);
  line_connect (line);
  line_await_requests (line, 2);
  scripted_server_drop (line->server);
  line_await (line, CHANNELS_CLIENT_WAITING);
  move_on (line);
  line_await_requests (line, 2);
  g_assert_true (held_authorizer_is_cancelled (line->authorizer, 0));
  g_assert_true (held_authorizer_is_cancelled (line->authorizer, 1));
  line_await_return (line);
  line_await_requests (line, 4);
  g_assert_cmpstr (held_authorizer_get_socket_id (line->authorizer, 2), ==, "2.1");
  grant_all (line, 0, 3);
  rd_test_await (count (channels, SUBSCRIBED) == 2);
  move_on (line);
  line_await_requests (line, 6);
  grant_all (line, 4, 5);
  rd_test_drain ();
  move_on (line);
  grant_all (line, 6, 6);
  rd_test_await (count (channels, SUBSCRIBED) == 5);
}

static void
test_unsubscribe (Line *line, gconstpointer data)
{
  g_autoptr (GPtrArray) channels = NULL;

  g_object_set (line->client, "max-authorizations", 1, NULL);
  channels = subscribe (line, 3);
  line_connect (line);
  line_await_requests (line, 1);
  for (guint i = 0; i < 3; i++)
    channels_client_unsubscribe (line->client, channels_subscription_get_name (g_ptr_array_index (channels, i)));
  move_on (line);
  line_await_requests (line, 1);
  g_assert_true (held_authorizer_is_cancelled (line->authorizer, 0));
  grant_all (line, 0, 0);
  rd_test_drain ();
  g_assert_cmpuint (scripted_server_count (line->server, "pusher:subscribe", NULL), ==, 0);
}

static void
test_batch (Line *line, gconstpointer data)
{
  g_autoptr (GPtrArray) channels = NULL;
  g_auto (GStrv) parts = NULL;
  const char *names;

  held_authorizer_set_batch_size (line->authorizer, 4);
  channels = subscribe (line, 6);
  line_connect (line);
  move_on (line);
  line_await_requests (line, 2);
  names = held_authorizer_get_channels (line->authorizer, 0);
  parts = g_strsplit (names, ",", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 4);
  held_authorizer_grant_many (line->authorizer, 0, names);
  held_authorizer_grant_many (line->authorizer, 1, held_authorizer_get_channels (line->authorizer, 1));
  rd_test_await (count (channels, SUBSCRIBED) == 6);
  line_await_requests (line, 2);
}

/* What the batch says nothing of is asked for alone, and then refused by name. */
static void
test_batch_incomplete (Line *line, gconstpointer data)
{
  g_autoptr (GPtrArray) channels = NULL;
  ChannelsSubscription *refused;

  held_authorizer_set_batch_size (line->authorizer, 10);
  channels = subscribe (line, 3);
  refused = g_ptr_array_index (channels, 1);
  line_connect (line);
  move_on (line);
  line_await_requests (line, 1);
  held_authorizer_grant_many (line->authorizer, 0, "private-0,private-2,private-others");
  rd_test_await (count (channels, SUBSCRIBED) == 2);
  move_on (line);
  line_await_requests (line, 2);
  g_assert_cmpstr (held_authorizer_get_channels (line->authorizer, 1), ==, "private-1");
  held_authorizer_refuse (line->authorizer, 1, CHANNELS_ERROR_UNAUTHORIZED);
  line_await_channel (refused, REFUSED);
  g_assert_error (channels_subscription_get_error (refused), CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED);
}

/* A server that refuses all for one, or cannot read the question, is asked one by one; one that is down is not. */
static void
test_batch_refused (Line *line, gconstpointer data)
{
  g_autoptr (GPtrArray) channels = NULL;

  held_authorizer_set_batch_size (line->authorizer, 10);
  channels = subscribe (line, 2);
  line_connect (line);
  move_on (line);
  line_await_requests (line, 1);
  held_authorizer_refuse (line->authorizer, 0, CHANNELS_ERROR_UNAUTHORIZED);
  move_on (line);
  line_await_requests (line, 3);
  grant_all (line, 1, 2);
  rd_test_await (count (channels, SUBSCRIBED) == 2);

  scripted_server_drop (line->server);
  line_await_return (line);
  move_on (line);
  line_await_requests (line, 4);
  held_authorizer_refuse (line->authorizer, 3, CHANNELS_ERROR_SERVER);
  rd_test_await (count (channels, REFUSED) == 2);
  move_on (line);
  line_await_requests (line, 4);
}

static void
on_state_changed (ChannelsSubscription *subscription, GParamSpec *pspec, Line *line)
{
  if (channels_subscription_get_state (subscription) == REFUSED)
    g_clear_object (&line->client);
}

/* Whoever hears of the first may take away the rest. */
static void
test_drop_inside (Line *line, gconstpointer data)
{
  g_autoptr (GPtrArray) channels = NULL;

  held_authorizer_set_batch_size (line->authorizer, 10);
  channels = subscribe (line, 3);
  for (guint i = 0; i < 3; i++)
    g_signal_connect (g_ptr_array_index (channels, i), "notify::state", G_CALLBACK (on_state_changed), line);
  line_connect (line);
  move_on (line);
  line_await_requests (line, 1);
  held_authorizer_refuse (line->authorizer, 0, CHANNELS_ERROR_SERVER);
  rd_test_await (line->client == NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/channels/auth-queue/" path, Line, NULL, line_set_up, func, line_tear_down)
  ADD ("parallel", test_parallel);
  ADD ("default", test_default);
  ADD ("deadline", test_deadline);
  ADD ("socket-gone", test_socket_gone);
  ADD ("unsubscribe", test_unsubscribe);
  ADD ("batch/all", test_batch);
  ADD ("batch/incomplete", test_batch_incomplete);
  ADD ("batch/refused", test_batch_refused);
  ADD ("batch/drop-inside", test_drop_inside);
#undef ADD
  return g_test_run ();
}
