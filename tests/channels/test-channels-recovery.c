/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <string.h>

#include "channels-http-authorizer.h"
#include "door.h"
#include "line.h"
#include "rd-test.h"
#include "scripted-resolver.h"

/* What goes wrong between a client and its server, and that the client gets over it: said rightly, noticed in time,
 * back soon. All time is the test's. */

#define HTML "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 27\r\n\r\n<html>Buy a ticket.</html>\r\n"
#define MOVED "HTTP/1.1 302 Found\r\nLocation: http://portal.invalid/\r\nContent-Length: 0\r\n\r\n"
#define SIGN_IN "HTTP/1.1 511 Network Authentication Required\r\nContent-Length: 0\r\n\r\n"
#define NO_HTTP "SSH-2.0-OpenSSH_9.2\r\n"
#define WRONG_ACCEPT \
  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n"

static void
advance (Line *line, guint ms)
{
  channels_test_clock_advance (line->clock, ms);
}

static gint64
get_now (Line *line)
{
  return channels_clock_get_monotonic_time (CHANNELS_CLOCK (line->clock)) / 1000;
}

/* Somebody else at the server's port: a captive portal, another service, nobody who speaks. */
typedef struct
{
  const char *name;
  const char *answer;  /* (nullable): never any */
  ChannelsError error; /* what is said of it */
} Stranger;

static const Stranger strangers[] = {
  { "portal", HTML, CHANNELS_ERROR_NOT_CHANNELS },
  { "portal-redirect", MOVED, CHANNELS_ERROR_NOT_CHANNELS },
  { "portal-511", SIGN_IN, CHANNELS_ERROR_SERVER },
  { "no-http", NO_HTTP, CHANNELS_ERROR_NOT_CHANNELS },
  { "wrong-accept", WRONG_ACCEPT, CHANNELS_ERROR_NOT_CHANNELS },
  { "silence", NULL, CHANNELS_ERROR_TIMED_OUT },
};

static void
test_stranger (Line *line, gconstpointer data)
{
  const Stranger *stranger = data;
  guint port = scripted_server_get_port (line->server);
  Door *door;

  scripted_server_set_listening (line->server, FALSE);
  door = door_new ("127.0.0.1", port, stranger->answer);
  channels_client_start (line->client);
  for (guint tries = 1; tries <= 4; tries++)
    {
      rd_test_await (door_get_n (door) == tries);
      if (stranger->answer == NULL)
        advance (line, 10000);
      line_await (line, CHANNELS_CLIENT_WAITING);
      g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, (int) stranger->error);
      g_assert_cmpuint (channels_test_clock_get_next (line->clock), <=, 2000);
      if (tries < 4)
        advance (line, channels_test_clock_get_next (line->clock));
    }
  door_free (door);
  scripted_server_set_listening (line->server, TRUE);
  advance (line, 2000);
  line_await (line, CHANNELS_CLIENT_CONNECTED);
}

/* What knocks is dropped: nothing comes back, not even a refusal. */
static void
test_dropped (Line *line, gconstpointer data)
{
  guint port = scripted_server_get_port (line->server);
  Door *door;

  scripted_server_set_listening (line->server, FALSE);
  door = door_new_jammed ("127.0.0.1", port);
  channels_client_start (line->client);
  for (guint tries = 0; tries < 3; tries++)
    {
      rd_test_drain ();
      advance (line, 9999);
      g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_CONNECTING);
      advance (line, 1);
      g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_WAITING);
      g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT);
      advance (line, channels_test_clock_get_next (line->clock));
    }
  door_free (door);
  scripted_server_set_listening (line->server, TRUE);
  channels_client_probe (line->client);
  advance (line, 10000);
  advance (line, 2000);
  line_await (line, CHANNELS_CLIENT_CONNECTED);
}

/* It accepts, and never sends connection_established; once it does again, the line is back within one try's time. */
static void
test_no_greeting (Line *line, gconstpointer data)
{
  gint64 began = get_now (line);
  guint tries = 0;

  scripted_server_set_greeting (line->server, NULL);
  channels_client_start (line->client);
  while (get_now (line) - began < 60000)
    {
      tries++;
      rd_test_await (scripted_server_get_n_accepted (line->server) == tries);
      advance (line, 10000);
      g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_WAITING);
      advance (line, channels_test_clock_get_next (line->clock));
    }
  g_assert_cmpuint (tries, >=, 5);
}

/* The name of the server is looked up in a DNS of the test's own. */
static ScriptedResolver *
use_dns (Line *line)
{
  ScriptedResolver *resolver = scripted_resolver_new ();

  g_resolver_set_default (G_RESOLVER (resolver));
  line_use_host (line, "channels.test");
  return resolver;
}

static void
drop_dns (ScriptedResolver *resolver, GResolver *system)
{
  g_resolver_set_default (system);
  g_object_unref (system);
  g_object_unref (resolver);
}

static void
test_dns_fails (Line *line, gconstpointer data)
{
  GResolver *system = g_resolver_get_default ();
  ScriptedResolver *resolver = use_dns (line);

  channels_client_start (line->client);
  for (guint tries = 0; tries < 4; tries++)
    {
      line_await (line, CHANNELS_CLIENT_WAITING);
      g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_UNREACHABLE);
      g_assert_nonnull (strstr (channels_client_get_error (line->client)->message, "channels.test"));
      g_assert_cmpuint (channels_test_clock_get_next (line->clock), <=, 2000);
      if (tries < 3)
        advance (line, 2000);
    }
  scripted_resolver_set_addresses (resolver, "127.0.0.1");
  advance (line, 2000);
  line_await (line, CHANNELS_CLIENT_CONNECTED);
  drop_dns (resolver, system);
}

static void
test_dns_silent (Line *line, gconstpointer data)
{
  GResolver *system = g_resolver_get_default ();
  ScriptedResolver *resolver = use_dns (line);

  scripted_resolver_set_silent (resolver, TRUE);
  channels_client_start (line->client);
  rd_test_await (scripted_resolver_get_n (resolver) > 0);
  advance (line, 10000);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT);
  rd_test_drain ();
  scripted_resolver_set_silent (resolver, FALSE);
  scripted_resolver_set_addresses (resolver, "127.0.0.1");
  advance (line, 2000);
  line_await (line, CHANNELS_CLIENT_CONNECTED);
  drop_dns (resolver, system);
}

/* The server has moved: what its name meant is not believed for ever. */
static void
test_dns_moved (Line *line, gconstpointer data)
{
  GResolver *system = g_resolver_get_default ();
  ScriptedResolver *resolver = use_dns (line);

  scripted_resolver_set_addresses (resolver, "127.0.0.1");
  line_connect (line);
  scripted_resolver_set_addresses (resolver, "127.0.0.77");
  scripted_server_set_listening (line->server, FALSE);
  scripted_server_drop (line->server);
  line_await (line, CHANNELS_CLIENT_WAITING);
  advance (line, 2000);
  line_await (line, CHANNELS_CLIENT_WAITING);
  scripted_server_set_listening (line->server, TRUE);
  /* 127.0.0.1 answers, but it is nobody's address any more */
  for (guint tries = 0; tries < 3; tries++)
    {
      advance (line, 2000);
      line_await (line, CHANNELS_CLIENT_WAITING);
    }
  scripted_resolver_set_addresses (resolver, "127.0.0.1");
  advance (line, 2000);
  line_await (line, CHANNELS_CLIENT_CONNECTED);
  drop_dns (resolver, system);
}

/* The first way of two leads nowhere, silently: the second one is taken without waiting for that to end. */
static void
test_broken_way (Line *line, gconstpointer data)
{
  const char *broken = data;
  GResolver *system = g_resolver_get_default ();
  g_autofree char *both = g_strdup_printf ("%s 127.0.0.1", broken);
  g_autoptr (GSocket) probe = NULL;
  g_autoptr (GSocketAddress) place = g_inet_socket_address_new_from_string (broken, 0);
  ScriptedResolver *resolver;
  Door *door;

  probe = g_socket_new (g_socket_address_get_family (place), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  if (probe == NULL || !g_socket_bind (probe, place, FALSE, NULL))
    {
      g_test_skip ("this machine has no such address");
      return;
    }
  resolver = use_dns (line);
  scripted_resolver_set_addresses (resolver, both);
  door = door_new_jammed (broken, scripted_server_get_port (line->server));
  line_connect (line); /* no time of the test's has passed: long before the deadline */
  door_free (door);
  drop_dns (resolver, system);
}

/* The socket looks open, and nobody is there. */
static void
test_half_open (Line *line, gconstpointer data)
{
  gint64 began;

  line_connect (line);
  began = get_now (line);
  while (channels_client_get_state (line->client) == CHANNELS_CLIENT_CONNECTED)
    advance (line, channels_test_clock_get_next (line->clock));
  g_assert_cmpint (get_now (line) - began, <=, 45000);
  line_await_return (line);
  g_assert_cmpint (get_now (line) - began, <=, 47000);
}

/* Asked after a route has changed, or the machine has slept: known, and another one there, within 5 s. */
static void
test_half_open_asked (Line *line, gconstpointer data)
{
  void (*ask) (ChannelsClient *) = data;
  gint64 began;

  line_connect (line);
  channels_test_clock_turn (line->clock, 8 * 3600);
  ask (line->client);
  began = get_now (line);
  while (channels_client_get_state (line->client) == CHANNELS_CLIENT_CONNECTED)
    advance (line, channels_test_clock_get_next (line->clock));
  g_assert_cmpint (get_now (line) - began, <=, 5000);
  /* After a sleep it has come back at once: nobody else does at that moment. */
  if (channels_client_get_state (line->client) == CHANNELS_CLIENT_WAITING)
    advance (line, channels_test_clock_get_next (line->clock));
  line_await (line, CHANNELS_CLIENT_CONNECTED);
  g_assert_cmpint (get_now (line) - began, <=, 7000);
  g_assert_cmpuint (scripted_server_get_n_accepted (line->server), ==, 2);
}

/* Nobody says that the machine has slept: then the heartbeat finds out, as if it had not. */
static void
test_slept_unnoticed (Line *line, gconstpointer data)
{
  line_connect (line);
  advance (line, 20000);
  channels_test_clock_turn (line->clock, 8 * 3600);
  scripted_server_drop (line->server);
  line_await_return (line);
  g_assert_cmpint (channels_client_get_last_frame (line->client), ==,
                   channels_clock_get_real_time (CHANNELS_CLOCK (line->clock)));
}

/* Whatever the time of day is turned to, the heartbeat and the tries keep their pace, and what is told stays true. */
static void
test_clock_turned (Line *line, gconstpointer data)
{
  gint64 seconds = *(const gint64 *) data;
  ChannelsClock *clock = CHANNELS_CLOCK (line->clock);
  gint64 ahead;

  line_connect (line);
  advance (line, 10000);
  channels_test_clock_turn (line->clock, seconds);
  g_assert_cmpint (channels_client_get_last_frame (line->client), <=, channels_clock_get_real_time (clock));
  advance (line, 17999);
  g_assert_cmpuint (scripted_server_count (line->server, "pusher:ping", NULL), ==, 0);
  advance (line, 1);
  rd_test_await (scripted_server_count (line->server, "pusher:ping", NULL) == 1);
  line_send_fixture (line, "pong");
  rd_test_await (channels_client_get_last_frame (line->client) == channels_clock_get_real_time (clock));

  scripted_server_drop (line->server);
  line_await (line, CHANNELS_CLIENT_WAITING);
  ahead = channels_client_get_next_try (line->client) - channels_clock_get_real_time (clock);
  channels_test_clock_turn (line->clock, -2 * seconds);
  g_assert_cmpint (channels_client_get_next_try (line->client) - channels_clock_get_real_time (clock), ==, ahead);
  g_assert_cmpint (channels_client_get_last_frame (line->client), <=, channels_clock_get_real_time (clock));
  advance (line, 2000);
  line_await (line, CHANNELS_CLIENT_CONNECTED);
  g_assert_cmpint (channels_client_get_last_frame (line->client), ==, channels_clock_get_real_time (clock));
}

/* Slow to sign, but in time; and the socket that it is for is the one that stands. */
static void
test_slow_authorization (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = line_subscribe (line, "private-a");

  line_connect (line);
  rd_test_await (held_authorizer_get_n (line->authorizer) == 1);
  advance (line, 9000);
  held_authorizer_grant (line->authorizer, 0, "key:slow", NULL);
  line_await_channel (subscription, CHANNELS_SUBSCRIPTION_SUBSCRIBED);

  scripted_server_drop (line->server);
  line_await_return (line);
  rd_test_await (held_authorizer_get_n (line->authorizer) == 2);
  advance (line, 5000);
  scripted_server_drop (line->server);
  line_await_return (line);
  rd_test_await (held_authorizer_get_n (line->authorizer) == 3);
  g_assert_true (held_authorizer_is_cancelled (line->authorizer, 1));
  held_authorizer_grant (line->authorizer, 1, "key:dead", NULL);
  rd_test_drain ();
  g_assert_cmpuint (scripted_server_count (line->server, "pusher:subscribe", "private-a"), ==, 0);
  held_authorizer_grant (line->authorizer, 2, "key:alive", NULL);
  line_await_channel (subscription, CHANNELS_SUBSCRIPTION_SUBSCRIBED);
  g_assert_nonnull (strstr (scripted_server_get_last (line->server, "pusher:subscribe", "private-a"), "key:alive"));
  g_assert_cmpuint (scripted_server_count (line->server, "pusher:subscribe", "private-a"), ==, 1);
}

/* How long a signature may take is the client's to say: the usual authoriser does not give up before. */
static void
test_patient_authorization (Line *line, gconstpointer data)
{
  g_autofree char *uri = scripted_server_dup_http_uri (line->server, "/auth");
  g_autoptr (ChannelsHttpAuthorizer) authorizer =
      channels_http_authorizer_new (line->session, uri, CHANNELS_HTTP_ENCODING_FORM);
  g_autoptr (ChannelsSubscription) subscription = NULL;

  g_clear_object (&line->client);
  g_object_set (authorizer, "clock", line->clock, NULL);
  line_make_client (line, CHANNELS_AUTHORIZER (authorizer));
  g_object_set (line->client, "authorize-timeout", 25000, NULL);
  scripted_server_set_auth (line->server, 0, NULL);
  subscription = line_subscribe (line, "private-a");
  line_connect (line);
  rd_test_await (scripted_server_get_n_requests (line->server) == 1);
  advance (line, 24999);
  rd_test_drain ();
  g_assert_cmpint (channels_subscription_get_state (subscription), ==, CHANNELS_SUBSCRIPTION_PENDING);
  advance (line, 1);
  line_await_channel (subscription, CHANNELS_SUBSCRIPTION_REFUSED);
  g_assert_error (channels_subscription_get_error (subscription), CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT);

  scripted_server_set_auth (line->server, SOUP_STATUS_OK, "{\"auth\":\"key:sig\"}");
  advance (line, 3000);
  line_await_channel (subscription, CHANNELS_SUBSCRIPTION_SUBSCRIBED);
}

int
main (int argc, char **argv)
{
  static const gint64 turns[] = { -3600, 3600, -10 * 365 * 86400, 86400 };

  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, func) g_test_add ("/channels/recovery/" path, Line, data, line_set_up, func, line_tear_down)
  for (gsize i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autofree char *path = g_strdup_printf ("/channels/recovery/stranger/%s", strangers[i].name);

      g_test_add (path, Line, &strangers[i], line_set_up, test_stranger, line_tear_down);
    }
  ADD ("dropped", NULL, test_dropped);
  ADD ("no-greeting", NULL, test_no_greeting);
  ADD ("dns/fails", NULL, test_dns_fails);
  ADD ("dns/silent", NULL, test_dns_silent);
  ADD ("dns/moved", NULL, test_dns_moved);
  ADD ("broken-way/ipv6", "::1", test_broken_way);
  ADD ("broken-way/ipv4", "127.0.0.2", test_broken_way);
  ADD ("half-open/heartbeat", NULL, test_half_open);
  ADD ("half-open/route-change", channels_client_probe, test_half_open_asked);
  ADD ("half-open/resume", channels_client_resume, test_half_open_asked);
  ADD ("slept-unnoticed", NULL, test_slept_unnoticed);
  ADD ("clock/hour-back", &turns[0], test_clock_turned);
  ADD ("clock/hour-ahead", &turns[1], test_clock_turned);
  ADD ("clock/ten-years-back", &turns[2], test_clock_turned);
  ADD ("clock/day-ahead", &turns[3], test_clock_turned);
  ADD ("slow-authorization", NULL, test_slow_authorization);
  ADD ("patient-authorization", NULL, test_patient_authorization);
#undef ADD
  return g_test_run ();
}
