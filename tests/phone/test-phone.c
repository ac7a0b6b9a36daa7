/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "desk.h"

/* Scenes at the telephone: what comes in, what our user does, what time passes; what rings and what is noted down. */

static void
test_answered_here (Desk *desk, gconstpointer data)
{
  RdCall *call = desk_ring_in (desk, "1");
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
  answered = desk_make (desk, RD_EVENT_CALL_ANSWERED, "1", ADA, ME, 5);
  answered->room_url = g_strdup ("https://8x8.vc/a/b");
  answered->room_token = g_strdup ("a.b.c");
  rd_phone_note_accepted (desk->phone, call);
  desk_hear (desk, answered, RD_ORIGIN_LIVE);
  assert_state (call, "active");
  g_assert_true (rd_call_get_local (call));
  g_assert_cmpstr (rd_call_get_room_url (call), ==, "https://8x8.vc/a/b");
  g_assert_cmpstr (rd_call_get_room_token (call), ==, "a.b.c");
  g_assert_cmpint (rd_call_get_started_at (call), ==, NOW);
  /* No deadline any more. */
  rd_test_clock_advance (desk->clock, 600000);
  assert_state (call, "active");
  desk_live_event (desk, RD_EVENT_CALL_ENDED, "1");
  assert_logged (desk, 1, "ended", "");
  g_assert_cmpuint (desk->n_ended, ==, 1);
}

static void
test_reply_before_event (Desk *desk, gconstpointer data)
{
  RdCall *call = desk_ring_in (desk, "1");

  desk_hear (desk, desk_make (desk, RD_EVENT_CALL_ANSWERED, "1", ADA, ME, 5), RD_ORIGIN_REPLY);
  assert_state (call, "active");
  g_assert_true (rd_call_get_local (call));
  desk_live_event (desk, RD_EVENT_CALL_ANSWERED, "1");
  assert_state (call, "active");
  g_assert_true (rd_call_get_local (call));
}

static void
test_answered_elsewhere (Desk *desk, gconstpointer data)
{
  desk_ring_in (desk, "1");
  desk_live_event (desk, RD_EVENT_CALL_ANSWERED, "1");
  assert_ring (desk, NONE);
  assert_logged (desk, 1, "answered-elsewhere", "");
  g_assert_cmpuint (desk->ring_at_end, ==, RD_RING_NONE);
  g_assert_false (rd_call_get_local (desk->logged));
  /* What comes after is of no interest. */
  desk_live_event (desk, RD_EVENT_CALL_ENDED, "1");
  g_assert_null (desk_ring_in (desk, "1"));
  g_assert_cmpuint (desk->n_logged, ==, 1);
  assert_ring (desk, NONE);
}

static void
test_answer_failed (Desk *desk, gconstpointer data)
{
  RdCall *call = desk_ring_in (desk, "1");

  rd_phone_note_answering (desk->phone, call);
  assert_ring (desk, NONE);
  rd_phone_note_failed (desk->phone, call, TRUE);
  assert_ring (desk, FULL);
  desk_live_event (desk, RD_EVENT_CALL_ANSWERED, "1");
  assert_logged (desk, 1, "answered-elsewhere", "");
}

static void
test_declined (Desk *desk, gconstpointer data)
{
  RdCall *call = desk_ring_in (desk, "1");

  rd_phone_note_declining (desk->phone, call);
  assert_ring (desk, NONE);
  desk_live_event (desk, RD_EVENT_CALL_REJECTED, "1");
  assert_logged (desk, 1, "declined", "declined-by-us");
  desk_ring_in (desk, "2");
  desk_live_event (desk, RD_EVENT_CALL_REJECTED, "2");
  assert_logged (desk, 2, "declined", "declined-by-us");
  /* A site that ends instead of rejecting. */
  call = desk_ring_in (desk, "3");
  rd_phone_note_declining (desk->phone, call);
  desk_live_event (desk, RD_EVENT_CALL_ENDED, "3");
  assert_logged (desk, 3, "declined", "declined-by-us");
}

static void
test_caller_gave_up (Desk *desk, gconstpointer data)
{
  desk_ring_in (desk, "1");
  desk_live_event (desk, RD_EVENT_CALL_ENDED, "1");
  assert_ring (desk, NONE);
  assert_logged (desk, 1, "missed", "cancelled-by-peer");
  g_assert_cmpuint (desk->ring_at_end, ==, RD_RING_NONE);
}

static void
test_answered_event_lost (Desk *desk, gconstpointer data)
{
  RdEvent *ended;

  desk_ring_in (desk, "1");
  ended = desk_make (desk, RD_EVENT_CALL_ENDED, "1", ADA, ME, 60);
  ended->started_at = desk_now (desk) - 30 * SECOND;
  desk_hear (desk, ended, RD_ORIGIN_LIVE);
  /* Somebody spoke to Ada: not a missed call. */
  assert_logged (desk, 1, "answered-elsewhere", "");
}

static void
test_ring_deadline (Desk *desk, gconstpointer data)
{
  desk_ring_in (desk, "1");
  rd_test_clock_advance (desk->clock, 44999);
  assert_ring (desk, FULL);
  rd_test_clock_advance (desk->clock, 1);
  assert_ring (desk, NONE);
  assert_logged (desk, 1, "missed", "ring-deadline");
  desk_live_event (desk, RD_EVENT_CALL_ENDED, "1");
  g_assert_cmpuint (desk->n_logged, ==, 1);
}

static void
test_deadline_from_beginning (Desk *desk, gconstpointer data)
{
  desk_hear (desk, desk_make (desk, RD_EVENT_CALL_INITIATED, "1", ADA, ME, 30), RD_ORIGIN_LIVE);
  rd_test_clock_advance (desk->clock, 14999);
  assert_ring (desk, FULL);
  rd_test_clock_advance (desk->clock, 1);
  assert_logged (desk, 1, "missed", "ring-deadline");
  /* A site whose clock is ahead rings no longer than anybody. */
  desk_hear (desk, desk_make (desk, RD_EVENT_CALL_INITIATED, "2", ADA, ME, -3600), RD_ORIGIN_LIVE);
  rd_test_clock_advance (desk->clock, 44999);
  assert_ring (desk, FULL);
  rd_test_clock_advance (desk->clock, 1);
  assert_logged (desk, 2, "missed", "ring-deadline");
}

static void
test_deadline_while_answering (Desk *desk, gconstpointer data)
{
  RdCall *call = desk_ring_in (desk, "1");

  rd_test_clock_advance (desk->clock, 44000);
  rd_phone_note_answering (desk->phone, call);
  rd_test_clock_advance (desk->clock, 5000);
  assert_state (call, "ringing-in");
  assert_ring (desk, NONE);
  desk_live_event (desk, RD_EVENT_CALL_ANSWERED, "1");
  rd_phone_note_accepted (desk->phone, call);
  assert_state (call, "active");

  call = desk_ring_in (desk, "2");
  rd_test_clock_advance (desk->clock, 44000);
  rd_phone_note_answering (desk->phone, call);
  rd_test_clock_advance (desk->clock, 5000);
  rd_phone_note_failed (desk->phone, call, TRUE);
  assert_logged (desk, 1, "missed", "ring-deadline");

  call = desk_ring_in (desk, "3");
  rd_phone_note_answering (desk->phone, call);
  rd_test_clock_advance (desk->clock, 45000 + 15000);
  assert_logged (desk, 2, "missed", "ring-deadline");
}

static void
test_soft_ring (Desk *desk, gconstpointer data)
{
  RdCall *first = desk_ring_in (desk, "1");
  RdCall *second;

  rd_phone_note_answering (desk->phone, first);
  rd_phone_note_accepted (desk->phone, first);
  desk_live_event (desk, RD_EVENT_CALL_ANSWERED, "1");
  second = desk_ring_in (desk, "2");
  assert_ring (desk, SOFT);
  g_assert_true (rd_call_get_soft (second));
  desk_live_event (desk, RD_EVENT_CALL_ENDED, "1");
  assert_ring (desk, FULL);
  g_assert_false (rd_call_get_soft (second));
  desk_ring_out (desk, "3");
  assert_ring (desk, SOFT);
  desk_live_out (desk, RD_EVENT_CALL_ENDED, "3");
  assert_ring (desk, FULL);
  desk_live_event (desk, RD_EVENT_CALL_ENDED, "2");
  assert_ring (desk, NONE);
}

static void
test_two_ring (Desk *desk, gconstpointer data)
{
  RdCall *first = desk_ring_in (desk, "1");
  RdCall *second = desk_ring_in (desk, "2");
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
  desk_ring_in (desk, "3");
  assert_ring (desk, FULL);
}

/* Without a sound, but ringing all the same: until it may sound again, or its time is over. */
static void
test_hushed (Desk *desk, gconstpointer data)
{
  RdCall *first = desk_ring_in (desk, "1");
  RdCall *second;

  assert_ring (desk, FULL);
  rd_phone_set_hushed (desk->phone, first, TRUE);
  assert_ring (desk, NONE);
  assert_state (first, "ringing-in");
  g_assert_false (rd_call_get_silenced (first));
  second = desk_ring_in (desk, "2");
  assert_ring (desk, FULL);
  rd_phone_silence (desk->phone, second);
  assert_ring (desk, NONE);
  rd_phone_set_hushed (desk->phone, first, FALSE);
  assert_ring (desk, FULL);
  rd_phone_silence (desk->phone, first);
  rd_phone_set_hushed (desk->phone, first, FALSE);
  assert_ring (desk, NONE);
}

static void
test_not_ours (Desk *desk, gconstpointer data)
{
  RdEvent *group;

  /* Others of a group are told, too. */
  g_assert_null (desk_hear (desk, desk_make (desk, RD_EVENT_CALL_INITIATED, "1", ADA, BOB, 0), RD_ORIGIN_LIVE));
  g_assert_null (desk_hear (desk, desk_make (desk, RD_EVENT_CALL_ANSWERED, "1", ADA, BOB, 0), RD_ORIGIN_LIVE));
  g_assert_null (desk_hear (desk, desk_make (desk, RD_EVENT_CALL_ENDED, "1", ADA, BOB, 0), RD_ORIGIN_LIVE));
  g_assert_cmpuint (desk->n_logged, ==, 0);
  /* To nobody in particular: to us, unless it is by us. */
  group = desk_make (desk, RD_EVENT_CALL_INITIATED, "2", ADA, NULL, 0);
  assert_state (desk_hear (desk, group, RD_ORIGIN_LIVE), "ringing-in");
  group = desk_make (desk, RD_EVENT_CALL_INITIATED, "3", ME, NULL, 0);
  assert_state (desk_hear (desk, group, RD_ORIGIN_LIVE), "ringing-out");
  /* Nobody knows who we are there. */
  group = desk_make (desk, RD_EVENT_CALL_INITIATED, "4", ADA, ME, 0);
  g_assert_null (rd_phone_handle (desk->phone, "stranger", group, RD_ORIGIN_LIVE));
  rd_event_unref (group);
}

static void
test_unknown_calls (Desk *desk, gconstpointer data)
{
  RdEvent *ended;

  desk_live_event (desk, RD_EVENT_CALL_ANSWERED, "1");
  assert_logged (desk, 1, "answered-elsewhere", "");
  desk_live_event (desk, RD_EVENT_CALL_REJECTED, "2");
  assert_logged (desk, 2, "declined", "declined-by-us");
  desk_live_event (desk, RD_EVENT_CALL_ENDED, "3");
  assert_logged (desk, 3, "missed", "cancelled-by-peer");
  ended = desk_make (desk, RD_EVENT_CALL_ENDED, "4", ADA, ME, 60);
  ended->started_at = desk_now (desk) - 50 * SECOND;
  desk_hear (desk, ended, RD_ORIGIN_LIVE);
  assert_logged (desk, 4, "ended", "");
  desk_live_out (desk, RD_EVENT_CALL_REJECTED, "5");
  assert_logged (desk, 5, "declined", "declined-by-peer");
  desk_live_out (desk, RD_EVENT_CALL_ENDED, "6");
  assert_logged (desk, 6, "ended", "no-answer");
  g_assert_cmpuint (desk->n_added, ==, 0);
  assert_state (desk_live_out (desk, RD_EVENT_CALL_ANSWERED, "7"), "active");
  g_assert_null (desk_ring_in (desk, "3"));
  /* An announcement that says of itself that it is over. */
  ended = desk_make (desk, RD_EVENT_CALL_INITIATED, "8", ADA, ME, 1);
  ended->status = RD_EVENT_STATUS_COMPLETED;
  desk_hear (desk, ended, RD_ORIGIN_LIVE);
  assert_ring (desk, NONE);
  assert_logged (desk, 7, "missed", "cancelled-by-peer");
}

static void
test_account_dropped (Desk *desk, gconstpointer data)
{
  desk_ring_in (desk, "1");
  desk_ring_out (desk, "2");
  rd_phone_set_own_user (desk->phone, "other", ME);
  {
    g_autoptr (RdEvent) event = desk_make (desk, RD_EVENT_CALL_INITIATED, "1", ADA, ME, 0);

    rd_phone_handle (desk->phone, "other", event, RD_ORIGIN_LIVE);
  }
  rd_phone_drop_account (desk->phone, "crm");
  g_assert_cmpuint (desk->n_ended, ==, 2);
  g_assert_cmpuint (desk->n_logged, ==, 0);
  g_assert_nonnull (rd_phone_lookup (desk->phone, "other", "1"));
  assert_ring (desk, FULL);
  g_assert_null (desk_ring_in (desk, "3"));
}

static void
test_flood (Desk *desk, gconstpointer data)
{
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      desk_ring_in (desk, id);
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
  assert_state (desk_ring_in (desk, "1"), "failed");
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
  desk_hear (desk, make_payment (NOW), RD_ORIGIN_LIVE);
  desk_hear (desk, make_payment (NOW + 5 * SECOND), RD_ORIGIN_LIVE);
  g_assert_cmpuint (desk->n_news, ==, 1);
  /* A second payment on the same invoice; and the first once more. */
  desk_hear (desk, make_payment (NOW + 60 * SECOND), RD_ORIGIN_LIVE);
  g_assert_cmpuint (desk->n_news, ==, 2);
  desk_hear (desk, make_payment (NOW), RD_ORIGIN_LIVE);
  g_assert_cmpuint (desk->n_news, ==, 2);
  /* Without a time, the moment it comes in counts. */
  rd_test_clock_advance (desk->clock, 600000);
  desk_hear (desk, make_payment (0), RD_ORIGIN_LIVE);
  desk_hear (desk, make_payment (0), RD_ORIGIN_LIVE);
  g_assert_cmpuint (desk->n_news, ==, 3);
  /* A message is one for ever, and none if it is our own. */
  for (guint i = 0; i < 4; i++)
    {
      message = rd_event_new (RD_EVENT_MESSAGE_NEW);
      g_free (message->key);
      message->key = g_strdup (i < 2 ? "message 1" : "message 2");
      message->message_id = g_strdup (i < 2 ? "1" : "2");
      message->sender_id = g_strdup (i < 2 ? ADA : ME);
      desk_hear (desk, message, RD_ORIGIN_LIVE);
      rd_test_clock_advance (desk->clock, 60000);
    }
  g_assert_cmpuint (desk->n_news, ==, 4);
  desk_hear (desk, rd_event_new (RD_EVENT_UNREAD_COUNT), RD_ORIGIN_LIVE);
  desk_hear (desk, rd_event_new (RD_EVENT_UNREAD_COUNT), RD_ORIGIN_LIVE);
  g_assert_cmpuint (desk->n_news, ==, 6);
}

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
  SCENE ("soft-ring", test_soft_ring);
  SCENE ("two-ring", test_two_ring);
  SCENE ("hushed", test_hushed);
  SCENE ("not-ours", test_not_ours);
  SCENE ("unknown-calls", test_unknown_calls);
  SCENE ("account-dropped", test_account_dropped);
  SCENE ("flood", test_flood);
  SCENE ("reentrant", test_reentrant);
  SCENE ("news", test_news);
  return g_test_run ();
}
