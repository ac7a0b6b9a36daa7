/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "mock-notifications.h"
#include "rd-notifier.h"
#include "rd-test.h"

/* What a message's notification offers, how one goes, how many stand; and a call that is not to be answered here. */

#define OFFERS (RD_NOTIFIER_OFFER_REPLY | RD_NOTIFIER_OFFER_MARK_READ)

static const char *const plain_caps[] = { "actions", "body", NULL };
static const char *const reply_caps[] = { "actions", "body", "inline-reply", NULL };

static GTestDBus *bus;

typedef struct
{
  MockNotifications *mock;
  RdNotifier *notifier;
  GString *heard; /* signals, one a line */
} Fixture;

static void
on_call_action (RdNotifier *notifier, const char *key, const char *action, const char *token, Fixture *fixture)
{
  g_string_append_printf (fixture->heard, "call %s %s\n", key, action);
}

static void
on_action (RdNotifier *notifier, const char *kind, const char *id, const char *action, const char *token,
           Fixture *fixture)
{
  g_string_append_printf (fixture->heard, "%s %s %s\n", kind, id, action);
}

static void
on_reply (RdNotifier *notifier, const char *id, const char *text, Fixture *fixture)
{
  g_string_append_printf (fixture->heard, "reply %s %.20s %u\n", id, text, (guint) g_utf8_strlen (text, -1));
}

static void
set_up (Fixture *fixture, gconstpointer caps)
{
  fixture->mock = mock_notifications_new (g_test_dbus_get_bus_address (bus), caps);
  fixture->heard = g_string_new (NULL);
  fixture->notifier = rd_notifier_new ("Ringdown", NULL, NULL, NULL);
  g_signal_connect (fixture->notifier, "call-action", G_CALLBACK (on_call_action), fixture);
  g_signal_connect (fixture->notifier, "action", G_CALLBACK (on_action), fixture);
  g_signal_connect (fixture->notifier, "reply", G_CALLBACK (on_reply), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rd_notifier_shut_down (fixture->notifier, 20000);
  rd_test_drain ();
  g_assert_finalize_object (fixture->notifier);
  mock_notifications_free (fixture->mock);
  g_string_free (fixture->heard, TRUE);
}

static gboolean
heard (Fixture *fixture, const char *lines)
{
  return g_str_equal (fixture->heard->str, lines);
}

static MockNotification *
await_shown (Fixture *fixture, guint count)
{
  rd_test_await (mock_notifications_count_shown (fixture->mock) >= count);
  return mock_notifications_dup_shown (fixture->mock, count - 1);
}

static void
assert_actions (MockNotification *shown, const char *expected)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; shown->actions[i] != NULL; i += 2)
    g_string_append_printf (names, "%s ", shown->actions[i]);
  g_assert_cmpstr (names->str, ==, expected);
  g_string_free (names, TRUE);
}

static void
test_buttons (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockNotification) first = NULL;
  g_autoptr (MockNotification) second = NULL;

  rd_notifier_show_message (fixture->notifier, "m", "Ada", "Lunch?", NULL, OFFERS);
  first = await_shown (fixture, 1);
  assert_actions (first, "reply mark-read default ");
  mock_notifications_click (fixture->mock, first->id, "reply", NULL, FALSE);
  rd_test_await (heard (fixture, "message m reply\n"));
  rd_notifier_show_message (fixture->notifier, "n", "12 messages from 3 people", "", NULL, RD_NOTIFIER_OFFER_NOTHING);
  second = await_shown (fixture, 2);
  assert_actions (second, "default ");
}

static void
test_inline_reply (Fixture *fixture, gconstpointer data)
{
  g_autofree char *endless = g_strnfill (6000, 'x');
  g_autoptr (MockNotification) first = NULL;
  g_autoptr (MockNotification) second = NULL;
  g_autoptr (MockNotification) third = NULL;

  rd_notifier_show_message (fixture->notifier, "m", "Ada", "Lunch?", NULL, OFFERS);
  first = await_shown (fixture, 1);
  assert_actions (first, "inline-reply mark-read default ");
  /* Of somebody else's, and of nobody's. */
  mock_notifications_reply (fixture->mock, first->id + 99, "No");
  mock_notifications_reply (fixture->mock, 0, "No");
  mock_notifications_reply (fixture->mock, first->id, " \n");
  mock_notifications_reply (fixture->mock, first->id, " Yes! ");
  rd_test_await (heard (fixture, "reply m Yes! 4\n"));
  /* It has been answered: it goes. */
  rd_test_await (mock_notifications_count_standing (fixture->mock) == 0);

  rd_notifier_show_message (fixture->notifier, "n", "Ada", "And?", NULL, OFFERS);
  second = await_shown (fixture, 2);
  mock_notifications_reply (fixture->mock, second->id, endless);
  rd_test_await (heard (fixture, "reply m Yes! 4\nreply n xxxxxxxxxxxxxxxxxxxx 5000\n"));

  /* A click on it all the same. */
  rd_notifier_show_message (fixture->notifier, "o", "Ada", "So?", NULL, OFFERS);
  third = await_shown (fixture, 3);
  g_string_truncate (fixture->heard, 0);
  mock_notifications_click (fixture->mock, third->id, "inline-reply", NULL, FALSE);
  rd_test_await (heard (fixture, "message o reply\n"));
}

static void
test_no_reply_to_a_payment (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockNotification) payment = NULL;
  g_autoptr (MockNotification) message = NULL;

  rd_notifier_show_payment (fixture->notifier, "7", "Paid", NULL, NULL, NULL);
  payment = await_shown (fixture, 1);
  mock_notifications_reply (fixture->mock, payment->id, "Thanks");
  rd_notifier_show_message (fixture->notifier, "m", "Ada", "Lunch?", NULL, OFFERS);
  message = await_shown (fixture, 2);
  mock_notifications_reply (fixture->mock, message->id, "Yes");
  rd_test_await (heard (fixture, "reply m Yes 3\n"));
}

static void
test_withdrawn (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockNotification) first = NULL;
  g_autoptr (MockNotification) again = NULL;

  rd_notifier_show_message (fixture->notifier, "m", "Ada", "Lunch?", NULL, OFFERS);
  rd_notifier_show_payment (fixture->notifier, "m", "Paid", NULL, NULL, NULL);
  first = await_shown (fixture, 1);
  rd_test_await (mock_notifications_count_shown (fixture->mock) == 2);
  rd_notifier_withdraw (fixture->notifier, "message", "m");
  rd_notifier_withdraw (fixture->notifier, "message", "never-shown");
  rd_test_await (mock_notifications_count_standing (fixture->mock) == 1);
  g_assert_cmpuint (mock_notifications_count_closed (fixture->mock), ==, 1);
  rd_notifier_show_message (fixture->notifier, "m", "Ada", "Now?", NULL, OFFERS);
  again = await_shown (fixture, 3);
  g_assert_cmpuint (again->replaces, ==, 0);
}

static void
test_bounded (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      if (i % 2 == 0)
        rd_notifier_show_message (fixture->notifier, id, "Ada", "Lunch?", NULL, OFFERS);
      else
        rd_notifier_show_payment (fixture->notifier, id, "Paid", NULL, NULL, NULL);
      rd_test_await (mock_notifications_count_shown (fixture->mock) == i + 1);
    }
  rd_test_await (mock_notifications_count_standing (fixture->mock) == 16);
}

static void
test_call_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockNotification) shown = NULL;

  rd_notifier_show_call (fixture->notifier, "sms/9", "+15550100", NULL, TRUE, FALSE, FALSE);
  shown = await_shown (fixture, 1);
  assert_actions (shown, "open default ");
  mock_notifications_click (fixture->mock, shown->id, "open", NULL, TRUE);
  rd_test_await (heard (fixture, "call sms/9 open\n"));
}

/* A name from right to left, in a sentence from left to right. */
static void
test_directions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockNotification) shown = NULL;

  rd_notifier_show_call (fixture->notifier, "crm/9", "\xe2\x80\xae\xd7\x93\xd7\x99", NULL, TRUE, FALSE, TRUE);
  shown = await_shown (fixture, 1);
  g_assert_cmpstr (shown->summary, ==, "\xe2\x81\xa8\xd7\x93\xd7\x99\xe2\x81\xa9 is calling");
}

#define ADD(name, caps, function) g_test_add ("/notifier/news/" name, Fixture, caps, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  rd_test_bus_up (bus);
  ADD ("buttons", plain_caps, test_buttons);
  ADD ("inline-reply", reply_caps, test_inline_reply);
  ADD ("no-reply-to-a-payment", reply_caps, test_no_reply_to_a_payment);
  ADD ("withdrawn", plain_caps, test_withdrawn);
  ADD ("bounded", plain_caps, test_bounded);
  ADD ("call-elsewhere", plain_caps, test_call_elsewhere);
  ADD ("directions", plain_caps, test_directions);
  status = g_test_run ();
  g_test_dbus_down (bus);
  g_object_unref (bus);
  return status;
}
