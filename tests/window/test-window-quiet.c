/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-quiet-banner.h"
#include "rd-quiet-state.h"
#include "window-fixture.h"

/* Do not disturb: its button, its sentence, and what the window asks for. */

#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

static GtkWidget *
get_banner (RdWindowFixture *fixture)
{
  return rd_find_child (fixture->window, RD_TYPE_WINDOW, "quiet_banner");
}

static const char *
get_sentence (RdWindowFixture *fixture)
{
  return gtk_label_get_text (GTK_LABEL (rd_find_child (get_banner (fixture), RD_TYPE_QUIET_BANNER, "text")));
}

static void
test_switch (RdWindowFixture *fixture, gconstpointer data)
{
  rd_window_fixture_show (fixture);
  rd_test_await (gtk_widget_get_visible (rd_find_child (fixture->window, RD_TYPE_WINDOW, "quiet_button")));
  g_assert_false (gtk_widget_get_visible (get_banner (fixture)));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.quiet", "s", "on");
  rd_test_await (gtk_widget_get_visible (get_banner (fixture)));
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->mock, "Set"), ==, "(true, 0)");
  g_assert_cmpstr (get_sentence (fixture), ==, "Do not disturb, until you turn it off");
  gtk_widget_activate (rd_find_child (get_banner (fixture), RD_TYPE_QUIET_BANNER, "off"));
  rd_test_await (!gtk_widget_get_visible (get_banner (fixture)));
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->mock, "Set"), ==, "(false, 0)");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.quiet", "s", "toggle");
  rd_test_await (gtk_widget_get_visible (get_banner (fixture)));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.quiet", "s", "toggle");
  rd_test_await (!gtk_widget_get_visible (get_banner (fixture)));
}

static void
test_for_some_time (RdWindowFixture *fixture, gconstpointer data)
{
  RdDBusQuiet1 *skeleton = rd_mock_quiet_get_skeleton (fixture->quiet);
  gint64 before = g_get_real_time ();

  rd_window_fixture_show (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.quiet", "s", "30m");
  rd_test_await (gtk_widget_get_visible (get_banner (fixture)));
  g_assert_cmpint (rd_dbus_quiet1_get_until (skeleton), >=, before + 30 * MINUTE);
  g_assert_cmpint (rd_dbus_quiet1_get_until (skeleton), <, before + 40 * MINUTE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.quiet", "s", "1h");
  rd_test_await (rd_dbus_quiet1_get_until (skeleton) >= before + 60 * MINUTE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.quiet", "s", "tomorrow");
  rd_test_await (rd_dbus_quiet1_get_until (skeleton) == rd_quiet_state_get_tomorrow (before));
  rd_test_await (g_str_has_prefix (get_sentence (fixture), "Do not disturb until "));
}

static void
test_schedule (RdWindowFixture *fixture, gconstpointer data)
{
  RdDBusQuiet1 *skeleton = rd_mock_quiet_get_skeleton (fixture->quiet);

  rd_dbus_quiet1_set_until (skeleton, g_get_real_time () + MINUTE);
  rd_dbus_quiet1_set_why (skeleton, "schedule");
  rd_window_fixture_show (fixture);
  rd_test_await (g_str_has_prefix (get_sentence (fixture), "Do not disturb by the clock, until "));
}

/* The desktop's own mode cannot be turned off from here, but what becomes of it can be set. */
static void
test_desktop (RdWindowFixture *fixture, gconstpointer data)
{
  RdDBusQuiet1 *skeleton = rd_mock_quiet_get_skeleton (fixture->quiet);

  rd_dbus_quiet1_set_desktop (skeleton, TRUE);
  rd_window_fixture_show (fixture);
  rd_test_drain ();
  /* "always": as if it were off */
  g_assert_false (gtk_widget_get_visible (get_banner (fixture)));
  rd_dbus_quiet1_set_sounds (skeleton, FALSE);
  rd_test_await (g_strcmp0 (get_sentence (fixture), "Your desktop is not to disturb you: calls do not ring") == 0);
  g_assert_false (gtk_widget_get_visible (rd_find_child (get_banner (fixture), RD_TYPE_QUIET_BANNER, "off")));
  g_assert_true (gtk_widget_get_visible (rd_find_child (get_banner (fixture), RD_TYPE_QUIET_BANNER, "settings")));
}

static void
test_refused (RdWindowFixture *fixture, gconstpointer data)
{
  rd_mock_agent_set_failure (fixture->mock, "Set", "Not while the administrator rings.");
  rd_window_fixture_show (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.quiet", "s", "on");
  rd_test_await (rd_find_label (GTK_WIDGET (fixture->window), "Not while the administrator rings.") != NULL);
  g_assert_false (gtk_widget_get_visible (get_banner (fixture)));
}

static gint64
at (int day, int hour, int minute)
{
  g_autoptr (GDateTime) time = g_date_time_new_local (2026, 3, day, hour, minute, 0);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

/* After midnight "tomorrow" is the morning that comes, also where the clocks are changed that night. */
static void
test_tomorrow (void)
{
  g_assert_cmpint (rd_quiet_state_get_tomorrow (at (3, 22, 30)), ==, at (4, 7, 0));
  g_assert_cmpint (rd_quiet_state_get_tomorrow (at (4, 1, 0)), ==, at (4, 7, 0));
  g_assert_cmpint (rd_quiet_state_get_tomorrow (at (4, 6, 0)), ==, at (5, 7, 0));
  g_assert_cmpint (rd_quiet_state_get_tomorrow (at (28, 23, 0)), ==, at (29, 7, 0));
  g_assert_cmpint (rd_quiet_state_get_tomorrow (at (31, 23, 0)) - at (31, 23, 0), ==, 8 * 60 * MINUTE);
}

#define ADD(path, func) \
  g_test_add (path, RdWindowFixture, NULL, rd_window_fixture_set_up, func, rd_window_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  rd_window_fixture_init (&argc, &argv);
  ADD ("/window/quiet/switch", test_switch);
  ADD ("/window/quiet/for-some-time", test_for_some_time);
  ADD ("/window/quiet/schedule", test_schedule);
  ADD ("/window/quiet/desktop", test_desktop);
  ADD ("/window/quiet/refused", test_refused);
  g_test_add_func ("/window/quiet/tomorrow", test_tomorrow);
  return g_test_run ();
}
