/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <string.h>

#include "channels-error.h"
#include "channels-signal-authorizer.h"
#include "line.h"
#include "rd-test.h"

/* Signatures by signals: answered at once, later, twice, wrongly, or not at all. */

typedef struct
{
  ChannelsSignalAuthorizer *authorizer;
  GCancellable *cancellable;
  ChannelsAuthorizationRequest *request; /* (nullable) */
  GAsyncResult *result;                  /* (nullable) */
} Fixture;

static void
on_authorize_keep (ChannelsSignalAuthorizer *authorizer, ChannelsAuthorizationRequest *request,
                   ChannelsAuthorizationRequest **kept)
{
  g_assert_null (*kept);
  g_assert_true (channels_authorization_request_is_open (request));
  *kept = g_object_ref (request);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->authorizer = channels_signal_authorizer_new ();
  fixture->cancellable = g_cancellable_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  if (fixture->request != NULL)
    g_assert_finalize_object (fixture->request);
  g_assert_finalize_object (fixture->authorizer);
  g_assert_finalize_object (fixture->cancellable);
}

/* Asks for a channel, and has the question kept. */
static void
ask (Fixture *fixture)
{
  g_signal_connect (fixture->authorizer, "authorize", G_CALLBACK (on_authorize_keep), &fixture->request);
  channels_authorizer_authorize_async (CHANNELS_AUTHORIZER (fixture->authorizer), "1.2", "private-a",
                                       fixture->cancellable, rd_test_store_result, &fixture->result);
  g_assert_null (fixture->request);
  rd_test_await (fixture->request != NULL);
  g_assert_null (fixture->result);
  g_assert_cmpstr (channels_authorization_request_get_socket_id (fixture->request), ==, "1.2");
  g_assert_cmpstr (channels_authorization_request_get_channel_name (fixture->request), ==, "private-a");
}

static ChannelsAuthorization *
finish (Fixture *fixture, GError **error)
{
  rd_test_await (fixture->result != NULL);
  return channels_authorizer_authorize_finish (CHANNELS_AUTHORIZER (fixture->authorizer), fixture->result, error);
}

static void
assert_refused (Fixture *fixture, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (finish (fixture, &error));
  g_assert_error (error, domain, code);
}

static void
test_later (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ChannelsAuthorization) first = channels_authorization_new ("key:one", "{\"id\":7}", "c2VjcmV0");
  g_autoptr (ChannelsAuthorization) second = channels_authorization_new ("key:two", NULL, NULL);
  g_autoptr (ChannelsAuthorization) answer = NULL;
  g_autoptr (GError) error = NULL;

  ask (fixture);
  channels_authorization_request_respond (fixture->request, first);
  g_assert_false (channels_authorization_request_is_open (fixture->request));
  channels_authorization_request_respond (fixture->request, second);
  channels_authorization_request_respond_json (fixture->request, "nonsense");
  answer = finish (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer->auth, ==, "key:one");
  g_assert_cmpstr (answer->channel_data, ==, "{\"id\":7}");
  g_assert_cmpstr (answer->shared_secret, ==, "c2VjcmV0");
}

static void
test_json (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ChannelsAuthorization) answer = NULL;

  ask (fixture);
  channels_authorization_request_respond_json (fixture->request, "{\"success\":true,\"data\":{\"auth\":\"key:sig\"}}");
  answer = finish (fixture, NULL);
  g_assert_nonnull (answer);
  g_assert_cmpstr (answer->auth, ==, "key:sig");
}

static void
test_bad_json (Fixture *fixture, gconstpointer data)
{
  ask (fixture);
  channels_authorization_request_respond_json (fixture->request, "<html>");
  assert_refused (fixture, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED);
}

static void
test_failed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) reason = g_error_new_literal (CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED, "Not you");

  ask (fixture);
  channels_authorization_request_fail (fixture->request, reason);
  assert_refused (fixture, CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED);
}

static void
test_given_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ChannelsAuthorization) late = channels_authorization_new ("key:late", NULL, NULL);

  ask (fixture);
  g_cancellable_cancel (fixture->cancellable);
  assert_refused (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (channels_authorization_request_is_open (fixture->request));
  channels_authorization_request_respond (fixture->request, late);
  rd_test_drain ();
}

static void
test_let_go (Fixture *fixture, gconstpointer data)
{
  ask (fixture);
  g_clear_object (&fixture->request);
  g_assert_null (fixture->result);
  assert_refused (fixture, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED);
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  channels_authorizer_authorize_async (CHANNELS_AUTHORIZER (fixture->authorizer), "1.2", "private-a", NULL,
                                       rd_test_store_result, &fixture->result);
  assert_refused (fixture, CHANNELS_ERROR, CHANNELS_ERROR_UNSUPPORTED);
}

static void
test_user (Fixture *fixture, gconstpointer data)
{
  ChannelsAuthorizer *authorizer = CHANNELS_AUTHORIZER (fixture->authorizer);
  g_autoptr (ChannelsAuthorization) signed_user = channels_authorization_new_for_user ("key:sig", "{\"id\":\"7\"}");
  g_autoptr (ChannelsAuthorization) answer = NULL;

  g_signal_connect (authorizer, "authenticate-user", G_CALLBACK (on_authorize_keep), &fixture->request);
  channels_authorizer_authenticate_user_async (authorizer, "1.2", NULL, rd_test_store_result, &fixture->result);
  rd_test_await (fixture->request != NULL);
  g_assert_null (channels_authorization_request_get_channel_name (fixture->request));
  channels_authorization_request_respond (fixture->request, signed_user);
  rd_test_await (fixture->result != NULL);
  answer = channels_authorizer_authenticate_user_finish (authorizer, fixture->result, NULL);
  g_assert_nonnull (answer);
  g_assert_cmpstr (answer->user_data, ==, "{\"id\":\"7\"}");
}

/* With a client */

static void
on_authorize_answer (ChannelsSignalAuthorizer *authorizer, ChannelsAuthorizationRequest *request, gpointer data)
{
  g_autofree char *auth = g_strdup_printf ("key:%s", channels_authorization_request_get_channel_name (request));
  g_autoptr (ChannelsAuthorization) authorization = channels_authorization_new (auth, NULL, NULL);

  channels_authorization_request_respond (request, authorization);
}

static void
test_client (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSignalAuthorizer) authorizer = channels_signal_authorizer_new ();
  g_autoptr (ChannelsSubscription) subscription = NULL;

  g_signal_connect (authorizer, "authorize", G_CALLBACK (on_authorize_answer), NULL);
  line_make_client (line, CHANNELS_AUTHORIZER (authorizer));
  subscription = line_subscribe (line, "private-a");
  line_connect (line);
  line_await_frames (line, "pusher:subscribe", "private-a", 1);
  g_assert_cmpstr (scripted_server_get_last (line->server, "pusher:subscribe", "private-a"), ==,
                   "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"private-a\",\"auth\":\"key:private-a\"}}");
}

typedef enum
{
  UNSUBSCRIBE,
  STOP,
  STOP_AND_START,
  DROP,
} Whim;

typedef struct
{
  Line *line;
  Whim whim;
  guint n;
} Whimsical;

/* The application takes away what it is just asked for, and answers nevertheless. */
static void
on_authorize_whim (ChannelsSignalAuthorizer *authorizer, ChannelsAuthorizationRequest *request, Whimsical *self)
{
  ChannelsClient *client = self->line->client;
  g_autofree char *auth = g_strdup_printf ("key:%u", self->n);
  g_autoptr (ChannelsAuthorization) authorization = channels_authorization_new (auth, NULL, NULL);

  if (self->n++ > 0)
    {
      channels_authorization_request_respond (request, authorization);
      return;
    }
  if (self->whim == UNSUBSCRIBE)
    channels_client_unsubscribe (client, "private-a");
  else if (self->whim == DROP)
    g_clear_object (&self->line->client);
  else
    channels_client_stop (client);
  if (self->whim == STOP_AND_START)
    channels_client_start (client);
  channels_authorization_request_respond (request, authorization);
}

static void
test_client_whims (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSignalAuthorizer) authorizer = channels_signal_authorizer_new ();
  Whimsical whimsical = { line, (Whim) GPOINTER_TO_INT (data), 0 };

  g_signal_connect (authorizer, "authorize", G_CALLBACK (on_authorize_whim), &whimsical);
  line_make_client (line, CHANNELS_AUTHORIZER (authorizer));
  line_connect (line);
  g_object_unref (channels_client_subscribe (line->client, "private-a", NULL));
  rd_test_await (whimsical.n == 1);
  if (whimsical.whim == STOP_AND_START)
    {
      line_await_frames (line, "pusher:subscribe", NULL, 1);
      g_assert_nonnull (strstr (scripted_server_get_last (line->server, "pusher:subscribe", NULL), "\"key:1\""));
      return;
    }
  rd_test_drain ();
  line_await_frames (line, "pusher:subscribe", NULL, 0);
}

/* The client gives up after its deadline; what comes then is for nobody. */
static void
test_client_deadline (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSignalAuthorizer) authorizer = channels_signal_authorizer_new ();
  g_autoptr (ChannelsAuthorization) late = channels_authorization_new ("key:late", NULL, NULL);
  g_autoptr (ChannelsSubscription) subscription = NULL;
  ChannelsAuthorizationRequest *request = NULL;
  guint timeout_ms = 0;

  g_signal_connect (authorizer, "authorize", G_CALLBACK (on_authorize_keep), &request);
  line_make_client (line, CHANNELS_AUTHORIZER (authorizer));
  subscription = line_subscribe (line, "private-a");
  line_connect (line);
  rd_test_await (request != NULL);
  g_object_get (line->client, "authorize-timeout", &timeout_ms, NULL);
  channels_test_clock_advance (line->clock, timeout_ms);
  rd_test_await (!channels_authorization_request_is_open (request));
  channels_authorization_request_respond (request, late);
  rd_test_drain ();
  line_await_frames (line, "pusher:subscribe", NULL, 0);
  g_assert_finalize_object (request);
  /* Whom nobody answers any more is asked again later: not here. */
  channels_client_stop (line->client);
}

#define ADD(name, test) g_test_add ("/channels/signal-authorizer/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("later", test_later);
  ADD ("json", test_json);
  ADD ("bad-json", test_bad_json);
  ADD ("failed", test_failed);
  ADD ("given-up", test_given_up);
  ADD ("let-go", test_let_go);
  ADD ("nobody", test_nobody);
  ADD ("user", test_user);
  g_test_add ("/channels/signal-authorizer/client", Line, NULL, line_set_up_without, test_client, line_tear_down);
  g_test_add ("/channels/signal-authorizer/unsubscribes", Line, GINT_TO_POINTER (UNSUBSCRIBE), line_set_up_without,
              test_client_whims, line_tear_down);
  g_test_add ("/channels/signal-authorizer/stops", Line, GINT_TO_POINTER (STOP), line_set_up_without,
              test_client_whims, line_tear_down);
  g_test_add ("/channels/signal-authorizer/stops-and-starts", Line, GINT_TO_POINTER (STOP_AND_START),
              line_set_up_without, test_client_whims, line_tear_down);
  g_test_add ("/channels/signal-authorizer/drops", Line, GINT_TO_POINTER (DROP), line_set_up_without,
              test_client_whims, line_tear_down);
  g_test_add ("/channels/signal-authorizer/client-deadline", Line, NULL, line_set_up_without, test_client_deadline,
              line_tear_down);
  return g_test_run ();
}
