/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdio.h>

#include "channels-client.h"

/* Many clients of one channel in one process, for the tests with real servers. Until it is killed it prints a line of
 * JSON for each thing that happens to one of them:
 *
 *   {"client":N,"at":T,"type":"subscribed"}   T: µs since the epoch
 *   {"client":N,"at":T,"type":"waiting","ms":M}
 *   {"client":N,"at":T,"type":"gap"}
 *   {"client":N,"at":T,"type":"event","id":I} with the `id` of the event's data */

typedef struct
{
  int number;
  ChannelsClient *client;
  ChannelsSubscription *subscription;
} Member;

static void
print (Member *member, const char *type, const char *more, gint64 value)
{
  printf ("{\"client\":%d,\"at\":%" G_GINT64_FORMAT ",\"type\":\"%s\"", member->number, g_get_real_time (), type);
  if (more != NULL)
    printf (",\"%s\":%" G_GINT64_FORMAT, more, value);
  puts ("}");
}

static void
on_event (ChannelsSubscription *subscription, ChannelsEvent *event, Member *member)
{
  JsonNode *data = channels_event_get_data (event);

  if (data != NULL && JSON_NODE_HOLDS_OBJECT (data))
    print (member, "event", "id", json_object_get_int_member_with_default (json_node_get_object (data), "id", -1));
}

static void
on_gap (ChannelsSubscription *subscription, gint64 from, gint64 to, Member *member)
{
  print (member, "gap", NULL, 0);
}

static void
on_subscription_state_changed (ChannelsSubscription *subscription, GParamSpec *pspec, Member *member)
{
  if (channels_subscription_get_state (subscription) == CHANNELS_SUBSCRIPTION_SUBSCRIBED)
    print (member, "subscribed", NULL, 0);
}

static void
on_client_state_changed (ChannelsClient *client, GParamSpec *pspec, Member *member)
{
  if (channels_client_get_state (client) == CHANNELS_CLIENT_WAITING)
    print (member, "waiting", "ms", (channels_client_get_next_try (client) - g_get_real_time ()) / 1000);
}

static void
member_free (gpointer data)
{
  Member *member = data;

  g_signal_handlers_disconnect_by_data (member->client, member);
  g_signal_handlers_disconnect_by_data (member->subscription, member);
  g_object_unref (member->subscription);
  g_object_unref (member->client);
  g_free (member);
}

/* (nullable) */
static Member *
member_new (int number, ChannelsEndpoint *endpoint, const char *channel, GError **error)
{
  /* Each has a session of its own: one that many handshakes wait in goes through all of them for each. */
  g_autoptr (ChannelsClient) client = channels_client_new (endpoint, NULL, NULL);
  g_autoptr (ChannelsSubscription) subscription = channels_client_subscribe (client, channel, error);
  Member *member;

  if (subscription == NULL)
    return NULL;
  member = g_new0 (Member, 1);
  member->number = number;
  member->client = g_steal_pointer (&client);
  member->subscription = g_steal_pointer (&subscription);
  /* Bare connections: member_free takes them back. */
  g_signal_connect (member->subscription, "event::ring", G_CALLBACK (on_event), member);
  g_signal_connect (member->subscription, "gap", G_CALLBACK (on_gap), member);
  g_signal_connect (member->subscription, "notify::state", G_CALLBACK (on_subscription_state_changed), member);
  g_signal_connect (member->client, "notify::state", G_CALLBACK (on_client_state_changed), member);
  channels_client_start (member->client);
  return member;
}

static gboolean
run (int port, const char *key, const char *channel, int clients, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (member_free);
  g_autoptr (ChannelsEndpoint) endpoint = NULL;

  endpoint = channels_endpoint_new (key, "127.0.0.1", (guint) port, NULL, FALSE, error);
  if (endpoint == NULL)
    return FALSE;
  for (int i = 0; i < clients; i++)
    {
      Member *member = member_new (i, endpoint, channel, error);

      if (member == NULL)
        return FALSE;
      g_ptr_array_add (members, member);
    }
  g_main_loop_run (loop);
  return TRUE;
}

int
main (int argc, char **argv)
{
  int port = 0;
  int clients = 1;
  g_autofree char *key = NULL;
  g_autofree char *channel = NULL;
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &port, "The server's port on 127.0.0.1", "PORT" },
    { "key", 0, 0, G_OPTION_ARG_STRING, &key, "The application's key", "KEY" },
    { "channel", 0, 0, G_OPTION_ARG_STRING, &channel, "A public channel", "CHANNEL" },
    { "clients", 0, 0, G_OPTION_ARG_INT, &clients, "How many clients", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  setvbuf (stdout, NULL, _IOLBF, 0);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || key == NULL || channel == NULL || clients < 1 ||
      !run (port, key, channel, clients, &error))
    {
      g_printerr ("%s\n", error != NULL ? error->message : "--port, --key and --channel are needed");
      return 1;
    }
  return 0;
}
