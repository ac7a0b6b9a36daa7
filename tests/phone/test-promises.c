/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-phone.h"
#include "rd-test-clock.h"
#include "rd-test.h"

/* Whatever order a network makes of the events of several calls, and whatever our user does meanwhile: the phone's
 * promises hold after every step. Each round tells some calls' stories shuffled, doubled, late and with holes. */

#define NOW G_GINT64_CONSTANT (1767614400000000)
#define MS G_GINT64_CONSTANT (1000)
#define ME "7"
#define ADA "3"
#define N_CALLS 5
#define N_ROUNDS 600

typedef struct
{
  RdEventKind kind;
  guint call;
  gint64 due; /* ms from the start */
  RdOrigin origin;
} Step;

/* What the test knows of one call, from the outside alone. */
typedef struct
{
  char *id;
  gboolean incoming;
  gint64 began; /* ms from the start */
  gboolean was_answered;
  gboolean noted;
  guint added;
  guint ended;
  guint logged;
  gint64 added_at; /* µs */
  RdCallState state;
} Story;

typedef struct
{
  GRand *rand;
  RdTestClock *clock;
  RdPhone *phone;
  Story stories[N_CALLS];
  RdOrigin origin; /* of the event that is being handled */
} Round;

static gint64
now_of (Round *round)
{
  return rd_clock_get_real_time (RD_CLOCK (round->clock));
}

static Story *
story_of (Round *round, RdCall *call)
{
  return &round->stories[g_ascii_strtoull (rd_call_get_id (call), NULL, 10)];
}

static void
on_notify_state (RdCall *call, GParamSpec *pspec, gpointer data)
{
  Story *story = story_of (data, call);

  g_assert_true (rd_call_state_may_move (story->state, rd_call_get_state (call)));
  story->state = rd_call_get_state (call);
}

static void
on_call_added (RdPhone *phone, RdCall *call, gpointer data)
{
  Round *round = data;
  Story *story = story_of (round, call);

  g_assert_cmpuint (story->added++, ==, 0);
  g_assert_cmpuint (story->logged, ==, 0);
  story->added_at = now_of (round);
  story->state = rd_call_get_state (call);
  /* Only the line makes a call ring. */
  if (story->state == RD_CALL_RINGING_IN)
    g_assert_cmpint (round->origin, ==, RD_ORIGIN_LIVE);
  /* The round outlives its calls. */
  g_signal_connect (call, "notify::state", G_CALLBACK (on_notify_state), round);
}

static void
on_call_ended (RdPhone *phone, RdCall *call, gpointer data)
{
  Story *story = story_of (data, call);

  g_assert_cmpuint (story->added, ==, 1);
  g_assert_cmpuint (story->ended++, ==, 0);
  g_assert_true (rd_call_state_is_end (rd_call_get_state (call)));
}

static void
on_call_logged (RdPhone *phone, RdCall *call, gpointer data)
{
  Story *story = story_of (data, call);

  g_assert_cmpuint (story->logged++, ==, 0);
  g_assert_cmpuint (story->ended, ==, story->added);
  g_assert_true (rd_call_state_is_end (rd_call_get_state (call)));
  /* Spoken to by anybody of ours: never a missed call that the site can tell us of. */
  if (rd_call_get_started_at (call) != 0)
    g_assert_cmpint (rd_call_get_state (call), !=, RD_CALL_MISSED);
  if (!rd_call_get_incoming (call))
    g_assert_cmpint (rd_call_get_state (call), !=, RD_CALL_MISSED);
}

/* The promises. */
static void
check (Round *round)
{
  g_autoptr (GPtrArray) live = rd_phone_dup_live (round->phone);
  gboolean rings = FALSE, busy = FALSE;

  for (guint i = 0; i < live->len; i++)
    {
      RdCall *call = g_ptr_array_index (live, i);
      const Story *story = story_of (round, call);
      RdCallState state = rd_call_get_state (call);
      gint64 age = now_of (round) - story->added_at;

      g_assert_false (rd_call_state_is_end (state));
      g_assert_cmpuint (story->ended + story->logged, ==, 0);
      busy |= state == RD_CALL_ACTIVE || state == RD_CALL_RINGING_OUT;
      if (state != RD_CALL_RINGING_IN)
        continue;
      /* Without anything under way, the deadline ends it. */
      if (!story->noted)
        g_assert_cmpint (age, <, RD_PHONE_RING_DEADLINE_MS * MS);
      g_assert_cmpint (age, <, (RD_PHONE_RING_DEADLINE_MS + RD_PHONE_GRACE_MS) * MS);
      rings |= !story->noted && !rd_call_get_silenced (call);
    }
  g_assert_cmpint (rd_phone_get_ring (round->phone), ==, !rings ? RD_RING_NONE : busy ? RD_RING_SOFT : RD_RING_FULL);
}

static RdEvent *
make_event (const Round *round, const Step *step)
{
  const Story *story = &round->stories[step->call];
  RdEvent *event = rd_event_new (step->kind);

  event->call_id = g_strdup (story->id);
  event->initiator_id = g_strdup (story->incoming ? ADA : ME);
  event->recipient_id = g_strdup (story->incoming ? ME : ADA);
  event->created_at = NOW + story->began * MS;
  if (story->was_answered && step->kind != RD_EVENT_CALL_INITIATED)
    event->started_at = event->created_at + 1000 * MS;
  return event;
}

static void
add_step (Round *round, GArray *steps, guint call, RdEventKind kind, gint64 happened)
{
  const RdOrigin origin = g_rand_double (round->rand) < 0.15 ? RD_ORIGIN_CATCH_UP : RD_ORIGIN_LIVE;
  Step step = { kind, call, happened, origin };

  if (g_rand_double (round->rand) < 0.15)
    return;
  if (g_rand_double (round->rand) < 0.4)
    step.due += g_rand_int_range (round->rand, 0, 60000);
  g_array_append_val (steps, step);
  if (g_rand_double (round->rand) < 0.3)
    {
      step.due += g_rand_int_range (round->rand, 0, 5000);
      g_array_append_val (steps, step);
    }
}

/* How the call really goes, at the site. */
static void
tell (Round *round, GArray *steps, guint call)
{
  Story *story = &round->stories[call];
  gint64 at = g_rand_int_range (round->rand, 0, 60000);

  story->id = g_strdup_printf ("%u", call);
  story->incoming = g_rand_double (round->rand) < 0.7;
  story->began = at;
  add_step (round, steps, call, RD_EVENT_CALL_INITIATED, at);
  at += g_rand_int_range (round->rand, 100, 50000);
  switch (g_rand_int_range (round->rand, 0, 4))
    {
    case 0:
      story->was_answered = TRUE;
      add_step (round, steps, call, RD_EVENT_CALL_ANSWERED, at);
      add_step (round, steps, call, RD_EVENT_CALL_ENDED, at + g_rand_int_range (round->rand, 100, 50000));
      break;
    case 1:
      add_step (round, steps, call, RD_EVENT_CALL_REJECTED, at);
      break;
    case 2:
      add_step (round, steps, call, RD_EVENT_CALL_ENDED, at);
      break;
    default:
      break; /* the site forgets it */
    }
}

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  const Step *one = a;
  const Step *other = b;

  return one->due < other->due ? -1 : one->due > other->due;
}

/* What our user does, at any time, to any call. */
static void
meddle (Round *round)
{
  guint index = (guint) g_rand_int_range (round->rand, 0, N_CALLS);
  Story *story = &round->stories[index];
  RdCall *call = rd_phone_lookup (round->phone, "crm", story->id);
  const char *const none[] = { NULL };
  const char *const this[] = { story->id, NULL };

  round->origin = RD_ORIGIN_CATCH_UP;
  switch (g_rand_int_range (round->rand, 0, 13))
    {
    case 0:
      rd_phone_reconcile (round->phone, "crm", g_rand_boolean (round->rand) ? none : this, now_of (round) - 2000 * MS);
      break;
    case 1:
      rd_phone_note_gap (round->phone, "crm", now_of (round) - 10000 * MS);
      break;
    case 2:
      rd_phone_note_placed (round->phone, "crm", story->id);
      break;
    case 3:
    case 4:
      if (call != NULL && rd_call_get_state (call) == RD_CALL_RINGING_IN)
        {
          story->noted = TRUE;
          rd_phone_note_answering (round->phone, call);
        }
      break;
    case 5:
      if (call != NULL)
        {
          story->noted = TRUE;
          rd_phone_note_hanging_up (round->phone, call);
        }
      break;
    case 6:
      if (call != NULL)
        {
          story->noted = FALSE;
          rd_phone_note_failed (round->phone, call, g_rand_boolean (round->rand));
        }
      break;
    case 7:
      if (call != NULL)
        rd_phone_silence (round->phone, call);
      break;
    case 8:
      if (call != NULL)
        rd_phone_note_accepted (round->phone, call);
      break;
    default:
      break;
    }
}

static void
play (Round *round, GArray *steps)
{
  gint64 passed = 0;

  for (guint i = 0; i < steps->len; i++)
    {
      const Step *step = &g_array_index (steps, Step, i);
      g_autoptr (RdEvent) event = make_event (round, step);

      while (passed < step->due)
        {
          gint64 slice = MIN (step->due - passed, g_rand_int_range (round->rand, 1, 8000));

          rd_test_clock_advance (round->clock, slice);
          passed += slice;
          check (round);
          meddle (round);
          check (round);
        }
      round->origin = step->origin;
      rd_phone_handle (round->phone, "crm", event, step->origin);
      check (round);
    }
}

static void
run_round (guint32 seed)
{
  Round round = { g_rand_new_with_seed (seed), rd_test_clock_new (NOW), NULL };
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (Step));

  round.phone = rd_phone_new (RD_CLOCK (round.clock));
  rd_phone_set_own_user (round.phone, "crm", ME);
  /* The round outlives the phone. */
  g_signal_connect (round.phone, "call-added", G_CALLBACK (on_call_added), &round);
  g_signal_connect (round.phone, "call-ended", G_CALLBACK (on_call_ended), &round);
  g_signal_connect (round.phone, "call-logged", G_CALLBACK (on_call_logged), &round);
  for (guint i = 0; i < N_CALLS; i++)
    tell (&round, steps, i);
  g_array_sort (steps, compare_steps);
  play (&round, steps);

  /* When nothing more comes, nothing rings for ever. */
  rd_test_clock_advance (round.clock, RD_PHONE_RING_OUT_MS + RD_PHONE_GRACE_MS);
  check (&round);
  g_assert_cmpint (rd_phone_get_ring (round.phone), ==, RD_RING_NONE);
  g_assert_cmpuint (rd_test_clock_get_timers (round.clock), ==, 0);
  for (guint i = 0; i < N_CALLS; i++)
    {
      RdCall *call = rd_phone_lookup (round.phone, "crm", round.stories[i].id);

      g_assert_true (call == NULL || rd_call_get_state (call) == RD_CALL_ACTIVE);
      if (call == NULL)
        g_assert_cmpuint (round.stories[i].ended, ==, round.stories[i].added);
      g_free (round.stories[i].id);
    }
  g_assert_finalize_object (round.phone);
  g_assert_finalize_object (round.clock);
  g_rand_free (round.rand);
}

static void
test_fixed_seeds (void)
{
  for (guint32 seed = 0; seed < N_ROUNDS; seed++)
    {
      g_test_message ("seed %u", seed);
      run_round (seed);
    }
}

static void
test_random_seeds (void)
{
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      guint32 seed = (guint32) g_test_rand_int ();

      g_test_message ("seed %u", seed);
      run_round (seed);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phone-promises/fixed-seeds", test_fixed_seeds);
  g_test_add_func ("/phone-promises/random-seeds", test_random_seeds);
  return g_test_run ();
}
