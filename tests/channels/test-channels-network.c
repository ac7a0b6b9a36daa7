/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "line.h"
#include "private-network.h"
#include "rd-test.h"
#include "scripted-resolver.h"

/* A network that loses packets, with the kernel's own sockets: in a namespace of the test's own. The client's time is
 * the test's, the kernel's is not. */

static const char *why_not;

static gboolean
is_possible (void)
{
  if (why_not != NULL)
    g_test_skip (why_not);
  return why_not == NULL;
}

static void
advance (Line *line, guint ms)
{
  channels_test_clock_advance (line->clock, ms);
}

static void
assert_timed_out (Line *line)
{
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT);
}

/* The packets vanish, and nobody closes anything: known within 45 s; back as soon as they no longer vanish. */
static void
test_half_open (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = NULL;

  if (!is_possible ())
    return;
  subscription = line_subscribe (line, "news");
  line_connect (line);
  line_await_channel (subscription, CHANNELS_SUBSCRIPTION_SUBSCRIBED);
  private_network_set_dropping (TRUE);
  advance (line, 28000);
  rd_test_drain ();
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_CONNECTED);
  advance (line, 15000);
  assert_timed_out (line);

  /* What knocks now is lost as well. */
  advance (line, channels_test_clock_get_next (line->clock));
  rd_test_drain ();
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_CONNECTING);
  advance (line, 10000);
  assert_timed_out (line);

  private_network_set_dropping (FALSE);
  advance (line, 2000);
  line_await (line, CHANNELS_CLIENT_CONNECTED);
  line_await_channel (subscription, CHANNELS_SUBSCRIPTION_SUBSCRIBED);
}

/* Asked for after a change of the route: known within 5 s; after a sleep within 1 s. */
static void
test_asked (Line *line, gconstpointer data)
{
  gboolean slept = data != NULL;

  if (!is_possible ())
    return;
  line_connect (line);
  private_network_set_dropping (TRUE);
  if (slept)
    channels_client_resume (line->client);
  else
    channels_client_probe (line->client);
  advance (line, slept ? 999 : 4999);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_CONNECTED);
  advance (line, 1);
  g_assert_cmpint (channels_client_get_state (line->client), !=, CHANNELS_CLIENT_CONNECTED);
  private_network_set_dropping (FALSE);
  advance (line, 2000);
  line_await (line, CHANNELS_CLIENT_CONNECTED);
}

/* A moment without packets is none without a line: TCP sends them again, and nobody connects anew. */
static void
test_moment (Line *line, gconstpointer data)
{
  if (!is_possible ())
    return;
  line_connect (line);
  private_network_set_dropping (TRUE);
  advance (line, 28000);
  rd_test_drain ();
  private_network_set_dropping (FALSE);
  rd_test_await (scripted_server_count (line->server, "pusher:ping", NULL) == 1);
  line_send_fixture (line, "pong");
  rd_test_await (channels_test_clock_get_next (line->clock) == 28000);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_CONNECTED);
  g_assert_cmpuint (scripted_server_get_n_accepted (line->server), ==, 1);
}

/* The cable is out: tries fail at once, and go on; a socket that stood before may stand again. */
static void
test_unplugged (Line *line, gconstpointer data)
{
  if (!is_possible ())
    return;
  line_connect (line);
  private_network_set_plugged (FALSE);
  advance (line, 28000);
  advance (line, 15000);
  assert_timed_out (line);
  for (guint i = 0; i < 5; i++)
    {
      advance (line, channels_test_clock_get_next (line->clock));
      line_await (line, CHANNELS_CLIENT_WAITING);
      g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_UNREACHABLE);
    }
  private_network_set_plugged (TRUE);
  advance (line, 2000);
  line_await (line, CHANNELS_CLIENT_CONNECTED);
}

/* The name has an address of each kind, and IPv6 leads nowhere: IPv4 is there before any deadline of the client's. */
static void
test_broken_ipv6 (Line *line, gconstpointer data)
{
  GResolver *system;
  ScriptedResolver *resolver;

  if (!is_possible ())
    return;
  if (!private_network_add_deaf_ipv6 ())
    {
      g_test_skip ("this machine has no IPv6 to break");
      return;
    }
  system = g_resolver_get_default ();
  resolver = scripted_resolver_new ();
  scripted_resolver_set_addresses (resolver, "2001:db8::2 127.0.0.1");
  g_resolver_set_default (G_RESOLVER (resolver));
  line_use_host (line, "channels.test");
  line_connect (line);
  scripted_server_drop (line->server);
  line_await_return (line);
  g_resolver_set_default (system);
  g_object_unref (system);
  g_object_unref (resolver);
}

int
main (int argc, char **argv)
{
  private_network_enter (&why_not);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, func) g_test_add ("/channels/network/" path, Line, data, line_set_up, func, line_tear_down)
  ADD ("half-open", NULL, test_half_open);
  ADD ("half-open/route-change", NULL, test_asked);
  ADD ("half-open/resume", "slept", test_asked);
  ADD ("moment", NULL, test_moment);
  ADD ("unplugged", NULL, test_unplugged);
  ADD ("broken-ipv6", NULL, test_broken_ipv6);
#undef ADD
  return g_test_run ();
}
