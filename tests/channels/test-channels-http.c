/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <string.h>

#include "channels-error.h"
#include "channels-http-authorizer.h"
#include "channels-publisher.h"
#include "channels-secretbox-private.h"
#include "channels-signature-private.h"
#include "channels-test-clock.h"
#include "rd-test.h"
#include "scripted-server.h"

/* The HTTP authoriser and the publisher against a server in this process. */

/* The worked example of the public Channels documents. */
#define KEY "278d425bdf160c739803"
#define SECRET "7ad3773142a6692b25b8"

typedef struct
{
  ScriptedServer *server;
  ChannelsTestClock *clock;
  SoupSession *session;
  ChannelsHttpAuthorizer *authorizer;
  ChannelsPublisher *publisher;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer encoding)
{
  g_autoptr (ChannelsEndpoint) endpoint = NULL;
  g_autofree char *uri = NULL;

  fixture->server = scripted_server_new ();
  fixture->clock = channels_test_clock_new ();
  fixture->session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  uri = scripted_server_dup_http_uri (fixture->server, "/auth");
  fixture->authorizer = channels_http_authorizer_new (fixture->session, uri, GPOINTER_TO_INT (encoding));
  endpoint = channels_endpoint_new (KEY, "127.0.0.1", scripted_server_get_port (fixture->server), NULL, FALSE, NULL);
  fixture->publisher = channels_publisher_new (endpoint, fixture->session, "3", SECRET);
  g_object_set (fixture->authorizer, "clock", fixture->clock, NULL);
  g_object_set (fixture->publisher, "clock", fixture->clock, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->authorizer);
  g_assert_finalize_object (fixture->publisher);
  soup_session_abort (fixture->session);
  rd_test_drain ();
  g_assert_finalize_object (fixture->session);
  g_assert_cmpuint (channels_test_clock_get_n_timers (fixture->clock), ==, 0);
  g_assert_finalize_object (fixture->clock);
  scripted_server_free (fixture->server);
}

static ChannelsAuthorization *
authorize (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  channels_authorizer_authorize_async (CHANNELS_AUTHORIZER (fixture->authorizer), "1.2", "private-a b", NULL,
                                       rd_test_store_result, &result);
  rd_test_await (result != NULL);
  return channels_authorizer_authorize_finish (CHANNELS_AUTHORIZER (fixture->authorizer), result, error);
}

static void
assert_refused (Fixture *fixture, guint status, const char *body, int code)
{
  g_autoptr (GError) error = NULL;

  scripted_server_set_auth (fixture->server, status, body);
  g_assert_null (authorize (fixture, &error));
  g_assert_error (error, CHANNELS_ERROR, code);
  g_assert_null (strstr (error->message, "secret-token"));
}

static void
test_form (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChannelsAuthorization) authorization = NULL;
  g_autoptr (GHashTable) form = NULL;

  scripted_server_set_auth (fixture->server, 200, "{\"auth\":\"key:sig\",\"channel_data\":\"{\\\"user_id\\\": 7}\"}");
  channels_http_authorizer_set_header (fixture->authorizer, "Authorization", "Bearer secret-token");
  channels_http_authorizer_set_header (fixture->authorizer, "X-Gone", "1");
  channels_http_authorizer_set_header (fixture->authorizer, "X-Gone", NULL);
  channels_http_authorizer_set_param (fixture->authorizer, "extra", "a&b");
  authorization = authorize (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (authorization->auth, ==, "key:sig");
  g_assert_cmpstr (authorization->channel_data, ==, "{\"user_id\": 7}");
  g_assert_null (authorization->shared_secret);

  form = soup_form_decode (scripted_server_get_request_body (fixture->server));
  g_assert_cmpstr (g_hash_table_lookup (form, "socket_id"), ==, "1.2");
  g_assert_cmpstr (g_hash_table_lookup (form, "channel_name"), ==, "private-a b");
  g_assert_cmpstr (g_hash_table_lookup (form, "extra"), ==, "a&b");
  g_assert_cmpstr (scripted_server_get_request_header (fixture->server, "Authorization"), ==, "Bearer secret-token");
  g_assert_cmpstr (scripted_server_get_request_header (fixture->server, "Content-Type"), ==,
                   "application/x-www-form-urlencoded");
  g_assert_null (scripted_server_get_request_header (fixture->server, "X-Gone"));
}

static void
test_json (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChannelsAuthorization) authorization = NULL;
  g_autoptr (JsonNode) body = NULL;

  scripted_server_set_auth (fixture->server, 200, "{\"success\":true,\"data\":{\"auth\":\"key:sig\"}}");
  authorization = authorize (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (authorization->auth, ==, "key:sig");
  body = json_from_string (scripted_server_get_request_body (fixture->server), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (body), "channel_name"), ==, "private-a b");
  g_assert_cmpstr (scripted_server_get_request_header (fixture->server, "Content-Type"), ==, "application/json");
}

static GHashTable *
authorize_many (Fixture *fixture, GError **error)
{
  const char *const names[] = { "private-a", "presence-b", "private-c", NULL };
  g_autoptr (GAsyncResult) result = NULL;

  channels_authorizer_authorize_many_async (CHANNELS_AUTHORIZER (fixture->authorizer), "1.2", names, NULL,
                                            rd_test_store_result, &result);
  rd_test_await (result != NULL);
  return channels_authorizer_authorize_many_finish (CHANNELS_AUTHORIZER (fixture->authorizer), result, error);
}

static void
test_batch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) authorizations = NULL;
  g_autoptr (GHashTable) form = NULL;
  const ChannelsAuthorization *authorization;

  g_assert_cmpuint (channels_authorizer_get_batch_size (CHANNELS_AUTHORIZER (fixture->authorizer)), ==, 1);
  channels_http_authorizer_set_batch_size (fixture->authorizer, 50);
  g_assert_cmpuint (channels_authorizer_get_batch_size (CHANNELS_AUTHORIZER (fixture->authorizer)), ==, 50);
  scripted_server_set_auth (fixture->server, 200,
                            "{\"private-a\":{\"status\":200,\"data\":{\"auth\":\"key:a\"}},"
                            "\"presence-b\":{\"data\":{\"auth\":\"key:b\",\"channel_data\":\"{}\"}},"
                            "\"private-c\":{\"status\":403,\"data\":{\"auth\":\"key:c\"}},\"private-d\":7}");
  authorizations = authorize_many (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (authorizations), ==, 2);
  authorization = g_hash_table_lookup (authorizations, "private-a");
  g_assert_cmpstr (authorization->auth, ==, "key:a");
  authorization = g_hash_table_lookup (authorizations, "presence-b");
  g_assert_cmpstr (authorization->channel_data, ==, "{}");
  form = soup_form_decode (scripted_server_get_request_body (fixture->server));
  g_assert_cmpstr (g_hash_table_lookup (form, "channel_name[0]"), ==, "private-a");
  g_assert_cmpstr (g_hash_table_lookup (form, "channel_name[2]"), ==, "private-c");
  g_assert_cmpstr (g_hash_table_lookup (form, "socket_id"), ==, "1.2");
  g_assert_cmpuint (g_hash_table_size (form), ==, 4);
}

static void
test_batch_refusals (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *body;
    int code;
  } cases[] = {
    { 403, "{}", CHANNELS_ERROR_UNAUTHORIZED },
    { 500, "{}", CHANNELS_ERROR_SERVER },
    { 200, "[]", CHANNELS_ERROR_MALFORMED },
    { 200, "<html>", CHANNELS_ERROR_MALFORMED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      scripted_server_set_auth (fixture->server, cases[i].status, cases[i].body);
      g_assert_null (authorize_many (fixture, &error));
      g_assert_error (error, CHANNELS_ERROR, cases[i].code);
    }
}

static void
test_batch_json (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) authorizations = NULL;

  scripted_server_set_auth (fixture->server, 200, "{}");
  authorizations = authorize_many (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (authorizations), ==, 0);
  g_assert_cmpstr (scripted_server_get_request_body (fixture->server), ==,
                   "{\"socket_id\":\"1.2\",\"channel_name\":[\"private-a\",\"presence-b\",\"private-c\"]}");
}

static ChannelsAuthorization *
authenticate (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  channels_authorizer_authenticate_user_async (CHANNELS_AUTHORIZER (fixture->authorizer), "1.2", NULL,
                                               rd_test_store_result, &result);
  rd_test_await (result != NULL);
  return channels_authorizer_authenticate_user_finish (CHANNELS_AUTHORIZER (fixture->authorizer), result, error);
}

static void
test_user (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = scripted_server_dup_http_uri (fixture->server, "/auth/user");
  g_autoptr (GError) error = NULL;
  g_autoptr (ChannelsAuthorization) authorization = NULL;
  g_autoptr (GHashTable) form = NULL;

  g_assert_null (authenticate (fixture, &error));
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_UNSUPPORTED);
  g_clear_error (&error);

  channels_http_authorizer_set_user_uri (fixture->authorizer, uri);
  scripted_server_set_auth (fixture->server, 200, "{\"auth\":\"key:sig\",\"user_data\":\"{ \\\"id\\\": 7}\"}");
  authorization = authenticate (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (authorization->user_data, ==, "{ \"id\": 7}");
  form = soup_form_decode (scripted_server_get_request_body (fixture->server));
  g_assert_cmpuint (g_hash_table_size (form), ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (form, "socket_id"), ==, "1.2");
  g_assert_true (g_str_has_prefix (scripted_server_get_request_path (fixture->server), "/auth/user"));

  scripted_server_set_auth (fixture->server, 403, "{}");
  g_assert_null (authenticate (fixture, &error));
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED);
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (200000, ' ');

  channels_http_authorizer_set_header (fixture->authorizer, "Authorization", "Bearer secret-token");
  assert_refused (fixture, 401, "{}", CHANNELS_ERROR_UNAUTHORIZED);
  assert_refused (fixture, 403, "Forbidden secret-token", CHANNELS_ERROR_UNAUTHORIZED);
  assert_refused (fixture, 419, "{}", CHANNELS_ERROR_UNAUTHORIZED);
  assert_refused (fixture, 302, "", CHANNELS_ERROR_SERVER);
  assert_refused (fixture, 404, "", CHANNELS_ERROR_SERVER);
  assert_refused (fixture, 500, "{\"auth\":\"key:sig\"}", CHANNELS_ERROR_SERVER);
  assert_refused (fixture, 200, "<html>secret-token</html>", CHANNELS_ERROR_MALFORMED);
  assert_refused (fixture, 200, "", CHANNELS_ERROR_MALFORMED);
  assert_refused (fixture, 200, "[]", CHANNELS_ERROR_MALFORMED);
  assert_refused (fixture, 200, "{\"auth\":7}", CHANNELS_ERROR_MALFORMED);
  assert_refused (fixture, 200, "{\"auth\":\"a\",\"channel_data\":{}}", CHANNELS_ERROR_MALFORMED);
  assert_refused (fixture, 200, "{\"success\":false}", CHANNELS_ERROR_MALFORMED);
  assert_refused (fixture, 200, large, CHANNELS_ERROR_TOO_LARGE);
}

static void
test_deadline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  scripted_server_set_auth (fixture->server, 0, NULL);
  g_object_set (fixture->authorizer, "timeout", 10000, NULL);
  channels_authorizer_authorize_async (CHANNELS_AUTHORIZER (fixture->authorizer), "1.2", "private-a", NULL,
                                       rd_test_store_result, &result);
  rd_test_await (scripted_server_get_n_requests (fixture->server) == 1);
  channels_test_clock_advance (fixture->clock, 9999);
  rd_test_drain ();
  g_assert_null (result);
  channels_test_clock_advance (fixture->clock, 1);
  rd_test_await (result != NULL);
  g_assert_null (
      channels_authorizer_authorize_finish (CHANNELS_AUTHORIZER (fixture->authorizer), result, &error));
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  scripted_server_set_auth (fixture->server, 0, NULL);
  channels_authorizer_authorize_async (CHANNELS_AUTHORIZER (fixture->authorizer), "1.2", "private-a", cancellable,
                                       rd_test_store_result, &result);
  rd_test_await (scripted_server_get_n_requests (fixture->server) == 1);
  g_cancellable_cancel (cancellable);
  rd_test_await (result != NULL);
  g_assert_null (
      channels_authorizer_authorize_finish (CHANNELS_AUTHORIZER (fixture->authorizer), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_unreachable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  scripted_server_set_listening (fixture->server, FALSE);
  g_assert_null (authorize (fixture, &error));
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_UNREACHABLE);
}

static void
test_signature (void)
{
  g_autofree char *query = channels_signature_api_query (
      KEY, SECRET, "/apps/3/events",
      "{\"name\":\"foo\",\"channels\":[\"project-3\"],\"data\":\"{\\\"some\\\":\\\"data\\\"}\"}", 1353088179);
  g_autofree char *auth = channels_signature_sign (SECRET, "1234.1234:private-foobar");

  g_assert_cmpstr (query, ==,
                   "auth_key=" KEY "&auth_timestamp=1353088179&auth_version=1.0"
                   "&body_md5=ec365a775a4cd0599faeb73354201b6f"
                   "&auth_signature=da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c");
  g_assert_cmpstr (auth, ==, "58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4");
}

static gboolean
trigger (Fixture *fixture, const char *channel, const char *event, const char *data, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  channels_publisher_trigger_async (fixture->publisher, channel, event, data, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  return channels_publisher_trigger_finish (fixture->publisher, result, error);
}

static void
test_trigger (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *path = NULL;
  const char *body;

  scripted_server_set_auth (fixture->server, 200, "{}");
  g_assert_true (trigger (fixture, "project-3", "foo", "{\"some\":\"data\"}", &error));
  g_assert_no_error (error);
  body = scripted_server_get_request_body (fixture->server);
  g_assert_cmpstr (body, ==,
                   "{\"name\":\"foo\",\"channels\":[\"project-3\"],\"data\":\"{\\\"some\\\":\\\"data\\\"}\"}");
  expected = channels_signature_api_query (KEY, SECRET, "/apps/3/events", body,
                                           channels_clock_get_real_time (CHANNELS_CLOCK (fixture->clock)) /
                                               G_USEC_PER_SEC);
  path = g_strconcat ("/apps/3/events?", expected, NULL);
  g_assert_cmpstr (scripted_server_get_request_path (fixture->server), ==, path);
}

static void
assert_not_triggered (Fixture *fixture, guint status, const char *channel, const char *data, int code)
{
  g_autoptr (GError) error = NULL;

  scripted_server_set_auth (fixture->server, status, "no: " SECRET SECRET SECRET);
  g_assert_false (trigger (fixture, channel, "foo", data, &error));
  g_assert_error (error, CHANNELS_ERROR, code);
  g_assert_null (strstr (error->message, SECRET SECRET SECRET));
}

/* The event's data that the server was sent */
static char *
dup_sent_data (Fixture *fixture)
{
  g_autoptr (JsonNode) body = json_from_string (scripted_server_get_request_body (fixture->server), NULL);

  return g_strdup (json_object_get_string_member (json_node_get_object (body), "data"));
}

static void
test_trigger_encrypted (Fixture *fixture, gconstpointer data)
{
  /* What the public documents say of a channel's key: base64 of SHA-256 over name and key */
  static const char *const master_key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  g_autoptr (ChannelsSecretbox) box = channels_secretbox_new ("P6p55DZY9I5G6p7ZDYT+USFMFWC0qykLs4vSk5z/lWI=", NULL);
  g_autoptr (ChannelsSealed) sealed = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sent = NULL;
  g_autofree char *text = NULL;

  scripted_server_set_auth (fixture->server, 200, "{}");
  g_assert_false (trigger (fixture, "private-encrypted-a", "told", "{}", &error));
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_assert_false (channels_publisher_set_encryption_key (fixture->publisher, "AAAA", &error));
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpuint (scripted_server_get_n_requests (fixture->server), ==, 0);

  g_assert_true (channels_publisher_set_encryption_key (fixture->publisher, master_key, &error));
  g_assert_true (trigger (fixture, "private-encrypted-a", "told", "{\"a\":1}", &error));
  g_assert_no_error (error);
  sent = dup_sent_data (fixture);
  node = json_from_string (sent, &error);
  g_assert_no_error (error);
  sealed = channels_sealed_new (node, &error);
  g_assert_no_error (error);
  text = channels_secretbox_open (box, sealed, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "{\"a\":1}");
}

static void
test_trigger_to_user (Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = { "#server-to-user-", "#other", "#server-to-user" };
  g_autoptr (GError) error = NULL;

  scripted_server_set_auth (fixture->server, 200, "{}");
  g_assert_true (trigger (fixture, "#server-to-user-7", "told", "{}", &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (scripted_server_get_request_body (fixture->server), "[\"#server-to-user-7\"]"));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (trigger (fixture, wrong[i], "told", "{}", &error));
      g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID);
      g_clear_error (&error);
    }
}

static void
test_trigger_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (10241, 'a');

  assert_not_triggered (fixture, 401, "a", "{}", CHANNELS_ERROR_UNAUTHORIZED);
  assert_not_triggered (fixture, 400, "a", "{}", CHANNELS_ERROR_REJECTED);
  assert_not_triggered (fixture, 413, "a", "{}", CHANNELS_ERROR_TOO_LARGE);
  assert_not_triggered (fixture, 500, "a", "{}", CHANNELS_ERROR_SERVER);
  assert_not_triggered (fixture, 200, "a b", "{}", CHANNELS_ERROR_INVALID);
  assert_not_triggered (fixture, 200, "a", large, CHANNELS_ERROR_TOO_LARGE);
}

int
main (int argc, char **argv)
{
  gpointer form = GINT_TO_POINTER (CHANNELS_HTTP_ENCODING_FORM);
  gpointer json = GINT_TO_POINTER (CHANNELS_HTTP_ENCODING_JSON);

  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, func) g_test_add ("/channels/" path, Fixture, data, set_up, func, tear_down)
  ADD ("http-authorizer/form", form, test_form);
  ADD ("http-authorizer/json", json, test_json);
  ADD ("http-authorizer/refusals", form, test_refusals);
  ADD ("http-authorizer/deadline", form, test_deadline);
  ADD ("http-authorizer/cancel", form, test_cancel);
  ADD ("http-authorizer/unreachable", form, test_unreachable);
  ADD ("http-authorizer/batch/form", form, test_batch);
  ADD ("http-authorizer/batch/json", json, test_batch_json);
  ADD ("http-authorizer/batch/refusals", form, test_batch_refusals);
  ADD ("http-authorizer/user", form, test_user);
  ADD ("publisher/trigger", form, test_trigger);
  ADD ("publisher/encrypted", form, test_trigger_encrypted);
  ADD ("publisher/to-user", form, test_trigger_to_user);
  ADD ("publisher/refused", form, test_trigger_refused);
#undef ADD
  g_test_add_func ("/channels/publisher/signature", test_signature);
  return g_test_run ();
}
