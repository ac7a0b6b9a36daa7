/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rd-dbus.h"

G_BEGIN_DECLS

/* Writes entries of the history to a file. The agent gets a temporary file that only the two of them know; what is
 * there in the end takes the place of the user's file, so that an export that fails leaves that as it was.
 * @format: "csv" or "json". @filter: as History1 has it, floating references are taken */

/* Asks where to. Fails with G_IO_ERROR_CANCELLED if the user does not want to. */
void     rd_history_export_choose  (GtkWindow *parent, RdDBusHistory1 *history, const char *format, GVariant *filter,
                                    GAsyncReadyCallback callback, gpointer user_data);
void     rd_history_export_to_file (GFile *file, RdDBusHistory1 *history, const char *format, GVariant *filter,
                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean rd_history_export_finish  (GAsyncResult *result, guint64 *count, GError **error);

G_END_DECLS
