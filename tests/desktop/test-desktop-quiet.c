/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "mock-service.h"
#include "rd-desktop-quiet.h"
#include "rd-test.h"

#define SERVER "org.freedesktop.Notifications"
#define SERVER_PATH "/org/freedesktop/Notifications"
#define SERVER_XML                                                                                  \
  "<interface name='" SERVER "'><property name='Inhibited' type='b' access='read'/>"                \
  "<method name='GetServerInformation'><arg type='s' direction='out'/><arg type='s' direction='out'/>" \
  "<arg type='s' direction='out'/><arg type='s' direction='out'/></method></interface>"
#define XFCONF_XML                                                                                  \
  "<interface name='org.xfce.Xfconf'><method name='GetProperty'><arg type='s' direction='in'/>"      \
  "<arg type='s' direction='in'/><arg type='v' direction='out'/></method></interface>"

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *connection;
  MockService *server;
  RdDesktopQuiet *quiet;
  guint notified;
} Fixture;

static void
on_active_changed (RdDesktopQuiet *quiet, GParamSpec *pspec, Fixture *fixture)
{
  fixture->notified++;
}

static void
start (Fixture *fixture, const char *desktop)
{
  fixture->quiet = rd_desktop_quiet_new (fixture->connection, desktop);
  g_signal_connect (fixture->quiet, "notify::active", G_CALLBACK (on_active_changed), fixture);
}

static void
start_server (Fixture *fixture, const char *name, gboolean inhibited)
{
  fixture->server = mock_service_new (g_test_dbus_get_bus_address (fixture->bus), SERVER);
  mock_service_add_object (fixture->server, SERVER_PATH, SERVER_XML);
  mock_service_set (fixture->server, SERVER_PATH, SERVER, "Inhibited", g_variant_new_boolean (inhibited), FALSE);
  mock_service_reply (fixture->server, "GetServerInformation", g_variant_new ("(ssss)", name, "v", "1", "1.2"));
  mock_service_appear (fixture->server);
}

static gboolean
active (Fixture *fixture)
{
  return rd_desktop_quiet_get_active (fixture->quiet);
}

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
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->quiet);
  rd_test_drain ();
  g_clear_pointer (&fixture->server, mock_service_free);
  g_dbus_connection_close_sync (fixture->connection, NULL, NULL);
  g_clear_object (&fixture->connection);
  g_test_dbus_down (fixture->bus);
  g_clear_object (&fixture->bus);
}

/* KDE's property: at start, as it changes, and with a server that goes and comes. */
static void
test_inhibited (Fixture *fixture, gconstpointer data)
{
  start_server (fixture, "Plasma", TRUE);
  start (fixture, "KDE");
  g_assert_false (active (fixture));
  rd_test_await (active (fixture));
  mock_service_set (fixture->server, SERVER_PATH, SERVER, "Inhibited", g_variant_new_boolean (FALSE), TRUE);
  rd_test_await (!active (fixture));
  mock_service_set (fixture->server, SERVER_PATH, SERVER, "Inhibited", g_variant_new_boolean (TRUE), TRUE);
  rd_test_await (active (fixture));
  g_clear_pointer (&fixture->server, mock_service_free);
  rd_test_await (!active (fixture));
  start_server (fixture, "Plasma", TRUE);
  rd_test_await (active (fixture));
  g_assert_cmpuint (fixture->notified, ==, 5);
}

/* What is no boolean is not taken; a property that is only said to have changed is asked for. */
static void
test_odd_server (Fixture *fixture, gconstpointer data)
{
  start_server (fixture, "Plasma", FALSE);
  start (fixture, "KDE");
  rd_test_await (mock_service_count (fixture->server, "Get Inhibited") == 1);
  mock_service_set (fixture->server, SERVER_PATH, SERVER, "Inhibited", g_variant_new_string ("yes"), TRUE);
  mock_service_emit (fixture->server, SERVER_PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged",
                     g_variant_new ("(s)", SERVER));
  mock_service_set (fixture->server, SERVER_PATH, SERVER, "Inhibited", g_variant_new_boolean (TRUE), FALSE);
  mock_service_emit (fixture->server, SERVER_PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged",
                     g_variant_new_parsed ("(%s, @a{sv} {}, ['Inhibited'])", SERVER));
  rd_test_await (active (fixture));
  g_assert_cmpuint (fixture->notified, ==, 1);
}

static void
test_hanging_server (Fixture *fixture, gconstpointer data)
{
  start_server (fixture, "Xfce Notify Daemon", FALSE);
  mock_service_hang (fixture->server);
  start (fixture, NULL);
  rd_test_await (mock_service_count (fixture->server, "GetServerInformation") == 1);
  g_assert_false (active (fixture));
}

static void
test_xfconf (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockService) xfconf = mock_service_new (g_test_dbus_get_bus_address (fixture->bus), "org.xfce.Xfconf");

  mock_service_add_object (xfconf, "/org/xfce/Xfconf", XFCONF_XML);
  mock_service_reply (xfconf, "GetProperty", g_variant_new ("(v)", g_variant_new_boolean (TRUE)));
  mock_service_appear (xfconf);
  start (fixture, "XFCE");
  rd_test_await (active (fixture));
  g_assert_cmpuint (mock_service_count (xfconf, "GetProperty ('xfce4-notifyd', '/do-not-disturb')"), ==, 1);
  mock_service_emit (xfconf, "/org/xfce/Xfconf", "org.xfce.Xfconf", "PropertyChanged",
                     g_variant_new ("(ssv)", "xfce4-notifyd", "/other", g_variant_new_boolean (FALSE)));
  mock_service_emit (xfconf, "/org/xfce/Xfconf", "org.xfce.Xfconf", "PropertyChanged",
                     g_variant_new ("(ssv)", "xfwm4", "/do-not-disturb", g_variant_new_boolean (FALSE)));
  mock_service_emit (xfconf, "/org/xfce/Xfconf", "org.xfce.Xfconf", "PropertyChanged",
                     g_variant_new ("(ssv)", "xfce4-notifyd", "/do-not-disturb", g_variant_new_boolean (TRUE)));
  mock_service_emit (xfconf, "/org/xfce/Xfconf", "org.xfce.Xfconf", "PropertyChanged",
                     g_variant_new ("(ssv)", "xfce4-notifyd", "/do-not-disturb", g_variant_new_boolean (FALSE)));
  rd_test_await (!active (fixture));
  g_assert_cmpuint (fixture->notified, ==, 2);
  mock_service_emit (xfconf, "/org/xfce/Xfconf", "org.xfce.Xfconf", "PropertyChanged",
                     g_variant_new ("(ssv)", "xfce4-notifyd", "/do-not-disturb", g_variant_new_boolean (TRUE)));
  rd_test_await (active (fixture));
  mock_service_emit (xfconf, "/org/xfce/Xfconf", "org.xfce.Xfconf", "PropertyRemoved",
                     g_variant_new ("(ss)", "xfce4-notifyd", "/other"));
  mock_service_emit (xfconf, "/org/xfce/Xfconf", "org.xfce.Xfconf", "PropertyRemoved",
                     g_variant_new ("(ss)", "xfce4-notifyd", "/do-not-disturb"));
  rd_test_await (!active (fixture));
  g_assert_cmpuint (fixture->notified, ==, 4);
}

/* Other servers have no buttons by their nature. */
static void
test_withdrawn (Fixture *fixture, gconstpointer data)
{
  start_server (fixture, data, FALSE);
  start (fixture, NULL);
  rd_desktop_quiet_set_actions_withdrawn (fixture->quiet, TRUE);
  rd_test_await (mock_service_count (fixture->server, "GetServerInformation") == 1);
  if (g_str_has_prefix (data, "Xfce"))
    {
      rd_test_await (active (fixture));
      rd_desktop_quiet_set_actions_withdrawn (fixture->quiet, FALSE);
    }
  rd_test_drain ();
  g_assert_false (active (fixture));
}

/* GNOME's setting, which outlives a change of desktops. */
static void
test_setting (Fixture *fixture, gconstpointer data)
{
  const char *desktop = data;
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema
      = g_settings_schema_source_lookup (source, "org.gnome.desktop.notifications", TRUE);
  g_autoptr (GSettings) settings = NULL;
  gboolean counts = desktop == NULL || strstr (desktop, "GNOME") != NULL;

  start (fixture, desktop);
  if (schema == NULL)
    {
      g_test_skip ("gsettings-desktop-schemas is not installed");
      return;
    }
  settings = g_settings_new ("org.gnome.desktop.notifications");
  g_settings_set_boolean (settings, "show-banners", FALSE);
  rd_test_drain ();
  g_assert_cmpint (active (fixture), ==, counts);
  g_clear_object (&fixture->quiet);
  start (fixture, desktop);
  g_assert_cmpint (active (fixture), ==, counts);
  g_settings_reset (settings, "show-banners");
  rd_test_drain ();
  g_assert_false (active (fixture));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/desktop-quiet/inhibited", Fixture, NULL, set_up, test_inhibited, tear_down);
  g_test_add ("/desktop-quiet/odd-server", Fixture, NULL, set_up, test_odd_server, tear_down);
  g_test_add ("/desktop-quiet/hanging-server", Fixture, NULL, set_up, test_hanging_server, tear_down);
  g_test_add ("/desktop-quiet/xfconf", Fixture, NULL, set_up, test_xfconf, tear_down);
  g_test_add ("/desktop-quiet/withdrawn/xfce", Fixture, "Xfce Notify Daemon", set_up, test_withdrawn, tear_down);
  g_test_add ("/desktop-quiet/withdrawn/other", Fixture, "mako", set_up, test_withdrawn, tear_down);
  g_test_add ("/desktop-quiet/setting/gnome", Fixture, "ubuntu:GNOME", set_up, test_setting, tear_down);
  g_test_add ("/desktop-quiet/setting/unknown", Fixture, NULL, set_up, test_setting, tear_down);
  g_test_add ("/desktop-quiet/setting/kde", Fixture, "KDE", set_up, test_setting, tear_down);
  return g_test_run ();
}
