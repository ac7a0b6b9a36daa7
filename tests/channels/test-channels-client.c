/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <string.h>

#include "line.h"
#include "rd-test.h"

/* The client against a scripted server: how a socket comes, lives and ends. */

static void
test_connect (Line *line, gconstpointer data)
{
  g_object_set (line->client, "origin", "https://example.org", NULL);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_DISCONNECTED);
  g_assert_cmpint (channels_client_get_last_frame (line->client), ==, 0);
  channels_client_start (line->client);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_CONNECTING);
  channels_client_start (line->client);
  line_await (line, CHANNELS_CLIENT_CONNECTED);
  g_assert_cmpstr (channels_client_get_socket_id (line->client), ==, "1.1");
  g_assert_cmpstr (scripted_server_get_origin (line->server), ==, "https://example.org");
  g_assert_null (channels_client_get_error (line->client));
  g_assert_cmpint (channels_client_get_last_frame (line->client), ==,
                   channels_clock_get_real_time (CHANNELS_CLOCK (line->clock)));

  channels_client_stop (line->client);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_DISCONNECTED);
  g_assert_null (channels_client_get_socket_id (line->client));
  rd_test_await (scripted_server_get_n_open (line->server) == 0);
  g_assert_cmpuint (scripted_server_get_n_accepted (line->server), ==, 1);
}

static void
on_notify (ChannelsClient *client, GParamSpec *pspec, GString *log)
{
  /* Whatever is told first, all of it is already true. */
  g_string_append_printf (log, "%s:%s:%d:%d ", pspec->name,
                          channels_client_state_to_string (channels_client_get_state (client)),
                          channels_client_get_close_code (client), channels_client_get_next_try (client) != 0);
}

static void
test_notify (Line *line, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);

  line_connect (line);
  g_signal_connect (line->client, "notify", G_CALLBACK (on_notify), log);
  scripted_server_close (line->server, 4100, "busy");
  line_await (line, CHANNELS_CLIENT_WAITING);
  g_assert_cmpstr (log->str, ==,
                   "error:waiting:4100:1 close-code:waiting:4100:1 next-try:waiting:4100:1 socket-id:waiting:4100:1 "
                   "state:waiting:4100:1 ");
  g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_OVER_QUOTA);
  g_assert_nonnull (strstr (channels_client_get_error (line->client)->message, "busy"));
}

static void
test_lost (Line *line, gconstpointer data)
{
  line_connect (line);
  scripted_server_drop (line->server);
  line_await (line, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_CLOSED);
  g_assert_cmpint (channels_client_get_next_try (line->client), >,
                   channels_clock_get_real_time (CHANNELS_CLOCK (line->clock)));
  line_await_return (line);
  g_assert_null (channels_client_get_error (line->client));
  g_assert_cmpint (channels_client_get_next_try (line->client), ==, 0);
}

static void
test_unreachable (Line *line, gconstpointer data)
{
  scripted_server_set_listening (line->server, FALSE);
  channels_client_start (line->client);
  for (gsize i = 0; i < 5; i++)
    {
      line_await (line, CHANNELS_CLIENT_WAITING);
      g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_UNREACHABLE);
      g_assert_cmpuint (channels_test_clock_get_next (line->clock), <=, 2000);
      channels_test_clock_advance (line->clock, 2000);
      g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_CONNECTING);
    }
  line_await (line, CHANNELS_CLIENT_WAITING);
  scripted_server_set_listening (line->server, TRUE);
  channels_client_probe (line->client);
  line_await (line, CHANNELS_CLIENT_CONNECTED);
}

static void
test_not_channels (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsEndpoint) endpoint =
      channels_endpoint_new ("key", "127.0.0.1", scripted_server_get_port (line->server), "/elsewhere", FALSE, NULL);
  g_autoptr (ChannelsClient) client = g_object_new (CHANNELS_TYPE_CLIENT, "endpoint", endpoint, "session",
                                                    line->session, "clock", line->clock, NULL);

  channels_client_start (client);
  rd_test_await (channels_client_get_state (client) == CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (client), CHANNELS_ERROR, CHANNELS_ERROR_NOT_CHANNELS);
  g_assert_nonnull (strstr (channels_client_get_error (client)->message, "404"));
}

static void
test_tls_only (Line *line, gconstpointer data)
{
  line_connect (line);
  scripted_server_close (line->server, 4000, NULL);
  line_await (line, CHANNELS_CLIENT_WAITING);
  /* The next try is over TLS, which this server does not speak. */
  channels_test_clock_advance (line->clock, 2000);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_CONNECTING);
  channels_test_clock_advance (line->clock, 10000);
  g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT);
  g_assert_cmpuint (scripted_server_get_n_accepted (line->server), ==, 1);
}

static void
test_stop_codes (Line *line, gconstpointer data)
{
  static const guint codes[] = { 4001, 4003, 4005, 4006, 4007, 4050, 4099 };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      line_connect (line);
      scripted_server_close (line->server, codes[i], NULL);
      line_await (line, CHANNELS_CLIENT_FAILED);
      g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_REJECTED);
      g_assert_cmpint (channels_client_get_close_code (line->client), ==, (int) codes[i]);
      g_assert_cmpuint (channels_test_clock_get_n_timers (line->clock), ==, 0);
      channels_client_probe (line->client);
      g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_FAILED);
    }
}

static void
test_quota (Line *line, gconstpointer data)
{
  line_connect (line);
  scripted_server_close (line->server, 4004, NULL);
  line_await (line, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_OVER_QUOTA);
  g_assert_cmpuint (channels_test_clock_get_next (line->clock), >=, 120000);
  g_assert_cmpuint (channels_test_clock_get_next (line->clock), <=, 300000);
  line_await_return (line);
}

static void
test_unauthorized (Line *line, gconstpointer data)
{
  line_connect (line);
  scripted_server_close (line->server, 4009, NULL);
  line_await_return (line);
  scripted_server_close (line->server, 4009, NULL);
  line_await (line, CHANNELS_CLIENT_FAILED);
  g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (scripted_server_get_n_accepted (line->server), ==, 2);
}

static void
test_later (Line *line, gconstpointer data)
{
  line_connect (line);
  scripted_server_close (line->server, 4150, NULL);
  line_await (line, CHANNELS_CLIENT_WAITING);
  g_assert_cmpuint (channels_test_clock_get_next (line->clock), >=, 999);
  line_await_return (line);
}

static void
test_at_once (Line *line, gconstpointer data)
{
  line_connect (line);
  scripted_server_close (line->server, 4201, NULL);
  line_await (line, CHANNELS_CLIENT_WAITING);
  g_assert_cmpuint (channels_test_clock_get_next (line->clock), ==, 0);
  line_await_return (line);
  scripted_server_close (line->server, 4201, NULL);
  line_await (line, CHANNELS_CLIENT_WAITING);
  g_assert_cmpuint (channels_test_clock_get_next (line->clock), >=, 199);
  line_await_return (line);

  /* A while later it is a new story. */
  channels_test_clock_advance (line->clock, 11000);
  scripted_server_close (line->server, 4202, NULL);
  line_await (line, CHANNELS_CLIENT_WAITING);
  g_assert_cmpuint (channels_test_clock_get_next (line->clock), ==, 0);
}

/* Without a close behind it, no error ends anything. */
static void
test_errors_only (Line *line, gconstpointer data)
{
  static const struct
  {
    const char *name;
    int code;
  } cases[] = {
    { "error-4001", CHANNELS_ERROR_SERVER },          { "error-object", CHANNELS_ERROR_RATE_LIMITED },
    { "error-null-code", CHANNELS_ERROR_SERVER },     { "error-bare", CHANNELS_ERROR_SERVER },
    { "error-text", CHANNELS_ERROR_SERVER },          { "reverb-invalid-message", CHANNELS_ERROR_SERVER },
    { "reverb-unauthorized", CHANNELS_ERROR_SERVER }, { "reverb-quota", CHANNELS_ERROR_SERVER },
    { "error-slanger", CHANNELS_ERROR_SERVER },
  };

  line_connect (line);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      line_send_fixture (line, cases[i].name);
      rd_test_await (line->n_errors == i + 1);
      g_assert_cmpuint (line->last_error->domain, ==, CHANNELS_ERROR);
      g_assert_cmpint (line->last_error->code, ==, cases[i].code);
    }
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_CONNECTED);
}

static void
test_error_before_close (Line *line, gconstpointer data)
{
  line_connect (line);
  line_send_fixture (line, "error-4001");
  scripted_server_close (line->server, 0, NULL);
  line_await (line, CHANNELS_CLIENT_FAILED);
  g_assert_cmpint (channels_client_get_close_code (line->client), ==, 4001);

  line_connect (line);
  line_send_fixture (line, "error-4001");
  scripted_server_drop (line->server);
  line_await (line, CHANNELS_CLIENT_FAILED);

  /* A code of the close's own decides; and an old error explains nothing. */
  line_connect (line);
  line_send_fixture (line, "error-4001");
  scripted_server_close (line->server, 4100, NULL);
  line_await (line, CHANNELS_CLIENT_WAITING);
  g_assert_cmpint (channels_client_get_close_code (line->client), ==, 4100);
  line_await_return (line);
  line->n_errors = 0;
  line_send_fixture (line, "error-4001");
  rd_test_await (line->n_errors == 1);
  channels_test_clock_advance (line->clock, 6000);
  scripted_server_close (line->server, 1001, NULL);
  line_await (line, CHANNELS_CLIENT_WAITING);
}

static void
test_handshake_deadline (Line *line, gconstpointer data)
{
  scripted_server_set_greeting (line->server, NULL);
  channels_client_start (line->client);
  rd_test_await (scripted_server_get_n_accepted (line->server) == 1);
  channels_test_clock_advance (line->clock, 9999);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_CONNECTING);
  channels_test_clock_advance (line->clock, 1);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT);
}

/* Reverb says so, and leaves the socket open. */
static void
test_handshake_quota (Line *line, gconstpointer data)
{
  scripted_server_set_greeting (line->server, "{\"event\":\"pusher:error\",\"data\":\"{\\\"code\\\":4004}\"}");
  channels_client_start (line->client);
  rd_test_await (line->n_errors == 1);
  channels_test_clock_advance (line->clock, 10000);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_OVER_QUOTA);
  g_assert_cmpuint (channels_test_clock_get_next (line->clock), >=, 120000);
}

static void
test_heartbeat (Line *line, gconstpointer data)
{
  line_connect (line);
  channels_test_clock_advance (line->clock, 27999);
  rd_test_drain ();
  g_assert_cmpuint (scripted_server_count (line->server, "pusher:ping", NULL), ==, 0);
  channels_test_clock_advance (line->clock, 1);
  rd_test_await (scripted_server_count (line->server, "pusher:ping", NULL) == 1);
  line_send_fixture (line, "pong-bare");
  rd_test_await (channels_test_clock_get_next (line->clock) == 28000);

  /* Any frame is as good as a pong, and moves the next ping. */
  channels_test_clock_advance (line->clock, 20000);
  line_send_fixture (line, "event");
  rd_test_await (channels_client_get_last_frame (line->client) ==
                 channels_clock_get_real_time (CHANNELS_CLOCK (line->clock)));
  channels_test_clock_advance (line->clock, 27999);
  rd_test_drain ();
  g_assert_cmpuint (scripted_server_count (line->server, "pusher:ping", NULL), ==, 1);
  channels_test_clock_advance (line->clock, 1);
  rd_test_await (scripted_server_count (line->server, "pusher:ping", NULL) == 2);

  channels_test_clock_advance (line->clock, 14999);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_CONNECTED);
  channels_test_clock_advance (line->clock, 1);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT);
}

static void
test_server_timeout (Line *line, gconstpointer data)
{
  scripted_server_set_greeting (line->server, "{\"event\":\"pusher:connection_established\",\"data\":"
                                              "{\"socket_id\":\"%s\",\"activity_timeout\":9}}");
  line_connect (line);
  channels_test_clock_advance (line->clock, 9000);
  rd_test_await (scripted_server_count (line->server, "pusher:ping", NULL) == 1);
}

static void
test_server_ping (Line *line, gconstpointer data)
{
  line_connect (line);
  line_send_fixture (line, "ping");
  line_send_fixture (line, "ping-object");
  line_send_fixture (line, "ping-bare");
  rd_test_await (scripted_server_count (line->server, "pusher:pong", NULL) == 3);
}

static void
test_probe (Line *line, gconstpointer data)
{
  line_connect (line);
  channels_client_probe (line->client);
  rd_test_await (scripted_server_count (line->server, "pusher:ping", NULL) == 1);
  line_send_fixture (line, "pong");
  rd_test_await (channels_test_clock_get_next (line->clock) == 28000);

  channels_client_probe (line->client);
  channels_test_clock_advance (line->clock, 5000);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_WAITING);
  channels_client_probe (line->client);
  line_await (line, CHANNELS_CLIENT_CONNECTED);
}

/* After a sleep the socket looks open and is dead: another one stands a second later. */
static void
test_resume (Line *line, gconstpointer data)
{
  line_connect (line);
  channels_client_resume (line->client);
  rd_test_await (scripted_server_count (line->server, "pusher:ping", NULL) == 1);
  /* The network settles: that is no reason to wait longer. */
  channels_test_clock_advance (line->clock, 500);
  channels_client_probe (line->client);
  g_assert_cmpuint (channels_test_clock_get_next (line->clock), ==, 500);
  channels_test_clock_advance (line->clock, 500);
  line_await (line, CHANNELS_CLIENT_CONNECTED);
  g_assert_cmpuint (scripted_server_get_n_accepted (line->server), ==, 2);
}

/* One that answers is kept, and its end an hour later is one as any other. */
static void
test_resume_alive (Line *line, gconstpointer data)
{
  line_connect (line);
  channels_client_resume (line->client);
  rd_test_await (scripted_server_count (line->server, "pusher:ping", NULL) == 1);
  line_send_fixture (line, "pong");
  rd_test_await (channels_test_clock_get_next (line->clock) == 28000);
  channels_test_clock_advance (line->clock, 2000);
  scripted_server_drop (line->server);
  line_await (line, CHANNELS_CLIENT_WAITING);
  g_assert_cmpuint (channels_test_clock_get_next (line->clock), >=, 200);
  g_assert_cmpuint (scripted_server_get_n_accepted (line->server), ==, 1);
}

static void
test_probe_while_connecting (Line *line, gconstpointer data)
{
  scripted_server_set_greeting (line->server, NULL);
  channels_client_start (line->client);
  rd_test_await (scripted_server_get_n_accepted (line->server) == 1);
  channels_client_probe (line->client);
  channels_test_clock_advance (line->clock, 1000);
  channels_client_probe (line->client);
  rd_test_await (scripted_server_get_n_accepted (line->server) == 2);
  rd_test_await (scripted_server_get_n_open (line->server) == 1);
}

static void
test_malformed (Line *line, gconstpointer data)
{
  static const char *const texts[] = { "{}", "[]", "null", "7", "garbage", "{\"event\":7}",
                                       "{\"event\":\"a\",\"channel\":7}",
                                       "{\"event\":\"pusher_internal:subscription_count\",\"channel\":\"a\"}",
                                       "{\"event\":\"pusher_internal:member_added\",\"channel\":\"__proto__\"}",
                                       "" };
  g_autofree char *deep = g_strnfill (500000, '[');
  guint n = G_N_ELEMENTS (texts);

  line_connect (line);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      scripted_server_send (line->server, texts[i]);
      rd_test_await (line->n_errors == i + 1);
      g_assert_error (line->last_error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED);
    }
  scripted_server_send (line->server, deep);
  rd_test_await (line->n_errors == n + 1);
  scripted_server_send_binary (line->server, "\x00\xff", 2);
  rd_test_await (line->n_errors == n + 2);
  g_assert_error (line->last_error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_CONNECTED);
}

static void
test_too_large (Line *line, gconstpointer data)
{
  g_autofree char *text = g_strnfill (2 * 1024 * 1024, 'a');

  line_connect (line);
  scripted_server_send (line->server, text);
  line_await (line, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_TOO_LARGE);
  line_await_return (line);
}

static void
test_large (Line *line, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("{\"event\":\"told\",\"channel\":\"news\",\"data\":\"");
  g_autofree char *filler = g_strnfill (230 * 1024, 'a');

  g_string_append_printf (text, "%s\"}", filler);
  line_connect (line);
  channels_test_clock_advance (line->clock, 1000);
  scripted_server_send (line->server, text->str);
  rd_test_await (channels_client_get_last_frame (line->client) ==
                 channels_clock_get_real_time (CHANNELS_CLOCK (line->clock)));
  g_assert_cmpuint (line->n_errors, ==, 0);
}

static void
test_invalid_utf8 (Line *line, gconstpointer data)
{
  line_connect (line);
  scripted_server_send_raw (line->server, "\x81\x03\"\xff\"", 5);
  line_await (line, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED);
  line_await_return (line);
}

static void
test_broken_protocol (Line *line, gconstpointer data)
{
  g_autofree char *text = g_strnfill (300, 'H');

  line_connect (line);
  scripted_server_send_raw (line->server, text, strlen (text));
  line_await (line, CHANNELS_CLIENT_WAITING);
  line_await_return (line);
}

static void
on_state_disconnect (ChannelsClient *client, GParamSpec *pspec, gpointer data)
{
  if (channels_client_get_state (client) == (ChannelsClientState) GPOINTER_TO_INT (data))
    channels_client_stop (client);
}

static void
test_disconnect_inside (Line *line, gconstpointer data)
{
  static const int states[] = { CHANNELS_CLIENT_CONNECTING, CHANNELS_CLIENT_CONNECTED, CHANNELS_CLIENT_WAITING };
  g_autoptr (ChannelsSubscription) subscription = line_subscribe (line, "news");

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      gulong handler = g_signal_connect (line->client, "notify::state", G_CALLBACK (on_state_disconnect),
                                         GINT_TO_POINTER (states[i]));

      channels_client_start (line->client);
      if (states[i] == CHANNELS_CLIENT_WAITING)
        {
          line_await_channel (subscription, CHANNELS_SUBSCRIPTION_SUBSCRIBED);
          scripted_server_drop (line->server);
        }
      line_await (line, CHANNELS_CLIENT_DISCONNECTED);
      g_assert_cmpuint (channels_test_clock_get_n_timers (line->clock), ==, 0);
      g_assert_cmpint (channels_subscription_get_state (subscription), ==, CHANNELS_SUBSCRIPTION_PENDING);
      g_signal_handler_disconnect (line->client, handler);
    }
}

static void
on_state_unref (ChannelsClient *client, GParamSpec *pspec, Line *line)
{
  if (channels_client_get_state (client) == CHANNELS_CLIENT_CONNECTED)
    g_clear_object (&line->client);
}

static void
test_unref_inside (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = line_subscribe (line, "news");
  gpointer weak = line->client;

  g_object_add_weak_pointer (weak, &weak);
  g_signal_connect (line->client, "notify::state", G_CALLBACK (on_state_unref), line);
  channels_client_start (line->client);
  rd_test_await (weak == NULL);
}

static void
test_finalize_while_connecting (Line *line, gconstpointer data)
{
  channels_client_start (line->client);
  g_assert_finalize_object (g_steal_pointer (&line->client));
  rd_test_drain ();
}

static void
test_finalize_during_handshake (Line *line, gconstpointer data)
{
  scripted_server_set_greeting (line->server, NULL);
  channels_client_start (line->client);
  rd_test_await (scripted_server_get_n_accepted (line->server) == 1);
  g_assert_finalize_object (g_steal_pointer (&line->client));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/channels/client/" path, Line, NULL, line_set_up, func, line_tear_down)
  ADD ("connect", test_connect);
  ADD ("notify", test_notify);
  ADD ("lost", test_lost);
  ADD ("unreachable", test_unreachable);
  ADD ("not-channels", test_not_channels);
  ADD ("close/tls-only", test_tls_only);
  ADD ("close/stop", test_stop_codes);
  ADD ("close/quota", test_quota);
  ADD ("close/unauthorized", test_unauthorized);
  ADD ("close/later", test_later);
  ADD ("close/at-once", test_at_once);
  ADD ("error/only", test_errors_only);
  ADD ("error/before-close", test_error_before_close);
  ADD ("handshake/deadline", test_handshake_deadline);
  ADD ("handshake/quota", test_handshake_quota);
  ADD ("heartbeat", test_heartbeat);
  ADD ("server-timeout", test_server_timeout);
  ADD ("server-ping", test_server_ping);
  ADD ("probe", test_probe);
  ADD ("resume", test_resume);
  ADD ("resume-alive", test_resume_alive);
  ADD ("probe-while-connecting", test_probe_while_connecting);
  ADD ("frame/malformed", test_malformed);
  ADD ("frame/too-large", test_too_large);
  ADD ("frame/large", test_large);
  ADD ("frame/invalid-utf8", test_invalid_utf8);
  ADD ("frame/broken-protocol", test_broken_protocol);
  ADD ("disconnect-inside", test_disconnect_inside);
  ADD ("unref-inside", test_unref_inside);
  ADD ("finalize-while-connecting", test_finalize_while_connecting);
  ADD ("finalize-during-handshake", test_finalize_during_handshake);
#undef ADD
  return g_test_run ();
}
