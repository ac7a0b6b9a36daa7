/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-phone.h"
#include "rd-test-clock.h"
#include "rd-test.h"

#include <string.h>

/* Scenes at the telephone: what comes in, what our user does, what time passes; what rings and what is noted down. */

#define NOW G_GINT64_CONSTANT (1767614400000000) /* 2026-01-05 12:00 */
#define SECOND G_GINT64_CONSTANT (1000000)
#define ME "7"
#define ADA "3"
#define BOB "5"

typedef struct
{
  RdTestClock *clock;
  RdPhone *phone;
  RdCall *logged;    /* the last */
  guint n_added;
  guint n_ended;
  guint n_logged;
  guint n_expired;
  guint n_news;
  guint n_local;     /* notify::local of any call */
  RdRing ring_at_end; /* what sounded when ::call-ended came */
} Desk;

static void
on_notify_local (RdCall *call, GParamSpec *pspec, gpointer data)
{
  ((Desk *) data)->n_local++;
}

static void
on_call_added (RdPhone *phone, RdCall *call, gpointer data)
{
  ((Desk *) data)->n_added++;
  /* The desk outlives every call. */
  g_signal_connect (call, "notify::local", G_CALLBACK (on_notify_local), data);
}

static void
on_call_ended (RdPhone *phone, RdCall *call, gpointer data)
{
  Desk *desk = data;

  g_assert_true (rd_call_state_is_end (rd_call_get_state (call)));
  g_assert_null (rd_phone_lookup (phone, rd_call_get_account (call), rd_call_get_id (call)));
  desk->ring_at_end = rd_phone_get_ring (phone);
  desk->n_ended++;
}

static void
on_call_logged (RdPhone *phone, RdCall *call, gpointer data)
{
  Desk *desk = data;

  desk->n_logged++;
  g_set_object (&desk->logged, call);
}

static void
on_ring_out_expired (RdPhone *phone, RdCall *call, gpointer data)
{
  ((Desk *) data)->n_expired++;
}

static void
on_news (RdPhone *phone, RdEvent *event, const char *account, gpointer data)
{
  g_assert_cmpstr (account, ==, "crm");
  ((Desk *) data)->n_news++;
}

static void
set_up (Desk *desk, gconstpointer data)
{
  desk->clock = rd_test_clock_new (NOW);
  desk->phone = rd_phone_new (RD_CLOCK (desk->clock));
  rd_phone_set_own_user (desk->phone, "crm", ME);
  /* The desk outlives the phone. */
  g_signal_connect (desk->phone, "call-added", G_CALLBACK (on_call_added), desk);
  g_signal_connect (desk->phone, "call-ended", G_CALLBACK (on_call_ended), desk);
  g_signal_connect (desk->phone, "call-logged", G_CALLBACK (on_call_logged), desk);
  g_signal_connect (desk->phone, "ring-out-expired", G_CALLBACK (on_ring_out_expired), desk);
  g_signal_connect (desk->phone, "news", G_CALLBACK (on_news), desk);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  g_clear_object (&desk->logged);
  g_assert_finalize_object (desk->phone);
  g_assert_cmpuint (rd_test_clock_get_timers (desk->clock), ==, 0);
  g_assert_finalize_object (desk->clock);
}

static gint64
now_at (Desk *desk)
{
  return rd_clock_get_real_time (RD_CLOCK (desk->clock));
}

/* An event of call @id that was placed by @from to @to and began @ago seconds ago. */
static RdEvent *
make (Desk *desk, RdEventKind kind, const char *id, const char *from, const char *to, int ago)
{
  RdEvent *event = rd_event_new (kind);

  event->call_id = g_strdup (id);
  event->initiator_id = g_strdup (from);
  event->initiator_name = g_strdup ("Ada");
  event->recipient_id = g_strdup (to);
  event->recipient_name = g_strdup ("Bob");
  event->created_at = now_at (desk) - ago * SECOND;
  return event;
}

static RdCall *
hear (Desk *desk, RdEvent *event, RdOrigin origin)
{
  g_autoptr (RdEvent) owned = event;

  return rd_phone_handle (desk->phone, "crm", owned, origin);
}

static RdCall *
ring_in (Desk *desk, const char *id)
{
  return hear (desk, make (desk, RD_EVENT_CALL_INITIATED, id, ADA, ME, 0), RD_ORIGIN_LIVE);
}

static RdCall *
live_event (Desk *desk, RdEventKind kind, const char *id)
{
  return hear (desk, make (desk, kind, id, ADA, ME, 10), RD_ORIGIN_LIVE);
}

static RdCall *
ring_out (Desk *desk, const char *id)
{
  return hear (desk, make (desk, RD_EVENT_CALL_INITIATED, id, ME, BOB, 0), RD_ORIGIN_LIVE);
}

static RdCall *
live_out (Desk *desk, RdEventKind kind, const char *id)
{
  return hear (desk, make (desk, kind, id, ME, BOB, 10), RD_ORIGIN_LIVE);
}

#define assert_ring(desk, what) g_assert_cmpuint (rd_phone_get_ring ((desk)->phone), ==, RD_RING_##what)
#define assert_state(call, what) \
  g_assert_cmpstr (rd_call_state_to_string (rd_call_get_state (call)), ==, what)
#define assert_logged(desk, n, state, why)                         \
  G_STMT_START                                                     \
  {                                                                \
    g_assert_cmpuint ((desk)->n_logged, ==, n);                    \
    assert_state ((desk)->logged, state);                          \
    g_assert_cmpstr (rd_call_get_reason ((desk)->logged), ==, why); \
  }                                                                \
  G_STMT_END

static void
test_answered_here (Desk *desk, gconstpointer data)
{
  RdCall *call = ring_in (desk, "1");
  RdEvent *answered;

  assert_state (call, "ringing-in");
  assert_ring (desk, FULL);
  g_assert_cmpuint (desk->n_added, ==, 1);
  g_assert_cmpstr (rd_call_get_peer_name (call), ==, "Ada");
  g_assert_cmpstr (rd_call_get_peer_id (call), ==, ADA);
  g_assert_true (rd_call_get_incoming (call));
  rd_phone_note_answering (desk->phone, call);
  assert_ring (desk, NONE);
  assert_state (call, "ringing-in");
  answered = make (desk, RD_EVENT_CALL_ANSWERED, "1", ADA, ME, 5);
  answered->room_url = g_strdup ("https://8x8.vc/a/b");
  answered->room_token = g_strdup ("a.b.c");
  hear (desk, answered, RD_ORIGIN_LIVE);
  assert_state (call, "active");
  g_assert_true (rd_call_get_local (call));
  g_assert_cmpstr (rd_call_get_room_url (call), ==, "https://8x8.vc/a/b");
  g_assert_cmpstr (rd_call_get_room_token (call), ==, "a.b.c");
  g_assert_cmpint (rd_call_get_started_at (call), ==, NOW);
  /* No deadline any more. */
  rd_test_clock_advance (desk->clock, 600000);
  assert_state (call, "active");
  live_event (desk, RD_EVENT_CALL_ENDED, "1");
  assert_logged (desk, 1, "ended", "");
  g_assert_cmpuint (desk->n_ended, ==, 1);
}

static void
test_reply_before_event (Desk *desk, gconstpointer data)
{
  RdCall *call = ring_in (desk, "1");

  hear (desk, make (desk, RD_EVENT_CALL_ANSWERED, "1", ADA, ME, 5), RD_ORIGIN_REPLY);
  assert_state (call, "active");
  g_assert_true (rd_call_get_local (call));
  live_event (desk, RD_EVENT_CALL_ANSWERED, "1");
  assert_state (call, "active");
  g_assert_true (rd_call_get_local (call));
}

static void
test_answered_elsewhere (Desk *desk, gconstpointer data)
{
  ring_in (desk, "1");
  live_event (desk, RD_EVENT_CALL_ANSWERED, "1");
  assert_ring (desk, NONE);
  assert_logged (desk, 1, "answered-elsewhere", "");
  g_assert_cmpuint (desk->ring_at_end, ==, RD_RING_NONE);
  g_assert_false (rd_call_get_local (desk->logged));
  /* What comes after is of no interest. */
  live_event (desk, RD_EVENT_CALL_ENDED, "1");
  g_assert_null (ring_in (desk, "1"));
  g_assert_cmpuint (desk->n_logged, ==, 1);
  assert_ring (desk, NONE);
}

static void
test_answer_failed (Desk *desk, gconstpointer data)
{
  RdCall *call = ring_in (desk, "1");

  rd_phone_note_answering (desk->phone, call);
  assert_ring (desk, NONE);
  rd_phone_note_failed (desk->phone, call);
  assert_ring (desk, FULL);
  live_event (desk, RD_EVENT_CALL_ANSWERED, "1");
  assert_logged (desk, 1, "answered-elsewhere", "");
}

static void
test_declined (Desk *desk, gconstpointer data)
{
  RdCall *call = ring_in (desk, "1");

  rd_phone_note_declining (desk->phone, call);
  assert_ring (desk, NONE);
  live_event (desk, RD_EVENT_CALL_REJECTED, "1");
  assert_logged (desk, 1, "declined", "declined-by-us");
  ring_in (desk, "2");
  live_event (desk, RD_EVENT_CALL_REJECTED, "2");
  assert_logged (desk, 2, "declined", "declined-by-us");
  /* A site that ends instead of rejecting. */
  call = ring_in (desk, "3");
  rd_phone_note_declining (desk->phone, call);
  live_event (desk, RD_EVENT_CALL_ENDED, "3");
  assert_logged (desk, 3, "declined", "declined-by-us");
}

static void
test_caller_gave_up (Desk *desk, gconstpointer data)
{
  ring_in (desk, "1");
  live_event (desk, RD_EVENT_CALL_ENDED, "1");
  assert_ring (desk, NONE);
  assert_logged (desk, 1, "missed", "cancelled-by-peer");
  g_assert_cmpuint (desk->ring_at_end, ==, RD_RING_NONE);
}

static void
test_answered_event_lost (Desk *desk, gconstpointer data)
{
  RdEvent *ended;

  ring_in (desk, "1");
  ended = make (desk, RD_EVENT_CALL_ENDED, "1", ADA, ME, 60);
  ended->started_at = now_at (desk) - 30 * SECOND;
  hear (desk, ended, RD_ORIGIN_LIVE);
  /* Somebody spoke to Ada: not a missed call. */
  assert_logged (desk, 1, "answered-elsewhere", "");
}

static void
test_ring_deadline (Desk *desk, gconstpointer data)
{
  ring_in (desk, "1");
  rd_test_clock_advance (desk->clock, 44999);
  assert_ring (desk, FULL);
  rd_test_clock_advance (desk->clock, 1);
  assert_ring (desk, NONE);
  assert_logged (desk, 1, "missed", "ring-deadline");
  live_event (desk, RD_EVENT_CALL_ENDED, "1");
  g_assert_cmpuint (desk->n_logged, ==, 1);
}

static void
test_deadline_from_beginning (Desk *desk, gconstpointer data)
{
  hear (desk, make (desk, RD_EVENT_CALL_INITIATED, "1", ADA, ME, 30), RD_ORIGIN_LIVE);
  rd_test_clock_advance (desk->clock, 14999);
  assert_ring (desk, FULL);
  rd_test_clock_advance (desk->clock, 1);
  assert_logged (desk, 1, "missed", "ring-deadline");
  /* A site whose clock is ahead rings no longer than anybody. */
  hear (desk, make (desk, RD_EVENT_CALL_INITIATED, "2", ADA, ME, -3600), RD_ORIGIN_LIVE);
  rd_test_clock_advance (desk->clock, 44999);
  assert_ring (desk, FULL);
  rd_test_clock_advance (desk->clock, 1);
  assert_logged (desk, 2, "missed", "ring-deadline");
}

static void
test_deadline_while_answering (Desk *desk, gconstpointer data)
{
  RdCall *call = ring_in (desk, "1");

  rd_test_clock_advance (desk->clock, 44000);
  rd_phone_note_answering (desk->phone, call);
  rd_test_clock_advance (desk->clock, 5000);
  assert_state (call, "ringing-in");
  assert_ring (desk, NONE);
  live_event (desk, RD_EVENT_CALL_ANSWERED, "1");
  assert_state (call, "active");

  call = ring_in (desk, "2");
  rd_test_clock_advance (desk->clock, 44000);
  rd_phone_note_answering (desk->phone, call);
  rd_test_clock_advance (desk->clock, 5000);
  rd_phone_note_failed (desk->phone, call);
  assert_logged (desk, 1, "missed", "ring-deadline");

  call = ring_in (desk, "3");
  rd_phone_note_answering (desk->phone, call);
  rd_test_clock_advance (desk->clock, 45000 + 15000);
  assert_logged (desk, 2, "missed", "ring-deadline");
}

static void
test_late (Desk *desk, gconstpointer data)
{
  g_assert_nonnull (hear (desk, make (desk, RD_EVENT_CALL_INITIATED, "1", ADA, ME, 46), RD_ORIGIN_LIVE));
  assert_ring (desk, NONE);
  g_assert_cmpuint (desk->n_added, ==, 0);
  assert_logged (desk, 1, "missed", "late");
  hear (desk, make (desk, RD_EVENT_CALL_INITIATED, "1", ADA, ME, 46), RD_ORIGIN_LIVE);
  hear (desk, make (desk, RD_EVENT_CALL_INITIATED, "1", ADA, ME, 46), RD_ORIGIN_CATCH_UP);
  live_event (desk, RD_EVENT_CALL_ENDED, "1");
  g_assert_cmpuint (desk->n_logged, ==, 1);
  g_assert_cmpuint (desk->n_ended, ==, 0);
}

static void
test_clock_skew (Desk *desk, gconstpointer data)
{
  RdCall *call;

  /* Our clock is ten minutes ahead of the site's. */
  rd_phone_set_clock_skew (desk->phone, "crm", -600 * SECOND);
  call = hear (desk, make (desk, RD_EVENT_CALL_INITIATED, "1", ADA, ME, 605), RD_ORIGIN_LIVE);
  assert_ring (desk, FULL);
  g_assert_cmpint (rd_call_get_created_at (call), ==, NOW - 5 * SECOND);
  rd_test_clock_advance (desk->clock, 40000);
  assert_logged (desk, 1, "missed", "ring-deadline");
  /* A Date header's second is no skew. */
  rd_phone_set_clock_skew (desk->phone, "crm", SECOND);
  call = ring_in (desk, "2");
  g_assert_cmpint (rd_call_get_created_at (call), ==, now_at (desk));
}

static void
test_catch_up_pending (Desk *desk, gconstpointer data)
{
  hear (desk, make (desk, RD_EVENT_CALL_INITIATED, "1", ADA, ME, 20), RD_ORIGIN_CATCH_UP);
  assert_ring (desk, NONE);
  assert_logged (desk, 1, "missed", "late");
  /* From long before this run: no phantom. */
  g_assert_null (hear (desk, make (desk, RD_EVENT_CALL_INITIATED, "2", ADA, ME, 90000), RD_ORIGIN_CATCH_UP));
  live_event (desk, RD_EVENT_CALL_ENDED, "2");
  g_assert_cmpuint (desk->n_logged, ==, 1);
  g_assert_cmpuint (desk->n_added, ==, 0);
}

static void
test_catch_up_races_line (Desk *desk, gconstpointer data)
{
  /* Begun just now: the reply to catch-up may have been faster than the line. */
  hear (desk, make (desk, RD_EVENT_CALL_INITIATED, "1", ADA, ME, 1), RD_ORIGIN_CATCH_UP);
  hear (desk, make (desk, RD_EVENT_CALL_INITIATED, "1", ADA, ME, 1), RD_ORIGIN_CATCH_UP);
  assert_ring (desk, NONE);
  g_assert_cmpuint (desk->n_logged, ==, 0);
  rd_test_clock_advance (desk->clock, 200);
  ring_in (desk, "1");
  assert_ring (desk, FULL);
  rd_test_clock_advance (desk->clock, 10000);
  g_assert_cmpuint (desk->n_logged, ==, 0);
  live_event (desk, RD_EVENT_CALL_ENDED, "1");
  assert_logged (desk, 1, "missed", "cancelled-by-peer");
  /* And if the line brings nothing: late. */
  hear (desk, make (desk, RD_EVENT_CALL_INITIATED, "2", ADA, ME, 1), RD_ORIGIN_CATCH_UP);
  rd_test_clock_advance (desk->clock, 3000);
  assert_logged (desk, 2, "missed", "late");
  g_assert_null (ring_in (desk, "2"));
  /* Dropped while it waits. */
  hear (desk, make (desk, RD_EVENT_CALL_INITIATED, "3", ADA, ME, 1), RD_ORIGIN_CATCH_UP);
  rd_phone_drop_account (desk->phone, "crm");
  g_assert_cmpuint (rd_test_clock_get_timers (desk->clock), ==, 0);
}

static void
test_catch_up_active (Desk *desk, gconstpointer data)
{
  RdCall *call = hear (desk, make (desk, RD_EVENT_CALL_ANSWERED, "1", ADA, ME, 300), RD_ORIGIN_CATCH_UP);

  assert_state (call, "active");
  g_assert_false (rd_call_get_local (call));
  assert_ring (desk, NONE);
  g_assert_cmpuint (desk->n_added, ==, 1);
  live_event (desk, RD_EVENT_CALL_ENDED, "1");
  assert_logged (desk, 1, "ended", "");
}

static void
test_catch_up_history (Desk *desk, gconstpointer data)
{
  RdEvent *spoken;

  rd_test_clock_advance (desk->clock, 3600000);
  /* Before this run. */
  hear (desk, make (desk, RD_EVENT_CALL_ENDED, "1", ADA, ME, 7200), RD_ORIGIN_CATCH_UP);
  g_assert_cmpuint (desk->n_logged, ==, 0);
  rd_phone_note_gap (desk->phone, "crm", now_at (desk) - 60 * SECOND);
  /* Before the gap; in it; spoken elsewhere in it; placed by us in it; declined in it. */
  hear (desk, make (desk, RD_EVENT_CALL_ENDED, "2", ADA, ME, 61), RD_ORIGIN_CATCH_UP);
  g_assert_cmpuint (desk->n_logged, ==, 0);
  hear (desk, make (desk, RD_EVENT_CALL_ENDED, "3", ADA, ME, 30), RD_ORIGIN_CATCH_UP);
  assert_logged (desk, 1, "missed", "late");
  spoken = make (desk, RD_EVENT_CALL_ENDED, "4", ADA, ME, 30);
  spoken->started_at = now_at (desk) - 20 * SECOND;
  hear (desk, spoken, RD_ORIGIN_CATCH_UP);
  hear (desk, make (desk, RD_EVENT_CALL_ENDED, "5", ME, BOB, 30), RD_ORIGIN_CATCH_UP);
  hear (desk, make (desk, RD_EVENT_CALL_REJECTED, "6", ADA, ME, 30), RD_ORIGIN_CATCH_UP);
  /* Again, at the next gap. */
  hear (desk, make (desk, RD_EVENT_CALL_ENDED, "3", ADA, ME, 30), RD_ORIGIN_CATCH_UP);
  g_assert_cmpuint (desk->n_logged, ==, 1);
}

static void
test_reconcile (Desk *desk, gconstpointer data)
{
  const char *const active[] = { "2", NULL };
  const char *const none[] = { NULL };
  RdCall *kept;

  ring_in (desk, "1");
  kept = hear (desk, make (desk, RD_EVENT_CALL_ANSWERED, "2", ADA, ME, 60), RD_ORIGIN_CATCH_UP);
  rd_test_clock_advance (desk->clock, 1000);
  ring_in (desk, "3");
  rd_phone_reconcile (desk->phone, "crm", active, NOW);
  assert_logged (desk, 1, "missed", "cancelled-by-peer");
  assert_state (kept, "active");
  assert_state (rd_phone_lookup (desk->phone, "crm", "3"), "ringing-in");
  rd_phone_reconcile (desk->phone, "other", none, now_at (desk));
  g_assert_cmpuint (desk->n_logged, ==, 1);
  ring_out (desk, "4");
  rd_phone_reconcile (desk->phone, "crm", none, now_at (desk));
  g_assert_cmpuint (desk->n_logged, ==, 4);
  assert_state (desk->logged, "ended");
  assert_ring (desk, NONE);
}

static void
test_placed_event_first (Desk *desk, gconstpointer data)
{
  RdCall *call = ring_out (desk, "1");

  assert_state (call, "ringing-out");
  assert_ring (desk, NONE);
  g_assert_false (rd_call_get_local (call));
  g_assert_cmpstr (rd_call_get_peer_name (call), ==, "Bob");
  rd_phone_note_placed (desk->phone, "crm", "1");
  g_assert_true (rd_call_get_local (call));
  g_assert_cmpuint (desk->n_local, ==, 1);
  live_out (desk, RD_EVENT_CALL_ANSWERED, "1");
  assert_state (call, "active");
  g_assert_true (rd_call_get_local (call));
}

static void
test_placed_reply_first (Desk *desk, gconstpointer data)
{
  RdCall *call;

  rd_phone_note_placed (desk->phone, "crm", "1");
  call = ring_out (desk, "1");
  g_assert_true (rd_call_get_local (call));
  /* As the agent does it: the reply itself goes in, whatever the clocks say. */
  call = hear (desk, make (desk, RD_EVENT_CALL_INITIATED, "2", ME, BOB, 7200), RD_ORIGIN_REPLY);
  assert_state (call, "ringing-out");
  g_assert_true (rd_call_get_local (call));
  g_assert_true (call == ring_out (desk, "2"));
  rd_test_clock_advance (desk->clock, 59000);
  g_assert_cmpuint (desk->n_expired, ==, 0);
  live_out (desk, RD_EVENT_CALL_ANSWERED, "2");
  assert_state (call, "active");
}

static void
test_placed_and_answered_first (Desk *desk, gconstpointer data)
{
  RdCall *call;

  /* Everything before the reply. */
  ring_out (desk, "1");
  call = live_out (desk, RD_EVENT_CALL_ANSWERED, "1");
  g_assert_false (rd_call_get_local (call));
  hear (desk, make (desk, RD_EVENT_CALL_INITIATED, "1", ME, BOB, 1), RD_ORIGIN_REPLY);
  assert_state (call, "active");
  rd_phone_note_placed (desk->phone, "crm", "1");
  g_assert_true (rd_call_get_local (call));
  /* Its call-initiated lost. */
  rd_phone_note_placed (desk->phone, "crm", "2");
  call = live_out (desk, RD_EVENT_CALL_ANSWERED, "2");
  assert_state (call, "active");
  g_assert_true (rd_call_get_local (call));
}

static void
test_out_ends (Desk *desk, gconstpointer data)
{
  RdCall *call;

  ring_out (desk, "1");
  live_out (desk, RD_EVENT_CALL_REJECTED, "1");
  assert_logged (desk, 1, "declined", "declined-by-peer");
  call = ring_out (desk, "2");
  rd_phone_note_hanging_up (desk->phone, call);
  live_out (desk, RD_EVENT_CALL_ENDED, "2");
  assert_logged (desk, 2, "cancelled", "cancelled-by-us");
  ring_out (desk, "3");
  live_out (desk, RD_EVENT_CALL_ENDED, "3");
  assert_logged (desk, 3, "ended", "no-answer");
  ring_out (desk, "4");
  hear (desk, make (desk, RD_EVENT_CALL_ENDED, "4", ME, BOB, 5), RD_ORIGIN_REPLY);
  assert_logged (desk, 4, "cancelled", "cancelled-by-us");
}

static void
test_ring_out_expires (Desk *desk, gconstpointer data)
{
  rd_phone_note_placed (desk->phone, "crm", "1");
  ring_out (desk, "1");
  rd_test_clock_advance (desk->clock, 59999);
  g_assert_cmpuint (desk->n_expired, ==, 0);
  rd_test_clock_advance (desk->clock, 1);
  g_assert_cmpuint (desk->n_expired, ==, 1);
  live_out (desk, RD_EVENT_CALL_ENDED, "1");
  assert_logged (desk, 1, "cancelled", "no-answer");
  /* The site never says a word. */
  rd_phone_note_placed (desk->phone, "crm", "2");
  ring_out (desk, "2");
  rd_test_clock_advance (desk->clock, 75000);
  g_assert_cmpuint (desk->n_expired, ==, 2);
  assert_logged (desk, 2, "cancelled", "no-answer");
  /* Placed on another device: not ours to end. */
  ring_out (desk, "3");
  rd_test_clock_advance (desk->clock, 75000);
  g_assert_cmpuint (desk->n_expired, ==, 2);
  assert_logged (desk, 3, "cancelled", "no-answer");
}

static void
test_soft_ring (Desk *desk, gconstpointer data)
{
  RdCall *first = ring_in (desk, "1");
  RdCall *second;

  rd_phone_note_answering (desk->phone, first);
  live_event (desk, RD_EVENT_CALL_ANSWERED, "1");
  second = ring_in (desk, "2");
  assert_ring (desk, SOFT);
  g_assert_true (rd_call_get_soft (second));
  live_event (desk, RD_EVENT_CALL_ENDED, "1");
  assert_ring (desk, FULL);
  g_assert_false (rd_call_get_soft (second));
  ring_out (desk, "3");
  assert_ring (desk, SOFT);
  live_out (desk, RD_EVENT_CALL_ENDED, "3");
  assert_ring (desk, FULL);
  live_event (desk, RD_EVENT_CALL_ENDED, "2");
  assert_ring (desk, NONE);
}

static void
test_two_ring (Desk *desk, gconstpointer data)
{
  RdCall *first = ring_in (desk, "1");
  RdCall *second = ring_in (desk, "2");
  g_autoptr (GPtrArray) live = rd_phone_dup_live (desk->phone);

  g_assert_cmpuint (live->len, ==, 2);
  g_assert_true (g_ptr_array_index (live, 0) == first);
  g_clear_pointer (&live, g_ptr_array_unref);
  assert_ring (desk, FULL);
  rd_phone_silence (desk->phone, first);
  g_assert_true (rd_call_get_silenced (first));
  assert_ring (desk, FULL);
  rd_phone_silence (desk->phone, second);
  assert_ring (desk, NONE);
  assert_state (second, "ringing-in");
  ring_in (desk, "3");
  assert_ring (desk, FULL);
}

static void
test_not_ours (Desk *desk, gconstpointer data)
{
  RdEvent *group;

  /* Others of a group are told, too. */
  g_assert_null (hear (desk, make (desk, RD_EVENT_CALL_INITIATED, "1", ADA, BOB, 0), RD_ORIGIN_LIVE));
  g_assert_null (hear (desk, make (desk, RD_EVENT_CALL_ANSWERED, "1", ADA, BOB, 0), RD_ORIGIN_LIVE));
  g_assert_null (hear (desk, make (desk, RD_EVENT_CALL_ENDED, "1", ADA, BOB, 0), RD_ORIGIN_LIVE));
  g_assert_cmpuint (desk->n_logged, ==, 0);
  /* To nobody in particular: to us, unless it is by us. */
  group = make (desk, RD_EVENT_CALL_INITIATED, "2", ADA, NULL, 0);
  assert_state (hear (desk, group, RD_ORIGIN_LIVE), "ringing-in");
  group = make (desk, RD_EVENT_CALL_INITIATED, "3", ME, NULL, 0);
  assert_state (hear (desk, group, RD_ORIGIN_LIVE), "ringing-out");
  /* Nobody knows who we are there. */
  group = make (desk, RD_EVENT_CALL_INITIATED, "4", ADA, ME, 0);
  g_assert_null (rd_phone_handle (desk->phone, "stranger", group, RD_ORIGIN_LIVE));
  rd_event_unref (group);
}

static void
test_unknown_calls (Desk *desk, gconstpointer data)
{
  RdEvent *ended;

  live_event (desk, RD_EVENT_CALL_ANSWERED, "1");
  assert_logged (desk, 1, "answered-elsewhere", "");
  live_event (desk, RD_EVENT_CALL_REJECTED, "2");
  assert_logged (desk, 2, "declined", "declined-by-us");
  live_event (desk, RD_EVENT_CALL_ENDED, "3");
  assert_logged (desk, 3, "missed", "cancelled-by-peer");
  ended = make (desk, RD_EVENT_CALL_ENDED, "4", ADA, ME, 60);
  ended->started_at = now_at (desk) - 50 * SECOND;
  hear (desk, ended, RD_ORIGIN_LIVE);
  assert_logged (desk, 4, "ended", "");
  live_out (desk, RD_EVENT_CALL_REJECTED, "5");
  assert_logged (desk, 5, "declined", "declined-by-peer");
  live_out (desk, RD_EVENT_CALL_ENDED, "6");
  assert_logged (desk, 6, "ended", "no-answer");
  g_assert_cmpuint (desk->n_added, ==, 0);
  assert_state (live_out (desk, RD_EVENT_CALL_ANSWERED, "7"), "active");
  g_assert_null (ring_in (desk, "3"));
  /* An announcement that says of itself that it is over. */
  ended = make (desk, RD_EVENT_CALL_INITIATED, "8", ADA, ME, 1);
  ended->status = RD_EVENT_STATUS_COMPLETED;
  hear (desk, ended, RD_ORIGIN_LIVE);
  assert_ring (desk, NONE);
  assert_logged (desk, 7, "missed", "cancelled-by-peer");
}

static void
test_account_dropped (Desk *desk, gconstpointer data)
{
  ring_in (desk, "1");
  ring_out (desk, "2");
  rd_phone_set_own_user (desk->phone, "other", ME);
  {
    g_autoptr (RdEvent) event = make (desk, RD_EVENT_CALL_INITIATED, "1", ADA, ME, 0);

    rd_phone_handle (desk->phone, "other", event, RD_ORIGIN_LIVE);
  }
  rd_phone_drop_account (desk->phone, "crm");
  g_assert_cmpuint (desk->n_ended, ==, 2);
  g_assert_cmpuint (desk->n_logged, ==, 0);
  g_assert_nonnull (rd_phone_lookup (desk->phone, "other", "1"));
  assert_ring (desk, FULL);
  g_assert_null (ring_in (desk, "3"));
}

static void
test_flood (Desk *desk, gconstpointer data)
{
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      ring_in (desk, id);
    }
  {
    g_autoptr (GPtrArray) live = rd_phone_dup_live (desk->phone);

    g_assert_cmpuint (live->len, ==, 32);
  }
  rd_test_clock_advance (desk->clock, 45000);
  assert_ring (desk, NONE);
  g_assert_cmpuint (desk->n_logged, ==, 32);
}

/* A handler that drops the account in the middle of things. */
static void
on_added_drop (RdPhone *phone, RdCall *call, gpointer data)
{
  rd_phone_drop_account (phone, "crm");
}

static void
test_reentrant (Desk *desk, gconstpointer data)
{
  g_signal_connect (desk->phone, "call-added", G_CALLBACK (on_added_drop), NULL);
  assert_state (ring_in (desk, "1"), "failed");
  assert_ring (desk, NONE);
  g_assert_cmpuint (desk->n_ended, ==, 1);
}

static RdEvent *
make_payment (gint64 at)
{
  RdEvent *event = rd_event_new (RD_EVENT_PAYMENT_RECEIVED);

  g_free (event->key);
  event->key = g_strdup ("payment.received 7");
  event->invoice_id = g_strdup ("7");
  event->at = at;
  return event;
}

static void
test_news (Desk *desk, gconstpointer data)
{
  RdEvent *message;

  /* On both channels, a moment apart: one. */
  hear (desk, make_payment (NOW), RD_ORIGIN_LIVE);
  hear (desk, make_payment (NOW + 5 * SECOND), RD_ORIGIN_LIVE);
  g_assert_cmpuint (desk->n_news, ==, 1);
  /* A second payment on the same invoice; and the first once more. */
  hear (desk, make_payment (NOW + 60 * SECOND), RD_ORIGIN_LIVE);
  g_assert_cmpuint (desk->n_news, ==, 2);
  hear (desk, make_payment (NOW), RD_ORIGIN_LIVE);
  g_assert_cmpuint (desk->n_news, ==, 2);
  /* Without a time, the moment it comes in counts. */
  rd_test_clock_advance (desk->clock, 600000);
  hear (desk, make_payment (0), RD_ORIGIN_LIVE);
  hear (desk, make_payment (0), RD_ORIGIN_LIVE);
  g_assert_cmpuint (desk->n_news, ==, 3);
  /* A message is one for ever, and none if it is our own. */
  for (guint i = 0; i < 4; i++)
    {
      message = rd_event_new (RD_EVENT_MESSAGE_NEW);
      g_free (message->key);
      message->key = g_strdup (i < 2 ? "message 1" : "message 2");
      message->message_id = g_strdup (i < 2 ? "1" : "2");
      message->sender_id = g_strdup (i < 2 ? ADA : ME);
      hear (desk, message, RD_ORIGIN_LIVE);
      rd_test_clock_advance (desk->clock, 60000);
    }
  g_assert_cmpuint (desk->n_news, ==, 4);
  hear (desk, rd_event_new (RD_EVENT_UNREAD_COUNT), RD_ORIGIN_LIVE);
  hear (desk, rd_event_new (RD_EVENT_UNREAD_COUNT), RD_ORIGIN_LIVE);
  g_assert_cmpuint (desk->n_news, ==, 6);
}

#define SCENE(name, func) g_test_add ("/phone/" name, Desk, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  SCENE ("answered-here", test_answered_here);
  SCENE ("reply-before-event", test_reply_before_event);
  SCENE ("answered-elsewhere", test_answered_elsewhere);
  SCENE ("answer-failed", test_answer_failed);
  SCENE ("declined", test_declined);
  SCENE ("caller-gave-up", test_caller_gave_up);
  SCENE ("answered-event-lost", test_answered_event_lost);
  SCENE ("ring-deadline", test_ring_deadline);
  SCENE ("deadline-from-beginning", test_deadline_from_beginning);
  SCENE ("deadline-while-answering", test_deadline_while_answering);
  SCENE ("late", test_late);
  SCENE ("clock-skew", test_clock_skew);
  SCENE ("catch-up-pending", test_catch_up_pending);
  SCENE ("catch-up-races-line", test_catch_up_races_line);
  SCENE ("catch-up-active", test_catch_up_active);
  SCENE ("catch-up-history", test_catch_up_history);
  SCENE ("reconcile", test_reconcile);
  SCENE ("placed-event-first", test_placed_event_first);
  SCENE ("placed-reply-first", test_placed_reply_first);
  SCENE ("placed-and-answered-first", test_placed_and_answered_first);
  SCENE ("out-ends", test_out_ends);
  SCENE ("ring-out-expires", test_ring_out_expires);
  SCENE ("soft-ring", test_soft_ring);
  SCENE ("two-ring", test_two_ring);
  SCENE ("not-ours", test_not_ours);
  SCENE ("unknown-calls", test_unknown_calls);
  SCENE ("account-dropped", test_account_dropped);
  SCENE ("flood", test_flood);
  SCENE ("reentrant", test_reentrant);
  SCENE ("news", test_news);
  return g_test_run ();
}
