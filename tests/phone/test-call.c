/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-call.h"
#include "rd-seen.h"
#include "rd-test.h"
#include "rd-verdict.h"

/* The two tables that decide what becomes of a call. */

/* Row: from; column: to; in the order of RdCallState. */
static const char *const expected[] = {
  /*                       in out act els dec can mis end fai */
  [RD_CALL_RINGING_IN] = "..XXX.XXX",
  [RD_CALL_RINGING_OUT] = "..X.XX.XX",
  [RD_CALL_ACTIVE] = ".......XX",
  [RD_CALL_ANSWERED_ELSEWHERE] = ".........",
  [RD_CALL_DECLINED] = ".........",
  [RD_CALL_CANCELLED] = ".........",
  [RD_CALL_MISSED] = ".........",
  [RD_CALL_ENDED] = ".........",
  [RD_CALL_FAILED] = ".........",
};

static void
test_moves (void)
{
  for (guint from = 0; from <= RD_CALL_FAILED; from++)
    for (guint to = 0; to <= RD_CALL_FAILED; to++)
      {
        g_test_message ("%s → %s", rd_call_state_to_string ((RdCallState) from),
                        rd_call_state_to_string ((RdCallState) to));
        g_assert_cmpint (rd_call_state_may_move ((RdCallState) from, (RdCallState) to), ==, expected[from][to] == 'X');
      }
}

static void
test_names (void)
{
  static const char *const names[] = { "ringing-in", "ringing-out", "active", "answered-elsewhere", "declined",
                                       "cancelled",  "missed",      "ended",  "failed" };

  for (guint i = 0; i <= RD_CALL_FAILED; i++)
    {
      g_assert_cmpstr (rd_call_state_to_string ((RdCallState) i), ==, names[i]);
      g_assert_cmpint (rd_call_state_is_end ((RdCallState) i), ==, i > RD_CALL_ACTIVE);
    }
}

static RdCallState
state_of (RdStand stand)
{
  if (stand == RD_STAND_ACTIVE)
    return RD_CALL_ACTIVE;
  return stand == RD_STAND_RINGING_OUT ? RD_CALL_RINGING_OUT : RD_CALL_RINGING_IN;
}

/* Whatever the facts: what a verdict asks for, the other table allows. */
static void
check_verdict (RdStand stand, RdEventKind kind, RdFacts facts)
{
  const RdVerdict verdict = rd_verdict (stand, kind, facts);
  const gboolean unknown = stand == RD_STAND_UNKNOWN_IN || stand == RD_STAND_UNKNOWN_OUT;

  g_assert_nonnull (verdict.reason);
  switch (verdict.act)
    {
    case RD_ACT_BEGIN:
      g_assert_true (unknown);
      g_assert_false (rd_call_state_is_end (verdict.state));
      if (verdict.state == RD_CALL_RINGING_IN)
        g_assert_cmpint (facts & (RD_FACT_LIVE | RD_FACT_FRESH), ==, RD_FACT_LIVE | RD_FACT_FRESH);
      break;
    case RD_ACT_LOG:
      g_assert_true (unknown);
      g_assert_true (rd_call_state_may_move (stand == RD_STAND_UNKNOWN_IN ? RD_CALL_RINGING_IN : RD_CALL_RINGING_OUT,
                                             verdict.state));
      break;
    case RD_ACT_MOVE:
      g_assert_false (unknown);
      g_assert_true (rd_call_state_may_move (state_of (stand), verdict.state));
      break;
    case RD_ACT_KEEP:
    case RD_ACT_WAIT:
      g_assert_false (unknown);
      break;
    case RD_ACT_FORGET:
    case RD_ACT_DEFER:
    case RD_ACT_NONE:
    default:
      g_assert_true (unknown);
    }
}

static void
test_verdicts (void)
{
  static const RdFacts origins[] = { RD_FACT_LIVE, RD_FACT_CATCH_UP, RD_FACT_REPLY };

  for (guint stand = 0; stand <= RD_STAND_ACTIVE; stand++)
    for (guint kind = 0; kind <= RD_EVENT_CALL_ENDED; kind++)
      for (guint origin = 0; origin < G_N_ELEMENTS (origins); origin++)
        for (guint facts = 0; facts < 256; facts++)
          check_verdict ((RdStand) stand, (RdEventKind) kind, origins[origin] | (RdFacts) (facts * RD_FACT_FRESH));
}

/* An end of any sort ends a live call of any sort. */
static void
test_ends_end (void)
{
  for (guint stand = RD_STAND_RINGING_IN; stand <= RD_STAND_ACTIVE; stand++)
    for (guint kind = RD_EVENT_CALL_REJECTED; kind <= RD_EVENT_CALL_ENDED; kind++)
      {
        const RdVerdict verdict = rd_verdict ((RdStand) stand, (RdEventKind) kind, RD_FACT_LIVE);

        g_assert_cmpint (verdict.act, ==, RD_ACT_MOVE);
        g_assert_true (rd_call_state_is_end (verdict.state));
      }
}

static void
test_seen (void)
{
  g_autoptr (RdSeen) seen = rd_seen_new (3);

  g_assert_false (rd_seen_check (seen, "a", 100, 5));
  g_assert_true (rd_seen_check (seen, "a", 105, 5));
  g_assert_true (rd_seen_check (seen, "a", 95, 5));
  g_assert_false (rd_seen_check (seen, "a", 106, 5));
  g_assert_true (rd_seen_check (seen, "a", 100, 5));
  g_assert_true (rd_seen_check (seen, "a", 0, RD_SEEN_ALWAYS));
  g_assert_false (rd_seen_check (seen, "b", 0, RD_SEEN_ALWAYS));
  /* The oldest goes first. */
  g_assert_false (rd_seen_check (seen, "c", 0, RD_SEEN_ALWAYS));
  g_assert_false (rd_seen_check (seen, "a", 100, 5));
  g_assert_true (rd_seen_contains (seen, "a"));
  g_assert_false (rd_seen_check (seen, "d", 0, 0));
  g_assert_false (rd_seen_check (seen, "e", 0, 0));
  g_assert_false (rd_seen_check (seen, "f", 0, 0));
  g_assert_false (rd_seen_contains (seen, "a"));
  g_assert_false (rd_seen_contains (seen, "b"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/call/moves", test_moves);
  g_test_add_func ("/call/names", test_names);
  g_test_add_func ("/call/verdicts", test_verdicts);
  g_test_add_func ("/call/ends-end", test_ends_end);
  g_test_add_func ("/call/seen", test_seen);
  return g_test_run ();
}
