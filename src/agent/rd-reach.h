/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether a connection to a host can be made, and no more than that: its name is found, somebody listens, and where
 * there is to be TLS its certificate is good. Errors: RD_FAULT_UNREACHABLE (where "dns": its name is not known),
 * RD_FAULT_TLS, RD_FAULT_TIMED_OUT */
void     rd_reach_async  (const char *host, guint port, gboolean tls, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);
gboolean rd_reach_finish (GAsyncResult *result, GError **error);

G_END_DECLS
