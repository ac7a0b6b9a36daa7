/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  const char *title;
  const char *filter_name; /* (nullable): all files */
  const char *mime_type;   /* of the filter: "audio/@", with an asterisk for the @ */
  const char *name;        /* of a file that is to be written (nullable): one is to be read */
} RdFileChoice;

/* Asks the user for a file. G_IO_ERROR_CANCELLED: there is to be none. */
void   rd_file_choice_ask    (const RdFileChoice *choice, GtkWindow *parent, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) */
GFile *rd_file_choice_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
