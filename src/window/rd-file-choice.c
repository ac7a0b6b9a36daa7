/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-file-choice.h"

/* The desktop's own dialog for files, by whichever of GTK's two ways to it is not deprecated. */

static GtkFileFilter *
filter_new (const RdFileChoice *choice)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, choice->filter_name);
  gtk_file_filter_add_mime_type (filter, choice->mime_type);
  return filter;
}

#if GTK_CHECK_VERSION(4, 10, 0)

static void
finish (GTask *task, GFile *file, GError *error)
{
  if (file != NULL)
    g_task_return_pointer (task, file, g_object_unref);
  else if (g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Dismissed");
  else
    g_task_return_error (task, g_error_copy (error));
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GFile *file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);

  finish (task, file, error);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GFile *file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  finish (task, file, error);
}

/* @task: (transfer full) */
static void
ask (const RdFileChoice *choice, GtkWindow *parent, GTask *task)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, choice->title);
  if (choice->filter_name != NULL)
    {
      g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
      g_autoptr (GtkFileFilter) filter = filter_new (choice);

      g_list_store_append (filters, filter);
      gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
    }
  if (choice->name == NULL)
    {
      gtk_file_dialog_open (dialog, parent, g_task_get_cancellable (task), on_opened, task);
      return;
    }
  gtk_file_dialog_set_initial_name (dialog, choice->name);
  gtk_file_dialog_save (dialog, parent, g_task_get_cancellable (task), on_saved, task);
}

#else

static void
on_response (GtkNativeDialog *dialog, int response, GTask *task)
{
  GFile *file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    g_task_return_pointer (task, file, g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Dismissed");
  g_object_unref (task);
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

/* @task: (transfer full) */
static void
ask (const RdFileChoice *choice, GtkWindow *parent, GTask *task)
{
  GtkFileChooserAction action = choice->name != NULL ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN;
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (choice->title, parent, action, NULL, NULL);

  if (choice->filter_name != NULL)
    {
      g_autoptr (GtkFileFilter) filter = filter_new (choice);

      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
    }
  if (choice->name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), choice->name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  /* Nobody else holds a native dialog, so this is its own business. */
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

#endif

void
rd_file_choice_ask (const RdFileChoice *choice, GtkWindow *parent, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (choice != NULL && choice->title != NULL);
  g_return_if_fail (GTK_IS_WINDOW (parent));

  ask (choice, parent, g_task_new (NULL, cancellable, callback, user_data));
}

GFile *
rd_file_choice_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
