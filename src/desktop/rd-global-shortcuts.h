/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  const char *id;
  const char *description; /* for people */
  const char *trigger;     /* (nullable): the keys that are proposed, such as "LOGO+SHIFT+a" */
} RdGlobalShortcut;

#define RD_TYPE_GLOBAL_SHORTCUTS (rd_global_shortcuts_get_type ())
G_DECLARE_FINAL_TYPE (RdGlobalShortcuts, rd_global_shortcuts, RD, GLOBAL_SHORTCUTS, GObject)

/**
 * RdGlobalShortcuts:
 *
 * Keys that work whichever window has the focus, by the GlobalShortcuts portal, where there is one: which keys these
 * are, the desktop agrees on with the user.
 *
 * Property `standing` (string, notified): "off"; "asking"; "on"; "denied" (by the user, or by the desktop); "absent"
 *   (there is no such portal)
 * ::activated (const char *id, const char *activation_token): the token is nullable
 */
RdGlobalShortcuts *rd_global_shortcuts_new          (GDBusConnection *connection) G_GNUC_WARN_UNUSED_RESULT;
/* Asks for them, which may have the desktop ask the user. @shortcuts: (array length=n): copied; 0: lets go of all. */
void               rd_global_shortcuts_set          (RdGlobalShortcuts *self, const RdGlobalShortcut *shortcuts,
                                                     guint n);
const char        *rd_global_shortcuts_get_standing (RdGlobalShortcuts *self);

G_END_DECLS
