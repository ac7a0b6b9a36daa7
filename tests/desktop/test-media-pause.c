/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "mock-service.h"
#include "rd-media-pause.h"
#include "rd-test.h"

#define PATH "/org/mpris/MediaPlayer2"
#define PLAYER "org.mpris.MediaPlayer2.Player"
#define PLAYER_XML                                                                                  \
  "<interface name='" PLAYER "'><property name='PlaybackStatus' type='s' access='read'/>"           \
  "<property name='CanPause' type='b' access='read'/><method name='Pause'/><method name='Play'/></interface>"

static GTestDBus *bus;

typedef struct
{
  GDBusConnection *connection;
  RdMediaPause *pause;
} Fixture;

static void
set_status (MockService *player, const char *status)
{
  mock_service_set (player, PATH, PLAYER, "PlaybackStatus", g_variant_new_string (status), TRUE);
}

static void
on_call (MockService *player, const char *path, const char *method, GVariant *arguments, gpointer user_data)
{
  if (g_str_equal (method, "Pause"))
    set_status (player, "Paused");
  else if (g_str_equal (method, "Play"))
    set_status (player, "Playing");
}

/* One that does what it is told and says so. */
static MockService *
start_player (const char *name, const char *status, gboolean can_pause)
{
  g_autofree char *full = g_strconcat ("org.mpris.MediaPlayer2.", name, NULL);
  MockService *player = mock_service_new (g_test_dbus_get_bus_address (bus), full);

  mock_service_add_object (player, PATH, PLAYER_XML);
  mock_service_set (player, PATH, PLAYER, "PlaybackStatus", g_variant_new_string (status), FALSE);
  mock_service_set (player, PATH, PLAYER, "CanPause", g_variant_new_boolean (can_pause), FALSE);
  mock_service_on_call (player, on_call, NULL);
  mock_service_appear (player);
  return player;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->connection = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->pause = rd_media_pause_new (fixture->connection);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->pause);
  rd_test_drain ();
  g_dbus_connection_close_sync (fixture->connection, NULL, NULL);
  g_clear_object (&fixture->connection);
}

static void
await_pauses (MockService *player, guint count)
{
  rd_test_await (mock_service_count (player, "Pause ") == count);
}

static void
test_pause (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockService) playing = start_player ("playing", "Playing", TRUE);
  g_autoptr (MockService) paused = start_player ("paused", "Paused", TRUE);
  g_autoptr (MockService) radio = start_player ("radio", "Playing", FALSE);
  g_autoptr (MockService) proxy = start_player ("playerctld", "Playing", TRUE);
  g_autoptr (MockService) later = NULL;

  rd_media_pause_set_wanted (fixture->pause, TRUE);
  rd_media_pause_set_wanted (fixture->pause, TRUE);
  await_pauses (playing, 1);
  /* What the user starts meanwhile is meant to be heard. */
  later = start_player ("later", "Playing", TRUE);
  rd_media_pause_set_wanted (fixture->pause, FALSE);
  rd_test_await (mock_service_count (playing, "Play ") == 1);
  rd_test_drain ();
  g_assert_cmpuint (mock_service_count (playing, "Pause "), ==, 1);
  g_assert_cmpuint (mock_service_count (paused, "P"), ==, 0);
  g_assert_cmpuint (mock_service_count (radio, "P"), ==, 0);
  g_assert_cmpuint (mock_service_count (proxy, "P"), ==, 0);
  g_assert_cmpuint (mock_service_count (later, "P"), ==, 0);
}

/* From the ring to its call: silence throughout, and the player is resumed once. */
static void
test_goes_on (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockService) player = start_player ("music", "Playing", TRUE);
  g_autoptr (MockService) film = NULL;

  rd_media_pause_set_wanted (fixture->pause, TRUE);
  await_pauses (player, 1);
  rd_media_pause_set_wanted (fixture->pause, FALSE);
  /* Begun between two calls. */
  film = start_player ("film", "Playing", TRUE);
  rd_media_pause_set_wanted (fixture->pause, TRUE);
  await_pauses (film, 1);
  g_assert_cmpuint (mock_service_count (player, "Pause "), ==, 1);
  rd_media_pause_set_wanted (fixture->pause, FALSE);
  rd_test_await (mock_service_count (player, "Play ") == 1);
  /* A new while begins anew. */
  rd_media_pause_set_wanted (fixture->pause, TRUE);
  await_pauses (player, 2);
  rd_media_pause_shut_down (fixture->pause);
  rd_test_await (mock_service_count (player, "Play ") == 2);
}

/* Whoever has touched it since, it is theirs: also if it is paused again in the end. */
static void
test_user (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockService) started = start_player ("started", "Playing", TRUE);
  g_autoptr (MockService) stopped = start_player ("stopped", "Playing", TRUE);
  g_autoptr (MockService) played = start_player ("played", "Playing", TRUE);
  g_autoptr (MockService) left = start_player ("left", "Playing", TRUE);

  rd_media_pause_set_wanted (fixture->pause, TRUE);
  await_pauses (started, 1);
  await_pauses (stopped, 1);
  await_pauses (played, 1);
  await_pauses (left, 1);
  set_status (started, "Playing");
  set_status (started, "Paused");
  set_status (stopped, "Stopped");
  set_status (played, "Playing");
  rd_media_pause_set_wanted (fixture->pause, FALSE);
  rd_test_await (mock_service_count (left, "Play ") == 1);
  rd_test_drain ();
  g_assert_cmpuint (mock_service_count (started, "Play "), ==, 0);
  g_assert_cmpuint (mock_service_count (stopped, "Play "), ==, 0);
  g_assert_cmpuint (mock_service_count (played, "Play "), ==, 0);
}

/* One that is gone, one that came back under its name, one that hangs: nobody waits, and the others play on. */
static void
test_lost (Fixture *fixture, gconstpointer data)
{
  MockService *gone = start_player ("gone", "Playing", TRUE);
  MockService *restarted = start_player ("restarted", "Playing", TRUE);
  g_autoptr (MockService) hanging = start_player ("hanging", "Playing", TRUE);
  g_autoptr (MockService) good = start_player ("good", "Playing", TRUE);

  rd_media_pause_set_wanted (fixture->pause, TRUE);
  await_pauses (gone, 1);
  await_pauses (restarted, 1);
  await_pauses (good, 1);
  await_pauses (hanging, 1);
  mock_service_hang (hanging);
  mock_service_free (gone);
  mock_service_free (restarted);
  restarted = start_player ("restarted", "Paused", TRUE);
  rd_media_pause_set_wanted (fixture->pause, FALSE);
  rd_test_await (mock_service_count (good, "Play ") == 1);
  rd_test_await (mock_service_count (hanging, "Play ") == 1);
  rd_test_drain ();
  g_assert_cmpuint (mock_service_count (restarted, "Play "), ==, 0);
  mock_service_free (restarted);
}

/* One that has not answered to Pause yet would pause when it is too late: Play follows in its queue. */
static void
test_slow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockService) slow = start_player ("slow", "Playing", TRUE);

  mock_service_hang (slow);
  rd_media_pause_set_wanted (fixture->pause, TRUE);
  await_pauses (slow, 1);
  rd_media_pause_shut_down (fixture->pause);
  rd_test_await (mock_service_count (slow, "Play ") == 1);
}

/* It says nothing by itself: it is asked. */
static void
test_silent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockService) player = start_player ("silent", "Playing", TRUE);

  mock_service_on_call (player, NULL, NULL);
  rd_media_pause_set_wanted (fixture->pause, TRUE);
  await_pauses (player, 1);
  mock_service_set (player, PATH, PLAYER, "PlaybackStatus", g_variant_new_string ("Paused"), FALSE);
  rd_test_await (mock_service_count (player, "Get PlaybackStatus") == 2);
  rd_media_pause_set_wanted (fixture->pause, FALSE);
  rd_test_await (mock_service_count (player, "Play ") == 1);
}

#define ADD(name, function) g_test_add ("/media-pause/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  rd_test_bus_up (bus);
  ADD ("pause", test_pause);
  ADD ("goes-on", test_goes_on);
  ADD ("user", test_user);
  ADD ("lost", test_lost);
  ADD ("slow", test_slow);
  ADD ("silent", test_silent);
  status = g_test_run ();
  g_test_dbus_down (bus);
  g_object_unref (bus);
  return status;
}
