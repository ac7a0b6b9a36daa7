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

/* A conversation, as people use it. */

/* Where a message stands on the screen, from the top of what is scrolled. */
static double
top_of (TalkFixture *fixture, GtkWidget *row)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (row, talk_pane_child (fixture, "scroller"), &bounds));
  return bounds.origin.y;
}

/* Older pages come in above while one scrolls, and what one reads stays where it is. */
static void
test_history (TalkFixture *fixture, gconstpointer data)
{
  GtkAdjustment *adjustment;
  GtkWidget *row;
  guint n, pages;
  double top;

  rd_mock_messages_fill (fixture->messages, 3);
  rd_mock_messages_fill_messages (fixture->messages, "c0", 600);
  talk_show (fixture);
  talk_open_conversation (fixture, "c0");
  rd_test_await (talk_count_messages (fixture) > 0);
  adjustment = gtk_scrolled_window_get_vadjustment (talk_pane_child (fixture, "scroller"));
  /* at the newest */
  rd_test_await (gtk_adjustment_get_value (adjustment) > 300 &&
                 gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) + 2 >=
                     gtk_adjustment_get_upper (adjustment));
  talk_await_still (fixture);
  g_assert_false (gtk_widget_get_visible (talk_pane_child (fixture, "newest")));
  for (pages = 0; pages < 3; pages++)
    {
      n = talk_count_messages (fixture);
      gtk_adjustment_set_value (adjustment, 300);
      talk_await_still (fixture);
      row = rd_find_type (talk_pane_child (fixture, "view"), RD_TYPE_MESSAGE_ROW, 0);
      for (guint i = 0; row != NULL && (!gtk_widget_get_mapped (row) || top_of (fixture, row) < 0 ||
                                        top_of (fixture, row) > gtk_adjustment_get_page_size (adjustment) - 40);
           i++)
        row = rd_find_type (talk_pane_child (fixture, "view"), RD_TYPE_MESSAGE_ROW, i);
      g_assert_nonnull (row);
      top = top_of (fixture, row);
      rd_test_await (talk_count_messages (fixture) > n);
      talk_await_still (fixture);
      g_assert_cmpfloat_with_epsilon (top_of (fixture, row), top, 1);
    }
  /* one reads further up: what is new does not pull one down */
  g_assert_true (gtk_widget_get_visible (talk_pane_child (fixture, "newest")));
  rd_mock_messages_say (fixture->messages, "{'id': <'new'>, 'conversation': <'c0'>, 'text': <'Are you there?'>, 'at': "
                                           "<int64 253402300799000000>, 'ours': <false>}");
  talk_await_still (fixture);
  g_assert_null (talk_find_message (fixture, "Are you there?"));
  g_signal_emit_by_name (talk_pane_child (fixture, "newest"), "clicked");
  rd_test_await (talk_find_message (fixture, "Are you there?") != NULL);
}

/* A message far back that changes is no reason to forget those between. */
static void
test_old_changes (TalkFixture *fixture, gconstpointer data)
{
  guint n;

  rd_mock_messages_fill (fixture->messages, 3);
  rd_mock_messages_fill_messages (fixture->messages, "c0", 600);
  talk_show (fixture);
  talk_open_conversation (fixture, "c0");
  rd_test_await (talk_count_messages (fixture) >= 40);
  talk_await_still (fixture);
  n = talk_count_messages (fixture);
  rd_mock_messages_say (fixture->messages, "{'id': <'m3'>, 'conversation': <'c0'>, 'text': <'old'>, 'at': <int64 5>, "
                                           "'ours': <true>, 'state': <'read'>}");
  rd_mock_messages_say (fixture->messages, "{'id': <'m599'>, 'conversation': <'c0'>, 'text': <'changed'>, 'at': "
                                           "<int64 253402300799000000>, 'ours': <false>}");
  rd_test_await (talk_find_message (fixture, "changed") != NULL);
  g_assert_cmpuint (talk_count_messages (fixture), ==, n);
}

static void
test_send (TalkFixture *fixture, gconstpointer data)
{
  GtkWidget *view;
  g_autofree char *written = NULL;

  rd_mock_messages_fill (fixture->messages, 3);
  talk_show (fixture);
  talk_open_conversation (fixture, "c0");
  view = talk_entry_child (fixture, "view");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, "Message to Ada Lovelace");
  g_assert_false (gtk_widget_get_sensitive (talk_entry_child (fixture, "send")));
  talk_write_text (fixture, "  \n ");
  g_assert_false (gtk_widget_get_sensitive (talk_entry_child (fixture, "send")));
  talk_write_text (fixture, " Hello,\nAda 👩🏽‍🚀 ");
  rd_test_await (talk_count_calls (fixture, "SetTyping") > 0);
  /* Shift and Enter is the text view's own business */
  g_assert_false (talk_press (view, GDK_KEY_Return, GDK_SHIFT_MASK));
  g_assert_true (talk_press (view, GDK_KEY_Return, 0));
  rd_test_await (talk_count_calls (fixture, "Send") == 1);
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->window.mock, "Send"), ==,
                   "('c0', 'Hello,\\nAda 👩🏽\\u200d🚀')");
  written = talk_dup_written (fixture);
  g_assert_cmpstr (written, ==, "");
  rd_test_await (talk_find_message (fixture, "Hello,\nAda 👩🏽‍🚀") != NULL);
  rd_test_await (rd_find_label (talk_find_message (fixture, "Hello,\nAda 👩🏽‍🚀"), "Sent") != NULL);
  g_assert_cmpuint (talk_count_messages (fixture), ==, 1);
  rd_test_await (g_strcmp0 (rd_mock_agent_get_arguments (fixture->window.mock, "SetTyping"), "('c0', false)") == 0);
}

static void
test_send_failed (TalkFixture *fixture, gconstpointer data)
{
  GtkWidget *row;

  rd_mock_messages_fill (fixture->messages, 3);
  talk_show (fixture);
  talk_open_conversation (fixture, "c0");
  rd_mock_agent_set_failure (fixture->window.mock, "Send", "Ada takes no messages.");
  talk_write_text (fixture, "Hello");
  g_signal_emit_by_name (talk_entry_child (fixture, "send"), "clicked");
  rd_test_await (talk_find_message (fixture, "Hello") != NULL);
  rd_test_await (rd_find_label (GTK_WIDGET (fixture->window.window), "Ada takes no messages.") != NULL);
  row = talk_find_message (fixture, "Hello");
  rd_test_await (gtk_widget_get_visible (rd_find_child (row, RD_TYPE_MESSAGE_ROW, "failed")));
  rd_mock_agent_set_failure (fixture->window.mock, "Send", NULL);
  g_signal_emit_by_name (rd_find_button (row, "Try _Again"), "clicked");
  rd_test_await (talk_count_calls (fixture, "Send") == 2);
  rd_test_await (talk_find_message (fixture, "Hello") != NULL &&
                 rd_find_label (talk_find_message (fixture, "Hello"), "Sent"));
  g_assert_cmpuint (talk_count_messages (fixture), ==, 1);
}

/* As long as the site takes, and not one character more. */
static void
test_limit (TalkFixture *fixture, gconstpointer data)
{
  g_autofree char *whole = g_strnfill (1600, 'x');
  g_autofree char *more = g_strnfill (1601, 'x');
  GtkWidget *count;

  rd_dbus_messages1_set_max_text (rd_mock_messages_get_skeleton (fixture->messages), 1600);
  rd_mock_messages_fill (fixture->messages, 3);
  talk_show (fixture);
  talk_open_conversation (fixture, "c0");
  count = talk_entry_child (fixture, "count");
  talk_write_text (fixture, "short");
  g_assert_false (gtk_widget_get_visible (count));
  talk_write_text (fixture, whole);
  g_assert_true (gtk_widget_get_visible (count));
  g_assert_true (gtk_widget_get_sensitive (talk_entry_child (fixture, "send")));
  talk_write_text (fixture, more);
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (count)), "no more than"));
  g_assert_false (gtk_widget_get_sensitive (talk_entry_child (fixture, "send")));
}

/* What is half written waits for its conversation. */
static void
test_drafts (TalkFixture *fixture, gconstpointer data)
{
  g_autofree char *other = NULL;
  g_autofree char *written = NULL;

  rd_mock_messages_fill (fixture->messages, 3);
  talk_show (fixture);
  talk_open_conversation (fixture, "c0");
  talk_write_text (fixture, "half");
  talk_open_conversation (fixture, "c1");
  other = talk_dup_written (fixture);
  g_assert_cmpstr (other, ==, "");
  talk_open_conversation (fixture, "c0");
  written = talk_dup_written (fixture);
  g_assert_cmpstr (written, ==, "half");
}

/* Read is what was seen: in a window that has the focus, at the end of the conversation. */
static void
test_mark_read (TalkFixture *fixture, gconstpointer data)
{
  GtkAdjustment *adjustment;

  rd_mock_messages_fill (fixture->messages, 5);
  rd_mock_messages_fill_messages (fixture->messages, "c0", 100);
  talk_show (fixture);
  rd_test_await (talk_count_conversations (fixture) == 5);
  g_assert_cmpuint (talk_count_calls (fixture, "MarkRead"), ==, 0);
  talk_open_conversation (fixture, "c0");
  rd_test_await (gtk_window_is_active (GTK_WINDOW (fixture->window.window)));
  rd_test_await (talk_count_calls (fixture, "MarkRead") == 1);
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->window.mock, "MarkRead"), ==, "('c0',)");
  rd_test_await (talk_count_messages (fixture) > 0);
  talk_await_still (fixture);

  /* further up, news are not seen… */
  adjustment = gtk_scrolled_window_get_vadjustment (talk_pane_child (fixture, "scroller"));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) / 2);
  talk_await_still (fixture);
  rd_mock_messages_change (fixture->messages, "{'id': <'c0'>, 'name': <'A'>, 'unread': <uint32 1>, 'at': <int64 9>}",
                           TRUE);
  rd_test_await (rd_find_label (talk_child_of (fixture, "conversation"), "A") != NULL);
  g_assert_cmpuint (talk_count_calls (fixture, "MarkRead"), ==, 1);
  /* …until one goes there */
  g_signal_emit_by_name (talk_pane_child (fixture, "newest"), "clicked");
  rd_test_await (talk_count_calls (fixture, "MarkRead") == 2);

  /* and not on another page */
  rd_window_show_page (fixture->window.window, "calls");
  rd_test_await (!gtk_widget_get_mapped (talk_child_of (fixture, "conversation")));
  rd_mock_messages_change (fixture->messages, "{'id': <'c0'>, 'name': <'B'>, 'unread': <uint32 1>, 'at': <int64 9>}",
                           TRUE);
  rd_test_await (rd_find_label (talk_child_of (fixture, "conversation"), "B") != NULL);
  g_assert_cmpuint (talk_count_calls (fixture, "MarkRead"), ==, 2);
  rd_window_show_page (fixture->window.window, "messages");
  rd_test_await (talk_count_calls (fixture, "MarkRead") == 3);
}

static void
test_states (TalkFixture *fixture, gconstpointer data)
{
  const char *const states[][2] = { { "sending", "Sending…" },    { "queued", "Queued" }, { "sent", "Sent" },
                                    { "delivered", "Delivered" }, { "read", "Read" },     { "failed", "Not sent" } };
  gsize i;

  rd_mock_messages_fill (fixture->messages, 3);
  talk_show (fixture);
  talk_open_conversation (fixture, "c0");
  rd_test_await (strcmp (talk_stack_page (talk_pane_child (fixture, "stack")), "empty") == 0);
  for (i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *message = g_strdup_printf ("{'id': <'m'>, 'conversation': <'c0'>, 'text': <'it'>, 'at': <int64 "
                                                  "1000000>, 'ours': <true>, 'state': <'%s'>}",
                                                  states[i][0]);
      g_autofree char *end = g_strdup_printf (". %s", states[i][1]);
      GtkWidget *row;

      rd_mock_messages_say (fixture->messages, message);
      rd_test_await ((row = talk_find_message (fixture, "it")) != NULL && rd_find_label (row, states[i][1]) != NULL &&
                     gtk_widget_get_mapped (rd_find_label (row, states[i][1])));
      g_assert_true (gtk_widget_get_visible (rd_find_child (row, RD_TYPE_MESSAGE_ROW, "state")));
    }
}

static void
test_typing (TalkFixture *fixture, gconstpointer data)
{
  RdDBusMessages1 *skeleton = rd_mock_messages_get_skeleton (fixture->messages);
  const char *const one[] = { "Ada\u202e", NULL };
  const char *const two[] = { "Ada", "Grace", NULL };
  const char *const none[] = { NULL };
  GtkLabel *typing;

  rd_mock_messages_fill (fixture->messages, 3);
  talk_show (fixture);
  talk_open_conversation (fixture, "c0");
  typing = talk_view_child (fixture, "typing");
  rd_dbus_messages1_emit_typing_changed (skeleton, "c1", two);
  rd_dbus_messages1_emit_typing_changed (skeleton, "c0", one);
  rd_test_await (strcmp (gtk_label_get_text (typing), "\u2068Ada\u2069 is typing…") == 0);
  rd_dbus_messages1_emit_typing_changed (skeleton, "c0", two);
  rd_test_await (strcmp (gtk_label_get_text (typing), "2 people are typing…") == 0);
  rd_dbus_messages1_emit_typing_changed (skeleton, "c0", none);
  rd_test_await (*gtk_label_get_text (typing) == '\0');
  /* not where nobody is told */
  rd_dbus_account1_set_abilities (fixture->account, (const char *const[]){ "messages", "send", NULL });
  rd_test_await (!rd_model_any_can (fixture->window.model, "typing"));
  talk_write_text (fixture, "Hi");
  rd_test_drain ();
  g_assert_cmpuint (talk_count_calls (fixture, "SetTyping"), ==, 0);
}

static void
test_polling (TalkFixture *fixture, gconstpointer data)
{
  rd_mock_messages_fill (fixture->messages, 3);
  talk_show (fixture);
  talk_open_conversation (fixture, "c0");
  g_assert_false (gtk_widget_get_visible (talk_view_child (fixture, "polling")));
  rd_dbus_account1_set_poll_every (fixture->account, 10);
  rd_dbus_account1_set_delivery (fixture->account, "polling");
  rd_test_await (gtk_widget_get_mapped (talk_view_child (fixture, "polling")));
  rd_test_await (rd_find_label (talk_view_child (fixture, "polling"),
                                "Asks every 10 seconds: there is no live connection") != NULL);
  rd_dbus_account1_set_abilities (fixture->account, (const char *const[]){ "messages", NULL });
  rd_test_await (!gtk_widget_get_visible (talk_view_child (fixture, "entry")));
  g_assert_true (gtk_widget_get_visible (talk_view_child (fixture, "cannot_send")));
}

static void
test_days (TalkFixture *fixture, gconstpointer data)
{
  gint64 now = g_get_real_time ();
  gint64 times[] = { now - G_TIME_SPAN_DAY, now, now, G_GINT64_CONSTANT (1200000000000000000) };
  g_autofree char *late = NULL;
  gsize i;

  rd_mock_messages_fill (fixture->messages, 3);
  talk_show (fixture);
  talk_open_conversation (fixture, "c0");
  for (i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *message = g_strdup_printf ("{'id': <'d%u'>, 'conversation': <'c0'>, 'text': <'day %u'>, 'at': "
                                                  "<int64 %" G_GINT64_FORMAT ">, 'sender-id': <'p'>}",
                                                  (guint) i, (guint) i, times[i]);

      rd_mock_messages_say (fixture->messages, message);
    }
  rd_test_await (talk_find_message (fixture, "day 3") != NULL);
  g_assert_nonnull (rd_find_label (talk_find_message (fixture, "day 0"), "Yesterday"));
  g_assert_true (
      gtk_widget_get_visible (rd_find_child (talk_find_message (fixture, "day 1"), RD_TYPE_MESSAGE_ROW, "day")));
  g_assert_false (
      gtk_widget_get_visible (rd_find_child (talk_find_message (fixture, "day 2"), RD_TYPE_MESSAGE_ROW, "day")));
  /* one that comes late, of the same day and before the first of it, takes over its heading */
  late = g_strdup_printf ("{'id': <'late'>, 'conversation': <'c0'>, 'text': <'late'>, 'at': <int64 %" G_GINT64_FORMAT
                          ">, 'sender-id': <'p'>}",
                          now - 1);
  rd_mock_messages_say (fixture->messages, late);
  rd_test_await (talk_find_message (fixture, "late") != NULL);
  g_assert_true (
      gtk_widget_get_visible (rd_find_child (talk_find_message (fixture, "late"), RD_TYPE_MESSAGE_ROW, "day")));
  rd_test_await (
      !gtk_widget_get_visible (rd_find_child (talk_find_message (fixture, "day 1"), RD_TYPE_MESSAGE_ROW, "day")));
  /* the year 40000 has no name here, and is not claimed to be another one */
  g_assert_false (
      gtk_widget_get_visible (rd_find_child (talk_find_message (fixture, "day 3"), RD_TYPE_MESSAGE_ROW, "day")));
}

static void
test_copy (TalkFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *text = NULL;
  GdkClipboard *clipboard;
  GtkWidget *row;

  rd_mock_messages_fill (fixture->messages, 3);
  rd_mock_messages_say (fixture->messages, "{'id': <'m'>, 'conversation': <'c0'>, 'text': <'copy & me'>}");
  talk_show (fixture);
  talk_open_conversation (fixture, "c0");
  rd_test_await ((row = talk_find_message (fixture, "copy & me")) != NULL);
  clipboard = gtk_widget_get_clipboard (row);
  gtk_widget_grab_focus (rd_find_child (row, RD_TYPE_MESSAGE_ROW, "text"));
  g_assert_true (talk_press (talk_pane_child (fixture, "view"), GDK_KEY_c, GDK_CONTROL_MASK));
  gdk_clipboard_read_text_async (clipboard, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  text = gdk_clipboard_read_text_finish (clipboard, result, NULL);
  g_assert_cmpstr (text, ==, "copy & me");
}

static void
assert_markup (const char *text, const char *expected)
{
  g_autofree char *markup = rd_message_text_to_markup (text);

  g_assert_cmpstr (markup, ==, expected);
  g_assert_true (
      pango_parse_markup (g_strstr_len (markup, -1, "<a ") != NULL ? "" : markup, -1, 0, NULL, NULL, NULL, NULL));
}

static void
test_links (TalkFixture *fixture, gconstpointer data)
{
  assert_markup ("see https://example.org/a?b=1&c=2.", "see <a href=\"https://example.org/a?b=1&amp;c=2\">"
                                                       "https://example.org/a?b=1&amp;c=2</a>.");
  assert_markup ("(http://example.org)", "(<a href=\"http://example.org\">http://example.org</a>)");
  assert_markup ("https://bank.example@evil.example/", "https://bank.example@evil.example/");
  assert_markup ("javascript:alert(1) file:///etc/passwd ftp://a.example", "javascript:alert(1) file:///etc/passwd "
                                                                           "ftp://a.example");
  assert_markup ("https:// http://", "https:// http://");
  assert_markup ("https://a.example/\"><b>",
                 "<a href=\"https://a.example/\">https://a.example/</a>&quot;&gt;&lt;b&gt;");
  assert_markup ("https://de.example/Zürich!",
                 "<a href=\"https://de.example/Z%C3%BCrich\">https://de.example/Zürich</a>!");
  assert_markup ("https://bаnk.example/", "<a href=\"https://xn--bnk-6cd.example/\">https://bаnk.example/</a>");
  assert_markup ("https://a.example/\u202egpj.exe",
                 "<a href=\"https://a.example/gpj.exe\">https://a.example/gpj.exe</a>");
  g_assert_true (rd_message_text_hides_host ("https://xn--bnk-6cd.example/"));
  g_assert_false (rd_message_text_hides_host ("https://bank.example/"));
}

/* A host that looks like another one is asked about, with what it really is. */
static void
test_link_confirmed (TalkFixture *fixture, gconstpointer data)
{
  GtkWidget *label, *dialog;
  gboolean handled = FALSE;

  rd_mock_messages_fill (fixture->messages, 3);
  rd_mock_messages_say (fixture->messages, "{'id': <'m'>, 'conversation': <'c0'>, 'text': <'https://bаnk.example/'>}");
  talk_show (fixture);
  talk_open_conversation (fixture, "c0");
  rd_test_await (talk_find_message (fixture, "https://bаnk.example/") != NULL);
  label = rd_find_label (talk_find_message (fixture, "https://bаnk.example/"), "https://bаnk.example/");
  g_signal_emit_by_name (label, "activate-link", "file:///etc/passwd", &handled);
  g_assert_true (handled);
  g_assert_null (rd_find_window (RD_TYPE_CONFIRM_DIALOG));
  g_signal_emit_by_name (label, "activate-link", "https://xn--bnk-6cd.example/", &handled);
  g_assert_true (handled);
  dialog = rd_find_window (RD_TYPE_CONFIRM_DIALOG);
  g_assert_nonnull (dialog);
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (rd_find_child (dialog, RD_TYPE_CONFIRM_DIALOG, "body"))),
                            "https://xn--bnk-6cd.example/"));
  g_signal_emit_by_name (rd_find_child (dialog, RD_TYPE_CONFIRM_DIALOG, "confirm"), "clicked");
  rd_test_await (rd_window_fixture_has_browsed ("https://xn--bnk-6cd.example/"));
  /* what hides nothing is opened at once, and where nothing opens such links, that is said */
  g_signal_emit_by_name (label, "activate-link", "https://bank.example/", &handled);
  rd_test_await (rd_window_fixture_has_browsed ("https://bank.example/"));
  g_signal_emit_by_name (label, "activate-link", "http://bank.example/", &handled);
  rd_test_await (rd_find_label (GTK_WIDGET (fixture->window.window), "No program could open this link.") != NULL);
}

#define ADD(path, func) g_test_add (path, TalkFixture, NULL, talk_set_up, func, talk_tear_down)

int
main (int argc, char **argv)
{
  rd_window_fixture_fake_session ();
  rd_window_fixture_init (&argc, &argv);
  ADD ("/window/conversation/history", test_history);
  ADD ("/window/conversation/old-changes", test_old_changes);
  ADD ("/window/conversation/send", test_send);
  ADD ("/window/conversation/send-failed", test_send_failed);
  ADD ("/window/conversation/limit", test_limit);
  ADD ("/window/conversation/drafts", test_drafts);
  ADD ("/window/conversation/mark-read", test_mark_read);
  ADD ("/window/conversation/states", test_states);
  ADD ("/window/conversation/typing", test_typing);
  ADD ("/window/conversation/polling", test_polling);
  ADD ("/window/conversation/days", test_days);
  ADD ("/window/conversation/copy", test_copy);
  ADD ("/window/conversation/links", test_links);
  ADD ("/window/conversation/link-confirmed", test_link_confirmed);
  return rd_window_fixture_run ();
}
