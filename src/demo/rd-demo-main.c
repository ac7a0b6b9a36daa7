/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-stand.h"

#include <locale.h>

/* The command line of ringdown-demo. */

#define DEMO_BUS_NAME RD_APP_ID ".Demo"

#define MAX_MORE 20000

static gboolean
is_too_many (int count)
{
  return count < 0 || count > MAX_MORE;
}

int
rd_demo_main (int argc, char **argv)
{
  gboolean no_browser = FALSE, no_window = FALSE, servers_only = FALSE, quiet = FALSE, own_line = FALSE;
  g_autofree char *ready_file = NULL;
  g_autofree char *sink = NULL;
  g_autofree char *bus_name = NULL;
  int port = 0, people = 0, conversations = 0, invoices = 0;
  const GOptionEntry entries[] = {
    { "no-browser", 0, 0, G_OPTION_ARG_NONE, &no_browser, "Do not open the control page in the browser", NULL },
    { "no-window", 0, 0, G_OPTION_ARG_NONE, &no_window, "Do not open the window", NULL },
    { "servers-only", 0, 0, G_OPTION_ARG_NONE, &servers_only, "Only the servers, no agent", NULL },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &quiet, "No first call by itself", NULL },
    { "own-line", 0, 0, G_OPTION_ARG_NONE, &own_line,
      "The CRM's calls over its own WebSocket, as its newest version has it", NULL },
    { "people", 0, 0, G_OPTION_ARG_INT, &people, "So many more people in the CRM", "N" },
    { "conversations", 0, 0, G_OPTION_ARG_INT, &conversations,
      "So many more conversations, in the CRM and by SMS", "N" },
    { "invoices", 0, 0, G_OPTION_ARG_INT, &invoices, "So many more invoices", "N" },
    { "port", 0, 0, G_OPTION_ARG_INT, &port, "The control page's port (default: any that is free)", "PORT" },
    { "ready-file", 0, 0, G_OPTION_ARG_FILENAME, &ready_file, "Write addresses and keys there once all runs (JSON)",
      "FILE" },
    { "sink", 0, 0, G_OPTION_ARG_STRING, &sink, "Where the agent rings, a GStreamer sink", "SINK" },
    { "bus-name", 0, 0, G_OPTION_ARG_STRING, &bus_name, "The agent's name on the bus", "NAME" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (RdDemoStand) stand = NULL;
  g_autoptr (GError) error = NULL;
  RdDemoOptions options;

  setlocale (LC_ALL, "");
  /* as people call it */
  g_set_prgname ("ringdown demo");
  g_option_context_set_summary (context, "An embedded Channels server and five demo sites on this machine alone, and\n"
                                         "an agent that is signed in to them. It rings in seconds.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("ringdown demo: %s\n", error->message);
      return 2;
    }
  if (is_too_many (people) || is_too_many (conversations) || is_too_many (invoices))
    {
      g_printerr ("ringdown demo: Of people, conversations and invoices it has at most %d more\n", MAX_MORE);
      return 2;
    }
  if (argc > 1 || port < 0 || port > G_MAXUINT16 || (bus_name != NULL && !g_dbus_is_name (bus_name)))
    {
      g_printerr ("ringdown demo: %s\n",
                  argc > 1 ? "It takes no arguments but options" : "That is no port or no bus name");
      return 2;
    }
  options = (RdDemoOptions) {
    .browser = !no_browser && !servers_only,
    .window = !no_window,
    .servers_only = servers_only,
    .quiet = quiet,
    .own_line = own_line,
    .people = (guint) people,
    .conversations = (guint) conversations,
    .invoices = (guint) invoices,
    .port = (guint) port,
    .ready_file = ready_file,
    .sink = sink,
    .bus_name = bus_name != NULL ? bus_name : DEMO_BUS_NAME,
  };
  stand = rd_demo_stand_new (&options);
  return rd_demo_stand_run (stand);
}
