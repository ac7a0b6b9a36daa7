/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-stand.h"

#include <locale.h>

/* The command line of ringdown-demo. */

#define DEMO_BUS_NAME RD_APP_ID ".Demo"

int
rd_demo_main (int argc, char **argv)
{
  gboolean no_browser = FALSE, no_window = FALSE, servers_only = FALSE, quiet = FALSE, seed = FALSE;
  g_autofree char *ready_file = NULL;
  g_autofree char *sink = NULL;
  g_autofree char *bus_name = NULL;
  int port = 0;
  const GOptionEntry entries[] = {
    { "no-browser", 0, 0, G_OPTION_ARG_NONE, &no_browser, "Do not open the control page in the browser", NULL },
    { "no-window", 0, 0, G_OPTION_ARG_NONE, &no_window, "Do not open the window", NULL },
    { "servers-only", 0, 0, G_OPTION_ARG_NONE, &servers_only, "Only the servers, no agent", NULL },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &quiet, "No first call by itself", NULL },
    { "seed", 0, 0, G_OPTION_ARG_NONE, &seed, "The invoice site as it began, with public channels", NULL },
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
  g_option_context_set_summary (context, "An embedded Channels server, a demo CRM and a demo invoice site on this\n"
                                         "machine alone, and an agent that is signed in to them. It rings in seconds.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("ringdown demo: %s\n", error->message);
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
    .seed = seed,
    .port = (guint) port,
    .ready_file = ready_file,
    .sink = sink,
    .bus_name = bus_name != NULL ? bus_name : DEMO_BUS_NAME,
  };
  stand = rd_demo_stand_new (&options);
  return rd_demo_stand_run (stand);
}
