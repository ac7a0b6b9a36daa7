/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-test.h"
#include "scripted-server.h"

/* What the examples of the library are run against: prints its address, sends each connection that subscribes to the
 * channel CHANNEL one event with the signature that it was shown, and cuts the first one then. Ends with its input. */

static gboolean
on_input (GIOChannel *channel, GIOCondition condition, gpointer data)
{
  gboolean *ended = data;
  char byte;
  gsize length;

  *ended = g_io_channel_read_chars (channel, &byte, 1, &length, NULL) == G_IO_STATUS_EOF;
  return !*ended;
}

static char *
create_event (ScriptedServer *server, const char *channel, guint number)
{
  g_autoptr (JsonNode) frame =
      json_from_string (scripted_server_get_last (server, "pusher:subscribe", channel), NULL);
  JsonObject *data = json_object_get_object_member (json_node_get_object (frame), "data");

  return g_strdup_printf (
      "{\"event\":\"headline\",\"channel\":\"%s\",\"data\":\"{\\\"number\\\":%u,\\\"auth\\\":\\\"%s\\\"}\"}", channel,
      number, json_object_get_string_member_with_default (data, "auth", ""));
}

int
main (int argc, char **argv)
{
  g_autoptr (ScriptedServer) server = scripted_server_new ();
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  guint served = 0;
  gboolean ended = FALSE;

  g_assert_cmpint (argc, ==, 2);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, on_input, &ended);
  g_print ("ws://127.0.0.1:%u/app/key\n", scripted_server_get_port (server));
  while (!ended)
    {
      g_autofree char *event = NULL;

      g_main_context_iteration (NULL, TRUE);
      if (scripted_server_get_n_accepted (server) == served ||
          scripted_server_count (server, "pusher:subscribe", argv[1]) == 0)
        continue;
      served = scripted_server_get_n_accepted (server);
      event = create_event (server, argv[1], served);
      scripted_server_send (server, event);
      if (served == 1)
        scripted_server_close (server, 1001, "going away");
    }
  scripted_server_drop_all (server);
  return 0;
}
