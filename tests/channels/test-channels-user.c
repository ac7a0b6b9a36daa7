/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <string.h>

#include "line.h"
#include "rd-test.h"

/* The sign-in: how it gets onto each socket, what comes of it, and what becomes of one that fails. */

#define USER_DATA "{\"id\":7}"

static void
on_user_id (ChannelsClient *client, GParamSpec *pspec, GString *log)
{
  const char *id = channels_client_get_user_id (client);

  g_string_append_printf (log, "[%s]", id != NULL ? id : "-");
}

static void
on_event (ChannelsClient *client, ChannelsEvent *event, GString *log)
{
  g_string_append_printf (log, "(%s %s)", channels_event_get_channel (event), channels_event_get_name (event));
}

static void
on_watchlist (ChannelsClient *client, const char *name, const char *const *user_ids, GString *log)
{
  g_autofree char *ids = g_strjoinv (",", (char **) user_ids);

  g_string_append_printf (log, "%s %s;", name, ids);
}

static void
on_gap (ChannelsSubscription *subscription, gint64 from, gint64 to, GString *log)
{
  g_string_append (log, "gap");
}

/* Signs in on the socket that is there, as far as @confirmation, the server's answer. */
static void
sign_in (Line *line, const char *confirmation)
{
  guint request = held_authorizer_get_n (line->authorizer);

  channels_client_sign_in (line->client);
  if (channels_client_get_state (line->client) != CHANNELS_CLIENT_CONNECTED)
    line_connect (line);
  line_await_requests (line, request + 1);
  g_assert_cmpstr (held_authorizer_get_channels (line->authorizer, request), ==, "");
  held_authorizer_grant_user (line->authorizer, request, "key:sig", USER_DATA);
  line_await_frames (line, "pusher:signin", NULL, 1);
  line_send_fixture (line, confirmation);
}

static void
test_sign_in (Line *line, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GPtrArray) subscriptions = NULL;

  g_signal_connect (line->client, "notify::user-id", G_CALLBACK (on_user_id), log);
  g_signal_connect (line->client, "event", G_CALLBACK (on_event), log);
  g_assert_null (channels_client_get_user_subscription (line->client));
  sign_in (line, "signed-in");
  g_assert_cmpstr (scripted_server_get_last (line->server, "pusher:signin", NULL), ==,
                   "{\"event\":\"pusher:signin\",\"data\":{\"auth\":\"key:sig\",\"user_data\":\"{\\\"id\\\":7}\"}}");
  line_await_frames (line, "pusher:subscribe", "#server-to-user-7", 1);
  g_assert_cmpstr (scripted_server_get_last (line->server, "pusher:subscribe", NULL), ==,
                   "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"#server-to-user-7\",\"auth\":\"\"}}");
  g_assert_cmpstr (channels_client_get_user_id (line->client), ==, "7");
  line_send_fixture (line, "signed-in");
  line_send_fixture (line, "server-to-other");
  line_send_fixture (line, "server-to-user");
  rd_test_await (strstr (log->str, "invoice") != NULL);
  g_assert_cmpstr (log->str, ==, "[7](#server-to-user-7 invoice)");
  line_await_frames (line, "pusher:subscribe", NULL, 1);

  /* It is not for others to take away. */
  subscriptions = channels_client_dup_subscriptions (line->client);
  g_assert_cmpuint (subscriptions->len, ==, 0);
  g_assert_null (channels_client_subscribe (line->client, "#server-to-user-8", NULL));
  channels_client_unsubscribe (line->client, "#server-to-user-7");
  g_assert_nonnull (channels_client_get_user_subscription (line->client));

  /* The next socket has to be told again, and what it missed is told of. */
  g_signal_connect (channels_client_get_user_subscription (line->client), "gap", G_CALLBACK (on_gap), log);
  g_string_truncate (log, 0);
  scripted_server_drop (line->server);
  line_await (line, CHANNELS_CLIENT_WAITING);
  g_assert_null (channels_client_get_user_id (line->client));
  line_await_return (line);
  line_await_requests (line, 2);
  g_assert_cmpstr (held_authorizer_get_socket_id (line->authorizer, 1), ==, "2.1");
  rd_test_drain ();
  line_await_frames (line, "pusher:subscribe", NULL, 0);
  held_authorizer_grant_user (line->authorizer, 1, "key:sig", USER_DATA);
  line_await_frames (line, "pusher:signin", NULL, 1);
  line_send_fixture (line, "signed-in-soketi");
  line_await_frames (line, "pusher:subscribe", "#server-to-user-7", 1);
  rd_test_await (strstr (log->str, "gap") != NULL);
  g_assert_cmpstr (log->str, ==, "[-][7]gap");
  g_assert_cmpuint (line->n_errors, ==, 0);
}

/* A confirmation that does not say whom it confirms means whom we said we are. */
static void
test_bare_confirmation (Line *line, gconstpointer data)
{
  sign_in (line, "signed-in-bare");
  rd_test_await (channels_client_get_user_id (line->client) != NULL);
  g_assert_cmpstr (channels_client_get_user_id (line->client), ==, "7");
}

/* Somebody else by the next socket: what is sent to the first is no longer ours. */
static void
test_other_user (Line *line, gconstpointer data)
{
  line_connect (line);
  line_send_fixture (line, "signed-in");
  sign_in (line, "signed-in");
  line_await_frames (line, "pusher:subscribe", "#server-to-user-7", 1);
  scripted_server_drop (line->server);
  line_await_return (line);
  line_await_requests (line, 2);
  held_authorizer_grant_user (line->authorizer, 1, "key:sig", "{\"id\":\"8\"}");
  line_await_frames (line, "pusher:signin", NULL, 1);
  line_send_fixture (line, "signed-in-other");
  line_await_frames (line, "pusher:subscribe", "#server-to-user-8", 1);
  line_await_frames (line, "pusher:subscribe", NULL, 1);
  g_assert_cmpstr (channels_client_get_user_id (line->client), ==, "8");
}

/* An answer after the deadline is an answer. */
static void
test_late_confirmation (Line *line, gconstpointer data)
{
  channels_client_sign_in (line->client);
  line_connect (line);
  line_await_requests (line, 1);
  held_authorizer_grant_user (line->authorizer, 0, "key:sig", USER_DATA);
  line_await_frames (line, "pusher:signin", NULL, 1);
  channels_test_clock_advance (line->clock, 10000);
  g_assert_error (channels_client_get_user_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT);
  line_send_fixture (line, "signed-in");
  line_await_frames (line, "pusher:subscribe", "#server-to-user-7", 1);
  g_assert_null (channels_client_get_user_error (line->client));
  channels_test_clock_advance (line->clock, 5000);
  line_await_requests (line, 1);
}

static void
test_watchlist (Line *line, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (line->client, "watchlist", G_CALLBACK (on_watchlist), log);
  line_connect (line);
  line_send_fixture (line, "watchlist");
  sign_in (line, "signed-in");
  line_send_fixture (line, "watchlist");
  line_send_fixture (line, "watchlist-odd");
  rd_test_await (strstr (log->str, "11") != NULL);
  g_assert_cmpstr (log->str, ==, "online 8,9;offline 10;online 11;");
}

static void
on_watchlist_sign_out (ChannelsClient *client, const char *name, const char *const *user_ids, guint *n)
{
  (*n)++;
  channels_client_sign_out (client);
}

static void
on_watchlist_drop (ChannelsClient *client, const char *name, const char *const *user_ids, Line *line)
{
  g_clear_object (&line->client);
}

static void
test_watchlist_inside (Line *line, gconstpointer data)
{
  guint n = 0;

  g_signal_connect (line->client, "watchlist", G_CALLBACK (on_watchlist_sign_out), &n);
  sign_in (line, "signed-in");
  line_send_fixture (line, "watchlist");
  rd_test_await (n > 0);
  line_await (line, CHANNELS_CLIENT_CONNECTED);
  g_assert_cmpuint (n, ==, 1);
  g_signal_handlers_disconnect_by_data (line->client, &n);
  g_signal_connect (line->client, "watchlist", G_CALLBACK (on_watchlist_drop), line);
  sign_in (line, "signed-in");
  line_send_fixture (line, "watchlist");
  rd_test_await (line->client == NULL);
}

static void
test_sign_out (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) news = line_subscribe (line, "news");

  sign_in (line, "signed-in");
  line_await_frames (line, "pusher:subscribe", "#server-to-user-7", 1);

  /* The server can be made to forget only with the socket. */
  channels_client_sign_out (line->client);
  g_assert_null (channels_client_get_user_id (line->client));
  g_assert_null (channels_client_get_user_subscription (line->client));
  rd_test_await (scripted_server_get_n_accepted (line->server) == 2);
  line_await (line, CHANNELS_CLIENT_CONNECTED);
  line_await_channel (news, CHANNELS_SUBSCRIPTION_SUBSCRIBED);
  line_await_frames (line, "pusher:subscribe", NULL, 1);
  line_await_requests (line, 1);

  /* One that was never told has nothing to forget. */
  channels_client_sign_out (line->client);
  rd_test_drain ();
  g_assert_cmpuint (scripted_server_get_n_accepted (line->server), ==, 2);
}

static void
assert_failed (Line *line, int code)
{
  rd_test_await (line->n_errors > 0);
  g_assert_error (line->last_error, CHANNELS_ERROR, code);
  g_assert_null (line->last_error_channel);
  g_assert_error (channels_client_get_user_error (line->client), CHANNELS_ERROR, code);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_CONNECTED);
  line->n_errors = 0;
}

/* soketi says nothing where users are turned off. */
static void
test_no_answer (Line *line, gconstpointer data)
{
  channels_client_sign_in (line->client);
  line_connect (line);
  line_await_requests (line, 1);
  channels_test_clock_advance (line->clock, 10000);
  assert_failed (line, CHANNELS_ERROR_TIMED_OUT);
  g_assert_true (held_authorizer_is_cancelled (line->authorizer, 0));
  held_authorizer_grant_user (line->authorizer, 0, "late", USER_DATA);

  channels_test_clock_advance (line->clock, 3000);
  line_await_requests (line, 2);
  held_authorizer_grant_user (line->authorizer, 1, "key:sig", USER_DATA);
  line_await_frames (line, "pusher:signin", NULL, 1);
  channels_test_clock_advance (line->clock, 10000);
  assert_failed (line, CHANNELS_ERROR_TIMED_OUT);

  channels_client_sign_in (line->client);
  line_await_requests (line, 3);
  held_authorizer_grant_user (line->authorizer, 2, "key:sig", USER_DATA);
  line_await_frames (line, "pusher:signin", NULL, 2);
  line_send_fixture (line, "signed-in");
  rd_test_await (channels_client_get_user_id (line->client) != NULL);
  g_assert_null (channels_client_get_user_error (line->client));
}

/* Reverb knows no sign-in, and says so without a close: nothing is tried again, and the socket stays. */
static void
test_reverb (Line *line, gconstpointer data)
{
  sign_in (line, "reverb-unsupported-event");
  assert_failed (line, CHANNELS_ERROR_UNSUPPORTED);
  channels_test_clock_advance (line->clock, 20000);
  line_await_requests (line, 1);
  g_assert_cmpuint (scripted_server_get_n_accepted (line->server), ==, 1);

  /* Not about the sign-in any more. */
  line_send_fixture (line, "reverb-unsupported-event");
  rd_test_await (line->n_errors > 0);
  g_assert_error (line->last_error, CHANNELS_ERROR, CHANNELS_ERROR_SERVER);
}

static void
test_refused (Line *line, gconstpointer data)
{
  channels_client_sign_in (line->client);
  line_connect (line);
  line_await_requests (line, 1);
  held_authorizer_refuse (line->authorizer, 0, CHANNELS_ERROR_UNAUTHORIZED);
  assert_failed (line, CHANNELS_ERROR_UNAUTHORIZED);
  scripted_server_drop (line->server);
  line_await_return (line);
  rd_test_drain ();
  line_await_requests (line, 1);

  channels_client_sign_in (line->client);
  line_await_requests (line, 2);
  held_authorizer_grant (line->authorizer, 1, "key:sig", NULL);
  assert_failed (line, CHANNELS_ERROR_MALFORMED);
  channels_test_clock_advance (line->clock, 3000);
  line_await_requests (line, 3);
  held_authorizer_refuse (line->authorizer, 2, CHANNELS_ERROR_SERVER);
  assert_failed (line, CHANNELS_ERROR_SERVER);
}

static void
test_nobody_to_ask (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsClient) client = g_object_new (CHANNELS_TYPE_CLIENT, "endpoint", line->endpoint, "session",
                                                    line->session, "clock", line->clock, NULL);

  channels_client_sign_in (client);
  channels_client_start (client);
  rd_test_await (channels_client_get_user_error (client) != NULL);
  g_assert_error (channels_client_get_user_error (client), CHANNELS_ERROR, CHANNELS_ERROR_UNSUPPORTED);
}

/* Kicked out by `terminate_connections`: one try with fresh signatures, and no second. */
static void
test_terminated (Line *line, gconstpointer data)
{
  sign_in (line, "signed-in");
  rd_test_await (channels_client_get_user_id (line->client) != NULL);
  scripted_server_close (line->server, 4009, "You got disconnected by the app.");
  line_await_return (line);
  line_await_requests (line, 2);
  g_assert_cmpstr (held_authorizer_get_socket_id (line->authorizer, 1), ==, "2.1");
  held_authorizer_grant_user (line->authorizer, 1, "key:sig", USER_DATA);
  line_await_frames (line, "pusher:signin", NULL, 1);
  scripted_server_close (line->server, 4009, "You got disconnected by the app.");
  line_await (line, CHANNELS_CLIENT_FAILED);
  g_assert_cmpint (channels_client_get_close_code (line->client), ==, 4009);
  g_assert_error (channels_client_get_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/channels/user/" path, Line, NULL, line_set_up, func, line_tear_down)
  ADD ("sign-in", test_sign_in);
  ADD ("bare-confirmation", test_bare_confirmation);
  ADD ("other-user", test_other_user);
  ADD ("late-confirmation", test_late_confirmation);
  ADD ("watchlist", test_watchlist);
  ADD ("watchlist/inside", test_watchlist_inside);
  ADD ("sign-out", test_sign_out);
  ADD ("failed/no-answer", test_no_answer);
  ADD ("failed/reverb", test_reverb);
  ADD ("failed/refused", test_refused);
  ADD ("failed/nobody-to-ask", test_nobody_to_ask);
  ADD ("terminated", test_terminated);
#undef ADD
  return g_test_run ();
}
