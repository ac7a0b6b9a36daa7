/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "desk.h"

/* Our user answers on this device while another device of theirs may do the same: whose answer it was, only the site's
 * reply to ours tells. */

static RdCall *
answering (Desk *desk)
{
  RdCall *call = desk_ring_in (desk, "1");

  rd_phone_note_answering (desk->phone, call);
  assert_ring (desk, NONE);
  return call;
}

static void
assert_ours (RdCall *call)
{
  assert_state (call, "active");
  g_assert_true (rd_call_get_local (call));
}

static void
test_event_then_reply (Desk *desk, gconstpointer data)
{
  RdCall *call = answering (desk);

  desk_live_event (desk, RD_EVENT_CALL_ANSWERED, "1");
  assert_state (call, "ringing-in");
  g_assert_false (rd_call_get_local (call));
  desk_hear (desk, desk_make (desk, RD_EVENT_CALL_ANSWERED, "1", ADA, ME, 5), RD_ORIGIN_REPLY);
  assert_ours (call);
  rd_phone_note_accepted (desk->phone, call);
  assert_ours (call);
}

static void
test_event_then_bare_acceptance (Desk *desk, gconstpointer data)
{
  RdCall *call = answering (desk);

  desk_live_event (desk, RD_EVENT_CALL_ANSWERED, "1");
  rd_phone_note_accepted (desk->phone, call);
  assert_ours (call);
}

static void
test_bare_acceptance_then_event (Desk *desk, gconstpointer data)
{
  RdCall *call = answering (desk);

  rd_phone_note_accepted (desk->phone, call);
  assert_state (call, "ringing-in");
  desk_live_event (desk, RD_EVENT_CALL_ANSWERED, "1");
  assert_ours (call);
}

static void
test_event_then_refusal (Desk *desk, gconstpointer data)
{
  RdCall *call = answering (desk);

  desk_live_event (desk, RD_EVENT_CALL_ANSWERED, "1");
  rd_phone_note_failed (desk->phone, call, TRUE);
  assert_logged (desk, 1, "answered-elsewhere", "");
  g_assert_false (rd_call_get_local (desk->logged));
  g_assert_cmpuint (desk->n_local, ==, 0);
  assert_ring (desk, NONE);
}

static void
test_refusal_then_event (Desk *desk, gconstpointer data)
{
  RdCall *call = answering (desk);

  rd_phone_note_failed (desk->phone, call, TRUE);
  assert_ring (desk, FULL);
  desk_live_event (desk, RD_EVENT_CALL_ANSWERED, "1");
  assert_logged (desk, 1, "answered-elsewhere", "");
  g_assert_cmpuint (desk->n_local, ==, 0);
}

/* The reply was lost: our user did answer, and the call is answered. */
static void
test_event_then_no_reply (Desk *desk, gconstpointer data)
{
  RdCall *call = answering (desk);

  desk_live_event (desk, RD_EVENT_CALL_ANSWERED, "1");
  rd_phone_note_failed (desk->phone, call, FALSE);
  assert_ours (call);
}

static void
test_nothing_waits_for_ever (Desk *desk, gconstpointer data)
{
  RdCall *call = answering (desk);

  desk_live_event (desk, RD_EVENT_CALL_ANSWERED, "1");
  rd_test_clock_advance (desk->clock, RD_PHONE_RING_DEADLINE_MS);
  assert_state (call, "ringing-in");
  assert_ring (desk, NONE);
  rd_test_clock_advance (desk->clock, RD_PHONE_GRACE_MS);
  assert_ours (call);
}

/* The site took the answer, and its event was lost. */
static void
test_accepted_is_not_missed (Desk *desk, gconstpointer data)
{
  RdCall *call = answering (desk);

  rd_phone_note_accepted (desk->phone, call);
  rd_test_clock_advance (desk->clock, RD_PHONE_RING_DEADLINE_MS + RD_PHONE_GRACE_MS);
  assert_ours (call);
  g_assert_cmpuint (desk->n_logged, ==, 0);
}

static void
test_over_while_waiting (Desk *desk, gconstpointer data)
{
  RdCall *call = answering (desk);

  desk_live_event (desk, RD_EVENT_CALL_ANSWERED, "1");
  desk_live_event (desk, RD_EVENT_CALL_ENDED, "1");
  assert_logged (desk, 1, "ended", "");
  rd_phone_note_accepted (desk->phone, desk->logged);
  rd_phone_note_failed (desk->phone, desk->logged, TRUE);
  assert_logged (desk, 1, "ended", "");
  g_assert_null (rd_phone_lookup (desk->phone, "crm", "1"));
  g_assert_true (call == desk->logged);
}

static void
test_declined_here_answered_there (Desk *desk, gconstpointer data)
{
  RdCall *call = desk_ring_in (desk, "1");

  rd_phone_note_declining (desk->phone, call);
  desk_live_event (desk, RD_EVENT_CALL_ANSWERED, "1");
  assert_logged (desk, 1, "answered-elsewhere", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  SCENE ("answer/event-then-reply", test_event_then_reply);
  SCENE ("answer/event-then-bare-acceptance", test_event_then_bare_acceptance);
  SCENE ("answer/bare-acceptance-then-event", test_bare_acceptance_then_event);
  SCENE ("answer/event-then-refusal", test_event_then_refusal);
  SCENE ("answer/refusal-then-event", test_refusal_then_event);
  SCENE ("answer/event-then-no-reply", test_event_then_no_reply);
  SCENE ("answer/nothing-waits-for-ever", test_nothing_waits_for_ever);
  SCENE ("answer/accepted-is-not-missed", test_accepted_is_not_missed);
  SCENE ("answer/over-while-waiting", test_over_while_waiting);
  SCENE ("answer/declined-here-answered-there", test_declined_here_answered_there);
  return g_test_run ();
}
