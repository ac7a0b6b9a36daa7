/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-messages-page.h"
#include "rd-mock-messages.h"
#include "rd-mock-people.h"
#include "window-fixture.h"

G_BEGIN_DECLS

/* A window whose agent has one account, "crm", with messages and people. */
typedef struct
{
  RdWindowFixture window;
  RdDBusAccount1 *account;
  RdMockMessages *messages;
  RdMockPeople *people;
} TalkFixture;

void talk_set_up (TalkFixture *fixture, gconstpointer data);
void talk_tear_down (TalkFixture *fixture, gconstpointer data);
guint talk_count_calls (TalkFixture *fixture, const char *method);
/* Whether the last call's arguments hold this. */
gboolean talk_was_asked (TalkFixture *fixture, const char *method, const char *what);
RdMessagesPage *talk_page_of (TalkFixture *fixture);
gpointer talk_child_of (TalkFixture *fixture, const char *id);
gpointer talk_view_child (TalkFixture *fixture, const char *id);
gpointer talk_pane_child (TalkFixture *fixture, const char *id);
const char *talk_stack_page (gpointer stack);
guint talk_count_conversations (TalkFixture *fixture);
guint talk_count_messages (TalkFixture *fixture);
void talk_show (TalkFixture *fixture);
void talk_open_conversation (TalkFixture *fixture, const char *id);
/* The nth row of a type that is on the screen and holds this label. */
GtkWidget *talk_find_row (GtkWidget *root, GType type, const char *label);
GtkWidget *talk_find_message (TalkFixture *fixture, const char *text);
void talk_write_text (TalkFixture *fixture, const char *text);
char *talk_dup_written (TalkFixture *fixture);
GtkWidget *talk_entry_child (TalkFixture *fixture, const char *id);
/* As a key press reaches the controller that the page gave the widget. */
gboolean talk_press (GtkWidget *widget, guint keyval, GdkModifierType state);
void talk_await_still (TalkFixture *fixture);
/* Until what it shows has its places. */
void talk_await_layout (GtkWidget *widget);

G_END_DECLS
