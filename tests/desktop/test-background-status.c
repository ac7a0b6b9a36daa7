/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "mock-service.h"
#include "rd-background-status.h"
#include "rd-portal-request.h"
#include "rd-test.h"

#define PORTAL_XML                                                                                                   \
  "<interface name='org.freedesktop.portal.Background'><method name='SetStatus'>"                                    \
  "<arg type='a{sv}' direction='in'/></method></interface>"
#define OLD_PORTAL_XML                                                                                               \
  "<interface name='org.freedesktop.portal.Background'><method name='RequestBackground'>"                            \
  "<arg type='s' direction='in'/><arg type='a{sv}' direction='in'/></method></interface>"

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *connection;
  RdBackgroundStatus *status;
  MockService *portal;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  rd_test_bus_up (fixture->bus);
  fixture->connection = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (fixture->bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->status = rd_background_status_new (fixture->connection);
  fixture->portal = mock_service_new (g_test_dbus_get_bus_address (fixture->bus), RD_PORTAL_NAME);
  mock_service_add_object (fixture->portal, RD_PORTAL_PATH, data != NULL ? data : PORTAL_XML);
  mock_service_appear (fixture->portal);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->status);
  rd_test_drain ();
  g_clear_pointer (&fixture->portal, mock_service_free);
  g_dbus_connection_close_sync (fixture->connection, NULL, NULL);
  g_clear_object (&fixture->connection);
  g_test_dbus_down (fixture->bus);
  g_clear_object (&fixture->bus);
}

static guint
count (Fixture *fixture)
{
  return mock_service_count (fixture->portal, "SetStatus");
}

static char *
dup_last (Fixture *fixture)
{
  g_autoptr (GVariant) options = g_variant_get_child_value (mock_service_get_last (fixture->portal, "SetStatus"), 0);
  char *message = NULL;

  g_assert_true (g_variant_lookup (options, "message", "s", &message));
  return message;
}

static void
tell (Fixture *fixture, const char *text)
{
  g_object_set (fixture->status, "text", text, NULL);
}

static void
test_tells (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  tell (fixture, "Connected");
  rd_test_await (count (fixture) == 1);
  first = dup_last (fixture);
  g_assert_cmpstr (first, ==, "Connected");
  tell (fixture, "Connected");
  tell (fixture, "1 missed call · Connected");
  rd_test_await (count (fixture) == 2);
  second = dup_last (fixture);
  g_assert_cmpstr (second, ==, "1 missed call · Connected");
}

/* The portal refuses longer ones. */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (200, 'x');
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GString) wide = g_string_new (NULL);

  tell (fixture, long_text);
  rd_test_await (count (fixture) == 1);
  first = dup_last (fixture);
  g_assert_cmpuint (strlen (first), ==, 96);
  g_assert_true (g_str_has_suffix (first, "x…"));
  for (guint i = 0; i < 60; i++)
    g_string_append (wide, "電");
  tell (fixture, wide->str);
  rd_test_await (count (fixture) == 2);
  second = dup_last (fixture);
  g_assert_cmpuint (strlen (second), <=, 96);
  g_assert_true (g_utf8_validate (second, -1, NULL));
}

static void
test_hanging (Fixture *fixture, gconstpointer data)
{
  mock_service_hang (fixture->portal);
  tell (fixture, "1");
  rd_test_await (count (fixture) == 1);
  for (guint i = 0; i < 100; i++)
    tell (fixture, i % 2 == 0 ? "2" : "3");
  rd_test_drain ();
  g_assert_cmpuint (count (fixture), ==, 1);
}

static void
test_old_portal (Fixture *fixture, gconstpointer data)
{
  tell (fixture, "1");
  rd_test_drain ();
  tell (fixture, "2");
  rd_test_drain ();
  g_assert_cmpuint (count (fixture), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/background-status/tells", Fixture, NULL, set_up, test_tells, tear_down);
  g_test_add ("/background-status/long", Fixture, NULL, set_up, test_long, tear_down);
  g_test_add ("/background-status/hanging", Fixture, NULL, set_up, test_hanging, tear_down);
  g_test_add ("/background-status/old-portal", Fixture, OLD_PORTAL_XML, set_up, test_old_portal, tear_down);
  return g_test_run ();
}
