/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RD_TYPE_WINDOW_LAUNCHER (rd_window_launcher_get_type ())
G_DECLARE_FINAL_TYPE (RdWindowLauncher, rd_window_launcher, RD, WINDOW_LAUNCHER, GObject)

/* What the window is to show, as of Agent1.OpenWindow; all (nullable). */
typedef struct
{
  const char *page;
  const char *account;      /* whose … */
  const char *conversation; /* … this is, … */
  const char *invoice;      /* … or this */
  const char *setup;
} RdWindowView;

/* Starts ringdown-window, or brings the running one forward. @libexec_dir: where the program is. @enabled FALSE: never
 * (a headless agent). */
RdWindowLauncher *rd_window_launcher_new        (GDBusConnection *connection, const char *bus_name,
                                                 const char *libexec_dir, gboolean enabled) G_GNUC_WARN_UNUSED_RESULT;
/* @file: (nullable): the key file with the settings, for the window to show the same */
void              rd_window_launcher_set_settings (RdWindowLauncher *self, const char *file);
/* @page: as of Agent1.OpenWindow; @activation_token: (nullable). RD_FAULT on failure. */
gboolean          rd_window_launcher_open       (RdWindowLauncher *self, const char *page,
                                                 const char *activation_token, GError **error);
gboolean          rd_window_launcher_open_view  (RdWindowLauncher *self, const RdWindowView *view,
                                                 const char *activation_token, GError **error);
/* For a call that rings: nobody has asked for the window, so it does not take the focus. */
gboolean          rd_window_launcher_open_for_call (RdWindowLauncher *self, GError **error);
/* Asks the window to go, if there is one: the user wants to be rid of all of it. */
void              rd_window_launcher_close      (RdWindowLauncher *self);
gboolean          rd_window_launcher_get_enabled (RdWindowLauncher *self);
/* Whether a window of this agent's is on the bus, or on its way. */
gboolean          rd_window_launcher_is_open    (RdWindowLauncher *self);

G_END_DECLS
