/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RD_TYPE_FILE_WRITER (rd_file_writer_get_type ())
G_DECLARE_FINAL_TYPE (RdFileWriter, rd_file_writer, RD, FILE_WRITER, GObject)

/* Writes one small private file (0600, its folder 0700) whole, by rename, in a thread, in order. Of several writes
 * that wait for one under way only the newest is done, and stands for all. Errors are RD_FAULT_STORAGE. */
RdFileWriter *rd_file_writer_new          (const char *path) G_GNUC_WARN_UNUSED_RESULT;
void          rd_file_writer_write_async  (RdFileWriter *self, GBytes *contents, GAsyncReadyCallback callback,
                                           gpointer user_data);
gboolean      rd_file_writer_write_finish (RdFileWriter *self, GAsyncResult *result, GError **error);

/* Sets a file aside as PATH.bad-N, the first N that is free; @copy: the file stays, a copy (0600) is made.
 * (transfer full): the new name. Blocking. */
char         *rd_file_set_aside           (const char *path, gboolean copy, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Reads a regular file of at most @max bytes. (nullable) (transfer full): NULL without error: there is none.
 * Blocking. */
GBytes       *rd_file_read                (const char *path, gsize max, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* @data's contents are wiped when the last reference goes. */
GBytes       *rd_bytes_new_secret         (char *data, gsize length) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
