/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "mock-service.h"
#include "rd-test.h"
#include "rd-wake.h"

#define LOGIND "org.freedesktop.login1"
#define NETWORK_MANAGER "org.freedesktop.NetworkManager"

/* A network monitor that only says what it is told to. */
#define TEST_TYPE_MONITOR (test_monitor_get_type ())
G_DECLARE_FINAL_TYPE (TestMonitor, test_monitor, TEST, MONITOR, GObject)

struct _TestMonitor
{
  GObject parent_instance;
  gboolean available;
};

static void
test_monitor_iface_init (GNetworkMonitorInterface *iface)
{
}

static gboolean
test_monitor_initable_init (GInitable *initable, GCancellable *cancellable, GError **error)
{
  return TRUE;
}

static void
test_monitor_initable_iface_init (GInitableIface *iface)
{
  iface->init = test_monitor_initable_init;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestMonitor, test_monitor, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, test_monitor_initable_iface_init)
                               G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, test_monitor_iface_init))

static void
test_monitor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (g_str_equal (pspec->name, "connectivity"))
    g_value_set_enum (value, G_NETWORK_CONNECTIVITY_FULL);
  else
    g_value_set_boolean (value, TEST_MONITOR (object)->available);
}

static void
test_monitor_class_init (TestMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = test_monitor_get_property;
  g_object_class_override_property (object_class, 1, "network-available");
  g_object_class_override_property (object_class, 2, "network-metered");
  g_object_class_override_property (object_class, 3, "connectivity");
}

static void
test_monitor_init (TestMonitor *self)
{
  self->available = TRUE;
}

typedef struct
{
  TestMonitor *monitor;
  RdWake *wake;
  gint64 slept;
  guint woke;
  gboolean slept_last;
} Fixture;

static gint64
get_slept (gpointer user_data)
{
  return *(gint64 *) user_data;
}

static void
on_woke (RdWake *wake, gboolean slept, Fixture *fixture)
{
  fixture->slept_last = slept;
  fixture->woke++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->slept = 7 * G_USEC_PER_SEC;
  fixture->monitor = g_object_new (TEST_TYPE_MONITOR, NULL);
  fixture->wake = rd_wake_new (G_NETWORK_MONITOR (fixture->monitor), get_slept, &fixture->slept);
  g_signal_connect (fixture->wake, "woke", G_CALLBACK (on_woke), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->wake);
  g_assert_finalize_object (fixture->monitor);
}

static void
change_network (Fixture *fixture, gboolean available)
{
  fixture->monitor->available = available;
  g_signal_emit_by_name (fixture->monitor, "network-changed", available);
}

/* The first change counts at once, the burst once more when it is over; the next one is a new one. */
static void
test_burst (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 20; i++)
    change_network (fixture, TRUE);
  g_assert_cmpuint (fixture->woke, ==, 1);
  rd_test_await (fixture->woke == 2);
  g_assert_false (fixture->slept_last);
  change_network (fixture, FALSE);
  g_assert_cmpuint (fixture->woke, ==, 2);
  change_network (fixture, TRUE);
  g_assert_cmpuint (fixture->woke, ==, 3);
}

/* Clocks that drift apart a little are no sleep, however often. */
static void
test_clocks (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 10; i++)
    {
      rd_wake_look (fixture->wake);
      fixture->slept += G_USEC_PER_SEC / 2;
    }
  g_assert_cmpuint (fixture->woke, ==, 0);
  rd_wake_look (fixture->wake);
  fixture->slept += G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
  rd_wake_look (fixture->wake);
  g_assert_cmpuint (fixture->woke, ==, 1);
  g_assert_true (fixture->slept_last);
  rd_wake_look (fixture->wake);
  g_assert_cmpuint (fixture->woke, ==, 1);
  /* The network comes a while after the machine. */
  rd_test_await (fixture->woke == 2);
}

static GDBusConnection *
connect_to (GTestDBus *bus)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
wait_for_bus (GDBusConnection *connection)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) reply = NULL;

  g_dbus_connection_call (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.Peer",
                          "Ping", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  reply = g_dbus_connection_call_finish (connection, result, NULL);
  g_assert_nonnull (reply);
}

/* Going to sleep is nothing; coming back is told once, whatever the clocks say later. */
static void
test_system (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (GDBusConnection) system = NULL;
  MockService *logind;
  MockService *manager;

  rd_test_bus_up (bus);
  system = connect_to (bus);
  logind = mock_service_new (g_test_dbus_get_bus_address (bus), LOGIND);
  manager = mock_service_new (g_test_dbus_get_bus_address (bus), NETWORK_MANAGER);
  mock_service_appear (logind);
  mock_service_appear (manager);
  rd_wake_watch_system (fixture->wake, system);
  wait_for_bus (system);
  mock_service_emit (logind, "/org/freedesktop/login1", LOGIND ".Manager", "PrepareForSleep",
                     g_variant_new ("(b)", TRUE));
  mock_service_emit (logind, "/org/freedesktop/login1", LOGIND ".Manager", "PrepareForSleep",
                     g_variant_new ("(s)", ""));
  fixture->slept += 60 * (gint64) G_USEC_PER_SEC;
  mock_service_emit (logind, "/org/freedesktop/login1", LOGIND ".Manager", "PrepareForSleep",
                     g_variant_new ("(b)", FALSE));
  rd_test_await (fixture->woke == 1);
  rd_wake_look (fixture->wake);
  g_assert_cmpuint (fixture->woke, ==, 1);
  rd_test_await (fixture->woke == 2);
  mock_service_emit (manager, "/org/freedesktop/NetworkManager", "org.freedesktop.DBus.Properties", "PropertiesChanged",
                     g_variant_new_parsed ("(%s, {'WirelessEnabled': <true>}, @as [])", NETWORK_MANAGER));
  mock_service_emit (manager, "/org/freedesktop/NetworkManager", "org.freedesktop.DBus.Properties", "PropertiesChanged",
                     g_variant_new_parsed ("(%s, {'ActiveConnections': <@ao []>}, @as [])", NETWORK_MANAGER));
  rd_test_await (fixture->woke == 3);
  mock_service_free (manager);
  mock_service_free (logind);
  g_assert_finalize_object (fixture->wake);
  fixture->wake = rd_wake_new (G_NETWORK_MONITOR (fixture->monitor), get_slept, &fixture->slept);
  rd_test_drain ();
  g_dbus_connection_close_sync (system, NULL, NULL);
  g_test_dbus_down (bus);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/wake/burst", Fixture, NULL, set_up, test_burst, tear_down);
  g_test_add ("/wake/clocks", Fixture, NULL, set_up, test_clocks, tear_down);
  g_test_add ("/wake/system", Fixture, NULL, set_up, test_system, tear_down);
  return g_test_run ();
}
