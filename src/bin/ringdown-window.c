/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rd-text.h"
#include "rd-window-app.h"

/* ringdown-window: the handset. */

int
main (int argc, char **argv)
{
  g_autofree char *bus_name = NULL;
  g_autoptr (AdwApplication) application = NULL;

  rd_text_init ();
  /* The desktop file's name: what Wayland and X11 know the window by, whatever the bus name is. */
  g_set_prgname (RD_APP_ID);
  g_set_application_name (_ ("Ringdown"));

  bus_name = rd_window_app_parse_bus_name (argc, argv);
  if (!g_dbus_is_name (bus_name) || g_dbus_is_unique_name (bus_name) || strlen (bus_name) > 200)
    {
      g_printerr (_ ("“%s” is not a bus name.\n"), bus_name);
      return 2;
    }
  application = rd_window_app_new (bus_name);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
