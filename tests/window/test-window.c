/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-account-preferences.h"
#include "rd-account-row.h"
#include "rd-confirm-dialog.h"
#include "rd-dial-dialog.h"
#include "rd-history-page.h"
#include "rd-history-row.h"
#include "rd-payment-row.h"
#include "rd-payments-page.h"
#include "rd-platform.h"
#include "rd-setup-dialog.h"
#include "rd-shortcuts.h"
#include "rd-sign-in-dialog.h"
#include "window-fixture.h"

/* The window around the cards: pages, accounts, dialogs, toasts, and an agent that comes and goes. */

static const char *
visible_page (RdWindowFixture *fixture, const char *stack)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (rd_find_child (fixture->window, RD_TYPE_WINDOW, stack)));
}

static const char *
history_page (RdWindowFixture *fixture)
{
  GtkWidget *page = rd_find_child (fixture->window, RD_TYPE_WINDOW, "history_page");

  return gtk_stack_get_visible_child_name (GTK_STACK (rd_find_child (page, RD_TYPE_HISTORY_PAGE, "stack")));
}

static const char *
payments_page (RdWindowFixture *fixture)
{
  GtkWidget *page = rd_find_child (fixture->window, RD_TYPE_WINDOW, "payments_page");

  return gtk_stack_get_visible_child_name (GTK_STACK (rd_find_child (page, RD_TYPE_PAYMENTS_PAGE, "stack")));
}

static void
test_welcome (RdWindowFixture *fixture, gconstpointer data)
{
  rd_window_fixture_show (fixture);
  g_assert_cmpstr (visible_page (fixture, "state_stack"), ==, "main");
  g_assert_cmpstr (visible_page (fixture, "calls_stack"), ==, "welcome");
  g_assert_cmpstr (payments_page (fixture), ==, "empty");
  rd_mock_agent_add_account (fixture->mock, "crm", "Work");
  rd_test_await (g_strcmp0 (visible_page (fixture, "calls_stack"), "history") == 0);
  rd_test_await (g_strcmp0 (history_page (fixture), "empty") == 0);
  rd_mock_agent_remove_account (fixture->mock, "crm");
  rd_test_await (g_strcmp0 (visible_page (fixture, "calls_stack"), "welcome") == 0);
}

/* What the network says is never markup. */
static void
test_payments (RdWindowFixture *fixture, gconstpointer data)
{
  rd_mock_agent_add_account (fixture->mock, "crm", "Work");
  rd_mock_agent_set_history (
    fixture->mock, "@aa{sv} []",
    "[{'id': <'p'>, 'kind': <'payment.received'>, 'title': <'A & B <paid>'>, 'body': <'7'>, 'amount': <'1 EUR'>}, "
    "@a{sv} {}]");
  rd_window_fixture_show (fixture);
  rd_test_await (rd_count_type (GTK_WIDGET (fixture->window), RD_TYPE_PAYMENT_ROW) == 2);
  g_assert_nonnull (rd_find_label (GTK_WIDGET (fixture->window), "A & B <paid>"));
}

static void
test_account_status (RdWindowFixture *fixture, gconstpointer data)
{
  RdDBusAccount1 *account = rd_mock_agent_add_account (fixture->mock, "crm", "Work");
  GtkWidget *banner, *row;
  g_autofree char *fine = NULL;
  g_autofree char *status = NULL;

  rd_window_fixture_show (fixture);
  rd_window_show_page (fixture->window, "accounts");
  row = rd_find_type (GTK_WIDGET (fixture->window), RD_TYPE_ACCOUNT_ROW, 0);
  banner = rd_find_child (fixture->window, RD_TYPE_WINDOW, "banner");
  fine = rd_account_row_dup_status (RD_ACCOUNT_ROW (row));
  g_assert_cmpstr (fine, ==, "Connected");
  g_assert_false (gtk_widget_get_visible (banner));

  rd_dbus_account1_set_reason (account, "unreachable");
  rd_dbus_account1_set_reason_detail (account, g_variant_new_parsed ("{'host': <'ws.example.com'>}"));
  rd_dbus_account1_set_next_try (account, g_get_real_time () + 90 * G_USEC_PER_SEC);
  rd_dbus_account1_set_state (account, "waiting");
  rd_test_await (gtk_widget_get_visible (banner));
  status = rd_account_row_dup_status (RD_ACCOUNT_ROW (row));
  g_assert_nonnull (strstr (status, "Offline"));
  g_assert_nonnull (strstr (status, "next try in"));
  g_assert_nonnull (strstr (status, "ws.example.com"));

  rd_dbus_account1_set_state (account, "connected");
  rd_dbus_account1_set_reason (account, "");
  rd_test_await (!gtk_widget_get_visible (banner));
}

/* The agent is asked for the last frame only while somebody can see it. */
static void
test_last_frame (RdWindowFixture *fixture, gconstpointer data)
{
  RdDBusAccount1 *account = rd_mock_agent_add_account (fixture->mock, "crm", "Work");
  GtkWidget *row, *line;

  rd_window_fixture_show (fixture);
  row = rd_find_type (GTK_WIDGET (fixture->window), RD_TYPE_ACCOUNT_ROW, 0);
  line = rd_find_child (row, RD_TYPE_ACCOUNT_ROW, "line");
  rd_dbus_account1_set_last_frame (account, g_get_real_time () - G_GINT64_CONSTANT (7200) * G_USEC_PER_SEC);
  rd_window_show_page (fixture->window, "accounts");
  rd_test_await (g_strcmp0 (adw_action_row_get_subtitle (ADW_ACTION_ROW (line)), "Last sign of life: 2 h ago") == 0);
}

static void
set_entry (GtkWidget *dialog, GType type, const char *id, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (rd_find_child (dialog, type, id)), text);
}

static void
test_remove (RdWindowFixture *fixture, gconstpointer data)
{
  GtkWidget *dialog;

  rd_mock_agent_add_account (fixture->mock, "crm", "<b>Work");
  rd_window_fixture_show (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.remove-account", "s", "crm");
  dialog = rd_find_window (RD_TYPE_CONFIRM_DIALOG);
  g_assert_cmpuint (rd_mock_agent_get_count (fixture->mock, "RemoveAccount"), ==, 0);
  g_signal_emit_by_name (rd_find_child (dialog, RD_TYPE_CONFIRM_DIALOG, "confirm"), "clicked");
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "RemoveAccount") == 1);
}

static void
test_dial (RdWindowFixture *fixture, gconstpointer data)
{
  const char *sentence = "Ada is not available for calls";
  GtkWidget *dialog, *call;

  rd_dbus_account1_set_can_call (rd_mock_agent_add_account (fixture->mock, "invoices", "Aaa"), FALSE);
  rd_mock_agent_add_account (fixture->mock, "crm", "Work");
  rd_mock_agent_set_failure (fixture->mock, "PlaceCall", sentence);
  rd_window_fixture_show (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.new-call", NULL);
  dialog = rd_find_window (RD_TYPE_DIAL_DIALOG);
  call = rd_find_child (dialog, RD_TYPE_DIAL_DIALOG, "call");
  g_assert_false (gtk_widget_get_sensitive (call));
  g_assert_false (gtk_widget_get_visible (rd_find_child (dialog, RD_TYPE_DIAL_DIALOG, "account")));
  set_entry (dialog, RD_TYPE_DIAL_DIALOG, "whom", "ada@example.com ");
  g_signal_emit_by_name (call, "clicked");
  rd_test_await (rd_find_label (dialog, sentence) != NULL);
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->mock, "PlaceCall"), ==,
                   "('crm', 'ada@example.com', {'audio': <false>})");

  rd_mock_agent_set_failure (fixture->mock, "PlaceCall", NULL);
  g_signal_emit_by_name (call, "clicked");
  rd_test_await (rd_find_window (RD_TYPE_DIAL_DIALOG) == NULL);
}

static void
test_toasts (RdWindowFixture *fixture, gconstpointer data)
{
  RdDBusAgent1 *agent = rd_mock_agent_get_agent (fixture->mock);

  rd_window_fixture_show (fixture);
  rd_dbus_agent1_emit_message_received (
    agent, g_variant_new_parsed ("{'sender-name': <'Ada'>, 'text': <'see <b> & \\n this'>}"));
  rd_test_await (rd_find_label (GTK_WIDGET (fixture->window), "Ada: see <b> &   this") != NULL);
  rd_dbus_agent1_emit_payment_received (
    agent, g_variant_new_parsed ("{'id': <'1'>, 'kind': <'payment.received'>, 'body': <'Invoice 7'>}"));
  rd_test_await (g_list_model_get_n_items (rd_model_get_payments (fixture->model)) == 1);
  g_assert_cmpstr (payments_page (fixture), ==, "list");
  rd_dbus_agent1_emit_notice (agent, g_variant_new_parsed ("{'severity': <'error'>, 'code': <'unheard-of'>}"));
  rd_test_drain ();
}

static guint
count_toasts (RdWindowFixture *fixture, const char *text)
{
  return rd_find_label (rd_find_child (fixture->window, RD_TYPE_WINDOW, "toasts"), text) != NULL ? 1 : 0;
}

/* All lines of a label can be seen. */
static void
assert_whole (GtkWidget *label)
{
  int height;

  rd_test_await (gtk_widget_get_height (label) > 0);
  pango_layout_get_pixel_size (gtk_label_get_layout (GTK_LABEL (label)), NULL, &height);
  g_assert_cmpint (height, >, 40);
  g_assert_cmpint (gtk_widget_get_height (label), >=, height);
}

/* A shower of payments does not keep a failure waiting, and a long one can be read whole. */
static void
test_failure_first (RdWindowFixture *fixture, gconstpointer data)
{
  g_autofree char *said = g_strnfill (250, 'x');
  g_autofree char *notice = g_strdup_printf ("{'code': <'refused'>, 'host': <'a.example'>, 'said': <'%s'>}", said);
  RdDBusAgent1 *agent = rd_mock_agent_get_agent (fixture->mock);
  GtkWidget *details, *dialog;
  guint i;

  rd_window_fixture_show (fixture);
  for (i = 0; i < 20; i++)
    rd_dbus_agent1_emit_payment_received (agent, g_variant_new_parsed ("{'id': <%s>, 'title': <'Paid'>}", "p"));
  rd_dbus_agent1_emit_notice (agent, g_variant_new_parsed (notice));
  rd_test_await (rd_find_button (GTK_WIDGET (fixture->window), "De_tails") != NULL);
  details = rd_find_button (GTK_WIDGET (fixture->window), "De_tails");
  assert_whole (rd_find_type (gtk_widget_get_parent (details), GTK_TYPE_LABEL, 0));
  gtk_widget_activate (details);
  rd_test_await (rd_find_window (RD_TYPE_CONFIRM_DIALOG) != NULL);
  dialog = rd_find_window (RD_TYPE_CONFIRM_DIALOG);
  g_assert_nonnull (
    strstr (gtk_label_get_text (GTK_LABEL (rd_find_child (dialog, RD_TYPE_CONFIRM_DIALOG, "body"))), said));
  g_assert_false (gtk_widget_get_visible (rd_find_child (dialog, RD_TYPE_CONFIRM_DIALOG, "confirm")));
}

/* The call is over, but the host can still be trusted. */
static void
test_trust_later (RdWindowFixture *fixture, gconstpointer data)
{
  GtkWidget *dialog;

  rd_mock_agent_add_account (fixture->mock, "crm", "Work");
  rd_window_fixture_show (fixture);
  rd_dbus_agent1_emit_notice (
    rd_mock_agent_get_agent (fixture->mock),
    g_variant_new_parsed ("{'severity': <'error'>, 'account': <'crm'>, 'call': <'9'>, 'code': <'room-untrusted'>, "
                          "'host': <'rooms.example.org'>}"));
  rd_test_await (rd_find_button (GTK_WIDGET (fixture->window), "_Trust Host…") != NULL);
  gtk_widget_activate (rd_find_button (rd_find_child (fixture->window, RD_TYPE_WINDOW, "toasts"), "_Trust Host…"));
  rd_test_await (rd_find_window (RD_TYPE_CONFIRM_DIALOG) != NULL);
  dialog = rd_find_window (RD_TYPE_CONFIRM_DIALOG);
  g_signal_emit_by_name (rd_find_child (dialog, RD_TYPE_CONFIRM_DIALOG, "confirm"), "clicked");
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "TrustRoomHost") == 1);
  rd_test_await (count_toasts (fixture, "Rooms on rooms.example.org will open from now on.") == 1);
  g_assert_cmpuint (rd_mock_agent_get_count (fixture->mock, "OpenRoom"), ==, 0);
}

/* Under the first call there is nothing to say about calls; and toasts lie above the switcher, not on it. */
static void
test_first_call (RdWindowFixture *fixture, gconstpointer data)
{
  GtkWidget *switcher;

  rd_mock_agent_add_account (fixture->mock, "crm", "Work");
  rd_window_fixture_show (fixture);
  rd_model_set_linger (fixture->model, 0);
  rd_test_await (g_strcmp0 (history_page (fixture), "empty") == 0);
  rd_mock_agent_add_call (fixture->mock, "1", "ringing-in", "Ada");
  rd_test_await (g_strcmp0 (history_page (fixture), "live") == 0);
  rd_mock_agent_remove_call (fixture->mock, "1");
  rd_test_await (g_strcmp0 (history_page (fixture), "empty") == 0);

  switcher = rd_find_child (fixture->window, RD_TYPE_WINDOW, "switcher");
  g_assert_true (adw_view_switcher_bar_get_reveal (ADW_VIEW_SWITCHER_BAR (switcher)));
  g_assert_false (gtk_widget_is_ancestor (switcher, rd_find_child (fixture->window, RD_TYPE_WINDOW, "toasts")));
}

static void
test_agent_vanishes (RdWindowFixture *fixture, gconstpointer data)
{
  g_autoptr (RdMockAgent) second = NULL;

  rd_mock_agent_add_account (fixture->mock, "crm", "Work");
  rd_mock_agent_add_call (fixture->mock, "1", "ringing-in", "Ada");
  rd_window_fixture_show (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (rd_model_get_calls (fixture->model)), ==, 1);
  rd_mock_agent_vanish (fixture->mock);
  rd_test_await (g_strcmp0 (visible_page (fixture, "state_stack"), "absent") == 0);
  g_assert_cmpuint (g_list_model_get_n_items (rd_model_get_calls (fixture->model)), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (rd_model_get_accounts (fixture->model)), ==, 0);
  g_assert_true (gtk_widget_get_visible (rd_find_child (fixture->window, RD_TYPE_WINDOW, "start")));

  second = rd_mock_agent_new (fixture->agent_connection, RD_FIXTURE_BUS_NAME);
  rd_test_await (g_strcmp0 (visible_page (fixture, "state_stack"), "main") == 0);
}

static void
test_starting (RdWindowFixture *fixture, gconstpointer data)
{
  AdwStatusPage *absent;

  rd_window_fixture_show (fixture);
  absent = ADW_STATUS_PAGE (rd_find_child (fixture->window, RD_TYPE_WINDOW, "absent"));
  rd_window_set_starting (fixture->window, TRUE, NULL);
  g_assert_cmpstr (adw_status_page_get_description (absent), ==, "Starting…");
  rd_window_set_starting (fixture->window, FALSE, "<no> & such file");
  g_assert_cmpstr (adw_status_page_get_description (absent), ==, "&lt;no&gt; &amp; such file");
}

static void
test_health (RdWindowFixture *fixture, gconstpointer data)
{
  GtkWidget *health;

  rd_window_fixture_show (fixture);
  health = rd_find_child (fixture->window, RD_TYPE_WINDOW, "health");
  g_assert_false (gtk_widget_get_visible (health));
  rd_dbus_agent1_set_secrets (rd_mock_agent_get_agent (fixture->mock), "memory");
  rd_test_await (gtk_widget_get_visible (health));
  g_assert_nonnull (rd_find_type (health, ADW_TYPE_ACTION_ROW, 0));
}

static int
minimum_width (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* 360 px is enough for every page and dialog, whatever the names. */
static void
test_narrow (RdWindowFixture *fixture, gconstpointer data)
{
  const char *const pages[] = { "calls", "payments", "accounts" };
  g_autofree char *name = g_strnfill (300, 'W');
  RdDBusAccount1 *account = rd_mock_agent_add_account (fixture->mock, "crm", name);
  g_autofree char *history = NULL;
  g_autofree char *entry = NULL;
  gsize i;

  rd_mock_agent_add_account (fixture->mock, "two", "Two");
  rd_dbus_account1_set_state (account, "signed-out");
  rd_dbus_account1_set_channels (account, g_variant_new ("a(sss)", NULL));
  history = g_strdup_printf ("[{'id': <'1'>, 'account': <'crm'>, 'state': <'ended'>, 'peer-id': <'1'>, "
                             "'peer-name': <'%s'>, 'title': <'%s'>, 'amount': <'%s'>, 'body': <'%s'>}]",
                             name, name, name, name);
  rd_mock_agent_set_history (fixture->mock, "@aa{sv} []", history);
  entry = g_strdup_printf ("{'id': <uint64 1>, 'kind': <'call'>, 'account': <'crm'>, 'state': <'ended'>, "
                           "'at': <int64 1>, 'peer-id': <'1'>, 'peer-name': <'%s'>}",
                           name);
  rd_mock_history_put (fixture->history, entry);
  rd_mock_agent_add_call (fixture->mock, "1", "ringing-in", name);
  rd_mock_agent_add_call (fixture->mock, "2", "active", name);
  rd_window_fixture_show (fixture);
  rd_test_await (rd_count_type (GTK_WIDGET (fixture->window), RD_TYPE_HISTORY_ROW) > 0);
  for (i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      rd_window_show_page (fixture->window, pages[i]);
      rd_test_drain ();
      g_assert_cmpint (minimum_width (GTK_WIDGET (fixture->window)), <=, 360);
    }
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.new-call", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.add-account", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.sign-in", "s", "crm");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.account-preferences", "s", "crm");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.remove-account", "s", "crm");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.shortcuts", NULL);
  g_assert_cmpint (minimum_width (rd_find_window (RD_TYPE_DIAL_DIALOG)), <=, 360);
  g_assert_cmpint (minimum_width (rd_find_window (RD_TYPE_SETUP_DIALOG)), <=, 360);
  g_assert_cmpint (minimum_width (rd_find_window (RD_TYPE_SIGN_IN_DIALOG)), <=, 360);
  g_assert_cmpint (minimum_width (rd_find_window (RD_TYPE_ACCOUNT_PREFERENCES)), <=, 360);
  g_assert_cmpint (minimum_width (rd_find_window (RD_TYPE_CONFIRM_DIALOG)), <=, 360);
}

static void
assert_mnemonic (const char *button, const char *keys, const char *plain)
{
  g_autofree char *found = rd_shortcuts_dup_mnemonic (button);
  g_autofree char *text = rd_dup_plain_label (button);

  g_assert_cmpstr (found, ==, keys);
  g_assert_cmpstr (text, ==, plain);
}

/* The keys are those of the buttons, in whatever language these are. */
static void
test_shortcuts (RdWindowFixture *fixture, gconstpointer data)
{
  GtkWindow *window;

  assert_mnemonic ("_Answer", "Alt+A", "Answer");
  assert_mnemonic ("A_blehnen", "Alt+B", "Ablehnen");
  assert_mnemonic ("Host _vertrauen …", "Alt+V", "Host vertrauen");
  assert_mnemonic ("応答(_A)", "Alt+A", "応答");
  assert_mnemonic ("ホストを信頼(_T)…", "Alt+T", "ホストを信頼");
  assert_mnemonic ("ر_فض", "Alt+ف", "رفض");
  assert_mnemonic ("Отве_тить", "Alt+Т", "Ответить");
  assert_mnemonic ("Antworten", NULL, "Antworten");

  rd_window_fixture_show (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.shortcuts", NULL);
  window = rd_find_window_over (GTK_WINDOW (fixture->window), "shortcuts");
  g_assert_nonnull (rd_find_label (GTK_WIDGET (window), "Decline"));
  g_assert_nonnull (rd_find_label (GTK_WIDGET (window), "Alt+D"));
  g_assert_nonnull (rd_find_label (GTK_WIDGET (window), "Cancel"));
  g_assert_nonnull (rd_find_label (GTK_WIDGET (window), "Alt+C"));
  g_assert_nonnull (rd_find_label (GTK_WIDGET (window), "Trust Host"));
  g_assert_nonnull (rd_find_label (GTK_WIDGET (window), "Ctrl+D"));

  /* It bars no call, and there is one of it. */
  g_assert_false (gtk_window_get_modal (window));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.shortcuts", NULL);
  g_assert_cmpuint (rd_count_windows (GTK_TYPE_WINDOW), ==, 2);
}

/* What comes back when the window is gone has nobody to be told to. */
static void
test_closed_meanwhile (RdWindowFixture *fixture, gconstpointer data)
{
  GtkWidget *widget;

  rd_mock_agent_set_failure (fixture->mock, "PlaceCall", "Not now.");
  rd_mock_agent_set_failure (fixture->mock, "Remind", "Not now.");
  rd_window_fixture_show (fixture);
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "List") > 0);
  widget = GTK_WIDGET (fixture->window);
  gtk_widget_activate_action (widget, "win.call", "(ssb)", "crm", "9", FALSE);
  gtk_widget_activate_action (widget, "win.history-remind", "(tu)", G_GUINT64_CONSTANT (7), 10);
  /* Who waits for a reply keeps the object, but not what is in it. */
  g_object_ref (widget);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_run_dispose (G_OBJECT (widget));
  g_assert_null (rd_window_get_toaster (RD_WINDOW (widget)));
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "PlaceCall") == 1);
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "Remind") == 1);
  rd_test_await (G_OBJECT (widget)->ref_count == 1);
  g_object_unref (widget);
}

static void
test_quit (RdWindowFixture *fixture, gconstpointer data)
{
  rd_window_fixture_show (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.quit-agent", NULL);
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "Quit") == 1);
  rd_test_await (rd_find_window (RD_TYPE_WINDOW) == NULL);
}

#define ADD(path, func) \
  g_test_add (path, RdWindowFixture, NULL, rd_window_fixture_set_up, func, rd_window_fixture_tear_down)

int
main (int argc, char **argv)
{
  rd_window_fixture_init (&argc, &argv);
  ADD ("/window/welcome", test_welcome);
  ADD ("/window/payments", test_payments);
  ADD ("/window/account-status", test_account_status);
  ADD ("/window/last-frame", test_last_frame);
  ADD ("/window/remove", test_remove);
  ADD ("/window/dial", test_dial);
  ADD ("/window/toasts", test_toasts);
  ADD ("/window/failure-first", test_failure_first);
  ADD ("/window/trust-later", test_trust_later);
  ADD ("/window/first-call", test_first_call);
  ADD ("/window/agent-vanishes", test_agent_vanishes);
  ADD ("/window/starting", test_starting);
  ADD ("/window/health", test_health);
  ADD ("/window/narrow", test_narrow);
  ADD ("/window/shortcuts", test_shortcuts);
  ADD ("/window/closed-meanwhile", test_closed_meanwhile);
  ADD ("/window/quit", test_quit);
  return g_test_run ();
}
