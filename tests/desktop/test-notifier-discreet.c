/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "mock-notifications.h"
#include "rd-notifier.h"
#include "rd-test.h"

/* What notifications say while the screen is locked. "Ada", "Acme" and "1.234" are what nobody may read then. */

static const char *const caps[] = { "actions", "body", "body-markup", NULL };

static GTestDBus *bus;

typedef struct
{
  MockNotifications *mock;
  RdNotifier *notifier;
  GPtrArray *clicks; /* of char * */
} Fixture;

static void
on_call_action (RdNotifier *notifier, const char *key, const char *action, const char *token, Fixture *fixture)
{
  g_ptr_array_add (fixture->clicks, g_strdup_printf ("%s %s", key, action));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->mock = mock_notifications_new (g_test_dbus_get_bus_address (bus), caps);
  fixture->clicks = g_ptr_array_new_with_free_func (g_free);
  fixture->notifier = rd_notifier_new ("Ringdown", NULL, NULL, NULL);
  g_signal_connect (fixture->notifier, "call-action", G_CALLBACK (on_call_action), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rd_notifier_shut_down (fixture->notifier, 20000);
  rd_test_drain ();
  g_assert_finalize_object (fixture->notifier);
  mock_notifications_free (fixture->mock);
  g_ptr_array_unref (fixture->clicks);
}

static MockNotification *
await_shown (Fixture *fixture, guint count)
{
  rd_test_await (mock_notifications_count_shown (fixture->mock) >= count);
  g_assert_cmpuint (mock_notifications_count_shown (fixture->mock), ==, count);
  return mock_notifications_dup_shown (fixture->mock, count - 1);
}

static void
assert_discreet (MockNotification *shown, const char *summary, const char *body)
{
  static const char *const secrets[] = { "Ada", "Acme", "1.234", "lunch", "inv" };

  g_assert_cmpstr (shown->summary, ==, summary);
  if (body != NULL)
    g_assert_cmpstr (shown->body, ==, body);
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_null (strstr (shown->body, secrets[i]));
}

/* Hidden while it rings, full again when the user is back; the same notification all along, with its buttons. */
static void
test_call (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockNotification) full = NULL;
  g_autoptr (MockNotification) hidden = NULL;
  g_autoptr (MockNotification) again = NULL;

  rd_notifier_show_call (fixture->notifier, "crm/9", "Ada Lovelace", "Acme", FALSE, FALSE, TRUE);
  full = await_shown (fixture, 1);
  g_assert_cmpstr (full->summary, ==, "Ada Lovelace is calling");
  rd_notifier_set_discreet (fixture->notifier, TRUE);
  hidden = await_shown (fixture, 2);
  assert_discreet (hidden, "Incoming call", "Incoming video call");
  g_assert_cmpuint (hidden->replaces, ==, full->id);
  g_assert_cmpuint (g_strv_length (hidden->actions), ==, 6);
  rd_notifier_set_discreet (fixture->notifier, FALSE);
  again = await_shown (fixture, 3);
  g_assert_cmpuint (again->replaces, ==, full->id);
  g_assert_cmpstr (again->summary, ==, "Ada Lovelace is calling");
  g_assert_cmpstr (again->body, ==, "Incoming video call\nAcme");
  mock_notifications_click (fixture->mock, again->id, "answer", NULL, FALSE);
  rd_test_await (fixture->clicks->len == 1);
  g_assert_cmpstr (fixture->clicks->pdata[0], ==, "crm/9 answer");
  rd_notifier_close_call (fixture->notifier, "crm/9");
  rd_test_await (mock_notifications_count_standing (fixture->mock) == 0);
}

/* What comes while the screen is locked, of every kind. */
static void
test_kinds (Fixture *fixture, gconstpointer data)
{
  rd_notifier_set_discreet (fixture->notifier, TRUE);
  rd_notifier_show_missed (fixture->notifier, "m1", "Ada Lovelace", "Acme", g_get_real_time (), TRUE);
  {
    g_autoptr (MockNotification) shown = await_shown (fixture, 1);
    assert_discreet (shown, "Missed call", NULL);
  }
  rd_notifier_show_missed_calls (fixture->notifier, "m2", "2 missed calls from Ada", "Ada\nAda", "Acme", TRUE);
  {
    g_autoptr (MockNotification) shown = await_shown (fixture, 2);
    assert_discreet (shown, "Missed calls", "");
  }
  rd_notifier_show_payment (fixture->notifier, "p", "Ada has paid", "inv 7", "1.234,00 €", "Acme");
  {
    g_autoptr (MockNotification) shown = await_shown (fixture, 3);
    assert_discreet (shown, "News about payments", "");
  }
  rd_notifier_show_message (fixture->notifier, "c", "Ada Lovelace", "lunch?", "Acme", RD_NOTIFIER_OFFER_REPLY);
  {
    g_autoptr (MockNotification) shown = await_shown (fixture, 4);
    assert_discreet (shown, "New message", "");
  }
  rd_notifier_show_notice (fixture->notifier, "n", "info", "Ada has joined", "Acme", NULL);
  {
    g_autoptr (MockNotification) shown = await_shown (fixture, 5);
    assert_discreet (shown, "New notification", "");
  }
}

/* Only what still stands is shown in full: what the user has closed does not come back. */
static void
test_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockNotification) message = NULL;
  g_autoptr (MockNotification) payment = NULL;
  g_autoptr (MockNotification) again = NULL;

  rd_notifier_set_discreet (fixture->notifier, TRUE);
  rd_notifier_show_message (fixture->notifier, "c", "Ada Lovelace", "lunch?", "Acme", RD_NOTIFIER_OFFER_NOTHING);
  message = await_shown (fixture, 1);
  rd_notifier_show_payment (fixture->notifier, "p", "Ada has paid", "inv 7", "1.234,00 €", "Acme");
  payment = await_shown (fixture, 2);
  mock_notifications_close (fixture->mock, message->id, 2);
  rd_notifier_withdraw (fixture->notifier, "notice", "unknown");
  rd_notifier_set_discreet (fixture->notifier, FALSE);
  again = await_shown (fixture, 3);
  g_assert_cmpuint (again->replaces, ==, payment->id);
  g_assert_cmpstr (again->summary, ==, "Ada has paid");
  g_assert_cmpuint (mock_notifications_count_standing (fixture->mock), ==, 1);
}

/* A server that hangs while the screen is locked and opened again gets what is true in the end. */
static void
test_hanging (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockNotification) shown = NULL;

  mock_notifications_set_hanging (fixture->mock, TRUE);
  rd_notifier_set_discreet (fixture->notifier, TRUE);
  rd_notifier_show_call (fixture->notifier, "crm/9", "Ada Lovelace", "Acme", FALSE, FALSE, TRUE);
  rd_test_await (mock_notifications_count_held (fixture->mock) > 0);
  mock_notifications_set_hanging (fixture->mock, FALSE);
  shown = await_shown (fixture, 1);
  assert_discreet (shown, "Incoming call", NULL);
  rd_notifier_close_call (fixture->notifier, "crm/9");
}

#define ADD(name, function) g_test_add ("/notifier/discreet/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  rd_test_bus_up (bus);
  ADD ("call", test_call);
  ADD ("kinds", test_kinds);
  ADD ("gone", test_gone);
  ADD ("hanging", test_hanging);
  status = g_test_run ();
  g_test_dbus_down (bus);
  g_object_unref (bus);
  return status;
}
