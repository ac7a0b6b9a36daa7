/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-agent-app.h"
#include "rd-text.h"

int
main (int argc, char **argv)
{
  const char *libexec_dir = g_getenv ("RINGDOWN_LIBEXECDIR");
  g_autoptr (RdAgentApp) app = NULL;

  rd_text_init ();
  app = rd_agent_app_new (libexec_dir != NULL ? libexec_dir : RD_LIBEXECDIR);
  return g_application_run (G_APPLICATION (app), argc, argv);
}
