/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "channels-client.h"
#include "channels-error.h"
#include "channels-json-private.h"
#include "channels-test-clock.h"
#include "fuzz-authorizer.h"
#include "fuzz-seal.h"
#include "fuzz-wire.h"

/* A whole client, from its socket to its signals: each line is one thing that happens, by its first character (see the
 * table below); any other line is a text frame from the server. Whatever happens, in whatever order, and whatever is
 * done by those whom the client tells of it, it keeps its promises. */

#define ENCRYPTED "private-encrypted-room"
#define MAX_LINES 100
#define MAX_CHANNELS 8
/* How much time passes with one line, and in all: in more, a client without a server does the same over and over. The
 * longest that it waits for is a server's ping, and then the answer to its own. */
#define MAX_MS 40000
#define MAX_LIFE_MS 160000
#define TIMERS_OF_A_CLIENT 4
#define TIMERS_OF_A_CHANNEL 2

typedef struct
{
  FuzzWire *wire;
  ChannelsTestClock *clock;
  FuzzAuthorizer *authorizer;
  ChannelsClient *client; /* (nullable): somebody has let go of it */
  char whim; /* what is done when the client next tells something; 0: nothing */
  GHashTable *standing; /* the channels that were subscribed on the newest socket */
  guint socket; /* its number */
  guint lived; /* ms */
  guint key; /* the encrypted channel's */
  guint sealed; /* how many events were sent on it, each with its number as its text */
  guint opened; /* the last one that came out */
} World;

/* The signals. Each may be the moment for the whim. */

static void
act (World *world)
{
  char whim = world->whim;

  world->whim = 0;
  if (world->client == NULL)
    return;
  switch (whim)
    {
    case 'u':
      channels_client_unsubscribe (world->client, "news");
      channels_client_unsubscribe (world->client, "presence-room");
      break;
    case 'd':
      channels_client_stop (world->client);
      break;
    case 'c':
      channels_client_start (world->client);
      break;
    case 'o':
      channels_client_sign_out (world->client);
      break;
    case 'x':
      g_clear_object (&world->client);
      break;
    default:
      break;
    }
}

static void
check_event (ChannelsEvent *event)
{
  g_assert (channels_event_get_name (event)[0] != '\0');
  g_assert (g_utf8_validate (channels_event_get_text (event), -1, NULL));
  g_assert (channels_event_get_data (event) != NULL);
}

/* On an encrypted channel only what was sealed comes out, in its order. */
static void
check_opened (World *world, ChannelsEvent *event)
{
  guint number;

  if (!g_str_equal (channels_event_get_channel (event), ENCRYPTED)
      || g_str_has_prefix (channels_event_get_name (event), "pusher:"))
    return;
  number = (guint) g_ascii_strtoull (channels_event_get_text (event), NULL, 10);
  g_assert (number > world->opened && number <= world->sealed);
  world->opened = number;
}

static void
on_subscription_event (ChannelsSubscription *subscription, ChannelsEvent *event, World *world)
{
  check_event (event);
  check_opened (world, event);
  act (world);
}

static void
on_decryption_failed (ChannelsSubscription *subscription, const char *name, const GError *error, World *world)
{
  fuzz_check_outcome (FALSE, error, CHANNELS_ERROR);
  fuzz_check_discreet (error);
  act (world);
}

static void
on_event (ChannelsClient *client, ChannelsEvent *event, World *world)
{
  check_event (event);
  act (world);
}

static void
on_error (ChannelsClient *client, const GError *error, const char *channel, World *world)
{
  fuzz_check_outcome (FALSE, error, CHANNELS_ERROR);
  fuzz_check_discreet (error);
  act (world);
}

static void
on_member (ChannelsSubscription *subscription, const char *user_id, JsonNode *info, World *world)
{
  g_assert (user_id[0] != '\0' && g_utf8_validate (user_id, -1, NULL));
  act (world);
}

static void
on_watchlist (ChannelsClient *client, const char *name, const char *const *user_ids, World *world)
{
  g_assert (name[0] != '\0');
  for (gsize i = 0; user_ids[i] != NULL; i++)
    g_assert (g_utf8_validate (user_ids[i], -1, NULL));
  act (world);
}

static void
on_gap (ChannelsSubscription *subscription, gint64 from, gint64 to, World *world)
{
  g_assert (from <= to);
  act (world);
}

static void
on_notify (GObject *source, GParamSpec *pspec, World *world)
{
  act (world);
}

/* What happens, one line at a time. */

static void
do_subscribe (World *world, const char *name)
{
  g_autoptr (ChannelsSubscription) subscription = NULL;
  g_autoptr (GPtrArray) all = channels_client_dup_subscriptions (world->client);

  if (all->len >= MAX_CHANNELS || !g_utf8_validate (name, -1, NULL))
    return;
  subscription = channels_client_subscribe (world->client, name, NULL);
  if (subscription == NULL || g_object_get_data (G_OBJECT (subscription), "known") != NULL)
    return;
  g_object_set_data (G_OBJECT (subscription), "known", world);
  /* The world outlives all of them. */
  g_signal_connect (subscription, "event", G_CALLBACK (on_subscription_event), world);
  g_signal_connect (subscription, "decryption-failed", G_CALLBACK (on_decryption_failed), world);
  g_signal_connect (subscription, "member-added", G_CALLBACK (on_member), world);
  g_signal_connect (subscription, "member-removed", G_CALLBACK (on_member), world);
  g_signal_connect (subscription, "gap", G_CALLBACK (on_gap), world);
  g_signal_connect (subscription, "notify::state", G_CALLBACK (on_notify), world);
}

static void
do_unsubscribe (World *world, const char *name)
{
  channels_client_unsubscribe (world->client, name);
}

static void
do_retry (World *world, const char *name)
{
  g_autoptr (GPtrArray) all = channels_client_dup_subscriptions (world->client);

  for (guint i = 0; i < all->len; i++)
    channels_subscription_retry (g_ptr_array_index (all, i));
}

static void
do_start (World *world, const char *argument)
{
  channels_client_start (world->client);
}

static void
do_stop (World *world, const char *argument)
{
  channels_client_stop (world->client);
}

static void
do_probe (World *world, const char *argument)
{
  channels_client_probe (world->client);
}

static void
do_resume (World *world, const char *argument)
{
  channels_client_resume (world->client);
}

static void
do_sign_in (World *world, const char *argument)
{
  channels_client_sign_in (world->client);
}

static void
do_sign_out (World *world, const char *argument)
{
  channels_client_sign_out (world->client);
}

/* To every channel that will have it. */
static void
do_trigger (World *world, const char *event)
{
  g_autoptr (GPtrArray) all = channels_client_dup_subscriptions (world->client);
  g_autoptr (JsonNode) data = json_node_init_string (json_node_alloc (), "x");

  for (guint i = 0; i < all->len && g_utf8_validate (event, -1, NULL); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean sent = channels_subscription_trigger (g_ptr_array_index (all, i), event, data, &error);

      fuzz_check_outcome (sent, error, CHANNELS_ERROR);
    }
}

static void
do_move (World *world, const char *host)
{
  g_autoptr (ChannelsEndpoint) endpoint = channels_endpoint_new ("key", host, 443, NULL, TRUE, NULL);

  if (endpoint != NULL)
    channels_client_set_endpoint (world->client, endpoint);
}

static void
do_wait (World *world, const char *ms)
{
  const guint wanted = (guint) MIN (g_ascii_strtoull (ms, NULL, 10), MAX_MS);
  const guint passes = MIN (wanted, MAX_LIFE_MS - world->lived);

  world->lived += passes;
  channels_test_clock_advance (world->clock, passes);
}

static void
do_close (World *world, const char *code)
{
  fuzz_wire_close (world->wire, (guint) MIN (g_ascii_strtoull (code, NULL, 10), G_MAXUINT16));
}

static void
do_answer_next (World *world, const char *answer)
{
  fuzz_wire_set_answer (world->wire, (FuzzWireAnswer) (g_ascii_strtoull (answer, NULL, 10) % FUZZ_WIRE_N_ANSWERS));
}

static void
do_grant (World *world, const char *body)
{
  fuzz_authorizer_answer (world->authorizer, body);
}

static void
do_refuse (World *world, const char *argument)
{
  fuzz_authorizer_answer (world->authorizer, NULL);
}

static void
do_grant_key (World *world, const char *argument)
{
  g_autofree char *secret = fuzz_seal_dup_secret (world->key);
  g_autofree char *body = g_strdup_printf ("{\"auth\":\"k:s\",\"shared_secret\":\"%s\"}", secret);

  fuzz_authorizer_answer (world->authorizer, body);
}

static void
do_rotate_key (World *world, const char *argument)
{
  world->key++;
}

static void
do_send_sealed (World *world, const char *argument)
{
  g_autofree char *number = g_strdup_printf ("%u", ++world->sealed);
  g_autoptr (JsonNode) node = fuzz_seal (world->key, number, strlen (number), -1);
  g_autofree char *data = json_to_string (node, FALSE);
  g_autofree char *text =
      g_strdup_printf ("{\"event\":\"new\",\"channel\":\"" ENCRYPTED "\",\"data\":%s}", data);

  fuzz_wire_send (world->wire, SOUP_WEBSOCKET_DATA_TEXT, text, strlen (text));
}

static void
do_whim (World *world, const char *whim)
{
  world->whim = whim[0];
}

static void
do_send_binary (World *world, const char *data)
{
  fuzz_wire_send (world->wire, SOUP_WEBSOCKET_DATA_BINARY, data, strlen (data));
}

static void
do_send_raw (World *world, const char *data)
{
  fuzz_wire_send_raw (world->wire, data, strlen (data));
}

static const struct
{
  char op;
  void (*run) (World *world, const char *argument);
} ops[] = {
  { '+', do_subscribe }, { '-', do_unsubscribe }, { '*', do_retry },   { '^', do_start },    { '!', do_stop },
  { '?', do_probe },     { '~', do_resume },      { '>', do_wait },    { '=', do_close },    { '@', do_answer_next },
  { 'g', do_grant },     { 'r', do_refuse },      { 'w', do_whim },    { 'b', do_send_binary }, { 'x', do_send_raw },
  { 's', do_sign_in },   { 'o', do_sign_out },    { 't', do_trigger }, { 'm', do_move },
  { 'f', do_grant_key }, { 'k', do_rotate_key },  { 'e', do_send_sealed },
};

/* Errors take subscriptions back, which the client may then ask for again. */
static void
send_text (World *world, const char *text)
{
  if (strstr (text, "error") != NULL || strchr (text, '\\') != NULL)
    g_hash_table_remove_all (world->standing);
  fuzz_wire_send (world->wire, SOUP_WEBSOCKET_DATA_TEXT, text, strlen (text));
}

static void
run (World *world, const char *line)
{
  if (world->client == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (ops); i++)
    if (ops[i].op == line[0])
      {
        ops[i].run (world, line + 1);
        return;
      }
  send_text (world, line);
}

/* The promises. */

/* No channel is subscribed twice on one socket. */
static void
check_sent (World *world, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = channels_json_parse (text, -1, &error);
  JsonObject *data;
  const char *event;
  const char *channel;

  g_assert_no_error (error);
  event = channels_json_get_string (channels_json_get_object (root), "event");
  data = channels_json_get_object (json_object_get_member (json_node_get_object (root), "data"));
  channel = channels_json_get_string (data, "channel");
  if (g_str_equal (event, "pusher:subscribe") && !g_hash_table_add (world->standing, g_strdup (channel)))
    g_error ("Subscribed twice: %s", channel);
  if (g_str_equal (event, "pusher:unsubscribe"))
    g_hash_table_remove (world->standing, channel);
}

static void
check_all_sent (World *world)
{
  char *text;

  if (fuzz_wire_get_n (world->wire) != world->socket)
    g_hash_table_remove_all (world->standing);
  world->socket = fuzz_wire_get_n (world->wire);
  while ((text = fuzz_wire_take (world->wire)) != NULL)
    {
      check_sent (world, text);
      g_free (text);
    }
}

static void
check_client (World *world)
{
  ChannelsClientState state = channels_client_get_state (world->client);
  g_autoptr (GPtrArray) all = channels_client_dup_subscriptions (world->client);

  g_assert ((state == CHANNELS_CLIENT_CONNECTED) == (channels_client_get_socket_id (world->client) != NULL));
  g_assert ((state == CHANNELS_CLIENT_WAITING) == (channels_client_get_next_try (world->client) != 0));
  g_assert (state != CHANNELS_CLIENT_FAILED || channels_client_get_error (world->client) != NULL);
  if (channels_client_get_error (world->client) != NULL)
    fuzz_check_outcome (FALSE, channels_client_get_error (world->client), CHANNELS_ERROR);
  for (guint i = 0; i < all->len; i++)
    g_assert (channels_subscription_get_state (g_ptr_array_index (all, i)) != CHANNELS_SUBSCRIPTION_SUBSCRIBED
              || state == CHANNELS_CLIENT_CONNECTED);
  g_assert (channels_test_clock_get_n_timers (world->clock)
            <= TIMERS_OF_A_CLIENT + TIMERS_OF_A_CHANNEL * MAX_CHANNELS);
}

static void
check (World *world)
{
  fuzz_wire_settle (world->wire);
  /* What is put off to the next moment happens now. */
  channels_test_clock_advance (world->clock, 0);
  fuzz_wire_settle (world->wire);
  check_all_sent (world);
  if (world->client != NULL)
    check_client (world);
}

/* The world */

static SoupSession *
get_session (void)
{
  static SoupSession *session = NULL; /* libFuzzer never ends what it begins, and making one takes long */

  if (session == NULL)
    session = soup_session_new ();
  return session;
}

static void
begin (World *world)
{
  g_autoptr (ChannelsEndpoint) endpoint = channels_endpoint_new ("key", "127.0.0.1", 6001, NULL, FALSE, NULL);

  world->wire = fuzz_wire_new (get_session ());
  world->clock = channels_test_clock_new ();
  world->authorizer = fuzz_authorizer_new ();
  world->standing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  world->client = g_object_new (CHANNELS_TYPE_CLIENT, "endpoint", endpoint, "session", get_session (), "authorizer",
                                world->authorizer, "clock", world->clock, NULL);
  g_signal_connect (world->client, "event", G_CALLBACK (on_event), world);
  g_signal_connect (world->client, "fault", G_CALLBACK (on_error), world);
  g_signal_connect (world->client, "watchlist", G_CALLBACK (on_watchlist), world);
  g_signal_connect (world->client, "notify::state", G_CALLBACK (on_notify), world);
  g_signal_connect (world->client, "notify::user-id", G_CALLBACK (on_notify), world);
}

/* Nothing is left when the client has gone. */
static void
end (World *world)
{
  ChannelsClient *client = world->client;

  world->whim = 0;
  if (client != NULL)
    {
      g_object_add_weak_pointer (G_OBJECT (client), (gpointer *) &client);
      g_clear_object (&world->client);
    }
  while (fuzz_authorizer_answer (world->authorizer, NULL))
    ;
  fuzz_wire_free (world->wire);
  g_assert (client == NULL);
  g_assert (channels_test_clock_get_n_timers (world->clock) == 0);
  g_assert_finalize_object (world->authorizer);
  g_assert_finalize_object (world->clock);
  g_hash_table_unref (world->standing);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FuzzLines lines = { (const char *) data, size };
  World world = { 0 };
  char *line;

  begin (&world);
  for (guint n = 0; n < MAX_LINES && (line = fuzz_lines_next (&lines)) != NULL; n++)
    {
      run (&world, line);
      g_free (line);
      check (&world);
    }
  end (&world);
  return 0;
}
