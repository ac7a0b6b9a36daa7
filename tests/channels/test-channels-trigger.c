/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <string.h>

#include "line.h"
#include "rd-test.h"

/* What a client tells others, what it is told of them, and where it goes when it is sent elsewhere. */

#define SUBSCRIBED CHANNELS_SUBSCRIPTION_SUBSCRIBED
#define REFUSED CHANNELS_SUBSCRIPTION_REFUSED
#define TYPING "{\"event\":\"client-typing\",\"channel\":\"private-room\",\"data\":"

static ChannelsSubscription *
join (Line *line, const char *name)
{
  guint request = held_authorizer_get_n (line->authorizer);
  ChannelsSubscription *subscription = line_subscribe (line, name);

  if (channels_client_get_state (line->client) != CHANNELS_CLIENT_CONNECTED)
    line_connect (line);
  line_await_requests (line, request + 1);
  held_authorizer_grant (line->authorizer, request, "key:sig", NULL);
  line_await_channel (subscription, SUBSCRIBED);
  return subscription;
}

static void
assert_no_trigger (ChannelsSubscription *subscription, const char *event, JsonNode *node, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (channels_subscription_trigger (subscription, event, node, &error));
  g_assert_error (error, CHANNELS_ERROR, code);
}

static void
assert_trigger (ChannelsSubscription *subscription)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (channels_subscription_trigger (subscription, "client-typing", NULL, &error));
  g_assert_no_error (error);
}

static void
test_trigger (Line *line, gconstpointer data)
{
  g_autoptr (JsonNode) node = json_from_string ("{\"at\":\"desk\"}", NULL);
  g_autofree char *text = g_strnfill (10240, 'x');
  g_autoptr (JsonNode) large = json_node_init_string (json_node_alloc (), text);
  g_autoptr (JsonNode) no_text = json_node_init_string (json_node_alloc (), "\xff");
  g_autoptr (GError) error = NULL;
  g_autoptr (ChannelsSubscription) room = line_subscribe (line, "private-room");
  g_autoptr (ChannelsSubscription) news = line_subscribe (line, "news");

  assert_no_trigger (room, "client-typing", node, CHANNELS_ERROR_NOT_SUBSCRIBED);
  g_object_unref (join (line, "private-room"));
  g_assert_true (channels_subscription_trigger (room, "client-typing", node, &error));
  g_assert_no_error (error);
  assert_trigger (room);
  rd_test_await (scripted_server_count (line->server, "client-typing", NULL) == 2);
  g_assert_cmpuint (scripted_server_count_text (line->server, TYPING "{\"at\":\"desk\"}}"), ==, 1);
  g_assert_cmpuint (scripted_server_count_text (line->server, TYPING "null}"), ==, 1);

  assert_no_trigger (room, "typing", node, CHANNELS_ERROR_INVALID);
  assert_no_trigger (room, "client-\xff", node, CHANNELS_ERROR_INVALID);
  assert_no_trigger (room, "client-typing", large, CHANNELS_ERROR_INVALID);
  assert_no_trigger (room, "client-typing", no_text, CHANNELS_ERROR_INVALID);
  assert_no_trigger (news, "client-typing", node, CHANNELS_ERROR_UNSUPPORTED);

  scripted_server_drop (line->server);
  line_await (line, CHANNELS_CLIENT_WAITING);
  assert_no_trigger (room, "client-typing", node, CHANNELS_ERROR_NOT_SUBSCRIBED);
  channels_client_unsubscribe (line->client, "private-room");
  assert_no_trigger (room, "client-typing", node, CHANNELS_ERROR_NOT_SUBSCRIBED);
}

/* Never more than ten within a second, all channels together, whatever second the server counts. */
static void
test_rate (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) one = join (line, "private-one");
  g_autoptr (ChannelsSubscription) two = join (line, "presence-two");

  for (guint i = 0; i < 5; i++)
    assert_trigger (one);
  channels_test_clock_advance (line->clock, 600);
  for (guint i = 0; i < 5; i++)
    assert_trigger (two);
  assert_no_trigger (one, "client-typing", NULL, CHANNELS_ERROR_RATE_LIMITED);
  g_assert_cmpuint (channels_client_get_trigger_wait (line->client), ==, 400);
  channels_test_clock_advance (line->clock, 399);
  assert_no_trigger (two, "client-typing", NULL, CHANNELS_ERROR_RATE_LIMITED);
  channels_test_clock_advance (line->clock, 1);
  g_assert_cmpuint (channels_client_get_trigger_wait (line->client), ==, 0);
  for (guint i = 0; i < 5; i++)
    assert_trigger (one);
  assert_no_trigger (one, "client-typing", NULL, CHANNELS_ERROR_RATE_LIMITED);
  g_assert_cmpuint (channels_client_get_trigger_wait (line->client), ==, 600);
  rd_test_await (scripted_server_count (line->server, "client-typing", NULL) == 15);

  /* What the server says of it is an event, and ends nothing. */
  line_send_fixture (line, "error-object");
  rd_test_await (line->n_errors == 1);
  g_assert_error (line->last_error, CHANNELS_ERROR, CHANNELS_ERROR_RATE_LIMITED);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_CONNECTED);
}

static void
on_count (ChannelsSubscription *subscription, GParamSpec *pspec, GString *log)
{
  g_string_append_printf (log, "%d;", channels_subscription_get_subscription_count (subscription));
}

static void
test_count (Line *line, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (ChannelsSubscription) news = line_subscribe (line, "news");

  g_signal_connect (news, "notify::subscription-count", G_CALLBACK (on_count), log);
  g_assert_cmpint (channels_subscription_get_subscription_count (news), ==, -1);
  line_connect (line);
  line_await_channel (news, SUBSCRIBED);
  line_send_fixture (line, "subscription-count");
  line_send_fixture (line, "subscription-count");
  rd_test_await (log->len > 0);
  scripted_server_drop (line->server);
  line_await (line, CHANNELS_CLIENT_WAITING);
  g_assert_cmpstr (log->str, ==, "42;-1;");
}

static void
on_gap (ChannelsSubscription *subscription, gint64 from, gint64 to, guint *n)
{
  (*n)++;
}

static void
test_endpoint (Line *line, gconstpointer data)
{
  ScriptedServer *second = scripted_server_new ();
  g_autoptr (ChannelsEndpoint) elsewhere =
      channels_endpoint_new ("other", "127.0.0.1", scripted_server_get_port (second), NULL, FALSE, NULL);
  g_autoptr (ChannelsSubscription) room = NULL;
  g_autoptr (ChannelsSubscription) refused = NULL;
  guint n_gaps = 0;

  /* Before there is a connection it is only noted. */
  channels_client_set_endpoint (line->client, line->endpoint);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_DISCONNECTED);

  room = join (line, "private-room");
  g_signal_connect (room, "gap", G_CALLBACK (on_gap), &n_gaps);
  refused = line_subscribe (line, "private-secret");
  line_await_requests (line, 2);
  held_authorizer_refuse (line->authorizer, 1, CHANNELS_ERROR_UNAUTHORIZED);
  line_await_channel (refused, REFUSED);

  channels_client_set_endpoint (line->client, elsewhere);
  g_assert_true (channels_client_get_endpoint (line->client) == elsewhere);
  line_await (line, CHANNELS_CLIENT_CONNECTED);
  g_assert_cmpuint (scripted_server_get_n_accepted (second), ==, 1);
  line_await_requests (line, 4);
  held_authorizer_grant (line->authorizer, 2, "other:sig", NULL);
  held_authorizer_grant (line->authorizer, 3, "other:sig", NULL);
  line_await_channel (room, SUBSCRIBED);
  line_await_channel (refused, SUBSCRIBED);
  g_assert_cmpuint (n_gaps, ==, 1);
  rd_test_await (scripted_server_get_n_open (line->server) == 0);
  g_assert_finalize_object (g_steal_pointer (&line->client));
  rd_test_await (scripted_server_get_n_open (second) == 0);
  scripted_server_free (second);
}

/* Where the one has said never to come back, there may be another. */
static void
test_endpoint_after_failure (Line *line, gconstpointer data)
{
  line_connect (line);
  scripted_server_close (line->server, 4001, NULL);
  line_await (line, CHANNELS_CLIENT_FAILED);
  channels_client_set_endpoint (line->client, line->endpoint);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_CONNECTING);
  g_assert_no_error (channels_client_get_error (line->client));
  line_await (line, CHANNELS_CLIENT_CONNECTED);
}

static void
on_state_stop (ChannelsSubscription *subscription, GParamSpec *pspec, Line *line)
{
  if (channels_subscription_get_state (subscription) == CHANNELS_SUBSCRIPTION_PENDING)
    channels_client_stop (line->client);
}

static void
test_endpoint_inside (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) news = line_subscribe (line, "news");

  line_connect (line);
  line_await_channel (news, SUBSCRIBED);
  g_signal_connect (news, "notify::state", G_CALLBACK (on_state_stop), line);
  channels_client_set_endpoint (line->client, line->endpoint);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_DISCONNECTED);
  rd_test_drain ();
  g_assert_cmpuint (scripted_server_get_n_accepted (line->server), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/channels/" path, Line, NULL, line_set_up, func, line_tear_down)
  ADD ("trigger/frames", test_trigger);
  ADD ("trigger/rate", test_rate);
  ADD ("count", test_count);
  ADD ("endpoint/switch", test_endpoint);
  ADD ("endpoint/after-failure", test_endpoint_after_failure);
  ADD ("endpoint/inside", test_endpoint_inside);
#undef ADD
  return g_test_run ();
}
