/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-sign-in-dialog.h"

#include <glib/gi18n.h>

#include "rd-platform.h"
#include "rd-sign-in-form.h"

/* Asks for what an account signs in with. */

struct _RdSignInDialog
{
  AdwWindow parent_instance;

  RdDBusAccount1 *account;
  GCancellable *cancellable;
  gboolean busy;

  GtkLabel *name;
  RdSignInForm *form;
  GtkWidget *sign_in;
  GtkSpinner *spinner;
  GtkLabel *error;
};

G_DEFINE_FINAL_TYPE (RdSignInDialog, rd_sign_in_dialog, ADW_TYPE_WINDOW)

static void
update (RdSignInDialog *self)
{
  gtk_widget_set_sensitive (self->sign_in, !self->busy && rd_sign_in_form_is_complete (self->form));
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), !self->busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->busy);
  gtk_spinner_set_spinning (self->spinner, self->busy);
}

static void
on_form_changed (RdSignInDialog *self)
{
  update (self);
}

/* Both requests end here. */
static void
on_request_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdSignInDialog *self = user_data; /* not owned: cancelled when the dialog goes */
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply != NULL)
    {
      rd_sign_in_form_clear_secrets (self->form);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  self->busy = FALSE;
  sentence = rd_dup_error_sentence (error);
  gtk_label_set_text (self->error, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->error), TRUE);
  update (self);
  rd_sign_in_form_focus (self->form);
}

static void
on_sign_in_clicked (RdSignInDialog *self)
{
  GVariant *arguments;
  const char *method;

  if (self->busy || !rd_sign_in_form_is_complete (self->form))
    return;
  if (rd_sign_in_form_uses_password (self->form))
    {
      g_autofree char *login = rd_sign_in_form_dup_login (self->form);

      method = "SignIn";
      arguments = g_variant_new ("(ss)", login, rd_sign_in_form_get_password (self->form));
    }
  else
    {
      g_autofree char *token = rd_sign_in_form_dup_token (self->form);
      g_autofree char *refresh_token = rd_sign_in_form_dup_refresh_token (self->form);

      method = "SetToken";
      arguments = g_variant_new ("(ss)", token, refresh_token);
    }
  self->busy = TRUE;
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->error), FALSE);
  update (self);
  g_dbus_proxy_call (G_DBUS_PROXY (self->account), method, arguments, G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable,
                     on_request_ready, self);
}

/* GObject */

static void
rd_sign_in_dialog_dispose (GObject *object)
{
  RdSignInDialog *self = RD_SIGN_IN_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (rd_sign_in_dialog_parent_class)->dispose (object);
}

static void
rd_sign_in_dialog_class_init (RdSignInDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_sign_in_dialog_dispose;

  g_type_ensure (RD_TYPE_SIGN_IN_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-sign-in-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RdSignInDialog, name);
  gtk_widget_class_bind_template_child (widget_class, RdSignInDialog, form);
  gtk_widget_class_bind_template_child (widget_class, RdSignInDialog, sign_in);
  gtk_widget_class_bind_template_child (widget_class, RdSignInDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, RdSignInDialog, error);
  gtk_widget_class_bind_template_callback (widget_class, on_form_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in_clicked);
}

static void
rd_sign_in_dialog_init (RdSignInDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  rd_name_buttons (GTK_WIDGET (self));
}

GtkWindow *
rd_sign_in_dialog_new (GtkWindow *parent, RdDBusAccount1 *account)
{
  RdSignInDialog *self;

  g_return_val_if_fail (RD_DBUS_IS_ACCOUNT1 (account), NULL);

  self = g_object_new (RD_TYPE_SIGN_IN_DIALOG, "transient-for", parent, NULL);
  self->account = g_object_ref (account);
  gtk_label_set_text (self->name, rd_dbus_account1_get_name (account));
  rd_sign_in_form_set_ways (self->form, rd_dbus_account1_get_sign_in_ways (account),
                            rd_dbus_account1_get_login (account), rd_dbus_account1_get_site (account));
  rd_sign_in_form_focus (self->form);
  return GTK_WINDOW (self);
}
