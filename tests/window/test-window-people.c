/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "rd-conversation-view.h"
#include "rd-dial-dialog.h"
#include "rd-dial-people.h"
#include "rd-people-page.h"
#include "rd-people-status.h"
#include "rd-person-row.h"
#include "talk-fixture.h"

/* The page of people, and choosing one to call. */

static gpointer
child_of (TalkFixture *fixture, const char *id)
{
  return rd_find_child (rd_find_child (fixture->window.window, RD_TYPE_WINDOW, "people_page"), RD_TYPE_PEOPLE_PAGE, id);
}

static gpointer
status_child (TalkFixture *fixture, const char *id)
{
  return rd_find_child (child_of (fixture, "status"), RD_TYPE_PEOPLE_STATUS, id);
}

static guint
count_people (TalkFixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (child_of (fixture, "view"))));
}

static GtkWidget *
find_person (TalkFixture *fixture, const char *name)
{
  return talk_find_row (child_of (fixture, "view"), RD_TYPE_PERSON_ROW, name);
}

static GtkWidget *
row_child (TalkFixture *fixture, const char *name, const char *id)
{
  GtkWidget *row = find_person (fixture, name);

  g_assert_nonnull (row);
  return rd_find_child (row, RD_TYPE_PERSON_ROW, id);
}

static void
show (TalkFixture *fixture)
{
  rd_window_fixture_show (&fixture->window);
  rd_window_show_page (fixture->window.window, "people");
  rd_test_await (gtk_widget_get_mapped (child_of (fixture, "view")) ||
                 strcmp (talk_stack_page (child_of (fixture, "list_stack")), "loading") != 0);
}

/* Told by a shape and a word, not by a colour alone. */
static void
test_presence (TalkFixture *fixture, gconstpointer data)
{
  GtkWidget *row, *busy;

  rd_mock_people_fill (fixture->people, 6);
  show (fixture);
  rd_test_await (find_person (fixture, "Ada Lovelace") != NULL);
  row = find_person (fixture, "Ada Lovelace");
  g_assert_nonnull (rd_find_label (row, "Online · Writing notes on the engine"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Ada Lovelace");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Online · Writing notes on the engine");
  busy = row_child (fixture, "Katherine Johnson", "status");
  g_assert_cmpstr (gtk_image_get_icon_name (GTK_IMAGE (busy)), ==, "rd-status-away-symbolic");
  g_assert_nonnull (rd_find_label (find_person (fixture, "Alan Turing"), "In a call"));

  rd_mock_people_change (fixture->people, "{'id': <'p0'>, 'name': <'Ada Lovelace'>, 'status': <'offline'>}");
  rd_test_await (rd_find_label (find_person (fixture, "Ada Lovelace"), "Offline") != NULL);
}

/* Who does not want to be called is not, and it says why. */
static void
test_reach (TalkFixture *fixture, gconstpointer data)
{
  GtkWidget *audio;

  rd_mock_people_fill (fixture->people, 6);
  rd_mock_people_change (fixture->people, "{'id': <'7'>, 'name': <'Me'>, 'status': <'online'>, 'available': <true>, "
                                          "'self': <true>}");
  show (fixture);
  rd_test_await (find_person (fixture, "Ada Lovelace") != NULL);
  audio = row_child (fixture, "Ada Lovelace", "audio");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (audio), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Call Ada Lovelace, audio only");
  g_signal_emit_by_name (audio, "clicked");
  rd_test_await (talk_was_asked (fixture, "PlaceCall", "('crm', 'p0', {'audio': <true>})"));

  g_assert_false (gtk_widget_get_sensitive (row_child (fixture, "Grace Hopper", "video")));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (row_child (fixture, "Grace Hopper", "video")), ==,
                   "Not available for calls.");
  g_assert_nonnull (rd_find_label (find_person (fixture, "Grace Hopper"), "Not available for calls."));
  g_assert_false (gtk_widget_get_sensitive (row_child (fixture, "Alan Turing", "audio")));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (row_child (fixture, "Alan Turing", "audio")), ==,
                   "In another call just now.");
  /* nobody calls or writes to himself */
  g_assert_false (gtk_widget_get_visible (row_child (fixture, "Me (you)", "audio")));
  g_assert_false (gtk_widget_get_visible (row_child (fixture, "Me (you)", "message")));
}

/* Who never rings, and who always does, is seen and changed here. */
static void
test_treatment (TalkFixture *fixture, gconstpointer data)
{
  GtkWidget *more;

  rd_mock_people_fill (fixture->people, 6);
  show (fixture);
  rd_test_await (find_person (fixture, "Ada Lovelace") != NULL);
  more = rd_find_type (row_child (fixture, "Ada Lovelace", "more"), GTK_TYPE_MENU_BUTTON, 0);
  g_assert_cmpstr (gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (more)), ==, "view-more-symbolic");
  rd_person_row_show_menu (RD_PERSON_ROW (find_person (fixture, "Ada Lovelace")));
  g_assert_nonnull (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (more)));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (more));
  gtk_widget_activate_action (more, "win.contact", "(ssss)", "crm", "p0", "Ada Lovelace", "vip");
  rd_test_await (g_strcmp0 (gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (more)), "rd-vip-symbolic") == 0);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (more), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Always rings");
  gtk_widget_activate_action (more, "win.contact", "(ssss)", "crm", "p0", "Ada Lovelace", "muted");
  rd_test_await (g_strcmp0 (gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (more)), "rd-muted-symbolic") == 0);
  g_assert_true (talk_was_asked (fixture, "SetContact", "('crm', 'p0', 'Ada Lovelace', 'muted')"));
}

static void
test_message (TalkFixture *fixture, gconstpointer data)
{
  rd_mock_people_fill (fixture->people, 6);
  show (fixture);
  rd_test_await (find_person (fixture, "Ada Lovelace") != NULL);
  g_signal_emit_by_name (row_child (fixture, "Ada Lovelace", "message"), "clicked");
  rd_test_await (talk_was_asked (fixture, "FindConversation", "('p0',)"));
  rd_test_await (talk_was_asked (fixture, "ListMessages", "'with-p0'"));
  rd_test_await (gtk_widget_get_mapped (talk_child_of (fixture, "conversation")));
  /* from there, calling */
  rd_test_await (gtk_widget_get_mapped (talk_view_child (fixture, "video")));
  g_signal_emit_by_name (talk_view_child (fixture, "video"), "clicked");
  rd_test_await (talk_was_asked (fixture, "PlaceCall", "('crm', 'p0', {'audio': <false>})"));
}

static void
test_search (TalkFixture *fixture, gconstpointer data)
{
  rd_mock_people_fill (fixture->people, 200);
  show (fixture);
  rd_test_await (count_people (fixture) >= 50);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window.window), "win.search", NULL);
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window.window)),
                                         child_of (fixture, "search")));
  gtk_editable_set_text (child_of (fixture, "search"), "PERSON17@");
  rd_test_await (count_people (fixture) == 1);
  gtk_editable_set_text (child_of (fixture, "search"), "nobody at all");
  rd_test_await (strcmp (talk_stack_page (child_of (fixture, "list_stack")), "none") == 0);
  g_signal_emit_by_name (child_of (fixture, "search"), "stop-search");
  rd_test_await (count_people (fixture) >= 50);
}

static void
test_failure (TalkFixture *fixture, gconstpointer data)
{
  rd_mock_people_fill (fixture->people, 6);
  rd_mock_agent_set_failure (fixture->window.mock, "ListPeople", "crm.example.com did not answer.");
  show (fixture);
  rd_test_await (strcmp (talk_stack_page (child_of (fixture, "list_stack")), "failed") == 0);
  g_assert_nonnull (rd_find_label (child_of (fixture, "list_stack"), "crm.example.com did not answer."));
  rd_mock_agent_set_failure (fixture->window.mock, "ListPeople", NULL);
  g_signal_emit_by_name (rd_find_button (child_of (fixture, "list_stack"), "Try _Again"), "clicked");
  rd_test_await (count_people (fixture) == 6);
}

static void
test_own_status (TalkFixture *fixture, gconstpointer data)
{
  RdDBusPeople1 *skeleton = rd_mock_people_get_skeleton (fixture->people);

  rd_mock_people_fill (fixture->people, 6);
  show (fixture);
  rd_test_await (strcmp (gtk_label_get_text (status_child (fixture, "word")), "Online") == 0);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (status_child (fixture, "button")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Your status: Online");
  /* without a grab of the pointer, which GTK 4.8 still looks for when its surface is gone */
  gtk_popover_set_autohide (status_child (fixture, "popover"), FALSE);
  gtk_menu_button_popup (GTK_MENU_BUTTON (status_child (fixture, "button")));
  g_assert_true (gtk_check_button_get_active (status_child (fixture, "online")));
  g_assert_true (gtk_check_button_get_active (status_child (fixture, "available")));
  gtk_check_button_set_active (status_child (fixture, "busy"), TRUE);
  gtk_check_button_set_active (status_child (fixture, "available"), FALSE);
  gtk_editable_set_text (status_child (fixture, "message"), "In the mill");
  g_signal_emit_by_name (status_child (fixture, "message"), "activate");
  rd_test_await (talk_was_asked (fixture, "SetStatus", "('busy', false, 'In the mill')"));
  rd_test_await (strcmp (gtk_label_get_text (status_child (fixture, "word")), "Busy · In the mill") == 0);

  /* what was set elsewhere is what the next look begins with */
  rd_dbus_people1_set_status (skeleton, "offline");
  rd_test_await (g_str_has_prefix (gtk_label_get_text (status_child (fixture, "word")), "Offline"));
  gtk_menu_button_popup (GTK_MENU_BUTTON (status_child (fixture, "button")));
  g_assert_true (gtk_check_button_get_active (status_child (fixture, "offline")));

  rd_mock_agent_set_failure (fixture->window.mock, "SetStatus", "crm.example.com takes no status now.");
  g_signal_emit_by_name (status_child (fixture, "message"), "activate");
  rd_test_await (rd_find_label (GTK_WIDGET (fixture->window.window), "crm.example.com takes no status now.") != NULL);
  rd_dbus_account1_set_abilities (fixture->account, (const char *const[]) { "people", NULL });
  rd_test_await (!gtk_widget_get_visible (child_of (fixture, "status")));
}

/* The people of several sites are one list, and of each it is said which it is. */
static void
test_accounts (TalkFixture *fixture, gconstpointer data)
{
  RdDBusAccount1 *second = rd_mock_agent_add_account (fixture->window.mock, "team", "Team");
  g_autoptr (RdMockPeople) people = rd_mock_people_new (fixture->window.mock, second);
  GtkWidget *accounts;

  rd_dbus_account1_set_colour (second, "#e66100");
  rd_mock_people_fill (fixture->people, 6);
  rd_mock_people_change (people, "{'id': <'p0'>, 'name': <'Eve'>, 'status': <'online'>, 'available': <true>}");
  show (fixture);
  rd_test_await (count_people (fixture) == 7);
  rd_test_await (find_person (fixture, "Eve") != NULL);
  g_assert_nonnull (rd_find_label (find_person (fixture, "Eve"), "Team"));
  g_assert_true (gtk_widget_get_visible (row_child (fixture, "Eve", "colour")));
  accounts = rd_find_type (child_of (fixture, "accounts"), GTK_TYPE_DROP_DOWN, 0);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (accounts), 1);
  rd_test_await (count_people (fixture) == 1);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (accounts), 0);
  rd_test_await (count_people (fixture) == 7);
  g_signal_emit_by_name (row_child (fixture, "Eve", "video"), "clicked");
  rd_test_await (talk_was_asked (fixture, "PlaceCall", "('team', 'p0', {'audio': <false>})"));
}

/* (transfer full): what the drop-down of the accounts offers */
static char *
dup_accounts (TalkFixture *fixture)
{
  GtkWidget *accounts = rd_find_type (child_of (fixture, "accounts"), GTK_TYPE_DROP_DOWN, 0);
  GListModel *names = gtk_drop_down_get_model (GTK_DROP_DOWN (accounts));
  g_autoptr (GString) text = g_string_new (NULL);
  guint i;

  for (i = 0; i < g_list_model_get_n_items (names); i++)
    {
      g_autoptr (GtkStringObject) name = g_list_model_get_item (names, i);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", gtk_string_object_get_string (name));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
offers (TalkFixture *fixture, const char *accounts)
{
  g_autofree char *offered = dup_accounts (fixture);

  return g_str_equal (offered, accounts);
}

/* Accounts stand by their names, not as the bus brought them, and not by what they are called inside. */
static void
test_account_order (TalkFixture *fixture, gconstpointer data)
{
  g_autoptr (RdMockPeople) third = NULL;
  g_autoptr (RdMockPeople) second = NULL;
  RdDBusAccount1 *last;

  show (fixture);
  second = rd_mock_people_new (fixture->window.mock, rd_mock_agent_add_account (fixture->window.mock, "team", "Team"));
  rd_test_await (offers (fixture, "All Accounts, Team, Work"));
  last = rd_mock_agent_add_account (fixture->window.mock, "zoo", "Archive");
  third = rd_mock_people_new (fixture->window.mock, last);
  rd_test_await (offers (fixture, "All Accounts, Archive, Team, Work"));
  rd_dbus_account1_set_name (last, "Zoo");
  rd_test_await (offers (fixture, "All Accounts, Team, Work, Zoo"));
}

static void
test_hostile (TalkFixture *fixture, gconstpointer data)
{
  g_autofree char *name = g_strnfill (300, 'W');
  g_autofree char *person = NULL;
  int minimum;

  person = g_strdup_printf ("{'id': <'x'>, 'name': <'<b>&amp;\u202e\u2067%s'>, 'detail': <'%s'>, 'status': <'<i>'>, "
                            "'status-message': <'%s'>, 'available': <true>}",
                            name, name, name);
  rd_mock_people_change (fixture->people, person);
  rd_mock_people_change (fixture->people, "{'id': <'y'>, 'name': <uint32 5>, 'status': <true>}");
  show (fixture);
  rd_test_await (count_people (fixture) == 2);
  rd_test_await (find_person (fixture, "Unknown") != NULL);
  gtk_widget_measure (GTK_WIDGET (fixture->window.window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

static gpointer
dial_child (const char *id)
{
  return rd_find_child (rd_find_window (RD_TYPE_DIAL_DIALOG), RD_TYPE_DIAL_DIALOG, id);
}

static GtkWidget *
find_suggestion (const char *name)
{
  return talk_find_row (dial_child ("people"), ADW_TYPE_ACTION_ROW, name);
}

/* A few letters, a choice, and a call, without a mouse. */
static void
test_dial (TalkFixture *fixture, gconstpointer data)
{
  rd_mock_people_fill (fixture->people, 200);
  rd_window_fixture_show (&fixture->window);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window.window), "win.new-call", NULL);
  g_assert_false (gtk_widget_get_visible (dial_child ("people")));
  gtk_editable_set_text (dial_child ("whom"), "person0001");
  gtk_editable_set_text (dial_child ("whom"), "lov");
  rd_test_await (find_suggestion ("Ada Lovelace") != NULL);
  rd_test_await (rd_count_type (dial_child ("people"), ADW_TYPE_ACTION_ROW) == 1);
  g_assert_true (talk_press (dial_child ("whom"), GDK_KEY_Down, 0));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (rd_find_window (RD_TYPE_DIAL_DIALOG))),
                                         dial_child ("people")));
  gtk_widget_activate (find_suggestion ("Ada Lovelace"));
  rd_test_await (strcmp (gtk_editable_get_text (dial_child ("whom")), "Ada Lovelace") == 0);
  g_signal_emit_by_name (dial_child ("call"), "clicked");
  rd_test_await (talk_was_asked (fixture, "PlaceCall", "('crm', 'p0', {'audio': <false>})"));
}

/* A whole name is a choice; an id or an address goes as it is; and nobody is offered who does not want to be called. */
static void
test_dial_typed (TalkFixture *fixture, gconstpointer data)
{
  rd_mock_people_fill (fixture->people, 200);
  rd_window_fixture_show (&fixture->window);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window.window), "win.new-call", NULL);
  gtk_editable_set_text (dial_child ("whom"), "grace");
  rd_test_await (find_suggestion ("Grace Hopper") != NULL);
  g_assert_false (gtk_widget_get_sensitive (find_suggestion ("Grace Hopper")));
  gtk_editable_set_text (dial_child ("whom"), "person");
  rd_test_await (rd_count_type (dial_child ("people"), ADW_TYPE_ACTION_ROW) == 5);
  gtk_editable_set_text (dial_child ("whom"), "nobody@example.org");
  rd_test_await (!gtk_widget_get_visible (dial_child ("people")));
  rd_mock_agent_set_failure (fixture->window.mock, "PlaceCall", "No");
  g_signal_emit_by_name (dial_child ("call"), "clicked");
  rd_test_await (talk_was_asked (fixture, "PlaceCall", "('crm', 'nobody@example.org',"));
  rd_test_await (rd_find_label (GTK_WIDGET (rd_find_window (RD_TYPE_DIAL_DIALOG)), "No") != NULL);
  rd_mock_agent_set_failure (fixture->window.mock, "PlaceCall", NULL);
  gtk_editable_set_text (dial_child ("whom"), "katherine johnson");
  rd_test_await (find_suggestion ("Katherine Johnson") != NULL);
  g_signal_emit_by_name (dial_child ("call"), "clicked");
  rd_test_await (talk_was_asked (fixture, "PlaceCall", "('crm', 'p3',"));
}

/* However many they are: as many questions and rows as for a hundred. */
static void
test_scale (TalkFixture *fixture, gconstpointer data)
{
  guint calls[2], items[2], rows[2], i;

  for (i = 0; i < 2; i++)
    {
      rd_mock_people_fill (fixture->people, i == 0 ? 100 : 10000);
      show (fixture);
      rd_test_await (count_people (fixture) >= 50);
      talk_await_layout (child_of (fixture, "view"));
      calls[i] = talk_count_calls (fixture, "ListPeople") + talk_count_calls (fixture, "GetPeople");
      items[i] = count_people (fixture);
      rows[i] = rd_count_type (child_of (fixture, "view"), RD_TYPE_PERSON_ROW);
      if (i > 0)
        break;
      talk_tear_down (fixture, NULL);
      memset (fixture, 0, sizeof *fixture);
      talk_set_up (fixture, NULL);
    }
  g_assert_cmpuint (calls[1], ==, calls[0]);
  g_assert_cmpuint (calls[1], <=, 3);
  g_assert_cmpuint (items[1], ==, items[0]);
  g_assert_cmpuint (items[1], <=, 110);
  g_assert_cmpuint (rows[1], ==, rows[0]);
}

#define ADD(path, func) g_test_add (path, TalkFixture, NULL, talk_set_up, func, talk_tear_down)

int
main (int argc, char **argv)
{
  rd_window_fixture_fake_session ();
  rd_window_fixture_init (&argc, &argv);
  ADD ("/window/people/presence", test_presence);
  ADD ("/window/people/reach", test_reach);
  ADD ("/window/people/treatment", test_treatment);
  ADD ("/window/people/message", test_message);
  ADD ("/window/people/search", test_search);
  ADD ("/window/people/failure", test_failure);
  ADD ("/window/people/own-status", test_own_status);
  ADD ("/window/people/accounts", test_accounts);
  ADD ("/window/people/account-order", test_account_order);
  ADD ("/window/people/hostile", test_hostile);
  ADD ("/window/people/dial", test_dial);
  ADD ("/window/people/dial-typed", test_dial_typed);
  ADD ("/window/people/scale", test_scale);
  return rd_window_fixture_run ();
}
