/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-dial-dialog.h"

#include <glib/gi18n.h>

#include "rd-dial-people.h"
#include "rd-platform.h"

/* The dial pad of a telephone without digits. */

struct _RdDialDialog
{
  AdwWindow parent_instance;

  RdModel *model;
  GCancellable *cancellable;
  GtkFilterListModel *callers; /* the accounts that can call */
  gboolean busy;

  char *chosen; /* (nullable): the id of the person whose name stands there */

  GtkEditable *whom;
  RdDialPeople *people;
  GtkToggleButton *video;
  AdwComboRow *account;
  GtkWidget *call;
  GtkWidget *form;
  GtkWidget *nobody;
  GtkStack *stack;
  GtkLabel *error;
  GtkRevealer *error_revealer;
};

G_DEFINE_FINAL_TYPE (RdDialDialog, rd_dial_dialog, ADW_TYPE_WINDOW)

static char *
dup_whom (RdDialDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->whom)));
}

static void
update (RdDialDialog *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->callers));
  g_autofree char *whom = dup_whom (self);

  gtk_stack_set_visible_child (self->stack, n > 0 ? self->form : self->nobody);
  gtk_widget_set_visible (GTK_WIDGET (self->account), n > 1);
  gtk_widget_set_sensitive (self->call, n > 0 && *whom != '\0' && !self->busy);
}

/* (transfer full): whom to call: who was chosen, or whose whole name was typed, or what was typed. */
static char *
dup_callee (RdDialDialog *self)
{
  g_autofree char *whom = dup_whom (self);
  char *match;

  if (self->chosen != NULL)
    return g_strdup (self->chosen);
  match = *whom != '\0' ? rd_dial_people_dup_match (self->people, whom) : NULL;
  return match != NULL ? match : g_steal_pointer (&whom);
}

static void
show_error (RdDialDialog *self, const char *sentence)
{
  if (sentence != NULL)
    gtk_label_set_text (self->error, sentence);
  gtk_revealer_set_reveal_child (self->error_revealer, sentence != NULL);
}

static void
on_place_call_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdDialDialog *self = user_data; /* not owned: cancelled when the dialog goes */
  g_autofree char *call = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (rd_dbus_agent1_call_place_call_finish (RD_DBUS_AGENT1 (source), &call, result, &error))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->busy = FALSE;
  sentence = rd_dup_error_sentence (error);
  show_error (self, sentence);
  update (self);
}

static void
on_call_clicked (RdDialDialog *self)
{
  RdDBusAgent1 *agent = rd_model_get_agent (self->model);
  RdDBusAccount1 *account = adw_combo_row_get_selected_item (self->account);
  g_autofree char *whom = dup_callee (self);
  GVariantDict options;

  if (*whom == '\0' || self->busy)
    return;
  show_error (self, NULL);
  if (agent == NULL || account == NULL)
    {
      show_error (self, _ ("Ringdown’s background service is not running."));
      return;
    }

  self->busy = TRUE;
  update (self);
  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "audio", "b", !gtk_toggle_button_get_active (self->video));
  rd_dbus_agent1_call_place_call (agent, rd_dbus_account1_get_id (account), whom, g_variant_dict_end (&options),
                                  self->cancellable, on_place_call_ready, self);
}

static void
on_whom_changed (RdDialDialog *self)
{
  g_autofree char *whom = dup_whom (self);

  g_clear_pointer (&self->chosen, g_free);
  rd_dial_people_set_search (self->people, whom);
  update (self);
}

static void
on_person_chosen (RdDialDialog *self, const char *id, const char *name)
{
  gtk_editable_set_text (self->whom, name);
  rd_dial_people_set_search (self->people, "");
  self->chosen = g_strdup (id);
  gtk_window_set_focus (GTK_WINDOW (self), self->call);
}

static void
on_people_left (RdDialDialog *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->whom));
}

static gboolean
on_key_pressed (RdDialDialog *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  return rd_dial_people_enter (self->people) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

/* Who is offered are the people of the site that the call goes through. */
static void
on_account_changed (RdDialDialog *self)
{
  RdDBusAccount1 *account = adw_combo_row_get_selected_item (self->account);

  g_clear_pointer (&self->chosen, g_free);
  rd_dial_people_set_account (self->people,
                              account != NULL && rd_model_account_can (account, "people")
                                ? rd_dbus_account1_get_id (account)
                                : NULL);
}

static gboolean
can_call (gpointer item, gpointer user_data)
{
  return rd_dbus_account1_get_can_call (RD_DBUS_ACCOUNT1 (item));
}

/* GObject */

static void
rd_dial_dialog_dispose (GObject *object)
{
  RdDialDialog *self = RD_DIAL_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->callers);
  g_clear_object (&self->model);
  g_clear_pointer (&self->chosen, g_free);

  G_OBJECT_CLASS (rd_dial_dialog_parent_class)->dispose (object);
}

static void
rd_dial_dialog_class_init (RdDialDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_dial_dialog_dispose;

  g_type_ensure (RD_TYPE_DIAL_PEOPLE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-dial-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RdDialDialog, whom);
  gtk_widget_class_bind_template_child (widget_class, RdDialDialog, people);
  gtk_widget_class_bind_template_child (widget_class, RdDialDialog, video);
  gtk_widget_class_bind_template_child (widget_class, RdDialDialog, account);
  gtk_widget_class_bind_template_child (widget_class, RdDialDialog, call);
  gtk_widget_class_bind_template_child (widget_class, RdDialDialog, form);
  gtk_widget_class_bind_template_child (widget_class, RdDialDialog, nobody);
  gtk_widget_class_bind_template_child (widget_class, RdDialDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RdDialDialog, error);
  gtk_widget_class_bind_template_child (widget_class, RdDialDialog, error_revealer);
  gtk_widget_class_bind_template_callback (widget_class, on_call_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_whom_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_person_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_people_left);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_account_changed);
}

static void
rd_dial_dialog_init (RdDialDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  rd_name_buttons (GTK_WIDGET (self));
}

GtkWindow *
rd_dial_dialog_new (GtkWindow *parent, RdModel *model)
{
  RdDialDialog *self;
  g_autoptr (GtkExpression) name = NULL;

  g_return_val_if_fail (RD_IS_MODEL (model), NULL);

  self = g_object_new (RD_TYPE_DIAL_DIALOG, "transient-for", parent, NULL);
  self->model = g_object_ref (model);
  self->callers = gtk_filter_list_model_new (g_object_ref (rd_model_get_accounts (model)),
                                             GTK_FILTER (gtk_custom_filter_new (can_call, NULL, NULL)));
  name = gtk_property_expression_new (RD_DBUS_TYPE_ACCOUNT1, NULL, "name");
  adw_combo_row_set_expression (self->account, name);
  adw_combo_row_set_model (self->account, G_LIST_MODEL (self->callers));
  rd_dial_people_set_people (self->people, rd_model_get_people (model));
  on_account_changed (self);
  g_signal_connect_object (self->callers, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->whom));
  return GTK_WINDOW (self);
}
