/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <string.h>

#include "rd-test.h"
#include "server-story.h"

/* The same stories with every Channels server there is (fixtures/servers.json): however it says it, what people see is
 * the same. */

#define PENDING CHANNELS_SUBSCRIPTION_PENDING
#define SUBSCRIBED CHANNELS_SUBSCRIPTION_SUBSCRIBED
#define REFUSED CHANNELS_SUBSCRIPTION_REFUSED

#define HANDSHAKE_MS 10000
#define SUBSCRIBE_MS 10000
#define IDLE_S 28
#define MINUTES_MS 120000

/* The handshake */

static void
test_connect (ServerStory *f, gconstpointer data)
{
  guint activity = channels_personality_get (f->server, "activity");
  const char *id = channels_personality_get (f->server, "numeric-socket") ? "70100200300" : "1.4711";

  line_connect (&f->line);
  g_assert_cmpstr (channels_client_get_socket_id (f->line.client), ==, id);
  g_assert_cmpuint (channels_test_clock_get_next (f->line.clock), ==,
                    (activity != 0 ? MIN (activity, IDLE_S) : IDLE_S) * 1000);
  g_assert_cmpuint (f->line.n_errors, ==, 0);
}

/* Connects to a server that greets with @script, and lets it take as long as it takes. */
static void
connect_refused (ServerStory *f, const char *script)
{
  channels_personality_set_greeting (f->server, script);
  channels_client_start (f->line.client);
  if (!channels_personality_ends (f->server, script))
    {
      rd_test_await (f->line.n_errors > 0);
      g_assert_cmpint (channels_client_get_state (f->line.client), ==, CHANNELS_CLIENT_CONNECTING);
      server_story_advance (f, HANDSHAKE_MS);
    }
  rd_test_await (channels_client_get_state (f->line.client) != CHANNELS_CLIENT_CONNECTING);
}

static void
refuse_for_good (ServerStory *f, const char *script, int code)
{
  if (!channels_personality_has (f->server, script))
    return;
  connect_refused (f, script);
  g_assert_cmpint (channels_client_get_state (f->line.client), ==, CHANNELS_CLIENT_FAILED);
  g_assert_error (channels_client_get_error (f->line.client), CHANNELS_ERROR, CHANNELS_ERROR_REJECTED);
  g_assert_cmpint (channels_client_get_close_code (f->line.client), ==, code);
  g_assert_cmpuint (channels_test_clock_get_n_timers (f->line.clock), ==, 0);
}

static void
test_refused_for_good (ServerStory *f, gconstpointer data)
{
  refuse_for_good (f, "unknown-app", 4001);
  refuse_for_good (f, "disabled", 4003);
  refuse_for_good (f, "old-protocol", 4007);
  /* Somebody has put it right, and says so. */
  channels_personality_set_greeting (f->server, NULL);
  line_connect (&f->line);
}

static void
refuse_for_now (ServerStory *f, const char *script, int error, guint low, guint high)
{
  guint wait;

  if (!channels_personality_has (f->server, script))
    return;
  connect_refused (f, script);
  g_assert_cmpint (channels_client_get_state (f->line.client), ==, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (f->line.client), CHANNELS_ERROR, error);
  wait = channels_test_clock_get_next (f->line.clock);
  g_assert_cmpuint (wait, >=, low);
  g_assert_cmpuint (wait, <=, high);
  channels_personality_set_greeting (f->server, NULL);
  line_await_return (&f->line);
  channels_client_stop (f->line.client);
}

static void
test_refused_for_now (ServerStory *f, gconstpointer data)
{
  gboolean minutes = g_str_equal (data, "cloud") || g_str_equal (data, "reverb") || g_str_equal (data, "sockudo");

  /* 4004 is a quota that somebody has to buy more of, 4100 one that others will leave. */
  refuse_for_now (f, "over-quota", CHANNELS_ERROR_OVER_QUOTA, minutes ? MINUTES_MS : 999, minutes ? 300000 : 4000);
  refuse_for_now (f, "over-capacity", CHANNELS_ERROR_OVER_QUOTA, 999, 4000);
  refuse_for_now (f, "closing", CHANNELS_ERROR_CLOSED, 0, 0);
}

static void
test_bad_origin (ServerStory *f, gconstpointer data)
{
  connect_refused (f, "bad-origin");
  g_assert_cmpint (channels_client_get_state (f->line.client), ==, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (f->line.client), CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED);
  f->line.n_errors = 0;
  server_story_advance (f, channels_test_clock_get_next (f->line.clock) + 1);
  connect_refused (f, "bad-origin");
  g_assert_cmpint (channels_client_get_state (f->line.client), ==, CHANNELS_CLIENT_FAILED);
  g_assert_error (channels_client_get_error (f->line.client), CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED);
}

/* Channels */

static void
test_public (ServerStory *f, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) news = server_story_subscribe (f, "news");

  line_connect (&f->line);
  line_await_channel (news, SUBSCRIBED);
  g_assert_cmpuint (channels_personality_count (f->server, "news"), ==, 1);
  g_assert_cmpuint (server_story_count_subscribes (f, NULL), ==, 1);
  channels_personality_trigger (f->server, "news", "told", "{\"a\":[1,\"\\u00e9\"]}");
  channels_personality_trigger (f->server, "other", "told", "{}");
  channels_personality_trigger (f->server, "news", "number", "7");
  server_story_await_log (f, "told {\"a\":[1,\"é\"]};number 7;");
  g_assert_cmpuint (f->line.n_errors, ==, 0);
}

static void
test_private (ServerStory *f, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) channel = server_story_subscribe (f, "private-user-7");

  line_connect (&f->line);
  line_await_channel (channel, SUBSCRIBED);
  channels_personality_trigger (f->server, "private-user-7", "told", "{}");
  channels_personality_whisper (f->server, "private-user-7", "client-typing", "{\"on\":true}", NULL);
  server_story_await_log (f, "told {};client-typing {\"on\":true};");
  g_assert_cmpuint (signing_authorizer_get_n (f->authorizer), ==, 1);
  g_assert_cmpuint (f->line.n_errors, ==, 0);
}

static void
assert_members (ChannelsSubscription *subscription, const char *expected)
{
  g_autoptr (GPtrArray) ids = channels_subscription_dup_members (subscription);
  g_autofree char *joined = NULL;

  g_ptr_array_add (ids, NULL);
  joined = g_strjoinv (",", (char **) ids->pdata);
  g_assert_cmpstr (joined, ==, expected);
}

static const char *
get_member_name (ChannelsSubscription *subscription, const char *id)
{
  JsonNode *info = channels_subscription_get_member (subscription, id);

  g_assert_nonnull (info);
  return json_object_get_string_member (json_node_get_object (info), "name");
}

static void
test_presence (ServerStory *f, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) room = server_story_subscribe (f, "presence-room");

  channels_personality_join (f->server, "presence-room", "9");
  channels_personality_join (f->server, "presence-room", "bea");
  line_connect (&f->line);
  line_await_channel (room, SUBSCRIBED);
  assert_members (room, "7,9,bea");
  g_assert_cmpstr (channels_subscription_get_own_id (room), ==, SIGNING_USER);
  g_assert_cmpstr (get_member_name (room, "bea"), ==, "bea");
  g_assert_cmpstr (get_member_name (room, SIGNING_USER), ==, "Sven é");

  channels_personality_join (f->server, "presence-room", "12");
  channels_personality_leave (f->server, "presence-room", "9");
  channels_personality_leave (f->server, "presence-room", "9");
  server_story_await_log (f, "+12;-9;");
  assert_members (room, "12,7,bea");
  g_assert_cmpstr (get_member_name (room, "12"), ==, "12");
  g_assert_cmpuint (f->line.n_errors, ==, 0);
}

/* Who came and went during an outage is told afterwards; who stayed is not told of again. */
static void
test_presence_again (ServerStory *f, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) room = server_story_subscribe (f, "presence-room");

  channels_personality_join (f->server, "presence-room", "9");
  channels_personality_join (f->server, "presence-room", "bea");
  line_connect (&f->line);
  line_await_channel (room, SUBSCRIBED);
  scripted_server_drop (f->line.server);
  line_await (&f->line, CHANNELS_CLIENT_WAITING);
  channels_personality_leave (f->server, "presence-room", "9");
  channels_personality_join (f->server, "presence-room", "12");
  line_await_return (&f->line);
  line_await_channel (room, SUBSCRIBED);
  server_story_await_log (f, "-9;+12;gap;");
  assert_members (room, "12,7,bea");
}

static void
test_presence_whisper (ServerStory *f, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) room = server_story_subscribe (f, "presence-room");
  JsonNode *template = json_array_get_element (channels_personality_get_script (f->server, "client-event"), 0);
  gboolean names_sender = json_object_has_member (json_node_get_object (template), "user_id");

  channels_personality_join (f->server, "presence-room", "9");
  line_connect (&f->line);
  line_await_channel (room, SUBSCRIBED);
  channels_personality_whisper (f->server, "presence-room", "client-typing", "{\"on\":true}", "9");
  channels_personality_whisper (f->server, "presence-room", "client-typing", "[1]", "9");
  server_story_await_log (f, names_sender ? "client-typing {\"on\":true} 9;client-typing [1] 9;"
                             : "client-typing {\"on\":true};client-typing [1];");
}

static void
test_cache (ServerStory *f, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) channel = server_story_subscribe (f, "private-cache-news");

  line_connect (&f->line);
  line_await_channel (channel, SUBSCRIBED);
  rd_test_await (f->log->len > 0);
  g_assert_true (g_str_has_prefix (f->log->str, "pusher:cache_miss "));
  g_string_truncate (f->log, 0);
  channels_personality_trigger (f->server, "private-cache-news", "told", "{\"n\":1}");
  server_story_await_log (f, "told {\"n\":1};");
  scripted_server_drop (f->line.server);
  line_await_return (&f->line);
  server_story_await_log (f, "gap;told {\"n\":1};");
}

static void
test_count (ServerStory *f, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) news = server_story_subscribe (f, "news");

  line_connect (&f->line);
  line_await_channel (news, SUBSCRIBED);
  channels_personality_play (f->server, "count", "news");
  server_story_await_log (f, "pusher:subscription_count {\"subscription_count\":3};");
}

static void
test_unsubscribe (ServerStory *f, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) room = server_story_subscribe (f, "private-user-7");
  g_autoptr (ChannelsSubscription) again = NULL;

  line_connect (&f->line);
  line_await_channel (room, SUBSCRIBED);
  channels_client_unsubscribe (f->line.client, "private-user-7");
  channels_personality_trigger (f->server, "private-user-7", "too-late", "{}");
  rd_test_await (channels_personality_count (f->server, "private-user-7") == 0);
  again = server_story_subscribe (f, "private-user-7");
  line_await_channel (again, SUBSCRIBED);
  channels_personality_trigger (f->server, "private-user-7", "told", "{}");
  server_story_await_log (f, "told {};");
  g_assert_cmpuint (f->line.n_errors, ==, 0);
}

/* Taken back and wanted again in one breath, so that the server's answers come to what asked for neither. */
static void
test_changed_mind (ServerStory *f, gconstpointer data)
{
  static const char *const names[] = { "news", "private-user-7" };

  line_connect (&f->line);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (ChannelsSubscription) first = line_subscribe (&f->line, names[i]);
      g_autoptr (ChannelsSubscription) second = NULL;

      rd_test_await (server_story_count_subscribes (f, names[i]) == 1);
      channels_client_unsubscribe (f->line.client, names[i]);
      second = server_story_subscribe (f, names[i]);
      rd_test_await (server_story_count_subscribes (f, names[i]) == 2);
      line_await_channel (second, SUBSCRIBED);
      g_assert_cmpint (channels_subscription_get_state (first), ==, CHANNELS_SUBSCRIPTION_UNSUBSCRIBED);
      channels_personality_trigger (f->server, names[i], "told", "{}");
      server_story_await_log (f, "told {};");
    }
  g_assert_cmpuint (scripted_server_count (f->line.server, "pusher:unsubscribe", NULL), ==, G_N_ELEMENTS (names));
  g_assert_cmpuint (f->line.n_errors, ==, 0);
}

/* Refusals */

static void
test_unauthorized (ServerStory *f, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) news = server_story_subscribe (f, "news");
  g_autoptr (ChannelsSubscription) first = server_story_subscribe (f, "private-user-7");
  g_autoptr (ChannelsSubscription) second = server_story_subscribe (f, "presence-room");
  gboolean mute = channels_personality_get (f->server, "refuses-without-reason") != 0;
  int code = mute ? CHANNELS_ERROR_SERVER : CHANNELS_ERROR_UNAUTHORIZED;

  signing_authorizer_set_forged (f->authorizer, TRUE);
  line_connect (&f->line);
  line_await_channel (news, SUBSCRIBED);
  /* No time passes: it is the server's word, not a deadline. */
  line_await_channel (first, REFUSED);
  line_await_channel (second, REFUSED);
  g_assert_error (channels_subscription_get_error (first), CHANNELS_ERROR, code);
  g_assert_cmpint (channels_client_get_state (f->line.client), ==, CHANNELS_CLIENT_CONNECTED);

  signing_authorizer_set_forged (f->authorizer, FALSE);
  server_story_advance (f, 3000);
  line_await_channel (first, SUBSCRIBED);
  line_await_channel (second, SUBSCRIBED);
  g_assert_cmpuint (channels_personality_count (f->server, "private-user-7"), ==, 1);
  g_assert_cmpuint (server_story_count_subscribes (f, "private-user-7"), ==, 2);
  g_assert_cmpuint (scripted_server_get_n_accepted (f->line.server), ==, 1);
}

static void
test_full (ServerStory *f, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) room = server_story_subscribe (f, "presence-room");

  channels_personality_set_full (f->server, TRUE);
  line_connect (&f->line);
  rd_test_await (server_story_count_subscribes (f, "presence-room") == 1 && f->line.n_errors == 1);
  /* One server does not say of what it speaks. */
  if (channels_subscription_get_state (room) == PENDING)
    server_story_advance (f, SUBSCRIBE_MS);
  g_assert_cmpint (channels_subscription_get_state (room), ==, REFUSED);
  g_assert_cmpint (channels_client_get_state (f->line.client), ==, CHANNELS_CLIENT_CONNECTED);
  if (g_str_equal (data, "cloud") || g_str_equal (data, "soketi"))
    g_assert_error (channels_subscription_get_error (room), CHANNELS_ERROR, CHANNELS_ERROR_OVER_QUOTA);
  channels_personality_set_full (f->server, FALSE);
  server_story_advance (f, 3000);
  line_await_channel (room, SUBSCRIBED);
}

/* The confirmation is lost. */
static void
test_unanswered (ServerStory *f, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) news = server_story_subscribe (f, "news");

  channels_personality_set_mute (f->server, TRUE);
  line_connect (&f->line);
  rd_test_await (server_story_count_subscribes (f, "news") == 1);
  server_story_advance (f, SUBSCRIBE_MS);
  line_await_channel (news, REFUSED);
  g_assert_error (channels_subscription_get_error (news), CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT);
  channels_personality_set_mute (f->server, FALSE);
  server_story_advance (f, 3000);
  line_await_channel (news, SUBSCRIBED);
  g_assert_cmpuint (scripted_server_count (f->line.server, "pusher:unsubscribe", "news"), ==, 1);
  channels_personality_trigger (f->server, "news", "told", "{}");
  server_story_await_log (f, "told {};");
}

/* And so is the word that it should be forgotten. */
static void
test_existing (ServerStory *f, gconstpointer data)
{
  channels_personality_set_deaf (f->server, TRUE);
  test_unanswered (f, data);
  g_assert_cmpuint (f->line.n_errors, ==, 1);
}

/* The link */

static void
test_heartbeat (ServerStory *f, gconstpointer data)
{
  guint activity = channels_personality_get (f->server, "activity");

  line_connect (&f->line);
  channels_personality_start_patience (f->server);
  for (guint i = 1; i <= 20; i++)
    {
      server_story_advance (f, (activity != 0 ? MIN (activity, IDLE_S) : IDLE_S) * 1000);
      rd_test_await (channels_client_get_last_frame (f->line.client)
                     == channels_clock_get_real_time (CHANNELS_CLOCK (f->line.clock)));
      g_assert_cmpuint (scripted_server_count (f->line.server, "pusher:ping", NULL), ==, i);
    }
  g_assert_cmpint (channels_client_get_state (f->line.client), ==, CHANNELS_CLIENT_CONNECTED);
  g_assert_cmpuint (scripted_server_get_n_accepted (f->line.server), ==, 1);
  g_assert_cmpuint (f->line.n_errors, ==, 0);
}

static void
test_server_ping (ServerStory *f, gconstpointer data)
{
  line_connect (&f->line);
  channels_personality_play (f->server, "ping", NULL);
  rd_test_await (scripted_server_count (f->line.server, "pusher:pong", NULL) == 1);
  g_assert_cmpuint (f->line.n_errors, ==, 0);
}

/* Errors that nothing follows. */
static void
test_noise (ServerStory *f, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) news = server_story_subscribe (f, "news");

  line_connect (&f->line);
  line_await_channel (news, SUBSCRIBED);
  channels_personality_play (f->server, "noise", NULL);
  channels_personality_trigger (f->server, "news", "told", "{}");
  server_story_await_log (f, "told {};");
  g_assert_cmpuint (f->line.n_errors, >=, 1);
  g_assert_cmpint (channels_client_get_state (f->line.client), ==, CHANNELS_CLIENT_CONNECTED);
  g_assert_cmpint (channels_subscription_get_state (news), ==, SUBSCRIBED);
  g_assert_cmpuint (scripted_server_get_n_accepted (f->line.server), ==, 1);

  /* A link that is lost right then is lost, and no more. */
  scripted_server_drop (f->line.server);
  line_await_return (&f->line);
  line_await_channel (news, SUBSCRIBED);
  server_story_await_log (f, "gap;");
}

/* The server ends the socket by @script; within 2 s all is as before, each channel asked for once. */
static void
return_after (ServerStory *f, const char *script)
{
  g_autoptr (ChannelsSubscription) news = NULL;
  g_autoptr (ChannelsSubscription) room = NULL;

  if (!channels_personality_has (f->server, script))
    return;
  news = server_story_subscribe (f, "news");
  room = server_story_subscribe (f, "private-user-7");
  line_connect (&f->line);
  line_await_channel (news, SUBSCRIBED);
  line_await_channel (room, SUBSCRIBED);
  channels_personality_play (f->server, script, NULL);
  line_await (&f->line, CHANNELS_CLIENT_WAITING);
  g_assert_cmpuint (channels_test_clock_get_next (f->line.clock), <=, 2000);
  line_await_return (&f->line);
  line_await_channel (news, SUBSCRIBED);
  line_await_channel (room, SUBSCRIBED);
  server_story_await_log (f, "gap;gap;");
  g_assert_cmpuint (server_story_count_subscribes (f, "news"), ==, 1);
  g_assert_cmpuint (server_story_count_subscribes (f, "private-user-7"), ==, 1);
  channels_client_unsubscribe (f->line.client, "news");
  channels_client_unsubscribe (f->line.client, "private-user-7");
  channels_client_stop (f->line.client);
}

static void
test_return (ServerStory *f, gconstpointer data)
{
  return_after (f, "restart");
  return_after (f, "stale");
  return_after (f, "rate-closed");
}

/* The application ends the connections of a user: with fresh signatures it is tried once more. */
static void
test_terminate (ServerStory *f, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) room = server_story_subscribe (f, "private-user-7");

  line_connect (&f->line);
  line_await_channel (room, SUBSCRIBED);
  channels_personality_play (f->server, "terminate", NULL);
  line_await_return (&f->line);
  line_await_channel (room, SUBSCRIBED);
  g_assert_cmpuint (signing_authorizer_get_n (f->authorizer), ==, 2);
  channels_personality_play (f->server, "terminate", NULL);
  rd_test_await (channels_client_get_state (f->line.client) != CHANNELS_CLIENT_CONNECTED);
  if (channels_client_get_close_code (f->line.client) == 4009)
    g_assert_cmpint (channels_client_get_state (f->line.client), ==, CHANNELS_CLIENT_FAILED);
  else
    line_await_return (&f->line);
}

static const ServerStoryTest stories[] = {
  { "connect", NULL, test_connect },
  { "refused/for-good", "unknown-app", test_refused_for_good },
  { "refused/for-now", "over-quota", test_refused_for_now },
  { "refused/origin", "bad-origin", test_bad_origin },
  { "channel/public", NULL, test_public },
  { "channel/private", "client-event", test_private },
  { "channel/presence", "subscribed-presence", test_presence },
  { "channel/presence-again", "subscribed-presence", test_presence_again },
  { "channel/presence-whisper", "subscribed-presence", test_presence_whisper },
  { "channel/cache", "cache-miss", test_cache },
  { "channel/count", "count", test_count },
  { "channel/unsubscribe", NULL, test_unsubscribe },
  { "channel/changed-mind", "client-event", test_changed_mind },
  { "channel/unauthorized", "subscribed-presence", test_unauthorized },
  { "channel/full", "full", test_full },
  { "channel/unanswered", NULL, test_unanswered },
  { "channel/existing", "existing", test_existing },
  { "link/heartbeat", "pong", test_heartbeat },
  { "link/server-ping", "ping", test_server_ping },
  { "link/noise", "noise", test_noise },
  { "link/return", NULL, test_return },
  { "link/terminate", "terminate", test_terminate },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  server_story_add_all ("/channels/servers", stories, G_N_ELEMENTS (stories));
  return g_test_run ();
}
