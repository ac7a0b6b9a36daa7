/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-fact-row.h"
#include "rd-income-card.h"
#include "rd-income-chart.h"
#include "rd-income-scale.h"
#include "rd-invoice-row.h"
#include "rd-invoice-view.h"
#include "rd-mock-invoices.h"
#include "rd-panes.h"
#include "rd-payment-row.h"
#include "rd-payments-overview.h"
#include "rd-payments-page.h"
#include "window-fixture.h"

/* The page of invoices and of what came in. */

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
/* noon of 5 and 6 November 2001, so that it is the same day wherever the test runs */
#define MONDAY G_GINT64_CONSTANT (1004961600000000)
#define TUESDAY (MONDAY + DAY)

typedef struct
{
  RdWindowFixture window;
  RdDBusAccount1 *account;
  RdMockInvoices *invoices;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  rd_window_fixture_set_up (&fixture->window, NULL);
  fixture->account = rd_mock_agent_add_account (fixture->window.mock, "pay", "Shop");
  fixture->invoices = rd_mock_invoices_new (fixture->window.mock, fixture->account, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->invoices);
  rd_window_fixture_tear_down (&fixture->window, NULL);
}

static GtkWidget *
page_of (Fixture *fixture)
{
  return rd_find_child (fixture->window.window, RD_TYPE_WINDOW, "payments_page");
}

static gpointer
child_of (Fixture *fixture, const char *id)
{
  return rd_find_child (page_of (fixture), RD_TYPE_PAYMENTS_PAGE, id);
}

static gpointer
fact_of (Fixture *fixture, const char *id)
{
  return rd_find_child (child_of (fixture, "invoice"), RD_TYPE_INVOICE_VIEW, id);
}

static RdIncomeCard *
card_of (Fixture *fixture)
{
  return rd_payments_overview_get_card (child_of (fixture, "overview"));
}

static gpointer
card_child (Fixture *fixture, const char *id)
{
  return rd_find_child (card_of (fixture), RD_TYPE_INCOME_CARD, id);
}

static const char *
state_of (Fixture *fixture)
{
  return gtk_stack_get_visible_child_name (child_of (fixture, "list_stack"));
}

static GListModel *
items_of (Fixture *fixture)
{
  return G_LIST_MODEL (gtk_list_view_get_model (child_of (fixture, "view")));
}

static guint
calls_of (Fixture *fixture, const char *method)
{
  return rd_mock_agent_get_count (fixture->window.mock, method);
}

static void
show (Fixture *fixture)
{
  rd_window_fixture_show (&fixture->window);
  rd_test_await (g_list_model_get_n_items (rd_model_get_invoices (fixture->window.model)) > 0);
  rd_window_show_page (fixture->window.window, "payments");
  rd_test_await (gtk_widget_get_mapped (page_of (fixture)));
  rd_test_await (calls_of (fixture, "ListIncome") > 0);
}

/* Side by side. */
static void
show_wide (Fixture *fixture)
{
  g_autoptr (GSettings) settings = g_settings_new (RD_APP_ID);

  g_settings_set_int (settings, "window-width", 900);
  show (fixture);
  rd_test_await (!rd_panes_get_folded (child_of (fixture, "panes")));
  g_settings_reset (settings, "window-width");
}

static const char *
text_of (gpointer label)
{
  return gtk_label_get_text (GTK_LABEL (label));
}

static GtkWidget *
row_at (Fixture *fixture, guint n)
{
  return rd_find_type (child_of (fixture, "view"), RD_TYPE_INVOICE_ROW, n);
}

static const char *
row_text (Fixture *fixture, guint n, const char *id)
{
  GtkWidget *row = row_at (fixture, n);

  return row != NULL ? text_of (rd_find_child (row, RD_TYPE_INVOICE_ROW, id)) : NULL;
}

static void
press (GtkWidget *widget, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  guint i;

  for (i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);
      gboolean handled;

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &handled);
    }
}

static void
click (gpointer button)
{
  g_signal_emit_by_name (button, "clicked");
}

/* Status by icon and by word, an amount as people write it, and what changes while one looks. */
static void
test_list (Fixture *fixture, gconstpointer data)
{
  GtkImage *icon;
  g_autofree char *fresh = NULL;

  rd_mock_invoices_fill (fixture->invoices, 6);
  show (fixture);
  rd_test_await (row_at (fixture, 5) != NULL);
  g_assert_cmpstr (state_of (fixture), ==, "list");
  g_assert_cmpstr (row_text (fixture, 0, "title"), ==, "Notes on the Analytical Engine");
  g_assert_cmpstr (row_text (fixture, 0, "amount"), ==, "€1,240.50");
  g_assert_cmpstr (row_text (fixture, 0, "detail"), ==, "Pending · INV-0006");
  icon = GTK_IMAGE (rd_find_child (row_at (fixture, 0), RD_TYPE_INVOICE_ROW, "icon"));
  g_assert_cmpstr (gtk_image_get_icon_name (icon), ==, "rd-pending-symbolic");
  /* no title: its number is one */
  g_assert_cmpstr (row_text (fixture, 5, "title"), ==, "Invoice INV-0001");
  g_assert_cmpstr (row_text (fixture, 5, "amount"), ==, "0.1234 USDT");
  g_assert_cmpstr (row_text (fixture, 5, "detail"), ==, "Cancelled");
  gtk_test_accessible_assert_property (gtk_widget_get_parent (row_at (fixture, 0)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Notes on the Analytical Engine, €1,240.50, Pending · INV-0006");

  fresh = g_strdup_printf ("{'id': <'n'>, 'number': <'INV-7'>, 'status': <'disputed'>, 'amount': <'5'>, 'created-at': "
                           "<int64 %" G_GINT64_FORMAT ">}",
                           g_get_real_time () + DAY);
  rd_mock_invoices_change (fixture->invoices, fresh, TRUE);
  rd_test_await (g_list_model_get_n_items (items_of (fixture)) == 7);
  rd_test_await (g_strcmp0 (row_text (fixture, 0, "detail"), "disputed") == 0);
  rd_mock_invoices_reset (fixture->invoices);
  rd_test_await (g_strcmp0 (state_of (fixture), "empty") == 0);
}

/* What the page costs does not grow with what there is: one call for a page of the list, one for the chart, and the
 * rows that can be seen. */
static void
test_scale (Fixture *fixture, gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);

  rd_mock_invoices_fill (fixture->invoices, n);
  show (fixture);
  rd_test_await (row_at (fixture, 9) != NULL);
  rd_test_drain ();
  g_assert_cmpuint (g_list_model_get_n_items (items_of (fixture)), ==, MIN (n, 50));
  g_assert_cmpuint (rd_count_type (child_of (fixture, "view"), RD_TYPE_INVOICE_ROW), <=, 50);
  g_assert_cmpuint (calls_of (fixture, "ListInvoices"), ==, 1);
  g_assert_cmpuint (calls_of (fixture, "ListIncome"), ==, 1);
  g_assert_cmpuint (calls_of (fixture, "GetInvoice"), ==, 0);
}

/* As somebody does who wants to see more: the view goes back to where it was when it is laid out meanwhile. */
static gboolean
scrolls_to_more (Fixture *fixture, guint before)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (child_of (fixture, "scroller"));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  return g_list_model_get_n_items (items_of (fixture)) > before;
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  RdMockInvoices *other;
  guint before;

  rd_mock_invoices_fill (fixture->invoices, 130);
  other = rd_mock_invoices_new (fixture->window.mock, rd_mock_agent_add_account (fixture->window.mock, "b", "Other"),
                                TRUE);
  rd_mock_invoices_fill (other, 70);
  show (fixture);
  rd_test_await (row_at (fixture, 9) != NULL);
  while ((before = g_list_model_get_n_items (items_of (fixture))) < 200)
    rd_test_await (scrolls_to_more (fixture, before));
  g_assert_cmpuint (calls_of (fixture, "ListInvoices"), <=, 6);
  g_clear_object (&other);
}

static void
test_filter (Fixture *fixture, gconstpointer data)
{
  rd_mock_invoices_fill (fixture->invoices, 14);
  show (fixture);
  rd_test_await (g_list_model_get_n_items (items_of (fixture)) == 14);
  gtk_drop_down_set_selected (child_of (fixture, "statuses"), 2);
  rd_test_await (g_list_model_get_n_items (items_of (fixture)) == 6);
  g_assert_nonnull (strstr (rd_mock_agent_get_arguments (fixture->window.mock, "ListInvoices"), "'status': <'paid'>"));
  /* what is no longer so leaves */
  rd_mock_invoices_change (fixture->invoices, "{'id': <'i1'>, 'status': <'cancelled'>}", FALSE);
  rd_test_await (g_list_model_get_n_items (items_of (fixture)) == 5);
  gtk_drop_down_set_selected (child_of (fixture, "statuses"), 0);
  rd_test_await (g_list_model_get_n_items (items_of (fixture)) == 14);
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  GtkEditable *search;

  rd_mock_invoices_fill (fixture->invoices, 14);
  show (fixture);
  rd_test_await (g_list_model_get_n_items (items_of (fixture)) == 14);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window.window), "win.search", NULL);
  search = child_of (fixture, "search");
  gtk_editable_set_text (search, "C");
  gtk_editable_set_text (search, "Compiler");
  rd_test_await (g_list_model_get_n_items (items_of (fixture)) == 3);
  /* not for each key */
  g_assert_cmpuint (calls_of (fixture, "ListInvoices"), ==, 2);
  gtk_editable_set_text (search, "nothing is called so");
  rd_test_await (g_strcmp0 (state_of (fixture), "none") == 0);
  g_signal_emit_by_name (search, "stop-search");
  rd_test_await (g_list_model_get_n_items (items_of (fixture)) == 14);
}

static void
test_failure (Fixture *fixture, gconstpointer data)
{
  rd_mock_invoices_fill (fixture->invoices, 60);
  rd_mock_agent_set_failure (fixture->window.mock, "ListInvoices", "The <site> is asleep.");
  rd_mock_agent_set_failure (fixture->window.mock, "ListIncome", "Nobody can count.");
  show (fixture);
  rd_test_await (g_strcmp0 (state_of (fixture), "failed") == 0);
  g_assert_nonnull (rd_find_label (child_of (fixture, "failed"), "The <site> is asleep."));
  rd_test_await (g_strcmp0 (text_of (card_child (fixture, "error")), "Nobody can count.") == 0);

  rd_mock_agent_set_failure (fixture->window.mock, "ListInvoices", NULL);
  rd_mock_agent_set_failure (fixture->window.mock, "ListIncome", NULL);
  click (rd_find_button (child_of (fixture, "failed"), "_Try Again"));
  rd_test_await (g_strcmp0 (state_of (fixture), "list") == 0);
  g_assert_false (gtk_widget_get_visible (child_of (fixture, "notice")));
  click (rd_find_button (GTK_WIDGET (card_of (fixture)), "_Try Again"));
  rd_test_await (g_strcmp0 (gtk_stack_get_visible_child_name (card_child (fixture, "stack")), "chart") == 0);

  /* the next page only */
  rd_mock_agent_set_failure (fixture->window.mock, "ListInvoices", "Gone again.");
  rd_test_await (scrolls_to_more (fixture, 1000) || gtk_widget_get_visible (child_of (fixture, "notice")));
  g_assert_cmpstr (text_of (child_of (fixture, "notice_text")), ==, "Gone again.");
  g_assert_cmpstr (state_of (fixture), ==, "list");
  rd_mock_agent_set_failure (fixture->window.mock, "ListInvoices", NULL);
  click (child_of (fixture, "notice_retry"));
  rd_test_await (!gtk_widget_get_visible (child_of (fixture, "notice")));
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  rd_test_await (g_strcmp0 (state_of (fixture), "empty") == 0);
  rd_dbus_account1_set_state (fixture->account, "waiting");
  rd_test_await (g_strcmp0 (state_of (fixture), "offline") == 0);
  rd_dbus_account1_set_state (fixture->account, "connected");
  rd_test_await (g_strcmp0 (state_of (fixture), "empty") == 0);

  /* the only account with invoices goes, and nothing ever came in */
  rd_mock_agent_remove_account (fixture->window.mock, "pay");
  rd_test_await (g_strcmp0 (gtk_stack_get_visible_child_name (child_of (fixture, "stack")), "empty") == 0);
}

/* A site without a list: what was heard of is there, and it is said that this is all. */
static void
test_seed (Fixture *fixture, gconstpointer data)
{
  const char *const none[] = { "invoices", NULL };

  rd_dbus_account1_set_abilities (fixture->account, none);
  show (fixture);
  rd_test_await (g_strcmp0 (state_of (fixture), "empty") == 0);
  g_assert_nonnull (strstr (adw_status_page_get_description (child_of (fixture, "no_invoices")), "does not list"));
  rd_mock_invoices_change (fixture->invoices, "{'id': <'7'>, 'status': <'paid'>, 'paid-at': <int64 5000000>}", TRUE);
  rd_test_await (g_strcmp0 (state_of (fixture), "list") == 0);
  g_assert_true (gtk_widget_get_visible (child_of (fixture, "notice")));
  g_assert_false (gtk_widget_get_visible (child_of (fixture, "notice_retry")));
  rd_test_await (gtk_widget_get_visible (card_child (fixture, "note")));
}

/* What came in was on this page before there were invoices on it, and is without them. */
static void
test_activity_only (Fixture *fixture, gconstpointer data)
{
  rd_mock_agent_remove_account (fixture->window.mock, "pay");
  rd_mock_agent_add_account (fixture->window.mock, "crm", "Work");
  rd_mock_agent_set_history (fixture->window.mock, "@aa{sv} []",
                             "[{'id': <'1'>, 'kind': <'payment.received'>, 'body': <'Invoice 7'>}]");
  rd_window_fixture_show (&fixture->window);
  rd_test_await (g_strcmp0 (gtk_stack_get_visible_child_name (child_of (fixture, "stack")), "list") == 0);
  rd_window_show_page (fixture->window.window, "payments");
  rd_test_await (rd_find_label (child_of (fixture, "overview"), "Invoice 7") != NULL);
  rd_test_await (gtk_widget_get_mapped (child_of (fixture, "overview")));
  g_assert_false (gtk_widget_get_visible (child_of (fixture, "list_box")));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (card_of (fixture))));
}

static const char *
copied_text (GtkWidget *widget, GValue *value)
{
  g_value_init (value, G_TYPE_STRING);
  g_assert_true (
    gdk_content_provider_get_value (gdk_clipboard_get_content (gtk_widget_get_clipboard (widget)), value, NULL));
  return g_value_get_string (value);
}

static void
test_detail (Fixture *fixture, gconstpointer data)
{
  g_auto (GValue) copied = G_VALUE_INIT;

  rd_mock_invoices_fill (fixture->invoices, 5);
  rd_mock_invoices_set_details (fixture->invoices, "{'code': <'PC'>, 'network': <'TRC20'>, 'memo': <'a <b>memo</b>'>, "
                                                   "'paid-amount': <'100'>}");
  rd_mock_agent_set_history (fixture->window.mock, "@aa{sv} []",
                             "[{'id': <'1'>, 'account': <'pay'>, 'invoice-id': <'i1'>, 'title': <'Heard of'>},"
                             "{'id': <'2'>, 'account': <'pay'>, 'invoice-id': <'i2'>, 'title': <'Another'>}]");
  show (fixture);
  rd_test_await (row_at (fixture, 4) != NULL);
  /* what was heard of leads to it, too */
  g_signal_emit_by_name (rd_find_child (child_of (fixture, "overview"), RD_TYPE_PAYMENTS_OVERVIEW, "list"),
                         "row-activated", rd_find_type (child_of (fixture, "overview"), RD_TYPE_PAYMENT_ROW, 0));
  g_assert_true (rd_panes_get_show_content (child_of (fixture, "panes")));
  g_assert_cmpstr (text_of (fact_of (fixture, "amount")), ==, "€300");
  rd_test_await (g_strcmp0 (rd_fact_row_get_value (fact_of (fixture, "code")), "PC") == 0);
  g_assert_cmpuint (calls_of (fixture, "GetInvoice"), ==, 1);
  g_assert_cmpstr (text_of (fact_of (fixture, "status_text")), ==, "Paid");
  g_assert_cmpstr (rd_fact_row_get_value (fact_of (fixture, "number")), ==, "INV-0004");
  g_assert_cmpstr (rd_fact_row_get_value (fact_of (fixture, "memo")), ==, "a <b>memo</b>");
  g_assert_cmpstr (rd_fact_row_get_value (fact_of (fixture, "network")), ==, "TRC20");
  g_assert_cmpstr (rd_fact_row_get_value (fact_of (fixture, "paid_amount")), ==, "€100");
  g_assert_cmpstr (rd_fact_row_get_value (fact_of (fixture, "account")), ==, "Shop");
  g_assert_false (gtk_widget_get_visible (fact_of (fixture, "expires")));
  g_assert_nonnull (rd_find_label (fact_of (fixture, "history"), "Heard of"));
  g_assert_null (rd_find_label (fact_of (fixture, "history"), "Another"));

  click (rd_find_child (fact_of (fixture, "number"), RD_TYPE_FACT_ROW, "copy"));
  g_assert_cmpstr (copied_text (page_of (fixture), &copied), ==, "INV-0004");
  click (fact_of (fixture, "open"));
  rd_test_await (calls_of (fixture, "OpenPage") == 1);
  g_assert_nonnull (strstr (rd_mock_agent_get_arguments (fixture->window.mock, "OpenPage"), "('invoice', 'i1', "));

  /* what the line says later is newer than the answer, and does not take away what it leaves unsaid */
  rd_mock_invoices_change (fixture->invoices, "{'id': <'i1'>, 'status': <'cancelled'>, 'amount': <'9'>}", FALSE);
  rd_test_await (g_strcmp0 (text_of (fact_of (fixture, "status_text")), "Cancelled") == 0);
  g_assert_cmpstr (text_of (fact_of (fixture, "amount")), ==, "9");
  g_assert_cmpstr (rd_fact_row_get_value (fact_of (fixture, "code")), ==, "PC");

  press (page_of (fixture), GDK_KEY_Escape);
  g_assert_false (rd_panes_get_show_content (child_of (fixture, "panes")));
}

static void
test_detail_failure (Fixture *fixture, gconstpointer data)
{
  rd_mock_invoices_fill (fixture->invoices, 3);
  rd_mock_agent_set_failure (fixture->window.mock, "GetInvoice", "Cannot be asked.");
  show (fixture);
  rd_test_await (row_at (fixture, 2) != NULL);
  g_signal_emit_by_name (child_of (fixture, "view"), "activate", 0);
  rd_test_await (gtk_widget_get_visible (fact_of (fixture, "notice")));
  g_assert_cmpstr (text_of (fact_of (fixture, "notice_text")), ==, "Cannot be asked.");
  /* what is known is there all the same */
  g_assert_cmpstr (text_of (fact_of (fixture, "amount")), ==, "€1,240.50");
  rd_mock_agent_set_failure (fixture->window.mock, "GetInvoice", NULL);
  click (rd_find_button (child_of (fixture, "invoice"), "_Try Again"));
  rd_test_await (calls_of (fixture, "GetInvoice") == 2);
  rd_test_await (!gtk_widget_get_visible (fact_of (fixture, "notice")));
}

/* One is told to show an invoice before anybody knows its account, and one that no list has. */
static void
test_open (Fixture *fixture, gconstpointer data)
{
  RdMockInvoices *late;
  RdDBusAccount1 *account;

  rd_mock_invoices_fill (fixture->invoices, 60);
  show (fixture);
  rd_window_show_invoice (fixture->window.window, "pay", "i59");
  rd_test_await (g_strcmp0 (rd_fact_row_get_value (fact_of (fixture, "number")), "INV-0001") == 0);
  rd_window_show_invoice (fixture->window.window, "pay", "none");
  rd_test_await (gtk_widget_get_visible (fact_of (fixture, "notice")));
  g_assert_cmpstr (text_of (fact_of (fixture, "notice_text")), ==, "pay.example.com knows no such invoice.");

  rd_window_show_invoice (fixture->window.window, "late", "i0");
  account = rd_mock_agent_add_account (fixture->window.mock, "late", "Late");
  late = rd_mock_invoices_new (fixture->window.mock, account, TRUE);
  rd_mock_invoices_fill (late, 2);
  rd_test_await (g_strcmp0 (rd_fact_row_get_value (fact_of (fixture, "account")), "Late") == 0);
  rd_test_await (g_strcmp0 (rd_fact_row_get_value (fact_of (fixture, "number")), "INV-0002") == 0);
  /* and its account goes */
  rd_mock_agent_remove_account (fixture->window.mock, "late");
  rd_test_await (g_strcmp0 (gtk_stack_get_visible_child_name (child_of (fixture, "content_stack")), "overview") == 0);
  g_clear_object (&late);
}

/* Beside each other: who walks through the list sees each, and asks the site when standing still. */
static void
test_wide (Fixture *fixture, gconstpointer data)
{
  GtkSelectionModel *selection;

  rd_mock_invoices_fill (fixture->invoices, 6);
  show_wide (fixture);
  rd_test_await (row_at (fixture, 5) != NULL);
  g_assert_true (gtk_widget_has_css_class (child_of (fixture, "summary"), "selected"));
  selection = gtk_list_view_get_model (child_of (fixture, "view"));
  gtk_selection_model_select_item (selection, 0, TRUE);
  gtk_selection_model_select_item (selection, 1, TRUE);
  gtk_selection_model_select_item (selection, 2, TRUE);
  g_assert_cmpstr (text_of (fact_of (fixture, "amount")), ==, "€75.25");
  rd_test_await (calls_of (fixture, "GetInvoice") == 1);
  g_assert_false (gtk_widget_has_css_class (child_of (fixture, "summary"), "selected"));
  click (child_of (fixture, "summary"));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (child_of (fixture, "content_stack")), ==, "overview");
  g_assert_null (gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (selection)));
}

/* Two accounts' answers, and two currencies. */
static void
test_income (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  RdMockInvoices *other;

  first = g_strdup_printf ("[(int64 %" G_GINT64_FORMAT ", 'EUR', '100.50', 2), (%" G_GINT64_FORMAT
                           ", 'EUR', '7', 1), (%" G_GINT64_FORMAT ", 'USDT', '3', 1)]",
                           MONDAY, TUESDAY, TUESDAY);
  second = g_strdup_printf ("[(int64 %" G_GINT64_FORMAT ", '', '0', 0), (%" G_GINT64_FORMAT ", 'EUR', '13', 1), (%"
                            G_GINT64_FORMAT ", 'EUR', 'much', 3)]",
                            MONDAY, TUESDAY, TUESDAY);
  rd_mock_invoices_set_income (fixture->invoices, first, 2, 1);
  other = rd_mock_invoices_new (fixture->window.mock, rd_mock_agent_add_account (fixture->window.mock, "b", "Other"),
                                TRUE);
  rd_mock_invoices_set_income (other, second, 0, 0);
  show (fixture);
  rd_test_await (g_strcmp0 (text_of (card_child (fixture, "total")), "€120.50") == 0);
  g_assert_cmpstr (text_of (card_child (fixture, "span")), ==, "in the last 2 days");
  g_assert_cmpstr (text_of (child_of (fixture, "summary_text")), ==, "€120.50 in the last 2 days");
  gtk_test_accessible_assert_property (card_child (fixture, "chart"), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "What came in, by days");
  gtk_test_accessible_assert_property (card_child (fixture, "chart"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "5 November 2001: €100.50, 2 payments; 6 November 2001: €20, 2 payments");
  /* 2 without an amount, 3 whose amount is none */
  g_assert_nonnull (strstr (text_of (card_child (fixture, "note")), "5 payments are not in the sum"));
  g_assert_nonnull (strstr (text_of (card_child (fixture, "note")), "1 payment is left out"));

  g_assert_true (gtk_widget_get_visible (card_child (fixture, "currencies")));
  gtk_drop_down_set_selected (card_child (fixture, "currencies"), 1);
  g_assert_cmpstr (text_of (card_child (fixture, "total")), ==, "3 USDT");

  gtk_toggle_button_set_active (card_child (fixture, "days"), FALSE);
  rd_test_await (g_strcmp0 (text_of (card_child (fixture, "span")), "in the last 2 weeks") == 0);
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->window.mock, "ListIncome"), ==, "('week', 12)");
  /* the currency stays what it was chosen to be */
  g_assert_cmpstr (text_of (card_child (fixture, "total")), ==, "3 USDT");
  gtk_test_accessible_assert_property (card_child (fixture, "chart"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Week from 6 November 2001: 3 USDT, 1 payment");
  g_clear_object (&other);
}

/* New figures when an invoice changes. */
static void
test_income_live (Fixture *fixture, gconstpointer data)
{
  rd_mock_invoices_set_income (fixture->invoices, "[(86400000000, 'EUR', '1', 1)]", 0, 0);
  show (fixture);
  rd_test_await (g_strcmp0 (text_of (card_child (fixture, "total")), "€1") == 0);
  rd_mock_invoices_set_income (fixture->invoices, "[(86400000000, 'EUR', '2', 2)]", 0, 0);
  rd_mock_invoices_change (fixture->invoices, "{'id': <'1'>, 'status': <'paid'>}", TRUE);
  rd_mock_invoices_change (fixture->invoices, "{'id': <'2'>, 'status': <'paid'>}", TRUE);
  rd_test_await (g_strcmp0 (text_of (card_child (fixture, "total")), "€2") == 0);
  g_assert_cmpuint (calls_of (fixture, "ListIncome"), ==, 2);
  /* too much to be added: it is not */
  rd_mock_invoices_set_income (fixture->invoices,
                               "[(86400000000, 'EUR', '900000000000000', 1), (172800000000, 'EUR', '900000000000000', "
                               "1)]",
                               0, 0);
  rd_mock_invoices_change (fixture->invoices, "{'id': <'3'>, 'status': <'paid'>}", TRUE);
  rd_test_await (g_strcmp0 (text_of (card_child (fixture, "total")), "More than can be added up") == 0);
}

/* Bar by bar, the way the eye goes. */
static void
walk (Fixture *fixture, guint back, guint forth)
{
  RdIncomeChart *chart = card_child (fixture, "chart");

  press (GTK_WIDGET (chart), back);
  g_assert_cmpint (rd_income_chart_get_selected (chart), ==, 13);
  press (GTK_WIDGET (chart), back);
  g_assert_cmpint (rd_income_chart_get_selected (chart), ==, 12);
  press (GTK_WIDGET (chart), GDK_KEY_Home);
  press (GTK_WIDGET (chart), back);
  g_assert_cmpint (rd_income_chart_get_selected (chart), ==, 0);
  press (GTK_WIDGET (chart), forth);
  g_assert_cmpint (rd_income_chart_get_selected (chart), ==, 1);
  press (GTK_WIDGET (chart), GDK_KEY_Escape);
  g_assert_cmpint (rd_income_chart_get_selected (chart), ==, -1);
}

static void
test_chart_keys (Fixture *fixture, gconstpointer data)
{
  GtkWidget *chart;
  g_autofree char *text = NULL;

  show_wide (fixture);
  rd_test_await (g_strcmp0 (gtk_stack_get_visible_child_name (card_child (fixture, "stack")), "chart") == 0);
  chart = card_child (fixture, "chart");
  rd_test_await (gtk_widget_get_width (chart) > 0);
  walk (fixture, GDK_KEY_Left, GDK_KEY_Right);
  gtk_widget_set_direction (chart, GTK_TEXT_DIR_RTL);
  walk (fixture, GDK_KEY_Right, GDK_KEY_Left);
  press (chart, GDK_KEY_End);
  text = rd_income_chart_dup_text (RD_INCOME_CHART (chart), 13);
  g_assert_cmpstr (text_of (card_child (fixture, "span")), ==, text);
  g_assert_cmpstr (text, ==, "Today: €300, 1 payment");
  /* the name of what has the focus is read out */
  gtk_test_accessible_assert_property (chart, GTK_ACCESSIBLE_PROPERTY_LABEL, "Today: €300, 1 payment");
}

static void
assert_no_marks (GtkWidget *root)
{
  GtkWidget *label;
  guint n;

  for (n = 0; (label = rd_find_type (root, GTK_TYPE_LABEL, n)) != NULL; n++)
    {
      g_assert_null (strstr (text_of (label), "\u202e"));
      g_assert_null (strstr (text_of (label), "\u2066"));
      g_assert_true (g_utf8_validate (text_of (label), -1, NULL));
    }
}

static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  g_autofree char *wide = g_strnfill (300, 'W');
  RdMockInvoices *other;
  int minimum;
  guint i;

  rd_mock_invoices_fill_hostile (fixture->invoices);
  rd_mock_invoices_set_income (fixture->invoices,
                               "[(0, '', '-7', 1), (9223372036854775807, '<b>WWWWWWWWWWWWWWWWWWWWWWWWWWWW', '5', 2), "
                               "(-9223372036854775808, 'X', '99999999999999999999999', 4294967295)]",
                               4294967295, 4294967295);
  other = rd_mock_invoices_new (fixture->window.mock, rd_mock_agent_add_account (fixture->window.mock, "w", wide),
                                TRUE);
  show (fixture);
  rd_test_await (row_at (fixture, 3) != NULL);
  for (i = 0; i < 4; i++)
    {
      g_signal_emit_by_name (child_of (fixture, "view"), "activate", i);
      rd_test_await (calls_of (fixture, "GetInvoice") == i + 1);
      assert_no_marks (page_of (fixture));
      gtk_widget_measure (GTK_WIDGET (fixture->window.window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                          NULL);
      g_assert_cmpint (minimum, <=, 360);
    }
  g_assert_nonnull (rd_find_label (child_of (fixture, "view"), "-€1,240.50"));
  /* what is no number is no amount of ours: it stands as it was written */
  g_assert_nonnull (rd_find_label (child_of (fixture, "view"), "1e9"));
  rd_window_show_invoice (fixture->window.window, "pay", "h0");
  rd_test_await (g_strcmp0 (rd_fact_row_get_value (fact_of (fixture, "created")), "After the year 9999") == 0);
  click (child_of (fixture, "summary"));
  rd_test_await (gtk_widget_get_mapped (card_child (fixture, "chart")));
  for (i = 0; i < 3; i++)
    {
      gtk_drop_down_set_selected (card_child (fixture, "currencies"), i);
      rd_test_drain ();
    }
  g_clear_object (&other);
}

static void
test_chart_scale (void)
{
  static const struct
  {
    gint64 amounts[2];
    gint64 bottom, top;
  } cases[] = {
    { { 0, 0 }, 0, 0 },
    { { 1, 3 }, 0, 5 },
    { { 10, 10 }, 0, 10 },
    { { 4200, 17 }, 0, 5000 },
    { { -30, 11 }, -50, 20 },
    { { G_MAXINT64, 1 }, 0, G_MAXINT64 },
    { { G_MININT64, 1 }, G_MININT64, 1 },
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RdIncomeScale scale;

      rd_income_scale_init (&scale);
      rd_income_scale_take (&scale, cases[i].amounts[0]);
      rd_income_scale_take (&scale, cases[i].amounts[1]);
      rd_income_scale_round (&scale);
      g_assert_cmpint (scale.bottom, ==, cases[i].bottom);
      g_assert_cmpint (scale.top, ==, cases[i].top);
      g_assert_cmpfloat (rd_income_scale_place (&scale, scale.bottom), ==, 0);
      g_assert_cmpfloat (rd_income_scale_place (&scale, scale.top), <=, 1);
    }
}

#define ADD(path, func) g_test_add ("/payments/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  /* What a screen reader is told can be asked for then, without one. */
  g_setenv ("GTK_A11Y", "test", TRUE);
  rd_window_fixture_init (&argc, &argv);
  ADD ("list", test_list);
  g_test_add ("/payments/ten", Fixture, GUINT_TO_POINTER (10), set_up, test_scale, tear_down);
  g_test_add ("/payments/ten-thousand", Fixture, GUINT_TO_POINTER (10000), set_up, test_scale, tear_down);
  ADD ("pages", test_pages);
  ADD ("filter", test_filter);
  ADD ("search", test_search);
  ADD ("failure", test_failure);
  ADD ("empty", test_empty);
  ADD ("seed", test_seed);
  ADD ("activity-only", test_activity_only);
  ADD ("detail", test_detail);
  ADD ("detail-failure", test_detail_failure);
  ADD ("open", test_open);
  ADD ("wide", test_wide);
  ADD ("income", test_income);
  ADD ("income-live", test_income_live);
  ADD ("chart-keys", test_chart_keys);
  ADD ("hostile", test_hostile);
  g_test_add_func ("/payments/chart-scale", test_chart_scale);
  return g_test_run ();
}
