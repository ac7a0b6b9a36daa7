/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  RD_AUTOSTART_KEEP_ON, /* write it unless the user has hidden it */
  RD_AUTOSTART_KEEP_OFF, /* remove it if it is ours */
  RD_AUTOSTART_TURN_ON, /* the user wants it, just now */
  RD_AUTOSTART_TURN_OFF,
} RdAutostartWish;

/* What starts a program at login: a desktop file in the user's autostart folder, whose Exec is @command. One that
 * somebody else has put there under the same name is only ever shown or hidden. Desktops' settings turn such a file off
 * by Hidden, or by a key of GNOME's: that stays, until the user wants it here.
 * Written whole or not at all. Blocking. TRUE: it stands, and starts at login. */
gboolean rd_autostart_file_sync (const char *path, const char *command, RdAutostartWish wish, GError **error);

G_END_DECLS
