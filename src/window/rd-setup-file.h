/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Has the user choose a .ringdown file, and reads it: at most 64 KiB of text. */
void  rd_setup_file_choose        (GtkWindow *parent, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
/* (transfer full) (nullable): the text. G_IO_ERROR_CANCELLED: nothing was chosen; any other error is a sentence. */
char *rd_setup_file_choose_finish (GAsyncResult *result, GError **error);
/* The reading alone. */
void  rd_setup_file_read          (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);

G_END_DECLS
