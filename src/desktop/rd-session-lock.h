/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RD_TYPE_SESSION_LOCK (rd_session_lock_get_type ())
G_DECLARE_FINAL_TYPE (RdSessionLock, rd_session_lock, RD, SESSION_LOCK, GObject)

/**
 * RdSessionLock:
 *
 * Whether the screen is locked, or covered by a screen saver: by logind's LockedHint and by the screen savers on the
 * session bus, or by the portal. Where nothing tells, it is not.
 *
 * Property `locked` (boolean, notified)
 */
/* @session: the session bus */
RdSessionLock *rd_session_lock_new        (GDBusConnection *session) G_GNUC_WARN_UNUSED_RESULT;
/* @system: the system bus, once it is there: asks logind, too. At most once. */
void           rd_session_lock_watch_logind (RdSessionLock *self, GDBusConnection *system);
/* In a sandbox, where neither can be reached: asks the desktop's portal, too. At most once. */
void           rd_session_lock_watch_portal (RdSessionLock *self);
gboolean       rd_session_lock_get_locked (RdSessionLock *self);

G_END_DECLS
