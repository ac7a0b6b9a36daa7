/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "rd-confirm-dialog.h"
#include "rd-conversation-row.h"
#include "rd-conversation-view.h"
#include "rd-message-entry.h"
#include "rd-message-pane.h"
#include "rd-message-row.h"
#include "rd-message-text.h"
#include "rd-messages-page.h"
#include "talk-fixture.h"

/* The page of messages around its conversations. */

static void
test_list (TalkFixture *fixture, gconstpointer data)
{
  GtkWidget *row, *unread;

  rd_mock_messages_fill (fixture->messages, 12);
  rd_mock_people_fill (fixture->people, 6);
  talk_show (fixture);
  rd_test_await (talk_count_conversations (fixture) == 12);
  rd_test_await (rd_messages_page_get_unread (talk_page_of (fixture)) == 123);
  row = talk_find_row (talk_child_of (fixture, "view"), RD_TYPE_CONVERSATION_ROW, "Ada Lovelace");
  g_assert_nonnull (row);
  unread = rd_find_child (row, RD_TYPE_CONVERSATION_ROW, "unread");
  g_assert_true (gtk_widget_get_visible (unread));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (unread)), ==, "3");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Ada Lovelace, 3 unread");
  row = talk_find_row (talk_child_of (fixture, "view"), RD_TYPE_CONVERSATION_ROW, "Alan Turing");
  g_assert_nonnull (rd_find_label (row, "99+"));
  /* who is there: asked for those that are shown, with one question */
  rd_test_await (talk_count_calls (fixture, "GetPeople") == 1);
  rd_test_await (gtk_widget_get_visible (rd_find_child (row, RD_TYPE_CONVERSATION_ROW, "status")));
  /* what was sent says so */
  row = talk_find_row (talk_child_of (fixture, "view"), RD_TYPE_CONVERSATION_ROW, "Grace Hopper");
  g_assert_nonnull (rd_find_label (row, "You: It’s easier to ask forgiveness than it is to get permission."));

  rd_mock_messages_change (fixture->messages,
                           "{'id': <'c7'>, 'name': <'Seven'>, 'text': <'news'>, 'unread': <uint32 1>, 'at': <int64 "
                           "253402300799000000>}",
                           TRUE);
  rd_test_await (talk_find_row (talk_child_of (fixture, "view"), RD_TYPE_CONVERSATION_ROW, "Seven") != NULL);
}

static void
test_search (TalkFixture *fixture, gconstpointer data)
{
  rd_mock_messages_fill (fixture->messages, 200);
  talk_show (fixture);
  rd_test_await (talk_count_conversations (fixture) == 50);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window.window), "win.search", NULL);
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window.window)),
                                         talk_child_of (fixture, "search")));
  gtk_editable_set_text (talk_child_of (fixture, "search"), "lovelace 16");
  rd_test_await (talk_count_conversations (fixture) == 3);
  gtk_editable_set_text (talk_child_of (fixture, "search"), "nobody at all");
  rd_test_await (strcmp (talk_stack_page (talk_child_of (fixture, "list_stack")), "none") == 0);
  g_signal_emit_by_name (talk_child_of (fixture, "search"), "stop-search");
  rd_test_await (talk_count_conversations (fixture) == 50);
}

/* A list that could not be had is not an empty one. */
static void
test_failure (TalkFixture *fixture, gconstpointer data)
{
  const char *sentence = "crm.example.com answered with an error (500).";

  rd_mock_messages_fill (fixture->messages, 10);
  rd_mock_messages_fill_messages (fixture->messages, "c0", 10);
  rd_mock_agent_set_failure (fixture->window.mock, "ListConversations", sentence);
  rd_mock_agent_set_failure (fixture->window.mock, "ListMessages", sentence);
  talk_show (fixture);
  g_assert_cmpstr (talk_stack_page (talk_child_of (fixture, "list_stack")), ==, "failed");
  g_assert_nonnull (rd_find_label (talk_child_of (fixture, "list_stack"), sentence));
  rd_mock_agent_set_failure (fixture->window.mock, "ListConversations", NULL);
  g_signal_emit_by_name (rd_find_button (talk_child_of (fixture, "list_stack"), "Try _Again"), "clicked");
  rd_test_await (talk_count_conversations (fixture) == 10);
  g_assert_cmpstr (talk_stack_page (talk_child_of (fixture, "list_stack")), ==, "list");

  talk_open_conversation (fixture, "c0");
  rd_test_await (strcmp (talk_stack_page (talk_pane_child (fixture, "stack")), "failed") == 0);
  rd_mock_agent_set_failure (fixture->window.mock, "ListMessages", NULL);
  g_signal_emit_by_name (rd_find_button (talk_pane_child (fixture, "stack"), "Try _Again"), "clicked");
  rd_test_await (talk_count_messages (fixture) == 10);
}

static void
test_empty (TalkFixture *fixture, gconstpointer data)
{
  talk_show (fixture);
  g_assert_cmpstr (talk_stack_page (talk_child_of (fixture, "list_stack")), ==, "empty");
  talk_open_conversation (fixture, "with-9");
  rd_test_await (strcmp (talk_stack_page (talk_pane_child (fixture, "stack")), "empty") == 0);
}

static void
test_accounts (TalkFixture *fixture, gconstpointer data)
{
  RdDBusAccount1 *second;
  g_autoptr (RdMockMessages) messages = NULL;
  GtkWidget *row;

  rd_mock_messages_fill (fixture->messages, 3);
  talk_show (fixture);
  rd_test_await (talk_count_conversations (fixture) == 3);
  row = rd_find_type (talk_child_of (fixture, "view"), RD_TYPE_CONVERSATION_ROW, 0);
  g_assert_false (gtk_widget_get_visible (rd_find_child (row, RD_TYPE_CONVERSATION_ROW, "account")));

  second = rd_mock_agent_add_account (fixture->window.mock, "sms", "Texts");
  rd_dbus_account1_set_colour (second, "#e66100");
  messages = rd_mock_messages_new (fixture->window.mock, second);
  rd_mock_messages_fill (messages, 1);
  rd_dbus_messages1_emit_conversations_reset (rd_mock_messages_get_skeleton (messages));
  rd_test_await (talk_count_conversations (fixture) == 4);
  rd_test_await (talk_find_row (talk_child_of (fixture, "view"), RD_TYPE_CONVERSATION_ROW, "Texts") != NULL);
  row = talk_find_row (talk_child_of (fixture, "view"), RD_TYPE_CONVERSATION_ROW, "Texts");
  g_assert_true (gtk_widget_get_visible (rd_find_child (row, RD_TYPE_CONVERSATION_ROW, "colour")));
  rd_test_await (talk_find_row (talk_child_of (fixture, "view"), RD_TYPE_CONVERSATION_ROW, "Work") != NULL);
  rd_dbus_account1_set_name (second, "Mobile");
  rd_test_await (talk_find_row (talk_child_of (fixture, "view"), RD_TYPE_CONVERSATION_ROW, "Mobile") != NULL);

  rd_window_show_conversation (fixture->window.window, "sms", "c0");
  rd_test_await (gtk_widget_get_mapped (talk_view_child (fixture, "account")));
  g_assert_nonnull (rd_find_label (talk_view_child (fixture, "account"), "Mobile"));
  /* the account goes, and what is open of it */
  rd_mock_agent_remove_account (fixture->window.mock, "sms");
  rd_test_await (strcmp (talk_stack_page (talk_child_of (fixture, "content_stack")), "nothing") == 0);
  rd_test_await (talk_count_conversations (fixture) == 3);
}

/* Asked for before anything is known, and while another one is open. */
static void
test_open (TalkFixture *fixture, gconstpointer data)
{
  GtkLabel *name;

  rd_mock_messages_fill (fixture->messages, 200);
  fixture->window.model = rd_model_new (fixture->window.connection, RD_FIXTURE_BUS_NAME);
  fixture->window.window =
      RD_WINDOW (rd_window_new (GTK_APPLICATION (fixture->window.application), fixture->window.model, NULL));
  rd_window_show_conversation (fixture->window.window, "crm", "c1");
  gtk_window_present (GTK_WINDOW (fixture->window.window));
  rd_test_await (gtk_widget_get_mapped (talk_child_of (fixture, "conversation")));
  name = talk_view_child (fixture, "name");
  rd_test_await (strcmp (gtk_label_get_text (name), "Grace Hopper") == 0);
  rd_test_await (talk_was_asked (fixture, "ListMessages", "'c1'"));
  rd_window_show_conversation (fixture->window.window, "crm", "c150");
  rd_test_await (strcmp (gtk_label_get_text (name), "Hedy Lamarr 150") == 0);
  /* one that no list has */
  rd_window_show_conversation (fixture->window.window, "crm", "nowhere");
  rd_test_await (talk_was_asked (fixture, "ListMessages", "'nowhere'"));
  /* Escape leads back to the list, where there is room for one of them only */
  g_assert_true (rd_messages_page_go_back (talk_page_of (fixture)));
  rd_test_await (!gtk_widget_get_mapped (talk_child_of (fixture, "conversation")));
}

/* In the window, who looks at a conversation is not told what comes in there. */
static void
test_toast (TalkFixture *fixture, gconstpointer data)
{
  RdDBusAgent1 *agent = rd_mock_agent_get_agent (fixture->window.mock);
  GtkWidget *toasts;

  rd_mock_messages_fill (fixture->messages, 3);
  talk_show (fixture);
  toasts = rd_find_child (fixture->window.window, RD_TYPE_WINDOW, "toasts");
  talk_open_conversation (fixture, "c0");
  rd_test_await (gtk_window_is_active (GTK_WINDOW (fixture->window.window)));
  rd_dbus_agent1_emit_message_received (
      agent,
      g_variant_new_parsed ("{'account': <'crm'>, 'conversation': <'c0'>, 'sender-name': <'Ada'>, 'text': <'1'>}"));
  rd_dbus_agent1_emit_message_received (
      agent,
      g_variant_new_parsed ("{'account': <'crm'>, 'conversation': <'c2'>, 'sender-name': <'Eve'>, 'text': <'2'>}"));
  rd_test_await (rd_find_label (toasts, "Eve: 2") != NULL);
  g_assert_null (rd_find_label (toasts, "Ada: 1"));
  g_signal_emit_by_name (rd_find_button (toasts, "_Show"), "clicked");
  rd_test_await (strcmp (gtk_label_get_text (talk_view_child (fixture, "name")), "Katherine Johnson") == 0);
}

static void
test_hostile (TalkFixture *fixture, gconstpointer data)
{
  g_autofree char *name = g_strnfill (300, 'W');
  g_autofree char *text = g_strnfill (5000, 'y');
  g_autofree char *conversation = NULL;
  g_autofree char *message = NULL;
  int minimum;

  conversation = g_strdup_printf ("{'id': <'c0'>, 'name': <'<b>&amp;</b>\u202e\u2066%s'>, 'text': <'<i>%s'>, 'at': "
                                  "<int64 1200000000000000000>, 'unread': <uint32 4294967295>}",
                                  name, text);
  message = g_strdup_printf ("{'id': <'m'>, 'conversation': <'c0'>, 'sender-name': <'%s'>, 'title': <'<u>%s'>, "
                             "'text': <'%s'>, 'at': <int64 9223372036854775807>}",
                             name, name, text);
  rd_mock_messages_change (fixture->messages, conversation, TRUE);
  rd_mock_messages_say (fixture->messages, message);
  rd_mock_messages_say (fixture->messages, "{'id': <'n'>, 'conversation': <'c0'>, 'text': <'<b>bold</b> & <a "
                                           "href=\"file:///etc/passwd\">x</a>'>, 'at': <int64 -5>}");
  rd_mock_messages_say (fixture->messages, "{'id': <uint32 7>, 'conversation': <'c0'>, 'text': <true>}");
  talk_show (fixture);
  gtk_widget_measure (GTK_WIDGET (fixture->window.window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  talk_open_conversation (fixture, "c0");
  rd_test_await (talk_count_messages (fixture) >= 2);
  rd_test_await (talk_find_message (fixture, "<b>bold</b> & <a href=\"file:///etc/passwd\">x</a>") != NULL);
  g_assert_true (g_str_has_prefix (gtk_label_get_text (talk_view_child (fixture, "name")), "<b>&amp;</b>W"));
  gtk_widget_measure (GTK_WIDGET (fixture->window.window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

typedef struct
{
  guint conversations, people, messages, items, rows, message_items, message_rows;
} Cost;

static Cost
measure (TalkFixture *fixture, guint conversations, guint people, guint messages)
{
  Cost cost;

  rd_mock_messages_fill (fixture->messages, conversations);
  rd_mock_messages_fill_messages (fixture->messages, "c0", messages);
  rd_mock_people_fill (fixture->people, people);
  talk_show (fixture);
  rd_test_await (talk_count_conversations (fixture) >= MIN (conversations, 50));
  talk_open_conversation (fixture, "c0");
  rd_test_await (talk_count_messages (fixture) > 0);
  talk_await_still (fixture);
  cost.conversations = talk_count_calls (fixture, "ListConversations");
  cost.people = talk_count_calls (fixture, "ListPeople") + talk_count_calls (fixture, "GetPeople");
  cost.messages = talk_count_calls (fixture, "ListMessages");
  cost.items = talk_count_conversations (fixture);
  cost.rows = rd_count_type (talk_child_of (fixture, "view"), RD_TYPE_CONVERSATION_ROW);
  cost.message_items = talk_count_messages (fixture);
  cost.message_rows = rd_count_type (talk_pane_child (fixture, "view"), RD_TYPE_MESSAGE_ROW);
  return cost;
}

/* With a site full of everything the window asks as much as with a page of it. */
static void
test_scale (TalkFixture *fixture, gconstpointer data)
{
  Cost small = measure (fixture, 100, 100, 200);
  Cost large;

  talk_tear_down (fixture, NULL);
  memset (fixture, 0, sizeof *fixture);
  talk_set_up (fixture, NULL);
  large = measure (fixture, 10000, 10000, 100000);
  g_assert_cmpuint (large.conversations, ==, small.conversations);
  g_assert_cmpuint (large.conversations, <=, 2);
  /* Whose they are is asked for once or twice, as the rows come in. */
  g_assert_cmpuint (small.people, <=, 3);
  g_assert_cmpuint (large.people, <=, 3);
  g_assert_cmpuint (large.messages, ==, small.messages);
  g_assert_cmpuint (large.items, ==, small.items);
  g_assert_cmpuint (large.items, <=, 110);
  g_assert_cmpuint (large.rows, ==, small.rows);
  g_assert_cmpuint (large.rows, <=, 250);
  g_assert_cmpuint (large.message_items, ==, small.message_items);
  g_assert_cmpuint (large.message_items, <=, 120);
  g_assert_cmpuint (large.message_rows, <=, 250);
}

#define ADD(path, func) g_test_add (path, TalkFixture, NULL, talk_set_up, func, talk_tear_down)

int
main (int argc, char **argv)
{
  rd_window_fixture_fake_session ();
  rd_window_fixture_init (&argc, &argv);
  ADD ("/window/messages/list", test_list);
  ADD ("/window/messages/search", test_search);
  ADD ("/window/messages/failure", test_failure);
  ADD ("/window/messages/empty", test_empty);
  ADD ("/window/messages/accounts", test_accounts);
  ADD ("/window/messages/open", test_open);
  ADD ("/window/messages/toast", test_toast);
  ADD ("/window/messages/hostile", test_hostile);
  ADD ("/window/messages/scale", test_scale);
  return rd_window_fixture_run ();
}
