/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "channels-client.h"
#include "channels-close-private.h"
#include "channels-endpoint-private.h"
#include "channels-name-private.h"

/* Addresses, names of channels, close codes. */

#define QUERY "?protocol=7&client=channels-glib&version=" CHANNELS_VERSION_S

static void
assert_uri (const char *host, guint port, const char *path, gboolean tls, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChannelsEndpoint) endpoint = channels_endpoint_new ("key", host, port, path, tls, &error);
  g_autofree char *uri = NULL;

  g_assert_no_error (error);
  uri = channels_endpoint_dup_uri (endpoint);
  g_assert_cmpstr (uri, ==, expected);
  g_assert_true (g_uri_is_valid (uri, G_URI_FLAGS_NONE, NULL));
}

static void
test_uri (void)
{
  assert_uri ("example.org", 0, NULL, TRUE, "wss://example.org:443/app/key" QUERY);
  assert_uri ("example.org", 0, "", FALSE, "ws://example.org:80/app/key" QUERY);
  assert_uri ("127.0.0.1", 6001, "/ws/", FALSE, "ws://127.0.0.1:6001/ws/app/key" QUERY);
  assert_uri ("[::1]", 6001, "a b/c", TRUE, "wss://[::1]:6001/a%20b/c/app/key" QUERY);
  assert_uri ("::1", 6001, "?x#y", TRUE, "wss://[::1]:6001/%3Fx%23y/app/key" QUERY);
  assert_uri ("bücher.example", 0, NULL, TRUE, "wss://xn--bcher-kva.example:443/app/key" QUERY);
}

static void
assert_address (const char *address, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChannelsEndpoint) endpoint = channels_endpoint_new_from_uri (address, &error);
  g_autofree char *uri = NULL;

  g_test_message ("%s", address);
  if (expected == NULL)
    {
      g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID);
      g_assert_null (endpoint);
      return;
    }
  g_assert_no_error (error);
  uri = channels_endpoint_dup_uri (endpoint);
  g_assert_cmpstr (uri, ==, expected);
}

static void
test_address (void)
{
  assert_address ("wss://example.org/app/key", "wss://example.org:443/app/key" QUERY);
  assert_address ("ws://127.0.0.1:6001/app/key", "ws://127.0.0.1:6001/app/key" QUERY);
  assert_address ("WSS://[::1]:6001/a%20b/app/c/app/key?protocol=5#x", "wss://[::1]:6001/a%20b/app/c/app/key" QUERY);
  assert_address ("ws://b\303\274cher.example/app/key", "ws://xn--bcher-kva.example:80/app/key" QUERY);
  assert_address ("", NULL);
  assert_address ("example.org/app/key", NULL);
  assert_address ("https://example.org/app/key", NULL);
  assert_address ("wss://example.org", NULL);
  assert_address ("wss://example.org/app/", NULL);
  assert_address ("wss://example.org/app/key/", NULL);
  assert_address ("wss:///app/key", NULL);
  assert_address ("wss:app/key", NULL);
  assert_address ("wss://user:password@example.org/app/key", NULL);
  assert_address ("wss://example.org:99999/app/key", NULL);
  assert_address ("wss://example.org/app/k%00ey", NULL);
  assert_address ("wss://example.org/app/k%2Fey", NULL);
}

static void
test_cluster (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChannelsEndpoint) endpoint = channels_endpoint_new_for_cluster ("key", "eu", &error);
  g_autofree char *uri = NULL;
  g_autofree char *api = NULL;

  g_assert_no_error (error);
  uri = channels_endpoint_dup_uri (endpoint);
  api = channels_endpoint_dup_api_uri (endpoint, "3");
  g_assert_cmpstr (uri, ==, "wss://ws-eu.pusher.com:443/app/key" QUERY);
  g_assert_cmpstr (api, ==, "https://api-eu.pusher.com:443/apps/3/events");
}

static void
test_invalid (void)
{
  static const struct
  {
    const char *key;
    const char *host;
    guint port;
  } cases[] = { { "", "example.org", 0 },         { "a/b", "example.org", 0 },  { "key", "", 0 },
                { "key", "exa mple", 0 },         { "key", "a/b", 0 },          { "key", "user@host", 0 },
                { "key", "example.org:80", 0 },   { "key", "example.org", 65536 }, { "key", "[]", 0 },
                { "key", "fe80::1%eth0", 0 },     { "key\r\nX: y", "example.org", 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].host);
      g_assert_null (channels_endpoint_new (cases[i].key, cases[i].host, cases[i].port, NULL, TRUE, &error));
      g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID);
    }
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (channels_endpoint_new_for_cluster ("key", "eu.evil.example/", &error));
    g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID);
  }
}

static void
test_loopback (void)
{
  static const struct
  {
    const char *host;
    gboolean loopback;
  } cases[] = { { "127.0.0.1", TRUE }, { "::1", TRUE },         { "localhost", TRUE },
                { "10.0.0.1", FALSE }, { "example.org", FALSE }, { "localhost.evil.example", FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChannelsEndpoint) endpoint = channels_endpoint_new ("key", cases[i].host, 0, NULL, FALSE, NULL);

      g_assert_true (channels_endpoint_is_loopback (endpoint) == cases[i].loopback);
    }
}

static void
test_with_tls (void)
{
  g_autoptr (ChannelsEndpoint) plain = channels_endpoint_new ("key", "example.org", 0, NULL, FALSE, NULL);
  g_autoptr (ChannelsEndpoint) odd = channels_endpoint_new ("key", "example.org", 6001, NULL, FALSE, NULL);
  g_autoptr (ChannelsEndpoint) plain_tls = channels_endpoint_dup_with_tls (plain);
  g_autoptr (ChannelsEndpoint) odd_tls = channels_endpoint_dup_with_tls (odd);

  g_assert_true (channels_endpoint_get_tls (plain_tls));
  g_assert_cmpuint (channels_endpoint_get_port (plain_tls), ==, 443);
  g_assert_cmpuint (channels_endpoint_get_port (odd_tls), ==, 6001);
}

static void
test_names (void)
{
  g_autofree char *longest = g_strnfill (164, 'a');
  g_autofree char *too_long = g_strnfill (165, 'a');

  g_assert_true (channels_name_is_valid (longest));
  g_assert_false (channels_name_is_valid (too_long));
  g_assert_true (channels_name_is_valid ("__proto__"));
  g_assert_true (channels_name_is_valid ("private-user.7=@,;_-"));
  g_assert_false (channels_name_is_valid (""));
  g_assert_false (channels_name_is_valid ("#server-to-user-7"));
  g_assert_false (channels_name_is_valid ("a b"));
  g_assert_false (channels_name_is_valid ("ä"));
  g_assert_true (channels_name_is_signed ("private-cache-a"));
  g_assert_true (channels_name_is_signed ("presence-cache-a"));
  g_assert_false (channels_name_is_signed ("cache-private-a"));
}

static void
test_close_codes (void)
{
  static const struct
  {
    int code;
    ChannelsRetry retry;
    ChannelsError error;
  } cases[] = {
    { 0, CHANNELS_RETRY_BACKOFF, CHANNELS_ERROR_CLOSED },
    { 500, CHANNELS_RETRY_BACKOFF, CHANNELS_ERROR_CLOSED },
    { 1000, CHANNELS_RETRY_BACKOFF, CHANNELS_ERROR_CLOSED },
    { 1006, CHANNELS_RETRY_BACKOFF, CHANNELS_ERROR_CLOSED },
    { 3999, CHANNELS_RETRY_BACKOFF, CHANNELS_ERROR_CLOSED },
    { 4000, CHANNELS_RETRY_TLS, CHANNELS_ERROR_REJECTED },
    { 4001, CHANNELS_RETRY_NEVER, CHANNELS_ERROR_REJECTED },
    { 4002, CHANNELS_RETRY_NEVER, CHANNELS_ERROR_REJECTED },
    { 4003, CHANNELS_RETRY_NEVER, CHANNELS_ERROR_REJECTED },
    { 4004, CHANNELS_RETRY_MINUTES, CHANNELS_ERROR_OVER_QUOTA },
    { 4005, CHANNELS_RETRY_NEVER, CHANNELS_ERROR_REJECTED },
    { 4006, CHANNELS_RETRY_NEVER, CHANNELS_ERROR_REJECTED },
    { 4007, CHANNELS_RETRY_NEVER, CHANNELS_ERROR_REJECTED },
    { 4009, CHANNELS_RETRY_FRESH, CHANNELS_ERROR_UNAUTHORIZED },
    { 4099, CHANNELS_RETRY_NEVER, CHANNELS_ERROR_REJECTED },
    { 4100, CHANNELS_RETRY_LATER, CHANNELS_ERROR_OVER_QUOTA },
    { 4199, CHANNELS_RETRY_LATER, CHANNELS_ERROR_CLOSED },
    { 4200, CHANNELS_RETRY_AT_ONCE, CHANNELS_ERROR_CLOSED },
    { 4201, CHANNELS_RETRY_AT_ONCE, CHANNELS_ERROR_CLOSED },
    { 4202, CHANNELS_RETRY_AT_ONCE, CHANNELS_ERROR_CLOSED },
    { 4299, CHANNELS_RETRY_AT_ONCE, CHANNELS_ERROR_CLOSED },
    { 4301, CHANNELS_RETRY_BACKOFF, CHANNELS_ERROR_CLOSED },
    { 5001, CHANNELS_RETRY_BACKOFF, CHANNELS_ERROR_CLOSED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const ChannelsCloseRule *rule = channels_close_rule_for (cases[i].code);

      g_assert_cmpint (rule->retry, ==, cases[i].retry);
      g_assert_cmpint (rule->error, ==, cases[i].error);
    }
}

static void
test_strings (void)
{
  g_assert_cmpstr (channels_error_to_string (CHANNELS_ERROR_NOT_CHANNELS), ==, "not-channels");
  g_assert_cmpstr (channels_client_state_to_string (CHANNELS_CLIENT_WAITING), ==, "waiting");
  g_assert_cmpstr (channels_subscription_state_to_string (CHANNELS_SUBSCRIPTION_REFUSED), ==, "refused");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/channels/endpoint/uri", test_uri);
  g_test_add_func ("/channels/endpoint/address", test_address);
  g_test_add_func ("/channels/endpoint/cluster", test_cluster);
  g_test_add_func ("/channels/endpoint/invalid", test_invalid);
  g_test_add_func ("/channels/endpoint/loopback", test_loopback);
  g_test_add_func ("/channels/endpoint/with-tls", test_with_tls);
  g_test_add_func ("/channels/endpoint/names", test_names);
  g_test_add_func ("/channels/endpoint/close-codes", test_close_codes);
  g_test_add_func ("/channels/endpoint/strings", test_strings);
  return g_test_run ();
}
