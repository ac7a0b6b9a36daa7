/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <channels-glib.h>

static void
on_event (ChannelsSubscription *news, ChannelsEvent *event)
{
  g_print ("%s %s\n", channels_event_get_name (event), channels_event_get_text (event));
}

int
main (int argc, char **argv)
{
  const char *address = argc > 1 ? argv[1] : "wss://ws-eu.pusher.com/app/KEY";
  g_autoptr (ChannelsEndpoint) endpoint = channels_endpoint_new_from_uri (address, NULL);
  g_autoptr (ChannelsClient) client = channels_client_new (endpoint, NULL, NULL);
  g_autoptr (ChannelsSubscription) news = channels_client_subscribe (client, "news", NULL);

  g_signal_connect (news, "event", G_CALLBACK (on_event), NULL);
  channels_client_start (client);
  g_main_loop_run (g_main_loop_new (NULL, FALSE));
}
