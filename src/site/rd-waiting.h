/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Any number of tasks that wait for one thing to be done; each of them can be cancelled alone. */
typedef struct _RdWaiting RdWaiting;

RdWaiting *rd_waiting_new    (void) G_GNUC_WARN_UNUSED_RESULT;
/* Nobody may be waiting. */
void       rd_waiting_free   (RdWaiting *self);
/* @source: outlives the wait, as a task's source object does */
void       rd_waiting_join   (RdWaiting *self, gpointer source, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
gboolean   rd_waiting_finish (GAsyncResult *result, GError **error);
/* It is done, or it failed with @error (nullable). */
void       rd_waiting_wake   (RdWaiting *self, const GError *error);

G_END_DECLS
