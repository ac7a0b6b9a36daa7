/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "rd-test.h"
#include "server-story.h"

/* Random walks with every Channels server: channels are wanted and not wanted, signatures and answers go wrong, links
 * are lost and time passes, in any order. Once nothing goes wrong any more, what is wanted is subscribed and nothing
 * else, and at no time was anything subscribed twice. */

#define SEEDS 3
#define STEPS 60
#define TURN_MS 1     /* at most, while nothing happens */
#define PATIENCE_MS 50 /* that pass on the test's clock meanwhile: there has to be time for the sockets */

static const char *const names[] = { "news", "private-user-7", "presence-room", "private-cache-a" };

typedef struct
{
  ServerStory *story;
  GRand *random;
  ChannelsSubscription *wanted[G_N_ELEMENTS (names)]; /* NULL: not */
} Walk;

static void
toggle (Walk *walk, guint i)
{
  ChannelsSubscription *subscription = walk->wanted[i];

  walk->wanted[i] = NULL;
  if (subscription == NULL)
    walk->wanted[i] = line_subscribe (&walk->story->line, names[i]);
  else
    channels_client_unsubscribe (walk->story->line.client, names[i]);
  g_clear_object (&subscription);
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* Has the sockets carry on for a moment, however far they come. */
static void
carry_on (int turns)
{
  for (int turn = 0; turn < turns; turn++)
    {
      guint tick = g_timeout_add (TURN_MS, on_tick, NULL);

      g_main_context_iteration (NULL, TRUE);
      if (g_main_context_find_source_by_id (NULL, tick) != NULL)
        g_source_remove (tick);
    }
}

static void
take_step (Walk *walk)
{
  ServerStory *f = walk->story;
  gboolean connected = channels_client_get_state (f->line.client) == CHANNELS_CLIENT_CONNECTED;

  switch (g_rand_int_range (walk->random, 0, 10))
    {
    case 0:
      channels_personality_set_mute (f->server, g_rand_boolean (walk->random));
      break;
    case 1:
      signing_authorizer_set_forged (f->authorizer, g_rand_boolean (walk->random));
      break;
    case 2:
      if (connected)
        scripted_server_drop (f->line.server);
      break;
    case 3:
      if (connected)
        channels_personality_play (f->server, "restart", NULL);
      break;
    case 4:
    case 5:
      server_story_advance (f, (guint) g_rand_int_range (walk->random, 0, 12000));
      break;
    case 6:
      /* Or else it would seldom come so far. */
      rd_test_await (channels_client_get_state (f->line.client) != CHANNELS_CLIENT_CONNECTING);
      break;
    default:
      toggle (walk, (guint) g_rand_int_range (walk->random, 0, G_N_ELEMENTS (names)));
    }
  carry_on (g_rand_int_range (walk->random, 0, 4));
}

/* Lets some time pass, and looks. */
static gboolean
has_arrived (Walk *walk)
{
  ServerStory *f = walk->story;

  server_story_advance (f, PATIENCE_MS);
  if (channels_client_get_state (f->line.client) != CHANNELS_CLIENT_CONNECTED)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (channels_personality_is_subscribed (f->server, names[i]) != (walk->wanted[i] != NULL))
        return FALSE;
      if (walk->wanted[i] != NULL &&
          channels_subscription_get_state (walk->wanted[i]) != CHANNELS_SUBSCRIPTION_SUBSCRIBED)
        return FALSE;
    }
  return TRUE;
}

static void
await_arrival (Walk *walk)
{
  gint64 deadline = g_get_monotonic_time () + RD_TEST_PATIENCE_S * G_USEC_PER_SEC;

  while (!has_arrived (walk))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      carry_on (1);
    }
}

static void
walk_once (ServerStory *f, guint seed)
{
  Walk walk = { .story = f, .random = g_rand_new_with_seed (seed) };

  g_test_message ("seed %u", seed);
  channels_client_start (f->line.client);
  for (guint step = 0; step < STEPS; step++)
    take_step (&walk);
  channels_personality_set_mute (f->server, FALSE);
  signing_authorizer_set_forged (f->authorizer, FALSE);
  await_arrival (&walk);
  g_assert_cmpuint (channels_personality_get_n_doubled (f->server), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (walk.wanted[i] != NULL)
      toggle (&walk, i);
  await_arrival (&walk);
  channels_client_stop (f->line.client);
  g_rand_free (walk.random);
}

static void
test_walk (ServerStory *f, gconstpointer data)
{
  for (guint seed = 1; seed <= SEEDS; seed++)
    walk_once (f, seed);
}

static const ServerStoryTest stories[] = { { "walk", "subscribed-presence", test_walk } };

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* A link is lost at any time, also while it is being made. */
  server_story_add_all ("/channels/servers", stories, G_N_ELEMENTS (stories));
  return g_test_run ();
}
