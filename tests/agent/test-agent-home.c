/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gsettingsbackend.h>
#include <glib/gstdio.h>
#include <signal.h>

#include "agent-world.h"
#include "mock-service.h"
#include "mock-shortcuts.h"
#include "rd-test.h"
#include "relay.h"

/* The real agent in its session: a locked screen, sleep, media players, start at login, its end. You are user 7; Ada is
 * user 11. The private bus is the system's, too. */

#define ADA 11
#define LOGIND "org.freedesktop.login1"
#define SAVER "org.gnome.ScreenSaver"
#define SAVER_XML                                                                                    \
  "<interface name='" SAVER "'><method name='GetActive'><arg type='b' direction='out'/></method></interface>"
#define MPRIS_PATH "/org/mpris/MediaPlayer2"
#define PLAYER "org.mpris.MediaPlayer2.Player"
#define PLAYER_XML                                                                                   \
  "<interface name='" PLAYER "'><property name='PlaybackStatus' type='s' access='read'/>"            \
  "<property name='CanPause' type='b' access='read'/><method name='Pause'/><method name='Play'/></interface>"
#define WINDOW_XML                                                                                   \
  "<interface name='org.freedesktop.Application'><method name='ActivateAction'>"                     \
  "<arg type='s' direction='in'/><arg type='av' direction='in'/><arg type='a{sv}' direction='in'/></method></interface>"

static MockService *
start_service (AgentWorld *world, const char *name)
{
  MockService *service = mock_service_new (g_test_dbus_get_bus_address (world->bus), name);

  mock_service_appear (service);
  return service;
}

/* As the window changes them. */
static GSettings *
open_settings (AgentWorld *world)
{
  g_autofree char *path = g_build_filename (world->dir, "config", "ringdown", "settings.ini", NULL);
  g_autoptr (GSettingsBackend) backend
    = g_keyfile_settings_backend_new (path, "/io/github/ringdown/Ringdown/", "Ringdown");

  return g_settings_new_with_backend (RD_APP_ID, backend);
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

static void
end_call (AgentWorld *world, RdDemoCall *call)
{
  g_autoptr (GError) error = NULL;

  rd_demo_crm_act (world->crm, ADA, call->id, "end", &error);
  g_assert_no_error (error);
  rd_test_await (agent_world_call_is (world, NULL));
}

static gboolean
last_summary_is (AgentWorld *world, const char *summary)
{
  guint count = mock_notifications_count_shown (world->notifications);
  g_autoptr (MockNotification) shown = NULL;

  if (count == 0)
    return FALSE;
  shown = mock_notifications_dup_shown (world->notifications, count - 1);
  return g_str_equal (shown->summary, summary);
}

static void
set_cover (MockService *saver, gboolean active)
{
  mock_service_emit (saver, "/org/gnome/ScreenSaver", SAVER, "ActiveChanged", g_variant_new ("(b)", active));
}

/* The screen is locked while a call rings, still is when the next one comes, and is opened then. */
static void
test_lock (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GSettings) settings = open_settings (world);
  g_autoptr (MockService) saver = mock_service_new (g_test_dbus_get_bus_address (world->bus), SAVER);
  RdDemoCall *call;
  guint seen;

  mock_service_add_object (saver, "/org/gnome/ScreenSaver", SAVER_XML);
  mock_service_reply (saver, "GetActive", g_variant_new ("(b)", FALSE));
  mock_service_appear (saver);
  call = ada_calls (world);
  rd_test_await (last_summary_is (world, "Ada Lovelace is calling"));
  rd_test_await (mock_service_count (saver, "GetActive") == 1);
  set_cover (saver, TRUE);
  rd_test_await (last_summary_is (world, "Incoming call"));
  seen = mock_notifications_count_shown (world->notifications);
  end_call (world, call);
  rd_test_await (last_summary_is (world, "Missed call"));
  call = ada_calls (world);
  rd_test_await (last_summary_is (world, "Incoming call"));
  for (guint i = seen; i < mock_notifications_count_shown (world->notifications); i++)
    {
      g_autoptr (MockNotification) shown = mock_notifications_dup_shown (world->notifications, i);

      g_assert_null (strstr (shown->summary, "Ada"));
      g_assert_null (strstr (shown->body, "Ada"));
    }
  g_settings_set_boolean (settings, "hide-when-locked", FALSE);
  rd_test_await (last_summary_is (world, "Ada Lovelace is calling"));
  g_settings_set_boolean (settings, "hide-when-locked", TRUE);
  rd_test_await (last_summary_is (world, "Incoming call"));
  set_cover (saver, FALSE);
  rd_test_await (last_summary_is (world, "Ada Lovelace is calling"));
  end_call (world, call);
}

static char *
add_behind_relay (AgentWorld *world, Relay *relay)
{
  g_autoptr (GVariant) settings = g_variant_ref_sink (agent_world_crm_settings (world, NULL));
  GVariantDict dict;
  char *id;

  g_variant_dict_init (&dict, settings);
  g_variant_dict_insert (&dict, "port", "u", relay_get_port (relay));
  id = agent_world_add_account (world, g_variant_dict_end (&dict), NULL, NULL);
  rd_test_await (agent_world_account_is (world, "connected"));
  rd_test_await (rd_demo_channels_count (world->channels, "crm", "private-user-7") == 1);
  return id;
}

/* The socket that the sleep has killed looks open to both ends. */
static void
test_sleep (AgentWorld *world, gconstpointer data)
{
  g_autoptr (Relay) relay = relay_new (rd_demo_channels_get_port (world->channels));
  g_autoptr (MockService) logind = start_service (world, LOGIND);
  g_autofree char *id = add_behind_relay (world, relay);
  gint64 began;
  RdDemoCall *call;

  g_assert_cmpuint (relay_get_opened (relay), ==, 1);
  relay_kill (relay);
  mock_service_emit (logind, "/org/freedesktop/login1", LOGIND ".Manager", "PrepareForSleep",
                     g_variant_new ("(b)", TRUE));
  mock_service_emit (logind, "/org/freedesktop/login1", LOGIND ".Manager", "PrepareForSleep",
                     g_variant_new ("(b)", FALSE));
  began = g_get_monotonic_time ();
  rd_test_await (relay_get_opened (relay) == 2);
  rd_test_await (rd_demo_channels_count (world->channels, "crm", "private-user-7") >= 2);
  g_test_message ("From resume to subscribed: %" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - began) / 1000);
  rd_test_await (agent_world_account_is (world, "connected"));
  call = ada_calls (world);
  end_call (world, call);
  agent_world_quit (world);
}

static void
on_player_called (MockService *player, const char *path, const char *method, GVariant *arguments, gpointer user_data)
{
  const char *status = g_str_equal (method, "Pause") ? "Paused" : "Playing";

  mock_service_set (player, MPRIS_PATH, PLAYER, "PlaybackStatus", g_variant_new_string (status), TRUE);
}

static MockService *
start_player (AgentWorld *world)
{
  MockService *player = mock_service_new (g_test_dbus_get_bus_address (world->bus), "org.mpris.MediaPlayer2.music");

  mock_service_add_object (player, MPRIS_PATH, PLAYER_XML);
  mock_service_set (player, MPRIS_PATH, PLAYER, "PlaybackStatus", g_variant_new_string ("Playing"), FALSE);
  mock_service_set (player, MPRIS_PATH, PLAYER, "CanPause", g_variant_new_boolean (TRUE), FALSE);
  mock_service_on_call (player, on_player_called, NULL);
  mock_service_appear (player);
  return player;
}

/* It pauses once, from the ring to the end of the call, and then plays on. */
static void
test_media (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (MockService) player = start_player (world);
  g_autoptr (RdDBusCall1) call1 = NULL;
  GVariant *options = g_variant_new ("(@a{sv})", g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0));
  RdDemoCall *call = ada_calls (world);

  rd_test_await (mock_service_count (player, "Pause ") == 1);
  call1 = agent_world_dup_call (world);
  agent_world_call_method (world, call1, "Answer", options, NULL);
  rd_test_await (agent_world_call_is (world, "active"));
  g_assert_cmpuint (mock_service_count (player, "Play "), ==, 0);
  end_call (world, call);
  rd_test_await (mock_service_count (player, "Play ") == 1);
  g_assert_cmpuint (mock_service_count (player, "Pause "), ==, 1);
}

/* An agent that ends leaves no silence behind; one that is not to pause anything does not. */
static void
test_media_at_the_end (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (MockService) player = start_player (world);
  g_autoptr (GSettings) settings = open_settings (world);

  ada_calls (world);
  rd_test_await (mock_service_count (player, "Pause ") == 1);
  g_settings_set_boolean (settings, "pause-media", FALSE);
  rd_test_await (mock_service_count (player, "Play ") == 1);
  g_settings_set_boolean (settings, "pause-media", TRUE);
  rd_test_await (mock_service_count (player, "Pause ") == 2);
  agent_world_quit (world);
  rd_test_await (mock_service_count (player, "Play ") == 2);
}

static gboolean
autostart_is (AgentWorld *world, const char *state)
{
  return g_strcmp0 (rd_dbus_agent1_get_autostart (world->agent1), state) == 0;
}

static void
test_autostart (AgentWorld *world, gconstpointer data)
{
  g_autoptr (GSettings) settings = open_settings (world);
  g_autofree char *path = g_build_filename (world->dir, "config", "autostart", RD_APP_ID ".desktop", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *exec = NULL;

  rd_test_await (autostart_is (world, "off"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_settings_set_boolean (settings, "autostart", TRUE);
  rd_test_await (autostart_is (world, "on"));
  g_assert_true (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL));
  exec = g_key_file_get_string (file, "Desktop Entry", "Exec", NULL);
  g_assert_true (g_str_has_suffix (exec, "/libexec/ringdown-agent\""));
  /* The desktop's own settings turn it off. */
  g_key_file_set_boolean (file, "Desktop Entry", "Hidden", TRUE);
  g_assert_true (g_key_file_save_to_file (file, path, NULL));
  agent_world_quit (world);
  agent_world_start_agent (world);
  rd_test_await (autostart_is (world, "off"));
  /* The agent sees what is left of two changes at once. */
  g_settings_set_boolean (settings, "autostart", FALSE);
  rd_test_await (!g_file_test (path, G_FILE_TEST_EXISTS));
  g_settings_set_boolean (settings, "autostart", TRUE);
  rd_test_await (autostart_is (world, "on"));
  g_settings_set_boolean (settings, "autostart", FALSE);
  rd_test_await (autostart_is (world, "off"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static gboolean
keys_are (AgentWorld *world, const char *state)
{
  return g_strcmp0 (rd_dbus_agent1_get_keys (world->agent1), state) == 0;
}

/* Keys that work everywhere, once the user wants them. */
static void
test_keys (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GSettings) settings = open_settings (world);
  g_autoptr (MockShortcuts) portal = mock_shortcuts_new (g_test_dbus_get_bus_address (world->bus));
  RdDemoCall *call;

  rd_test_await (keys_are (world, "off"));
  g_assert_cmpuint (mock_shortcuts_count (portal), ==, 0);
  g_settings_set_boolean (settings, "global-shortcuts", TRUE);
  rd_test_await (keys_are (world, "on"));
  call = ada_calls (world);
  rd_test_await (agent_world_ring_is (world, "full"));
  mock_shortcuts_press (portal, "hang-up", NULL);
  mock_shortcuts_press (portal, "silence", NULL);
  rd_test_await (agent_world_ring_is (world, "silent"));
  g_assert_true (agent_world_call_is (world, "ringing-in"));
  mock_shortcuts_press (portal, "answer", "token");
  rd_test_await (agent_world_call_is (world, "active"));
  mock_shortcuts_press (portal, "decline", NULL);
  mock_shortcuts_press (portal, "hang-up", NULL);
  rd_test_await (agent_world_call_is (world, NULL));
  call = ada_calls (world);
  mock_shortcuts_press (portal, "quiet", NULL);
  rd_test_await (agent_world_ring_is (world, "silent"));
  mock_shortcuts_press (portal, "quiet", NULL);
  rd_test_await (agent_world_ring_is (world, "full"));
  mock_shortcuts_press (portal, "decline", NULL);
  rd_test_await (agent_world_call_is (world, NULL));
  g_assert_nonnull (call);
  g_settings_set_boolean (settings, "global-shortcuts", FALSE);
  rd_test_await (keys_are (world, "off"));
}

/* Started as at login it shows nothing: no window, no notification. */
static void
test_unseen (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_auto (GStrv) windows = NULL;

  agent_world_quit (world);
  agent_world_start_agent (world);
  rd_test_await (agent_world_account_is (world, "connected"));
  windows = agent_world_dup_windows (world);
  g_assert_cmpuint (g_strv_length (windows), ==, 0);
  g_assert_cmpuint (mock_notifications_count_shown (world->notifications), ==, 0);
}

/* Who quits is rid of the window, too. */
static void
test_window_goes (AgentWorld *world, gconstpointer data)
{
  g_autoptr (MockService) window = mock_service_new (g_test_dbus_get_bus_address (world->bus), RD_APP_ID ".Window");

  mock_service_add_object (window, "/io/github/ringdown/Ringdown/Window", WINDOW_XML);
  mock_service_appear (window);
  agent_world_call_method (world, world->agent1, "ListCalls", NULL, NULL);
  agent_world_quit (world);
  rd_test_await (mock_service_count (window, "ActivateAction ('close',") == 1);
}

static gboolean
has_owner (AgentWorld *world, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) reply = NULL;
  gboolean owned = FALSE;

  g_dbus_connection_call (world->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                          "NameHasOwner", g_variant_new ("(s)", name), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                          rd_test_store_result, &result);
  rd_test_await (result != NULL);
  reply = g_dbus_connection_call_finish (world->connection, result, NULL);
  g_variant_get (reply, "(b)", &owned);
  return owned;
}

/* A window that is closed, or crashes, is no end of the line: the call after it rings. */
static void
test_window_closed (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  MockService *window = start_service (world, RD_APP_ID ".Window");
  RdDemoCall *call;

  mock_service_free (window);
  while (has_owner (world, RD_APP_ID ".Window"))
    ;
  /* What it has been told before this it knows when it replies. */
  agent_world_call_method (world, world->agent1, "ListCalls", NULL, NULL);
  call = ada_calls (world);
  rd_test_await (agent_world_ring_is (world, "full"));
  rd_test_await (agent_world_window_is (world, "--bus-name " RD_APP_ID " --page calls --for-call []"));
  end_call (world, call);
}

static gboolean
has_text (const char *path, const char *text)
{
  g_autofree char *found = NULL;

  return g_file_get_contents (path, &found, NULL, NULL) && g_str_equal (found, text);
}

/* The window is closing while it is wanted anew, and takes no notice: another one is started. */
static void
test_window_closing (AgentWorld *world, gconstpointer data)
{
  g_autoptr (MockService) window = start_service (world, RD_APP_ID ".Window");
  g_autofree char *script = g_build_filename (world->dir, "libexec", "ringdown-window", NULL);
  g_autofree char *log = g_build_filename (world->dir, "starts", NULL);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\necho start >> '%s'\n[ $(wc -l < '%s') -gt 1 ]\n", log, log);

  g_assert_true (g_file_set_contents (script, text, -1, NULL));
  g_assert_cmpint (g_chmod (script, 0700), ==, 0);
  agent_world_call_method (world, world->agent1, "ListCalls", NULL, NULL);
  agent_world_call_method (world, world->agent1, "OpenWindow", g_variant_new_parsed ("('', @a{sv} {})"), NULL);
  rd_test_await (has_text (log, "start\nstart\n"));
}

/* The session ends while it rings: at once, without a word, and nothing is left standing. */
static void
test_terminated (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ada_calls (world);
  rd_test_await (mock_notifications_count_standing (world->notifications) == 1);
  g_subprocess_send_signal (world->agent, SIGTERM);
  g_subprocess_wait_async (world->agent, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_assert_true (g_subprocess_wait_finish (world->agent, result, &error));
  g_assert_true (g_subprocess_get_if_exited (world->agent));
  g_assert_cmpint (g_subprocess_get_exit_status (world->agent), ==, 0);
  rd_test_await (mock_notifications_count_standing (world->notifications) == 0);
  agent_world_let_agent_go (world);
}

static void
add (const char *name, void (*test) (AgentWorld *, gconstpointer))
{
  g_test_add (name, AgentWorld, NULL, agent_world_set_up, test, agent_world_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/agent/home/lock", test_lock);
  add ("/agent/home/sleep", test_sleep);
  add ("/agent/home/media", test_media);
  add ("/agent/home/media-at-the-end", test_media_at_the_end);
  add ("/agent/home/autostart", test_autostart);
  add ("/agent/home/keys", test_keys);
  add ("/agent/home/unseen", test_unseen);
  add ("/agent/home/window-goes", test_window_goes);
  add ("/agent/home/window-closed", test_window_closed);
  add ("/agent/home/window-closing", test_window_closing);
  add ("/agent/home/terminated", test_terminated);
  return g_test_run ();
}
