/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-accounts-page.h"

#include <glib/gi18n.h>

#include "rd-colour-mark.h"

/* A row for each account, which opens what there is to set. */

struct _RdAccountsPage
{
  AdwPreferencesPage parent_instance;

  AdwPreferencesGroup *group;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (RdAccountsPage, rd_accounts_page, ADW_TYPE_PREFERENCES_PAGE)

static void
on_row_activated (GtkWidget *row)
{
  RdDBusAccount1 *account = g_object_get_data (G_OBJECT (row), "account");

  gtk_widget_activate_action (row, "win.account-preferences", "s", rd_dbus_account1_get_id (account));
}

static void
on_colour_changed (RdDBusAccount1 *account, GParamSpec *pspec, RdColourMark *mark)
{
  rd_colour_mark_set_colour (mark, rd_dbus_account1_get_colour (account));
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  RdDBusAccount1 *account = item;
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title-lines", 2, "activatable", TRUE, NULL);
  GtkWidget *mark = g_object_new (RD_TYPE_COLOUR_MARK, NULL);
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  g_object_set_data_full (G_OBJECT (row), "account", g_object_ref (account), g_object_unref);
  g_object_bind_property (account, "name", row, "title", G_BINDING_SYNC_CREATE);
  g_object_bind_property (account, "site", row, "subtitle", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (account, "notify::colour", G_CALLBACK (on_colour_changed), mark, 0);
  on_colour_changed (account, NULL, RD_COLOUR_MARK (mark));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), mark);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  g_signal_connect (row, "activated", G_CALLBACK (on_row_activated), NULL); /* its own signal */
  return row;
}

static void
on_accounts_changed (GListModel *accounts, guint position, guint removed, guint added, RdAccountsPage *self)
{
  gboolean any = g_list_model_get_n_items (accounts) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->list), any);
  adw_preferences_group_set_description (self->group, any ? NULL : _ ("There is none yet"));
}

static void
rd_accounts_page_class_init (RdAccountsPageClass *klass)
{
}

static void
rd_accounts_page_init (RdAccountsPage *self)
{
  GtkWidget *add = gtk_button_new_with_label (_ ("Add…"));

  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  adw_preferences_group_set_title (self->group, _ ("Accounts"));
  gtk_widget_add_css_class (add, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "win.add-account");
  adw_preferences_group_set_header_suffix (self->group, add);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  adw_preferences_group_add (self->group, GTK_WIDGET (self->list));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), self->group);
}

GtkWidget *
rd_accounts_page_new (RdModel *model)
{
  RdAccountsPage *self;
  GListModel *accounts;

  g_return_val_if_fail (RD_IS_MODEL (model), NULL);

  self = g_object_new (RD_TYPE_ACCOUNTS_PAGE, NULL);
  accounts = rd_model_get_accounts (model);
  gtk_list_box_bind_model (self->list, accounts, create_row, NULL, NULL);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (on_accounts_changed), self, 0);
  on_accounts_changed (accounts, 0, 0, 0, self);
  return GTK_WIDGET (self);
}
