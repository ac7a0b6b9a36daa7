/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The text of a set-up that somebody opened: a ringdown: link is its own text, of a file no more is read than a set-up
 * may have. (transfer full); RD_FAULT_TOO_LARGE, RD_FAULT_BAD_INPUT, RD_FAULT_STORAGE. */
void  rd_setup_reader_read_async  (GFile *file, GAsyncReadyCallback callback, gpointer user_data);
char *rd_setup_reader_read_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
