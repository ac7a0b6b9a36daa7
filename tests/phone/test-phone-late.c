/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "desk.h"

/* What is found too late to ring, after a gap or by a wrong clock. */

static void
test_late (Desk *desk, gconstpointer data)
{
  g_assert_nonnull (desk_hear (desk, desk_make (desk, RD_EVENT_CALL_INITIATED, "1", ADA, ME, 46), RD_ORIGIN_LIVE));
  assert_ring (desk, NONE);
  g_assert_cmpuint (desk->n_added, ==, 0);
  assert_logged (desk, 1, "missed", "late");
  desk_hear (desk, desk_make (desk, RD_EVENT_CALL_INITIATED, "1", ADA, ME, 46), RD_ORIGIN_LIVE);
  desk_hear (desk, desk_make (desk, RD_EVENT_CALL_INITIATED, "1", ADA, ME, 46), RD_ORIGIN_CATCH_UP);
  desk_live_event (desk, RD_EVENT_CALL_ENDED, "1");
  g_assert_cmpuint (desk->n_logged, ==, 1);
  g_assert_cmpuint (desk->n_ended, ==, 0);
}

static void
test_clock_skew (Desk *desk, gconstpointer data)
{
  RdCall *call;

  /* Our clock is ten minutes ahead of the site's. */
  rd_phone_set_clock_skew (desk->phone, "crm", -600 * SECOND);
  call = desk_hear (desk, desk_make (desk, RD_EVENT_CALL_INITIATED, "1", ADA, ME, 605), RD_ORIGIN_LIVE);
  assert_ring (desk, FULL);
  g_assert_cmpint (rd_call_get_created_at (call), ==, NOW - 5 * SECOND);
  rd_test_clock_advance (desk->clock, 40000);
  assert_logged (desk, 1, "missed", "ring-deadline");
  /* A Date header's second is no skew. */
  rd_phone_set_clock_skew (desk->phone, "crm", SECOND);
  call = desk_ring_in (desk, "2");
  g_assert_cmpint (rd_call_get_created_at (call), ==, desk_now (desk));
}

static void
test_catch_up_pending (Desk *desk, gconstpointer data)
{
  desk_hear (desk, desk_make (desk, RD_EVENT_CALL_INITIATED, "1", ADA, ME, 20), RD_ORIGIN_CATCH_UP);
  assert_ring (desk, NONE);
  assert_logged (desk, 1, "missed", "late");
  /* From long before this run: no phantom. */
  g_assert_null (desk_hear (desk, desk_make (desk, RD_EVENT_CALL_INITIATED, "2", ADA, ME, 90000), RD_ORIGIN_CATCH_UP));
  desk_live_event (desk, RD_EVENT_CALL_ENDED, "2");
  g_assert_cmpuint (desk->n_logged, ==, 1);
  g_assert_cmpuint (desk->n_added, ==, 0);
}

static void
test_catch_up_races_line (Desk *desk, gconstpointer data)
{
  /* Begun just now: the reply to catch-up may have been faster than the line. */
  desk_hear (desk, desk_make (desk, RD_EVENT_CALL_INITIATED, "1", ADA, ME, 1), RD_ORIGIN_CATCH_UP);
  desk_hear (desk, desk_make (desk, RD_EVENT_CALL_INITIATED, "1", ADA, ME, 1), RD_ORIGIN_CATCH_UP);
  assert_ring (desk, NONE);
  g_assert_cmpuint (desk->n_logged, ==, 0);
  rd_test_clock_advance (desk->clock, 200);
  desk_ring_in (desk, "1");
  assert_ring (desk, FULL);
  rd_test_clock_advance (desk->clock, 10000);
  g_assert_cmpuint (desk->n_logged, ==, 0);
  desk_live_event (desk, RD_EVENT_CALL_ENDED, "1");
  assert_logged (desk, 1, "missed", "cancelled-by-peer");
  /* And if the line brings nothing: late. */
  desk_hear (desk, desk_make (desk, RD_EVENT_CALL_INITIATED, "2", ADA, ME, 1), RD_ORIGIN_CATCH_UP);
  rd_test_clock_advance (desk->clock, 3000);
  assert_logged (desk, 2, "missed", "late");
  g_assert_null (desk_ring_in (desk, "2"));
  /* Dropped while it waits. */
  desk_hear (desk, desk_make (desk, RD_EVENT_CALL_INITIATED, "3", ADA, ME, 1), RD_ORIGIN_CATCH_UP);
  rd_phone_drop_account (desk->phone, "crm");
  g_assert_cmpuint (rd_test_clock_get_timers (desk->clock), ==, 0);
}

static void
test_catch_up_active (Desk *desk, gconstpointer data)
{
  RdCall *call = desk_hear (desk, desk_make (desk, RD_EVENT_CALL_ANSWERED, "1", ADA, ME, 300), RD_ORIGIN_CATCH_UP);

  assert_state (call, "active");
  g_assert_false (rd_call_get_local (call));
  assert_ring (desk, NONE);
  g_assert_cmpuint (desk->n_added, ==, 1);
  desk_live_event (desk, RD_EVENT_CALL_ENDED, "1");
  assert_logged (desk, 1, "ended", "");
}

static void
test_catch_up_history (Desk *desk, gconstpointer data)
{
  RdEvent *spoken;

  rd_test_clock_advance (desk->clock, 3600000);
  /* Before this run. */
  desk_hear (desk, desk_make (desk, RD_EVENT_CALL_ENDED, "1", ADA, ME, 7200), RD_ORIGIN_CATCH_UP);
  g_assert_cmpuint (desk->n_logged, ==, 0);
  rd_phone_note_gap (desk->phone, "crm", desk_now (desk) - 60 * SECOND);
  /* Before the gap; in it; spoken elsewhere in it; placed by us in it; declined in it. */
  desk_hear (desk, desk_make (desk, RD_EVENT_CALL_ENDED, "2", ADA, ME, 61), RD_ORIGIN_CATCH_UP);
  g_assert_cmpuint (desk->n_logged, ==, 0);
  desk_hear (desk, desk_make (desk, RD_EVENT_CALL_ENDED, "3", ADA, ME, 30), RD_ORIGIN_CATCH_UP);
  assert_logged (desk, 1, "missed", "late");
  spoken = desk_make (desk, RD_EVENT_CALL_ENDED, "4", ADA, ME, 30);
  spoken->started_at = desk_now (desk) - 20 * SECOND;
  desk_hear (desk, spoken, RD_ORIGIN_CATCH_UP);
  desk_hear (desk, desk_make (desk, RD_EVENT_CALL_ENDED, "5", ME, BOB, 30), RD_ORIGIN_CATCH_UP);
  desk_hear (desk, desk_make (desk, RD_EVENT_CALL_REJECTED, "6", ADA, ME, 30), RD_ORIGIN_CATCH_UP);
  /* Again, at the next gap. */
  desk_hear (desk, desk_make (desk, RD_EVENT_CALL_ENDED, "3", ADA, ME, 30), RD_ORIGIN_CATCH_UP);
  g_assert_cmpuint (desk->n_logged, ==, 1);
}

static void
test_reconcile (Desk *desk, gconstpointer data)
{
  const char *const active[] = { "2", NULL };
  const char *const none[] = { NULL };
  RdCall *kept;

  desk_ring_in (desk, "1");
  kept = desk_hear (desk, desk_make (desk, RD_EVENT_CALL_ANSWERED, "2", ADA, ME, 60), RD_ORIGIN_CATCH_UP);
  rd_test_clock_advance (desk->clock, 1000);
  desk_ring_in (desk, "3");
  rd_phone_reconcile (desk->phone, "crm", active, NOW);
  assert_logged (desk, 1, "missed", "cancelled-by-peer");
  assert_state (kept, "active");
  assert_state (rd_phone_lookup (desk->phone, "crm", "3"), "ringing-in");
  rd_phone_reconcile (desk->phone, "other", none, desk_now (desk));
  g_assert_cmpuint (desk->n_logged, ==, 1);
  desk_ring_out (desk, "4");
  rd_phone_reconcile (desk->phone, "crm", none, desk_now (desk));
  g_assert_cmpuint (desk->n_logged, ==, 4);
  assert_state (desk->logged, "ended");
  assert_ring (desk, NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  SCENE ("late", test_late);
  SCENE ("clock-skew", test_clock_skew);
  SCENE ("catch-up-pending", test_catch_up_pending);
  SCENE ("catch-up-races-line", test_catch_up_races_line);
  SCENE ("catch-up-active", test_catch_up_active);
  SCENE ("catch-up-history", test_catch_up_history);
  SCENE ("reconcile", test_reconcile);
  return g_test_run ();
}
