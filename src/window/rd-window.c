/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-window.h"

#include <glib/gi18n.h>

#include "rd-account-row.h"
#include "rd-call-cards.h"
#include "rd-health.h"
#include "rd-history-page.h"
#include "rd-link-banner.h"
#include "rd-messages-page.h"
#include "rd-payments-page.h"
#include "rd-people-page.h"
#include "rd-platform.h"
#include "rd-quiet-banner.h"
#include "rd-quiet-button.h"
#include "rd-setup-dialog.h"
#include "rd-text.h"
#include "rd-toaster.h"
#include "rd-window-private.h"
#include "rd-window-resources.h"

/* The main window: puts the model's lists into its pages, and the agent's news into toasts. */

struct _RdWindow
{
  AdwApplicationWindow parent_instance;

  RdModel *model;
  RdKeyGuard *key_guard;
  GSettings *settings; /* NULL where the schema is not installed */
  char *wanted_page;   /* (nullable): asked for before it was there */

  RdToaster *toaster;

  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  GtkWidget *new_call;
  GtkStack *state_stack;
  AdwStatusPage *absent;
  GtkWidget *start;
  GtkSpinner *starting;
  RdCallCards *cards;
  RdQuietButton *quiet_button;
  RdQuietBanner *quiet_banner;
  GtkWidget *banner_frame;
  RdLinkBanner *banner;
  AdwViewStack *pages;
  AdwViewSwitcherBar *switcher;
  AdwViewStackPage *calls_tab;
  GtkStack *calls_stack;
  RdHistoryPage *history_page;
  AdwViewStackPage *messages_tab;
  RdMessagesPage *messages_page;
  AdwViewStackPage *people_tab;
  RdPeoplePage *people_page;
  AdwViewStackPage *payments_tab;
  RdPaymentsPage *payments_page;
  GtkStack *accounts_stack;
  GtkListBox *accounts_list;
  AdwPreferencesGroup *health;
  GtkListBox *health_list;
};

G_DEFINE_FINAL_TYPE (RdWindow, rd_window, ADW_TYPE_APPLICATION_WINDOW)

static void
show_state (RdWindow *self)
{
  static const char *const pages[] = { "loading", "main", "absent" };

  gtk_stack_set_visible_child_name (self->state_stack, pages[rd_model_get_state (self->model)]);
  adw_view_switcher_bar_set_reveal (self->switcher, rd_model_get_state (self->model) == RD_MODEL_RUNNING);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-call",
                                 rd_model_get_state (self->model) == RD_MODEL_RUNNING);
  if (rd_model_get_state (self->model) == RD_MODEL_RUNNING)
    rd_window_set_starting (self, FALSE, NULL);
  rd_health_fill (self->health_list, rd_model_get_agent (self->model));
  gtk_widget_set_visible (GTK_WIDGET (self->health),
                          gtk_widget_get_first_child (GTK_WIDGET (self->health_list)) != NULL);
}

static void
on_agent_changed (RdWindow *self)
{
  show_state (self);
}

static void
on_model_state_changed (RdModel *model, GParamSpec *pspec, RdWindow *self)
{
  RdDBusAgent1 *agent = rd_model_get_agent (model);

  if (agent != NULL)
    g_signal_connect_object (agent, "notify", G_CALLBACK (on_agent_changed), self, G_CONNECT_SWAPPED);
  show_state (self);
}

/* Which page stands where a list would be empty. */
static void
show_empty_pages (RdWindow *self)
{
  gboolean has_accounts, has_calls;

  /* The model's last reference empties its lists, when we are on our way out, too. */
  if (self->model == NULL)
    return;
  has_accounts = g_list_model_get_n_items (rd_model_get_accounts (self->model)) > 0;
  has_calls = g_list_model_get_n_items (rd_model_get_calls (self->model)) > 0 ||
              !rd_history_page_is_empty (self->history_page);
  gtk_stack_set_visible_child_name (self->calls_stack, has_accounts || has_calls ? "history" : "welcome");
  gtk_stack_set_visible_child_name (self->accounts_stack, has_accounts ? "list" : "empty");
}

static void
show_link (RdWindow *self)
{
  GListModel *accounts;
  guint connected = 0, i, n;
  g_autofree char *text = NULL;

  if (self->model == NULL)
    return;
  accounts = rd_model_get_accounts (self->model);
  n = g_list_model_get_n_items (accounts);
  for (i = 0; i < n; i++)
    {
      g_autoptr (RdDBusAccount1) account = g_list_model_get_item (accounts, i);

      if (g_strcmp0 (rd_dbus_account1_get_state (account), "connected") == 0)
        connected++;
      if (n == 1)
        text = rd_text_for_link (rd_dbus_account1_get_state (account));
    }

  if (n > 1 && connected == n)
    text = rd_text_for_link ("connected");
  else if (n > 1)
    text = g_strdup_printf (_ ("%u of %u connected"), connected, n);
  adw_window_title_set_subtitle (self->title, text != NULL ? text : "");
  adw_view_stack_page_set_needs_attention (
    adw_view_stack_get_page (self->pages, GTK_WIDGET (self->accounts_stack)), connected < n);
}

static void
show_unread (RdWindow *self)
{
  adw_view_stack_page_set_badge_number (self->messages_tab, rd_messages_page_get_unread (self->messages_page));
}

static void
show_missed (RdWindow *self)
{
  adw_view_stack_page_set_badge_number (self->calls_tab, rd_history_page_get_missed (self->history_page));
}

/* A page that was asked for while nobody knew yet what the accounts can. */
static void
show_wanted_page (RdWindow *self)
{
  GtkWidget *child;

  if (self->wanted_page == NULL)
    return;
  child = adw_view_stack_get_child_by_name (self->pages, self->wanted_page);
  if (!adw_view_stack_page_get_visible (adw_view_stack_get_page (self->pages, child)))
    return;
  g_clear_pointer (&self->wanted_page, g_free);
  adw_view_stack_set_visible_child (self->pages, child);
}

/* A page that no site has anything for is not offered. */
static void
show_tabs (RdWindow *self)
{
  if (self->model == NULL)
    return;
  adw_view_stack_page_set_visible (self->messages_tab, rd_model_any_can (self->model, "messages"));
  adw_view_stack_page_set_visible (self->people_tab, rd_model_any_can (self->model, "people"));
  adw_view_stack_page_set_visible (self->payments_tab,
                                   rd_model_any_can (self->model, "invoices") ||
                                     g_list_model_get_n_items (rd_model_get_payments (self->model)) > 0);
  show_wanted_page (self);
}

static void
on_accounts_changed (GListModel *accounts, guint position, guint removed, guint added, RdWindow *self)
{
  guint i;

  for (i = position; i < position + added; i++)
    {
      g_autoptr (RdDBusAccount1) account = g_list_model_get_item (accounts, i);

      g_signal_connect_object (account, "notify", G_CALLBACK (show_link), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (account, "notify::abilities", G_CALLBACK (show_tabs), self, G_CONNECT_SWAPPED);
    }
  show_tabs (self);
  show_link (self);
  show_empty_pages (self);
}

static gboolean
has_ringing_call (GListModel *calls, guint position, guint n)
{
  guint i;

  for (i = position; i < position + n; i++)
    {
      g_autoptr (RdDBusCall1) call = g_list_model_get_item (calls, i);

      if (g_strcmp0 (rd_dbus_call1_get_state (call), "ringing-in") == 0)
        return TRUE;
    }
  return FALSE;
}

/* The cards are there already. Whoever types here goes on typing; whoever comes from elsewhere finds the call. */
static void
on_calls_changed (GListModel *calls, guint position, guint removed, guint added, RdWindow *self)
{
  show_empty_pages (self);
  if (added == 0)
    return;
  rd_key_guard_arm (self->key_guard);
  if (!has_ringing_call (calls, position, added) || gtk_window_is_active (GTK_WINDOW (self)))
    return;
  rd_call_cards_focus (self->cards);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    rd_present_quietly (GTK_WINDOW (self));
}

static void
on_is_active_changed (RdWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)))
    rd_calm_down (GTK_WINDOW (self));
}

/* The accounts page says all of it, and better. */
static void
on_page_changed (RdWindow *self)
{
  g_clear_pointer (&self->wanted_page, g_free);
  gtk_widget_set_visible (self->banner_frame,
                          g_strcmp0 (adw_view_stack_get_visible_child_name (self->pages), "accounts") != 0);
}

static GtkWidget *
create_account_row (gpointer item, gpointer user_data)
{
  return rd_account_row_new (item);
}

static void
load_size (RdWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
save_size (RdWindow *self)
{
  int width, height;

  if (self->settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_delay (self->settings);
  g_settings_set_int (self->settings, "window-width", MAX (width, 1));
  g_settings_set_int (self->settings, "window-height", MAX (height, 1));
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_apply (self->settings);
}

/* GtkWidget, GtkWindow */

static void
rd_window_map (GtkWidget *widget)
{
  RdWindow *self = RD_WINDOW (widget);

  if (self->model != NULL && g_list_model_get_n_items (rd_model_get_calls (self->model)) > 0)
    rd_key_guard_arm (self->key_guard);
  GTK_WIDGET_CLASS (rd_window_parent_class)->map (widget);
}

static gboolean
rd_window_close_request (GtkWindow *window)
{
  save_size (RD_WINDOW (window));
  return GTK_WINDOW_CLASS (rd_window_parent_class)->close_request (window);
}

/* GObject */

static void
rd_window_dispose (GObject *object)
{
  RdWindow *self = RD_WINDOW (object);

  g_clear_object (&self->key_guard);
  g_clear_object (&self->toaster);
  g_clear_object (&self->settings);
  g_clear_object (&self->model);
  g_clear_pointer (&self->wanted_page, g_free);

  G_OBJECT_CLASS (rd_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RdWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, title);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, new_call);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, state_stack);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, absent);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, start);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, starting);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, cards);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, quiet_button);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, quiet_banner);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, banner_frame);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, calls_tab);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, calls_stack);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, history_page);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, messages_tab);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, messages_page);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, people_tab);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, people_page);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, payments_tab);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, payments_page);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, accounts_stack);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, accounts_list);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, health);
  gtk_widget_class_bind_template_child (widget_class, RdWindow, health_list);
}

static void
rd_window_class_init (RdWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_window_dispose;
  widget_class->map = rd_window_map;
  GTK_WINDOW_CLASS (klass)->close_request = rd_window_close_request;

  g_type_ensure (RD_TYPE_CALL_CARDS);
  g_type_ensure (RD_TYPE_HISTORY_PAGE);
  g_type_ensure (RD_TYPE_LINK_BANNER);
  g_type_ensure (RD_TYPE_MESSAGES_PAGE);
  g_type_ensure (RD_TYPE_PAYMENTS_PAGE);
  g_type_ensure (RD_TYPE_PEOPLE_PAGE);
  g_type_ensure (RD_TYPE_QUIET_BANNER);
  g_type_ensure (RD_TYPE_QUIET_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_page_changed);
  rd_window_class_install_actions (widget_class);
  rd_window_class_install_contact_actions (widget_class);
}

static void
rd_window_init (RdWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rd_name_buttons (GTK_WIDGET (self));
  self->toaster = rd_toaster_new (self->toasts, self->cards);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (on_is_active_changed), NULL); /* its own signal */
}

static void
rd_window_set_model (RdWindow *self, RdModel *model)
{
  GListModel *accounts = rd_model_get_accounts (model);
  GListModel *calls = rd_model_get_calls (model);

  self->model = g_object_ref (model);
  rd_toaster_set_model (self->toaster, model);
  rd_toaster_set_messages_page (self->toaster, self->messages_page);
  rd_link_banner_set_model (self->banner, model);
  rd_quiet_banner_set_model (self->quiet_banner, model);
  rd_quiet_button_set_model (self->quiet_button, model);
  rd_messages_page_set_model (self->messages_page, model);
  g_signal_connect_object (self->messages_page, "notify::unread", G_CALLBACK (show_unread), self, G_CONNECT_SWAPPED);
  rd_people_page_set_model (self->people_page, model);
  rd_payments_page_set_model (self->payments_page, model);
  rd_history_page_set_model (self->history_page, model);
  g_signal_connect_object (self->history_page, "notify::missed", G_CALLBACK (show_missed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history_page, "notify::empty", G_CALLBACK (show_empty_pages), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->accounts_list, accounts, create_account_row, self, NULL);

  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (on_accounts_changed), self, 0);
  rd_call_cards_set_calls (self->cards, calls);
  g_signal_connect_object (calls, "items-changed", G_CALLBACK (on_calls_changed), self, 0);
  g_signal_connect_object (rd_model_get_payments (model), "items-changed", G_CALLBACK (show_tabs), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::state", G_CALLBACK (on_model_state_changed), self, 0);

  on_accounts_changed (accounts, 0, 0, g_list_model_get_n_items (accounts), self);
  on_calls_changed (calls, 0, 0, g_list_model_get_n_items (calls), self);
  on_model_state_changed (model, NULL, self);
}

/**
 * rd_window_new:
 * @clock: (nullable): the time for the key guard, %NULL in the program
 */
GtkWindow *
rd_window_new (GtkApplication *application, RdModel *model, RdClockFunc clock)
{
  RdWindow *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (RD_IS_MODEL (model), NULL);

  self = g_object_new (RD_TYPE_WINDOW, "application", application, NULL);
  self->key_guard = rd_key_guard_new (GTK_WIDGET (self), clock);
  rd_window_set_model (self, model);
  return GTK_WINDOW (self);
}

void
rd_window_show_page (RdWindow *self, const char *page)
{
  g_return_if_fail (RD_IS_WINDOW (self));

  if (page == NULL || *page == '\0' || adw_view_stack_get_child_by_name (self->pages, page) == NULL)
    return;
  g_free (self->wanted_page);
  self->wanted_page = g_strdup (page);
  show_wanted_page (self);
}

void
rd_window_show_setup (RdWindow *self, const char *text)
{
  RdDBusAgent1 *agent;

  g_return_if_fail (RD_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  agent = rd_model_get_agent (self->model);
  if (agent != NULL)
    gtk_window_present (rd_setup_dialog_new (GTK_WINDOW (self), agent, text));
}

void
rd_window_show_conversation (RdWindow *self, const char *account, const char *conversation)
{
  g_return_if_fail (RD_IS_WINDOW (self));

  rd_window_show_page (self, "messages");
  rd_messages_page_open (self->messages_page, account, conversation);
}

void
rd_window_show_invoice (RdWindow *self, const char *account, const char *invoice)
{
  g_return_if_fail (RD_IS_WINDOW (self));

  rd_window_show_page (self, "payments");
  rd_payments_page_open (self->payments_page, account, invoice);
}

void
rd_window_show_person (RdWindow *self, const char *account, const char *person)
{
  g_return_if_fail (RD_IS_WINDOW (self));

  rd_window_show_page (self, "messages");
  rd_messages_page_open_person (self->messages_page, account, person);
}

void
rd_window_start_search (RdWindow *self)
{
  const char *page;

  g_return_if_fail (RD_IS_WINDOW (self));

  page = adw_view_stack_get_visible_child_name (self->pages);
  if (g_strcmp0 (page, "calls") == 0)
    rd_history_page_start_search (self->history_page);
  else if (g_strcmp0 (page, "messages") == 0)
    rd_messages_page_start_search (self->messages_page);
  else if (g_strcmp0 (page, "people") == 0)
    rd_people_page_start_search (self->people_page);
  else if (g_strcmp0 (page, "payments") == 0)
    rd_payments_page_start_search (self->payments_page);
}

RdCallCard *
rd_window_find_card (RdWindow *self, const char *account, const char *call)
{
  g_return_val_if_fail (RD_IS_WINDOW (self), NULL);
  return rd_call_cards_find (self->cards, account, call);
}

RdToaster *
rd_window_get_toaster (RdWindow *self)
{
  g_return_val_if_fail (RD_IS_WINDOW (self), NULL);
  return self->toaster;
}

void
rd_window_show_for_call (RdWindow *self)
{
  g_return_if_fail (RD_IS_WINDOW (self));

  rd_key_guard_arm (self->key_guard);
  rd_present_quietly (GTK_WINDOW (self));
}

void
rd_window_set_starting (RdWindow *self, gboolean starting, const char *error)
{
  g_autofree char *markup = NULL;

  g_return_if_fail (RD_IS_WINDOW (self));

  gtk_widget_set_sensitive (self->start, !starting);
  gtk_widget_set_visible (GTK_WIDGET (self->starting), starting);
  gtk_spinner_set_spinning (self->starting, starting);
  if (error != NULL)
    markup = g_markup_escape_text (error, -1);
  adw_status_page_set_description (self->absent,
                                   starting         ? _ ("Starting…")
                                   : markup != NULL ? markup
                                                    : _ ("While it is not running, no call can ring on this device."));
}

RdModel *
rd_window_get_model (RdWindow *self)
{
  g_return_val_if_fail (RD_IS_WINDOW (self), NULL);
  return self->model;
}

RdKeyGuard *
rd_window_get_key_guard (RdWindow *self)
{
  g_return_val_if_fail (RD_IS_WINDOW (self), NULL);
  return self->key_guard;
}

void
rd_window_init_resources (void)
{
  rd_window_register_resource ();
}

void
rd_window_set_settings (RdWindow *self, GSettings *settings)
{
  g_return_if_fail (RD_IS_WINDOW (self));
  g_return_if_fail (G_IS_SETTINGS (settings));

  if (!g_set_object (&self->settings, settings))
    return;
  load_size (self);
  rd_history_page_set_settings (self->history_page, settings);
}

GSettings *
rd_window_get_settings (RdWindow *self)
{
  g_return_val_if_fail (RD_IS_WINDOW (self), NULL);

  return self->settings;
}
