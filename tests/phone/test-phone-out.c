/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "desk.h"

/* Calls that our user places: who hears of them first, and how they end. */

static void
test_placed_event_first (Desk *desk, gconstpointer data)
{
  RdCall *call = desk_ring_out (desk, "1");

  assert_state (call, "ringing-out");
  assert_ring (desk, NONE);
  g_assert_false (rd_call_get_local (call));
  g_assert_cmpstr (rd_call_get_peer_name (call), ==, "Bob");
  rd_phone_note_placed (desk->phone, "crm", "1");
  g_assert_true (rd_call_get_local (call));
  g_assert_cmpuint (desk->n_local, ==, 1);
  desk_live_out (desk, RD_EVENT_CALL_ANSWERED, "1");
  assert_state (call, "active");
  g_assert_true (rd_call_get_local (call));
}

static void
test_placed_reply_first (Desk *desk, gconstpointer data)
{
  RdCall *call;

  rd_phone_note_placed (desk->phone, "crm", "1");
  call = desk_ring_out (desk, "1");
  g_assert_true (rd_call_get_local (call));
  /* As the agent does it: the reply itself goes in, whatever the clocks say. */
  call = desk_hear (desk, desk_make (desk, RD_EVENT_CALL_INITIATED, "2", ME, BOB, 7200), RD_ORIGIN_REPLY);
  assert_state (call, "ringing-out");
  g_assert_true (rd_call_get_local (call));
  g_assert_true (call == desk_ring_out (desk, "2"));
  rd_test_clock_advance (desk->clock, 59000);
  g_assert_cmpuint (desk->n_expired, ==, 0);
  desk_live_out (desk, RD_EVENT_CALL_ANSWERED, "2");
  assert_state (call, "active");
}

static void
test_placed_and_answered_first (Desk *desk, gconstpointer data)
{
  RdCall *call;

  /* Everything before the reply. */
  desk_ring_out (desk, "1");
  call = desk_live_out (desk, RD_EVENT_CALL_ANSWERED, "1");
  g_assert_false (rd_call_get_local (call));
  desk_hear (desk, desk_make (desk, RD_EVENT_CALL_INITIATED, "1", ME, BOB, 1), RD_ORIGIN_REPLY);
  assert_state (call, "active");
  rd_phone_note_placed (desk->phone, "crm", "1");
  g_assert_true (rd_call_get_local (call));
  /* Its call-initiated lost. */
  rd_phone_note_placed (desk->phone, "crm", "2");
  call = desk_live_out (desk, RD_EVENT_CALL_ANSWERED, "2");
  assert_state (call, "active");
  g_assert_true (rd_call_get_local (call));
}

static void
test_out_ends (Desk *desk, gconstpointer data)
{
  RdCall *call;

  desk_ring_out (desk, "1");
  desk_live_out (desk, RD_EVENT_CALL_REJECTED, "1");
  assert_logged (desk, 1, "declined", "declined-by-peer");
  call = desk_ring_out (desk, "2");
  rd_phone_note_hanging_up (desk->phone, call);
  desk_live_out (desk, RD_EVENT_CALL_ENDED, "2");
  assert_logged (desk, 2, "cancelled", "cancelled-by-us");
  desk_ring_out (desk, "3");
  desk_live_out (desk, RD_EVENT_CALL_ENDED, "3");
  assert_logged (desk, 3, "ended", "no-answer");
  desk_ring_out (desk, "4");
  desk_hear (desk, desk_make (desk, RD_EVENT_CALL_ENDED, "4", ME, BOB, 5), RD_ORIGIN_REPLY);
  assert_logged (desk, 4, "cancelled", "cancelled-by-us");
}

static void
test_ring_out_expires (Desk *desk, gconstpointer data)
{
  rd_phone_note_placed (desk->phone, "crm", "1");
  desk_ring_out (desk, "1");
  rd_test_clock_advance (desk->clock, 59999);
  g_assert_cmpuint (desk->n_expired, ==, 0);
  rd_test_clock_advance (desk->clock, 1);
  g_assert_cmpuint (desk->n_expired, ==, 1);
  desk_live_out (desk, RD_EVENT_CALL_ENDED, "1");
  assert_logged (desk, 1, "cancelled", "no-answer");
  /* The site never says a word. */
  rd_phone_note_placed (desk->phone, "crm", "2");
  desk_ring_out (desk, "2");
  rd_test_clock_advance (desk->clock, 75000);
  g_assert_cmpuint (desk->n_expired, ==, 2);
  assert_logged (desk, 2, "cancelled", "no-answer");
  /* Placed on another device: not ours to end. */
  desk_ring_out (desk, "3");
  rd_test_clock_advance (desk->clock, 75000);
  g_assert_cmpuint (desk->n_expired, ==, 2);
  assert_logged (desk, 3, "cancelled", "no-answer");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  SCENE ("placed-event-first", test_placed_event_first);
  SCENE ("placed-reply-first", test_placed_reply_first);
  SCENE ("placed-and-answered-first", test_placed_and_answered_first);
  SCENE ("out-ends", test_out_ends);
  SCENE ("ring-out-expires", test_ring_out_expires);
  return g_test_run ();
}
