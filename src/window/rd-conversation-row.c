/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-conversation-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rd-colour-mark.h"
#include "rd-person-status.h"
#include "rd-text.h"
#include "rd-when.h"

/* Who, what last, when, and how much of it is unread. */

#define NAME_CHARS 80
#define TEXT_MAX 160
#define UNREAD_MAX 99

struct _RdConversationRow
{
  GtkWidget parent_instance;

  RdPagedItem *item; /* (nullable) */
  gboolean show_account;

  GtkWidget *content;
  AdwAvatar *avatar;
  GtkImage *status;
  GtkLabel *name;
  GtkLabel *time;
  GtkLabel *text;
  GtkLabel *unread;
  GtkWidget *account;
  RdColourMark *colour;
  GtkLabel *account_name;
};

G_DEFINE_FINAL_TYPE (RdConversationRow, rd_conversation_row, GTK_TYPE_WIDGET)

static void
show_unread (RdConversationRow *self, guint unread)
{
  g_autofree char *text =
    unread > UNREAD_MAX ? g_strdup_printf ("%d+", UNREAD_MAX) : g_strdup_printf ("%u", unread);

  gtk_widget_set_visible (GTK_WIDGET (self->unread), unread > 0);
  gtk_label_set_text (self->unread, text);
  if (unread > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self), "unread");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "unread");
}

static void
show_account (RdConversationRow *self)
{
  RdDBusAccount1 *account = self->show_account ? rd_paged_item_get_account (self->item) : NULL;

  gtk_widget_set_visible (self->account, account != NULL);
  if (account == NULL)
    return;
  rd_colour_mark_set_colour (self->colour, rd_dbus_account1_get_colour (account));
  gtk_label_set_text (self->account_name, rd_dbus_account1_get_name (account));
}

/* The list's own widget around this one has the focus, so it is what a screen reader asks. */
static void
set_accessible_name (RdConversationRow *self, const char *name, guint unread, const char *description)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *label = NULL;

  /* Translators: a conversation's name, and how many of its messages are unread */
  label = unread > 0 ? g_strdup_printf (ngettext ("%s, %u unread", "%s, %u unread", unread), name, unread)
                     : g_strdup (name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

static void
show_item (RdConversationRow *self)
{
  RdRecord *record = rd_paged_item_get_record (self->item);
  g_autofree char *name = rd_conversation_dup_name (record);
  g_autofree char *last = rd_text_clean (rd_record_get_string (record, "text"), TEXT_MAX);
  g_autofree char *time = rd_when_to_string (rd_record_get_time (record, "at"), g_get_real_time ());
  g_autofree char *text = NULL;

  /* Translators: the last message of a conversation, which we sent */
  text = rd_record_get_boolean (record, "ours") && *last != '\0' ? g_strdup_printf (_ ("You: %s"), last)
                                                                 : g_strdup (last);
  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->text, text);
  gtk_label_set_text (self->time, time);
  show_unread (self, rd_record_get_uint (record, "unread"));
  show_account (self);
  set_accessible_name (self, name, rd_record_get_uint (record, "unread"), text);
}

static void
disconnect_item (RdConversationRow *self)
{
  RdDBusAccount1 *account = self->item != NULL ? rd_paged_item_get_account (self->item) : NULL;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  if (account != NULL)
    g_signal_handlers_disconnect_by_data (account, self);
}

/* GObject */

static void
rd_conversation_row_dispose (GObject *object)
{
  RdConversationRow *self = RD_CONVERSATION_ROW (object);

  disconnect_item (self);
  g_clear_object (&self->item);
  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (rd_conversation_row_parent_class)->dispose (object);
}

static void
rd_conversation_row_class_init (RdConversationRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_conversation_row_dispose;

  g_type_ensure (RD_TYPE_COLOUR_MARK);
  gtk_widget_class_set_css_name (widget_class, "conversationrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-conversation-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RdConversationRow, content);
  gtk_widget_class_bind_template_child (widget_class, RdConversationRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, RdConversationRow, status);
  gtk_widget_class_bind_template_child (widget_class, RdConversationRow, name);
  gtk_widget_class_bind_template_child (widget_class, RdConversationRow, time);
  gtk_widget_class_bind_template_child (widget_class, RdConversationRow, text);
  gtk_widget_class_bind_template_child (widget_class, RdConversationRow, unread);
  gtk_widget_class_bind_template_child (widget_class, RdConversationRow, account);
  gtk_widget_class_bind_template_child (widget_class, RdConversationRow, colour);
  gtk_widget_class_bind_template_child (widget_class, RdConversationRow, account_name);
}

static void
rd_conversation_row_init (RdConversationRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rd_conversation_row_new (void)
{
  return g_object_new (RD_TYPE_CONVERSATION_ROW, NULL);
}

void
rd_conversation_row_set_item (RdConversationRow *self, RdPagedItem *item, gboolean with_account)
{
  RdDBusAccount1 *account;

  g_return_if_fail (RD_IS_CONVERSATION_ROW (self));
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

RdPagedItem *
rd_conversation_row_get_item (RdConversationRow *self)
{
  g_return_val_if_fail (RD_IS_CONVERSATION_ROW (self), NULL);
  return self->item;
}

void
rd_conversation_row_set_status (RdConversationRow *self, const char *status)
{
  g_return_if_fail (RD_IS_CONVERSATION_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->status), status != NULL);
  if (status != NULL)
    rd_person_status_paint (self->status, status);
}

char *
rd_conversation_dup_name (RdRecord *conversation)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (RD_IS_RECORD (conversation), g_strdup (""));

  name = rd_text_clean (rd_record_get_string (conversation, "name"), NAME_CHARS);
  if (*name == '\0')
    {
      g_free (name);
      name = rd_text_clean (rd_record_get_string (conversation, "detail"), NAME_CHARS);
    }
  return *name != '\0' ? g_steal_pointer (&name) : g_strdup (_ ("Unknown"));
}

void
rd_conversation_row_set_with_account (RdConversationRow *self, gboolean with_account)
{
  g_return_if_fail (RD_IS_CONVERSATION_ROW (self));

  self->show_account = with_account;
  if (self->item != NULL)
    show_account (self);
}
