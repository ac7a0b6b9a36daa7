/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-confirm-dialog.h"

#include <glib/gi18n.h>

#include "rd-platform.h"

/* A question with "Cancel" and one verb. Knows nothing of what it asks. */

enum
{
  CONFIRMED,
  N_SIGNALS,
};

struct _RdConfirmDialog
{
  AdwWindow parent_instance;

  GtkLabel *heading;
  GtkLabel *body;
  GtkButton *confirm;
  GtkButton *cancel;
};

G_DEFINE_FINAL_TYPE (RdConfirmDialog, rd_confirm_dialog, ADW_TYPE_WINDOW)

static guint signals[N_SIGNALS];

static void
on_confirm_clicked (RdConfirmDialog *self)
{
  g_signal_emit (self, signals[CONFIRMED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
rd_confirm_dialog_class_init (RdConfirmDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CONFIRMED] = g_signal_new ("confirmed", RD_TYPE_CONFIRM_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-confirm-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RdConfirmDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, RdConfirmDialog, body);
  gtk_widget_class_bind_template_child (widget_class, RdConfirmDialog, confirm);
  gtk_widget_class_bind_template_child (widget_class, RdConfirmDialog, cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm_clicked);
}

static void
rd_confirm_dialog_init (RdConfirmDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rd_name_buttons (GTK_WIDGET (self));
}

GtkWindow *
rd_confirm_dialog_new (GtkWindow *parent, const char *heading, const char *body, const char *verb,
                       gboolean destructive)
{
  RdConfirmDialog *self;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);

  self = g_object_new (RD_TYPE_CONFIRM_DIALOG, "transient-for", parent, NULL);
  gtk_label_set_text (self->heading, heading);
  gtk_label_set_text (self->body, body);
  gtk_widget_set_visible (GTK_WIDGET (self->confirm), verb != NULL);
  if (verb != NULL)
    gtk_button_set_label (self->confirm, verb);
  else
    gtk_button_set_label (self->cancel, _ ("_Close"));
  gtk_widget_add_css_class (GTK_WIDGET (self->confirm), destructive ? "destructive-action" : "suggested-action");
  rd_name_buttons (GTK_WIDGET (self));
  gtk_window_set_title (GTK_WINDOW (self), heading);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->cancel));
  return GTK_WINDOW (self);
}
