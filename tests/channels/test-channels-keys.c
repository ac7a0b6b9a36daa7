/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <sodium.h>
#include <string.h>

#include "channels-http-authorizer.h"
#include "channels-publisher.h"
#include "line.h"
#include "rd-test.h"

/* Encrypted channels' keys are wiped wherever they were: this program stands in for libsodium's sodium_memzero(), and
 * looks at what it is given. What libsoup has read the reply into is beyond reach. */

#define CHANNEL "private-encrypted-a"
#define KEY "an encrypted channel's key: 32 B"
#define NEXT_KEY "the key that comes after: 32 too"
#define KEY_BYTES 32

typedef struct
{
  const char *bytes;
  guint n_raw;  /* wipes of the key itself */
  guint n_text; /* of its base64 */
} Wiped;

static Wiped first = { KEY, 0, 0 };
static Wiped second = { NEXT_KEY, 0, 0 };

static char *
encode (const Wiped *key)
{
  return g_base64_encode ((const guchar *) key->bytes, KEY_BYTES);
}

static void
look (Wiped *key, const void *memory, gsize length)
{
  g_autofree char *text = encode (key);

  key->n_raw += memmem (memory, length, key->bytes, KEY_BYTES) != NULL ? 1 : 0;
  key->n_text += memmem (memory, length, text, strlen (text)) != NULL ? 1 : 0;
}

void
sodium_memzero (void *const memory, const size_t length)
{
  look (&first, memory, length);
  look (&second, memory, length);
  memset (memory, 0, length);
}

static void
reset (void)
{
  first.n_raw = first.n_text = second.n_raw = second.n_text = 0;
}

/* Makes the line's server answer for the channel with @key. */
static void
answer_with (Line *line, const Wiped *key, const char *before, const char *after)
{
  g_autofree char *text = encode (key);
  g_autofree char *body = g_strconcat (before, text, after, NULL);

  scripted_server_set_auth (line->server, SOUP_STATUS_OK, body);
}

static ChannelsSubscription *
subscribe (Line *line)
{
  g_autofree char *uri = scripted_server_dup_http_uri (line->server, "/auth");
  g_autoptr (ChannelsHttpAuthorizer) authorizer =
      channels_http_authorizer_new (line->session, uri, CHANNELS_HTTP_ENCODING_FORM);

  g_object_set (authorizer, "clock", line->clock, NULL);
  line_make_client (line, CHANNELS_AUTHORIZER (authorizer));
  return line_subscribe (line, CHANNEL);
}

/* The reply, the copy that is read, the document made of it, and the authorisation: each had the text once. */
#define PLACES 4

static void
test_wiped (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = NULL;

  reset ();
  answer_with (line, &first, "{\"auth\":\"key:sig\",\"shared_secret\":\"", "\"}");
  subscription = subscribe (line);
  line_connect (line);
  line_await_channel (subscription, CHANNELS_SUBSCRIPTION_SUBSCRIBED);
  rd_test_drain ();
  g_assert_cmpuint (first.n_text, ==, PLACES);
  g_assert_cmpuint (first.n_raw, ==, 0);

  /* Another key takes its place with the next socket. */
  answer_with (line, &second, "{\"auth\":\"key:sig\",\"shared_secret\":\"", "\"}");
  scripted_server_drop (line->server);
  line_await_return (line);
  line_await_channel (subscription, CHANNELS_SUBSCRIPTION_SUBSCRIBED);
  rd_test_drain ();
  g_assert_cmpuint (first.n_raw, ==, 1);
  g_assert_cmpuint (second.n_text, ==, PLACES);

  channels_client_unsubscribe (line->client, CHANNEL);
  g_assert_cmpuint (second.n_raw, ==, 1);
}

static void
test_client_dropped (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = NULL;

  reset ();
  answer_with (line, &first, "{\"auth\":\"key:sig\",\"shared_secret\":\"", "\"}");
  subscription = subscribe (line);
  line_connect (line);
  line_await_channel (subscription, CHANNELS_SUBSCRIPTION_SUBSCRIBED);
  g_assert_finalize_object (g_steal_pointer (&line->client));
  rd_test_drain ();
  g_assert_cmpuint (first.n_raw, ==, 1);
  g_assert_cmpuint (first.n_text, ==, PLACES);
}

/* A reply with a key is one, even if it is of no use. */
static void
test_useless_reply (Line *line, gconstpointer data)
{
  g_autoptr (ChannelsSubscription) subscription = NULL;

  reset ();
  answer_with (line, &first, "{\"auth\":7,\"shared_secret\":\"", "\"}");
  subscription = subscribe (line);
  line_connect (line);
  line_await_channel (subscription, CHANNELS_SUBSCRIPTION_REFUSED);
  rd_test_drain ();
  g_assert_cmpuint (first.n_text, ==, PLACES - 1);
}

static void
test_publisher (Line *line, gconstpointer data)
{
  g_autofree char *text = encode (&first);
  ChannelsPublisher *publisher = channels_publisher_new (line->endpoint, line->session, "3", NEXT_KEY);

  reset ();
  g_assert_true (channels_publisher_set_encryption_key (publisher, text, NULL));
  g_assert_finalize_object (publisher);
  g_assert_cmpuint (first.n_raw, ==, 1);
  g_assert_cmpuint (second.n_raw, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/channels/keys/" path, Line, NULL, line_set_up_without, func, line_tear_down)
  ADD ("wiped", test_wiped);
  ADD ("client-dropped", test_client_dropped);
  ADD ("useless-reply", test_useless_reply);
  ADD ("publisher", test_publisher);
#undef ADD
  return g_test_run ();
}
