/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-call-card.h"
#include "rd-call-menu.h"
#include "rd-confirm-dialog.h"
#include "rd-decline-dialog.h"
#include "rd-settings.h"
#include "rd-text.h"
#include "window-fixture.h"

/* The cards of calls: each state, each move between states, what their buttons ask, what keys may not do. */

typedef struct
{
  const char *state;
  const char *reason;
  const char *direction;
  const char *text;
  const char *buttons;
} StateCase;

static const StateCase state_cases[] = {
  { "ringing-in", "", "in", "Incoming call", "_Answer,_Decline,_Silence" },
  { "ringing-out", "", "out", "Calling…", "_Cancel" },
  { "active", "", "in", "Active", "_Hang Up,_Open Room Again" },
  { "answered-elsewhere", "", "in", "Answered on another device", "" },
  { "declined", "declined-by-peer", "out", "Ada declined your call", "" },
  { "missed", "no-answer", "in", "Missed call", "" },
  { "ended", "", "in", "Call ended", "" },
};

static RdCallCard *
get_card (RdWindowFixture *fixture, guint n)
{
  GtkWidget *card = rd_find_type (GTK_WIDGET (fixture->window), RD_TYPE_CALL_CARD, n);

  return card != NULL ? RD_CALL_CARD (card) : NULL;
}

static const char *
get_text (RdCallCard *card, const char *id)
{
  return gtk_label_get_text (GTK_LABEL (rd_find_child (card, RD_TYPE_CALL_CARD, id)));
}

static void
assert_card (RdCallCard *card, const char *text, const char *expected_buttons)
{
  g_autofree char *buttons = rd_list_buttons (GTK_WIDGET (card));

  g_assert_cmpstr (get_text (card, "state"), ==, text);
  g_assert_cmpstr (buttons, ==, expected_buttons);
}

static void
test_states (RdWindowFixture *fixture, gconstpointer data)
{
  const StateCase *c = data;
  RdDBusCall1 *call = rd_mock_agent_add_call (fixture->mock, "1", c->state, "Ada");

  rd_dbus_call1_set_direction (call, c->direction);
  rd_dbus_call1_set_end_reason (call, c->reason);
  rd_window_fixture_show (fixture);
  g_assert_nonnull (get_card (fixture, 0));
  assert_card (get_card (fixture, 0), c->text, c->buttons);
  g_assert_cmpstr (get_text (get_card (fixture, 0), "name"), ==, "Ada");
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (get_card (fixture, 0))), ==,
                   g_strcmp0 (c->state, "ringing-in") == 0 ? GTK_ACCESSIBLE_ROLE_ALERT : GTK_ACCESSIBLE_ROLE_GROUP);
}

/* Every state that a call can reach from the one it has. */
static void
test_transition (RdWindowFixture *fixture, gconstpointer data)
{
  const StateCase *from = data;
  gsize i;

  rd_window_fixture_show (fixture);
  for (i = 0; i < G_N_ELEMENTS (state_cases); i++)
    {
      const StateCase *to = &state_cases[i];
      RdDBusCall1 *call = rd_mock_agent_add_call (fixture->mock, "1", from->state, "Ada");

      if (g_strcmp0 (to->state, from->state) == 0)
        {
          rd_mock_agent_remove_call (fixture->mock, "1");
          continue;
        }
      rd_dbus_call1_set_direction (call, to->direction);
      rd_test_await (get_card (fixture, 0) != NULL);
      rd_dbus_call1_set_end_reason (call, to->reason);
      rd_dbus_call1_set_state (call, to->state);
      rd_test_await (g_strcmp0 (get_text (get_card (fixture, 0), "state"), to->text) == 0);
      assert_card (get_card (fixture, 0), to->text, to->buttons);

      rd_model_set_linger (fixture->model, 0);
      rd_mock_agent_remove_call (fixture->mock, "1");
      g_list_store_remove_all (G_LIST_STORE (rd_model_get_calls (fixture->model)));
      rd_test_await (get_card (fixture, 0) == NULL);
      rd_model_set_linger (fixture->model, 60000);
    }
}

static void
click (RdCallCard *card, const char *id)
{
  g_signal_emit_by_name (rd_find_child (card, RD_TYPE_CALL_CARD, id), "clicked");
}

static void
test_requests (RdWindowFixture *fixture, gconstpointer data)
{
  const char *const methods[][2] = {
    { "answer", "Answer" },   { "decline", "Decline" }, { "silence", "Silence" },
    { "cancel", "HangUp" },   { "room", "OpenRoom" },
  };
  gsize i;

  rd_mock_agent_add_call (fixture->mock, "1", "ringing-in", "Ada");
  rd_window_fixture_show (fixture);
  for (i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      click (get_card (fixture, 0), methods[i][0]);
      rd_test_await (rd_mock_agent_get_count (fixture->mock, methods[i][1]) == 1);
    }
  click (get_card (fixture, 0), "hang_up");
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "HangUp") == 2);
  g_assert_cmpuint (rd_mock_agent_get_count (fixture->mock, "Answer"), ==, 1);
}

/* A call that only the site itself can answer: it rings and can be silenced, and the site is one click away. */
static void
test_only_shown (RdWindowFixture *fixture, gconstpointer data)
{
  RdDBusCall1 *call;

  rd_mock_agent_add_account (fixture->mock, "crm", "Work");
  call = rd_mock_agent_add_call (fixture->mock, "7", "ringing-in", "Ada");
  rd_dbus_call1_set_can_answer (call, FALSE);
  rd_window_fixture_show (fixture);
  assert_card (get_card (fixture, 0), "Incoming call", "_Open Site,_Silence");
  click (get_card (fixture, 0), "site");
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "OpenPage") == 1);
  g_assert_true (g_str_has_prefix (rd_mock_agent_get_arguments (fixture->mock, "OpenPage"), "('call', '7', "));
  g_assert_cmpuint (rd_mock_agent_get_count (fixture->mock, "Answer"), ==, 0);
  rd_dbus_call1_set_can_answer (call, TRUE);
  rd_test_await (gtk_widget_get_visible (rd_find_child (get_card (fixture, 0), RD_TYPE_CALL_CARD, "answer")));
}

/* The labels of a menu's items, joined. */
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
list_more (RdWindowFixture *fixture)
{
  g_autoptr (RdDBusCall1) call = g_list_model_get_item (rd_model_get_calls (fixture->model), 0);
  g_autoptr (GMenuModel) menu =
    rd_call_menu_new (call, fixture->model, rd_window_get_settings (fixture->window));

  return list_items (menu);
}

#define REMIND "Remind Me in 10 _Minutes,Remind Me in 1 _Hour,M_ute This Person,_Always Ring for This Person"

/* Where a site sends no messages none is offered; the user's own texts are, as they are written. */
static void
test_more (RdWindowFixture *fixture, gconstpointer data)
{
  RdDBusAccount1 *account = rd_mock_agent_add_account (fixture->mock, "crm", "Work");
  const char *const own[] = { "Not on the 3_rd", NULL };
  GSettings *settings;
  g_autofree char *without = NULL;
  g_autofree char *with = NULL;

  rd_mock_agent_add_call (fixture->mock, "1", "ringing-in", "Ada");
  rd_window_fixture_show (fixture);
  settings = rd_window_get_settings (fixture->window);
  g_settings_set_strv (settings, "decline-texts", own);
  g_assert_true (gtk_widget_get_visible (rd_find_child (get_card (fixture, 0), RD_TYPE_CALL_CARD, "more")));
  without = list_more (fixture);
  g_assert_cmpstr (without, ==, REMIND);
  rd_mock_agent_add_ability (account, "send");
  rd_test_await (rd_model_any_can (fixture->model, "send"));
  with = list_more (fixture);
  g_assert_cmpstr (with, ==,
                   "Can’t talk now,I’ll call you in 10 minutes,Please write to me,Not on the 3__rd,_Other Message…,"
                   REMIND);
  g_settings_reset (settings, "decline-texts");

  gtk_widget_activate_action (GTK_WIDGET (get_card (fixture, 0)), "call.decline-with", "s", "Can’t talk now");
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "Decline") == 1);
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->mock, "Decline"), ==, "({'message': <'Can’t talk now'>},)");
  gtk_widget_activate_action (GTK_WIDGET (get_card (fixture, 0)), "call.remind", "u", 10);
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "Remind") == 1);
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->mock, "Remind"), ==, "(10,)");
  rd_test_await (rd_find_label (GTK_WIDGET (fixture->window), "You will be reminded in 10 minutes.") != NULL);
}

/* All of a user's own texts that there can be are offered. */
static void
test_own_texts (RdWindowFixture *fixture, gconstpointer data)
{
  RdDBusAccount1 *account = rd_mock_agent_add_account (fixture->mock, "crm", "Work");
  g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *items = NULL;
  GSettings *settings;
  guint i;

  for (i = 1; i <= RD_TEXT_DECLINE_OWN_MAX + 1; i++)
    g_ptr_array_add (own, g_strdup_printf ("Own %u", i));
  g_ptr_array_add (own, NULL);
  rd_mock_agent_add_ability (account, "send");
  rd_mock_agent_add_call (fixture->mock, "1", "ringing-in", "Ada");
  rd_window_fixture_show (fixture);
  settings = rd_window_get_settings (fixture->window);
  g_settings_set_strv (settings, "decline-texts", (const char *const *) own->pdata);
  items = list_more (fixture);
  g_settings_reset (settings, "decline-texts");
  g_assert_nonnull (strstr (items, ",Own 11,"));
  g_assert_nonnull (strstr (items, ",Own 20,_Other Message…,"));
}

static void
test_decline_other (RdWindowFixture *fixture, gconstpointer data)
{
  RdDBusCall1 *call = rd_mock_agent_add_call (fixture->mock, "1", "ringing-in", "<b>Ada");
  g_auto (GStrv) kept = NULL;
  GtkWidget *dialog, *decline;

  rd_window_fixture_show (fixture);
  gtk_widget_activate_action (GTK_WIDGET (get_card (fixture, 0)), "call.decline-other", NULL);
  dialog = rd_find_window (RD_TYPE_DECLINE_DIALOG);
  decline = rd_find_child (dialog, RD_TYPE_DECLINE_DIALOG, "decline");
  g_assert_nonnull (rd_find_label (dialog, "Decline <b>Ada"));
  gtk_editable_set_text (GTK_EDITABLE (rd_find_child (dialog, RD_TYPE_DECLINE_DIALOG, "text")), "   ");
  g_assert_false (gtk_widget_get_sensitive (decline));
  gtk_editable_set_text (GTK_EDITABLE (rd_find_child (dialog, RD_TYPE_DECLINE_DIALOG, "text")), " On a train ");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (rd_find_child (dialog, RD_TYPE_DECLINE_DIALOG, "keep")), TRUE);
  g_signal_emit_by_name (decline, "clicked");
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "Decline") == 1);
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->mock, "Decline"), ==, "({'message': <'On a train'>},)");
  kept = g_settings_get_strv (rd_window_get_settings (fixture->window), "decline-texts");
  g_assert_cmpuint (g_strv_length (kept), ==, 1);
  g_assert_cmpstr (kept[0], ==, "On a train");
  g_settings_reset (rd_window_get_settings (fixture->window), "decline-texts");
  rd_test_await (rd_find_window (RD_TYPE_DECLINE_DIALOG) == NULL);

  /* the caller hangs up while one writes */
  gtk_widget_activate_action (GTK_WIDGET (get_card (fixture, 0)), "call.decline-other", NULL);
  g_assert_nonnull (rd_find_window (RD_TYPE_DECLINE_DIALOG));
  rd_dbus_call1_set_state (call, "missed");
  rd_test_await (rd_find_window (RD_TYPE_DECLINE_DIALOG) == NULL);
}

static void
test_failed_answer (RdWindowFixture *fixture, gconstpointer data)
{
  const char *sentence = "The site did not answer.";

  rd_mock_agent_add_call (fixture->mock, "1", "ringing-in", "Ada");
  rd_mock_agent_set_failure (fixture->mock, "Answer", sentence);
  rd_window_fixture_show (fixture);
  click (get_card (fixture, 0), "answer");
  rd_test_await (g_strcmp0 (get_text (get_card (fixture, 0), "problem"), sentence) == 0);
  g_assert_true (gtk_widget_get_visible (rd_find_child (get_card (fixture, 0), RD_TYPE_CALL_CARD, "problem")));
  rd_mock_agent_set_failure (fixture->mock, "Answer", NULL);
  click (get_card (fixture, 0), "answer");
  g_assert_false (gtk_widget_get_visible (rd_find_child (get_card (fixture, 0), RD_TYPE_CALL_CARD, "problem")));
}

static void
test_busy (RdWindowFixture *fixture, gconstpointer data)
{
  RdDBusCall1 *call = rd_mock_agent_add_call (fixture->mock, "1", "ringing-in", "Ada");

  rd_dbus_call1_set_busy (call, "answering");
  rd_window_fixture_show (fixture);
  assert_card (get_card (fixture, 0), "Answering…", "_Silence");
  rd_dbus_call1_set_busy (call, "");
  rd_dbus_call1_set_silenced (call, TRUE);
  rd_test_await (g_strcmp0 (get_text (get_card (fixture, 0), "state"), "Incoming call") == 0);
  assert_card (get_card (fixture, 0), "Incoming call", "_Answer,_Decline");
}

static void
test_declined_is_cleared (RdWindowFixture *fixture, gconstpointer data)
{
  RdDBusCall1 *call = rd_mock_agent_add_call (fixture->mock, "1", "ringing-out", "Ada");

  rd_window_fixture_show (fixture);
  rd_model_set_linger (fixture->model, 1);
  rd_dbus_call1_set_end_reason (call, "declined-by-peer");
  rd_dbus_call1_set_state (call, "declined");
  rd_test_await (get_card (fixture, 0) == NULL);
  g_assert_false (gtk_widget_get_visible (rd_find_child (fixture->window, RD_TYPE_WINDOW, "cards")));
}

/* The object goes before its last state was told: CallLogged still says what became of the call. */
static void
test_end_by_log (RdWindowFixture *fixture, gconstpointer data)
{
  rd_mock_agent_add_call (fixture->mock, "1", "ringing-in", "Ada");
  rd_window_fixture_show (fixture);
  rd_model_set_linger (fixture->model, 60000);
  rd_mock_agent_remove_call (fixture->mock, "1");
  rd_dbus_agent1_emit_call_logged (
    rd_mock_agent_get_agent (fixture->mock),
    g_variant_new_parsed ("{'id': <'1'>, 'account': <'crm'>, 'direction': <'in'>, 'state': <'missed'>, "
                          "'reason': <'no-answer'>, 'peer-name': <'Ada'>}"));
  rd_test_await (g_strcmp0 (get_text (get_card (fixture, 0), "state"), "Missed call") == 0);
}

static void
test_two_calls (RdWindowFixture *fixture, gconstpointer data)
{
  rd_mock_agent_add_call (fixture->mock, "1", "active", "Ada");
  rd_window_fixture_show (fixture);
  rd_mock_agent_add_call (fixture->mock, "2", "ringing-in", "Grace");
  rd_test_await (get_card (fixture, 1) != NULL);
  g_assert_cmpstr (get_text (get_card (fixture, 0), "name"), ==, "Grace");
  g_assert_cmpstr (get_text (get_card (fixture, 1), "name"), ==, "Ada");
  rd_mock_agent_add_call (fixture->mock, "3", "ringing-out", "Katherine");
  rd_test_await (get_card (fixture, 2) != NULL);
  /* what rings stays on top */
  g_assert_cmpstr (get_text (get_card (fixture, 0), "name"), ==, "Grace");
  g_assert_cmpstr (get_text (get_card (fixture, 1), "name"), ==, "Katherine");
  rd_model_set_linger (fixture->model, 0);
  rd_mock_agent_remove_call (fixture->mock, "3");
  rd_mock_agent_remove_call (fixture->mock, "1");
  rd_test_await (get_card (fixture, 1) == NULL);
  g_assert_cmpstr (get_text (get_card (fixture, 0), "name"), ==, "Grace");
}

static void
test_hostile_name (RdWindowFixture *fixture, gconstpointer data)
{
  g_autofree char *fill = g_strnfill (300, 'W');
  g_autofree char *name = g_strdup_printf ("<b>&amp;</b>\u202e\u0627%s", fill);
  int minimum;

  rd_mock_agent_add_call (fixture->mock, "1", "declined", name);
  rd_window_fixture_show (fixture);
  g_assert_true (g_str_has_prefix (get_text (get_card (fixture, 0), "name"), "<b>&amp;</b>"));
  g_assert_null (strstr (get_text (get_card (fixture, 0), "name"), "\u202e"));
  gtk_widget_measure (GTK_WIDGET (get_card (fixture, 0)), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 336);
}

/* "Answer" and the others are longer words elsewhere: they stand one below the other then, and whole. */
static void
test_long_labels (RdWindowFixture *fixture, gconstpointer data)
{
  const char *const ids[] = { "answer", "decline", "silence" };
  GtkWidget *card;
  int minimum, row, column;
  gsize i;

  rd_mock_agent_add_call (fixture->mock, "1", "ringing-in", "Ada");
  rd_window_fixture_show (fixture);
  card = GTK_WIDGET (get_card (fixture, 0));
  gtk_widget_measure (card, GTK_ORIENTATION_VERTICAL, 336, &row, NULL, NULL, NULL);
  for (i = 0; i < G_N_ELEMENTS (ids); i++)
    gtk_button_set_label (GTK_BUTTON (rd_find_child (card, RD_TYPE_CALL_CARD, ids[i])), "_Entgegennehmen bitte");
  gtk_widget_measure (card, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 336);
  gtk_widget_measure (card, GTK_ORIENTATION_VERTICAL, 336, &column, NULL, NULL, NULL);
  g_assert_cmpint (column, >, row + 60);
  gtk_widget_measure (card, GTK_ORIENTATION_VERTICAL, 900, &column, NULL, NULL, NULL);
  g_assert_cmpint (column, ==, row);
}

/* The room is on a host that the account does not trust: the user is asked, by its exact name. */
static void
test_untrusted_room (RdWindowFixture *fixture, gconstpointer data)
{
  RdDBusCall1 *call = rd_mock_agent_add_call (fixture->mock, "1", "active", "Ada");
  GtkWidget *dialog;

  rd_mock_agent_add_account (fixture->mock, "crm", "Work");
  rd_dbus_call1_set_room_problem (
    call, g_variant_new_parsed ("{'code': <'room-untrusted'>, 'host': <'rooms.example.org:8443'>, 'where': <'room'>}"));
  rd_window_fixture_show (fixture);
  rd_test_await (gtk_widget_get_visible (rd_find_child (get_card (fixture, 0), RD_TYPE_CALL_CARD, "problem")));
  g_assert_nonnull (strstr (get_text (get_card (fixture, 0), "problem"), "rooms.example.org:8443"));
  assert_card (get_card (fixture, 0), "Active", "_Hang Up,_Trust Host…");

  click (get_card (fixture, 0), "trust");
  dialog = rd_find_window (RD_TYPE_CONFIRM_DIALOG);
  g_assert_true (
      g_str_has_prefix (gtk_label_get_text (GTK_LABEL (rd_find_child (dialog, RD_TYPE_CONFIRM_DIALOG, "body"))),
                        "rooms.example.org:8443\n"));
  g_assert_cmpuint (rd_mock_agent_get_count (fixture->mock, "TrustRoomHost"), ==, 0);
  g_signal_emit_by_name (rd_find_child (dialog, RD_TYPE_CONFIRM_DIALOG, "confirm"), "clicked");
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "OpenRoom") == 1);
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->mock, "TrustRoomHost"), ==, "('rooms.example.org:8443',)");

  rd_dbus_call1_set_room_problem (call, g_variant_new_parsed ("@a{sv} {}"));
  rd_test_await (!gtk_widget_get_visible (rd_find_child (get_card (fixture, 0), RD_TYPE_CALL_CARD, "problem")));
  assert_card (get_card (fixture, 0), "Active", "_Hang Up,_Open Room Again");
}

/* What failed after a click on the notification stands in the card, until the call goes on. */
static void
test_notice_in_card (RdWindowFixture *fixture, gconstpointer data)
{
  RdDBusCall1 *call = rd_mock_agent_add_call (fixture->mock, "1", "ringing-in", "Ada");
  GtkWidget *problem;

  rd_window_fixture_show (fixture);
  problem = rd_find_child (get_card (fixture, 0), RD_TYPE_CALL_CARD, "problem");
  g_assert_false (gtk_widget_get_visible (problem));
  rd_dbus_agent1_emit_notice (rd_mock_agent_get_agent (fixture->mock),
                              g_variant_new_parsed ("{'severity': <'error'>, 'account': <'crm'>, 'call': <'1'>, "
                                                    "'code': <'site-error'>, 'host': <'crm.example.com'>}"));
  rd_test_await (gtk_widget_get_visible (problem));
  g_assert_nonnull (strstr (get_text (get_card (fixture, 0), "problem"), "crm.example.com"));
  rd_dbus_call1_set_state (call, "active");
  rd_test_await (!gtk_widget_get_visible (problem));
}

static gint64 now;

static gint64
get_now (void)
{
  return now;
}

static void
test_key_guard (void)
{
  GtkWidget *window = gtk_window_new ();
  g_autoptr (RdKeyGuard) guard = rd_key_guard_new (window, get_now);
  const guint space = 65, enter = 36;

  now = 1000 * G_TIME_SPAN_MILLISECOND;
  g_assert_false (rd_key_guard_pressed (guard, space));
  rd_key_guard_arm (guard);
  g_assert_true (rd_key_guard_pressed (guard, space));
  now += 699 * G_TIME_SPAN_MILLISECOND;
  g_assert_true (rd_key_guard_pressed (guard, enter));
  rd_key_guard_released (guard, enter);
  now += 1 * G_TIME_SPAN_MILLISECOND;
  /* the Space that was held down all the time repeats: still nothing */
  g_assert_true (rd_key_guard_pressed (guard, space));
  g_assert_false (rd_key_guard_pressed (guard, enter));
  rd_key_guard_released (guard, space);
  g_assert_false (rd_key_guard_pressed (guard, space));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The window's own controller, as keys come through it. */
static gboolean
press (GtkWidget *window, guint keyval, guint keycode)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);
  gboolean stopped = FALSE;
  guint i;

  for (i = 0; i < g_list_model_get_n_items (controllers) && !stopped; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) &&
          gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", keyval, keycode, 0, &stopped);
    }
  return stopped;
}

static void
test_keys_after_call (RdWindowFixture *fixture, gconstpointer data)
{
  GtkWindow *window;

  now = G_USEC_PER_SEC;
  fixture->model = rd_model_new (fixture->connection, RD_FIXTURE_BUS_NAME);
  window = rd_window_new (GTK_APPLICATION (fixture->application), fixture->model, get_now);
  fixture->window = RD_WINDOW (window);
  gtk_window_present (window);
  rd_test_await (rd_model_get_state (fixture->model) == RD_MODEL_RUNNING);
  g_assert_false (press (GTK_WIDGET (window), GDK_KEY_space, 65));

  rd_mock_agent_add_call (fixture->mock, "1", "ringing-in", "Ada");
  rd_test_await (get_card (fixture, 0) != NULL);
  g_assert_true (press (GTK_WIDGET (window), GDK_KEY_space, 65));
  g_assert_true (press (GTK_WIDGET (window), GDK_KEY_Return, 36));
  now += RD_KEY_GUARD_TIME;
  g_assert_false (press (GTK_WIDGET (window), GDK_KEY_d, 40));

  /* and again when the window is shown for it */
  rd_window_show_for_call (fixture->window);
  g_assert_true (press (GTK_WIDGET (window), GDK_KEY_d, 41));
  g_assert_cmpuint (rd_mock_agent_get_count (fixture->mock, "Decline"), ==, 0);
}

/* Whoever was typing goes on typing: a card takes no focus. */
static void
test_focus_stays (RdWindowFixture *fixture, gconstpointer data)
{
  GtkWidget *focus;

  rd_window_fixture_show (fixture);
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  rd_mock_agent_add_call (fixture->mock, "1", "ringing-in", "Ada");
  rd_test_await (get_card (fixture, 0) != NULL);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == focus);
}

#define ADD(path, func, data) \
  g_test_add (path, RdWindowFixture, data, rd_window_fixture_set_up, func, rd_window_fixture_tear_down)

int
main (int argc, char **argv)
{
  gsize i;

  rd_window_fixture_init (&argc, &argv);
  for (i = 0; i < G_N_ELEMENTS (state_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/window/card/state/%s", state_cases[i].state);

      ADD (path, test_states, &state_cases[i]);
    }
  for (i = 0; i < 3; i++)
    {
      g_autofree char *path = g_strdup_printf ("/window/card/moves-from/%s", state_cases[i].state);

      ADD (path, test_transition, &state_cases[i]);
    }
  ADD ("/window/card/requests", test_requests, NULL);
  ADD ("/window/card/more", test_more, NULL);
  ADD ("/window/card/own-texts", test_own_texts, NULL);
  ADD ("/window/card/decline-other", test_decline_other, NULL);
  ADD ("/window/card/failed-answer", test_failed_answer, NULL);
  ADD ("/window/card/only-shown", test_only_shown, NULL);
  ADD ("/window/card/busy", test_busy, NULL);
  ADD ("/window/card/declined-is-cleared", test_declined_is_cleared, NULL);
  ADD ("/window/card/end-by-log", test_end_by_log, NULL);
  ADD ("/window/card/two-calls", test_two_calls, NULL);
  ADD ("/window/card/hostile-name", test_hostile_name, NULL);
  ADD ("/window/card/long-labels", test_long_labels, NULL);
  ADD ("/window/card/untrusted-room", test_untrusted_room, NULL);
  ADD ("/window/card/notice", test_notice_in_card, NULL);
  g_test_add_func ("/window/key-guard", test_key_guard);
  ADD ("/window/keys-after-call", test_keys_after_call, NULL);
  ADD ("/window/focus-stays", test_focus_stays, NULL);
  return g_test_run ();
}
