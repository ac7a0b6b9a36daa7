/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-setup-file.h"

#include <glib/gi18n.h>

/* Set-up files. What stands in them is the agent's business; here they are only bounded, since somebody may choose a
 * film. */

#define SIZE_MAX_BYTES (64 * 1024)

static void
on_read_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *buffer = g_task_get_task_data (task);
  gsize length = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (length > SIZE_MAX_BYTES)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                             _ ("This file is too large to be a set-up file. Choose the one that the site gave you."));
  else if (!g_utf8_validate (buffer, (gssize) length, NULL))
    g_task_return_new_error (
        task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
        _ ("This file is no text, so it is no set-up file. Choose the one that the site gave you."));
  else
    g_task_return_pointer (task, g_strndup (buffer, length), g_free);
}

static void
on_open_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);
  char *buffer;

  if (stream == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  buffer = g_malloc0 (SIZE_MAX_BYTES + 1);
  g_task_set_task_data (task, buffer, g_free);
  g_input_stream_read_all_async (G_INPUT_STREAM (stream), buffer, SIZE_MAX_BYTES + 1, G_PRIORITY_DEFAULT,
                                 g_task_get_cancellable (task), on_read_ready, g_object_ref (task));
}

static void
read_file (GFile *file, GTask *task)
{
  g_file_read_async (file, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_open_ready, g_object_ref (task));
}

static GtkFileFilter *
filter_new (void)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Ringdown set-up files"));
  gtk_file_filter_add_pattern (filter, "*.ringdown");
  gtk_file_filter_add_mime_type (filter, "application/x-ringdown");
  return filter;
}

#if GTK_CHECK_VERSION(4, 10, 0)

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file != NULL)
    read_file (file, task);
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
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) filter = filter_new ();

  g_list_store_append (filters, filter);
  gtk_file_dialog_set_title (dialog, _ ("Choose a Set-Up File"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open (dialog, parent, g_task_get_cancellable (task), on_file_chosen, task);
}

#else

static void
on_chooser_response (GtkNativeDialog *dialog, int response, GTask *task)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    read_file (file, task);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Dismissed");
  g_object_unref (task);
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

/* @task: (transfer full) */
static void
choose (GtkWindow *parent, GTask *task)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Choose a Set-Up File"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  g_autoptr (GtkFileFilter) filter = filter_new ();

  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  /* Nobody else holds a native dialog, so this is its own business. */
  g_signal_connect (dialog, "response", G_CALLBACK (on_chooser_response), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

#endif

void
rd_setup_file_choose (GtkWindow *parent, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (GTK_IS_WINDOW (parent));

  choose (parent, g_task_new (NULL, cancellable, callback, user_data));
}

char *
rd_setup_file_choose_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rd_setup_file_read (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  read_file (file, task);
}
