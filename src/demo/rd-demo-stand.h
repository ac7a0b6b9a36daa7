/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  gboolean browser;        /* opens the control page */
  gboolean window;         /* opens the window */
  gboolean servers_only;   /* no agent: for other tests */
  gboolean quiet;          /* no first call by itself */
  gboolean own_line;       /* the CRM's calls over its own WebSocket */
  guint people;            /* so many more, of each */
  guint conversations;
  guint invoices;
  guint port;              /* the control page's, 0: any */
  const char *ready_file;  /* (nullable) */
  const char *sink;        /* (nullable): the agent's --sink */
  const char *bus_name;
} RdDemoOptions;

#define RD_TYPE_DEMO_STAND (rd_demo_stand_get_type ())
G_DECLARE_FINAL_TYPE (RdDemoStand, rd_demo_stand, RD, DEMO_STAND, GObject)

/* `ringdown demo` as a whole: servers, an agent that is signed in to them, the control page in a browser; and all of it
 * ended cleanly. */
RdDemoStand *rd_demo_stand_new (const RdDemoOptions *options) G_GNUC_WARN_UNUSED_RESULT;
/* Runs until SIGINT, SIGTERM or the agent's end; the program's exit status. */
int          rd_demo_stand_run (RdDemoStand *self);

/* `ringdown-demo`'s main() */
int          rd_demo_main      (int argc, char **argv);

G_END_DECLS
