/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>

#include "connect-proxy.h"
#include "rd-cli-run.h"
#include "rd-demo-channels.h"
#include "rd-test.h"

/* `ringdown watch` and `ringdown trigger` against the demo's Channels server. */

#define APP "1"
#define KEY "demo-key"
#define SECRET "demo-secret"

typedef struct
{
  RdDemoChannels *channels;
  SoupServer *site; /* signs for private channels */
  char *auth_uri;
  char *auth_header; /* what the site was sent */
  guint auth_status;
  char *port;
  char *dir;
  char *secret_file;
} Fixture;

static void
on_auth (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Fixture *fixture = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GHashTable) form = soup_form_decode (body->data);
  g_autofree char *auth = NULL;
  g_autofree char *reply = NULL;

  g_free (fixture->auth_header);
  fixture->auth_header = g_strdup (soup_message_headers_get_one (headers, "Authorization"));
  auth = rd_demo_channels_authorize (fixture->channels, APP, g_hash_table_lookup (form, "socket_id"),
                                     g_hash_table_lookup (form, "channel_name"), NULL);
  reply = g_strdup_printf ("{\"auth\":\"%s\"}", auth);
  soup_server_message_set_status (message, fixture->auth_status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, reply, strlen (reply));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  fixture->channels = rd_demo_channels_new ();
  rd_demo_channels_add_app (fixture->channels, APP, KEY, SECRET);
  rd_demo_channels_listen (fixture->channels, 0, &error);
  g_assert_no_error (error);
  fixture->port = g_strdup_printf ("%u", rd_demo_channels_get_port (fixture->channels));

  fixture->auth_status = 200;
  fixture->site = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->site, "/auth", on_auth, fixture, NULL);
  soup_server_listen_local (fixture->site, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->site);
  fixture->auth_uri = g_strdup_printf ("http://127.0.0.1:%d/auth", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  fixture->dir = rd_test_make_dir ();
  fixture->secret_file = g_build_filename (fixture->dir, "secret", NULL);
  g_assert_true (g_file_set_contents (fixture->secret_file, SECRET "\n", -1, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rd_test_drain ();
  soup_server_disconnect (fixture->site);
  g_assert_finalize_object (fixture->site);
  g_assert_finalize_object (fixture->channels);
  rd_test_remove_tree (fixture->dir);
  g_free (fixture->auth_uri);
  g_free (fixture->auth_header);
  g_free (fixture->port);
  g_free (fixture->dir);
  g_free (fixture->secret_file);
}

#define SERVER "--key", KEY, "--host", "127.0.0.1", "--no-tls", "--port", fixture->port
#define START(...) start ((const char *[]){ "watch", SERVER, __VA_ARGS__, NULL })
#define TRIGGER(...) rd_cli_run_command (NULL, NULL, "trigger", SERVER, __VA_ARGS__, NULL)

static GSubprocess *
start (const char *const *args)
{
  return rd_cli_run_start (NULL, args);
}

static void
await_joined (Fixture *fixture, const char *channel)
{
  rd_test_await (rd_demo_channels_count (fixture->channels, APP, channel) == 1);
}

static void
assert_line (const char *line, const char *rest)
{
  /* "2026-01-01T00:00:00.000Z " before */
  g_assert_cmpuint (strlen (line), >, 25);
  g_assert_cmpint (line[23], ==, 'Z');
  g_assert_cmpstr (line + 25, ==, rest);
}

static void
test_text (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) process = START ("--channel", "news", "--channel", "other", "--count", "4");
  g_autoptr (RdCliRun) run = NULL;
  g_auto (GStrv) lines = NULL;

  await_joined (fixture, "other");
  rd_demo_channels_trigger (fixture->channels, APP, "news", "hello", "{\"n\":1}");
  rd_demo_channels_trigger (fixture->channels, APP, "other", "plain", "not JSON\033[2J");
  rd_demo_channels_trigger (fixture->channels, APP, "news", "evil\033]0;x\007\r\n",
                            "{\"a\\u001b\":\"\302\233\342\200\256\"}");
  rd_demo_channels_trigger (fixture->channels, APP, "news", "hello", "{}");
  rd_demo_channels_trigger (fixture->channels, APP, "news", "too-many", "{}");
  run = rd_cli_run_finish (process, "");
  g_assert_cmpint (run->status, ==, 0);
  rd_cli_assert_harmless (run->out);
  rd_cli_assert_contains (run->err, "ringdown: Connected (127.0.0.1)\n");
  lines = g_strsplit (run->out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 5);
  assert_line (lines[0], "news hello {\"n\":1}");
  assert_line (lines[1], "other plain \"not JSON\\u001b[2J\"");
  assert_line (lines[2], "news evil\\u001b]0;x\\u0007\\u000d\\u000a {\"a\\u001b\":\"\\u009b\\u202e\"}");
  assert_line (lines[3], "news hello {}");
  g_assert_cmpstr (lines[4], ==, "");
}

static void
test_json (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) process =
      START ("--channel", "news", "--json", "--event", "wanted", "--event", "client-wanted", "--count", "2");
  g_autoptr (RdCliRun) run = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (JsonNode) first = NULL;
  g_autoptr (JsonNode) second = NULL;
  JsonObject *object;

  await_joined (fixture, "news");
  rd_demo_channels_trigger (fixture->channels, APP, "news", "unwanted", "{}");
  rd_demo_channels_trigger (fixture->channels, APP, "news", "wanted", "{\"text\":\"\302\205\033\"}");
  rd_demo_channels_send_raw (fixture->channels, "{\"event\":\"client-wanted\",\"channel\":\"news\",\"data\":\"[1,2]\","
                                                "\"user_id\":\"9\"}");
  run = rd_cli_run_finish (process, "");
  g_assert_cmpint (run->status, ==, 0);
  rd_cli_assert_harmless (run->out);
  lines = g_strsplit (run->out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);

  first = json_from_string (lines[0], NULL);
  object = json_node_get_object (first);
  g_assert_cmpuint (json_object_get_size (object), ==, 4);
  g_assert_cmpstr (json_object_get_string_member (object, "channel"), ==, "news");
  g_assert_cmpstr (json_object_get_string_member (object, "event"), ==, "wanted");
  g_assert_true (g_str_has_suffix (json_object_get_string_member (object, "time"), "Z"));
  /* a raw control character is not JSON: the server's data stays text */
  g_assert_true (json_object_has_member (object, "data"));

  second = json_from_string (lines[1], NULL);
  object = json_node_get_object (second);
  g_assert_cmpstr (json_object_get_string_member (object, "user_id"), ==, "9");
  g_assert_cmpint (json_array_get_int_element (json_object_get_array_member (object, "data"), 1), ==, 2);
}

/* Each line is there as soon as its event is; Ctrl+C ends with 0. */
static void
test_flush_and_interrupt (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) process = START ("--channel", "news", "--json");
  g_autoptr (GDataInputStream) out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  await_joined (fixture, "news");
  rd_demo_channels_trigger (fixture->channels, APP, "news", "hello", "{}");
  g_data_input_stream_read_line_async (out, G_PRIORITY_DEFAULT, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  line = g_data_input_stream_read_line_finish (out, result, NULL, &error);
  g_assert_no_error (error);
  rd_cli_assert_contains (line, "\"event\":\"hello\"");

  g_clear_object (&result);
  g_subprocess_send_signal (process, SIGINT);
  g_subprocess_wait_async (process, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
}

static void
test_private (Fixture *fixture, gconstpointer data)
{
  g_autofree char *headers = g_build_filename (fixture->dir, "headers", NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GSubprocess) refused = NULL;
  g_autoptr (RdCliRun) run = NULL;
  g_autoptr (RdCliRun) refused_run = NULL;

  g_assert_true (g_file_set_contents (headers, "\nAuthorization: Bearer t0ken\n", -1, NULL));
  process = START ("--channel", "private-user-7", "--auth-endpoint", fixture->auth_uri, "--header-file", headers,
                   "--header", "Accept-Language: nl", "--count", "1");
  await_joined (fixture, "private-user-7");
  g_assert_cmpstr (fixture->auth_header, ==, "Bearer t0ken");
  rd_demo_channels_trigger (fixture->channels, APP, "private-user-7", "call-initiated", "{\"id\":1}");
  run = rd_cli_run_finish (process, "");
  g_assert_cmpint (run->status, ==, 0);
  rd_cli_assert_contains (run->out, "private-user-7 call-initiated {\"id\":1}\n");
  g_assert_null (strstr (run->err, "t0ken"));

  fixture->auth_status = 403;
  refused = START ("--channel", "private-user-7", "--auth-endpoint", fixture->auth_uri);
  refused_run = rd_cli_run_finish (refused, "");
  g_assert_cmpint (refused_run->status, ==, 1);
  rd_cli_assert_contains (refused_run->err, "ringdown: private-user-7: ");
  rd_cli_assert_contains (refused_run->err, "403");
}

/* The way there: a proxy that wants a password, and an origin. */
static void
test_proxy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConnectProxy) proxy = connect_proxy_new ("anna", "s3cret");
  g_autofree char *uri = connect_proxy_dup_uri (proxy);
  g_autofree char *with_user = g_strdup_printf ("http://anna@%s", uri + strlen ("http://"));
  g_autofree char *password = g_build_filename (fixture->dir, "password", NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (RdCliRun) run = NULL;

  g_assert_true (g_file_set_contents (password, "s3cret\n", -1, NULL));
  process = START ("--channel", "news", "--count", "1", "--proxy", with_user, "--proxy-password-file", password,
                   "--origin", "https://example.org");
  await_joined (fixture, "news");
  g_assert_cmpuint (connect_proxy_get_n_tunnels (proxy), ==, 1);
  rd_demo_channels_trigger (fixture->channels, APP, "news", "hello", "{}");
  run = rd_cli_run_finish (process, "");
  g_assert_cmpint (run->status, ==, 0);
  rd_cli_assert_contains (run->out, "news hello {}");
}

static void
test_wrong_way (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *option;
    const char *value;
    const char *said;
  } rows[] = {
    { "--proxy", "ftp://me:s3cret@proxy", "--proxy: Not the address of a proxy" },
    { "--ca", "/nowhere.pem", "--ca: " },
    { "--client-certificate", "/nowhere.pem", "--client-certificate: " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (RdCliRun) run = rd_cli_run_command (NULL, NULL, "watch", SERVER, "--channel", "news", rows[i].option,
                                                     rows[i].value, NULL);

      g_assert_cmpint (run->status, ==, 2);
      rd_cli_assert_contains (run->err, rows[i].said);
      g_assert_null (strstr (run->err, "s3cret"));
    }
}

static void
test_refused_for_good (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RdCliRun) run = rd_cli_run_command (NULL, NULL, "watch", "--key", "nobodys", "--host", "127.0.0.1",
                                                 "--port", fixture->port, "--no-tls", "--channel", "news", NULL);

  g_assert_cmpint (run->status, ==, 1);
  rd_cli_assert_contains (run->err, "4001");
  g_assert_cmpstr (run->out, ==, "");
}

static void
test_outage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) process = START ("--channel", "news", "--count", "1");
  g_autoptr (RdCliRun) run = NULL;

  await_joined (fixture, "news");
  g_assert_cmpuint (rd_demo_channels_drop (fixture->channels), ==, 1);
  rd_test_await (rd_demo_channels_count (fixture->channels, APP, "news") == 0);
  await_joined (fixture, "news");
  rd_demo_channels_trigger (fixture->channels, APP, "news", "after", "{}");
  run = rd_cli_run_finish (process, "");
  g_assert_cmpint (run->status, ==, 0);
  rd_cli_assert_contains (run->err, "ringdown: Offline; next try in ");
  rd_cli_assert_contains (run->out, "news after {}");
}

static void
test_trigger (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) process = START ("--channel", "news", "--count", "1");
  g_autofree char *huge = g_strnfill (10300, 'x');
  g_autofree char *huge_json = g_strdup_printf ("\"%s\"", huge);
  g_autoptr (RdCliRun) watched = NULL;
  g_autoptr (RdCliRun) run = NULL;
  g_autoptr (RdCliRun) wrong = NULL;
  g_autoptr (RdCliRun) no_json = NULL;
  g_autoptr (RdCliRun) too_large = NULL;
  g_autoptr (RdCliRun) missing = NULL;
  g_autoptr (RdCliRun) unreachable = NULL;
  g_autofree char *other = g_build_filename (fixture->dir, "other", NULL);

  await_joined (fixture, "news");
  run = TRIGGER ("--app-id", APP, "--secret-file", fixture->secret_file, "--channel", "news", "--event", "hello",
                 "--data", "{\"text\":\"\303\251 \\\" {}\"}");
  rd_cli_run_assert_done (run);
  g_assert_cmpstr (run->out, ==, "");
  watched = rd_cli_run_finish (process, "");
  rd_cli_assert_contains (watched->out, "news hello {\"text\":\"\303\251 \\\" {}\"}\n");

  g_assert_true (g_file_set_contents (other, "wr0ng", -1, NULL));
  wrong = TRIGGER ("--app-id", APP, "--secret-file", other, "--channel", "news", "--event", "hello", "--data", "{}");
  rd_cli_run_assert_failed (wrong, 1, "401");
  g_assert_null (strstr (wrong->err, "wr0ng"));
  no_json = TRIGGER ("--app-id", APP, "--secret-file", other, "--channel", "news", "--event", "hello", "--data", "{");
  rd_cli_run_assert_failed (no_json, 2, "--data is not JSON");
  too_large = TRIGGER ("--app-id", APP, "--secret-file", fixture->secret_file, "--channel", "news", "--event", "hello",
                       "--data", huge_json);
  rd_cli_run_assert_failed (too_large, 1, "10");
  missing = TRIGGER ("--channel", "news");
  rd_cli_run_assert_failed (missing, 2, "Something is missing: --app-id --secret-file --event --data");
  rd_demo_channels_stop (fixture->channels);
  unreachable = TRIGGER ("--app-id", APP, "--secret-file", fixture->secret_file, "--channel", "news", "--event",
                         "hello", "--data", "{}");
  rd_cli_run_assert_failed (unreachable, 1, "127.0.0.1");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/cli/watch/text", test_text);
  ADD ("/cli/watch/json", test_json);
  ADD ("/cli/watch/flush-and-interrupt", test_flush_and_interrupt);
  ADD ("/cli/watch/private", test_private);
  ADD ("/cli/watch/proxy", test_proxy);
  ADD ("/cli/watch/wrong-way", test_wrong_way);
  ADD ("/cli/watch/refused-for-good", test_refused_for_good);
  ADD ("/cli/watch/outage", test_outage);
  ADD ("/cli/trigger", test_trigger);
  return g_test_run ();
}
