/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "agent-world.h"
#include "mock-service.h"
#include "mock-tray.h"
#include "rd-test.h"

/* The icon in the tray and its menu, of the real agent, as a host sees and uses them. You are user 7; Ada is 11. */

#define ADA 11
#define ICON "io.github.ringdown.Ringdown-tray-"
#define TEXTS "Decline with a Message|Can’t talk now|I’ll call you in 10 minutes|Please write to me|"
#define REMIND "Remind Me in 10 Minutes|"
#define SAVER "org.freedesktop.ScreenSaver"
#define SAVER_XML                                                                                                    \
  "<interface name='org.freedesktop.ScreenSaver'><method name='GetActive'><arg type='b' direction='out'/></method>"  \
  "<signal name='ActiveChanged'><arg type='b'/></signal></interface>"

static MockTray *
start_host (AgentWorld *world)
{
  return mock_tray_new (g_test_dbus_get_bus_address (world->bus));
}

static gboolean
tray_is (AgentWorld *world, const char *standing)
{
  return g_strcmp0 (rd_dbus_agent1_get_tray (world->agent1), standing) == 0;
}

static gboolean
property_is (MockTray *host, const char *property, const char *expected)
{
  g_autoptr (GVariant) value = mock_tray_get (host, property);

  return g_strcmp0 (g_variant_get_string (value, NULL), expected) == 0;
}

static gboolean
menu_has (MockTray *host, const char *text)
{
  g_autofree char *labels = menu_client_dup_labels (mock_tray_get_menu (host));

  return strstr (labels, text) != NULL;
}

static void
choose (MockTray *host, const char *label)
{
  rd_test_await (menu_client_choose (mock_tray_get_menu (host), label));
}

static RdDemoCall *
ada_calls (AgentWorld *world)
{
  g_autoptr (GError) error = NULL;
  RdDemoCall *call = rd_demo_crm_place (world->crm, ADA, RD_DEMO_YOU, FALSE, &error);

  g_assert_no_error (error);
  rd_test_await (agent_world_call_is (world, "ringing-in"));
  return call;
}

static gboolean
has_request (AgentWorld *world, const char *text)
{
  for (guint i = 0; i < world->requests->len; i++)
    if (strstr (world->requests->pdata[i], text) != NULL)
      return TRUE;
  return FALSE;
}

static MockTray *
connect_with_host (AgentWorld *world)
{
  MockTray *host = start_host (world);
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");

  rd_test_await (tray_is (world, "shown"));
  rd_test_await (property_is (host, "IconName", ICON "connected"));
  return host;
}

static void
test_hosts (AgentWorld *world, gconstpointer data)
{
  MockTray *host;

  g_assert_true (tray_is (world, "no-host"));
  host = start_host (world);
  rd_test_await (tray_is (world, "shown"));
  rd_test_await (property_is (host, "IconName", ICON "offline"));
  g_assert_true (property_is (host, "Status", "Active"));
  g_assert_true (property_is (host, "Id", RD_APP_ID));
  g_assert_true (menu_has (host, "No Account Yet|"));
  mock_tray_free (host);
  rd_test_await (tray_is (world, "no-host"));
  host = start_host (world);
  rd_test_await (tray_is (world, "shown"));
  g_assert_true (menu_has (host, "No Account Yet|"));
  mock_tray_free (host);
  rd_test_await (tray_is (world, "no-host"));
}

static void
test_answer (AgentWorld *world, gconstpointer data)
{
  g_autoptr (MockTray) host = connect_with_host (world);
  g_autoptr (GVariant) given = NULL;

  g_assert_true (menu_has (host, "Demo CRM: Connected|"));
  ada_calls (world);
  rd_test_await (property_is (host, "Status", "NeedsAttention"));
  g_assert_true (property_is (host, "IconName", ICON "ringing"));
  g_assert_true (menu_has (host, "Ada Lovelace Is Calling)|Answer|Decline|" TEXTS "Silence|" REMIND));

  given = mock_tray_call (host, "/StatusNotifierItem", "org.kde.StatusNotifierItem", "ProvideXdgActivationToken",
                          g_variant_new ("(s)", "tray-token"), "()");
  choose (host, "Answer");
  rd_test_await (agent_world_call_is (world, "active"));
  rd_test_await (property_is (host, "Status", "Active"));
  g_assert_true (property_is (host, "IconName", ICON "connected"));
  rd_test_await (menu_has (host, "(In a Call with Ada Lovelace)|Hang Up|"));
  rd_test_await (agent_world_count_opened (world) == 1);
  choose (host, "Hang Up");
  rd_test_await (agent_world_call_is (world, NULL));
  rd_test_await (!menu_has (host, "Hang Up"));
}

static void
test_decline_and_call_again (AgentWorld *world, gconstpointer data)
{
  g_autoptr (MockTray) host = connect_with_host (world);

  g_assert_false (menu_has (host, "Call Again"));
  ada_calls (world);
  rd_test_await (menu_has (host, "Decline|"));
  choose (host, "Decline");
  rd_test_await (agent_world_call_is (world, NULL));
  rd_test_await (property_is (host, "Status", "Active"));
  rd_test_await (menu_has (host, "Call Again|Ada Lovelace|"));
  choose (host, "Ada Lovelace");
  rd_test_await (agent_world_call_is (world, "ringing-out"));
  rd_test_await (menu_has (host, "(Calling Ada Lovelace…)|Hang Up|"));
  choose (host, "Hang Up");
  rd_test_await (agent_world_call_is (world, NULL));
}

static void
test_decline_with_message (AgentWorld *world, gconstpointer data)
{
  g_autoptr (MockTray) host = connect_with_host (world);

  ada_calls (world);
  rd_test_await (menu_has (host, "Decline with a Message|"));
  choose (host, "I’ll call you in 10 minutes");
  rd_test_await (agent_world_call_is (world, NULL));
  rd_test_await (has_request (world, "in 10 minutes"));
}

static void
test_remind (AgentWorld *world, gconstpointer data)
{
  g_autoptr (MockTray) host = connect_with_host (world);
  g_autofree char *path = g_build_filename (world->dir, "data", "ringdown", "reminders.json", NULL);

  ada_calls (world);
  rd_test_await (agent_world_ring_is (world, "full"));
  choose (host, "Remind Me in 10 Minutes");
  rd_test_await (agent_world_ring_is (world, "silent"));
  rd_test_await (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_silence (AgentWorld *world, gconstpointer data)
{
  g_autoptr (MockTray) host = connect_with_host (world);

  ada_calls (world);
  rd_test_await (agent_world_ring_is (world, "full"));
  rd_test_await (property_is (host, "Status", "NeedsAttention"));
  if (data != NULL)
    mock_tray_click (host, "SecondaryActivate");
  else
    choose (host, "Silence");
  rd_test_await (agent_world_ring_is (world, "silent"));
  /* It rings on, silently. */
  rd_test_await (property_is (host, "Status", "Active"));
  g_assert_true (property_is (host, "IconName", ICON "ringing"));
  g_assert_true (menu_has (host, "Is Calling)|Answer|Decline|" TEXTS REMIND "Demo CRM"));
}

static void
test_quiet (AgentWorld *world, gconstpointer data)
{
  g_autoptr (MockTray) host = connect_with_host (world);
  g_autoptr (GDBusInterface) quiet
    = g_dbus_object_manager_get_interface (world->objects, "/io/github/ringdown/Ringdown/Agent",
                                           "io.github.ringdown.Quiet1");

  choose (host, "For 1 Hour");
  rd_test_await (g_strcmp0 (rd_dbus_quiet1_get_why (RD_DBUS_QUIET1 (quiet)), "switch") == 0);
  g_assert_cmpint (rd_dbus_quiet1_get_until (RD_DBUS_QUIET1 (quiet)), >, g_get_real_time ());
  g_assert_cmpint (rd_dbus_quiet1_get_until (RD_DBUS_QUIET1 (quiet)), <=, g_get_real_time () + G_TIME_SPAN_HOUR);
  rd_test_await (property_is (host, "IconName", ICON "quiet"));
  g_assert_true (menu_has (host, "Do Not Disturb (On)|(On Until "));

  choose (host, "Until Turned Off");
  rd_test_await (rd_dbus_quiet1_get_until (RD_DBUS_QUIET1 (quiet)) == 0);
  choose (host, "Until Tomorrow");
  rd_test_await (rd_dbus_quiet1_get_until (RD_DBUS_QUIET1 (quiet)) > g_get_real_time ());
  choose (host, "Turn Off");
  rd_test_await (g_strcmp0 (rd_dbus_quiet1_get_why (RD_DBUS_QUIET1 (quiet)), "") == 0);
  rd_test_await (property_is (host, "IconName", ICON "connected"));
}

/* Somebody calls whom the user is not to be disturbed by: it is to be seen, and nothing more. */
static void
test_held_back (AgentWorld *world, gconstpointer data)
{
  g_autoptr (MockTray) host = connect_with_host (world);

  choose (host, "Until Turned Off");
  rd_test_await (property_is (host, "IconName", ICON "quiet"));
  ada_calls (world);
  rd_test_await (property_is (host, "IconName", ICON "ringing"));
  g_assert_true (property_is (host, "Status", "Active"));
  g_assert_true (menu_has (host, "Is Calling)|Answer|Decline|" TEXTS REMIND "Demo CRM"));
}

static RdDBusHistory1 *
dup_history (AgentWorld *world)
{
  return RD_DBUS_HISTORY1 (g_dbus_object_manager_get_interface (
    world->objects, "/io/github/ringdown/Ringdown/Agent", "io.github.ringdown.History1"));
}

static gboolean
window_has (AgentWorld *world, const char *text)
{
  g_auto (GStrv) windows = agent_world_dup_windows (world);
  guint count = g_strv_length (windows);

  return count > 0 && strstr (windows[count - 1], text) != NULL;
}

static void
test_missed (AgentWorld *world, gconstpointer data)
{
  g_autoptr (MockTray) host = connect_with_host (world);
  g_autoptr (RdDBusHistory1) history = dup_history (world);
  g_autoptr (GError) error = NULL;
  RdDemoCall *call = ada_calls (world);

  rd_demo_crm_act (world->crm, ADA, call->id, "end", &error);
  g_assert_no_error (error);
  rd_test_await (property_is (host, "IconName", ICON "connected-missed"));
  g_assert_true (property_is (host, "Status", "Active"));
  g_assert_true (menu_has (host, "Demo CRM: Connected|1 missed call|"));
  choose (host, "1 missed call");
  rd_test_await (window_has (world, "calls"));
  agent_world_call_method (world, history, "MarkSeen", NULL, NULL);
  rd_test_await (property_is (host, "IconName", ICON "connected"));
  g_assert_false (menu_has (host, "missed"));
}

/* Missed calls, and whom to call again, are known to the next run too; what is erased is gone from here as well. */
static void
test_restart (AgentWorld *world, gconstpointer data)
{
  g_autoptr (MockTray) host = connect_with_host (world);
  g_autoptr (RdDBusHistory1) history = NULL;
  g_autoptr (GVariant) nothing = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  g_autoptr (GError) error = NULL;
  RdDemoCall *call = ada_calls (world);

  rd_demo_crm_act (world->crm, ADA, call->id, "end", &error);
  g_assert_no_error (error);
  rd_test_await (property_is (host, "IconName", ICON "connected-missed"));
  agent_world_quit (world);
  agent_world_start_agent (world);
  rd_test_await (tray_is (world, "shown"));
  rd_test_await (property_is (host, "IconName", ICON "connected-missed"));
  rd_test_await (menu_has (host, "Call Again|Ada Lovelace|"));
  history = dup_history (world);
  agent_world_call_method (world, history, "Erase", g_variant_new ("(@a{sv})", nothing), NULL);
  rd_test_await (!menu_has (host, "Ada Lovelace"));
}

static void
test_locked (AgentWorld *world, gconstpointer data)
{
  g_autoptr (MockTray) host = connect_with_host (world);
  MockService *saver = mock_service_new (g_test_dbus_get_bus_address (world->bus), SAVER);

  mock_service_add_object (saver, "/org/freedesktop/ScreenSaver", SAVER_XML);
  mock_service_reply (saver, "GetActive", g_variant_new ("(b)", TRUE));
  mock_service_appear (saver);
  rd_test_await (mock_service_count (saver, "GetActive") > 0);
  ada_calls (world);
  rd_test_await (menu_has (host, "(Incoming Call)|Answer|Decline|"));
  g_assert_false (menu_has (host, "Ada"));
  mock_service_emit (saver, "/org/freedesktop/ScreenSaver", SAVER, "ActiveChanged", g_variant_new ("(b)", FALSE));
  rd_test_await (menu_has (host, "Ada Lovelace Is Calling)|"));
  mock_service_free (saver);
}

static void
test_open_and_quit (AgentWorld *world, gconstpointer data)
{
  g_autoptr (MockTray) host = connect_with_host (world);
  g_autoptr (GVariant) given = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  given = mock_tray_call (host, "/StatusNotifierItem", "org.kde.StatusNotifierItem", "ProvideXdgActivationToken",
                          g_variant_new ("(s)", "tray-token"), "()");
  mock_tray_click (host, "Activate");
  rd_test_await (window_has (world, "[tray-token]"));
  choose (host, "Quit");
  g_subprocess_wait_async (world->agent, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_assert_true (g_subprocess_wait_finish (world->agent, result, NULL));
  g_assert_true (g_subprocess_get_successful (world->agent));
  agent_world_let_agent_go (world);
}

static void
set_preference (AgentWorld *world, const char *line)
{
  g_autofree char *path = g_build_filename (world->dir, "config", "ringdown", "settings.ini", NULL);
  g_autofree char *text = g_strdup_printf ("[Ringdown]\n%s\n", line);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
test_off (AgentWorld *world, gconstpointer data)
{
  g_autoptr (MockTray) host = NULL;

  agent_world_quit (world);
  set_preference (world, "tray=false");
  host = start_host (world);
  agent_world_start_agent (world);
  rd_test_await (tray_is (world, "off"));
  g_assert_cmpuint (mock_tray_count (host), ==, 0);

  /* The user changes it while the agent runs. */
  set_preference (world, "tray=true");
  rd_test_await (tray_is (world, "shown"));
  g_assert_true (property_is (host, "Status", "Active"));
  set_preference (world, "tray=false");
  rd_test_await (tray_is (world, "off"));
  g_assert_true (property_is (host, "Status", "Passive"));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (AgentWorld *, gconstpointer);
    const char *data;
  } tests[] = {
    { "/agent-tray/hosts", test_hosts, NULL },
    { "/agent-tray/answer", test_answer, NULL },
    { "/agent-tray/decline-and-call-again", test_decline_and_call_again, NULL },
    { "/agent-tray/decline-with-message", test_decline_with_message, NULL },
    { "/agent-tray/remind", test_remind, NULL },
    { "/agent-tray/silence", test_silence, NULL },
    { "/agent-tray/silence-by-middle-click", test_silence, "middle" },
    { "/agent-tray/quiet", test_quiet, NULL },
    { "/agent-tray/held-back", test_held_back, NULL },
    { "/agent-tray/missed", test_missed, NULL },
    { "/agent-tray/restart", test_restart, NULL },
    { "/agent-tray/locked", test_locked, NULL },
    { "/agent-tray/open-and-quit", test_open_and_quit, NULL },
    { "/agent-tray/off", test_off, NULL },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, AgentWorld, tests[i].data, agent_world_set_up, tests[i].test, agent_world_tear_down);
  return g_test_run ();
}
