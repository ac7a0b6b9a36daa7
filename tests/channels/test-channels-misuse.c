/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "line.h"
#include "rd-test.h"

/* What programs do that nobody has told them not to: authorisers that call back at once or say nothing, main loops in
 * handlers, clients in other threads, clients that are never run. */

#define SUBSCRIBED CHANNELS_SUBSCRIPTION_SUBSCRIBED
#define REFUSED CHANNELS_SUBSCRIPTION_REFUSED

/* An authoriser that calls back from within, with an answer or with nothing at all */

typedef struct
{
  GObject parent_instance;

  void (*whim) (Line *line); /* (nullable): what is done within the first question */
  Line *line;
  gboolean silent;
  guint batch_size;
  guint n_asked;
} HastyAuthorizer;

typedef struct
{
  GObjectClass parent_class;
} HastyAuthorizerClass;

static GType hasty_authorizer_get_type (void);

static void
hasty_authorizer_authorize_async (ChannelsAuthorizer *authorizer, const char *socket_id, const char *channel_name,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (authorizer, NULL, NULL, NULL);
  HastyAuthorizer *self = (HastyAuthorizer *) authorizer;

  if (self->n_asked++ == 0 && self->whim != NULL)
    self->whim (self->line);
  callback (G_OBJECT (authorizer), G_ASYNC_RESULT (task), user_data);
}

static ChannelsAuthorization *
hasty_authorizer_authorize_finish (ChannelsAuthorizer *authorizer, GAsyncResult *result, GError **error)
{
  return ((HastyAuthorizer *) authorizer)->silent ? NULL : channels_authorization_new ("key:sig", NULL, NULL);
}

static guint
hasty_authorizer_get_batch_size (ChannelsAuthorizer *authorizer)
{
  return ((HastyAuthorizer *) authorizer)->batch_size;
}

static void
hasty_authorizer_authorize_many_async (ChannelsAuthorizer *authorizer, const char *socket_id,
                                       const char *const *channel_names, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data)
{
  hasty_authorizer_authorize_async (authorizer, socket_id, channel_names[0], cancellable, callback, user_data);
}

static GHashTable *
hasty_authorizer_authorize_many_finish (ChannelsAuthorizer *authorizer, GAsyncResult *result, GError **error)
{
  GHashTable *table;

  if (((HastyAuthorizer *) authorizer)->silent)
    return NULL;
  table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) channels_authorization_free);
  g_hash_table_insert (table, g_strdup ("private-a"), channels_authorization_new ("key:sig", NULL, NULL));
  return table;
}

static void
hasty_authorizer_authenticate_user_async (ChannelsAuthorizer *authorizer, const char *socket_id,
                                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  hasty_authorizer_authorize_async (authorizer, socket_id, "", cancellable, callback, user_data);
}

static ChannelsAuthorization *
hasty_authorizer_authenticate_user_finish (ChannelsAuthorizer *authorizer, GAsyncResult *result, GError **error)
{
  return ((HastyAuthorizer *) authorizer)->silent ? NULL
                                                  : channels_authorization_new_for_user ("key:sig", "{\"id\":\"7\"}");
}

static void
hasty_authorizer_authorizer_init (ChannelsAuthorizerInterface *iface)
{
  iface->authorize_async = hasty_authorizer_authorize_async;
  iface->authorize_finish = hasty_authorizer_authorize_finish;
  iface->get_batch_size = hasty_authorizer_get_batch_size;
  iface->authorize_many_async = hasty_authorizer_authorize_many_async;
  iface->authorize_many_finish = hasty_authorizer_authorize_many_finish;
  iface->authenticate_user_async = hasty_authorizer_authenticate_user_async;
  iface->authenticate_user_finish = hasty_authorizer_authenticate_user_finish;
}

G_DEFINE_TYPE_WITH_CODE (HastyAuthorizer, hasty_authorizer, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (CHANNELS_TYPE_AUTHORIZER, hasty_authorizer_authorizer_init))

static void
hasty_authorizer_class_init (HastyAuthorizerClass *klass)
{
}

static void
hasty_authorizer_init (HastyAuthorizer *self)
{
  self->batch_size = 1;
}

static HastyAuthorizer *
use_hasty_authorizer (Line *line)
{
  g_autoptr (GObject) authorizer = g_object_new (hasty_authorizer_get_type (), NULL);

  line_make_client (line, CHANNELS_AUTHORIZER (authorizer));
  ((HastyAuthorizer *) authorizer)->line = line;
  return (HastyAuthorizer *) authorizer;
}

static void
unsubscribe (Line *line)
{
  channels_client_unsubscribe (line->client, "private-a");
}

static void
sign_out (Line *line)
{
  channels_client_sign_out (line->client);
}

static void
stop (Line *line)
{
  channels_client_stop (line->client);
}

static void
drop (Line *line)
{
  g_clear_object (&line->client);
}

/* An authoriser whose application takes away what is just asked for: of a channel that nobody holds, when it is
 * subscribed, and when there is a connection; and of the user */
static void
test_whims (Line *line, gconstpointer data)
{
  static void (*const whims[]) (Line *line) = { unsubscribe, stop, drop, sign_out, stop, drop };
  const guint n_channels = 3;

  for (guint i = 0; i < 2 * G_N_ELEMENTS (whims); i++)
    {
      const guint whim = i / 2;
      HastyAuthorizer *authorizer = use_hasty_authorizer (line);
      const gboolean late = i % 2 == 0;

      authorizer->whim = whims[whim];
      g_object_ref (authorizer);
      if (late)
        line_connect (line);
      if (whim < n_channels)
        g_object_unref (channels_client_subscribe (line->client, "private-a", NULL));
      else
        channels_client_sign_in (line->client);
      if (!late)
        channels_client_start (line->client);
      rd_test_await (authorizer->n_asked == 1);
      rd_test_drain ();
      if (line->client != NULL)
        g_assert_finalize_object (g_steal_pointer (&line->client));
      rd_test_drain ();
      g_assert_cmpuint (scripted_server_count (line->server, "pusher:subscribe", NULL), ==, 0);
      /* A client that is let go of by its own signal's handler lives as long as that. */
      if (authorizer->whim != drop)
        g_assert_cmpuint (scripted_server_count (line->server, "pusher:signin", NULL), ==, 0);
      g_assert_finalize_object (authorizer);
    }
}

static void
test_hasty_answer (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) first = NULL;
  g_autoptr (ChannelsSubscription) second = NULL;
  g_autoptr (ChannelsSubscription) third = NULL;

  (void) use_hasty_authorizer (line);
  first = line_subscribe (line, "private-a");
  line_connect (line);
  line_await_channel (first, SUBSCRIBED);
  second = line_subscribe (line, "private-b");
  line_await_channel (second, SUBSCRIBED);

  /* Given up, or the client gone, before the answer is heard */
  third = line_subscribe (line, "private-c");
  channels_client_unsubscribe (line->client, "private-c");
  rd_test_drain ();
  g_assert_cmpuint (scripted_server_count (line->server, "pusher:subscribe", "private-c"), ==, 0);
  g_clear_object (&third);
  third = line_subscribe (line, "private-d");
  g_assert_finalize_object (g_steal_pointer (&line->client));
  rd_test_drain ();
}

static void
test_hasty_batch (Line *line, gconstpointer data)
{
  HastyAuthorizer *authorizer = use_hasty_authorizer (line);
  g_autoptr (ChannelsSubscription) first = line_subscribe (line, "private-a");
  g_autoptr (ChannelsSubscription) second = line_subscribe (line, "private-b");

  authorizer->batch_size = 2;
  line_connect (line);
  channels_test_clock_advance (line->clock, 0);
  line_await_channel (first, SUBSCRIBED);
  /* The answer was for the first only: the second is asked for alone. */
  channels_test_clock_advance (line->clock, 0);
  line_await_channel (second, SUBSCRIBED);
  g_assert_cmpuint (authorizer->n_asked, ==, 2);
}

static void
test_hasty_user (Line *line, gconstpointer data)
{
  (void) use_hasty_authorizer (line);
  channels_client_sign_in (line->client);
  line_connect (line);
  rd_test_await (scripted_server_count (line->server, "pusher:signin", NULL) == 1);
}

static void
test_no_answer (Line *line, gconstpointer data)
{
  HastyAuthorizer *authorizer = use_hasty_authorizer (line);
  g_autoptr (ChannelsSubscription) first = line_subscribe (line, "private-a");
  g_autoptr (ChannelsSubscription) second = line_subscribe (line, "private-b");

  authorizer->silent = TRUE;
  authorizer->batch_size = 2;
  line_connect (line);
  channels_test_clock_advance (line->clock, 0);
  rd_test_await (authorizer->n_asked == 1);
  rd_test_drain ();
  channels_test_clock_advance (line->clock, 0);
  line_await_channel (first, REFUSED);
  line_await_channel (second, REFUSED);
  g_assert_error (channels_subscription_get_error (first), CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED);
  channels_client_sign_in (line->client);
  g_assert_error (channels_client_get_user_error (line->client), CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED);
}

/* Handlers that wait in a main loop of their own until the client is back */

typedef struct
{
  Line *line;
  guint n_waited;
} Waiter;

static void
wait_for_next (Waiter *waiter)
{
  waiter->n_waited++;
  line_await_return (waiter->line);
}

static void
on_channel_lost (ChannelsSubscription *subscription, GParamSpec *pspec, Waiter *waiter)
{
  if (channels_subscription_get_state (subscription) == CHANNELS_SUBSCRIPTION_PENDING && waiter->n_waited == 0 &&
      channels_client_get_state (waiter->line->client) == CHANNELS_CLIENT_WAITING)
    wait_for_next (waiter);
}

static void
on_user_lost (ChannelsClient *client, GParamSpec *pspec, Waiter *waiter)
{
  if (channels_client_get_user_id (client) == NULL && waiter->n_waited == 0 &&
      channels_client_get_state (client) == CHANNELS_CLIENT_WAITING)
    wait_for_next (waiter);
}

static void
assert_all_there (Line *line, ChannelsSubscription *first, ChannelsSubscription *second)
{
  line_await_channel (first, SUBSCRIBED);
  line_await_channel (second, SUBSCRIBED);
  g_assert_cmpint (channels_client_get_state (line->client), ==, CHANNELS_CLIENT_CONNECTED);
  g_assert_cmpuint (scripted_server_get_n_accepted (line->server), ==, 2);
  g_assert_cmpuint (scripted_server_count (line->server, "pusher:subscribe", "news"), ==, 1);
  g_assert_cmpuint (scripted_server_count (line->server, "pusher:subscribe", "weather"), ==, 1);
}

static void
test_loop_when_channel_lost (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) first = NULL;
  g_autoptr (ChannelsSubscription) second = NULL;
  Waiter waiter = { line, 0 };

  line_make_client (line, NULL);
  first = line_subscribe (line, "news");
  second = line_subscribe (line, "weather");
  line_connect (line);
  line_await_channel (first, SUBSCRIBED);
  line_await_channel (second, SUBSCRIBED);
  g_signal_connect (first, "notify::state", G_CALLBACK (on_channel_lost), &waiter);
  g_signal_connect (second, "notify::state", G_CALLBACK (on_channel_lost), &waiter);
  scripted_server_drop (line->server);
  rd_test_await (waiter.n_waited == 1);
  assert_all_there (line, first, second);
}

static void
test_loop_when_user_lost (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) first = NULL;
  g_autoptr (ChannelsSubscription) second = NULL;
  Waiter waiter = { line, 0 };

  (void) use_hasty_authorizer (line);
  first = line_subscribe (line, "news");
  second = line_subscribe (line, "weather");
  channels_client_sign_in (line->client);
  line_connect (line);
  rd_test_await (scripted_server_count (line->server, "pusher:signin", NULL) == 1);
  scripted_server_send (line->server, "{\"event\":\"pusher:signin_success\",\"data\":{}}");
  rd_test_await (channels_client_get_user_id (line->client) != NULL);
  g_signal_connect (line->client, "notify::user-id", G_CALLBACK (on_user_lost), &waiter);
  scripted_server_drop (line->server);
  rd_test_await (waiter.n_waited == 1);
  assert_all_there (line, first, second);
  g_assert_cmpuint (scripted_server_count (line->server, "pusher:signin", NULL), ==, 1);
}

/* The last reference goes when the first of several properties changes. */
static void
on_error_unref (ChannelsClient *client, GParamSpec *pspec, Line *line)
{
  g_clear_object (&line->client);
}

static void
test_dropped_by_start (Line *line, gconstpointer data)
{
  line_make_client (line, NULL);
  scripted_server_set_listening (line->server, FALSE);
  channels_client_start (line->client);
  line_await (line, CHANNELS_CLIENT_WAITING);
  g_signal_connect (line->client, "notify::error", G_CALLBACK (on_error_unref), line);
  channels_client_start (line->client);
  g_assert_null (line->client);
}

static void
test_dropped_by_probe (Line *line, gconstpointer data)
{
  line_make_client (line, NULL);
  scripted_server_set_listening (line->server, FALSE);
  channels_client_start (line->client);
  line_await (line, CHANNELS_CLIENT_WAITING);
  g_signal_connect (line->client, "notify::error", G_CALLBACK (on_error_unref), line);
  channels_client_probe (line->client);
  g_assert_null (line->client);
}

/* Nobody runs the main loop, and nothing is left all the same. */
static void
test_never_run (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = NULL;

  line_make_client (line, NULL);
  subscription = line_subscribe (line, "news");
  channels_client_start (line->client);
  channels_client_start (line->client);
  channels_client_probe (line->client);
  channels_client_resume (line->client);
  channels_client_unsubscribe (line->client, "weather");
  channels_client_stop (line->client);
  channels_client_stop (line->client);
  channels_client_start (line->client);
  g_assert_finalize_object (g_steal_pointer (&line->client));
  g_assert_cmpint (channels_subscription_get_state (subscription), ==, CHANNELS_SUBSCRIPTION_PENDING);
}

/* What outlives its client says so, and does no harm. */
static void
test_outlived (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = NULL;
  g_autoptr (GError) error = NULL;

  line_make_client (line, NULL);
  subscription = line_subscribe (line, "private-a");
  g_assert_finalize_object (g_steal_pointer (&line->client));
  channels_subscription_retry (subscription);
  g_assert_false (channels_subscription_trigger (subscription, "client-a", NULL, &error));
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_NOT_SUBSCRIBED);
}

/* Properties say what they are given, and take nothing that could not be. */
static void
test_properties (Line *line, gconstpointer data)
{
  static const char *const timeouts[] = { "activity-timeout", "pong-timeout", "handshake-timeout",
                                          "subscribe-timeout", "authorize-timeout" };
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (ChannelsAuthorizer) authorizer = NULL;
  g_autoptr (ChannelsClock) clock = NULL;
  g_autoptr (ChannelsPlain) plain = NULL;
  g_autoptr (ChannelsEndpoint) endpoint = channels_endpoint_new ("key", "localhost", 1, NULL, FALSE, NULL);
  g_autoptr (ChannelsEndpoint) got = NULL;

  line_make_client (line, CHANNELS_AUTHORIZER (line->authorizer));
  g_object_get (line->client, "session", &session, "authorizer", &authorizer, "clock", &clock, "plain", &plain, NULL);
  g_assert_true (session == line->session);
  g_assert_true (authorizer == CHANNELS_AUTHORIZER (line->authorizer));
  g_assert_true (clock == CHANNELS_CLOCK (line->clock));
  g_assert_null (plain);

  g_object_set (line->client, "endpoint", endpoint, NULL);
  g_object_get (line->client, "endpoint", &got, NULL);
  g_assert_true (got == endpoint);
  g_assert_true (channels_client_get_endpoint (line->client) == endpoint);

  /* In milliseconds they have to be a guint, whatever their unit. */
  for (gsize i = 0; i < G_N_ELEMENTS (timeouts); i++)
    {
      const GParamSpecUInt *spec = G_PARAM_SPEC_UINT (
          g_object_class_find_property (G_OBJECT_GET_CLASS (line->client), timeouts[i]));
      guint64 unit = i == 0 ? 1000 : 1;

      g_assert_cmpuint (spec->maximum * unit, <=, G_MAXUINT);
      g_assert_cmpuint (spec->minimum, ==, 1);
    }
}

/* A client in a thread of its own, with a main context of its own */

typedef struct
{
  ChannelsEndpoint *endpoint;
  guint n_connections;
  GMainContext *context;
  gboolean done;  /* atomic: the client is gone */
  gboolean leave; /* atomic: its last words are said */
} Worker;

static gpointer
run_worker (gpointer data)
{
  Worker *worker = data;
  GMainContext *context = worker->context;
  g_autoptr (ChannelsClient) client = NULL;
  g_autoptr (ChannelsSubscription) subscription = NULL;

  g_main_context_push_thread_default (context);
  client = channels_client_new (worker->endpoint, NULL, NULL);
  subscription = channels_client_subscribe (client, "news", NULL);
  for (guint i = 0; i < 2; i++)
    {
      channels_client_start (client);
      while (channels_subscription_get_state (subscription) != SUBSCRIBED)
        g_main_context_iteration (context, TRUE);
      worker->n_connections++;
      channels_client_stop (client);
    }
  channels_client_start (client);
  while (channels_client_get_state (client) != CHANNELS_CLIENT_CONNECTED)
    g_main_context_iteration (context, TRUE);
  g_assert_finalize_object (g_steal_pointer (&client));
  g_atomic_int_set (&worker->done, TRUE);
  while (!g_atomic_int_get (&worker->leave))
    g_main_context_iteration (context, TRUE);
  while (g_main_context_iteration (context, FALSE))
    continue;
  g_main_context_pop_thread_default (context);
  return NULL;
}

static void
test_threads (Line *line, gconstpointer data)
{
  Worker workers[2] = { 0 };
  GThread *threads[G_N_ELEMENTS (workers)];
  g_autoptr (ChannelsSubscription) subscription = NULL;

  /* One more here, in the main thread */
  line_make_client (line, NULL);
  subscription = line_subscribe (line, "news");
  for (gsize i = 0; i < G_N_ELEMENTS (workers); i++)
    {
      workers[i].endpoint = line->endpoint;
      workers[i].context = g_main_context_new ();
      threads[i] = g_thread_new ("client", run_worker, &workers[i]);
    }
  line_connect (line);
  line_await_channel (subscription, SUBSCRIBED);
  for (gsize i = 0; i < G_N_ELEMENTS (workers); i++)
    rd_test_await (g_atomic_int_get (&workers[i].done));
  rd_test_await (scripted_server_get_n_open (line->server) == 1);
  rd_test_drain ();
  for (gsize i = 0; i < G_N_ELEMENTS (workers); i++)
    {
      g_atomic_int_set (&workers[i].leave, TRUE);
      g_main_context_wakeup (workers[i].context);
      g_thread_join (threads[i]);
      g_main_context_unref (workers[i].context);
      g_assert_cmpuint (workers[i].n_connections, ==, 2);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/channels/misuse/" path, Line, NULL, line_set_up_without, func, line_tear_down)
  ADD ("hasty/answer", test_hasty_answer);
  ADD ("hasty/batch", test_hasty_batch);
  ADD ("hasty/user", test_hasty_user);
  ADD ("hasty/whims", test_whims);
  ADD ("no-answer", test_no_answer);
  ADD ("loop-inside/channel-lost", test_loop_when_channel_lost);
  ADD ("loop-inside/user-lost", test_loop_when_user_lost);
  ADD ("dropped-by/start", test_dropped_by_start);
  ADD ("dropped-by/probe", test_dropped_by_probe);
  ADD ("never-run", test_never_run);
  ADD ("outlived", test_outlived);
  ADD ("properties", test_properties);
  ADD ("threads", test_threads);
#undef ADD
  return g_test_run ();
}
