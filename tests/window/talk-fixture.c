/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "talk-fixture.h"

#include <string.h>

#include "rd-conversation-view.h"
#include "rd-message-entry.h"
#include "rd-message-pane.h"
#include "rd-message-row.h"

/* What the tests of messages and people have in common. */

void
talk_set_up (TalkFixture *fixture, gconstpointer data)
{
  rd_window_fixture_set_up (&fixture->window, NULL);
  fixture->account = rd_mock_agent_add_account (fixture->window.mock, "crm", "Work");
  fixture->messages = rd_mock_messages_new (fixture->window.mock, fixture->account);
  fixture->people = rd_mock_people_new (fixture->window.mock, fixture->account);
}

void
talk_tear_down (TalkFixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->messages);
  g_clear_object (&fixture->people);
  rd_window_fixture_tear_down (&fixture->window, NULL);
}

guint
talk_count_calls (TalkFixture *fixture, const char *method)
{
  return rd_mock_agent_get_count (fixture->window.mock, method);
}

gboolean
talk_was_asked (TalkFixture *fixture, const char *method, const char *what)
{
  const char *arguments = rd_mock_agent_get_arguments (fixture->window.mock, method);

  return arguments != NULL && strstr (arguments, what) != NULL;
}

RdMessagesPage *
talk_page_of (TalkFixture *fixture)
{
  return RD_MESSAGES_PAGE (rd_find_child (fixture->window.window, RD_TYPE_WINDOW, "messages_page"));
}

gpointer
talk_child_of (TalkFixture *fixture, const char *id)
{
  return rd_find_child (talk_page_of (fixture), RD_TYPE_MESSAGES_PAGE, id);
}

gpointer
talk_view_child (TalkFixture *fixture, const char *id)
{
  return rd_find_child (talk_child_of (fixture, "conversation"), RD_TYPE_CONVERSATION_VIEW, id);
}

gpointer
talk_pane_child (TalkFixture *fixture, const char *id)
{
  return rd_find_child (talk_view_child (fixture, "pane"), RD_TYPE_MESSAGE_PANE, id);
}

const char *
talk_stack_page (gpointer stack)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (stack));
}

guint
talk_count_conversations (TalkFixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (talk_child_of (fixture, "view"))));
}

guint
talk_count_messages (TalkFixture *fixture)
{
  GtkSelectionModel *model = gtk_list_view_get_model (talk_pane_child (fixture, "view"));

  return model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (model)) : 0;
}

void
talk_show (TalkFixture *fixture)
{
  rd_window_fixture_show (&fixture->window);
  rd_window_show_page (fixture->window.window, "messages");
  rd_test_await (gtk_widget_get_mapped (GTK_WIDGET (talk_page_of (fixture))));
  rd_test_await (strcmp (talk_stack_page (talk_child_of (fixture, "list_stack")), "loading") != 0);
}

void
talk_open_conversation (TalkFixture *fixture, const char *id)
{
  rd_window_show_conversation (fixture->window.window, "crm", id);
  rd_test_await (gtk_widget_get_mapped (talk_child_of (fixture, "conversation")));
}

GtkWidget *
talk_find_row (GtkWidget *root, GType type, const char *label)
{
  GtkWidget *row;
  guint i;

  for (i = 0; (row = rd_find_type (root, type, i)) != NULL; i++)
    if (gtk_widget_get_mapped (row) && rd_find_label (row, label) != NULL)
      return row;
  return NULL;
}

GtkWidget *
talk_find_message (TalkFixture *fixture, const char *text)
{
  return talk_find_row (talk_pane_child (fixture, "view"), RD_TYPE_MESSAGE_ROW, text);
}

void
talk_write_text (TalkFixture *fixture, const char *text)
{
  GtkWidget *view = rd_find_child (talk_view_child (fixture, "entry"), RD_TYPE_MESSAGE_ENTRY, "view");

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

char *
talk_dup_written (TalkFixture *fixture)
{
  return rd_message_entry_dup_text (RD_MESSAGE_ENTRY (talk_view_child (fixture, "entry")));
}

GtkWidget *
talk_entry_child (TalkFixture *fixture, const char *id)
{
  return rd_find_child (talk_view_child (fixture, "entry"), RD_TYPE_MESSAGE_ENTRY, id);
}

gboolean
talk_press (GtkWidget *widget, guint keyval, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;
  guint i;

  for (i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (g_strcmp0 (gtk_event_controller_get_name (controller), "keys") == 0)
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &handled);
    }
  return handled;
}

void
talk_await_still (TalkFixture *fixture)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (talk_pane_child (fixture, "scroller"));
  double value;

  do
    {
      gint64 frame = gdk_frame_clock_get_frame_counter (gtk_widget_get_frame_clock (talk_pane_child (fixture, "view")));

      value = gtk_adjustment_get_value (adjustment);
      gtk_widget_queue_draw (talk_pane_child (fixture, "view"));
      rd_test_await (gdk_frame_clock_get_frame_counter (
                         gtk_widget_get_frame_clock (talk_pane_child (fixture, "view"))) > frame + 1);
    }
  while (value != gtk_adjustment_get_value (adjustment));
}

void
talk_await_layout (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gint64 frame = gdk_frame_clock_get_frame_counter (clock);

  gtk_widget_queue_draw (widget);
  rd_test_await (gdk_frame_clock_get_frame_counter (clock) > frame + 1);
}
