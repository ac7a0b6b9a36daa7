/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-history-row.h"

#include <glib/gi18n.h>

#include "rd-colour-mark.h"
#include "rd-contact-menu.h"
#include "rd-history-entry.h"
#include "rd-history-menu.h"
#include "rd-text.h"
#include "rd-when.h"

/* One thing that happened. The widgets are used again, so that a long list costs no more than what is seen. */

#define NAME_CHARS 80
#define REMIND_MINUTES 10

struct _RdHistoryRow
{
  GtkWidget parent_instance;

  RdModel *model;
  RdHistoryItem *item; /* (nullable) */
  gboolean with_account;
  guint remind_minutes;

  GtkWidget *content;
  GtkLabel *day;
  GtkImage *icon;
  GtkLabel *title;
  GtkImage *treatment;
  GtkLabel *amount;
  GtkLabel *detail;
  GtkLabel *time;
  GtkWidget *account;
  RdColourMark *colour;
  GtkLabel *account_name;
  GtkWidget *call_back;
  GtkMenuButton *menu;
};

G_DEFINE_FINAL_TYPE (RdHistoryRow, rd_history_row, GTK_TYPE_WIDGET)

static void
show_account (RdHistoryRow *self, RdRecord *entry)
{
  RdDBusAccount1 *account = rd_model_find_account (self->model, rd_record_get_string (entry, "account"));
  const char *known = account != NULL ? rd_dbus_account1_get_name (account) : NULL;
  g_autofree char *name = NULL;

  /* One that is gone since is called as it was then. */
  name = rd_text_clean (known != NULL ? known : rd_record_get_string (entry, "account-name"), NAME_CHARS);
  gtk_widget_set_visible (self->account, self->with_account && *name != '\0');
  rd_colour_mark_set_colour (self->colour, account != NULL ? rd_dbus_account1_get_colour (account) : "");
  gtk_label_set_text (self->account_name, name);
}

static void
show_icon (RdHistoryRow *self, RdRecord *entry)
{
  const char *classes[] = { rd_history_entry_get_css_class (entry), NULL };

  gtk_image_set_from_icon_name (self->icon, rd_history_entry_get_icon (entry));
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), classes);
}

static void
show_treatment (RdHistoryRow *self)
{
  RdRecord *entry = self->item != NULL ? rd_history_item_get_entry (self->item) : NULL;
  const char *treatment = "normal", *text;
  gboolean muted;

  if (entry != NULL && *rd_record_get_string (entry, "peer-id") != '\0')
    treatment = rd_contact_get_treatment (self->model, rd_record_get_string (entry, "account"),
                                          rd_record_get_string (entry, "peer-id"));
  muted = g_str_equal (treatment, "muted");
  gtk_widget_set_visible (GTK_WIDGET (self->treatment), !g_str_equal (treatment, "normal"));
  gtk_image_set_from_icon_name (self->treatment, muted ? "rd-muted-symbolic" : "rd-vip-symbolic");
  text = muted ? _ ("Never rings") : _ ("Always rings");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->treatment), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->treatment), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
show_call_back (RdHistoryRow *self, RdRecord *entry, const char *title)
{
  RdDBusAccount1 *account = rd_model_find_account (self->model, rd_record_get_string (entry, "account"));
  gboolean possible = rd_history_entry_is (entry, "call") && *rd_record_get_string (entry, "peer-id") != '\0' &&
                      account != NULL && rd_dbus_account1_get_can_call (account);
  g_autofree char *label = g_strdup_printf (_ ("Call %s back"), title);

  gtk_widget_set_visible (self->call_back, possible);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->call_back), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* The list's own widget around this one has the focus, so it is what a screen reader asks. */
static void
set_accessible_name (RdHistoryRow *self, const char *title, const char *detail, const char *amount, const char *when)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  /* Translators: an entry of the history: who or what for, what happened, an amount of money or nothing, and when */
  g_autofree char *label = *amount != '\0' ? g_strdup_printf (_ ("%s, %s, %s, %s"), title, detail, amount, when)
                                           : g_strdup_printf ("%s, %s, %s", title, detail, when);
  g_autofree char *more = g_strdup_printf (_ ("More about %s"), title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, more, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
show_item (RdHistoryRow *self)
{
  RdRecord *entry = rd_history_item_get_entry (self->item);
  gint64 at = rd_record_get_time (entry, "at");
  g_autofree char *title = rd_history_entry_dup_title (entry);
  g_autofree char *detail = rd_history_entry_dup_detail (entry);
  g_autofree char *amount = rd_history_entry_dup_amount (entry);
  g_autofree char *time = rd_when_to_time (at);
  g_autofree char *day = rd_when_to_day (at, g_get_real_time ());
  g_autofree char *when = rd_when_to_moment (at);

  gtk_label_set_text (self->day, day);
  gtk_widget_set_visible (GTK_WIDGET (self->day), rd_history_item_get_first_of_day (self->item) && *day != '\0');
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->detail, detail);
  gtk_label_set_text (self->amount, amount);
  gtk_label_set_text (self->time, time);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->time), when);
  show_icon (self, entry);
  show_treatment (self);
  show_account (self, entry);
  show_call_back (self, entry, title);
  set_accessible_name (self, title, detail, amount, when);
}

static void
on_call_back_clicked (RdHistoryRow *self)
{
  RdRecord *entry = self->item != NULL ? rd_history_item_get_entry (self->item) : NULL;

  if (entry != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.call", "(ssb)", rd_record_get_string (entry, "account"),
                                rd_record_get_string (entry, "peer-id"), rd_record_get_boolean (entry, "audio"));
}

/* Made when somebody wants it: most rows are only looked at. */
static void
create_menu (GtkMenuButton *button, gpointer user_data)
{
  RdHistoryRow *self = RD_HISTORY_ROW (gtk_widget_get_ancestor (GTK_WIDGET (button), RD_TYPE_HISTORY_ROW));
  g_autoptr (GMenuModel) menu = NULL;

  if (self == NULL || self->item == NULL)
    return;
  menu = rd_history_menu_new (self->model, rd_history_item_get_entry (self->item), self->remind_minutes);
  gtk_menu_button_set_menu_model (button, menu);
}

static void
on_secondary_pressed (RdHistoryRow *self)
{
  rd_history_row_show_menu (self);
}

static void
disconnect_item (RdHistoryRow *self)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
}

/* GObject */

static void
rd_history_row_dispose (GObject *object)
{
  RdHistoryRow *self = RD_HISTORY_ROW (object);

  disconnect_item (self);
  g_clear_object (&self->item);
  g_clear_object (&self->model);
  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (rd_history_row_parent_class)->dispose (object);
}

static void
rd_history_row_class_init (RdHistoryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_history_row_dispose;

  g_type_ensure (RD_TYPE_COLOUR_MARK);
  gtk_widget_class_set_css_name (widget_class, "historyrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RdHistoryRow, content);
  gtk_widget_class_bind_template_child (widget_class, RdHistoryRow, day);
  gtk_widget_class_bind_template_child (widget_class, RdHistoryRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RdHistoryRow, title);
  gtk_widget_class_bind_template_child (widget_class, RdHistoryRow, treatment);
  gtk_widget_class_bind_template_child (widget_class, RdHistoryRow, amount);
  gtk_widget_class_bind_template_child (widget_class, RdHistoryRow, detail);
  gtk_widget_class_bind_template_child (widget_class, RdHistoryRow, time);
  gtk_widget_class_bind_template_child (widget_class, RdHistoryRow, account);
  gtk_widget_class_bind_template_child (widget_class, RdHistoryRow, colour);
  gtk_widget_class_bind_template_child (widget_class, RdHistoryRow, account_name);
  gtk_widget_class_bind_template_child (widget_class, RdHistoryRow, call_back);
  gtk_widget_class_bind_template_child (widget_class, RdHistoryRow, menu);
  gtk_widget_class_bind_template_callback (widget_class, on_call_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_secondary_pressed);
}

static void
rd_history_row_init (RdHistoryRow *self)
{
  self->remind_minutes = REMIND_MINUTES;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu, create_menu, NULL, NULL);
}

GtkWidget *
rd_history_row_new (RdModel *model)
{
  RdHistoryRow *self;

  g_return_val_if_fail (RD_IS_MODEL (model), NULL);

  self = g_object_new (RD_TYPE_HISTORY_ROW, NULL);
  self->model = g_object_ref (model);
  return GTK_WIDGET (self);
}

void
rd_history_row_set_item (RdHistoryRow *self, RdHistoryItem *item, gboolean with_account)
{
  g_return_if_fail (RD_IS_HISTORY_ROW (self));
  g_return_if_fail (item == NULL || RD_IS_HISTORY_ITEM (item));

  disconnect_item (self);
  gtk_menu_button_popdown (self->menu);
  g_set_object (&self->item, item);
  self->with_account = with_account;
  if (item == NULL)
    return;
  g_signal_connect_object (item, "changed", G_CALLBACK (show_item), self, G_CONNECT_SWAPPED);
  show_item (self);
}

RdHistoryItem *
rd_history_row_get_item (RdHistoryRow *self)
{
  g_return_val_if_fail (RD_IS_HISTORY_ROW (self), NULL);
  return self->item;
}

void
rd_history_row_refresh (RdHistoryRow *self)
{
  g_return_if_fail (RD_IS_HISTORY_ROW (self));

  if (self->item != NULL)
    show_item (self);
}

void
rd_history_row_set_remind (RdHistoryRow *self, guint minutes)
{
  g_return_if_fail (RD_IS_HISTORY_ROW (self));
  self->remind_minutes = minutes;
}

void
rd_history_row_show_menu (RdHistoryRow *self)
{
  g_return_if_fail (RD_IS_HISTORY_ROW (self));
  gtk_menu_button_popup (self->menu);
}
