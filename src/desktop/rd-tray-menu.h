/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rd-tray-facts.h"

G_BEGIN_DECLS

#define RD_TYPE_TRAY_MENU (rd_tray_menu_get_type ())
G_DECLARE_FINAL_TYPE (RdTrayMenu, rd_tray_menu, RD, TRAY_MENU, GObject)

/**
 * RdTrayMenu:
 *
 * The menu of the icon in the tray, on the session's bus as com.canonical.dbusmenu. A menu that is open stays open when
 * something changes: rows that are still there are the same ones.
 *
 * ::chosen (const char *verb, const char *what, const char *text): as of rd_tray_menu_rows_new(); @what and @text are
 *   nullable. The thing may be gone by then.
 */
/* @path: where it is; on the session's bus, by libdbusmenu's own way there. */
RdTrayMenu *rd_tray_menu_new  (const char *path) G_GNUC_WARN_UNUSED_RESULT;
void        rd_tray_menu_show (RdTrayMenu *self, const RdTrayFacts *facts);

G_END_DECLS
