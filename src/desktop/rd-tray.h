/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rd-tray-look.h"

G_BEGIN_DECLS

#define RD_TYPE_TRAY (rd_tray_get_type ())
G_DECLARE_FINAL_TYPE (RdTray, rd_tray, RD, TRAY, GObject)

/**
 * RdTray:
 *
 * The icon in the desktop's tray: org.kde.StatusNotifierItem on the bus, registered with whatever watcher there is, and
 * with the next one when that goes. Where nobody shows trays it costs nothing.
 *
 * Property `shown` (gboolean, notified): it is wanted, registered, and there is somebody to show it.
 * ::activate (const char *activation_token): the user clicked it; the token is nullable.
 * ::activate-secondary (const char *activation_token): with the middle button.
 */
/* @id: what hosts know it by from session to session. @menu_path: where its menu is, on the same @connection. */
RdTray     *rd_tray_new            (GDBusConnection *connection, const char *id,
                                    const char *menu_path) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the user wants it; until this is said, not. A registered one cannot be withdrawn from all hosts: while it is
 * not wanted it is passive, which hosts hide. */
void        rd_tray_set_wanted     (RdTray *self, gboolean wanted);
gboolean    rd_tray_get_wanted     (RdTray *self);
gboolean    rd_tray_get_shown      (RdTray *self);
/* @attention: the user should look now */
void        rd_tray_set_look       (RdTray *self, RdTrayLook look, gboolean attention);
/* What it is, and how things are. Hosts may take @text for markup: nothing in it may come from others. */
void        rd_tray_set_tip        (RdTray *self, const char *title, const char *text);
/* (transfer full) (nullable): the token of a click that went to the menu; it is good for one window. */
char       *rd_tray_take_token     (RdTray *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
