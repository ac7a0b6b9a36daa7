/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "channels-client.h"
#include "rd-test.h"
#include "scripted-server.h"

/* A certificate nobody vouches for is refused; one the session's database knows is not. */

typedef struct
{
  ScriptedServer *server;
  SoupSession *session;
  ChannelsClient *client;
  char *pem;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ChannelsEndpoint) endpoint = NULL;

  fixture->pem = g_test_build_filename (G_TEST_DIST, "fixtures", "loopback-tls.pem", NULL);
  fixture->server = scripted_server_new_with_tls (fixture->pem);
  fixture->session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  endpoint = channels_endpoint_new ("key", "127.0.0.1", scripted_server_get_port (fixture->server), NULL, TRUE, NULL);
  fixture->client = channels_client_new (endpoint, fixture->session, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->client);
  rd_test_await (scripted_server_get_n_open (fixture->server) == 0);
  soup_session_abort (fixture->session);
  rd_test_drain ();
  g_assert_finalize_object (fixture->session);
  scripted_server_free (fixture->server);
  g_free (fixture->pem);
}

static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  channels_client_start (fixture->client);
  rd_test_await (channels_client_get_state (fixture->client) == CHANNELS_CLIENT_WAITING);
  g_assert_error (channels_client_get_error (fixture->client), CHANNELS_ERROR, CHANNELS_ERROR_TLS);
  g_assert_cmpuint (scripted_server_get_n_accepted (fixture->server), ==, 0);
}

static void
test_own_authority (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (fixture->pem, &error);

  g_assert_no_error (error);
  soup_session_set_tls_database (fixture->session, database);
  channels_client_start (fixture->client);
  rd_test_await (channels_client_get_state (fixture->client) == CHANNELS_CLIENT_CONNECTED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/channels/tls/unknown", Fixture, NULL, set_up, test_unknown, tear_down);
  g_test_add ("/channels/tls/own-authority", Fixture, NULL, set_up, test_own_authority, tear_down);
  return g_test_run ();
}
