/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "channels-error.h"
#include "rd-skew.h"
#include "site-fixture.h"

#include <string.h>

/* Where requests may go, how long they take, how much may come back, and what a network does to them. */

#define ACTIVE "GET /api/jitsi-calls/my_active_call/"
#define UPDATE "POST /api/jitsi-calls/41/update_status/"

static void
test_never_answers (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  mock_site_hang (f->mock, UPDATE);
  g_object_set (f->site, "deadline", 200, NULL);
  error = site_fixture_fault (f, "answer", RD_FAULT_TIMED_OUT);
  g_assert_cmpstr (rd_fault_get_where (error), ==, "answer");
  g_assert_error (rd_site_get_problem (f->site), RD_FAULT, RD_FAULT_TIMED_OUT);
}

static void
test_never_authorises (SiteFixture *f, gconstpointer data)
{
  ChannelsAuthorizer *authorizer = CHANNELS_AUTHORIZER (f->site);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mock_site_hang (f->mock, "POST /api/pusher/auth/");
  g_object_set (f->site, "deadline", 200, NULL);
  channels_authorizer_authorize_async (authorizer, "1.2", "private-user-7", NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_assert_null (channels_authorizer_authorize_finish (authorizer, result, &error));
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT);
  g_clear_object (&result);
}

/* A body that never ends: no more of it is taken than what fits, and the connection is closed. */
static void
test_flood (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  mock_site_flood (f->mock, UPDATE);
  error = site_fixture_fault (f, "answer", RD_FAULT_TOO_LARGE);
  rd_test_await (mock_site_get_live (f->mock) == 0);
  g_assert_cmpuint (mock_site_get_flooded (f->mock), <, 64 * 1024 * 1024);
}

static void
test_large (SiteFixture *f, gconstpointer data)
{
  gsize length = 2 * 1024 * 1024;
  g_autofree char *fits = g_strnfill (length, ' ');
  g_autofree char *large = g_strnfill (length + 1, ' ');
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  memcpy (fits, "{}", 2);
  memcpy (large, "{}", 2);
  mock_site_say_text (f->mock, UPDATE, 200, "application/json", fits);
  mock_site_say_text (f->mock, UPDATE, 200, "application/json", large);
  node = site_fixture_act (f, "answer", "41", &error);
  g_assert_no_error (error);
  g_assert_nonnull (node);
  error = site_fixture_fault (f, "answer", RD_FAULT_TOO_LARGE);
}

/* A redirect to another origin: nothing is sent there, least of all the token. */
static void
test_redirect_elsewhere (SiteFixture *f, gconstpointer data)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };
  g_autoptr (MockSite) other = mock_site_new ();
  g_autofree char *location = g_strconcat (mock_site_get_base (other), "steal?jwt=secret", NULL);

  mock_site_say (other, "GET /steal", 200, "active-call");
  mock_site_say (other, "POST /steal", 200, "answered");
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      mock_site_redirect (f->mock, ACTIVE, statuses[i], location);
      mock_site_redirect (f->mock, UPDATE, statuses[i], location);
    }
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (GError) get = site_fixture_fault (f, "active-call", RD_FAULT_BAD_REPLY);
      g_autoptr (GError) post = site_fixture_fault (f, "answer", RD_FAULT_BAD_REPLY);

      g_assert_cmpuint (rd_fault_get_status (get), ==, statuses[i]);
      g_assert_true (g_str_has_prefix (rd_fault_get_said (get), "Location: http://127.0.0.1:"));
      g_assert_null (strstr (get->message, "secret"));
      g_assert_null (strstr (post->message, "secret"));
    }
  g_assert_cmpuint (mock_site_count (other, "GET /steal"), ==, 0);
  g_assert_cmpuint (mock_site_count (other, "POST /steal"), ==, 0);
}

static void
test_redirect_odd (SiteFixture *f, gconstpointer data)
{
  static const char * const locations[] = {
    "https://127.0.0.1/", "//localhost/x", "http://user@127.0.0.1/", "file:///etc/passwd", "javascript:alert(1)",
    "http://",
  };

  for (guint i = 0; i < G_N_ELEMENTS (locations); i++)
    mock_site_redirect (f->mock, ACTIVE, 302, locations[i]);
  for (guint i = 0; i < G_N_ELEMENTS (locations); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (site_fixture_act (f, "active-call", NULL, &error));
      g_assert_error (error, RD_FAULT, RD_FAULT_BAD_REPLY);
    }
}

static void
test_redirect_within (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) got = NULL;
  g_autoptr (JsonNode) posted = NULL;

  mock_site_redirect (f->mock, ACTIVE, 301, "/moved");
  mock_site_redirect (f->mock, UPDATE, 308, "/moved");
  mock_site_say (f->mock, "GET /moved", 200, "active-call");
  mock_site_say (f->mock, "POST /moved", 200, "answered");
  got = site_fixture_act (f, "active-call", NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (got);
  posted = site_fixture_act (f, "answer", "41", &error);
  g_assert_no_error (error);
  g_assert_nonnull (posted);
  g_assert_cmpstr (mock_site_seen (f->mock, "POST /moved", 0)->body, ==, "{\"action\":\"answer\"}");
  g_assert_cmpstr (mock_site_seen (f->mock, "POST /moved", 0)->authorization, ==, "Bearer access-1");
}

/* A POST does not become a GET on its way, and there is an end to following. */
static void
test_redirect_refused (SiteFixture *f, gconstpointer data)
{
  mock_site_redirect (f->mock, UPDATE, 302, "/login");
  mock_site_redirect (f->mock, ACTIVE, 302, "/api/jitsi-calls/my_active_call/");
  g_error_free (site_fixture_fault (f, "answer", RD_FAULT_BAD_REPLY));
  g_assert_cmpuint (mock_site_count (f->mock, "GET /login"), ==, 0);
  g_error_free (site_fixture_fault (f, "active-call", RD_FAULT_BAD_REPLY));
  g_assert_cmpuint (mock_site_count (f->mock, ACTIVE), ==, 6);
}

static void
test_no_cookies (SiteFixture *f, gconstpointer data)
{
  mock_site_say (f->mock, ACTIVE, 200, "active-call");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (JsonNode) node = site_fixture_act (f, "active-call", NULL, NULL);

      g_assert_null (mock_site_seen (f->mock, ACTIVE, i)->cookie);
    }
}

static RdSite *
new_site (SiteFixture *f, const char *base)
{
  g_autoptr (RdProfile) profile = site_fixture_profile ("crm");
  g_autoptr (GError) error = NULL;
  RdSite *site = rd_site_new (profile, f->session, base, FALSE, &error);

  g_assert_no_error (error);
  site_fixture_give (site, "access-1", NULL);
  return site;
}

static void
replace_site (SiteFixture *f, const char *base)
{
  g_assert_finalize_object (f->site);
  f->site = new_site (f, base);
}

static guint
find_closed_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_socket_listener_close (listener);
  return port;
}

static void
test_unreachable (SiteFixture *f, gconstpointer data)
{
  g_autofree char *base = g_strdup_printf ("http://127.0.0.1:%u", find_closed_port ());
  g_autoptr (GError) error = NULL;

  replace_site (f, base);
  error = site_fixture_fault (f, "answer", RD_FAULT_UNREACHABLE);
  g_assert_cmpstr (rd_fault_get_host (error), ==, base + strlen ("http://"));
}

static void
test_no_such_host (SiteFixture *f, gconstpointer data)
{
  replace_site (f, "https://ringdown.invalid");
  g_error_free (site_fixture_fault (f, "answer", RD_FAULT_UNREACHABLE));
}

static gboolean
on_run_garbage (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer text)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  g_output_stream_write_all (out, text, strlen (text), NULL, NULL, NULL);
  return FALSE;
}

static GSocketService *
serve_garbage (const char *text, guint *port)
{
  GSocketService *service = g_threaded_socket_service_new (10);

  *port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_signal_connect (service, "run", G_CALLBACK (on_run_garbage), (gpointer) text);
  return service;
}

/* TLS spoken to what is no TLS server. */
static void
test_tls_garbage (SiteFixture *f, gconstpointer data)
{
  guint port;
  g_autoptr (GSocketService) service = serve_garbage ("HTTP/1.1 400 Bad Request\r\n\r\n", &port);
  g_autofree char *base = g_strdup_printf ("https://127.0.0.1:%u", port);

  replace_site (f, base);
  g_error_free (site_fixture_fault (f, "answer", RD_FAULT_TLS));
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
}

static void
on_untrusted_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
                      gpointer data)
{
  g_error ("A request went out to a server that nobody vouches for");
}

static void
test_tls_untrusted (SiteFixture *f, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "self-signed.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &error);
  g_autoptr (SoupServer) server = NULL;
  g_autofree char *base = NULL;
  GSList *uris;

  g_assert_no_error (error);
  server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (server, NULL, on_untrusted_request, NULL, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  base = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  replace_site (f, base);
  g_error_free (site_fixture_fault (f, "answer", RD_FAULT_TLS));
  soup_server_disconnect (server);
}

static void
test_garbage (SiteFixture *f, gconstpointer data)
{
  static const char * const texts[] = {
    "", "garbage\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}",
    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip", "HTTP/1.1 999999 x\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      guint port;
      g_autoptr (GSocketService) service = serve_garbage (texts[i], &port);
      g_autofree char *base = g_strdup_printf ("http://127.0.0.1:%u/", port);
      g_autoptr (GError) error = NULL;

      replace_site (f, base);
      g_assert_null (site_fixture_act (f, "active-call", NULL, &error));
      g_assert_true (error->domain == RD_FAULT);
      g_assert_true (error->code == RD_FAULT_BAD_REPLY || error->code == RD_FAULT_UNREACHABLE);
      g_socket_service_stop (service);
      g_socket_listener_close (G_SOCKET_LISTENER (service));
    }
}

static void
test_cancel (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) never_sent = NULL;
  g_autoptr (GError) error = NULL;

  mock_site_hang (f->mock, ACTIVE);
  rd_site_act_async (f->site, "active-call", NULL, cancellable, rd_test_store_result, &result);
  rd_test_await (mock_site_count (f->mock, ACTIVE) == 1);
  g_cancellable_cancel (cancellable);
  rd_test_await (result != NULL);
  g_assert_null (rd_site_act_finish (f->site, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  rd_site_act_async (f->site, "active-call", NULL, cancellable, rd_test_store_result, &never_sent);
  rd_test_await (never_sent != NULL);
  g_assert_null (rd_site_act_finish (f->site, never_sent, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (rd_site_get_problem (f->site));
  g_clear_object (&result);
  g_clear_object (&never_sent);
}

static void
on_done_without_site (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  guint *n = user_data;

  g_assert_null (rd_site_act_finish (RD_SITE (source), result, &error));
  g_assert_nonnull (error);
  *n += 1;
}

/* The owner lets go with requests, a heartbeat and a refresh on their way. */
static void
test_finalize_in_flight (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GWeakRef weak;
  guint done = 0;

  mock_site_hang (f->mock, ACTIVE);
  mock_site_hang (f->mock, "POST /api/jitsi-calls/heartbeat/");
  mock_site_say (f->mock, UPDATE, 401, NULL);
  mock_site_hang (f->mock, "POST /api/auth/token/refresh/");
  g_weak_ref_init (&weak, f->site);
  rd_site_act_async (f->site, "active-call", NULL, cancellable, on_done_without_site, &done);
  rd_site_act_async (f->site, "calls", NULL, cancellable, on_done_without_site, &done);
  rd_site_set_heartbeat (f->site, TRUE);
  rd_test_await (mock_site_count (f->mock, ACTIVE) == 1 &&
                 mock_site_count (f->mock, "POST /api/jitsi-calls/heartbeat/") == 1);
  rd_site_set_heartbeat (f->site, FALSE);
  g_cancellable_cancel (cancellable);
  g_clear_object (&f->site);
  rd_test_await (done == 2);
  rd_test_await (g_weak_ref_get (&weak) == NULL);
  g_weak_ref_clear (&weak);
}

static void
test_prefix (SiteFixture *f, gconstpointer data)
{
  static const char * const suffixes[] = { "crm/", "crm", "crm//" };
  static const char what[] = "GET /crm/api/jitsi-calls/my_active_call/";

  mock_site_say (f->mock, what, 200, "active-call");
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *base = g_strconcat (mock_site_get_base (f->mock), suffixes[i], NULL);
      g_autoptr (JsonNode) node = NULL;

      replace_site (f, base);
      node = site_fixture_act (f, "active-call", NULL, NULL);
      g_assert_nonnull (node);
    }
}

static const struct
{
  const char *base;
  gboolean insecure;
  gboolean good;
  const char *host;
} bases[] = {
  { "https://crm.example.com", FALSE, TRUE, "crm.example.com" },
  { "https://CRM.example.com:443/", FALSE, TRUE, "CRM.example.com" },
  { "https://crm.example.com:8443/a/b", FALSE, TRUE, "crm.example.com:8443" },
  { "https://[2001:db8::1]:8443", FALSE, TRUE, "[2001:db8::1]:8443" },
  { "http://127.0.0.1:8000", FALSE, TRUE, "127.0.0.1:8000" },
  { "http://127.8.9.1", FALSE, TRUE, "127.8.9.1" },
  { "http://[::1]:8000", FALSE, TRUE, "[::1]:8000" },
  { "http://localhost:8000", FALSE, TRUE, "localhost:8000" },
  { "http://LOCALHOST", FALSE, TRUE, "LOCALHOST" },
  { "http://crm.example.com", FALSE, FALSE, NULL },
  { "http://crm.example.com", TRUE, TRUE, "crm.example.com" },
  { "http://127.0.0.1.example.com", FALSE, FALSE, NULL },
  { "http://localhost.example.com", FALSE, FALSE, NULL },
  { "http://128.0.0.1", FALSE, FALSE, NULL },
  { "http://0.0.0.0", FALSE, FALSE, NULL },
  { "ws://127.0.0.1", TRUE, FALSE, NULL },
  { "ftp://127.0.0.1", TRUE, FALSE, NULL },
  { "file:///etc/passwd", TRUE, FALSE, NULL },
  { "javascript:alert(1)", TRUE, FALSE, NULL },
  { "crm.example.com", TRUE, FALSE, NULL },
  { "", TRUE, FALSE, NULL },
  { "https://", TRUE, FALSE, NULL },
  { "https://user@crm.example.com", TRUE, FALSE, NULL },
  { "https://user:word@crm.example.com", TRUE, FALSE, NULL },
  { "https://crm.example.com?x", TRUE, FALSE, NULL },
  { "https://crm.example.com#x", TRUE, FALSE, NULL },
  { "https://crm.example.com:0x50", TRUE, FALSE, NULL },
  { "https://crm.example.com:99999", TRUE, FALSE, NULL },
  { "https://crm.example.com/a b", TRUE, FALSE, NULL },
  { "https://crm.example.com/\r\nX: y", TRUE, FALSE, NULL },
};

static void
test_bases (SiteFixture *f, gconstpointer data)
{
  g_autoptr (RdProfile) profile = site_fixture_profile ("crm");

  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RdSite) site = rd_site_new (profile, f->session, bases[i].base, bases[i].insecure, &error);

      g_test_message ("%s", bases[i].base);
      g_assert_cmpint (site != NULL, ==, bases[i].good);
      if (site != NULL)
        {
          g_assert_cmpstr (rd_site_get_host (site), ==, bases[i].host);
          continue;
        }
      g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
      g_assert_cmpstr (rd_fault_get_where (error), ==, "site");
    }
}

static void
on_skew_changed (RdSite *site, GParamSpec *pspec, guint *n)
{
  *n += 1;
}

static void
test_skew (SiteFixture *f, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) ahead = g_date_time_add_seconds (now, 90);
  guint changes = 0;

  g_signal_connect (f->site, "notify::clock-skew", G_CALLBACK (on_skew_changed), &changes);
  mock_site_say (f->mock, ACTIVE, 200, "active-call");
  json_node_unref (site_fixture_act (f, "active-call", NULL, NULL));
  g_assert_cmpint (rd_site_get_clock_skew (f->site), ==, 0);
  g_assert_cmpuint (changes, ==, 0);
  mock_site_set_date (f->mock, ahead);
  for (guint i = 0; i < 5; i++)
    json_node_unref (site_fixture_act (f, "active-call", NULL, NULL));
  g_assert_cmpint (ABS (rd_site_get_clock_skew (f->site) - 90 * G_USEC_PER_SEC), <, 20 * G_USEC_PER_SEC);
  g_assert_cmpuint (changes, >=, 1);
  g_signal_handlers_disconnect_by_func (f->site, on_skew_changed, &changes);
}

static void
test_skew_median (void)
{
  const gint64 s = G_USEC_PER_SEC;
  RdSkew skew = { 0 };

  g_assert_cmpint (rd_skew_get (&skew), ==, 0);
  /* within the header's own resolution */
  rd_skew_add (&skew, 1000 * s, 1000 * s + s / 2, 1000 * s + s / 2);
  g_assert_cmpint (rd_skew_get (&skew), ==, 0);
  /* one that is far off among good ones says nothing */
  rd_skew_add (&skew, 9000 * s, 1001 * s, 1001 * s);
  rd_skew_add (&skew, 1002 * s, 1002 * s, 1002 * s);
  g_assert_cmpint (rd_skew_get (&skew), ==, 0);
  /* too slow, or our clock was set meanwhile */
  for (guint i = 0; i < 5; i++)
    {
      rd_skew_add (&skew, 2000 * s, 1000 * s, 1006 * s);
      rd_skew_add (&skew, 2000 * s, 1000 * s, 999 * s);
    }
  g_assert_cmpint (rd_skew_get (&skew), ==, 0);
  for (guint i = 0; i < 5; i++)
    rd_skew_add (&skew, 1000 * s, 1100 * s, 1101 * s);
  g_assert_cmpint (rd_skew_get (&skew), ==, -100 * s);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                                                \
  g_test_add ("/site/transport/" path, SiteFixture, "crm", site_fixture_set_up, func, site_fixture_tear_down)
  ADD ("never-answers", test_never_answers);
  ADD ("never-authorises", test_never_authorises);
  ADD ("flood", test_flood);
  ADD ("large", test_large);
  ADD ("redirect/elsewhere", test_redirect_elsewhere);
  ADD ("redirect/odd", test_redirect_odd);
  ADD ("redirect/within", test_redirect_within);
  ADD ("redirect/refused", test_redirect_refused);
  ADD ("no-cookies", test_no_cookies);
  ADD ("unreachable", test_unreachable);
  ADD ("no-such-host", test_no_such_host);
  ADD ("tls/garbage", test_tls_garbage);
  ADD ("tls/untrusted", test_tls_untrusted);
  ADD ("garbage", test_garbage);
  ADD ("cancel", test_cancel);
  ADD ("finalize-in-flight", test_finalize_in_flight);
  ADD ("prefix", test_prefix);
  ADD ("bases", test_bases);
  ADD ("skew", test_skew);
  g_test_add_func ("/site/transport/skew-median", test_skew_median);
  return g_test_run ();
}
