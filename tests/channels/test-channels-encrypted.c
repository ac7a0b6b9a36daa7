/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <sodium.h>
#include <string.h>

#include "channels-secretbox-private.h"
#include "line.h"
#include "rd-test.h"

/* Encrypted channels: keys, what they open, and what happens when they change. */

#define CHANNEL "private-encrypted-desk"
#define SUBSCRIBED CHANNELS_SUBSCRIPTION_SUBSCRIBED
#define REFUSED CHANNELS_SUBSCRIPTION_REFUSED

/* Two keys of 32 bytes, as a server would have them */
static const guint8 old_key[crypto_secretbox_KEYBYTES] = "the key before it was rotated...";
static const guint8 new_key[crypto_secretbox_KEYBYTES] = "the key after it was rotated....";

typedef struct
{
  Line line;
  ChannelsSubscription *desk;
  GString *log;
} Fixture;

static void
await_requests (Fixture *fixture, guint n)
{
  rd_test_await (held_authorizer_get_n (fixture->line.authorizer) >= n);
  g_assert_cmpuint (held_authorizer_get_n (fixture->line.authorizer), ==, n);
}

static char *
encode (const void *bytes, gsize length)
{
  return g_base64_encode (bytes, length);
}

static void
grant (Fixture *fixture, guint request, const guint8 *key)
{
  g_autofree char *text = encode (key, crypto_secretbox_KEYBYTES);

  held_authorizer_grant_key (fixture->line.authorizer, request, text);
}

/* What a server sends of @text, sealed with @key. */
static void
send_sealed (Fixture *fixture, const char *event, const char *text, gsize length, const guint8 *key)
{
  g_autofree guint8 *bytes = g_malloc (length + crypto_secretbox_MACBYTES);
  guint8 nonce[crypto_secretbox_NONCEBYTES];
  g_autofree char *nonce_text = NULL;
  g_autofree char *ciphertext = NULL;
  g_autofree char *frame = NULL;

  randombytes_buf (nonce, sizeof nonce);
  crypto_secretbox_easy (bytes, (const guint8 *) text, length, nonce, key);
  nonce_text = encode (nonce, sizeof nonce);
  ciphertext = encode (bytes, length + crypto_secretbox_MACBYTES);
  frame = g_strdup_printf ("{\"event\":\"%s\",\"channel\":\"" CHANNEL "\","
                           "\"data\":\"{\\\"nonce\\\":\\\"%s\\\",\\\"ciphertext\\\":\\\"%s\\\"}\"}",
                           event, nonce_text, ciphertext);
  scripted_server_send (fixture->line.server, frame);
}

static void
send_event (Fixture *fixture, const char *event, const guint8 *key)
{
  send_sealed (fixture, event, "{}", 2, key);
}

static void
on_event (ChannelsSubscription *subscription, ChannelsEvent *event, GString *log)
{
  g_string_append_printf (log, "%s %s;", channels_event_get_name (event), channels_event_get_text (event));
}

static void
on_decryption_failed (ChannelsSubscription *subscription, const char *event, const GError *error, GString *log)
{
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_DECRYPTION);
  g_string_append_printf (log, "!%s;", event);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  line_set_up (&fixture->line, data);
  fixture->log = g_string_new (NULL);
  fixture->desk = line_subscribe (&fixture->line, CHANNEL);
  g_signal_connect (fixture->desk, "event", G_CALLBACK (on_event), fixture->log);
  g_signal_connect (fixture->desk, "decryption-failed", G_CALLBACK (on_decryption_failed), fixture->log);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->desk);
  line_tear_down (&fixture->line, data);
  g_string_free (fixture->log, TRUE);
}

static void
subscribe (Fixture *fixture)
{
  line_connect (&fixture->line);
  await_requests (fixture, 1);
  grant (fixture, 0, old_key);
  line_await_channel (fixture->desk, SUBSCRIBED);
}

/* Awaits that the events so far are dealt with, as @log says, and forgets them. */
static void
await_log (Fixture *fixture, const char *log)
{
  rd_test_await (fixture->log->len >= strlen (log));
  g_assert_cmpstr (fixture->log->str, ==, log);
  g_string_truncate (fixture->log, 0);
}

static void
test_events (Fixture *fixture, gconstpointer data)
{
  subscribe (fixture);
  g_assert_null (strstr (scripted_server_get_last (fixture->line.server, "pusher:subscribe", NULL), "secret"));
  send_sealed (fixture, "told", "{\"a\":\"ö\"}", strlen ("{\"a\":\"ö\"}"), old_key);
  send_sealed (fixture, "text", "just text", 9, old_key);
  send_sealed (fixture, "string", "\"quoted\"", 8, old_key);
  send_sealed (fixture, "empty", "", 0, old_key);
  await_log (fixture, "told {\"a\":\"ö\"};text just text;string \"quoted\";empty ;");
  scripted_server_send (fixture->line.server,
                        "{\"event\":\"pusher:cache_miss\",\"channel\":\"" CHANNEL "\",\"data\":\"{}\"}");
  await_log (fixture, "pusher:cache_miss {};");
  await_requests (fixture, 1);
}

/* The key has changed, and five events come with the new one: one question, and the order stays. */
static void
test_rotation (Fixture *fixture, gconstpointer data)
{
  subscribe (fixture);
  send_event (fixture, "0", old_key);
  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      send_event (fixture, name, new_key);
    }
  await_requests (fixture, 2);
  g_assert_cmpstr (held_authorizer_get_socket_id (fixture->line.authorizer, 1), ==, "1.1");
  rd_test_drain ();
  await_log (fixture, "0 {};");
  grant (fixture, 1, new_key);
  await_log (fixture, "1 {};2 {};3 {};4 {};5 {};");
  send_event (fixture, "6", new_key);
  await_log (fixture, "6 {};");
  await_requests (fixture, 2);
}

/* One that no key opens is given up, and holds up nothing for long; the next of its kind has nobody asked again, for a
 * while. */
static void
test_garbage (Fixture *fixture, gconstpointer data)
{
  static const guint8 nobodys_key[crypto_secretbox_KEYBYTES] = "nobody's";

  subscribe (fixture);
  send_event (fixture, "1", nobodys_key);
  send_event (fixture, "2", old_key);
  await_requests (fixture, 2);
  g_assert_cmpstr (fixture->log->str, ==, "");
  grant (fixture, 1, old_key);
  await_log (fixture, "!1;2 {};");
  for (guint i = 0; i < 3; i++)
    send_event (fixture, "3", nobodys_key);
  send_event (fixture, "4", old_key);
  await_log (fixture, "!3;!3;!3;4 {};");
  await_requests (fixture, 2);
  channels_test_clock_advance (fixture->line.clock, 3000);
  send_event (fixture, "5", new_key);
  await_requests (fixture, 3);
  grant (fixture, 2, new_key);
  await_log (fixture, "5 {};");
}

/* What is no sealed event at all costs no question. */
static void
test_malformed (Fixture *fixture, gconstpointer data)
{
  static const char *const datas[] = {
    "null",
    "7",
    "\"text\"",
    "{}",
    "{\"nonce\":7,\"ciphertext\":\"\"}",
    "{\"nonce\":\"AAAA\",\"ciphertext\":\"AAAAAAAAAAAAAAAAAAAAAAAA\"}",
    "{\"nonce\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"ciphertext\":\"AAAA\"}",
    "{\"nonce\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"ciphertext\":\"\"}",
    "{\"nonce\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"ciphertext\":\"AAAAAAAAAAAAAAAAAAAAAAAA!\"}",
    "{\"nonce\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"ciphertext\":\"AAAAAAAAAAAAAAAAAAAAAAAA\"}",
    "{\"nonce\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\",\"ciphertext\":\"AAAAAAAAAAAAAAAAAAAAAAAA\"}",
  };

  subscribe (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (datas); i++)
    {
      g_autofree char *frame =
          g_strdup_printf ("{\"event\":\"odd\",\"channel\":\"" CHANNEL "\",\"data\":%s}", datas[i]);

      scripted_server_send (fixture->line.server, frame);
      await_log (fixture, "!odd;");
    }
  await_requests (fixture, 1);
}

/* An authoriser that no longer gives a key, or none that is one */
static void
test_refresh_refused (Fixture *fixture, gconstpointer data)
{
  subscribe (fixture);
  send_event (fixture, "1", new_key);
  send_event (fixture, "2", old_key);
  await_requests (fixture, 2);
  held_authorizer_refuse (fixture->line.authorizer, 1, CHANNELS_ERROR_UNAUTHORIZED);
  await_log (fixture, "!1;2 {};");
  g_assert_cmpint (channels_subscription_get_state (fixture->desk), ==, SUBSCRIBED);

  channels_test_clock_advance (fixture->line.clock, 3000);
  send_event (fixture, "3", new_key);
  await_requests (fixture, 3);
  held_authorizer_grant_key (fixture->line.authorizer, 2, "AAAA");
  await_log (fixture, "!3;");

  /* The deadline is the authorisation's. */
  channels_test_clock_advance (fixture->line.clock, 10000);
  send_event (fixture, "4", new_key);
  await_requests (fixture, 4);
  channels_test_clock_advance (fixture->line.clock, 10000);
  await_log (fixture, "!4;");
  g_assert_true (held_authorizer_is_cancelled (fixture->line.authorizer, 3));
  grant (fixture, 3, new_key);
}

static void
test_no_text (Fixture *fixture, gconstpointer data)
{
  subscribe (fixture);
  send_sealed (fixture, "bytes", "\xff\xfe", 2, old_key);
  await_requests (fixture, 2);
  grant (fixture, 1, old_key);
  await_log (fixture, "!bytes;");
  send_sealed (fixture, "nul", "a\0b", 3, old_key);
  await_log (fixture, "!nul;");
}

static void
test_bad_keys (Fixture *fixture, gconstpointer data)
{
  static const char *const keys[] = {
    NULL,
    "",
    "AAAA",
    "not base64!",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",      /* no padding */
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", /* 36 bytes */
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= ",
  };

  line_connect (&fixture->line);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      await_requests (fixture, i + 1);
      held_authorizer_grant_key (fixture->line.authorizer, i, keys[i]);
      line_await_channel (fixture->desk, REFUSED);
      g_assert_error (channels_subscription_get_error (fixture->desk), CHANNELS_ERROR, CHANNELS_ERROR_DECRYPTION);
      channels_subscription_retry (fixture->desk);
    }
  await_requests (fixture, G_N_ELEMENTS (keys) + 1);
  grant (fixture, G_N_ELEMENTS (keys), old_key);
  line_await_channel (fixture->desk, SUBSCRIBED);
}

/* What waited for a key when the socket was lost is read with the next one, and comes first. */
static void
test_socket_lost (Fixture *fixture, gconstpointer data)
{
  subscribe (fixture);
  send_event (fixture, "1", new_key);
  send_event (fixture, "2", new_key);
  await_requests (fixture, 2);
  scripted_server_drop (fixture->line.server);
  line_await_return (&fixture->line);
  g_assert_true (held_authorizer_is_cancelled (fixture->line.authorizer, 1));
  await_requests (fixture, 3);
  grant (fixture, 1, new_key);
  grant (fixture, 2, new_key);
  line_await_channel (fixture->desk, SUBSCRIBED);
  send_event (fixture, "3", new_key);
  await_log (fixture, "1 {};2 {};3 {};");
}

/* A server cannot have us keep what we cannot read: the rest is told as lost. */
static void
test_bound (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (100 * 1024, ' ');
  guint n_lost = 0;

  subscribe (fixture);
  for (guint i = 0; i < 12; i++)
    send_sealed (fixture, "large", large, strlen (large), new_key);
  await_requests (fixture, 2);
  rd_test_await (fixture->log->len >= strlen ("!large;") * 2);
  rd_test_drain ();
  n_lost = (guint) (fixture->log->len / strlen ("!large;"));
  g_assert_cmpuint (n_lost, ==, 2);
  held_authorizer_refuse (fixture->line.authorizer, 1, CHANNELS_ERROR_SERVER);
  rd_test_await (fixture->log->len == strlen ("!large;") * 12);
}

static void
on_event_unsubscribe (ChannelsSubscription *subscription, ChannelsEvent *event, Line *line)
{
  channels_client_unsubscribe (line->client, CHANNEL);
}

static void
on_event_drop (ChannelsSubscription *subscription, ChannelsEvent *event, Line *line)
{
  g_clear_object (&line->client);
}

static void
test_unsubscribe_inside (Fixture *fixture, gconstpointer data)
{
  g_signal_connect_after (fixture->desk, "event", G_CALLBACK (on_event_unsubscribe), &fixture->line);
  subscribe (fixture);
  send_event (fixture, "1", new_key);
  send_event (fixture, "2", new_key);
  await_requests (fixture, 2);
  rd_test_drain ();
  grant (fixture, 1, new_key);
  await_log (fixture, "1 {};");
  rd_test_drain ();
  await_log (fixture, "");
}

static void
test_drop_inside (Fixture *fixture, gconstpointer data)
{
  g_signal_connect_after (fixture->desk, "event", G_CALLBACK (on_event_drop), &fixture->line);
  subscribe (fixture);
  send_event (fixture, "1", new_key);
  send_event (fixture, "2", new_key);
  await_requests (fixture, 2);
  rd_test_drain ();
  grant (fixture, 1, new_key);
  rd_test_await (fixture->line.client == NULL);
  await_log (fixture, "1 {};");
}

/* Nobody else's code: sealed by TweetNaCl.js 1.0.3, which the official SDK for servers uses. */
static void
test_known_answer (void)
{
  g_autoptr (GError) error = NULL;
  const char *zeroes = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  g_autoptr (ChannelsSecretbox) box = channels_secretbox_new (zeroes, &error);
  g_autoptr (ChannelsSecretbox) same = channels_secretbox_new (zeroes, NULL);
  g_autoptr (ChannelsSecretbox) other = channels_secretbox_new ("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", NULL);
  g_autoptr (JsonNode) data =
      json_from_string ("{\"nonce\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\","
                        "\"ciphertext\":\"/LY06kEvuMKuwoli8N7ear0c2J6S6ewWybeZvy2Z/TkKJ8A=\"}",
                        NULL);
  g_autoptr (ChannelsSealed) sealed = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_true (channels_secretbox_equal (box, same));
  g_assert_false (channels_secretbox_equal (box, other));
  sealed = channels_sealed_new (data, &error);
  g_assert_no_error (error);
  text = channels_secretbox_open (box, sealed, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "{\"call\":\"incoming\"}");
  g_assert_null (channels_secretbox_open (other, sealed, &error));
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_DECRYPTION);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
#define ADD(path, func) g_test_add ("/channels/encrypted/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("events", test_events);
  ADD ("rotation", test_rotation);
  ADD ("garbage", test_garbage);
  ADD ("malformed", test_malformed);
  ADD ("refresh-refused", test_refresh_refused);
  ADD ("no-text", test_no_text);
  ADD ("bad-keys", test_bad_keys);
  ADD ("socket-lost", test_socket_lost);
  ADD ("bound", test_bound);
  ADD ("inside/unsubscribe", test_unsubscribe_inside);
  ADD ("inside/drop", test_drop_inside);
#undef ADD
  g_test_add_func ("/channels/encrypted/known-answer", test_known_answer);
  return g_test_run ();
}
