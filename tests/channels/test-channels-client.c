/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <string.h>

#include "channels-client.h"
#include "channels-test-clock.h"
#include "rd-test.h"
#include "scripted-server.h"

/* The client against a scripted server: the socket's life. */

typedef struct
{
  ScriptedServer *server;
  ChannelsTestClock *clock;
  SoupSession *session;
  ChannelsEndpoint *endpoint;
  ChannelsClient *client;
  GError *last_error;
  guint n_errors;
} Fixture;

static void
on_error (ChannelsClient *client, const GError *error, const char *channel, Fixture *fixture)
{
  g_clear_error (&fixture->last_error);
  fixture->last_error = g_error_copy (error);
  fixture->n_errors++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->server = scripted_server_new ();
  fixture->clock = channels_test_clock_new ();
  fixture->session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  fixture->endpoint =
      channels_endpoint_new ("key", "127.0.0.1", scripted_server_get_port (fixture->server), NULL, FALSE, &error);
  g_assert_no_error (error);
  fixture->client = g_object_new (CHANNELS_TYPE_CLIENT, "endpoint", fixture->endpoint, "session", fixture->session,
                                  "clock", fixture->clock, NULL);
  g_signal_connect (fixture->client, "error", G_CALLBACK (on_error), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->client != NULL)
    g_assert_finalize_object (fixture->client);
  rd_test_await (scripted_server_get_n_open (fixture->server) == 0);
  soup_session_abort (fixture->session);
  rd_test_drain ();
  g_assert_finalize_object (fixture->session);
  g_assert_cmpuint (channels_test_clock_get_n_timers (fixture->clock), ==, 0);
  g_assert_finalize_object (fixture->clock);
  channels_endpoint_unref (fixture->endpoint);
  g_clear_error (&fixture->last_error);
  scripted_server_free (fixture->server);
}

static void
await_state (Fixture *fixture, ChannelsClientState state)
{
  rd_test_await (channels_client_get_state (fixture->client) == state);
}

static void
await_connected (Fixture *fixture)
{
  channels_client_connect (fixture->client);
  await_state (fixture, CHANNELS_CLIENT_CONNECTED);
}

static void
test_connect (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (channels_client_get_state (fixture->client), ==, CHANNELS_CLIENT_DISCONNECTED);
  g_assert_cmpint (channels_client_get_last_frame (fixture->client), ==, 0);
  await_connected (fixture);
  g_assert_cmpstr (channels_client_get_socket_id (fixture->client), ==, "1.1");
  g_assert_null (channels_client_get_error (fixture->client));
  g_assert_cmpint (channels_client_get_last_frame (fixture->client), ==,
                   channels_clock_get_real_time (CHANNELS_CLOCK (fixture->clock)));

  channels_client_disconnect (fixture->client);
  g_assert_cmpint (channels_client_get_state (fixture->client), ==, CHANNELS_CLIENT_DISCONNECTED);
  g_assert_null (channels_client_get_socket_id (fixture->client));
  rd_test_await (scripted_server_get_n_open (fixture->server) == 0);
}

static void
on_event (ChannelsSubscription *subscription, const char *event, JsonNode *data, const char *user_id, GString *log)
{
  g_autofree char *text = json_to_string (data, FALSE);

  g_string_append_printf (log, "%s %s;", event, text);
}

static void
test_event (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (ChannelsSubscription) subscription = channels_client_subscribe (fixture->client, "news", &error);

  g_assert_no_error (error);
  g_signal_connect (subscription, "event::told", G_CALLBACK (on_event), log);
  await_connected (fixture);
  rd_test_await (channels_subscription_get_state (subscription) == CHANNELS_SUBSCRIPTION_SUBSCRIBED);
  scripted_server_send (fixture->server, "{\"event\":\"other\",\"channel\":\"news\",\"data\":\"{}\"}");
  scripted_server_send (fixture->server, "{\"event\":\"told\",\"channel\":\"news\",\"data\":\"{\\\"a\\\":1}\"}");
  scripted_server_send (fixture->server, "{\"event\":\"told\",\"channel\":\"news\",\"data\":{\"a\":2}}");
  scripted_server_send (fixture->server, "{\"event\":\"told\",\"channel\":\"news\",\"data\":\"plain\"}");
  scripted_server_send (fixture->server, "{\"event\":\"told\",\"channel\":\"news\"}");
  rd_test_await (g_str_has_suffix (log->str, "null;"));
  g_assert_cmpstr (log->str, ==, "told {\"a\":1};told {\"a\":2};told \"plain\";told null;");
  g_assert_cmpuint (scripted_server_count (fixture->server, "pusher:subscribe", "news"), ==, 1);
}

static void
test_reconnect (Fixture *fixture, gconstpointer data)
{
  await_connected (fixture);
  scripted_server_drop (fixture->server);
  await_state (fixture, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (fixture->client), CHANNELS_ERROR, CHANNELS_ERROR_CLOSED);
  g_assert_cmpint (channels_client_get_next_try (fixture->client), >,
                   channels_clock_get_real_time (CHANNELS_CLOCK (fixture->clock)));
  channels_test_clock_advance (fixture->clock, 2000);
  await_state (fixture, CHANNELS_CLIENT_CONNECTED);
  g_assert_null (channels_client_get_error (fixture->client));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/channels/client/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("connect", test_connect);
  ADD ("event", test_event);
  ADD ("reconnect", test_reconnect);
#undef ADD
  return g_test_run ();
}
