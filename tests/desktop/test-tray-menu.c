/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "menu-client.h"
#include "rd-test.h"
#include "rd-tray-menu.h"

/* The menu as hosts read it: com.canonical.dbusmenu, asked over a connection of our own. */

#define PATH "/io/github/ringdown/Ringdown/Menu"
#define INTERFACE "com.canonical.dbusmenu"

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *connection;
  GDBusConnection *host;
  RdTrayMenu *menu;
  MenuClient client;
  char *chosen; /* "verb what" */
  guint layouts;
} World;

static void
on_chosen (RdTrayMenu *menu, const char *verb, const char *what, const char *text, World *world)
{
  g_free (world->chosen);
  world->chosen = g_strdup_printf ("%s %s", verb, what != NULL ? what : "-");
}

static void
on_layout_updated (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                   const char *signal, GVariant *parameters, gpointer user_data)
{
  ((World *) user_data)->layouts++;
}

static gboolean
answers (World *world)
{
  g_autoptr (GVariant) reply
    = menu_client_call (&world->client, "GetLayout", g_variant_new ("(iias)", 0, 1, NULL), "(u(ia{sv}av))");

  return reply != NULL;
}

static void
set_up (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  world->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  rd_test_bus_up (world->bus);
  world->connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  world->host = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (world->bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  world->client.connection = world->host;
  world->client.service = g_dbus_connection_get_unique_name (world->connection);
  world->client.path = PATH;
  g_dbus_connection_signal_subscribe (world->host, world->client.service, INTERFACE, "LayoutUpdated", PATH, NULL,
                                      G_DBUS_SIGNAL_FLAGS_NONE, on_layout_updated, world, NULL);
  world->menu = rd_tray_menu_new (PATH);
  g_signal_connect (world->menu, "chosen", G_CALLBACK (on_chosen), world);
  rd_test_await (answers (world));
}

static void
tear_down (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_finalize_object (world->menu);
  rd_test_drain ();
  g_dbus_connection_close_sync (world->host, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&world->host);
  g_clear_object (&world->connection);
  g_test_dbus_down (world->bus);
  g_object_unref (world->bus);
  g_free (world->chosen);
}

static RdTrayFacts *
make_facts (void)
{
  RdTrayFacts *facts = rd_tray_facts_new ();

  rd_tray_facts_add_line (facts, "a1", "My_CRM", "connected");
  return facts;
}

static void
test_layout (World *world, gconstpointer data)
{
  g_autoptr (RdTrayFacts) facts = make_facts ();
  g_autofree char *labels = NULL;
  g_autoptr (GVariant) properties = NULL;
  const char *display = NULL;

  rd_tray_menu_show (world->menu, facts);
  labels = menu_client_dup_labels (&world->client);
  g_assert_cmpstr (labels, ==,
                   "My__CRM: Connected|Do Not Disturb|For 30 Minutes|For 1 Hour|Until Tomorrow|Until Turned Off|"
                   "Open Ringdown|Quit|");
  g_assert_cmpint (menu_client_find (&world->client, "Do Not Disturb", &properties), >, 0);
  g_assert_true (g_variant_lookup (properties, "children-display", "&s", &display));
  g_assert_cmpstr (display, ==, "submenu");
}

/* All that hosts call besides GetLayout */
static void
test_host_calls (World *world, gconstpointer data)
{
  g_autoptr (RdTrayFacts) facts = make_facts ();
  g_autoptr (GVariant) group = NULL;
  g_autoptr (GVariant) about = NULL;
  g_autoptr (GVariant) events = NULL;
  g_autoptr (GVariant) property = NULL;
  int quit;

  rd_tray_menu_show (world->menu, facts);
  quit = menu_client_find (&world->client, "Quit", NULL);
  group = menu_client_call (&world->client, "GetGroupProperties",
                            g_variant_new_parsed ("([%i], ['label'])", quit), "(a(ia{sv}))");
  g_assert_nonnull (group);
  property = menu_client_call (&world->client, "GetProperty", g_variant_new ("(is)", quit, "label"), "(v)");
  g_assert_nonnull (property);
  about = menu_client_call (&world->client, "AboutToShowGroup", g_variant_new_parsed ("([0],)"), "(aiai)");
  g_assert_nonnull (about);
  events = menu_client_call (&world->client, "EventGroup",
                             g_variant_new_parsed ("([(%i, 'clicked', <''>, uint32 0)],)", quit), "(ai)");
  g_assert_nonnull (events);
  rd_test_await (world->chosen != NULL);
  g_assert_cmpstr (world->chosen, ==, "quit -");
}

static void
test_choose (World *world, gconstpointer data)
{
  g_autoptr (RdTrayFacts) facts = make_facts ();
  RdTrayCall *ada = rd_tray_facts_add_call (facts, "a1/42", "Ada", RD_TRAY_CALL_RINGING_IN);

  ada->can_answer = TRUE;
  rd_tray_menu_show (world->menu, facts);
  g_assert_true (menu_client_choose (&world->client, "Answer"));
  rd_test_await (g_strcmp0 (world->chosen, "answer a1/42") == 0);
  g_assert_true (menu_client_choose (&world->client, "For 1 Hour"));
  rd_test_await (g_strcmp0 (world->chosen, "quiet 1h") == 0);
  g_assert_true (menu_client_choose (&world->client, "Open Ringdown"));
  rd_test_await (g_strcmp0 (world->chosen, "open ") == 0);
}

/* A client that does not keep to what it sees: rows that are only to be read, that wait, that are gone. */
static void
test_choose_what_is_not (World *world, gconstpointer data)
{
  g_autoptr (RdTrayFacts) facts = make_facts ();
  g_autoptr (RdTrayFacts) later = make_facts ();
  RdTrayCall *ada = rd_tray_facts_add_call (facts, "a1/42", "Ada", RD_TRAY_CALL_RINGING_IN);
  int answer;

  ada->can_answer = TRUE;
  ada->busy = TRUE;
  rd_tray_menu_show (world->menu, facts);
  answer = menu_client_find (&world->client, "Answer", NULL);
  g_assert_true (menu_client_choose (&world->client, "Ada Is Calling"));
  g_assert_true (menu_client_click (&world->client, answer));
  g_assert_true (menu_client_choose (&world->client, "Do Not Disturb"));
  rd_tray_menu_show (world->menu, later);
  g_assert_false (menu_client_click (&world->client, answer));
  /* Later than all that might have come of it. */
  g_assert_true (menu_client_choose (&world->client, "Quit"));
  rd_test_await (world->chosen != NULL);
  g_assert_cmpstr (world->chosen, ==, "quit -");
}

/* A host may have the menu open meanwhile: what is still there keeps its id, and nothing moves for nothing. */
static void
test_changes (World *world, gconstpointer data)
{
  g_autoptr (RdTrayFacts) facts = make_facts ();
  g_autoptr (RdTrayFacts) ringing = make_facts ();
  int quit;
  int line;
  guint layouts;

  rd_tray_menu_show (world->menu, facts);
  quit = menu_client_find (&world->client, "Quit", NULL);
  line = menu_client_find (&world->client, "My__CRM: Connected", NULL);
  rd_test_await (world->layouts > 0);

  layouts = world->layouts;
  rd_tray_facts_add_call (ringing, "a1/42", "Ada", RD_TRAY_CALL_RINGING_IN);
  g_free (((RdTrayLine *) ringing->lines->pdata[0])->state);
  ((RdTrayLine *) ringing->lines->pdata[0])->state = g_strdup ("waiting");
  rd_tray_menu_show (world->menu, ringing);
  rd_test_await (world->layouts > layouts);
  g_assert_cmpint (menu_client_find (&world->client, "Quit", NULL), ==, quit);
  g_assert_cmpint (menu_client_find (&world->client, "My__CRM: Offline", NULL), ==, line);
  g_assert_cmpint (menu_client_find (&world->client, "Silence", NULL), >, 0);

  layouts = world->layouts;
  rd_tray_menu_show (world->menu, ringing);
  rd_test_drain ();
  g_assert_cmpuint (world->layouts, ==, layouts);

  rd_tray_menu_show (world->menu, facts);
  rd_test_await (world->layouts > layouts);
  g_assert_cmpint (menu_client_find (&world->client, "Silence", NULL), ==, -1);
  g_assert_cmpint (menu_client_find (&world->client, "Quit", NULL), ==, quit);
}

static void
test_order (World *world, gconstpointer data)
{
  g_autoptr (RdTrayFacts) one = rd_tray_facts_new ();
  g_autoptr (RdTrayFacts) other = rd_tray_facts_new ();
  g_autofree char *labels = NULL;

  rd_tray_facts_add_line (one, "a", "A", "connected");
  rd_tray_facts_add_line (one, "b", "B", "connected");
  rd_tray_facts_add_line (one, "c", "C", "connected");
  rd_tray_facts_add_line (other, "c", "C", "connected");
  rd_tray_facts_add_line (other, "d", "D", "connected");
  rd_tray_facts_add_line (other, "a", "A", "connected");
  rd_tray_menu_show (world->menu, one);
  rd_tray_menu_show (world->menu, other);
  labels = menu_client_dup_labels (&world->client);
  g_assert_true (g_str_has_prefix (labels, "C: Connected|D: Connected|A: Connected|Do Not Disturb|"));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (World *, gconstpointer);
  } tests[] = {
    { "/tray-menu/layout", test_layout },
    { "/tray-menu/host-calls", test_host_calls },
    { "/tray-menu/choose", test_choose },
    { "/tray-menu/choose-what-is-not", test_choose_what_is_not },
    { "/tray-menu/changes", test_changes },
    { "/tray-menu/order", test_order },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, World, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
