/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-people-page.h"

#include "rd-account-choice.h"
#include "rd-list-top.h"
#include "rd-paged-list.h"
#include "rd-people-kind.h"
#include "rd-people-status.h"
#include "rd-person-row.h"
#include "rd-platform.h"

/* A list of people, searched. */

struct _RdPeoplePage
{
  GtkWidget parent_instance;

  RdModel *model;
  RdPagedList *list;

  GtkWidget *content;
  RdPeopleStatus *status;
  GtkEditable *search;
  RdAccountChoice *accounts;
  GtkStack *list_stack;
  GtkLabel *failure_whole;
  GtkWidget *failure;
  GtkLabel *failure_part;
  GtkWidget *scroller;
  GtkListView *view;
};

G_DEFINE_FINAL_TYPE (RdPeoplePage, rd_people_page, GTK_TYPE_WIDGET)

static void
show_state (RdPeoplePage *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0;
  gboolean searching = *rd_paged_list_get_search (self->list) != '\0';
  const char *failure = rd_paged_list_get_error (self->list);

  gtk_stack_set_visible_child_name (self->list_stack, !empty                                    ? "list"
                                                      : rd_paged_list_get_loading (self->list) ? "loading"
                                                      : failure != NULL                        ? "failed"
                                                      : searching                              ? "none"
                                                                                               : "empty");
  gtk_label_set_text (self->failure_whole, failure != NULL ? failure : "");
  gtk_label_set_text (self->failure_part, failure != NULL ? failure : "");
  gtk_widget_set_visible (self->failure, failure != NULL && !empty);
}

static void
on_again_clicked (RdPeoplePage *self)
{
  rd_paged_list_reload (self->list);
  show_state (self);
}

/* With one account there is no need to say which it is. */
static void
on_accounts_offered_row (RdAccountChoice *accounts, GParamSpec *pspec, RdPersonRow *row)
{
  rd_person_row_set_with_account (row, rd_account_choice_is_offered (accounts));
}

static void
on_status_failed (RdPeoplePage *self, const char *sentence)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", sentence);
}

static void
on_search_changed (RdPeoplePage *self)
{
  rd_paged_list_set_search (self->list, gtk_editable_get_text (self->search));
  rd_list_top_go (self->view);
}

static void
on_stop_search (RdPeoplePage *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
on_account_chosen (RdPeoplePage *self)
{
  rd_paged_list_set_account (self->list, rd_account_choice_get_account (self->accounts));
  rd_people_status_set_account (self->status, rd_account_choice_get_account (self->accounts));
}

static void
on_activate (RdPeoplePage *self, guint position)
{
  g_autoptr (RdPagedItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  RdDBusAccount1 *account = item != NULL ? rd_paged_item_get_account (item) : NULL;

  if (account != NULL && rd_model_account_can (account, "messages") &&
      !rd_record_get_boolean (rd_paged_item_get_record (item), "self"))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.message", "(ss)", rd_dbus_account1_get_id (account),
                                rd_paged_item_get_string (item, "id"));
}

static gboolean
on_key_pressed (RdPeoplePage *self, guint keyval, guint keycode, GdkModifierType state)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  GtkWidget *row = rd_find_focused_row (GTK_WIDGET (self->view), RD_TYPE_PERSON_ROW);

  if (row == NULL || !((keyval == GDK_KEY_Menu && modifiers == 0) ||
                       (keyval == GDK_KEY_F10 && modifiers == GDK_SHIFT_MASK)))
    return GDK_EVENT_PROPAGATE;
  rd_person_row_show_menu (RD_PERSON_ROW (row));
  return GDK_EVENT_STOP;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, RdPeoplePage *self)
{
  GtkWidget *row = rd_person_row_new (self->model);

  g_signal_connect_object (self->accounts, "notify::visible", G_CALLBACK (on_accounts_offered_row), row, 0);
  gtk_list_item_set_child (list_item, row);
  gtk_list_item_set_selectable (list_item, FALSE);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, RdPeoplePage *self)
{
  rd_person_row_set_item (RD_PERSON_ROW (gtk_list_item_get_child (list_item)), gtk_list_item_get_item (list_item),
                          rd_account_choice_is_offered (self->accounts));
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item, RdPeoplePage *self)
{
  rd_person_row_set_item (RD_PERSON_ROW (gtk_list_item_get_child (list_item)), NULL, FALSE);
}

/* GObject */

static void
rd_people_page_dispose (GObject *object)
{
  RdPeoplePage *self = RD_PEOPLE_PAGE (object);

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->list);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (rd_people_page_parent_class)->dispose (object);
}

static void
rd_people_page_class_init (RdPeoplePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_people_page_dispose;

  g_type_ensure (RD_TYPE_ACCOUNT_CHOICE);
  g_type_ensure (RD_TYPE_PEOPLE_STATUS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-people-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RdPeoplePage, content);
  gtk_widget_class_bind_template_child (widget_class, RdPeoplePage, status);
  gtk_widget_class_bind_template_child (widget_class, RdPeoplePage, search);
  gtk_widget_class_bind_template_child (widget_class, RdPeoplePage, accounts);
  gtk_widget_class_bind_template_child (widget_class, RdPeoplePage, list_stack);
  gtk_widget_class_bind_template_child (widget_class, RdPeoplePage, failure_whole);
  gtk_widget_class_bind_template_child (widget_class, RdPeoplePage, failure);
  gtk_widget_class_bind_template_child (widget_class, RdPeoplePage, failure_part);
  gtk_widget_class_bind_template_child (widget_class, RdPeoplePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, RdPeoplePage, view);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_account_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_again_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_status_failed);
}

static void
rd_people_page_init (RdPeoplePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rd_name_buttons (GTK_WIDGET (self));
}

void
rd_people_page_set_model (RdPeoplePage *self, RdModel *model)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) selection = NULL;
  GListModel *people;

  g_return_if_fail (RD_IS_PEOPLE_PAGE (self));
  g_return_if_fail (RD_IS_MODEL (model) && self->model == NULL);

  self->model = g_object_ref (model);
  people = rd_model_get_people (model);
  self->list = rd_paged_list_new (&rd_people_kind, people);
  rd_account_choice_set_interfaces (self->accounts, people);
  rd_people_status_set_people (self->status, people);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::loading", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "failed", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, 0);
  gtk_list_view_set_factory (self->view, factory);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->list)));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  rd_list_top_keep (self->view);
  rd_paged_list_follow (self->list, gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)));
  show_state (self);
}

void
rd_people_page_start_search (RdPeoplePage *self)
{
  g_return_if_fail (RD_IS_PEOPLE_PAGE (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
