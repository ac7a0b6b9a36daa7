/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <string.h>

#include "channels-client.h"
#include "channels-http-authorizer.h"
#include "channels-transport.h"
#include "connect-proxy.h"
#include "rd-test.h"
#include "scripted-server.h"

/* The ways to a server: through proxies, with authorities and certificates of one's own. */

#define NOWHERE "channels.invalid"

typedef struct
{
  ScriptedServer *server;
  ConnectProxy *proxy;
  ChannelsTransport *transport;
  SoupSession *session;
  ChannelsClient *client;
} Fixture;

static char *
find_certificate (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "fixtures", "tls", name, NULL);
}

/* @server: (nullable): the certificate it has; %NULL for no TLS. @user: (nullable): whom the proxy knows. */
static void
set_up (Fixture *fixture, const char *server, const char *user, const char *password)
{
  g_autofree char *pem = server != NULL ? find_certificate (server) : NULL;
  g_autofree char *authority = find_certificate ("authority.pem");
  g_autoptr (GError) error = NULL;

  fixture->server = pem != NULL ? scripted_server_new_with_tls (pem) : scripted_server_new ();
  fixture->proxy = connect_proxy_new (user, password);
  fixture->transport = channels_transport_new ();
  channels_transport_set_authorities_file (fixture->transport, authority, &error);
  g_assert_no_error (error);
  channels_transport_set_proxy (fixture->transport, "direct://", NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture)
{
  g_assert_finalize_object (fixture->client);
  rd_test_await (scripted_server_get_n_open (fixture->server) == 0);
  soup_session_abort (fixture->session);
  rd_test_drain ();
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->transport);
  connect_proxy_free (fixture->proxy);
  scripted_server_free (fixture->server);
}

static void
use_proxy (Fixture *fixture, const char *user, const char *password)
{
  g_autofree char *uri = connect_proxy_dup_uri (fixture->proxy);
  g_autoptr (GError) error = NULL;

  channels_transport_set_proxy (fixture->transport, uri, user, password, &error);
  g_assert_no_error (error);
}

static void
start (Fixture *fixture, const char *host, gboolean tls)
{
  g_autoptr (ChannelsEndpoint) endpoint = NULL;

  endpoint = channels_endpoint_new ("key", host, scripted_server_get_port (fixture->server), NULL, tls, NULL);
  if (fixture->session == NULL)
    fixture->session = channels_transport_create_session (fixture->transport);
  fixture->client = channels_client_new (endpoint, fixture->session, NULL);
  channels_client_start (fixture->client);
}

static void
await (Fixture *fixture, ChannelsClientState state)
{
  rd_test_await (channels_client_get_state (fixture->client) == state);
}

static void
assert_error (Fixture *fixture, int code, const char *words)
{
  await (fixture, CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (fixture->client), CHANNELS_ERROR, code);
  if (strstr (channels_client_get_error (fixture->client)->message, words) == NULL)
    g_error ("\"%s\" is not in \"%s\"", words, channels_client_get_error (fixture->client)->message);
}

/* With TLS or without, by name alone; an event comes through. */
static void
test_proxy (gconstpointer tls)
{
  const char *expected = tls != NULL ? "CONNECT channels.test:" : "CONNECT " NOWHERE ":";
  Fixture fixture = { 0 };

  set_up (&fixture, tls, NULL, NULL);
  use_proxy (&fixture, NULL, NULL);
  start (&fixture, tls != NULL ? "channels.test" : NOWHERE, tls != NULL);
  await (&fixture, CHANNELS_CLIENT_CONNECTED);
  g_assert_cmpuint (connect_proxy_get_n_tunnels (fixture.proxy), ==, 1);
  g_assert_true (g_str_has_prefix (connect_proxy_get_request (fixture.proxy), expected));
  scripted_server_drop (fixture.server);
  await (&fixture, CHANNELS_CLIENT_WAITING);
  await (&fixture, CHANNELS_CLIENT_CONNECTED);
  g_assert_cmpuint (connect_proxy_get_n_tunnels (fixture.proxy), ==, 2);
  tear_down (&fixture);
}

static void
test_proxy_password (gconstpointer tls)
{
  Fixture fixture = { 0 };

  set_up (&fixture, tls, "Änne@/", "p@ss:w/rd?#%");
  use_proxy (&fixture, "Änne@/", "p@ss:w/rd?#%");
  start (&fixture, "channels.test", tls != NULL);
  await (&fixture, CHANNELS_CLIENT_CONNECTED);
  g_assert_cmpuint (connect_proxy_get_n_tunnels (fixture.proxy), ==, 1);
  tear_down (&fixture);
}

static void
test_proxy_wrong_password (gconstpointer tls)
{
  Fixture fixture = { 0 };

  set_up (&fixture, tls, "anna", "right");
  use_proxy (&fixture, "anna", "s3cret");
  start (&fixture, "channels.test", tls != NULL);
  assert_error (&fixture, CHANNELS_ERROR_UNREACHABLE, "proxy");
  g_assert_null (strstr (channels_client_get_error (fixture.client)->message, "s3cret"));
  g_assert_cmpuint (connect_proxy_get_n_tunnels (fixture.proxy), ==, 0);
  g_assert_cmpuint (connect_proxy_get_n_refused (fixture.proxy), <=, 2);
  tear_down (&fixture);
}

/* A session that is not of our making, as an application that follows its own settings has it. */
static void
test_proxy_foreign_session (void)
{
  Fixture fixture = { 0 };
  g_autofree char *uri = NULL;
  g_autoptr (GProxyResolver) resolver = NULL;

  set_up (&fixture, NULL, NULL, NULL);
  uri = connect_proxy_dup_uri (fixture.proxy);
  resolver = g_simple_proxy_resolver_new (uri, NULL);
  fixture.session = soup_session_new_with_options ("proxy-resolver", resolver, NULL);
  start (&fixture, NOWHERE, FALSE);
  await (&fixture, CHANNELS_CLIENT_CONNECTED);
  g_assert_cmpuint (connect_proxy_get_n_tunnels (fixture.proxy), ==, 1);
  tear_down (&fixture);
}

static void
test_proxy_gone (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;

  set_up (&fixture, NULL, NULL, NULL);
  channels_transport_set_proxy (fixture.transport, "http://127.0.0.1:1", "anna", "s3cret", &error);
  g_assert_no_error (error);
  start (&fixture, "127.0.0.1", FALSE);
  assert_error (&fixture, CHANNELS_ERROR_UNREACHABLE, "127.0.0.1");
  g_assert_null (strstr (channels_client_get_error (fixture.client)->message, "s3cret"));
  g_assert_cmpuint (scripted_server_get_n_accepted (fixture.server), ==, 0);
  tear_down (&fixture);
}

static void
test_wrong_proxies (void)
{
  static const char *const uris[] = { "", "proxy", "127.0.0.1:3128", "ftp://proxy:21", "http://", "http://a b:1",
                                      "http://me:s3cret@proxy:99999" };
  g_autoptr (ChannelsTransport) transport = channels_transport_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (channels_transport_set_proxy (transport, uris[i], NULL, NULL, &error));
      g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID);
      g_assert_null (strstr (error->message, "s3cret"));
    }
  g_assert_true (channels_transport_set_proxy (transport, "socks5://[::1]:1080", NULL, NULL, NULL));
  g_assert_true (channels_transport_set_proxy (transport, NULL, NULL, NULL, NULL));
}

static void
test_own_authority (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, "server.pem", NULL, NULL);
  start (&fixture, "127.0.0.1", TRUE);
  await (&fixture, CHANNELS_CLIENT_CONNECTED);
  tear_down (&fixture);
}

typedef struct
{
  const char *name;
  const char *server;    /* its certificate */
  const char *authority; /* (nullable): the file of those who are trusted; %NULL for the system's */
  const char *words;
} Distrust;

static const Distrust distrusts[] = {
  { "expired", "expired.pem", "authority.pem", "has expired" },
  { "other-host", "other-host.pem", "authority.pem", "another host's" },
  { "unknown-authority", "server.pem", NULL, "not known" },
  { "self-signed", "../loopback-tls.pem", "authority.pem", "not known" },
};

/* Never connected, said why, and tried on: the administrator may be at it. */
static void
test_distrust (gconstpointer data)
{
  const Distrust *distrust = data;
  Fixture fixture = { 0 };

  set_up (&fixture, distrust->server, NULL, NULL);
  if (distrust->authority == NULL)
    g_assert_true (channels_transport_set_authorities_file (fixture.transport, NULL, NULL));
  start (&fixture, "127.0.0.1", TRUE);
  assert_error (&fixture, CHANNELS_ERROR_TLS, distrust->words);
  g_assert_cmpint (channels_client_get_next_try (fixture.client), >, 0);
  g_assert_cmpuint (scripted_server_get_n_accepted (fixture.server), ==, 0);
  tear_down (&fixture);
}

static void
test_client_certificate (void)
{
  g_autofree char *authority = find_certificate ("authority.pem");
  g_autofree char *own = find_certificate ("client.pem");
  g_autofree char *auth_uri = NULL;
  g_autoptr (ChannelsHttpAuthorizer) authorizer = NULL;
  g_autoptr (ChannelsSubscription) subscription = NULL;
  g_autoptr (ChannelsEndpoint) endpoint = NULL;
  g_autoptr (GError) error = NULL;
  Fixture fixture = { 0 };

  set_up (&fixture, "server.pem", NULL, NULL);
  scripted_server_require_certificate (fixture.server, authority);
  channels_transport_load_client_certificate (fixture.transport, own, NULL, &error);
  g_assert_no_error (error);
  fixture.session = channels_transport_create_session (fixture.transport);
  auth_uri = g_strdup_printf ("https://127.0.0.1:%u/auth", scripted_server_get_port (fixture.server));
  authorizer = channels_http_authorizer_new (fixture.session, auth_uri, CHANNELS_HTTP_ENCODING_FORM);
  endpoint = channels_endpoint_new ("key", "127.0.0.1", scripted_server_get_port (fixture.server), NULL, TRUE, NULL);
  fixture.client = channels_client_new (endpoint, fixture.session, CHANNELS_AUTHORIZER (authorizer));
  subscription = channels_client_subscribe (fixture.client, "private-a", NULL);
  channels_client_start (fixture.client);
  await (&fixture, CHANNELS_CLIENT_CONNECTED);
  rd_test_await (channels_subscription_get_state (subscription) == CHANNELS_SUBSCRIPTION_SUBSCRIBED);
  g_clear_object (&subscription);
  g_object_run_dispose (G_OBJECT (fixture.client));
  g_clear_object (&authorizer);
  tear_down (&fixture);
}

static void
test_no_client_certificate (void)
{
  g_autofree char *authority = find_certificate ("authority.pem");
  Fixture fixture = { 0 };

  set_up (&fixture, "server.pem", NULL, NULL);
  scripted_server_require_certificate (fixture.server, authority);
  start (&fixture, "127.0.0.1", TRUE);
  await (&fixture, CHANNELS_CLIENT_WAITING);
  g_test_message ("%s", channels_client_get_error (fixture.client)->message);
  g_assert_error (channels_client_get_error (fixture.client), CHANNELS_ERROR, CHANNELS_ERROR_TLS);
  g_assert_cmpuint (scripted_server_get_n_accepted (fixture.server), ==, 0);
  tear_down (&fixture);
}

static void
test_wrong_files (void)
{
  g_autoptr (ChannelsTransport) transport = channels_transport_new ();
  g_autofree char *authority = find_certificate ("authority.pem");
  g_autofree char *json = g_test_build_filename (G_TEST_DIST, "fixtures", "frames.json", NULL);
  const char *const authorities[] = { "/nowhere.pem", json };
  const char *const certificates[] = { "/nowhere.pem", json, authority };

  for (gsize i = 0; i < G_N_ELEMENTS (authorities); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (channels_transport_set_authorities_file (transport, authorities[i], &error));
      g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (certificates); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (channels_transport_load_client_certificate (transport, certificates[i], NULL, &error));
      g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID);
    }
}

int
main (int argc, char **argv)
{
  static const char tls[] = "server.pem";

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/channels/transport/proxy/ws", NULL, test_proxy);
  g_test_add_data_func ("/channels/transport/proxy/wss", tls, test_proxy);
  g_test_add_data_func ("/channels/transport/proxy/password/ws", NULL, test_proxy_password);
  g_test_add_data_func ("/channels/transport/proxy/password/wss", tls, test_proxy_password);
  g_test_add_data_func ("/channels/transport/proxy/wrong-password/ws", NULL, test_proxy_wrong_password);
  g_test_add_data_func ("/channels/transport/proxy/wrong-password/wss", tls, test_proxy_wrong_password);
  g_test_add_func ("/channels/transport/proxy/foreign-session", test_proxy_foreign_session);
  g_test_add_func ("/channels/transport/proxy/gone", test_proxy_gone);
  g_test_add_func ("/channels/transport/proxy/wrong", test_wrong_proxies);
  g_test_add_func ("/channels/transport/tls/own-authority", test_own_authority);
  for (gsize i = 0; i < G_N_ELEMENTS (distrusts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/channels/transport/tls/%s", distrusts[i].name);

      g_test_add_data_func (path, &distrusts[i], test_distrust);
    }
  g_test_add_func ("/channels/transport/tls/client-certificate", test_client_certificate);
  g_test_add_func ("/channels/transport/tls/no-client-certificate", test_no_client_certificate);
  g_test_add_func ("/channels/transport/tls/wrong-files", test_wrong_files);
  return g_test_run ();
}
