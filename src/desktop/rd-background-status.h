/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RD_TYPE_BACKGROUND_STATUS (rd_background_status_get_type ())
G_DECLARE_FINAL_TYPE (RdBackgroundStatus, rd_background_status, RD, BACKGROUND_STATUS, GObject)

/**
 * RdBackgroundStatus:
 *
 * What a desktop says of a sandboxed program that runs without a window, by the background portal: GNOME, which has no
 * tray, lists such programs.
 *
 * Property `text` (string, write-only): one line; cut at what the portal takes.
 */
RdBackgroundStatus *rd_background_status_new (GDBusConnection *connection) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
