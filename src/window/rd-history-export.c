/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-history-export.h"

#include <gio/gunixfdlist.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Choose a file, have the agent write, put it in its place. Nothing here waits for a disk. */

typedef struct
{
  RdDBusHistory1 *history;
  char *format;
  GVariant *filter;
  GFile *file;      /* (nullable): until it is chosen */
  GInputStream *in; /* (nullable): the temporary file */
  guint64 count;
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  g_object_unref (self->history);
  g_free (self->format);
  g_variant_unref (self->filter);
  g_clear_object (&self->file);
  g_clear_object (&self->in);
  g_free (self);
}

static GTask *
task_new (RdDBusHistory1 *history, const char *format, GVariant *filter, GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Export *self = g_new0 (Export, 1);

  self->history = g_object_ref (history);
  self->format = g_strdup (format);
  self->filter = g_variant_ref_sink (filter);
  g_task_set_task_data (task, self, export_free);
  return task;
}

static void
on_spliced (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error) < 0)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_replaced (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileOutputStream) out = g_file_replace_finish (G_FILE (source), result, &error);

  if (out == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_output_stream_splice_async (G_OUTPUT_STREAM (out), self->in,
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, NULL, on_spliced, g_object_ref (task));
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  int fd = g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (self->in));

  if (!rd_dbus_history1_call_export_finish (RD_DBUS_HISTORY1 (source), &self->count, NULL, result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (lseek (fd, 0, SEEK_SET) < 0)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The file could not be written."));
  else
    g_file_replace_async (self->file, NULL, FALSE, G_FILE_CREATE_PRIVATE, G_PRIORITY_DEFAULT, NULL, on_replaced,
                          g_object_ref (task));
}

/* A file without a name: whatever happens, nothing of it is left behind. */
static void
create_temporary (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autofree char *path = NULL;
  GError *error = NULL;
  int fd = g_file_open_tmp ("ringdown-XXXXXX", &path, &error);

  if (fd < 0)
    {
      g_task_return_error (task, error);
      return;
    }
  g_unlink (path);
  g_task_return_pointer (task, g_unix_input_stream_new (fd, TRUE), g_object_unref);
}

static void
on_temporary_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *self = g_task_get_task_data (task);
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  GError *error = NULL;
  int index = -1;

  self->in = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->in != NULL)
    index = g_unix_fd_list_append (fds, g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (self->in)), &error);
  if (index < 0)
    {
      g_task_return_error (task, error);
      return;
    }
  rd_dbus_history1_call_export (self->history, g_variant_new_handle (index), self->format, self->filter, fds, NULL,
                                on_exported, g_object_ref (task));
}

/* @task: (transfer full): with a file */
static void
start (GTask *task)
{
  g_autoptr (GTask) thread = g_task_new (NULL, NULL, on_temporary_ready, task);

  g_task_run_in_thread (thread, create_temporary);
}

static char *
dup_name (Export *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");

  return g_strdup_printf ("ringdown-%s.%s", day, self->format);
}

#if GTK_CHECK_VERSION(4, 10, 0)

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  self->file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
  if (self->file != NULL)
    start (g_steal_pointer (&task));
  else if (g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Dismissed");
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* @task: (transfer full) */
static void
choose (GtkWindow *parent, GTask *task)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = dup_name (g_task_get_task_data (task));

  gtk_file_dialog_set_title (dialog, _ ("Export the History"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, parent, NULL, on_file_chosen, task);
}

#else

static void
on_chooser_response (GtkNativeDialog *dialog, int response, GTask *task)
{
  Export *self = g_task_get_task_data (task);

  if (response == GTK_RESPONSE_ACCEPT)
    self->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
  if (self->file != NULL)
    {
      start (task);
      return;
    }
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Dismissed");
  g_object_unref (task);
}

/* @task: (transfer full) */
static void
choose (GtkWindow *parent, GTask *task)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_ ("Export the History"), parent,
                                                              GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  g_autofree char *name = dup_name (g_task_get_task_data (task));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  /* Nobody else holds a native dialog, so this is its own business. */
  g_signal_connect (dialog, "response", G_CALLBACK (on_chooser_response), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

#endif

void
rd_history_export_choose (GtkWindow *parent, RdDBusHistory1 *history, const char *format, GVariant *filter,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (RD_DBUS_IS_HISTORY1 (history));
  g_return_if_fail (format != NULL && filter != NULL);

  choose (parent, task_new (history, format, filter, callback, user_data));
}

void
rd_history_export_to_file (GFile *file, RdDBusHistory1 *history, const char *format, GVariant *filter,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (RD_DBUS_IS_HISTORY1 (history));
  g_return_if_fail (format != NULL && filter != NULL);

  task = task_new (history, format, filter, callback, user_data);
  ((Export *) g_task_get_task_data (task))->file = g_object_ref (file);
  start (task);
}

gboolean
rd_history_export_finish (GAsyncResult *result, guint64 *count, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  if (count != NULL)
    *count = ((Export *) g_task_get_task_data (G_TASK (result)))->count;
  return g_task_propagate_boolean (G_TASK (result), error);
}
