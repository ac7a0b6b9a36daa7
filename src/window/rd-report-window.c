/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-report-window.h"

#include <glib/gi18n.h>

#include "rd-file-choice.h"
#include "rd-platform.h"

/* It is text from the agent, and goes where the user says. */

struct _RdReportWindow
{
  AdwWindow parent_instance;

  GCancellable *cancellable;

  GtkWidget *copy;
  GtkWidget *save;
  GtkLabel *note;
  GtkTextView *view;
};

G_DEFINE_FINAL_TYPE (RdReportWindow, rd_report_window, ADW_TYPE_WINDOW)

static char *
dup_report (RdReportWindow *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static void
on_copy_clicked (RdReportWindow *self)
{
  g_autofree char *report = dup_report (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), report);
  gtk_label_set_text (self->note, _ ("Copied"));
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdReportWindow *self = user_data; /* not owned: cancelled when the window goes */
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    gtk_label_set_text (self->note, _ ("Saved"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_label_set_text (self->note, error->message);
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdReportWindow) self = user_data;
  g_autoptr (GFile) file = rd_file_choice_finish (result, NULL);
  g_autofree char *report = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;

  if (file == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  report = dup_report (self);
  length = strlen (report);
  bytes = g_bytes_new_take (g_steal_pointer (&report), length);
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION,
                                       self->cancellable, on_saved, self);
}

static void
on_save_clicked (RdReportWindow *self)
{
  const RdFileChoice choice = { .title = _ ("Save the Report"), .name = "ringdown-report.txt" };

  rd_file_choice_ask (&choice, GTK_WINDOW (self), NULL, on_file_chosen, g_object_ref (self));
}

/* GObject */

static void
rd_report_window_dispose (GObject *object)
{
  RdReportWindow *self = RD_REPORT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (rd_report_window_parent_class)->dispose (object);
}

static void
rd_report_window_finalize (GObject *object)
{
  g_clear_object (&RD_REPORT_WINDOW (object)->cancellable);

  G_OBJECT_CLASS (rd_report_window_parent_class)->finalize (object);
}

static void
rd_report_window_class_init (RdReportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_report_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = rd_report_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-report-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RdReportWindow, copy);
  gtk_widget_class_bind_template_child (widget_class, RdReportWindow, save);
  gtk_widget_class_bind_template_child (widget_class, RdReportWindow, note);
  gtk_widget_class_bind_template_child (widget_class, RdReportWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
}

static void
rd_report_window_init (RdReportWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  rd_name_buttons (GTK_WIDGET (self));
}

void
rd_report_window_present (GtkWindow *parent, const char *report)
{
  GtkWindow *window;
  GtkTextView *view;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (report != NULL);

  window = rd_find_window_over (parent, "RdReportWindow");
  if (window == NULL)
    window = g_object_new (RD_TYPE_REPORT_WINDOW, "transient-for", parent, NULL);
  view = RD_REPORT_WINDOW (window)->view;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), report, -1);
  gtk_window_present (window);
}
