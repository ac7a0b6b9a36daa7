/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-history-page.h"

#include <glib/gi18n.h>

#include "rd-account-choice.h"
#include "rd-confirm-dialog.h"
#include "rd-history-entry.h"
#include "rd-history-export.h"
#include "rd-history-list.h"
#include "rd-history-row.h"
#include "rd-list-top.h"
#include "rd-platform.h"
#include "rd-text.h"
#include "rd-when.h"

/* The list of what happened, and what can be done with all of it. */

enum
{
  PROP_MISSED = 1,
  PROP_EMPTY,
  N_PROPS,
};

struct _RdHistoryPage
{
  GtkWidget parent_instance;

  RdModel *model;
  GSettings *settings;     /* (nullable) */
  RdHistoryList *list;
  RdDBusHistory1 *history; /* (nullable) */
  RdDBusQuiet1 *quiet;     /* (nullable) */
  guint missed;
  gboolean empty;
  gint64 shown_at; /* when the headings were right last */

  GtkWidget *content;
  GtkLabel *problem;
  GtkEditable *search;
  GtkDropDown *kinds;
  RdAccountChoice *accounts;
  GtkStack *stack;
  AdwStatusPage *failed;
  GtkWidget *everything;
  GtkWidget *scroller;
  GtkListView *view;
};

G_DEFINE_FINAL_TYPE (RdHistoryPage, rd_history_page, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static const char *
get_state (RdHistoryPage *self)
{
  RdHistoryKind kind = rd_history_list_get_kind (self->list);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    return "list";
  if (rd_history_list_get_loading (self->list))
    return "loading";
  if (rd_history_list_get_error (self->list) != NULL)
    return "failed";
  if (*rd_history_list_get_search (self->list) != '\0')
    return "none";
  if (kind != RD_HISTORY_CALLS || rd_account_choice_get_account (self->accounts) != NULL)
    return "nothing";
  /* "No calls yet" is no thing to say under a call. */
  return g_list_model_get_n_items (rd_model_get_calls (self->model)) > 0 ? "live" : "empty";
}

static void
set_empty (RdHistoryPage *self, gboolean empty)
{
  if (self->empty == empty)
    return;
  self->empty = empty;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
}

static void
show_state (RdHistoryPage *self)
{
  const char *error = rd_history_list_get_error (self->list);
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0;
  g_autofree char *markup = g_markup_escape_text (error != NULL ? error : "", -1);

  adw_status_page_set_description (self->failed, markup);
  gtk_widget_set_visible (self->everything, rd_history_list_get_kind (self->list) != RD_HISTORY_EVERYTHING);
  gtk_stack_set_visible_child_name (self->stack, get_state (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.export", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.erase", self->history != NULL);
  /* What is filtered away says nothing about the rest. */
  if (any)
    set_empty (self, FALSE);
  else if (g_str_equal (get_state (self), "empty") || self->history == NULL)
    set_empty (self, TRUE);
}

static void
show_problem (RdHistoryPage *self)
{
  GVariant *problem = self->history != NULL ? rd_dbus_history1_get_problem (self->history) : NULL;
  gboolean shown = problem != NULL && g_variant_n_children (problem) > 0;
  g_autofree char *text = shown ? rd_text_for_fault (problem) : g_strdup ("");

  gtk_label_set_text (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), shown);
}

static gboolean
is_seen (RdHistoryPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)) && gtk_window_is_active (GTK_WINDOW (root));
}

static void
mark_seen (RdHistoryPage *self)
{
  if (self->history != NULL && self->missed > 0 && is_seen (self))
    rd_dbus_history1_call_mark_seen (self->history, NULL, NULL, NULL);
}

static void
show_missed (RdHistoryPage *self)
{
  guint missed = self->history != NULL ? rd_dbus_history1_get_missed (self->history) : 0;

  if (self->missed == missed)
    return;
  self->missed = missed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MISSED]);
  mark_seen (self);
}

static void
refresh_rows (RdHistoryPage *self)
{
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (GTK_WIDGET (self->view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (RD_IS_HISTORY_ROW (row))
        rd_history_row_refresh (RD_HISTORY_ROW (row));
    }
  self->shown_at = g_get_real_time ();
}

/* Somebody looks: "Today" may be yesterday by now. */
static void
on_looked_at (RdHistoryPage *self)
{
  mark_seen (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !rd_when_is_same_day (self->shown_at, g_get_real_time ()))
    refresh_rows (self);
}

static void
on_history_changed (RdHistoryPage *self)
{
  g_autoptr (RdDBusHistory1) history = g_list_model_get_item (rd_model_get_history (self->model), 0);

  if (history == self->history)
    return;
  if (self->history != NULL)
    g_signal_handlers_disconnect_by_data (self->history, self);
  g_set_object (&self->history, history);
  if (history != NULL)
    {
      g_signal_connect_object (history, "notify::missed", G_CALLBACK (show_missed), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (history, "notify::problem", G_CALLBACK (show_problem), self, G_CONNECT_SWAPPED);
    }
  show_missed (self);
  show_problem (self);
  show_state (self);
}

static void
on_quiet_changed (RdHistoryPage *self)
{
  g_autoptr (RdDBusQuiet1) quiet = g_list_model_get_item (rd_model_get_quiet (self->model), 0);

  if (quiet == self->quiet)
    return;
  if (self->quiet != NULL)
    g_signal_handlers_disconnect_by_data (self->quiet, self);
  g_set_object (&self->quiet, quiet);
  if (quiet == NULL)
    return;
  g_signal_connect_object (quiet, "notify::muted", G_CALLBACK (refresh_rows), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (quiet, "notify::vips", G_CALLBACK (refresh_rows), self, G_CONNECT_SWAPPED);
}

static void
on_filter_changed (RdHistoryPage *self)
{
  if (self->list == NULL)
    return;
  rd_history_list_set_filter (self->list, (RdHistoryKind) gtk_drop_down_get_selected (self->kinds),
                              rd_account_choice_get_account (self->accounts), gtk_editable_get_text (self->search));
  rd_list_top_go (self->view);
  show_state (self);
}

static void
on_search_changed (RdHistoryPage *self)
{
  on_filter_changed (self);
}

/* The focus stays: the list changes in a moment, and GTK 4.8 complains of rows that it cannot scroll to yet. */
static void
on_stop_search (RdHistoryPage *self)
{
  gtk_editable_set_text (self->search, "");
}

static void
on_everything_clicked (RdHistoryPage *self)
{
  gtk_drop_down_set_selected (self->kinds, RD_HISTORY_EVERYTHING);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
on_again_clicked (RdHistoryPage *self)
{
  rd_history_list_reload (self->list);
  show_state (self);
}

/* (nullable): the row that has the focus */
static RdHistoryRow *
get_focused_row (RdHistoryPage *self)
{
  GtkWidget *row = rd_find_focused_row (GTK_WIDGET (self->view), RD_TYPE_HISTORY_ROW);

  return row != NULL ? RD_HISTORY_ROW (row) : NULL;
}

static gboolean
on_key_pressed (RdHistoryPage *self, guint keyval, guint keycode, GdkModifierType state)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  RdHistoryRow *row = get_focused_row (self);

  if (row == NULL)
    return GDK_EVENT_PROPAGATE;
  if ((keyval == GDK_KEY_Menu && modifiers == 0) || (keyval == GDK_KEY_F10 && modifiers == GDK_SHIFT_MASK))
    rd_history_row_show_menu (row);
  else if (keyval == GDK_KEY_Delete && modifiers == 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.history-remove", "t",
                                rd_history_item_get_id (rd_history_row_get_item (row)));
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* What stands behind an entry. A call has nothing behind it, and is not placed by accident: its menu is shown. */
static void
on_activate (RdHistoryPage *self, guint position)
{
  g_autoptr (RdHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  RdRecord *entry = item != NULL ? rd_history_item_get_entry (item) : NULL;
  RdHistoryRow *row = get_focused_row (self);
  const char *account = entry != NULL ? rd_record_get_string (entry, "account") : "";

  if (entry == NULL)
    return;
  if (*rd_record_get_string (entry, "conversation") != '\0')
    gtk_widget_activate_action (GTK_WIDGET (self), "win.conversation", "(ss)", account,
                                rd_record_get_string (entry, "conversation"));
  else if (*rd_record_get_string (entry, "invoice-id") != '\0')
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-invoice", "(ss)", account,
                                rd_record_get_string (entry, "invoice-id"));
  else if (row != NULL)
    rd_history_row_show_menu (row);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdHistoryPage) self = user_data;
  g_autoptr (GError) error = NULL;
  guint64 count = 0;

  if (rd_history_export_finish (result, &count, &error))
    {
      g_autofree char *text = NULL;

      text = g_strdup_printf (ngettext ("%u entry was exported.", "%u entries were exported.", (gulong) count),
                              (guint) count);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "s", text);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *sentence = rd_dup_error_sentence (error);

      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", sentence);
    }
}

/* What is listed, all of it: also what nobody has scrolled to. */
static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RdHistoryPage *self = RD_HISTORY_PAGE (widget);

  if (self->history != NULL)
    rd_history_export_choose (GTK_WINDOW (gtk_widget_get_root (widget)), self->history,
                              g_variant_get_string (parameter, NULL), rd_history_list_dup_filter (self->list),
                              on_exported, g_object_ref (self));
}

static void
on_erased (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdHistoryPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (rd_dbus_history1_call_erase_finish (RD_DBUS_HISTORY1 (source), NULL, result, &error))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "s", _ ("The history was erased."));
      return;
    }
  sentence = rd_dup_error_sentence (error);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", sentence);
}

static void
on_erase_confirmed (RdConfirmDialog *dialog, RdHistoryPage *self)
{
  if (self->history != NULL)
    rd_dbus_history1_call_erase (self->history, g_variant_new ("a{sv}", NULL), NULL, on_erased, g_object_ref (self));
}

static void
erase_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWindow *dialog;

  dialog = rd_confirm_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), _ ("Erase the History?"),
                                  _ ("All calls, payments and messages of all accounts are removed from the history on "
                                     "this computer, for good. The sites keep what is theirs."),
                                  _ ("_Erase"), TRUE);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (on_erase_confirmed), widget, 0);
  gtk_window_present (dialog);
}

/* With one account there is no need to say which it is. */
static gboolean
needs_account (RdHistoryPage *self)
{
  return rd_account_choice_is_offered (self->accounts) && rd_account_choice_get_account (self->accounts) == NULL;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, RdHistoryPage *self)
{
  gtk_list_item_set_child (list_item, rd_history_row_new (self->model));
  gtk_list_item_set_selectable (list_item, FALSE);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, RdHistoryPage *self)
{
  RdHistoryRow *row = RD_HISTORY_ROW (gtk_list_item_get_child (list_item));

  if (self->settings != NULL)
    rd_history_row_set_remind (row, g_settings_get_uint (self->settings, "remind-minutes"));
  rd_history_row_set_item (row, gtk_list_item_get_item (list_item), needs_account (self));
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item, RdHistoryPage *self)
{
  rd_history_row_set_item (RD_HISTORY_ROW (gtk_list_item_get_child (list_item)), NULL, FALSE);
}

/* GtkWidget */

static void
rd_history_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rd_history_page_parent_class)->map (widget);
  on_looked_at (RD_HISTORY_PAGE (widget));
}

static void
rd_history_page_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rd_history_page_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::is-active", G_CALLBACK (on_looked_at), widget,
                           G_CONNECT_SWAPPED);
}

static void
rd_history_page_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), on_looked_at, widget);
  GTK_WIDGET_CLASS (rd_history_page_parent_class)->unroot (widget);
}

/* GObject */

static void
rd_history_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_MISSED:
      g_value_set_uint (value, RD_HISTORY_PAGE (object)->missed);
      break;
    case PROP_EMPTY:
      g_value_set_boolean (value, RD_HISTORY_PAGE (object)->empty);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_history_page_dispose (GObject *object)
{
  RdHistoryPage *self = RD_HISTORY_PAGE (object);

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  if (self->model != NULL)
    {
      g_signal_handlers_disconnect_by_data (rd_model_get_history (self->model), self);
      g_signal_handlers_disconnect_by_data (rd_model_get_quiet (self->model), self);
      g_signal_handlers_disconnect_by_data (rd_model_get_calls (self->model), self);
      g_signal_handlers_disconnect_by_data (rd_model_get_accounts (self->model), self);
    }
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->list);
  g_clear_object (&self->history);
  g_clear_object (&self->quiet);
  g_clear_object (&self->settings);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (rd_history_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RdHistoryPage, content);
  gtk_widget_class_bind_template_child (widget_class, RdHistoryPage, problem);
  gtk_widget_class_bind_template_child (widget_class, RdHistoryPage, search);
  gtk_widget_class_bind_template_child (widget_class, RdHistoryPage, kinds);
  gtk_widget_class_bind_template_child (widget_class, RdHistoryPage, accounts);
  gtk_widget_class_bind_template_child (widget_class, RdHistoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RdHistoryPage, failed);
  gtk_widget_class_bind_template_child (widget_class, RdHistoryPage, everything);
  gtk_widget_class_bind_template_child (widget_class, RdHistoryPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, RdHistoryPage, view);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_everything_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_again_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
rd_history_page_class_init (RdHistoryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rd_history_page_get_property;
  object_class->dispose = rd_history_page_dispose;
  widget_class->map = rd_history_page_map;
  widget_class->root = rd_history_page_root;
  widget_class->unroot = rd_history_page_unroot;

  properties[PROP_MISSED] = g_param_spec_uint ("missed", NULL, NULL, 0, G_MAXUINT, 0,
                                               G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_EMPTY] =
    g_param_spec_boolean ("empty", NULL, NULL, TRUE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (RD_TYPE_ACCOUNT_CHOICE);
  gtk_widget_class_set_css_name (widget_class, "historypage");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "history.export", "s", export_action);
  gtk_widget_class_install_action (widget_class, "history.erase", NULL, erase_action);
  bind_template (widget_class);
}

static void
rd_history_page_init (RdHistoryPage *self)
{
  self->empty = TRUE;
  self->shown_at = g_get_real_time ();
  gtk_widget_init_template (GTK_WIDGET (self));
  rd_name_buttons (GTK_WIDGET (self));
}

static void
set_up_list (RdHistoryPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) selection = NULL;

  self->list = rd_history_list_new (rd_model_get_history (self->model));
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
  rd_history_list_follow (self->list, gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)));
}

void
rd_history_page_set_model (RdHistoryPage *self, RdModel *model)
{
  GListModel *accounts;

  g_return_if_fail (RD_IS_HISTORY_PAGE (self));
  g_return_if_fail (RD_IS_MODEL (model) && self->model == NULL);

  self->model = g_object_ref (model);
  accounts = rd_model_get_accounts (model);
  rd_account_choice_set_interfaces (self->accounts, accounts);
  set_up_list (self);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (refresh_rows), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rd_model_get_calls (model), "items-changed", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rd_model_get_history (model), "items-changed", G_CALLBACK (on_history_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rd_model_get_quiet (model), "items-changed", G_CALLBACK (on_quiet_changed), self,
                           G_CONNECT_SWAPPED);
  on_history_changed (self);
  on_quiet_changed (self);
  show_state (self);
}

void
rd_history_page_set_settings (RdHistoryPage *self, GSettings *settings)
{
  g_return_if_fail (RD_IS_HISTORY_PAGE (self));
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_set_object (&self->settings, settings);
}

void
rd_history_page_start_search (RdHistoryPage *self)
{
  g_return_if_fail (RD_IS_HISTORY_PAGE (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

guint
rd_history_page_get_missed (RdHistoryPage *self)
{
  g_return_val_if_fail (RD_IS_HISTORY_PAGE (self), 0);
  return self->missed;
}

gboolean
rd_history_page_is_empty (RdHistoryPage *self)
{
  g_return_val_if_fail (RD_IS_HISTORY_PAGE (self), TRUE);
  return self->empty;
}
