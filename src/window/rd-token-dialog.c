/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-token-dialog.h"

#include <glib/gi18n.h>

#include "rd-platform.h"

/* Asks for a token, pasted from the site. */

struct _RdTokenDialog
{
  AdwWindow parent_instance;

  RdDBusAccount1 *account;
  GCancellable *cancellable;

  AdwPreferencesGroup *group;
  GtkEditable *token;
  GtkEditable *refresh_token;
  GtkWidget *save;
  GtkLabel *error;
};

G_DEFINE_FINAL_TYPE (RdTokenDialog, rd_token_dialog, ADW_TYPE_WINDOW)

static char *
dup_text (GtkEditable *editable)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (editable)));
}

static void
on_token_changed (RdTokenDialog *self)
{
  g_autofree char *token = dup_text (self->token);

  gtk_widget_set_sensitive (self->save, *token != '\0');
}

static void
on_set_token_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdTokenDialog *self = user_data; /* not owned: cancelled when the dialog goes */
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (rd_dbus_account1_call_set_token_finish (RD_DBUS_ACCOUNT1 (source), result, &error))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  sentence = rd_dup_error_sentence (error);
  gtk_label_set_text (self->error, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->error), TRUE);
  gtk_widget_set_sensitive (self->save, TRUE);
}

static void
on_save_clicked (RdTokenDialog *self)
{
  g_autofree char *token = dup_text (self->token);
  g_autofree char *refresh_token = dup_text (self->refresh_token);

  if (*token == '\0')
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->error), FALSE);
  gtk_widget_set_sensitive (self->save, FALSE);
  rd_dbus_account1_call_set_token (self->account, token, refresh_token, self->cancellable, on_set_token_ready,
                                   self);
}

static void
rd_token_dialog_dispose (GObject *object)
{
  RdTokenDialog *self = RD_TOKEN_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (rd_token_dialog_parent_class)->dispose (object);
}

static void
rd_token_dialog_class_init (RdTokenDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_token_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-token-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RdTokenDialog, group);
  gtk_widget_class_bind_template_child (widget_class, RdTokenDialog, token);
  gtk_widget_class_bind_template_child (widget_class, RdTokenDialog, refresh_token);
  gtk_widget_class_bind_template_child (widget_class, RdTokenDialog, save);
  gtk_widget_class_bind_template_child (widget_class, RdTokenDialog, error);
  gtk_widget_class_bind_template_callback (widget_class, on_token_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
}

static void
rd_token_dialog_init (RdTokenDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  rd_name_buttons (GTK_WIDGET (self));
}

GtkWindow *
rd_token_dialog_new (GtkWindow *parent, RdDBusAccount1 *account)
{
  RdTokenDialog *self;
  g_autofree char *title = NULL;

  g_return_val_if_fail (RD_DBUS_IS_ACCOUNT1 (account), NULL);

  self = g_object_new (RD_TYPE_TOKEN_DIALOG, "transient-for", parent, NULL);
  self->account = g_object_ref (account);
  title = g_markup_escape_text (rd_dbus_account1_get_name (account), -1);
  adw_preferences_group_set_title (self->group, title);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->token));
  return GTK_WINDOW (self);
}
