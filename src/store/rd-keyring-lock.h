/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RD_TYPE_KEYRING_LOCK (rd_keyring_lock_get_type ())
G_DECLARE_FINAL_TYPE (RdKeyringLock, rd_keyring_lock, RD, KEYRING_LOCK, GObject)

/* Whether the keyring that takes new secrets is locked. Property `locked` (notified): as last heard; it is followed
 * from the first check on. */
RdKeyringLock *rd_keyring_lock_new          (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean       rd_keyring_lock_get_locked   (RdKeyringLock *self);
void           rd_keyring_lock_check_async  (RdKeyringLock *self, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data);
/* FALSE: there is nobody to ask */
gboolean       rd_keyring_lock_check_finish (RdKeyringLock *self, GAsyncResult *result, GError **error);

G_END_DECLS
