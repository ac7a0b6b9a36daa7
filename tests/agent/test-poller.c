/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-poller.h"

#include "rd-test-clock.h"
#include "site-fixture.h"

/* When a site is asked, in a time that is turned by hand. */

#define NOON G_GINT64_CONSTANT (1767614400000000)
#define DAY G_GINT64_CONSTANT (86400000000)

typedef struct
{
  RdTestClock *clock;
  RdPoller *poller;
  guint conversations;
  guint unread;
  gboolean ends_at_first;
} Polls;

static void
on_due (RdPoller *poller, const char *action, Polls *polls)
{
  if (g_str_equal (action, "conversations"))
    polls->conversations++;
  else if (g_str_equal (action, "unread"))
    polls->unread++;
  if (!polls->ends_at_first)
    return;
  rd_poller_set_state (poller, FALSE, FALSE);
  g_clear_object (&polls->poller);
}

static void
set_up (Polls *polls, gconstpointer profile_id)
{
  g_autoptr (RdProfile) profile = site_fixture_profile (profile_id);

  polls->clock = rd_test_clock_new (NOON);
  polls->poller = rd_poller_new (profile, RD_CLOCK (polls->clock));
  g_signal_connect (polls->poller, "due", G_CALLBACK (on_due), polls);
}

static void
tear_down (Polls *polls, gconstpointer profile_id)
{
  if (polls->poller != NULL)
    g_assert_finalize_object (polls->poller);
  g_assert_cmpuint (rd_test_clock_get_timers (polls->clock), ==, 0);
  g_assert_finalize_object (polls->clock);
}

static void
test_intervals (Polls *polls, gconstpointer data)
{
  rd_poller_set_state (polls->poller, TRUE, FALSE);
  g_assert_true (rd_poller_is_instead (polls->poller));
  /* One timer for all of them, and the first of each an interval later. */
  g_assert_cmpuint (rd_test_clock_get_timers (polls->clock), ==, 1);
  rd_test_clock_advance (polls->clock, 7900);
  g_assert_cmpuint (polls->conversations, ==, 0);
  rd_test_clock_advance (polls->clock, 3200);
  g_assert_cmpuint (polls->conversations, ==, 1);
  rd_test_clock_advance (polls->clock, 600 * 1000);
  g_assert_cmpuint (polls->conversations, >=, 50);
  g_assert_cmpuint (polls->conversations, <=, 80);
  g_assert_cmpuint (polls->unread, >=, 17);
  g_assert_cmpuint (polls->unread, <=, 24);
}

static void
test_line_stands (Polls *polls, gconstpointer data)
{
  rd_poller_set_state (polls->poller, TRUE, TRUE);
  g_assert_false (rd_poller_is_instead (polls->poller));
  rd_test_clock_advance (polls->clock, 600 * 1000);
  g_assert_cmpuint (polls->conversations + polls->unread, ==, 0);
  rd_poller_set_state (polls->poller, TRUE, FALSE);
  rd_test_clock_advance (polls->clock, 12 * 1000);
  g_assert_cmpuint (polls->conversations, ==, 1);
  rd_poller_set_state (polls->poller, TRUE, TRUE);
  rd_test_clock_advance (polls->clock, 600 * 1000);
  g_assert_cmpuint (polls->conversations, ==, 1);
}

static void
test_always (Polls *polls, gconstpointer data)
{
  rd_poller_set_state (polls->poller, TRUE, TRUE);
  g_assert_false (rd_poller_is_instead (polls->poller));
  rd_test_clock_advance (polls->clock, 12 * 1000);
  g_assert_cmpuint (polls->conversations, ==, 1);
  /* What goes on anyway does not begin again. */
  rd_test_clock_advance (polls->clock, 8 * 1000);
  rd_poller_set_state (polls->poller, TRUE, FALSE);
  rd_test_clock_advance (polls->clock, 4 * 1000);
  g_assert_cmpuint (polls->conversations, ==, 2);
}

static void
test_not_allowed (Polls *polls, gconstpointer data)
{
  rd_poller_set_state (polls->poller, FALSE, FALSE);
  g_assert_cmpuint (rd_test_clock_get_timers (polls->clock), ==, 0);
  rd_poller_set_state (polls->poller, TRUE, FALSE);
  rd_poller_set_state (polls->poller, FALSE, FALSE);
  g_assert_false (rd_poller_is_instead (polls->poller));
  rd_test_clock_advance (polls->clock, 600 * 1000);
  g_assert_cmpuint (polls->conversations + polls->unread, ==, 0);
}

static void
test_no_polls (Polls *polls, gconstpointer data)
{
  rd_poller_set_state (polls->poller, TRUE, FALSE);
  g_assert_false (rd_poller_is_instead (polls->poller));
  g_assert_cmpuint (rd_test_clock_get_timers (polls->clock), ==, 0);
}

static void
test_clock_corrected (Polls *polls, gconstpointer data)
{
  rd_poller_set_state (polls->poller, TRUE, FALSE);
  rd_test_clock_set_time (polls->clock, NOON - DAY);
  rd_test_clock_advance (polls->clock, 24 * 1000);
  g_assert_cmpuint (polls->conversations, >=, 1);
  rd_test_clock_set_time (polls->clock, NOON + DAY);
  rd_test_clock_advance (polls->clock, 24 * 1000);
  g_assert_cmpuint (polls->conversations, >=, 2);
  g_assert_cmpuint (polls->conversations, <=, 7);
}

static void
test_ended_by_listener (Polls *polls, gconstpointer data)
{
  polls->ends_at_first = TRUE;
  rd_poller_set_state (polls->poller, TRUE, FALSE);
  rd_test_clock_advance (polls->clock, 60 * 1000);
  g_assert_null (polls->poller);
  g_assert_cmpuint (polls->conversations, ==, 1);
}

static void
add (const char *name, const char *profile, void (*test) (Polls *, gconstpointer))
{
  g_test_add (name, Polls, profile, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/poller/intervals", "crm", test_intervals);
  add ("/poller/line-stands", "crm", test_line_stands);
  add ("/poller/always", "crm-ws", test_always);
  add ("/poller/not-allowed", "crm", test_not_allowed);
  add ("/poller/none", "invoices", test_no_polls);
  add ("/poller/clock-corrected", "crm", test_clock_corrected);
  add ("/poller/ended-by-listener", "crm", test_ended_by_listener);
  return g_test_run ();
}
