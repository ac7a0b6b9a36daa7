/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-person-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rd-colour-mark.h"
#include "rd-contact-button.h"
#include "rd-person-status.h"
#include "rd-text.h"

/* Who, whether they are there, and how to reach them. */

#define NAME_CHARS 80

struct _RdPersonRow
{
  GtkWidget parent_instance;

  RdPagedItem *item; /* (nullable) */
  gboolean show_account;

  GtkWidget *content;
  AdwAvatar *avatar;
  GtkImage *status;
  GtkLabel *name;
  GtkLabel *detail;
  GtkLabel *unavailable;
  GtkWidget *account;
  RdColourMark *colour;
  GtkLabel *account_name;
  GtkWidget *message;
  GtkWidget *audio;
  GtkWidget *video;
  RdContactButton *more;
};

G_DEFINE_FINAL_TYPE (RdPersonRow, rd_person_row, GTK_TYPE_WIDGET)

/* @label: (transfer full) */
static void
name_button (GtkWidget *button, char *label, const char *tooltip)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (button, tooltip);
  g_free (label);
}

static void
show_buttons (RdPersonRow *self, RdRecord *person, const char *name)
{
  RdDBusAccount1 *account = rd_paged_item_get_account (self->item);
  gboolean self_row = rd_record_get_boolean (person, "self");
  gboolean can_call = account != NULL && !self_row && rd_model_account_can (account, "call");
  gboolean can_write = account != NULL && !self_row && rd_model_account_can (account, "messages");
  g_autofree char *reason = NULL;
  gboolean possible = rd_person_can_be_called (person, &reason);

  gtk_widget_set_visible (self->message, can_write);
  gtk_widget_set_visible (self->audio, can_call);
  gtk_widget_set_visible (self->video, can_call);
  gtk_widget_set_sensitive (self->audio, possible);
  gtk_widget_set_sensitive (self->video, possible);
  /* Translators: to write to a person */
  name_button (self->message, g_strdup_printf (_ ("Message %s"), name), _ ("Message"));
  name_button (self->audio, g_strdup_printf (_ ("Call %s, audio only"), name), possible ? _ ("Audio Call") : reason);
  name_button (self->video, g_strdup_printf (_ ("Call %s"), name), possible ? _ ("Video Call") : reason);
  /* Where the status says it, once is enough. */
  gtk_widget_set_visible (GTK_WIDGET (self->unavailable),
                          can_call && !possible && !rd_record_get_boolean (person, "in-call") &&
                            rd_person_is_online (person));
  gtk_label_set_text (self->unavailable, reason != NULL ? reason : "");
}

static void
show_more (RdPersonRow *self, RdRecord *person, const char *name)
{
  RdDBusAccount1 *account = rd_paged_item_get_account (self->item);
  gboolean shown = account != NULL && !rd_record_get_boolean (person, "self");
  const char *id = rd_record_get_string (person, "id");

  gtk_widget_set_visible (GTK_WIDGET (self->more), shown);
  if (shown)
    rd_contact_button_set_contact (self->more, rd_dbus_account1_get_id (account), id, name, "person", id);
}

static void
show_account (RdPersonRow *self)
{
  RdDBusAccount1 *account = self->show_account ? rd_paged_item_get_account (self->item) : NULL;

  gtk_widget_set_visible (self->account, account != NULL);
  if (account == NULL)
    return;
  rd_colour_mark_set_colour (self->colour, rd_dbus_account1_get_colour (account));
  gtk_label_set_text (self->account_name, rd_dbus_account1_get_name (account));
}

static char *
dup_name (RdRecord *person)
{
  g_autofree char *name = rd_text_clean (rd_record_get_string (person, "name"), NAME_CHARS);

  if (*name == '\0')
    {
      g_free (name);
      name = rd_text_clean (rd_record_get_string (person, "detail"), NAME_CHARS);
    }
  return *name != '\0' ? g_steal_pointer (&name) : g_strdup (_ ("Unknown"));
}

static void
show_item (RdPersonRow *self)
{
  RdRecord *person = rd_paged_item_get_record (self->item);
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *name = dup_name (person);
  g_autofree char *status = rd_person_dup_status (person);
  g_autofree char *label = NULL;

  adw_avatar_set_text (self->avatar, name);
  /* Translators: the user among the people of a site */
  label = rd_record_get_boolean (person, "self") ? g_strdup_printf (_ ("%s (you)"), name) : g_strdup (name);
  gtk_label_set_text (self->name, label);
  gtk_label_set_text (self->detail, status);
  rd_person_status_paint (self->status, rd_record_get_string (person, "status"));
  show_buttons (self, person, name);
  show_more (self, person, name);
  show_account (self);
  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, status, -1);
}

static void
call (RdPersonRow *self, gboolean audio)
{
  RdDBusAccount1 *account = self->item != NULL ? rd_paged_item_get_account (self->item) : NULL;

  if (account != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.call", "(ssb)", rd_dbus_account1_get_id (account),
                                rd_paged_item_get_string (self->item, "id"), audio);
}

static void
on_audio_clicked (RdPersonRow *self)
{
  call (self, TRUE);
}

static void
on_video_clicked (RdPersonRow *self)
{
  call (self, FALSE);
}

static void
on_message_clicked (RdPersonRow *self)
{
  RdDBusAccount1 *account = self->item != NULL ? rd_paged_item_get_account (self->item) : NULL;

  if (account != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.message", "(ss)", rd_dbus_account1_get_id (account),
                                rd_paged_item_get_string (self->item, "id"));
}

static void
disconnect_item (RdPersonRow *self)
{
  RdDBusAccount1 *account = self->item != NULL ? rd_paged_item_get_account (self->item) : NULL;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  if (account != NULL)
    g_signal_handlers_disconnect_by_data (account, self);
}

/* GObject */

static void
rd_person_row_dispose (GObject *object)
{
  RdPersonRow *self = RD_PERSON_ROW (object);

  disconnect_item (self);
  g_clear_object (&self->item);
  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (rd_person_row_parent_class)->dispose (object);
}

static void
rd_person_row_class_init (RdPersonRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_person_row_dispose;

  g_type_ensure (RD_TYPE_COLOUR_MARK);
  g_type_ensure (RD_TYPE_CONTACT_BUTTON);
  gtk_widget_class_set_css_name (widget_class, "personrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-person-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RdPersonRow, content);
  gtk_widget_class_bind_template_child (widget_class, RdPersonRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, RdPersonRow, status);
  gtk_widget_class_bind_template_child (widget_class, RdPersonRow, name);
  gtk_widget_class_bind_template_child (widget_class, RdPersonRow, detail);
  gtk_widget_class_bind_template_child (widget_class, RdPersonRow, unavailable);
  gtk_widget_class_bind_template_child (widget_class, RdPersonRow, account);
  gtk_widget_class_bind_template_child (widget_class, RdPersonRow, colour);
  gtk_widget_class_bind_template_child (widget_class, RdPersonRow, account_name);
  gtk_widget_class_bind_template_child (widget_class, RdPersonRow, message);
  gtk_widget_class_bind_template_child (widget_class, RdPersonRow, audio);
  gtk_widget_class_bind_template_child (widget_class, RdPersonRow, video);
  gtk_widget_class_bind_template_child (widget_class, RdPersonRow, more);
  gtk_widget_class_bind_template_callback (widget_class, on_message_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_audio_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_video_clicked);
  gtk_widget_class_bind_template_callback (widget_class, rd_person_row_show_menu);
}

static void
rd_person_row_init (RdPersonRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rd_person_row_new (RdModel *model)
{
  RdPersonRow *self;

  g_return_val_if_fail (RD_IS_MODEL (model), NULL);

  self = g_object_new (RD_TYPE_PERSON_ROW, NULL);
  rd_contact_button_set_model (self->more, model);
  return GTK_WIDGET (self);
}

void
rd_person_row_show_menu (RdPersonRow *self)
{
  g_return_if_fail (RD_IS_PERSON_ROW (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self->more)))
    rd_contact_button_popup (self->more);
}

void
rd_person_row_set_item (RdPersonRow *self, RdPagedItem *item, gboolean with_account)
{
  RdDBusAccount1 *account;

  g_return_if_fail (RD_IS_PERSON_ROW (self));
  g_return_if_fail (item == NULL || RD_IS_PAGED_ITEM (item));

  disconnect_item (self);
  g_set_object (&self->item, item);
  self->show_account = with_account;
  if (item == NULL)
    return;
  account = rd_paged_item_get_account (item);
  g_signal_connect_object (item, "changed", G_CALLBACK (show_item), self, G_CONNECT_SWAPPED);
  if (account != NULL)
    g_signal_connect_object (account, "notify", G_CALLBACK (show_item), self, G_CONNECT_SWAPPED);
  show_item (self);
}

void
rd_person_row_set_with_account (RdPersonRow *self, gboolean with_account)
{
  g_return_if_fail (RD_IS_PERSON_ROW (self));

  self->show_account = with_account;
  if (self->item != NULL)
    show_account (self);
}
