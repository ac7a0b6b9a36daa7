/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-agent-app.h"
#include "rd-text.h"

/* In a Flatpak libnotify would speak to the notification portal, which knows no urgency, no hints and no activation
 * token: a call's banner would not stay. The permission to speak to the server itself is in the manifest. To be said
 * before any thread runs. */
static void
use_whole_notifications (void)
{
  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    g_setenv ("NOTIFY_IGNORE_PORTAL", "1", FALSE);
}

int
main (int argc, char **argv)
{
  const char *libexec_dir = g_getenv ("RINGDOWN_LIBEXECDIR");
  g_autoptr (RdAgentApp) app = NULL;

  use_whole_notifications ();
  rd_text_init ();
  app = rd_agent_app_new (libexec_dir != NULL ? libexec_dir : RD_LIBEXECDIR);
  return g_application_run (G_APPLICATION (app), argc, argv);
}
