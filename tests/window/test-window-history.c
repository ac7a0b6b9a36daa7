/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-confirm-dialog.h"
#include "rd-contact-menu.h"
#include "rd-history-export.h"
#include "rd-history-list.h"
#include "rd-history-menu.h"
#include "rd-history-page.h"
#include "rd-history-row.h"
#include "rd-when.h"
#include "window-fixture.h"

/* The history: pages, days, search, filters, what can be done with an entry and with all of them. */

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

static GtkWidget *
get_page (RdWindowFixture *fixture)
{
  return rd_find_child (fixture->window, RD_TYPE_WINDOW, "history_page");
}

static gpointer
child (RdWindowFixture *fixture, const char *id)
{
  return rd_find_child (get_page (fixture), RD_TYPE_HISTORY_PAGE, id);
}

static const char *
get_state (RdWindowFixture *fixture)
{
  return gtk_stack_get_visible_child_name (child (fixture, "stack"));
}

static guint
count_items (RdWindowFixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (child (fixture, "view"))));
}

static RdHistoryItem *
dup_item (RdWindowFixture *fixture, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (child (fixture, "view"))), position);
}

static GtkWidget *
get_row (RdWindowFixture *fixture, guint n)
{
  return rd_find_type (get_page (fixture), RD_TYPE_HISTORY_ROW, n);
}

static const char *
row_text (RdWindowFixture *fixture, guint n, const char *id)
{
  return gtk_label_get_text (GTK_LABEL (rd_find_child (get_row (fixture, n), RD_TYPE_HISTORY_ROW, id)));
}

static char *
entry_text (guint64 id, gint64 at, const char *rest)
{
  return g_strdup_printf ("{'id': <uint64 %" G_GUINT64_FORMAT ">, 'cursor': <'%" G_GUINT64_FORMAT
                          "'>, 'account': <'crm'>, 'at': <int64 %" G_GINT64_FORMAT ">, %s}",
                          id, id, at, rest);
}

static void
put_call (RdWindowFixture *fixture, guint64 id, gint64 at, const char *name, gboolean told)
{
  g_autofree char *rest =
    g_strdup_printf ("'kind': <'call'>, 'state': <'missed'>, 'reason': <'no-answer'>, 'direction': <'in'>, "
                     "'peer-id': <'9'>, 'peer-name': <'%s'>, 'audio': <true>",
                     name);
  g_autofree char *entry = entry_text (id, at, rest);

  if (told)
    rd_mock_history_add (fixture->history, entry);
  else
    rd_mock_history_put (fixture->history, entry);
}

static void
show (RdWindowFixture *fixture)
{
  rd_mock_agent_add_account (fixture->mock, "crm", "Work");
  rd_window_fixture_show (fixture);
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "List") > 0);
  rd_test_await (g_strcmp0 (get_state (fixture), "loading") != 0);
}

static void
test_row (RdWindowFixture *fixture, gconstpointer data)
{
  put_call (fixture, 1, g_get_real_time (), "<i>Grace</i>", FALSE);
  show (fixture);
  rd_test_await (get_row (fixture, 0) != NULL);
  g_assert_cmpstr (row_text (fixture, 0, "title"), ==, "<i>Grace</i>");
  g_assert_cmpstr (row_text (fixture, 0, "detail"), ==, "Missed call · Audio call");
  g_assert_cmpstr (row_text (fixture, 0, "day"), ==, "Today");
  g_signal_emit_by_name (rd_find_child (get_row (fixture, 0), RD_TYPE_HISTORY_ROW, "call_back"), "clicked");
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "PlaceCall") == 1);
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->mock, "PlaceCall"), ==, "('crm', '9', {'audio': <true>})");
}

/* Entries that say nothing, or nonsense, are shown as what they are: little. */
static void
test_hostile (RdWindowFixture *fixture, gconstpointer data)
{
  rd_mock_history_put (fixture->history, "{'kind': <'call'>, 'id': <'not a number'>, 'at': <int64 -7>}");
  rd_mock_history_put (fixture->history,
                       "{'kind': <'call'>, 'id': <uint64 2>, 'at': <int64 9223372036854775807>, 'state': <true>}");
  rd_mock_history_put (fixture->history, "{'kind': <'call'>}");
  show (fixture);
  rd_test_await (count_items (fixture) == 3);
  g_assert_cmpstr (row_text (fixture, 0, "title"), ==, "Unknown caller");
  g_assert_false (gtk_widget_get_visible (rd_find_child (get_row (fixture, 0), RD_TYPE_HISTORY_ROW, "call_back")));
}

/* Whether the row of that title is within what the list shows. */
static gboolean
is_in_sight (RdWindowFixture *fixture, const char *title)
{
  GtkWidget *scroller = child (fixture, "scroller"), *row;
  graphene_rect_t bounds;

  for (guint i = 0; (row = get_row (fixture, i)) != NULL; i++)
    if (gtk_widget_get_mapped (row) && g_str_equal (row_text (fixture, i, "title"), title) &&
        gtk_widget_compute_bounds (row, scroller, &bounds))
      return bounds.origin.y > -bounds.size.height / 2 &&
             bounds.origin.y + bounds.size.height <= gtk_widget_get_height (scroller);
  return FALSE;
}

/* Who looks at the newest sees what comes; who has scrolled down reads on undisturbed. */
static void
test_top (RdWindowFixture *fixture, gconstpointer data)
{
  GtkAdjustment *adjustment;
  double value;

  rd_mock_history_fill (fixture->history, 200);
  show (fixture);
  rd_test_await (count_items (fixture) >= 50);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (child (fixture, "scroller")));
  rd_test_await (gtk_adjustment_get_upper (adjustment) > 2 * gtk_adjustment_get_page_size (adjustment));
  for (guint64 i = 0; i < 5; i++)
    {
      const guint before = count_items (fixture);
      g_autofree char *name = g_strdup_printf ("New %" G_GUINT64_FORMAT, i);

      put_call (fixture, 3000 + i, g_get_real_time (), name, TRUE);
      rd_test_await (count_items (fixture) > before);
      rd_test_await (is_in_sight (fixture, name));
      rd_test_await (gtk_adjustment_get_value (adjustment) == 0);
    }

  gtk_adjustment_set_value (adjustment, 1000);
  rd_test_await (!is_in_sight (fixture, "New 4"));
  value = gtk_adjustment_get_value (adjustment);
  put_call (fixture, 4000, g_get_real_time (), "Later", TRUE);
  rd_test_await (gtk_adjustment_get_value (adjustment) > value);
  g_assert_false (is_in_sight (fixture, "Later"));
}

/* However long it is, no more is fetched than what somebody scrolls to. */
static void
test_pages (RdWindowFixture *fixture, gconstpointer data)
{
  GtkAdjustment *adjustment;
  guint before;

  rd_mock_history_fill (fixture->history, 2000);
  show (fixture);
  rd_test_await (count_items (fixture) >= 50);
  rd_test_drain ();
  before = count_items (fixture);
  g_assert_cmpuint (before, <, 400);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (child (fixture, "scroller")));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  rd_test_await (count_items (fixture) > before);
  g_assert_cmpuint (rd_count_type (get_page (fixture), RD_TYPE_HISTORY_ROW), <, 400);
}

static void
test_days (RdWindowFixture *fixture, gconstpointer data)
{
  const gint64 now = g_get_real_time ();
  g_autoptr (RdHistoryItem) first = NULL;
  guint i;

  put_call (fixture, 1, now - 3 * DAY, "Ada", FALSE);
  put_call (fixture, 2, now - DAY, "Ada", FALSE);
  put_call (fixture, 3, now, "Ada", FALSE);
  show (fixture);
  rd_test_await (count_items (fixture) == 3);
  for (i = 0; i < 3; i++)
    {
      g_autoptr (RdHistoryItem) item = dup_item (fixture, i);

      g_assert_true (rd_history_item_get_first_of_day (item));
    }
  first = dup_item (fixture, 0);
  put_call (fixture, 4, now, "Grace", TRUE);
  rd_test_await (count_items (fixture) == 4);
  /* the same item as before, but no longer the first one of today */
  g_assert_false (rd_history_item_get_first_of_day (first));
  rd_test_await (g_strcmp0 (row_text (fixture, 0, "title"), "Grace") == 0);
}

/* What is caught up with belongs where it happened; and what belongs below what was fetched waits for its page. */
static void
test_late_entry (RdWindowFixture *fixture, gconstpointer data)
{
  const gint64 now = g_get_real_time ();
  g_autoptr (RdHistoryItem) second = NULL;

  put_call (fixture, 1, now - 2 * DAY, "Ada", FALSE);
  put_call (fixture, 2, now, "Grace", FALSE);
  show (fixture);
  rd_test_await (count_items (fixture) == 2);
  put_call (fixture, 3, now - DAY, "Radia", TRUE);
  rd_test_await (count_items (fixture) == 3);
  second = dup_item (fixture, 1);
  g_assert_cmpstr (rd_record_get_string (rd_history_item_get_entry (second), "peer-name"), ==, "Radia");
  /* told twice */
  rd_dbus_history1_emit_entry_added (rd_mock_history_get_skeleton (fixture->history),
                                     rd_record_get_fields (rd_history_item_get_entry (second)));
  rd_test_drain ();
  g_assert_cmpuint (count_items (fixture), ==, 3);
}

static void
scroll_to_end (RdWindowFixture *fixture)
{
  GtkAdjustment *adjustment =
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (child (fixture, "scroller")));

  gtk_adjustment_set_value (adjustment, 0);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

/* A page that does not come is asked for again, and what happens meanwhile is listed. */
static void
test_page_failed (RdWindowFixture *fixture, gconstpointer data)
{
  guint before, asked;

  rd_mock_history_fill (fixture->history, 2000);
  show (fixture);
  rd_test_await (count_items (fixture) >= 50);
  rd_test_drain ();
  before = count_items (fixture);
  asked = rd_mock_agent_get_count (fixture->mock, "List");
  rd_mock_agent_set_failure (fixture->mock, "List", "The disk is busy.");
  scroll_to_end (fixture);
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "List") > asked);
  rd_test_drain ();
  g_assert_cmpuint (count_items (fixture), ==, before);
  g_assert_cmpstr (get_state (fixture), ==, "list");
  put_call (fixture, 3000, g_get_real_time (), "Ada", TRUE);
  rd_test_await (count_items (fixture) == before + 1);
  rd_mock_agent_set_failure (fixture->mock, "List", NULL);
  scroll_to_end (fixture);
  rd_test_await (count_items (fixture) > before + 1);
}

/* Nor does one that is fetched anew and does not come take away what is shown; another filter's does. */
static void
test_reload_failed (RdWindowFixture *fixture, gconstpointer data)
{
  guint asked;

  rd_mock_history_fill (fixture->history, 20);
  show (fixture);
  rd_test_await (count_items (fixture) == 16);
  asked = rd_mock_agent_get_count (fixture->mock, "List");
  rd_mock_agent_set_failure (fixture->mock, "List", "The disk is busy.");
  rd_dbus_history1_emit_entries_reset (rd_mock_history_get_skeleton (fixture->history));
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "List") > asked);
  put_call (fixture, 3000, g_get_real_time (), "Ada", TRUE);
  rd_test_await (count_items (fixture) == 17);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (child (fixture, "kinds")), RD_HISTORY_PAYMENTS);
  rd_test_await (g_strcmp0 (get_state (fixture), "failed") == 0);
  g_assert_cmpuint (count_items (fixture), ==, 0);
}

static void
test_filters (RdWindowFixture *fixture, gconstpointer data)
{
  GtkDropDown *kinds;

  rd_mock_history_fill (fixture->history, 20);
  show (fixture);
  kinds = GTK_DROP_DOWN (child (fixture, "kinds"));
  rd_test_await (count_items (fixture) == 16);
  gtk_drop_down_set_selected (kinds, RD_HISTORY_MISSED);
  rd_test_await (count_items (fixture) == 6);
  g_assert_nonnull (strstr (rd_mock_agent_get_arguments (fixture->mock, "List"), "'kinds': <['call']>"));
  g_assert_nonnull (strstr (rd_mock_agent_get_arguments (fixture->mock, "List"), "'missed': <true>"));
  gtk_drop_down_set_selected (kinds, RD_HISTORY_PAYMENTS);
  rd_test_await (count_items (fixture) == 2);
  g_assert_cmpstr (row_text (fixture, 0, "amount"), ==, "120.00 EUR");
  gtk_drop_down_set_selected (kinds, RD_HISTORY_MESSAGES);
  rd_test_await (g_strcmp0 (row_text (fixture, 0, "detail"), "Message sent") == 0);
  gtk_drop_down_set_selected (kinds, RD_HISTORY_EVERYTHING);
  rd_test_await (count_items (fixture) == 20);

  /* a new one is only listed where it belongs */
  gtk_drop_down_set_selected (kinds, RD_HISTORY_PAYMENTS);
  rd_test_await (count_items (fixture) == 2);
  put_call (fixture, 77, g_get_real_time (), "Ada", TRUE);
  rd_test_drain ();
  g_assert_cmpuint (count_items (fixture), ==, 2);
}

static void
test_search (RdWindowFixture *fixture, gconstpointer data)
{
  GtkEditable *search;

  rd_mock_history_fill (fixture->history, 20);
  show (fixture);
  search = GTK_EDITABLE (child (fixture, "search"));
  rd_test_await (count_items (fixture) == 16);
  gtk_editable_set_text (search, "grace");
  rd_test_await (count_items (fixture) == 4);
  g_assert_nonnull (strstr (rd_mock_agent_get_arguments (fixture->mock, "List"), "'search': <'grace'>"));
  /* what a search finds only the agent knows */
  put_call (fixture, 77, g_get_real_time (), "Grace Murray", TRUE);
  rd_test_await (count_items (fixture) == 5);
  put_call (fixture, 78, g_get_real_time (), "Ada", TRUE);
  rd_test_drain ();
  rd_test_await (count_items (fixture) == 5);

  gtk_editable_set_text (search, "payment");
  rd_test_await (g_strcmp0 (get_state (fixture), "none") == 0);
  g_signal_emit_by_name (child (fixture, "everything"), "clicked");
  rd_test_await (count_items (fixture) == 2);
  g_signal_emit_by_name (search, "stop-search");
  rd_test_await (count_items (fixture) == 22);
}

/* An entry goes, and the others stay where they are. */
static void
test_remove (RdWindowFixture *fixture, gconstpointer data)
{
  g_autoptr (RdHistoryItem) kept = NULL;
  g_autoptr (RdHistoryItem) same = NULL;
  GtkWidget *dialog;

  rd_mock_history_fill (fixture->history, 4);
  show (fixture);
  rd_test_await (count_items (fixture) == 4);
  kept = dup_item (fixture, 3);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.history-remove", "t", G_GUINT64_CONSTANT (3));
  dialog = rd_find_window (RD_TYPE_CONFIRM_DIALOG);
  g_assert_cmpuint (rd_mock_agent_get_count (fixture->mock, "Remove"), ==, 0);
  g_signal_emit_by_name (rd_find_child (dialog, RD_TYPE_CONFIRM_DIALOG, "confirm"), "clicked");
  rd_test_await (count_items (fixture) == 3);
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->mock, "Remove"), ==, "([3],)");
  same = dup_item (fixture, 2);
  g_assert_true (same == kept);
}

static void
test_erase (RdWindowFixture *fixture, gconstpointer data)
{
  GtkWidget *dialog;

  rd_mock_history_fill (fixture->history, 4);
  show (fixture);
  rd_test_await (count_items (fixture) == 4);
  gtk_widget_activate_action (get_page (fixture), "history.erase", NULL);
  dialog = rd_find_window (RD_TYPE_CONFIRM_DIALOG);
  g_signal_emit_by_name (rd_find_child (dialog, RD_TYPE_CONFIRM_DIALOG, "confirm"), "clicked");
  rd_test_await (g_strcmp0 (get_state (fixture), "empty") == 0);
  rd_test_await (rd_find_label (GTK_WIDGET (fixture->window), "The history was erased.") != NULL);
}

static void
test_failed (RdWindowFixture *fixture, gconstpointer data)
{
  rd_mock_agent_set_failure (fixture->mock, "List", "The <disk> is gone.");
  show (fixture);
  rd_test_await (g_strcmp0 (get_state (fixture), "failed") == 0);
  g_assert_cmpstr (adw_status_page_get_description (child (fixture, "failed")), ==, "The &lt;disk&gt; is gone.");
  rd_mock_agent_set_failure (fixture->mock, "List", NULL);
  rd_mock_history_fill (fixture->history, 3);
  gtk_widget_activate (rd_find_button (get_page (fixture), "Try _Again"));
  rd_test_await (count_items (fixture) == 3);
}

static void
test_problem (RdWindowFixture *fixture, gconstpointer data)
{
  RdDBusHistory1 *skeleton = rd_mock_history_get_skeleton (fixture->history);
  GtkWidget *problem;

  show (fixture);
  problem = child (fixture, "problem");
  g_assert_false (gtk_widget_get_visible (problem));
  rd_dbus_history1_set_problem (skeleton, g_variant_new_parsed ("{'code': <'bad-input'>, 'where': <'history'>}"));
  rd_test_await (gtk_widget_get_visible (problem));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (problem)), !=, "");
}

/* Missed calls are counted on the tab, until they are before somebody's eyes. */
static void
test_missed (RdWindowFixture *fixture, gconstpointer data)
{
  RdDBusHistory1 *skeleton = rd_mock_history_get_skeleton (fixture->history);
  AdwViewStack *pages;
  AdwViewStackPage *tab;

  show (fixture);
  pages = ADW_VIEW_STACK (rd_find_child (fixture->window, RD_TYPE_WINDOW, "pages"));
  tab = adw_view_stack_get_page (pages, adw_view_stack_get_child_by_name (pages, "calls"));
  rd_window_show_page (fixture->window, "accounts");
  rd_dbus_history1_set_missed (skeleton, 2);
  rd_test_await (adw_view_stack_page_get_badge_number (tab) == 2);
  g_assert_cmpuint (rd_mock_agent_get_count (fixture->mock, "MarkSeen"), ==, 0);
  rd_window_show_page (fixture->window, "calls");
  /* On a bare X server no window is ever active, so nobody has looked yet. */
  rd_test_drain ();
  if (!gtk_window_is_active (GTK_WINDOW (fixture->window)))
    {
      g_assert_cmpuint (rd_mock_agent_get_count (fixture->mock, "MarkSeen"), ==, 0);
      return;
    }
  rd_test_await (adw_view_stack_page_get_badge_number (tab) == 0);
}

static char *
list_items (GMenuModel *menu)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int i, j;

  for (i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      for (j = 0; j < g_menu_model_get_n_items (section); j++)
        {
          g_autofree char *label = NULL;

          g_menu_model_get_item_attribute (section, j, G_MENU_ATTRIBUTE_LABEL, "s", &label);
          g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", label);
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
list_menu (RdWindowFixture *fixture, const char *fields)
{
  g_autoptr (RdRecord) entry = rd_record_new (g_variant_new_parsed (fields));
  g_autoptr (GMenuModel) menu = rd_history_menu_new (fixture->model, entry, 10);

  return list_items (menu);
}

static void
test_menu (RdWindowFixture *fixture, gconstpointer data)
{
  RdDBusAccount1 *account;
  g_autofree char *call = NULL;
  g_autofree char *unknown = NULL;
  g_autofree char *gone = NULL;
  g_autofree char *message = NULL;

  account = rd_mock_agent_add_account (fixture->mock, "crm", "Work");
  rd_mock_agent_add_ability (account, "messages");
  rd_window_fixture_show (fixture);
  call = list_menu (fixture, "{'id': <uint64 1>, 'kind': <'call'>, 'account': <'crm'>, 'peer-id': <'9'>}");
  g_assert_cmpstr (call, ==,
                   "Video _Call,Audio Ca_ll,_Write a Message,Open on the _Site,Remind Me in 10 _Minutes,Remind Me in 1 "
                   "_Hour,M_ute This Person,_Always Ring for This Person,_Remove from History…");
  unknown = list_menu (fixture, "{'id': <uint64 1>, 'kind': <'call'>, 'account': <'crm'>}");
  g_assert_cmpstr (unknown, ==, "Open on the _Site,_Remove from History…");
  gone = list_menu (fixture, "{'id': <uint64 1>, 'kind': <'call'>, 'account': <'old'>, 'peer-id': <'9'>}");
  g_assert_cmpstr (gone, ==, "_Remove from History…");
  rd_dbus_account1_set_can_call (account, FALSE);
  rd_test_await (!rd_dbus_account1_get_can_call (rd_model_find_account (fixture->model, "crm")));
  message = list_menu (fixture, "{'id': <uint64 1>, 'kind': <'message'>, 'account': <'crm'>, 'peer-id': <'9'>, "
                                "'conversation': <'c'>}");
  g_assert_cmpstr (message, ==,
                   "Show _Conversation,Open on the _Site,M_ute This Person,_Always Ring for This Person,_Remove from "
                   "History…");
}

static void
test_contact (RdWindowFixture *fixture, gconstpointer data)
{
  GtkWidget *treatment;

  put_call (fixture, 1, g_get_real_time (), "Ada", FALSE);
  show (fixture);
  rd_test_await (get_row (fixture, 0) != NULL);
  treatment = rd_find_child (get_row (fixture, 0), RD_TYPE_HISTORY_ROW, "treatment");
  g_assert_false (gtk_widget_get_visible (treatment));
  gtk_widget_activate_action (get_row (fixture, 0), "win.contact", "(ssss)", "crm", "9", "Ada", "muted");
  rd_test_await (gtk_widget_get_visible (treatment));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (treatment), ==, "Never rings");
  g_assert_cmpstr (rd_contact_get_treatment (fixture->model, "crm", "9"), ==, "muted");
  g_assert_cmpstr (rd_contact_get_treatment (fixture->model, "other", "9"), ==, "normal");
  g_assert_nonnull (rd_find_label (GTK_WIDGET (fixture->window), "Ada never rings now. Calls are still listed."));
  gtk_widget_activate_action (get_row (fixture, 0), "win.contact", "(ssss)", "crm", "9", "Ada", "vip");
  rd_test_await (g_strcmp0 (rd_contact_get_treatment (fixture->model, "crm", "9"), "vip") == 0);
  gtk_widget_activate_action (get_row (fixture, 0), "win.contact", "(ssss)", "crm", "9", "Ada", "normal");
  rd_test_await (!gtk_widget_get_visible (treatment));
}

static void
test_remind (RdWindowFixture *fixture, gconstpointer data)
{
  show (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.history-remind", "(tu)", G_GUINT64_CONSTANT (7), 10);
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "Remind") == 1);
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->mock, "Remind"), ==, "(7, 10)");
  rd_test_await (rd_find_label (GTK_WIDGET (fixture->window), "You will be reminded in 10 minutes.") != NULL);
}

static void
test_export (RdWindowFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = rd_test_make_dir ();
  g_autofree char *path = g_build_filename (folder, "history.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (RdDBusHistory1) history = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GAsyncResult) failed = NULL;
  g_autoptr (GError) error = NULL;
  guint64 count;

  put_call (fixture, 1, 1, "Ada", FALSE);
  put_call (fixture, 2, 2, "Grace", FALSE);
  show (fixture);
  history = g_list_model_get_item (rd_model_get_history (fixture->model), 0);
  rd_history_export_to_file (file, history, "csv", g_variant_new_parsed ("{'missed': <true>}"), rd_test_store_result,
                             &done);
  rd_test_await (done != NULL);
  g_assert_true (rd_history_export_finish (done, &count, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count, ==, 2);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "csv\nAda\nGrace");
  g_clear_pointer (&text, g_free);

  /* One that fails leaves the file as it was. */
  rd_mock_agent_set_failure (fixture->mock, "Export", "The disk is full.");
  rd_history_export_to_file (file, history, "json", g_variant_new ("a{sv}", NULL), rd_test_store_result, &failed);
  rd_test_await (failed != NULL);
  g_assert_false (rd_history_export_finish (failed, NULL, &error));
  g_assert_nonnull (strstr (error->message, "The disk is full."));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "csv\nAda\nGrace");
  rd_test_remove_tree (folder);
}

/* The agent crashes and comes back: the history is its, not ours. */
static void
test_agent_back (RdWindowFixture *fixture, gconstpointer data)
{
  g_autoptr (RdMockAgent) second = NULL;
  g_autoptr (RdMockHistory) history = NULL;

  rd_mock_history_fill (fixture->history, 5);
  show (fixture);
  rd_test_await (count_items (fixture) == 4);
  rd_mock_agent_vanish (fixture->mock);
  rd_test_await (count_items (fixture) == 0);
  second = rd_mock_agent_new (fixture->agent_connection, RD_FIXTURE_BUS_NAME);
  history = rd_mock_history_new (second);
  rd_mock_history_fill (history, 3);
  rd_test_await (count_items (fixture) == 3);
}

#define ADD(path, func) \
  g_test_add (path, RdWindowFixture, NULL, rd_window_fixture_set_up, func, rd_window_fixture_tear_down)

int
main (int argc, char **argv)
{
  rd_window_fixture_init (&argc, &argv);
  ADD ("/window/history/row", test_row);
  ADD ("/window/history/hostile", test_hostile);
  ADD ("/window/history/pages", test_pages);
  ADD ("/window/history/top", test_top);
  ADD ("/window/history/days", test_days);
  ADD ("/window/history/late-entry", test_late_entry);
  ADD ("/window/history/filters", test_filters);
  ADD ("/window/history/search", test_search);
  ADD ("/window/history/remove", test_remove);
  ADD ("/window/history/erase", test_erase);
  ADD ("/window/history/failed", test_failed);
  ADD ("/window/history/page-failed", test_page_failed);
  ADD ("/window/history/reload-failed", test_reload_failed);
  ADD ("/window/history/problem", test_problem);
  ADD ("/window/history/missed", test_missed);
  ADD ("/window/history/menu", test_menu);
  ADD ("/window/history/contact", test_contact);
  ADD ("/window/history/remind", test_remind);
  ADD ("/window/history/export", test_export);
  ADD ("/window/history/agent-back", test_agent_back);
  return g_test_run ();
}
