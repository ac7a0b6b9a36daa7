/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RD_TYPE_DESKTOP_QUIET (rd_desktop_quiet_get_type ())
G_DECLARE_FINAL_TYPE (RdDesktopQuiet, rd_desktop_quiet, RD, DESKTOP_QUIET, GObject)

/**
 * RdDesktopQuiet:
 *
 * Whether the desktop is in a do-not-disturb mode of its own: the setting of GNOME's kind of desktops, the notification
 * server's Inhibited (KDE) or paused (dunst), Xfce's do-not-disturb. It tells; what becomes of it is for others to
 * decide.
 *
 * Property `active` (boolean, notified)
 * ::stirred: something of it has changed, whatever that means for @active: time to look whether the notification server
 *   has its buttons.
 */
/* @connection: the session bus. @desktop: (nullable): as XDG_CURRENT_DESKTOP: the setting of a desktop that somebody
 * has used before says nothing of this one; NULL: not known, all count. */
RdDesktopQuiet *rd_desktop_quiet_new        (GDBusConnection *connection,
                                             const char *desktop) G_GNUC_WARN_UNUSED_RESULT;
gboolean        rd_desktop_quiet_get_active (RdDesktopQuiet *self);
/* The notification server takes notifications, but (@withdrawn) no buttons. Xfce's withdraws them in its
 * do-not-disturb, and where its setting is out of reach (a sandbox) that is the only sign of it. */
void            rd_desktop_quiet_set_actions_withdrawn (RdDesktopQuiet *self, gboolean withdrawn);

G_END_DECLS
