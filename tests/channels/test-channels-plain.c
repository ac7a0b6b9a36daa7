/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <string.h>

#include "channels-json-private.h"
#include "line.h"
#include "rd-test.h"

/* A client whose server is no Channels server: what is different, and that nothing else is. */

#define HELLO "{\"type\":\"connection_established\",\"user\":7}"
#define PING "{\"type\":\"ping\"}"
#define PONG "{\"type\":\"pong\",\"timestamp\":1}"
#define CALL "{\"event\":\"call-initiated\",\"data\":{\"id\":1}}"

#define TEST_TYPE_PLAIN (test_plain_get_type ())
G_DECLARE_FINAL_TYPE (TestPlain, test_plain, TEST, PLAIN, GObject)

struct _TestPlain
{
  GObject parent_instance;

  ChannelsPlainRules rules;
  const char *path;
  gboolean holding;   /* prepare() is not answered… */
  GTask *held;        /* … and this is the one that waits */
  gboolean hasty;     /* prepare() calls back from within */
  gboolean silent;    /* … and says neither what nor why not */
  int prepare_error;  /* of ChannelsError, or -1 */
  guint n_prepared;
  guint n_refused;
};

static const ChannelsPlainRules *
test_plain_get_rules (ChannelsPlain *plain)
{
  return &TEST_PLAIN (plain)->rules;
}

static void
answer (TestPlain *self, GTask *task)
{
  g_autoptr (GHashTable) headers = NULL;

  if (self->silent)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }
  if (self->prepare_error >= 0)
    {
      g_task_return_new_error (task, CHANNELS_ERROR, self->prepare_error, "no credentials");
      return;
    }
  headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (headers, g_strdup ("Authorization"), g_strdup_printf ("Bearer token-%u", self->n_prepared));
  g_task_return_pointer (task, channels_plain_handshake_new (self->path, headers),
                         (GDestroyNotify) channels_plain_handshake_free);
}

static void
test_plain_prepare_async (ChannelsPlain *plain, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  TestPlain *self = TEST_PLAIN (plain);
  g_autoptr (GTask) task = g_task_new (self, cancellable, self->hasty ? NULL : callback, user_data);

  self->n_prepared++;
  if (self->hasty)
    {
      answer (self, task);
      callback (G_OBJECT (self), G_ASYNC_RESULT (task), user_data);
    }
  else if (self->holding)
    g_set_object (&self->held, task);
  else
    answer (self, task);
}

static ChannelsPlainHandshake *
test_plain_prepare_finish (ChannelsPlain *plain, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
test_plain_read (ChannelsPlain *plain, JsonNode *frame, char **event, JsonNode **data)
{
  JsonObject *object = json_node_get_object (frame);
  const char *name = channels_json_get_string (object, "event");

  if (name == NULL)
    name = channels_json_get_string (object, "type");
  *event = g_strdup (name);
  *data = json_object_has_member (object, "data") ? json_object_get_member (object, "data") : NULL;
  return name != NULL;
}

static void
test_plain_refused (ChannelsPlain *plain)
{
  TEST_PLAIN (plain)->n_refused++;
}

static void
plain_iface_init (ChannelsPlainInterface *iface)
{
  iface->get_rules = test_plain_get_rules;
  iface->prepare_async = test_plain_prepare_async;
  iface->prepare_finish = test_plain_prepare_finish;
  iface->read = test_plain_read;
  iface->refused = test_plain_refused;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestPlain, test_plain, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CHANNELS_TYPE_PLAIN, plain_iface_init))

static void
test_plain_class_init (TestPlainClass *klass)
{
}

static void
test_plain_init (TestPlain *self)
{
  self->rules = (ChannelsPlainRules){ "line", "connection_established", PING, 30, "pong" };
  self->path = "/ws/video-call/7/?v=1";
  self->prepare_error = -1;
}

typedef struct
{
  Line line;
  TestPlain *plain;
  ChannelsSubscription *channel; /* (nullable) */
  GString *events;
  gint64 gap_from;
  guint n_gaps;
} Fixture;

static void
on_event (ChannelsClient *client, ChannelsEvent *event, Fixture *f)
{
  g_autofree char *text = json_to_string (channels_event_get_data (event), FALSE);

  g_string_append_printf (f->events, "%s %s %s\n", channels_event_get_channel (event), channels_event_get_name (event),
                          text);
}

static void
on_error (ChannelsClient *client, const GError *error, const char *channel, Fixture *f)
{
  g_clear_error (&f->line.last_error);
  f->line.last_error = g_error_copy (error);
  f->line.n_errors++;
}

static void
on_gap (ChannelsSubscription *channel, gint64 from, gint64 to, Fixture *f)
{
  f->n_gaps++;
  f->gap_from = from;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChannelsEndpoint) endpoint = NULL;

  line_set_up (&f->line, NULL);
  scripted_server_set_greeting (f->line.server, HELLO);
  f->events = g_string_new (NULL);
  f->plain = g_object_new (TEST_TYPE_PLAIN, NULL);
  endpoint = channels_endpoint_new_plain ("127.0.0.1", scripted_server_get_port (f->line.server), FALSE, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (f->line.client);
  f->line.client = g_object_new (CHANNELS_TYPE_CLIENT, "endpoint", endpoint, "session", f->line.session, "clock",
                                 f->line.clock, "plain", f->plain, NULL);
  g_signal_connect (f->line.client, "event", G_CALLBACK (on_event), f);
  g_signal_connect (f->line.client, "fault", G_CALLBACK (on_error), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->channel);
  g_clear_object (&f->plain->held);
  line_tear_down (&f->line, NULL);
  rd_test_drain ();
  g_assert_finalize_object (f->plain);
  g_string_free (f->events, TRUE);
}

static void
subscribe (Fixture *f)
{
  f->channel = line_subscribe (&f->line, "line");
  g_signal_connect (f->channel, "gap", G_CALLBACK (on_gap), f);
}

static void
test_events (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_object_set (f->line.client, "origin", "https://crm.example", NULL);
  subscribe (f);
  line_connect (&f->line);
  g_assert_cmpint (channels_subscription_get_state (f->channel), ==, CHANNELS_SUBSCRIPTION_SUBSCRIBED);
  g_assert_cmpstr (scripted_server_get_upgrade_path (f->line.server), ==, "/ws/video-call/7/?v=1");
  g_assert_cmpstr (scripted_server_get_upgrade_header (f->line.server, "Authorization"), ==, "Bearer token-1");
  g_assert_cmpstr (scripted_server_get_origin (f->line.server), ==, "https://crm.example");

  scripted_server_send (f->line.server, CALL);
  scripted_server_send (f->line.server, PONG);
  scripted_server_send (f->line.server, HELLO);
  scripted_server_send (f->line.server, "{\"event\":\"bare\"}");
  scripted_server_send (f->line.server, "{\"event\":\"text\",\"data\":\"{\\\"id\\\":2}\"}");
  rd_test_await (strstr (f->events->str, "text") != NULL);
  g_assert_cmpstr (f->events->str, ==, "line call-initiated {\"id\":1}\nline bare null\nline text {\"id\":2}\n");
  g_assert_cmpuint (f->n_gaps, ==, 0);
  g_assert_cmpuint (f->line.n_errors, ==, 0);
  /* Nothing was sent: there is nothing to subscribe. */
  g_assert_cmpuint (scripted_server_count (f->line.server, "pusher:subscribe", NULL), ==, 0);

  g_assert_null (channels_client_subscribe (f->line.client, "another", &error));
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_UNSUPPORTED);
}

static void
test_recovery (Fixture *f, gconstpointer data)
{
  gint64 last;

  subscribe (f);
  line_connect (&f->line);
  channels_test_clock_advance (f->line.clock, 5000);
  scripted_server_send (f->line.server, CALL);
  rd_test_await (f->events->len > 0);
  last = channels_client_get_last_frame (f->line.client);
  scripted_server_drop (f->line.server);
  line_await (&f->line, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (f->line.client), CHANNELS_ERROR, CHANNELS_ERROR_CLOSED);
  g_assert_cmpint (channels_subscription_get_state (f->channel), ==, CHANNELS_SUBSCRIPTION_PENDING);
  line_await_return (&f->line);
  g_assert_cmpuint (f->n_gaps, ==, 1);
  g_assert_cmpint (f->gap_from, ==, last);
  /* The credentials are asked for anew each time. */
  g_assert_cmpstr (scripted_server_get_upgrade_header (f->line.server, "Authorization"), ==, "Bearer token-2");
}

static void
test_no_hello (Fixture *f, gconstpointer data)
{
  scripted_server_set_greeting (f->line.server, NULL);
  channels_client_start (f->line.client);
  rd_test_await (scripted_server_get_n_accepted (f->line.server) == 1);
  g_assert_cmpint (channels_client_get_state (f->line.client), ==, CHANNELS_CLIENT_CONNECTING);
  channels_test_clock_advance (f->line.clock, 10000);
  line_await (&f->line, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (f->line.client), CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT);

  scripted_server_set_greeting (f->line.server, HELLO);
  line_await_return (&f->line);
}

static void
test_none_expected (Fixture *f, gconstpointer data)
{
  f->plain->rules.hello = NULL;
  scripted_server_set_greeting (f->line.server, NULL);
  subscribe (f);
  line_connect (&f->line);
  g_assert_cmpint (channels_subscription_get_state (f->channel), ==, CHANNELS_SUBSCRIPTION_SUBSCRIBED);
  g_assert_cmpint (channels_client_get_last_frame (f->line.client), >, 0);
}

static void
test_ping (Fixture *f, gconstpointer data)
{
  line_connect (&f->line);
  for (guint i = 1; i <= 3; i++)
    {
      /* However busy the server is itself. */
      channels_test_clock_advance (f->line.clock, 29000);
      scripted_server_send (f->line.server, CALL);
      rd_test_await (channels_client_get_last_frame (f->line.client)
                     == channels_clock_get_real_time (CHANNELS_CLOCK (f->line.clock)));
      channels_test_clock_advance (f->line.clock, 1000);
      rd_test_await (scripted_server_count_text (f->line.server, PING) == i);
      channels_test_clock_advance (f->line.clock, 14000);
      scripted_server_send (f->line.server, PONG);
      rd_test_await (channels_client_get_last_frame (f->line.client)
                     == channels_clock_get_real_time (CHANNELS_CLOCK (f->line.clock)));
      g_assert_cmpint (channels_client_get_state (f->line.client), ==, CHANNELS_CLIENT_CONNECTED);
    }
}

static void
test_half_open (Fixture *f, gconstpointer data)
{
  line_connect (&f->line);
  channels_test_clock_advance (f->line.clock, 30000);
  channels_test_clock_advance (f->line.clock, 14999);
  g_assert_cmpint (channels_client_get_state (f->line.client), ==, CHANNELS_CLIENT_CONNECTED);
  channels_test_clock_advance (f->line.clock, 1);
  g_assert_cmpint (channels_client_get_state (f->line.client), ==, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (f->line.client), CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT);
  line_await_return (&f->line);
}

static void
test_probe (Fixture *f, gconstpointer data)
{
  line_connect (&f->line);
  channels_client_probe (f->line.client);
  rd_test_await (scripted_server_count_text (f->line.server, PING) == 1);
  channels_test_clock_advance (f->line.clock, 5000);
  g_assert_cmpint (channels_client_get_state (f->line.client), ==, CHANNELS_CLIENT_WAITING);
}

/* Without a ping of its own, the WebSocket's must do; the server's side of it answers by itself. */
static void
test_websocket_ping (Fixture *f, gconstpointer data)
{
  f->plain->rules.ping = NULL;
  line_connect (&f->line);
  channels_test_clock_advance (f->line.clock, 31000);
  rd_test_await (channels_client_get_last_frame (f->line.client)
                 == channels_clock_get_real_time (CHANNELS_CLOCK (f->line.clock)));
  channels_test_clock_advance (f->line.clock, 16000);
  g_assert_cmpint (channels_client_get_state (f->line.client), ==, CHANNELS_CLIENT_CONNECTED);
  g_assert_cmpuint (f->line.n_errors, ==, 0);
}

static void
test_malformed (Fixture *f, gconstpointer data)
{
  static const char *const frames[] = {
    "", "[]", "null", "1", "\"event\"", "{}", "{", "{\"event\":7}", "{\"event\":null}", "{\"event\":\"\"}",
    "{\"event\":{}}", "{\"data\":{}}", "{\"event\":\"a\"}x", "{/* */\"event\":\"a\"}",
  };

  subscribe (f);
  line_connect (&f->line);
  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_test_message ("%s", frames[i]);
      scripted_server_send (f->line.server, frames[i]);
      rd_test_await (f->line.n_errors == i + 1);
      g_assert_error (f->line.last_error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED);
    }
  scripted_server_send_binary (f->line.server, "\x00\xff", 2);
  rd_test_await (f->line.n_errors == G_N_ELEMENTS (frames) + 1);
  g_assert_cmpuint (f->events->len, ==, 0);
  g_assert_cmpint (channels_client_get_state (f->line.client), ==, CHANNELS_CLIENT_CONNECTED);
}

/* What a Channels server would mean by it is nothing here. */
static void
test_no_protocol (Fixture *f, gconstpointer data)
{
  subscribe (f);
  line_connect (&f->line);
  scripted_server_send (f->line.server, "{\"event\":\"pusher:error\",\"data\":{\"code\":4001}}");
  scripted_server_send (f->line.server, "{\"event\":\"pusher:ping\",\"data\":{}}");
  rd_test_await (strstr (f->events->str, "pusher:ping") != NULL);
  scripted_server_close (f->line.server, 4001, NULL);
  line_await (&f->line, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (f->line.client), CHANNELS_ERROR, CHANNELS_ERROR_CLOSED);
  line_await_return (&f->line);
}

static void
assert_refused_twice (Fixture *f)
{
  line_await (&f->line, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (f->line.client), CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (f->plain->n_refused, ==, 1);
  channels_test_clock_advance (f->line.clock, channels_test_clock_get_next (f->line.clock) + 1);
  line_await (&f->line, CHANNELS_CLIENT_FAILED);
  g_assert_error (channels_client_get_error (f->line.client), CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (f->plain->n_prepared, ==, 2);
  g_assert_cmpuint (channels_test_clock_get_n_timers (f->line.clock), ==, 0);
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  scripted_server_set_upgrade (f->line.server, GPOINTER_TO_UINT (data));
  channels_client_start (f->line.client);
  assert_refused_twice (f);
  g_assert_cmpuint (scripted_server_get_n_upgrades (f->line.server), ==, 2);
  /* With new credentials it is all as before. */
  scripted_server_set_upgrade (f->line.server, 0);
  line_connect (&f->line);
}

static void
test_renewed (Fixture *f, gconstpointer data)
{
  scripted_server_set_upgrade (f->line.server, SOUP_STATUS_UNAUTHORIZED);
  channels_client_start (f->line.client);
  line_await (&f->line, CHANNELS_CLIENT_WAITING);
  scripted_server_set_upgrade (f->line.server, 0);
  line_await_return (&f->line);
  g_assert_cmpstr (scripted_server_get_upgrade_header (f->line.server, "Authorization"), ==, "Bearer token-2");
}

static void
test_closed_as_unauthorized (Fixture *f, gconstpointer data)
{
  line_connect (&f->line);
  scripted_server_close (f->line.server, 4401, NULL);
  line_await (&f->line, CHANNELS_CLIENT_WAITING);
  scripted_server_set_upgrade (f->line.server, SOUP_STATUS_FORBIDDEN);
  assert_refused_twice (f);
}

static void
test_other_status (Fixture *f, gconstpointer data)
{
  scripted_server_set_upgrade (f->line.server, SOUP_STATUS_NOT_FOUND);
  channels_client_start (f->line.client);
  line_await (&f->line, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (f->line.client), CHANNELS_ERROR, CHANNELS_ERROR_NOT_CHANNELS);
  scripted_server_set_upgrade (f->line.server, SOUP_STATUS_SERVICE_UNAVAILABLE);
  channels_test_clock_advance (f->line.clock, channels_test_clock_get_next (f->line.clock) + 1);
  rd_test_await (g_error_matches (channels_client_get_error (f->line.client), CHANNELS_ERROR, CHANNELS_ERROR_SERVER));
  scripted_server_set_upgrade (f->line.server, 0);
  line_await_return (&f->line);
}

/* Nothing was asked of the server, so there is nothing it could have refused. */
static void
test_no_credentials (Fixture *f, gconstpointer data)
{
  f->plain->prepare_error = CHANNELS_ERROR_UNAUTHORIZED;
  channels_client_start (f->line.client);
  line_await (&f->line, CHANNELS_CLIENT_FAILED);
  g_assert_cmpuint (f->plain->n_refused, ==, 0);
  g_assert_cmpuint (f->plain->n_prepared, ==, 1);

  f->plain->prepare_error = CHANNELS_ERROR_UNREACHABLE;
  channels_client_start (f->line.client);
  line_await (&f->line, CHANNELS_CLIENT_WAITING);
  f->plain->prepare_error = -1;
  line_await_return (&f->line);
}

static void
test_held_credentials (Fixture *f, gconstpointer data)
{
  f->plain->holding = TRUE;
  channels_client_start (f->line.client);
  channels_test_clock_advance (f->line.clock, 10000);
  line_await (&f->line, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (f->line.client), CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT);
  /* The answer comes after all, for a try that is over. */
  answer (f->plain, f->plain->held);
  rd_test_drain ();
  g_assert_cmpuint (scripted_server_get_n_upgrades (f->line.server), ==, 0);
  f->plain->holding = FALSE;
  line_await_return (&f->line);
}

static void
test_bad_path (Fixture *f, gconstpointer data)
{
  f->plain->path = "ws";
  channels_client_start (f->line.client);
  line_await (&f->line, CHANNELS_CLIENT_FAILED);
  g_assert_error (channels_client_get_error (f->line.client), CHANNELS_ERROR, CHANNELS_ERROR_INVALID);
}

/* prepare() has it at hand, and calls back at once: the line stands, or has ended before its try is told. */
static void
test_hasty (Fixture *f, gconstpointer data)
{
  f->plain->hasty = TRUE;
  line_connect (&f->line);
  scripted_server_drop (f->line.server);
  f->plain->prepare_error = CHANNELS_ERROR_UNREACHABLE;
  line_await (&f->line, CHANNELS_CLIENT_WAITING);
  channels_test_clock_advance (f->line.clock, 2000);
  g_assert_cmpuint (f->plain->n_prepared, >=, 2);
  g_assert_cmpint (channels_client_get_state (f->line.client), ==, CHANNELS_CLIENT_WAITING);
  g_assert_cmpint (channels_client_get_next_try (f->line.client), !=, 0);
  f->plain->prepare_error = CHANNELS_ERROR_UNAUTHORIZED;
  channels_test_clock_advance (f->line.clock, 3000);
  g_assert_cmpint (channels_client_get_state (f->line.client), ==, CHANNELS_CLIENT_FAILED);
  g_assert_cmpuint (channels_test_clock_get_n_timers (f->line.clock), ==, 0);
}

static void
test_silent (Fixture *f, gconstpointer data)
{
  f->plain->silent = TRUE;
  channels_client_start (f->line.client);
  line_await (&f->line, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (f->line.client), CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED);
  f->plain->silent = FALSE;
  line_await_return (&f->line);
}

/* An interval that is none is no flood of pings. */
static void
test_endless_interval (Fixture *f, gconstpointer data)
{
  f->plain->rules.interval = G_MAXUINT;
  line_connect (&f->line);
  g_assert_cmpuint (channels_test_clock_get_next (f->line.clock), >=, 86399000);
}

static void
test_disconnect (Fixture *f, gconstpointer data)
{
  subscribe (f);
  line_connect (&f->line);
  channels_client_stop (f->line.client);
  g_assert_cmpint (channels_subscription_get_state (f->channel), ==, CHANNELS_SUBSCRIPTION_PENDING);
  rd_test_await (scripted_server_get_n_open (f->line.server) == 0);
  g_assert_cmpuint (channels_test_clock_get_n_timers (f->line.clock), ==, 0);
  line_connect (&f->line);
  g_assert_cmpuint (f->n_gaps, ==, 1);
}

static void
add (const char *path, gconstpointer data, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, data, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/plain/events", NULL, test_events);
  add ("/plain/recovery", NULL, test_recovery);
  add ("/plain/no-hello", NULL, test_no_hello);
  add ("/plain/none-expected", NULL, test_none_expected);
  add ("/plain/ping", NULL, test_ping);
  add ("/plain/half-open", NULL, test_half_open);
  add ("/plain/probe", NULL, test_probe);
  add ("/plain/websocket-ping", NULL, test_websocket_ping);
  add ("/plain/malformed", NULL, test_malformed);
  add ("/plain/no-protocol", NULL, test_no_protocol);
  add ("/plain/refused/401", GUINT_TO_POINTER (401), test_refused);
  add ("/plain/refused/403", GUINT_TO_POINTER (403), test_refused);
  add ("/plain/renewed", NULL, test_renewed);
  add ("/plain/closed-as-unauthorized", NULL, test_closed_as_unauthorized);
  add ("/plain/other-status", NULL, test_other_status);
  add ("/plain/no-credentials", NULL, test_no_credentials);
  add ("/plain/held-credentials", NULL, test_held_credentials);
  add ("/plain/bad-path", NULL, test_bad_path);
  add ("/plain/hasty", NULL, test_hasty);
  add ("/plain/silent", NULL, test_silent);
  add ("/plain/endless-interval", NULL, test_endless_interval);
  add ("/plain/disconnect", NULL, test_disconnect);
  return g_test_run ();
}
