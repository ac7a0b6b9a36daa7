/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "mock-notifications.h"
#include "rd-notifier-overdue.h"
#include "rd-test.h"

/* What a server shows after nobody waits for it any more is taken down. */

#define NAME "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"
#define SOON 50 /* ms */

static const char *const caps[] = { "actions", "body", NULL };

static GTestDBus *bus;

typedef struct
{
  MockNotifications *mock;
  GDBusConnection *connection;
  RdNotifierOverdue *overdue;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->mock = mock_notifications_new (g_test_dbus_get_bus_address (bus), caps);
  fixture->connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL,
      &error);
  g_assert_no_error (error);
  fixture->overdue = rd_notifier_overdue_new (fixture->connection, NAME, PATH);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rd_notifier_overdue_free (fixture->overdue);
  g_dbus_connection_close_sync (fixture->connection, NULL, NULL);
  g_object_unref (fixture->connection);
  mock_notifications_free (fixture->mock);
}

/* (nullable): the answer */
static GVariant *
notify (Fixture *fixture, const char *summary, int timeout, GError **error)
{
  g_autoptr (GVariant) hints = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));

  return g_dbus_connection_call_sync (
      fixture->connection, NAME, PATH, NAME, "Notify",
      g_variant_new ("(susssas@a{sv}i)", "Ringdown", 0, "", summary, "", NULL, hints, -1), G_VARIANT_TYPE ("(u)"),
      G_DBUS_CALL_FLAGS_NONE, timeout, NULL, error);
}

static void
notify_in_vain (Fixture *fixture, const char *summary)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (notify (fixture, summary, SOON, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
test_late (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GVariant) stays = notify (fixture, "Stays", -1, NULL);

  g_assert_nonnull (stays);
  mock_notifications_set_hanging (fixture->mock, TRUE);
  notify_in_vain (fixture, "Late");
  rd_notifier_overdue_add (fixture->overdue);
  notify_in_vain (fixture, "Later");
  rd_notifier_overdue_add (fixture->overdue);
  mock_notifications_set_hanging (fixture->mock, FALSE);
  rd_test_await (mock_notifications_count_closed (fixture->mock) == 2);
  g_assert_cmpuint (mock_notifications_count_shown (fixture->mock), ==, 3);
  g_assert_cmpuint (mock_notifications_count_standing (fixture->mock), ==, 1);
}

/* The answer comes after the call was given up, and before anybody says so. */
static void
test_just_in_time (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GVariant) answered = NULL;

  mock_notifications_set_hanging (fixture->mock, TRUE);
  notify_in_vain (fixture, "Late");
  mock_notifications_set_hanging (fixture->mock, FALSE);
  rd_test_await (mock_notifications_count_standing (fixture->mock) == 1);
  /* Whose answer comes behind the other one's */
  answered = g_dbus_connection_call_sync (fixture->connection, NAME, PATH, NAME, "GetCapabilities", NULL, NULL,
                                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_assert_nonnull (answered);
  rd_notifier_overdue_add (fixture->overdue);
  rd_test_await (mock_notifications_count_standing (fixture->mock) == 0);
}

/* Nothing was sent: there is nothing to take down. */
static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GVariant) answered = NULL;

  rd_notifier_overdue_add (fixture->overdue);
  answered = notify (fixture, "Stays", -1, NULL);
  g_assert_nonnull (answered);
  rd_test_drain ();
  g_assert_cmpuint (mock_notifications_count_closed (fixture->mock), ==, 0);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  rd_test_bus_up (bus);
#define ADD(path, func) g_test_add ("/desktop/notifier-overdue/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("late", test_late);
  ADD ("just-in-time", test_just_in_time);
  ADD ("nothing", test_nothing);
  status = g_test_run ();
  g_test_dbus_stop (bus);
  g_object_unref (bus);
  return status;
}
