/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Reads and decodes a sound file, in a thread: 48 kHz, mono, 16 bit, of the machine's byte order, as RdSynth takes
 * them. At most the first @max_s seconds; one that is shorter than @min_s is followed by silence until then. Errors are
 * G_IO_ERROR. @uri: file://…, of a regular file */
void    rd_sound_file_load_async  (const char *uri, guint min_s, guint max_s, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) */
GBytes *rd_sound_file_load_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
