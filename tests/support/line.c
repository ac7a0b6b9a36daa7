/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "line.h"

#include "rd-test.h"

/* What every test of the client needs. */

static void
on_error (ChannelsClient *client, const GError *error, const char *channel, Line *line)
{
  g_clear_error (&line->last_error);
  g_free (line->last_error_channel);
  line->last_error = g_error_copy (error);
  line->last_error_channel = g_strdup (channel);
  line->n_errors++;
}

void
line_set_up_without (Line *line, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  line->server = scripted_server_new ();
  line->clock = channels_test_clock_new ();
  line->authorizer = held_authorizer_new ();
  line->session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  line->endpoint =
      channels_endpoint_new ("key", "127.0.0.1", scripted_server_get_port (line->server), NULL, FALSE, &error);
  g_assert_no_error (error);
}

void
line_make_client (Line *line, ChannelsAuthorizer *authorizer)
{
  line->client = g_object_new (CHANNELS_TYPE_CLIENT, "endpoint", line->endpoint, "session", line->session, "clock",
                               line->clock, "authorizer", authorizer, NULL);
  g_signal_connect (line->client, "fault", G_CALLBACK (on_error), line);
}

void
line_set_up (Line *line, gconstpointer data)
{
  line_set_up_without (line, data);
  line_make_client (line, CHANNELS_AUTHORIZER (line->authorizer));
}

void
line_tear_down (Line *line, gconstpointer data)
{
  if (line->client != NULL)
    g_assert_finalize_object (line->client);
  rd_test_await (scripted_server_get_n_open (line->server) == 0);
  soup_session_abort (line->session);
  rd_test_drain ();
  g_assert_cmpuint (channels_test_clock_get_n_timers (line->clock), ==, 0);
  g_object_run_dispose (G_OBJECT (line->authorizer));
  rd_test_drain ();
  g_assert_finalize_object (line->authorizer);
  g_assert_finalize_object (line->session);
  g_assert_finalize_object (line->clock);
  channels_endpoint_unref (line->endpoint);
  g_clear_error (&line->last_error);
  g_free (line->last_error_channel);
  scripted_server_free (line->server);
}

void
line_use_host (Line *line, const char *host)
{
  g_clear_pointer (&line->endpoint, channels_endpoint_unref);
  g_clear_object (&line->client);
  line->endpoint = channels_endpoint_new ("key", host, scripted_server_get_port (line->server), NULL, FALSE, NULL);
  line->client = g_object_new (CHANNELS_TYPE_CLIENT, "endpoint", line->endpoint, "session", line->session, "clock",
                               line->clock, NULL);
}

void
line_connect (Line *line)
{
  channels_client_start (line->client);
  line_await (line, CHANNELS_CLIENT_CONNECTED);
}

void
line_await (Line *line, ChannelsClientState state)
{
  rd_test_await (channels_client_get_state (line->client) == state);
}

void
line_await_return (Line *line)
{
  line_await (line, CHANNELS_CLIENT_WAITING);
  channels_test_clock_advance (line->clock, channels_test_clock_get_next (line->clock) + 1);
  line_await (line, CHANNELS_CLIENT_CONNECTED);
}

ChannelsSubscription *
line_subscribe (Line *line, const char *name)
{
  g_autoptr (GError) error = NULL;
  ChannelsSubscription *subscription = channels_client_subscribe (line->client, name, &error);

  g_assert_no_error (error);
  return subscription;
}

void
line_await_channel (ChannelsSubscription *subscription, ChannelsSubscriptionState state)
{
  rd_test_await (channels_subscription_get_state (subscription) == state);
}

void
line_await_frames (Line *line, const char *event, const char *channel, guint n)
{
  rd_test_await (scripted_server_count (line->server, event, channel) >= n);
  g_assert_cmpuint (scripted_server_count (line->server, event, channel), ==, n);
}

void
line_await_requests (Line *line, guint n)
{
  rd_test_await (held_authorizer_get_n (line->authorizer) >= n);
  g_assert_cmpuint (held_authorizer_get_n (line->authorizer), ==, n);
}

static void
on_member_added (ChannelsSubscription *subscription, const char *user_id, JsonNode *info, GString *log)
{
  g_string_append_printf (log, "+%s ", user_id);
}

static void
on_member_removed (ChannelsSubscription *subscription, const char *user_id, JsonNode *info, GString *log)
{
  g_string_append_printf (log, "-%s ", user_id);
}

void
line_log_members (ChannelsSubscription *subscription, GString *log)
{
  g_signal_connect (subscription, "member-added", G_CALLBACK (on_member_added), log);
  g_signal_connect (subscription, "member-removed", G_CALLBACK (on_member_removed), log);
}

void
line_assert_members (ChannelsSubscription *subscription, const char *expected)
{
  g_autoptr (GPtrArray) ids = channels_subscription_dup_members (subscription);
  g_autofree char *joined = NULL;

  g_ptr_array_add (ids, NULL);
  joined = g_strjoinv (",", (char **) ids->pdata);
  g_assert_cmpstr (joined, ==, expected);
}

void
line_send_fixture (Line *line, const char *name)
{
  g_autoptr (JsonNode) node = rd_test_fixture ("frames.json", name);
  g_autofree char *text = json_to_string (node, FALSE);

  scripted_server_send (line->server, text);
}
