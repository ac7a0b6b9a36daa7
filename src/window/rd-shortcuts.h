/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The keys that Ringdown knows, as a window. (GtkShortcutsWindow is deprecated on the newer end that we build on.) */
GtkWindow *rd_shortcuts_window_new   (GtkWindow *parent);
/* (nullable) (transfer full): the keys that press a button with this label, "Alt+A". */
char      *rd_shortcuts_dup_mnemonic (const char *button);

G_END_DECLS
