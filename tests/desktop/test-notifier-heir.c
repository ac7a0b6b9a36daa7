/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "mock-notifications.h"
#include "mock-service.h"
#include "rd-notifier.h"
#include "rd-test.h"

/* Missed calls and payments stay when the agent ends, also where the server drops whatever its sender leaves behind. */

#define GTK_NAME "org.gtk.Notifications"
#define PORTAL_NAME "org.freedesktop.portal.Desktop"

static const char *const caps[] = { "actions", "body", NULL };

static GTestDBus *bus;

typedef struct
{
  MockNotifications *mock;
  MockService *desktop; /* (nullable) */
  RdNotifier *notifier;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->mock = mock_notifications_new (g_test_dbus_get_bus_address (bus), caps);
  fixture->notifier = rd_notifier_new ("Ringdown", RD_APP_ID, RD_APP_ID, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rd_notifier_shut_down (fixture->notifier, 20000);
  rd_test_drain ();
  g_assert_finalize_object (fixture->notifier);
  g_clear_pointer (&fixture->desktop, mock_service_free);
  mock_notifications_free (fixture->mock);
}

static void
add_gtk (Fixture *fixture)
{
  fixture->desktop = mock_service_new (g_test_dbus_get_bus_address (bus), GTK_NAME);
  mock_service_add_object (fixture->desktop, "/org/gtk/Notifications",
                           "<interface name='org.gtk.Notifications'><method name='AddNotification'>"
                           "<arg type='s' direction='in'/><arg type='s' direction='in'/>"
                           "<arg type='a{sv}' direction='in'/></method></interface>");
  mock_service_appear (fixture->desktop);
}

/* One of each kind, all of them on the screen. */
static void
show_all (Fixture *fixture)
{
  rd_notifier_show_call (fixture->notifier, "crm/1", "Ada Lovelace", NULL, FALSE, FALSE, TRUE);
  rd_notifier_show_missed (fixture->notifier, "m", "Grace Hopper", NULL, g_get_real_time (), TRUE);
  rd_notifier_show_payment (fixture->notifier, "p", "Invoice 7 is paid", "From Acme", "€70", NULL);
  rd_notifier_show_message (fixture->notifier, "c", "Linus", "Lunch?", NULL, RD_NOTIFIER_OFFER_NOTHING);
  rd_test_await (mock_notifications_count_standing (fixture->mock) == 4);
}

typedef struct
{
  RdNotifier *notifier;
  int ended; /* atomic */
} End;

static gpointer
end_there (gpointer data)
{
  End *end = data;

  rd_notifier_shut_down (end->notifier, 20000);
  g_atomic_int_set (&end->ended, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

/* The desktop answers in this thread, so it is waited for in another. And it is waited for: libnotify has one
 * beginning and one end for a whole program, which the next test's notifier shares. */
static void
end (Fixture *fixture)
{
  End ending = { fixture->notifier, FALSE };
  GThread *thread = g_thread_new ("end", end_there, &ending);

  rd_test_await (g_atomic_int_get (&ending.ended));
  g_thread_join (thread);
}

static const char *
get_title (MockService *desktop, guint child)
{
  g_autoptr (GVariant) values = g_variant_get_child_value (mock_service_get_last (desktop, "AddNotification"), child);
  const char *title = NULL;

  g_assert_true (g_variant_lookup (values, "title", "&s", &title));
  return title;
}

static void
test_gnome (Fixture *fixture, gconstpointer data)
{
  mock_notifications_set_server (fixture->mock, "gnome-shell");
  add_gtk (fixture);
  show_all (fixture);
  end (fixture);
  rd_test_await (mock_service_count (fixture->desktop, "AddNotification ") == 2);
  g_assert_cmpuint (mock_service_count (fixture->desktop, "AddNotification ('" RD_APP_ID "', 'missed m'"), ==, 1);
  g_assert_cmpuint (mock_service_count (fixture->desktop, "AddNotification ('" RD_APP_ID "', 'payment p'"), ==, 1);
  g_assert_nonnull (strstr (get_title (fixture->desktop, 2), "Invoice 7"));
  /* the call's is gone */
  g_assert_cmpuint (mock_notifications_count_standing (fixture->mock), ==, 3);
}

static void
test_sandbox (Fixture *fixture, gconstpointer data)
{
  mock_notifications_set_server (fixture->mock, "gnome-shell");
  fixture->desktop = mock_service_new (g_test_dbus_get_bus_address (bus), PORTAL_NAME);
  mock_service_add_object (fixture->desktop, "/org/freedesktop/portal/desktop",
                           "<interface name='org.freedesktop.portal.Notification'><method name='AddNotification'>"
                           "<arg type='s' direction='in'/><arg type='a{sv}' direction='in'/></method></interface>");
  mock_service_appear (fixture->desktop);
  show_all (fixture);
  end (fixture);
  rd_test_await (mock_service_count (fixture->desktop, "AddNotification ") == 2);
  g_assert_cmpuint (mock_service_count (fixture->desktop, "AddNotification ('missed m'"), ==, 1);
}

/* A server that keeps them is left alone: they would stand there twice. */
static void
test_others (Fixture *fixture, gconstpointer data)
{
  add_gtk (fixture);
  show_all (fixture);
  rd_notifier_shut_down (fixture->notifier, 20000);
  rd_test_drain ();
  g_assert_cmpuint (mock_service_count (fixture->desktop, "AddNotification"), ==, 0);
  g_assert_cmpuint (mock_notifications_count_standing (fixture->mock), ==, 3);
}

/* The user has seen it, or it was withdrawn: it does not come back. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockNotification) missed = NULL;

  mock_notifications_set_server (fixture->mock, "gnome-shell");
  add_gtk (fixture);
  show_all (fixture);
  missed = mock_notifications_dup_shown (fixture->mock, 1);
  mock_notifications_close (fixture->mock, missed->id, 2);
  rd_notifier_withdraw (fixture->notifier, "message", "c");
  rd_test_await (mock_notifications_count_standing (fixture->mock) == 2);
  /* one more way there and back: the worker has heard of it by then */
  rd_notifier_show_notice (fixture->notifier, "n", "notice", "Hello", "", NULL);
  rd_test_await (mock_notifications_count_standing (fixture->mock) == 3);
  end (fixture);
  rd_test_await (mock_service_count (fixture->desktop, "AddNotification ") == 1);
  g_assert_cmpuint (mock_service_count (fixture->desktop, "AddNotification ('" RD_APP_ID "', 'payment p'"), ==, 1);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  rd_test_bus_up (bus);
#define ADD(path, func) g_test_add ("/desktop/notifier-heir/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("gnome", test_gnome);
  ADD ("sandbox", test_sandbox);
  ADD ("others", test_others);
  ADD ("closed", test_closed);
  status = g_test_run ();
  g_test_dbus_stop (bus);
  g_object_unref (bus);
  return status;
}
