/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <string.h>

#include "rd-test.h"
#include "server-story.h"

/* With every Channels server there is: users who sign in, events of clients, and what is encrypted. */

#define SUBSCRIBED CHANNELS_SUBSCRIPTION_SUBSCRIBED
#define SIGN_IN_MS 10000
#define CHANNEL "private-user-7"
#define USER_CHANNEL "#server-to-user-" SIGNING_USER
#define RATE 10

static void
on_client_event (ChannelsClient *client, ChannelsEvent *event, GString *log)
{
  g_string_append_printf (log, "(%s %s);", channels_event_get_channel (event), channels_event_get_name (event));
}

static void
on_watchlist (ChannelsClient *client, const char *name, const char *const *user_ids, GString *log)
{
  g_autofree char *joined = g_strjoinv (",", (char **) user_ids);

  g_string_append_printf (log, "%s %s;", name, joined);
}

/* Users */

static void
sign_in (ServerStory *f)
{
  g_signal_connect (f->line.client, "event", G_CALLBACK (on_client_event), f->log);
  g_signal_connect (f->line.client, "watchlist", G_CALLBACK (on_watchlist), f->log);
  channels_client_sign_in (f->line.client);
  line_connect (&f->line);
  rd_test_await (g_strcmp0 (channels_client_get_user_id (f->line.client), SIGNING_USER) == 0);
  rd_test_await (channels_personality_count (f->server, USER_CHANNEL) == 1);
  /* One server says who is online before it says that we are. */
  if (g_strcmp0 (f->log->str, "online bea;") == 0)
    g_string_truncate (f->log, 0);
}

static void
test_sign_in (ServerStory *f, gconstpointer data)
{
  sign_in (f);
  channels_personality_trigger (f->server, USER_CHANNEL, "told", "{}");
  server_story_await_log (f, "(" USER_CHANNEL " told);");

  /* And once more on the next socket. */
  scripted_server_drop (f->line.server);
  rd_test_await (channels_client_get_user_id (f->line.client) == NULL);
  line_await_return (&f->line);
  rd_test_await (g_strcmp0 (channels_client_get_user_id (f->line.client), SIGNING_USER) == 0);
  rd_test_await (channels_personality_count (f->server, USER_CHANNEL) == 2);
  g_assert_cmpuint (server_story_count_subscribes (f, USER_CHANNEL), ==, 1);
  g_assert_cmpuint (f->line.n_errors, ==, 0);
}

static void
test_watchlist (ServerStory *f, gconstpointer data)
{
  sign_in (f);
  channels_personality_play (f->server, "watchlist", NULL);
  server_story_await_log (f, "online bea;");
}

static void
test_sign_in_refused (ServerStory *f, gconstpointer data)
{
  signing_authorizer_set_forged (f->authorizer, TRUE);
  channels_client_sign_in (f->line.client);
  line_connect (&f->line);
  line_await (&f->line, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (f->line.client), CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED);
  g_assert_null (channels_client_get_user_id (f->line.client));
  /* Once more, and no more. */
  server_story_advance (f, channels_test_clock_get_next (f->line.clock) + 1);
  line_await (&f->line, CHANNELS_CLIENT_FAILED);
  g_assert_error (channels_client_get_error (f->line.client), CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (scripted_server_get_n_accepted (f->line.server), ==, 2);
}

/* Where nobody can sign in, all else goes on as if nobody had tried. */
static void
test_sign_in_unsupported (ServerStory *f, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) news = server_story_subscribe (f, "news");
  g_autoptr (ChannelsSubscription) channel = server_story_subscribe (f, CHANNEL);

  channels_personality_set_plain (f->server, TRUE);
  channels_client_sign_in (f->line.client);
  line_connect (&f->line);
  line_await_channel (news, SUBSCRIBED);
  line_await_channel (channel, SUBSCRIBED);
  rd_test_await (scripted_server_count (f->line.server, "pusher:signin", NULL) == 1);
  server_story_advance (f, SIGN_IN_MS);
  rd_test_await (channels_client_get_user_error (f->line.client) != NULL);
  g_assert_null (channels_client_get_user_id (f->line.client));
  channels_personality_trigger (f->server, "news", "told", "{}");
  channels_personality_trigger (f->server, CHANNEL, "told", "{}");
  server_story_await_log (f, "told {};told {};");
  g_assert_cmpint (channels_client_get_state (f->line.client), ==, CHANNELS_CLIENT_CONNECTED);
  g_assert_cmpuint (scripted_server_get_n_accepted (f->line.server), ==, 1);
  g_assert_cmpuint (channels_personality_count (f->server, CHANNEL), ==, 1);
}

/* soketi gives users half a minute, and closes. Twice is enough to know that it will not have us. */
static void
test_sign_in_required (ServerStory *f, gconstpointer data)
{
  line_connect (&f->line);
  server_story_advance (f, 25000);
  channels_personality_play (f->server, "signin-refused", NULL);
  line_await_return (&f->line);
  server_story_advance (f, 25000);
  channels_personality_play (f->server, "signin-refused", NULL);
  line_await (&f->line, CHANNELS_CLIENT_FAILED);
  g_assert_error (channels_client_get_error (f->line.client), CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED);
}

/* Client events */

static ChannelsSubscription *
connect_channel (ServerStory *f)
{
  ChannelsSubscription *channel = server_story_subscribe (f, CHANNEL);

  line_connect (&f->line);
  line_await_channel (channel, SUBSCRIBED);
  return channel;
}

static void
trigger (ChannelsSubscription *channel, const char *data)
{
  g_autoptr (JsonNode) node = data != NULL ? json_from_string (data, NULL) : NULL;
  g_autoptr (GError) error = NULL;

  channels_subscription_trigger (channel, "client-typing", node, &error);
  g_assert_no_error (error);
}

static void
test_client_event (ServerStory *f, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) channel = connect_channel (f);

  trigger (channel, "{\"on\":true}");
  trigger (channel, "[1]");
  trigger (channel, NULL);
  rd_test_await (channels_personality_get_n_taken (f->server) == 3);
  g_assert_cmpuint (channels_personality_get_n_refused (f->server), ==, 0);
  g_assert_cmpuint (f->line.n_errors, ==, 0);
}

/* The server would drop the eleventh of a second; it never sees it. */
static void
test_client_event_rate (ServerStory *f, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) channel = connect_channel (f);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < RATE; i++)
    trigger (channel, "{}");
  g_assert_false (channels_subscription_trigger (channel, "client-typing", NULL, &error));
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_RATE_LIMITED);
  rd_test_await (channels_personality_get_n_taken (f->server) == RATE);
  server_story_advance (f, 1000);
  trigger (channel, "{}");
  rd_test_await (channels_personality_get_n_taken (f->server) == RATE + 1);
  g_assert_cmpuint (channels_personality_get_n_refused (f->server), ==, 0);
  g_assert_cmpuint (f->line.n_errors, ==, 0);
}

static void
test_client_event_refused (ServerStory *f, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) channel = connect_channel (f);

  channels_personality_set_plain (f->server, TRUE);
  trigger (channel, "{}");
  rd_test_await (f->line.n_errors == 1);
  g_assert_cmpint (channels_client_get_state (f->line.client), ==, CHANNELS_CLIENT_CONNECTED);
  g_assert_cmpint (channels_subscription_get_state (channel), ==, SUBSCRIBED);
}

/* Encrypted channels: no server knows what it carries */

static void
send_sealed (ServerStory *f, const char *channel, const char *text)
{
  g_autofree char *sealed = signing_authorizer_seal (f->authorizer, text);

  channels_personality_trigger (f->server, channel, "told", sealed);
}

static void
test_encrypted (ServerStory *f, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) channel = server_story_subscribe (f, "private-encrypted-a");

  line_connect (&f->line);
  line_await_channel (channel, SUBSCRIBED);
  send_sealed (f, "private-encrypted-a", "{\"n\":0}");
  signing_authorizer_rotate (f->authorizer);
  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"n\":%u}", i);

      send_sealed (f, "private-encrypted-a", text);
    }
  server_story_await_log (f, "told {\"n\":0};told {\"n\":1};told {\"n\":2};"
                             "told {\"n\":3};told {\"n\":4};told {\"n\":5};");
  g_assert_cmpuint (signing_authorizer_get_n (f->authorizer), ==, 2);
  g_assert_cmpuint (server_story_count_subscribes (f, "private-encrypted-a"), ==, 1);
  g_assert_cmpuint (f->line.n_errors, ==, 0);
}

static const ServerStoryTest stories[] = {
  { "user/sign-in", "signed-in", test_sign_in },
  { "user/watchlist", "watchlist", test_watchlist },
  { "user/refused", "signin-refused", test_sign_in_refused },
  { "user/unsupported", "signin-unsupported", test_sign_in_unsupported },
  { "user/required", "signin-refused", test_sign_in_required },
  { "client-event/taken", "client-event", test_client_event },
  { "client-event/rate", "client-event", test_client_event_rate },
  { "client-event/refused", "client-refused", test_client_event_refused },
  { "encrypted", "subscribed-presence", test_encrypted },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  server_story_add_all ("/channels/servers", stories, G_N_ELEMENTS (stories));
  return g_test_run ();
}
