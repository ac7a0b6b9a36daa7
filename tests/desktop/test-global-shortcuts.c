/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "mock-shortcuts.h"
#include "rd-global-shortcuts.h"
#include "rd-test.h"

static GTestDBus *bus;

typedef struct
{
  GDBusConnection *connection;
  RdGlobalShortcuts *shortcuts;
  GString *pressed;
} Fixture;

static const RdGlobalShortcut two[] = { { "answer", "Answer", "LOGO+a" }, { "quiet", "Do Not Disturb", NULL } };

static void
on_activated (RdGlobalShortcuts *shortcuts, const char *id, const char *token, Fixture *fixture)
{
  g_string_append_printf (fixture->pressed, "%s(%s) ", id, token != NULL ? token : "");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->connection = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->pressed = g_string_new (NULL);
  fixture->shortcuts = rd_global_shortcuts_new (fixture->connection);
  /* Not the object's: it lives as long as the fixture. */
  g_signal_connect (fixture->shortcuts, "activated", G_CALLBACK (on_activated), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->shortcuts);
  rd_test_drain ();
  g_dbus_connection_close_sync (fixture->connection, NULL, NULL);
  g_clear_object (&fixture->connection);
  g_string_free (fixture->pressed, TRUE);
}

static gboolean
is (Fixture *fixture, const char *standing)
{
  return g_str_equal (rd_global_shortcuts_get_standing (fixture->shortcuts), standing);
}

static MockShortcuts *
start_portal (void)
{
  return mock_shortcuts_new (g_test_dbus_get_bus_address (bus));
}

static void
test_bound (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockShortcuts) portal = start_portal ();
  g_autoptr (GVariant) asked = NULL;
  g_autofree char *text = NULL;

  g_assert_true (is (fixture, "off"));
  rd_global_shortcuts_set (fixture->shortcuts, two, G_N_ELEMENTS (two));
  g_assert_true (is (fixture, "asking"));
  rd_test_await (is (fixture, "on"));
  asked = g_variant_get_child_value (mock_service_get_last (portal->service, "BindShortcuts"), 1);
  text = g_variant_print (asked, FALSE);
  g_assert_cmpstr (text, ==,
                   "[('answer', {'description': <'Answer'>, 'preferred_trigger': <'LOGO+a'>}), "
                   "('quiet', {'description': <'Do Not Disturb'>})]");
  mock_shortcuts_press (portal, "answer", "token-1");
  mock_shortcuts_press (portal, "quiet", NULL);
  rd_test_await (g_str_equal (fixture->pressed->str, "answer(token-1) quiet() "));
  rd_global_shortcuts_set (fixture->shortcuts, NULL, 0);
  g_assert_true (is (fixture, "off"));
  rd_test_await (mock_service_count (portal->service, "Close") == 1);
  mock_shortcuts_press (portal, "answer", NULL);
  rd_test_drain ();
  g_assert_cmpstr (fixture->pressed->str, ==, "answer(token-1) quiet() ");
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockShortcuts) portal = start_portal ();

  portal->bind_response = 1;
  rd_global_shortcuts_set (fixture->shortcuts, two, G_N_ELEMENTS (two));
  rd_test_await (is (fixture, "denied"));
  /* The user dismisses the dialog: no keys at all. */
  portal->bind_response = 0;
  portal->nothing = TRUE;
  rd_global_shortcuts_set (fixture->shortcuts, two, G_N_ELEMENTS (two));
  rd_test_await (is (fixture, "denied"));
  portal->nothing = FALSE;
  portal->session_response = 2;
  rd_global_shortcuts_set (fixture->shortcuts, two, G_N_ELEMENTS (two));
  rd_test_await (is (fixture, "absent"));
  portal->session_response = 0;
  rd_global_shortcuts_set (fixture->shortcuts, two, G_N_ELEMENTS (two));
  rd_test_await (is (fixture, "on"));
}

static void
test_no_portal (Fixture *fixture, gconstpointer data)
{
  rd_global_shortcuts_set (fixture->shortcuts, two, G_N_ELEMENTS (two));
  rd_test_await (is (fixture, "absent"));
}

/* The portal is started anew: it is asked again. */
static void
test_portal_goes (Fixture *fixture, gconstpointer data)
{
  MockShortcuts *portal = start_portal ();

  rd_global_shortcuts_set (fixture->shortcuts, two, G_N_ELEMENTS (two));
  rd_test_await (is (fixture, "on"));
  mock_shortcuts_free (portal);
  rd_test_await (is (fixture, "absent"));
  portal = start_portal ();
  rd_test_await (is (fixture, "on"));
  g_assert_cmpuint (mock_shortcuts_count (portal), ==, 1);
  mock_shortcuts_free (portal);
}

/* Another application's session, and what is no such signal at all. */
static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockShortcuts) portal = start_portal ();

  rd_global_shortcuts_set (fixture->shortcuts, two, G_N_ELEMENTS (two));
  rd_test_await (is (fixture, "on"));
  mock_service_emit (portal->service, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.GlobalShortcuts",
                     "Activated", g_variant_new_parsed ("(objectpath '/other', 'answer', uint64 1, @a{sv} {})"));
  mock_service_emit (portal->service, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.GlobalShortcuts",
                     "Activated", g_variant_new_parsed ("('answer',)"));
  mock_shortcuts_press (portal, "quiet", NULL);
  rd_test_await (fixture->pressed->len > 0);
  g_assert_cmpstr (fixture->pressed->str, ==, "quiet() ");
}

#define ADD(name, function) g_test_add ("/global-shortcuts/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  rd_test_bus_up (bus);
  ADD ("bound", test_bound);
  ADD ("refused", test_refused);
  ADD ("no-portal", test_no_portal);
  ADD ("portal-goes", test_portal_goes);
  ADD ("hostile", test_hostile);
  status = g_test_run ();
  g_test_dbus_down (bus);
  g_object_unref (bus);
  return status;
}
