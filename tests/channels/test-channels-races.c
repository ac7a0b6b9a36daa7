/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <string.h>

#include "line.h"
#include "rd-test.h"

/* What a server says may be about what was asked before, or about somebody else: frames that cross each other, and
 * errors that say too little. */

#define PENDING CHANNELS_SUBSCRIPTION_PENDING
#define SUBSCRIBED CHANNELS_SUBSCRIPTION_SUBSCRIBED
#define REFUSED CHANNELS_SUBSCRIPTION_REFUSED

/* Signs the request @n, and awaits the subscribe to @channel. */
static void
grant (Line *line, guint n, const char *channel)
{
  guint before = scripted_server_count (line->server, "pusher:subscribe", channel);

  rd_test_await (held_authorizer_get_n (line->authorizer) > n);
  held_authorizer_grant (line->authorizer, n, "key:sig", "{\"user_id\":7}");
  line_await_frames (line, "pusher:subscribe", channel, before + 1);
}

/* Somebody comes while the server still reads who is there. */
static void
test_early_members (Line *line, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (ChannelsSubscription) room = line_subscribe (line, "presence-room");

  line_log_members (room, log);
  scripted_server_set_confirming (line->server, FALSE);
  line_connect (line);
  grant (line, 0, "presence-room");
  line_send_fixture (line, "member-added");
  line_send_fixture (line, "subscribed-presence");
  line_await_channel (room, SUBSCRIBED);
  line_assert_members (room, "7,9,b");
  g_assert_cmpstr (log->str, ==, "");

  /* The second time only what is different is told. */
  scripted_server_drop (line->server);
  line_await_return (line);
  grant (line, 1, "presence-room");
  line_send_fixture (line, "member-added");
  line_send_fixture (line, "member-removed-b");
  line_send_fixture (line, "subscribed-presence");
  line_await_channel (room, SUBSCRIBED);
  line_assert_members (room, "7,9");
  g_assert_cmpstr (log->str, ==, "-b ");

  /* What was told before a socket was lost is no news of the next. */
  scripted_server_drop (line->server);
  line_await_return (line);
  grant (line, 2, "presence-room");
  line_send_fixture (line, "member-removed-b");
  rd_test_drain ();
  scripted_server_drop (line->server);
  line_await_return (line);
  grant (line, 3, "presence-room");
  line_send_fixture (line, "subscribed-presence");
  line_await_channel (room, SUBSCRIBED);
  line_assert_members (room, "7,b");
}

/* The refusal was of the subscribe that was taken back. */
static void
test_late_confirmation (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) first = line_subscribe (line, "private-user-7");
  g_autoptr (ChannelsSubscription) second = NULL;

  scripted_server_set_confirming (line->server, FALSE);
  line_connect (line);
  grant (line, 0, "private-user-7");
  channels_client_unsubscribe (line->client, "private-user-7");
  second = line_subscribe (line, "private-user-7");
  grant (line, 1, "private-user-7");
  line_send_fixture (line, "subscription-error");
  line_await_channel (second, REFUSED);
  line_send_fixture (line, "subscribed-user");
  line_await_channel (second, SUBSCRIBED);
  g_assert_null (channels_subscription_get_error (second));
  /* There is nothing to try again. */
  channels_test_clock_advance (line->clock, 5000);
  g_assert_cmpuint (held_authorizer_get_n (line->authorizer), ==, 2);
  line_await_frames (line, "pusher:subscribe", "private-user-7", 2);
}

/* Before it is asked for, the same word is about what is no longer. */
static void
test_early_confirmation (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) first = line_subscribe (line, "private-user-7");
  g_autoptr (ChannelsSubscription) second = NULL;

  scripted_server_set_confirming (line->server, FALSE);
  line_connect (line);
  grant (line, 0, "private-user-7");
  channels_client_unsubscribe (line->client, "private-user-7");
  second = line_subscribe (line, "private-user-7");
  line_send_fixture (line, "subscribed-user");
  line_send_fixture (line, "error-null-code");
  rd_test_await (line->n_errors == 1);
  g_assert_cmpint (channels_subscription_get_state (second), ==, PENDING);
  grant (line, 1, "private-user-7");
  line_send_fixture (line, "subscribed-user");
  line_await_channel (second, SUBSCRIBED);
}

/* What one socket was asked for, another cannot confirm. */
static void
test_unasked_confirmation (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = line_subscribe (line, "private-user-7");

  scripted_server_set_confirming (line->server, FALSE);
  line_connect (line);
  grant (line, 0, "private-user-7");
  scripted_server_drop (line->server);
  line_await_return (line);
  line_send_fixture (line, "subscribed-user");
  line_send_fixture (line, "error-null-code");
  rd_test_await (line->n_errors == 1);
  g_assert_cmpint (channels_subscription_get_state (subscription), ==, PENDING);
  grant (line, 1, "private-user-7");
  line_send_fixture (line, "subscribed-user");
  line_await_channel (subscription, SUBSCRIBED);
}

/* An error without a channel is taken for an answer to the oldest question, which it is not always. */
static void
test_wrong_guess (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) room = line_subscribe (line, "private-user-7");
  g_autoptr (ChannelsSubscription) other = NULL;

  scripted_server_set_confirming (line->server, FALSE);
  line_connect (line);
  grant (line, 0, "private-user-7");
  other = line_subscribe (line, "presence-room");
  grant (line, 1, "presence-room");
  line_send_fixture (line, "reverb-unauthorized");
  line_await_channel (room, REFUSED);
  g_assert_cmpint (channels_subscription_get_state (other), ==, PENDING);
  line_send_fixture (line, "subscribed-user");
  line_await_channel (room, SUBSCRIBED);
  line_send_fixture (line, "reverb-unauthorized");
  line_await_channel (other, REFUSED);
  /* That one might be there in spite of it: it is taken back before it is asked for again. */
  channels_test_clock_advance (line->clock, 3000);
  grant (line, 2, "presence-room");
  line_await_frames (line, "pusher:unsubscribe", "presence-room", 1);
  line_await_frames (line, "pusher:unsubscribe", "private-user-7", 0);
}

/* A refused signature and a lost link have nothing to do with each other, however often. */
static void
test_refused_and_lost (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = line_subscribe (line, "private-user-7");

  scripted_server_set_confirming (line->server, FALSE);
  line_connect (line);
  for (guint i = 0; i < 3; i++)
    {
      grant (line, i, "private-user-7");
      line_send_fixture (line, "reverb-unauthorized");
      line_await_channel (subscription, REFUSED);
      scripted_server_drop (line->server);
      line_await (line, CHANNELS_CLIENT_WAITING);
      g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_CLOSED);
      line_await_return (line);
    }
  grant (line, 3, "private-user-7");
}

/* A server that lets everybody in and half a minute later wants to know who they are. */
static void
test_unwelcome_later (Line *line, gconstpointer data)
{
  line_connect (line);
  channels_test_clock_advance (line->clock, 20000);
  scripted_server_close (line->server, 4009, NULL);
  line_await_return (line);
  channels_test_clock_advance (line->clock, 20000);
  scripted_server_close (line->server, 4009, NULL);
  line_await (line, CHANNELS_CLIENT_FAILED);
}

/* An application may end its users' connections every now and then. */
static void
test_terminated_now_and_then (Line *line, gconstpointer data)
{
  line_connect (line);
  for (guint i = 0; i < 3; i++)
    {
      for (guint minutes = 0; minutes < 6; minutes++)
        for (guint beats = 0; beats < 3; beats++)
          {
            channels_test_clock_advance (line->clock, 20000);
            line_send_fixture (line, "pong");
            rd_test_await (channels_client_get_last_frame (line->client) ==
                           channels_clock_get_real_time (CHANNELS_CLOCK (line->clock)));
          }
      scripted_server_close (line->server, 4009, NULL);
      line_await_return (line);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/channels/races/" path, Line, NULL, line_set_up, func, line_tear_down)
  ADD ("early-members", test_early_members);
  ADD ("late-confirmation", test_late_confirmation);
  ADD ("early-confirmation", test_early_confirmation);
  ADD ("unasked-confirmation", test_unasked_confirmation);
  ADD ("wrong-guess", test_wrong_guess);
  ADD ("refused-and-lost", test_refused_and_lost);
  ADD ("unwelcome-later", test_unwelcome_later);
  ADD ("terminated-now-and-then", test_terminated_now_and_then);
#undef ADD
  return g_test_run ();
}
