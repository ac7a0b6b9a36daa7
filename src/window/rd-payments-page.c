/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-payments-page.h"

#include <glib/gi18n.h>

#include "rd-account-choice.h"
#include "rd-invoice-kind.h"
#include "rd-invoice-row.h"
#include "rd-invoice-view.h"
#include "rd-list-top.h"
#include "rd-paged-list.h"
#include "rd-panes.h"
#include "rd-payments-overview.h"
#include "rd-platform.h"

/* The list of invoices beside the overview, or beside the one that is open. */

struct _RdPaymentsPage
{
  GtkWidget parent_instance;

  RdModel *model;
  RdPagedList *list;
  GtkSingleSelection *selection;
  char *wanted_account; /* (nullable): what is to be shown when it is known */
  char *wanted;
  gboolean syncing;

  GtkStack *stack;
  RdPanes *panes;
  GtkWidget *list_box;
  GtkWidget *summary;
  GtkLabel *summary_text;
  GtkEditable *search;
  GtkDropDown *statuses;
  RdAccountChoice *accounts;
  GtkStack *list_stack;
  AdwStatusPage *no_invoices;
  AdwStatusPage *failed;
  GtkWidget *scroller;
  GtkListView *view;
  GtkWidget *notice;
  GtkLabel *notice_text;
  GtkWidget *notice_retry;
  GtkStack *content_stack;
  RdPaymentsOverview *overview;
  RdInvoiceView *invoice;
};

G_DEFINE_FINAL_TYPE (RdPaymentsPage, rd_payments_page, GTK_TYPE_WIDGET)

static gboolean
is_chosen (RdPaymentsPage *self, RdDBusAccount1 *account)
{
  const char *chosen = rd_account_choice_get_account (self->accounts);

  return chosen == NULL || g_strcmp0 (rd_dbus_account1_get_id (account), chosen) == 0;
}

/* How many of the accounts that are shown have a line, list their invoices, are there at all. */
static void
count_accounts (RdPaymentsPage *self, guint *connected, guint *listing, guint *all)
{
  GListModel *invoices = rd_model_get_invoices (self->model);
  guint i;

  *connected = *listing = *all = 0;
  for (i = 0; i < g_list_model_get_n_items (invoices); i++)
    {
      g_autoptr (GDBusInterface) interface = g_list_model_get_item (invoices, i);
      RdDBusAccount1 *account = rd_model_get_account_of (interface);

      if (account == NULL || !is_chosen (self, account))
        continue;
      *all += 1;
      *connected += g_strcmp0 (rd_dbus_account1_get_state (account), "connected") == 0 ? 1 : 0;
      *listing += rd_model_account_can (account, "list-invoices") ? 1 : 0;
    }
}

/* Below the list: why there may be others than those that are seen. */
static void
show_notice (RdPaymentsPage *self, guint listing, guint all)
{
  const char *error = rd_paged_list_get_error (self->list);
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0;
  const char *text = NULL;

  if (!empty && error != NULL)
    text = error;
  else if (!empty && listing == 0)
    text = _ ("There is no list of all invoices here: these were heard of since Ringdown was started.");
  else if (!empty && listing < all)
    text = _ ("Not every site lists its invoices: of some, only those heard of since Ringdown was started are here.");
  gtk_widget_set_visible (self->notice, text != NULL);
  gtk_widget_set_visible (self->notice_retry, text != NULL && text == error);
  gtk_label_set_text (self->notice_text, text != NULL ? text : "");
}

static void
show_state (RdPaymentsPage *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0;
  gboolean searching =
    *rd_paged_list_get_search (self->list) != '\0' || gtk_drop_down_get_selected (self->statuses) > 0;
  const char *error = rd_paged_list_get_error (self->list);
  guint connected, listing, all;

  count_accounts (self, &connected, &listing, &all);
  gtk_stack_set_visible_child_name (self->list_stack, !empty                                    ? "list"
                                                      : rd_paged_list_get_loading (self->list) ? "loading"
                                                      : error != NULL                          ? "failed"
                                                      : searching                              ? "none"
                                                      : connected == 0                         ? "offline"
                                                                                               : "empty");
  if (error != NULL)
    {
      g_autofree char *markup = g_markup_escape_text (error, -1);

      adw_status_page_set_description (self->failed, markup);
    }
  adw_status_page_set_description (
    self->no_invoices, listing > 0 ? _ ("Invoices that are made on the site show up here.")
                                   : _ ("This site does not list its invoices. Those that are created, updated or "
                                        "paid from now on show up here."));
  show_notice (self, listing, all);
  rd_income_card_set_partial (rd_payments_overview_get_card (self->overview), listing < all);
}

/* The page is for invoices where there are any, and for what came in in any case. */
static void
show_parts (RdPaymentsPage *self)
{
  gboolean has_list = g_list_model_get_n_items (rd_model_get_invoices (self->model)) > 0;
  gboolean has_payments = g_list_model_get_n_items (rd_model_get_payments (self->model)) > 0;
  gboolean folded = has_list && rd_panes_get_folded (self->panes);

  gtk_stack_set_visible_child_name (self->stack, has_list || has_payments ? "list" : "empty");
  gtk_widget_set_visible (self->list_box, has_list);
  g_object_set (self->overview, "folded", folded, NULL);
  g_object_set (self->invoice, "folded", folded, NULL);
}

static void
show_summary (RdPaymentsPage *self)
{
  const char *summary = rd_income_card_get_summary (rd_payments_overview_get_card (self->overview));
  gboolean shown = !rd_panes_get_folded (self->panes) &&
                   g_strcmp0 (gtk_stack_get_visible_child_name (self->content_stack), "overview") == 0;

  gtk_label_set_text (self->summary_text, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->summary_text), *summary != '\0');
  if (shown)
    gtk_widget_add_css_class (self->summary, "selected");
  else
    gtk_widget_remove_css_class (self->summary, "selected");
}

static void
show_overview (RdPaymentsPage *self)
{
  rd_invoice_view_set_item (self->invoice, NULL);
  gtk_stack_set_visible_child_name (self->content_stack, "overview");
  self->syncing = TRUE;
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  self->syncing = FALSE;
  show_summary (self);
}

static void
show_invoice (RdPaymentsPage *self, RdPagedItem *item)
{
  rd_invoice_view_set_item (self->invoice, item);
  gtk_stack_set_visible_child_name (self->content_stack, "invoice");
  show_summary (self);
}

static void
enter_invoice (RdPaymentsPage *self)
{
  rd_panes_set_show_content (self->panes, TRUE);
  if (rd_panes_get_folded (self->panes))
    rd_invoice_view_focus (self->invoice);
}

/* The open invoice is the selected one, if it is in the list: it may have been searched away and come back. */
static void
sync_selection (RdPaymentsPage *self)
{
  RdPagedItem *open = rd_invoice_view_get_item (self->invoice);
  guint position = GTK_INVALID_LIST_POSITION;

  if (open == NULL || rd_paged_list_find (self->list, rd_paged_item_get_proxy (open),
                                          rd_paged_item_get_string (open, "id"), &position) == NULL)
    position = GTK_INVALID_LIST_POSITION;
  if (position == gtk_single_selection_get_selected (self->selection))
    return;
  self->syncing = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->syncing = FALSE;
}

static void
clear_wanted (RdPaymentsPage *self)
{
  g_clear_pointer (&self->wanted_account, g_free);
  g_clear_pointer (&self->wanted, g_free);
}

/* Its account is enough: all about the invoice, the site says. */
static void
open_wanted (RdPaymentsPage *self)
{
  GDBusProxy *proxy;
  RdPagedItem *item;
  g_autoptr (RdRecord) record = NULL;
  g_autoptr (RdPagedItem) bare = NULL;

  if (self->wanted == NULL)
    return;
  proxy = rd_model_find_interface (rd_model_get_invoices (self->model), self->wanted_account);
  if (proxy == NULL)
    return;
  item = rd_paged_list_find (self->list, proxy, self->wanted, NULL);
  if (item == NULL)
    {
      record = rd_record_new (g_variant_new_parsed ("{'id': <%s>}", self->wanted));
      item = bare = rd_paged_item_new (proxy, record);
    }
  clear_wanted (self);
  show_invoice (self, item);
  sync_selection (self);
  enter_invoice (self);
}

static void
on_items_changed (RdPaymentsPage *self)
{
  show_state (self);
  sync_selection (self);
}

static void
on_selected_item_changed (RdPaymentsPage *self)
{
  RdPagedItem *item = gtk_single_selection_get_selected_item (self->selection);

  /* Where there is no room for both, one goes through the list until one has found it. */
  if (item != NULL && !self->syncing && !rd_panes_get_folded (self->panes))
    show_invoice (self, item);
}

static void
activate_item (RdPaymentsPage *self, RdPagedItem *item)
{
  show_invoice (self, item);
  sync_selection (self);
  enter_invoice (self);
}

static void
on_activate (RdPaymentsPage *self, guint position)
{
  g_autoptr (RdPagedItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  if (item != NULL)
    activate_item (self, item);
}

static void
on_summary_clicked (RdPaymentsPage *self)
{
  show_overview (self);
  rd_panes_set_show_content (self->panes, TRUE);
  if (rd_panes_get_folded (self->panes))
    gtk_widget_child_focus (GTK_WIDGET (self->overview), GTK_DIR_TAB_FORWARD);
}

static void
on_folded_changed (RdPaymentsPage *self)
{
  if (self->model == NULL)
    return;
  show_parts (self);
  show_summary (self);
}

static void
scroll_up (RdPaymentsPage *self)
{
  rd_list_top_go (self->view);
}

static void
on_search_changed (RdPaymentsPage *self)
{
  rd_paged_list_set_search (self->list, gtk_editable_get_text (self->search));
  scroll_up (self);
}

static void
on_stop_search (RdPaymentsPage *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
on_status_selected (RdPaymentsPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->statuses);

  if (self->list == NULL)
    return;
  rd_paged_list_set_filter (self->list, selected > 0 ? rd_invoice_get_status (selected - 1) : "");
  scroll_up (self);
  show_state (self);
}

static void
on_account_chosen (RdPaymentsPage *self)
{
  const char *account = rd_account_choice_get_account (self->accounts);

  rd_paged_list_set_account (self->list, account);
  rd_income_card_set_account (rd_payments_overview_get_card (self->overview), account);
  scroll_up (self);
  show_state (self);
}

static void
on_retry_clicked (RdPaymentsPage *self)
{
  rd_paged_list_reload (self->list);
  show_state (self);
}

static void
on_back (RdPaymentsPage *self)
{
  rd_payments_page_go_back (self);
}

static gboolean
on_key_pressed (RdPaymentsPage *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval != GDK_KEY_Escape || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  return rd_payments_page_go_back (self) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

/* The selection has moved there before, and may have been there already. */
static void
on_row_released (GtkGestureClick *gesture, int n_press, double x, double y, GtkListItem *list_item)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *page = gtk_widget_get_ancestor (row, RD_TYPE_PAYMENTS_PAGE);

  if (page != NULL && gtk_list_item_get_item (list_item) != NULL)
    activate_item (RD_PAYMENTS_PAGE (page), gtk_list_item_get_item (list_item));
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, RdPaymentsPage *self)
{
  GtkWidget *row = rd_invoice_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "released", G_CALLBACK (on_row_released), list_item, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (list_item, row);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, RdPaymentsPage *self)
{
  rd_invoice_row_set_item (RD_INVOICE_ROW (gtk_list_item_get_child (list_item)), gtk_list_item_get_item (list_item),
                           rd_account_choice_is_offered (self->accounts) &&
                             rd_account_choice_get_account (self->accounts) == NULL);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item, RdPaymentsPage *self)
{
  rd_invoice_row_set_item (RD_INVOICE_ROW (gtk_list_item_get_child (list_item)), NULL, FALSE);
}

static void
on_invoices_changed (GListModel *invoices, guint position, guint removed, guint added, RdPaymentsPage *self)
{
  RdPagedItem *open = rd_invoice_view_get_item (self->invoice);
  guint i;

  for (i = position; i < position + added; i++)
    {
      g_autoptr (GDBusInterface) interface = g_list_model_get_item (invoices, i);
      RdDBusAccount1 *account = rd_model_get_account_of (interface);

      if (account == NULL)
        continue;
      g_signal_connect_object (account, "notify::state", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (account, "notify::abilities", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
    }
  /* The account of the open invoice is gone. */
  if (open != NULL && removed > 0 && rd_paged_item_get_account (open) != NULL &&
      rd_model_find_interface (invoices, rd_dbus_account1_get_id (rd_paged_item_get_account (open))) !=
        (gpointer) rd_paged_item_get_proxy (open))
    {
      show_overview (self);
      rd_panes_set_show_content (self->panes, FALSE);
    }
  show_parts (self);
  show_state (self);
  open_wanted (self);
}

static void
fill_statuses (RdPaymentsPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint i;

  gtk_string_list_append (names, _ ("All Invoices"));
  for (i = 0; rd_invoice_get_status (i) != NULL; i++)
    {
      g_autofree char *name = rd_invoice_status_to_text (rd_invoice_get_status (i));

      gtk_string_list_append (names, name);
    }
  gtk_drop_down_set_model (self->statuses, G_LIST_MODEL (names));
}

/* GtkWidget */

/* What came in is asked for when somebody looks, and every time, since days go by. */
static void
rd_payments_page_map (GtkWidget *widget)
{
  RdPaymentsPage *self = RD_PAYMENTS_PAGE (widget);

  GTK_WIDGET_CLASS (rd_payments_page_parent_class)->map (widget);
  if (self->model != NULL)
    rd_income_card_load (rd_payments_overview_get_card (self->overview));
}

/* GObject */

static void
rd_payments_page_dispose (GObject *object)
{
  RdPaymentsPage *self = RD_PAYMENTS_PAGE (object);

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  if (self->model != NULL)
    {
      g_signal_handlers_disconnect_by_data (rd_model_get_invoices (self->model), self);
      g_signal_handlers_disconnect_by_data (rd_model_get_payments (self->model), self);
    }
  g_clear_pointer ((GtkWidget **) &self->stack, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->model);
  clear_wanted (self);

  G_OBJECT_CLASS (rd_payments_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsPage, panes);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsPage, list_box);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsPage, summary);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsPage, summary_text);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsPage, search);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsPage, statuses);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsPage, accounts);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsPage, list_stack);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsPage, no_invoices);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsPage, failed);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsPage, view);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsPage, notice);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsPage, notice_text);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsPage, notice_retry);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsPage, content_stack);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsPage, overview);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsPage, invoice);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_summary_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_folded_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_status_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_account_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
}

static void
rd_payments_page_class_init (RdPaymentsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_payments_page_dispose;
  widget_class->map = rd_payments_page_map;

  g_type_ensure (RD_TYPE_ACCOUNT_CHOICE);
  g_type_ensure (RD_TYPE_INVOICE_VIEW);
  g_type_ensure (RD_TYPE_PANES);
  g_type_ensure (RD_TYPE_PAYMENTS_OVERVIEW);
  gtk_widget_class_set_css_name (widget_class, "paymentspage");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-payments-page.ui");
  bind_children (widget_class);
  bind_callbacks (widget_class);
}

static void
rd_payments_page_init (RdPaymentsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rd_name_buttons (GTK_WIDGET (self));
  fill_statuses (self);
}

static void
set_up_list (RdPaymentsPage *self, GListModel *invoices)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->list = rd_paged_list_new (&rd_invoice_kind, invoices);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->list));
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, 0);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  rd_list_top_keep (self->view);
  rd_paged_list_follow (self->list, gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)));
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::loading", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "failed", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selected_item_changed), self,
                           G_CONNECT_SWAPPED);
}

void
rd_payments_page_set_model (RdPaymentsPage *self, RdModel *model)
{
  GListModel *invoices, *payments;

  g_return_if_fail (RD_IS_PAYMENTS_PAGE (self));
  g_return_if_fail (RD_IS_MODEL (model) && self->model == NULL);

  self->model = g_object_ref (model);
  invoices = rd_model_get_invoices (model);
  payments = rd_model_get_payments (model);
  rd_payments_overview_set_model (self->overview, model);
  rd_invoice_view_set_payments (self->invoice, payments);
  set_up_list (self, invoices);
  rd_account_choice_set_interfaces (self->accounts, invoices);
  g_signal_connect_object (rd_payments_overview_get_card (self->overview), "notify::summary",
                           G_CALLBACK (show_summary), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (payments, "items-changed", G_CALLBACK (show_parts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (invoices, "items-changed", G_CALLBACK (on_invoices_changed), self, 0);
  on_invoices_changed (invoices, 0, 0, g_list_model_get_n_items (invoices), self);
  show_summary (self);
}

void
rd_payments_page_open (RdPaymentsPage *self, const char *account, const char *invoice)
{
  g_return_if_fail (RD_IS_PAYMENTS_PAGE (self));
  g_return_if_fail (account != NULL && invoice != NULL);

  clear_wanted (self);
  self->wanted_account = g_strdup (account);
  self->wanted = g_strdup (invoice);
  open_wanted (self);
}

void
rd_payments_page_start_search (RdPaymentsPage *self)
{
  g_return_if_fail (RD_IS_PAYMENTS_PAGE (self));

  rd_panes_set_show_content (self->panes, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

gboolean
rd_payments_page_go_back (RdPaymentsPage *self)
{
  g_return_val_if_fail (RD_IS_PAYMENTS_PAGE (self), FALSE);

  if (!rd_panes_get_folded (self->panes) || !rd_panes_get_show_content (self->panes) ||
      !gtk_widget_get_visible (self->list_box))
    return FALSE;
  rd_panes_set_show_content (self->panes, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  return TRUE;
}
