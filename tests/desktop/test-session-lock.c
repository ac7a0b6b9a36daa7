/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "mock-service.h"
#include "rd-portal-request.h"
#include "rd-session-lock.h"
#include "rd-test.h"

#define LOGIND "org.freedesktop.login1"
#define SESSION LOGIND ".Session"
#define SESSION_PATH "/org/freedesktop/login1/session/_32"
#define AUTO_PATH "/org/freedesktop/login1/session/auto"
#define SESSION_XML                                                                        \
  "<interface name='" SESSION "'><property name='Id' type='s' access='read'/>"             \
  "<property name='LockedHint' type='b' access='read'/></interface>"
#define MANAGER_XML                                                                        \
  "<interface name='" LOGIND ".Manager'><method name='GetSession'>"                        \
  "<arg type='s' direction='in'/><arg type='o' direction='out'/></method></interface>"
#define SAVER_XML "<interface name='%s'><method name='GetActive'><arg type='b' direction='out'/></method></interface>"
#define INHIBIT "org.freedesktop.portal.Inhibit"
#define INHIBIT_XML                                                                        \
  "<interface name='" INHIBIT "'><method name='CreateMonitor'><arg type='s' direction='in'/>" \
  "<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"              \
  "<method name='QueryEndResponse'><arg type='o' direction='in'/></method></interface>"

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *connection;
  RdSessionLock *lock;
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
  fixture->lock = rd_session_lock_new (fixture->connection);
  g_assert_false (rd_session_lock_get_locked (fixture->lock));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->lock);
  rd_test_drain ();
  g_dbus_connection_close_sync (fixture->connection, NULL, NULL);
  g_clear_object (&fixture->connection);
  g_test_dbus_down (fixture->bus);
  g_clear_object (&fixture->bus);
}

static gboolean
locked (Fixture *fixture)
{
  return rd_session_lock_get_locked (fixture->lock);
}

static MockService *
start_logind (Fixture *fixture, gboolean hint)
{
  MockService *logind = mock_service_new (g_test_dbus_get_bus_address (fixture->bus), LOGIND);

  mock_service_add_object (logind, AUTO_PATH, SESSION_XML);
  mock_service_add_object (logind, SESSION_PATH, SESSION_XML);
  mock_service_add_object (logind, "/org/freedesktop/login1", MANAGER_XML);
  mock_service_set (logind, AUTO_PATH, SESSION, "Id", g_variant_new_string ("2"), FALSE);
  mock_service_set (logind, SESSION_PATH, SESSION, "LockedHint", g_variant_new_boolean (hint), FALSE);
  mock_service_reply (logind, "GetSession", g_variant_new ("(o)", SESSION_PATH));
  mock_service_appear (logind);
  return logind;
}

static void
test_logind (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockService) logind = start_logind (fixture, TRUE);

  rd_session_lock_watch_logind (fixture->lock, fixture->connection);
  rd_test_await (locked (fixture));
  g_assert_cmpuint (mock_service_count (logind, "GetSession ('2',)"), ==, 1);
  mock_service_set (logind, SESSION_PATH, SESSION, "LockedHint", g_variant_new_boolean (FALSE), TRUE);
  rd_test_await (!locked (fixture));
  mock_service_set (logind, SESSION_PATH, SESSION, "LockedHint", g_variant_new_boolean (TRUE), TRUE);
  rd_test_await (locked (fixture));
}

/* No logind, no session in it, one that hangs: the screen savers are heard all the same. */
static void
test_without_logind (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockService) logind = NULL;
  g_autoptr (MockService) saver = NULL;
  g_autofree char *xml = g_strdup_printf (SAVER_XML, "org.freedesktop.ScreenSaver");

  if (data != NULL)
    logind = start_logind (fixture, TRUE);
  if (g_strcmp0 (data, "no-session") == 0)
    mock_service_reply (logind, "GetSession", NULL);
  else if (g_strcmp0 (data, "hangs") == 0)
    mock_service_hang (logind);
  rd_session_lock_watch_logind (fixture->lock, fixture->connection);
  saver = mock_service_new (g_test_dbus_get_bus_address (fixture->bus), "org.freedesktop.ScreenSaver");
  mock_service_add_object (saver, "/ScreenSaver", xml);
  mock_service_reply (saver, "GetActive", g_variant_new ("(b)", FALSE));
  mock_service_appear (saver);
  rd_test_await (mock_service_count (saver, "GetActive") == 1);
  mock_service_emit (saver, "/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged",
                     g_variant_new ("(b)", TRUE));
  rd_test_await (locked (fixture));
}

/* One that crashes while the screen is covered must not leave everything hidden for ever. */
static void
test_saver (Fixture *fixture, gconstpointer data)
{
  const char *name = data;
  g_autofree char *path = g_strdelimit (g_strconcat ("/", name, NULL), ".", '/');
  g_autofree char *xml = g_strdup_printf (SAVER_XML, name);
  MockService *saver = mock_service_new (g_test_dbus_get_bus_address (fixture->bus), name);

  mock_service_add_object (saver, path, xml);
  mock_service_reply (saver, "GetActive", g_variant_new ("(b)", TRUE));
  mock_service_appear (saver);
  rd_test_await (locked (fixture));
  mock_service_emit (saver, path, name, "ActiveChanged", g_variant_new ("(b)", FALSE));
  rd_test_await (!locked (fixture));
  mock_service_emit (saver, path, name, "ActiveChanged", g_variant_new ("(s)", "on"));
  mock_service_emit (saver, path, name, "ActiveChanged", g_variant_new ("(b)", TRUE));
  rd_test_await (locked (fixture));
  mock_service_free (saver);
  rd_test_await (!locked (fixture));
}

/* In a sandbox: the portal tells, and is not kept waiting when the session ends. */
static void
test_portal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockService) portal = mock_service_new (g_test_dbus_get_bus_address (fixture->bus), RD_PORTAL_NAME);

  mock_service_add_object (portal, RD_PORTAL_PATH, INHIBIT_XML);
  mock_service_reply (portal, "CreateMonitor", g_variant_new ("(o)", RD_PORTAL_PATH "/request/1_2/t"));
  mock_service_appear (portal);
  rd_session_lock_watch_portal (fixture->lock);
  rd_test_await (mock_service_count (portal, "CreateMonitor ('', {") == 1);
  mock_service_emit (portal, RD_PORTAL_PATH, INHIBIT, "StateChanged",
                     g_variant_new_parsed ("(objectpath '/s', {'screensaver-active': <true>})"));
  rd_test_await (locked (fixture));
  mock_service_emit (portal, RD_PORTAL_PATH, INHIBIT, "StateChanged", g_variant_new ("(s)", "?"));
  mock_service_emit (portal, RD_PORTAL_PATH, INHIBIT, "StateChanged",
                     g_variant_new_parsed ("(objectpath '/s', {'session-state': <uint32 2>})"));
  rd_test_await (mock_service_count (portal, "QueryEndResponse ('/s',)") == 1);
  g_assert_true (locked (fixture));
  mock_service_emit (portal, RD_PORTAL_PATH, INHIBIT, "StateChanged",
                     g_variant_new_parsed ("(objectpath '/s', {'screensaver-active': <false>})"));
  rd_test_await (!locked (fixture));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session-lock/logind", Fixture, NULL, set_up, test_logind, tear_down);
  g_test_add ("/session-lock/without-logind", Fixture, NULL, set_up, test_without_logind, tear_down);
  g_test_add ("/session-lock/without-session", Fixture, "no-session", set_up, test_without_logind, tear_down);
  g_test_add ("/session-lock/logind-hangs", Fixture, "hangs", set_up, test_without_logind, tear_down);
  g_test_add ("/session-lock/gnome", Fixture, "org.gnome.ScreenSaver", set_up, test_saver, tear_down);
  g_test_add ("/session-lock/xfce", Fixture, "org.xfce.ScreenSaver", set_up, test_saver, tear_down);
  g_test_add ("/session-lock/portal", Fixture, NULL, set_up, test_portal, tear_down);
  return g_test_run ();
}
