/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-decline-dialog.h"

#include <glib/gi18n.h>

#include "rd-platform.h"
#include "rd-text.h"

/* One line of text for who calls. */

#define TEXT_MAX 500

enum
{
  DECLINE,
  N_SIGNALS,
};

struct _RdDeclineDialog
{
  AdwWindow parent_instance;

  RdDBusCall1 *call;
  GSettings *settings; /* (nullable) */

  GtkLabel *heading;
  GtkEditable *text;
  GtkCheckButton *keep;
  GtkWidget *decline;
};

G_DEFINE_FINAL_TYPE (RdDeclineDialog, rd_decline_dialog, ADW_TYPE_WINDOW)

static guint signals[N_SIGNALS];

static void
keep_text (RdDeclineDialog *self, const char *text)
{
  g_auto (GStrv) texts = g_settings_get_strv (self->settings, "decline-texts");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  if (g_strv_contains ((const char *const *) texts, text) || g_strv_length (texts) >= RD_TEXT_DECLINE_OWN_MAX)
    return;
  g_strv_builder_addv (builder, (const char **) texts);
  g_strv_builder_add (builder, text);
  all = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "decline-texts", (const char *const *) all);
}

static char *
dup_text (RdDeclineDialog *self)
{
  return rd_text_clean (gtk_editable_get_text (self->text), TEXT_MAX);
}

static void
on_text_changed (RdDeclineDialog *self)
{
  g_autofree char *text = dup_text (self);

  gtk_widget_set_sensitive (self->decline, *text != '\0');
}

static void
on_decline_clicked (RdDeclineDialog *self)
{
  g_autofree char *text = dup_text (self);

  if (*text == '\0')
    return;
  if (self->settings != NULL && gtk_check_button_get_active (self->keep))
    keep_text (self, text);
  g_signal_emit (self, signals[DECLINE], 0, text);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_state_changed (RdDeclineDialog *self)
{
  if (g_strcmp0 (rd_dbus_call1_get_state (self->call), "ringing-in") != 0)
    gtk_window_close (GTK_WINDOW (self));
}

/* GObject */

static void
rd_decline_dialog_dispose (GObject *object)
{
  RdDeclineDialog *self = RD_DECLINE_DIALOG (object);

  g_clear_object (&self->call);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rd_decline_dialog_parent_class)->dispose (object);
}

static void
rd_decline_dialog_class_init (RdDeclineDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_decline_dialog_dispose;

  signals[DECLINE] = g_signal_new ("decline", RD_TYPE_DECLINE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-decline-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RdDeclineDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, RdDeclineDialog, text);
  gtk_widget_class_bind_template_child (widget_class, RdDeclineDialog, keep);
  gtk_widget_class_bind_template_child (widget_class, RdDeclineDialog, decline);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_decline_clicked);
}

static void
rd_decline_dialog_init (RdDeclineDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rd_name_buttons (GTK_WIDGET (self));
  on_text_changed (self);
}

GtkWindow *
rd_decline_dialog_new (GtkWindow *parent, RdDBusCall1 *call, GSettings *settings)
{
  RdDeclineDialog *self;
  g_autofree char *peer = NULL;
  g_autofree char *name = NULL;
  g_autofree char *heading = NULL;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (RD_DBUS_IS_CALL1 (call), NULL);

  self = g_object_new (RD_TYPE_DECLINE_DIALOG, "transient-for", parent, NULL);
  self->call = g_object_ref (call);
  if (settings != NULL)
    self->settings = g_object_ref (settings);
  gtk_widget_set_visible (GTK_WIDGET (self->keep), settings != NULL);
  peer = rd_text_for_peer (rd_dbus_call1_get_peer_name (call));
  name = rd_text_isolate (peer);
  /* Translators: %s is who calls */
  heading = g_strdup_printf (_ ("Decline %s"), name);
  gtk_label_set_text (self->heading, heading);
  g_signal_connect_object (call, "notify::state", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->text));
  return GTK_WINDOW (self);
}
