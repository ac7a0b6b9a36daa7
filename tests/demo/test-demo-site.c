/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "demo-client.h"

#include "rd-demo-json.h"
#include "rd-demo-site.h"
#include "rd-test.h"

#include <string.h>

typedef struct
{
  RdDemoSite *site;
  char *url;
  char *logged;
  guint logged_status;
} Fixture;

static void
on_echo (RdDemoRequest *request, gpointer user_data)
{
  rd_demo_request_fail (request, 200, "seen", request->user == 7 ? "you" : "somebody");
}

static void
on_request (RdDemoSite *site, const char *method, const char *path, const char *body, guint status, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_free (fixture->logged);
  fixture->logged = g_strdup_printf ("%s %s %s", method, path, body != NULL ? body : "-");
  fixture->logged_status = status;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->site = rd_demo_site_new ();
  rd_demo_site_add_route (fixture->site, "POST", "/echo", RD_DEMO_ROUTE_NONE, on_echo, NULL);
  rd_demo_site_add_route (fixture->site, "POST", "/secret", RD_DEMO_ROUTE_PUBLIC | RD_DEMO_ROUTE_SECRET, on_echo, NULL);
  rd_demo_site_grant (fixture->site, "token", 7);
  rd_demo_site_listen (fixture->site, 0, &error);
  g_assert_no_error (error);
  fixture->url = g_strconcat (rd_demo_site_get_url (fixture->site), "/echo", NULL);
  g_signal_connect (fixture->site, "request", G_CALLBACK (on_request), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (fixture->site, fixture);
  rd_test_drain ();
  g_assert_finalize_object (fixture->site);
  g_free (fixture->url);
  g_free (fixture->logged);
}

static guint
post (Fixture *fixture, const char *token, const char *body)
{
  guint status;
  g_autoptr (JsonNode) reply = demo_request ("POST", fixture->url, token, "application/json", body, &status);

  return status;
}

static void
test_tokens (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (post (fixture, "token", "{\"a\":1}"), ==, 200);
  g_assert_cmpstr (fixture->logged, ==, "POST /echo {\"a\":1}");
  g_assert_cmpuint (fixture->logged_status, ==, 200);
  g_assert_cmpuint (post (fixture, "guess", "{}"), ==, 401);
  g_assert_cmpuint (post (fixture, NULL, "{}"), ==, 401);
  rd_demo_site_revoke_user (fixture->site, 7);
  g_assert_cmpuint (post (fixture, "token", "{}"), ==, 401);
}

static void
test_secrets_are_not_logged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = g_strconcat (rd_demo_site_get_url (fixture->site), "/secret", NULL);
  g_autoptr (JsonNode) reply = NULL;
  guint status;

  reply = demo_request ("POST", url, NULL, "application/json", "{\"password\":\"hunter2\"}", &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpstr (fixture->logged, ==, "POST /secret -");
}

static void
test_bodies_are_bounded (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (1024 * 1024, ' ');
  g_autofree char *deep = g_strnfill (40000, '{');

  g_assert_cmpuint (post (fixture, "token", large), ==, 413);
  g_assert_cmpuint (post (fixture, "token", deep), ==, 400);
  g_assert_cmpuint (post (fixture, "token", "{}"), ==, 200);
}

static void
write_all (GOutputStream *stream, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (stream, text, strlen (text), NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Sends raw bytes and gives back the reply's first line. */
static char *
ask_raw (Fixture *fixture, const char *text, const char *more, guint times)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GDataInputStream) input = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *line;

  connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) rd_demo_site_get_port (fixture->site),
                                                NULL, &error);
  g_assert_no_error (error);
  write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text);
  for (guint i = 0; i < times; i++)
    {
      write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), more);
      rd_test_drain ();
    }
  input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_data_input_stream_read_line_async (input, G_PRIORITY_DEFAULT, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  line = g_data_input_stream_read_line_finish (input, result, NULL, &error);
  g_assert_no_error (error);
  return g_strchomp (line);
}

/* A page whose own name points at 127.0.0.1 (DNS rebinding) gets nothing. */
static void
test_foreign_host (Fixture *fixture, gconstpointer data)
{
  g_autofree char *line = ask_raw (
      fixture, "POST /echo HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer token\r\nContent-Length: 0\r\n\r\n",
      "", 0);

  g_assert_true (g_str_has_prefix (line, "HTTP/1.1 403"));
}

static void
test_endless_chunks (Fixture *fixture, gconstpointer data)
{
  g_autofree char *head =
      g_strdup_printf ("POST /echo HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nAuthorization: Bearer token\r\n"
                       "Transfer-Encoding: chunked\r\n\r\n",
                       rd_demo_site_get_port (fixture->site));
  g_autofree char *spaces = g_strnfill (4096, ' ');
  g_autofree char *chunk = g_strdup_printf ("1000\r\n%s\r\n", spaces);
  g_autofree char *last = g_strdup_printf ("%s0\r\n\r\n", chunk);
  g_autofree char *many = g_strconcat (chunk, chunk, chunk, chunk, chunk, chunk, chunk, chunk, chunk, chunk, NULL);
  g_autofree char *all = g_strconcat (head, many, many, NULL);
  g_autofree char *line = ask_raw (fixture, all, last, 1);

  g_assert_true (g_str_has_prefix (line, "HTTP/1.1 413"));
}

static void
test_moods (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("POST", fixture->url);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (GError) error = NULL;

  rd_demo_site_set_mood (fixture->site, RD_DEMO_MOOD_ERROR);
  g_assert_cmpuint (post (fixture, "token", "{}"), ==, 500);
  rd_demo_site_set_mood (fixture->site, RD_DEMO_MOOD_HTML);
  g_assert_cmpuint (post (fixture, "token", "{}"), ==, 200);
  rd_demo_site_set_mood (fixture->site, RD_DEMO_MOOD_SIGNED_OUT);
  g_assert_cmpuint (post (fixture, "token", "{}"), ==, 401);
  rd_demo_site_set_mood (fixture->site, RD_DEMO_MOOD_SILENT);
  g_clear_pointer (&fixture->logged, g_free);
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, rd_test_store_result, &result);
  rd_test_await (fixture->logged != NULL);
  rd_test_drain ();
  g_assert_null (result);
  rd_demo_site_set_mood (fixture->site, RD_DEMO_MOOD_FINE);
  rd_test_await (result != NULL);
  reply = soup_session_send_and_read_finish (session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 503);
  g_assert_cmpuint (post (fixture, "token", "{}"), ==, 200);
}

static void
test_stop_and_listen_again (Fixture *fixture, gconstpointer data)
{
  guint port = rd_demo_site_get_port (fixture->site);
  g_autoptr (GError) error = NULL;

  rd_demo_site_stop (fixture->site);
  rd_demo_site_listen (fixture->site, port, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (post (fixture, "token", "{}"), ==, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) \
  g_test_add ("/demo/site/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("tokens", test_tokens);
  ADD ("secrets-are-not-logged", test_secrets_are_not_logged);
  ADD ("bodies-are-bounded", test_bodies_are_bounded);
  ADD ("foreign-host", test_foreign_host);
  ADD ("endless-chunks", test_endless_chunks);
  ADD ("moods", test_moods);
  ADD ("stop-and-listen-again", test_stop_and_listen_again);
#undef ADD
  return g_test_run ();
}
