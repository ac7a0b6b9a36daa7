/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <string.h>

#include "line.h"
#include "rd-test.h"

/* The client against a scripted server: channels, their signatures, members and events. */

#define PENDING CHANNELS_SUBSCRIPTION_PENDING
#define SUBSCRIBED CHANNELS_SUBSCRIPTION_SUBSCRIBED
#define REFUSED CHANNELS_SUBSCRIPTION_REFUSED

static void
on_event (ChannelsSubscription *subscription, ChannelsEvent *event, GString *log)
{
  g_autofree char *text = json_to_string (channels_event_get_data (event), FALSE);
  const char *user_id = channels_event_get_user_id (event);

  g_string_append_printf (log, "%s %s %s;", channels_event_get_name (event), text, user_id != NULL ? user_id : "-");
}

static void
on_client_event (ChannelsClient *client, ChannelsEvent *event, GString *log)
{
  g_string_append_printf (log, "(%s %s);", channels_event_get_channel (event), channels_event_get_name (event));
}

static void
test_events (Line *line, gconstpointer data)
{
  static const char *const names[] = { "event-client", "event",  "event-object",       "event-text",
                                       "event-null",   "event-proto", "event-without-channel", "event-bare" };
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (ChannelsSubscription) news = line_subscribe (line, "news");
  g_autoptr (ChannelsSubscription) again = line_subscribe (line, "news");
  g_autoptr (ChannelsSubscription) proto = line_subscribe (line, "__proto__");

  g_assert_true (news == again);
  g_signal_connect (news, "event::told", G_CALLBACK (on_event), log);
  g_signal_connect (news, "event::other", G_CALLBACK (on_event), log);
  g_signal_connect (proto, "event", G_CALLBACK (on_event), log);
  g_signal_connect (line->client, "event", G_CALLBACK (on_client_event), log);
  line_connect (line);
  line_await_channel (news, SUBSCRIBED);
  line_await_channel (proto, SUBSCRIBED);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    line_send_fixture (line, names[i]);
  line_send_fixture (line, "count");
  rd_test_await (g_str_has_suffix (log->str, "(news pusher:subscription_count);"));
  g_assert_cmpstr (log->str, ==,
                   "told {\"a\":1} -;(news told);told {\"a\":1} -;(news told);told \"plain text\" -;(news told);"
                   "told null -;(news told);told {} -;(__proto__ told);told null -;(news told);"
                   "(news pusher:subscription_count);");
  g_assert_cmpuint (scripted_server_count (line->server, "pusher:subscribe", "news"), ==, 1);
  g_assert_cmpuint (line->n_errors, ==, 0);
}

static void
test_names (Line *line, gconstpointer data)
{
  static const char *const names[] = { "", "#server-to-user-7", "private a", "privat\xc3\xa9", "a/b" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (channels_client_subscribe (line->client, names[i], &error));
      g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID);
    }
}

static void
test_unsubscribe (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) news = line_subscribe (line, "news");
  g_autoptr (ChannelsSubscription) again = NULL;
  g_autoptr (GPtrArray) none = NULL;

  line_connect (line);
  line_await_channel (news, SUBSCRIBED);
  channels_client_unsubscribe (line->client, "news");
  channels_client_unsubscribe (line->client, "news");
  g_assert_cmpint (channels_subscription_get_state (news), ==, CHANNELS_SUBSCRIPTION_UNSUBSCRIBED);
  none = channels_client_dup_subscriptions (line->client);
  g_assert_cmpuint (none->len, ==, 0);
  line_send_fixture (line, "event");
  again = line_subscribe (line, "news");
  g_assert_true (again != news);
  line_await_channel (again, SUBSCRIBED);
  line_await_frames (line, "pusher:unsubscribe", "news", 1);
  g_assert_cmpuint (line->n_errors, ==, 0);
}

static void
test_private (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = line_subscribe (line, "private-user-7");
  const char *frame;

  line_connect (line);
  line_await_requests (line, 1);
  g_assert_cmpstr (held_authorizer_get_socket_id (line->authorizer, 0), ==, "1.1");
  g_assert_cmpuint (scripted_server_count (line->server, "pusher:subscribe", NULL), ==, 0);
  held_authorizer_grant (line->authorizer, 0, "key: \"odd\"", "{ \"a\" : 1 }");
  line_await_channel (subscription, SUBSCRIBED);
  frame = scripted_server_get_last (line->server, "pusher:subscribe", "private-user-7");
  g_assert_nonnull (strstr (frame, "\"auth\":\"key: \\\"odd\\\"\""));
  g_assert_nonnull (strstr (frame, "\"channel_data\":\"{ \\\"a\\\" : 1 }\""));
}

static void
test_late_reply (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = line_subscribe (line, "private-user-7");

  line_connect (line);
  line_await_requests (line, 1);
  scripted_server_drop (line->server);
  line_await_return (line);
  line_await_requests (line, 2);
  g_assert_true (held_authorizer_is_cancelled (line->authorizer, 0));
  g_assert_cmpstr (held_authorizer_get_socket_id (line->authorizer, 1), ==, "2.1");

  held_authorizer_grant (line->authorizer, 0, "for-the-dead-one", NULL);
  rd_test_drain ();
  g_assert_cmpint (channels_subscription_get_state (subscription), ==, PENDING);
  held_authorizer_grant (line->authorizer, 1, "for-this-one", NULL);
  line_await_channel (subscription, SUBSCRIBED);
  line_await_frames (line, "pusher:subscribe", "private-user-7", 1);
  g_assert_nonnull (strstr (scripted_server_get_last (line->server, "pusher:subscribe", NULL), "for-this-one"));
}

static void
test_refused_for_good (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = line_subscribe (line, "private-user-7");

  line_connect (line);
  line_await_requests (line, 1);
  held_authorizer_refuse (line->authorizer, 0, CHANNELS_ERROR_UNAUTHORIZED);
  line_await_channel (subscription, REFUSED);
  g_assert_error (channels_subscription_get_error (subscription), CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (line->n_errors, ==, 1);
  g_assert_cmpstr (line->last_error_channel, ==, "private-user-7");

  /* Neither time nor another socket changes that; fresh credentials do. */
  scripted_server_drop (line->server);
  line_await_return (line);
  g_assert_cmpint (channels_subscription_get_state (subscription), ==, REFUSED);
  g_assert_cmpuint (held_authorizer_get_n (line->authorizer), ==, 1);
  channels_subscription_retry (subscription);
  g_assert_cmpint (channels_subscription_get_state (subscription), ==, PENDING);
  g_assert_null (channels_subscription_get_error (subscription));
  line_await_requests (line, 2);
  held_authorizer_grant (line->authorizer, 1, "key:sig", NULL);
  line_await_channel (subscription, SUBSCRIBED);
}

static void
test_refused_for_now (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = line_subscribe (line, "private-user-7");

  line_connect (line);
  line_await_requests (line, 1);
  held_authorizer_refuse (line->authorizer, 0, CHANNELS_ERROR_SERVER);
  line_await_channel (subscription, REFUSED);
  channels_test_clock_advance (line->clock, 3000);
  line_await_requests (line, 2);
  g_assert_cmpint (channels_subscription_get_state (subscription), ==, PENDING);
  held_authorizer_grant (line->authorizer, 1, "key:sig", NULL);
  line_await_channel (subscription, SUBSCRIBED);
}

static void
test_authorize_deadline (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = line_subscribe (line, "private-user-7");

  line_connect (line);
  line_await_requests (line, 1);
  channels_test_clock_advance (line->clock, 10000);
  g_assert_cmpint (channels_subscription_get_state (subscription), ==, REFUSED);
  g_assert_error (channels_subscription_get_error (subscription), CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT);
  g_assert_true (held_authorizer_is_cancelled (line->authorizer, 0));
  held_authorizer_grant (line->authorizer, 0, "late", NULL);
  rd_test_drain ();
  g_assert_cmpuint (scripted_server_count (line->server, "pusher:subscribe", NULL), ==, 0);
}

static void
test_nobody_to_ask (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsClient) client = g_object_new (CHANNELS_TYPE_CLIENT, "endpoint", line->endpoint, "session",
                                                    line->session, "clock", line->clock, NULL);
  g_autoptr (ChannelsSubscription) subscription = channels_client_subscribe (client, "private-user-7", NULL);

  channels_client_start (client);
  line_await_channel (subscription, REFUSED);
  g_assert_error (channels_subscription_get_error (subscription), CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED);
}

static ChannelsSubscription *
subscribe_signed (Line *line, const char *name)
{
  ChannelsSubscription *subscription = line_subscribe (line, name);
  guint request = held_authorizer_get_n (line->authorizer);

  if (channels_client_get_state (line->client) != CHANNELS_CLIENT_CONNECTED)
    line_connect (line);
  else
    request--;
  line_await_requests (line, request + 1);
  held_authorizer_grant (line->authorizer, request, "key:sig", NULL);
  line_await_frames (line, "pusher:subscribe", name, 1);
  return subscription;
}

static void
assert_refused_then_retried (Line *line, ChannelsSubscription *subscription, int code)
{
  guint requests = held_authorizer_get_n (line->authorizer);

  line_await_channel (subscription, REFUSED);
  g_assert_error (channels_subscription_get_error (subscription), CHANNELS_ERROR, code);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_CONNECTED);
  scripted_server_set_confirming (line->server, TRUE);
  channels_test_clock_advance (line->clock, 3000);
  line_await_requests (line, requests + 1);
  held_authorizer_grant (line->authorizer, requests, "key:fresh", NULL);
  line_await_channel (subscription, SUBSCRIBED);
}

static void
test_subscription_error (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = NULL;

  scripted_server_set_confirming (line->server, FALSE);
  subscription = subscribe_signed (line, "private-user-7");
  line_send_fixture (line, "subscription-error");
  assert_refused_then_retried (line, subscription, CHANNELS_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (scripted_server_count (line->server, "pusher:unsubscribe", NULL), ==, 0);
}

static void
test_subscription_error_poxa (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = NULL;

  scripted_server_set_confirming (line->server, FALSE);
  subscription = subscribe_signed (line, "private-user-7");
  line_send_fixture (line, "subscription-error-poxa");
  assert_refused_then_retried (line, subscription, CHANNELS_ERROR_SERVER);
}

static void
test_reverb_refusal (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = NULL;

  scripted_server_set_confirming (line->server, FALSE);
  subscription = subscribe_signed (line, "private-user-7");
  line_send_fixture (line, "reverb-unauthorized");
  assert_refused_then_retried (line, subscription, CHANNELS_ERROR_UNAUTHORIZED);
}

static void
test_subscribe_deadline (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = NULL;

  scripted_server_set_confirming (line->server, FALSE);
  subscription = line_subscribe (line, "news");
  line_connect (line);
  line_await_frames (line, "pusher:subscribe", "news", 1);
  channels_test_clock_advance (line->clock, 10000);
  g_assert_cmpint (channels_subscription_get_state (subscription), ==, REFUSED);
  g_assert_error (channels_subscription_get_error (subscription), CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT);

  /* The first is taken back before the second goes out. */
  channels_test_clock_advance (line->clock, 3000);
  line_await_frames (line, "pusher:subscribe", "news", 2);
  line_await_frames (line, "pusher:unsubscribe", "news", 1);
  line_send_fixture (line, "subscribed-soketi");
  line_await_channel (subscription, SUBSCRIBED);
}

static void
test_existing (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = line_subscribe (line, "news");

  scripted_server_set_confirming (line->server, FALSE);
  line_connect (line);
  line_await_frames (line, "pusher:subscribe", "news", 1);
  line_send_fixture (line, "error-existing-subscription");
  line_await_channel (subscription, SUBSCRIBED);
  g_assert_cmpuint (line->n_errors, ==, 0);
}

static void
on_gap (ChannelsSubscription *subscription, gint64 from, gint64 to, GArray *gaps)
{
  g_assert_cmpint (channels_subscription_get_state (subscription), ==, SUBSCRIBED);
  g_array_append_val (gaps, from);
  g_array_append_val (gaps, to);
}

static void
test_gap (Line *line, gconstpointer data)
{
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (ChannelsSubscription) subscription = line_subscribe (line, "news");
  gint64 last_frame;

  g_signal_connect (subscription, "gap", G_CALLBACK (on_gap), gaps);
  line_connect (line);
  line_await_channel (subscription, SUBSCRIBED);
  last_frame = channels_client_get_last_frame (line->client);
  channels_test_clock_advance (line->clock, 5000);
  g_assert_cmpuint (gaps->len, ==, 0);

  scripted_server_set_listening (line->server, FALSE);
  scripted_server_drop (line->server);
  line_await (line, CHANNELS_CLIENT_WAITING);
  g_assert_cmpint (channels_subscription_get_state (subscription), ==, PENDING);
  channels_test_clock_advance (line->clock, 2000);
  line_await (line, CHANNELS_CLIENT_WAITING);
  scripted_server_set_listening (line->server, TRUE);
  line_await_return (line);
  line_await_channel (subscription, SUBSCRIBED);
  g_assert_cmpuint (gaps->len, ==, 2);
  g_assert_cmpint (g_array_index (gaps, gint64, 0), ==, last_frame);
  g_assert_cmpint (g_array_index (gaps, gint64, 1), ==, channels_clock_get_real_time (CHANNELS_CLOCK (line->clock)));
  line_await_frames (line, "pusher:subscribe", "news", 1);
}

static void
test_presence (Line *line, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (ChannelsSubscription) room = line_subscribe (line, "presence-room");

  line_log_members (room, log);
  scripted_server_set_confirming (line->server, FALSE);
  line_connect (line);
  line_await_requests (line, 1);
  held_authorizer_grant (line->authorizer, 0, "key:sig", "{\"user_id\":7,\"user_info\":{}}");
  line_await_frames (line, "pusher:subscribe", "presence-room", 1);
  g_assert_cmpstr (channels_subscription_get_own_id (room), ==, "7");
  line_send_fixture (line, "subscribed-presence");
  line_await_channel (room, SUBSCRIBED);
  line_assert_members (room, "7,b");
  g_assert_cmpstr (json_object_get_string_member (
                       json_node_get_object (channels_subscription_get_member (room, "b")), "name"),
                   ==, "Bea");
  g_assert_null (channels_subscription_get_member (room, "nobody"));

  line_send_fixture (line, "member-added");
  line_send_fixture (line, "member-added");
  rd_test_await (log->len > 0);
  line_assert_members (room, "7,9,b");
  line_send_fixture (line, "member-removed");
  line_send_fixture (line, "member-removed");
  rd_test_await (g_str_has_suffix (log->str, "-9 "));
  g_assert_cmpstr (log->str, ==, "+9 -9 ");

  /* After an outage, whoever came or went is told of as if it had been seen. */
  scripted_server_drop (line->server);
  line_await_return (line);
  line_await_requests (line, 2);
  held_authorizer_grant (line->authorizer, 1, "key:sig", "{\"user_id\":7}");
  line_await_frames (line, "pusher:subscribe", "presence-room", 1);
  line_send_fixture (line, "subscribed-presence-later");
  line_await_channel (room, SUBSCRIBED);
  g_assert_cmpstr (log->str, ==, "+9 -9 -b +c ");
  line_assert_members (room, "7,c");
}

/* The server says nothing of them: neither as a list nor in an event, before the confirmation or after. */
static void
test_presence_unknown (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) room = line_subscribe (line, "presence-room");

  scripted_server_set_confirming (line->server, FALSE);
  line_connect (line);
  line_await_requests (line, 1);
  held_authorizer_grant (line->authorizer, 0, "key:sig", "{\"user_id\":7}");
  line_await_frames (line, "pusher:subscribe", "presence-room", 1);
  line_send_fixture (line, "member-added-bare");
  line_send_fixture (line, "subscribed-presence-later");
  line_await_channel (room, SUBSCRIBED);
  line_assert_members (room, "7,c,d");
  g_assert_nonnull (channels_subscription_get_member (room, "7"));
  g_assert_null (channels_subscription_get_member (room, "c"));
  g_assert_null (channels_subscription_get_member (room, "d"));
}

static void
on_member_unsubscribe (ChannelsSubscription *room, const char *user_id, JsonNode *info, Line *line)
{
  channels_client_unsubscribe (line->client, "presence-room");
}

/* Whoever gives the room up hears of nobody else in it. */
static void
test_unsubscribe_inside_members (Line *line, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (ChannelsSubscription) room = line_subscribe (line, "presence-room");

  scripted_server_set_confirming (line->server, FALSE);
  line_connect (line);
  line_await_requests (line, 1);
  held_authorizer_grant (line->authorizer, 0, "key:sig", "{\"user_id\":7}");
  line_await_frames (line, "pusher:subscribe", "presence-room", 1);
  line_send_fixture (line, "subscribed-presence");
  line_await_channel (room, SUBSCRIBED);
  scripted_server_drop (line->server);
  line_await_return (line);
  line_await_requests (line, 2);
  held_authorizer_grant (line->authorizer, 1, "key:sig", "{\"user_id\":7}");
  line_await_frames (line, "pusher:subscribe", "presence-room", 1);

  /* -b, and +c would come after it */
  line_log_members (room, log);
  g_signal_connect (room, "member-removed", G_CALLBACK (on_member_unsubscribe), line);
  line_send_fixture (line, "subscribed-presence-later");
  line_await_channel (room, CHANNELS_SUBSCRIPTION_UNSUBSCRIBED);
  g_assert_cmpstr (log->str, ==, "-b ");
}

static void
test_presence_shapes (Line *line, gconstpointer data)
{
  static const char *const cases[][2] = { { "subscribed-presence-empty", "" }, { "subscribed-presence-odd", "x" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChannelsSubscription) room = NULL;

      scripted_server_set_confirming (line->server, FALSE);
      room = line_subscribe (line, "presence-room");
      channels_client_start (line->client);
      line_await_requests (line, (guint) i + 1);
      held_authorizer_grant (line->authorizer, (guint) i, "key:sig", "not json");
      line_await_frames (line, "pusher:subscribe", "presence-room", (guint) i + 1);
      g_assert_null (channels_subscription_get_own_id (room));
      line_send_fixture (line, cases[i][0]);
      line_await_channel (room, SUBSCRIBED);
      line_assert_members (room, cases[i][1]);
      channels_client_unsubscribe (line->client, "presence-room");
    }
}

static void
on_event_unsubscribe (ChannelsSubscription *subscription, ChannelsEvent *event, Line *line)
{
  channels_client_unsubscribe (line->client, channels_subscription_get_name (subscription));
}

static void
on_event_drop_client (ChannelsSubscription *subscription, ChannelsEvent *event, Line *line)
{
  g_clear_object (&line->client);
}

static void
test_unsubscribe_inside (Line *line, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  ChannelsSubscription *subscription = line_subscribe (line, "news");

  g_signal_connect (line->client, "event", G_CALLBACK (on_client_event), log);
  g_signal_connect (subscription, "event", G_CALLBACK (on_event_unsubscribe), line);
  line_connect (line);
  line_await_channel (subscription, SUBSCRIBED);
  g_object_add_weak_pointer (G_OBJECT (subscription), (gpointer *) &subscription);
  g_object_unref (subscription);
  g_assert_nonnull (subscription);
  line_send_fixture (line, "event");
  rd_test_await (subscription == NULL);
  line_await_frames (line, "pusher:unsubscribe", "news", 1);
  g_assert_cmpstr (log->str, ==, "");
}

static void
test_drop_client_inside (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = line_subscribe (line, "news");

  g_signal_connect (subscription, "event", G_CALLBACK (on_event_drop_client), line);
  line_connect (line);
  line_await_channel (subscription, SUBSCRIBED);
  line_send_fixture (line, "event");
  line_send_fixture (line, "event");
  rd_test_await (line->client == NULL);
  channels_subscription_retry (subscription);
}

static void
on_refused_unsubscribe (ChannelsSubscription *subscription, GParamSpec *pspec, Line *line)
{
  if (channels_subscription_get_state (subscription) == REFUSED)
    channels_client_unsubscribe (line->client, channels_subscription_get_name (subscription));
}

static void
test_unsubscribe_when_refused (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = line_subscribe (line, "private-user-7");

  g_signal_connect (subscription, "notify::state", G_CALLBACK (on_refused_unsubscribe), line);
  line_connect (line);
  line_await_requests (line, 1);
  held_authorizer_refuse (line->authorizer, 0, CHANNELS_ERROR_SERVER);
  line_await_channel (subscription, CHANNELS_SUBSCRIPTION_UNSUBSCRIBED);
  channels_test_clock_advance (line->clock, 5000);
  g_assert_cmpuint (held_authorizer_get_n (line->authorizer), ==, 1);
}

static void
on_pending_retry (ChannelsSubscription *subscription, GParamSpec *pspec, gpointer data)
{
  if (channels_subscription_get_state (subscription) == REFUSED)
    channels_subscription_retry (subscription);
}

static void
test_retry_inside (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = line_subscribe (line, "private-user-7");

  g_signal_connect (subscription, "notify::state", G_CALLBACK (on_pending_retry), NULL);
  line_connect (line);
  line_await_requests (line, 1);
  held_authorizer_refuse (line->authorizer, 0, CHANNELS_ERROR_UNAUTHORIZED);
  line_await_requests (line, 2);
  held_authorizer_grant (line->authorizer, 1, "key:sig", NULL);
  line_await_channel (subscription, SUBSCRIBED);
  line_await_frames (line, "pusher:subscribe", "private-user-7", 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/channels/subscription/" path, Line, NULL, line_set_up, func, line_tear_down)
  ADD ("events", test_events);
  ADD ("names", test_names);
  ADD ("unsubscribe", test_unsubscribe);
  ADD ("private", test_private);
  ADD ("late-reply", test_late_reply);
  ADD ("refused/for-good", test_refused_for_good);
  ADD ("refused/for-now", test_refused_for_now);
  ADD ("refused/authorize-deadline", test_authorize_deadline);
  ADD ("refused/nobody-to-ask", test_nobody_to_ask);
  ADD ("refused/subscription-error", test_subscription_error);
  ADD ("refused/poxa", test_subscription_error_poxa);
  ADD ("refused/reverb", test_reverb_refusal);
  ADD ("refused/subscribe-deadline", test_subscribe_deadline);
  ADD ("existing", test_existing);
  ADD ("gap", test_gap);
  ADD ("presence/members", test_presence);
  ADD ("presence/shapes", test_presence_shapes);
  ADD ("presence/unknown", test_presence_unknown);
  ADD ("inside/unsubscribe", test_unsubscribe_inside);
  ADD ("inside/unsubscribe-by-member", test_unsubscribe_inside_members);
  ADD ("inside/drop-client", test_drop_client_inside);
  ADD ("inside/unsubscribe-when-refused", test_unsubscribe_when_refused);
  ADD ("inside/retry", test_retry_inside);
#undef ADD
  return g_test_run ();
}
