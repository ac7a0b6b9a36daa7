/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-phone"

#include "config.h"

#include "rd-verdict.h"

/* What every event means for every call, readable in one place. The first row whose stand and kind fit and whose facts
 * all hold decides; where none does, a call that we know stays as it is and one that we do not know is ignored. */

typedef struct
{
  RdStand stand;
  RdEventKind kind;
  RdFacts facts;
  RdVerdict verdict;
} Row;

#define IN RD_STAND_UNKNOWN_IN
#define OUT RD_STAND_UNKNOWN_OUT
#define INITIATED RD_EVENT_CALL_INITIATED
#define ANSWERED RD_EVENT_CALL_ANSWERED
#define REJECTED RD_EVENT_CALL_REJECTED
#define ENDED RD_EVENT_CALL_ENDED
#define LIVE RD_FACT_LIVE
#define CATCH_UP RD_FACT_CATCH_UP
#define REPLY RD_FACT_REPLY

#define BEGIN(state, local) { RD_ACT_BEGIN, RD_CALL_##state, "", local }
#define MOVE(state, reason) { RD_ACT_MOVE, RD_CALL_##state, reason, FALSE }
#define LOG(state, reason) { RD_ACT_LOG, RD_CALL_##state, reason, FALSE }
#define MOVE_LOCAL(state) { RD_ACT_MOVE, RD_CALL_##state, "", TRUE }
#define KEEP_LOCAL { RD_ACT_KEEP, RD_CALL_ACTIVE, "", TRUE }
#define JUST(act) { RD_ACT_##act, RD_CALL_ENDED, "", FALSE }

static const Row rows[] = {
  /* Only what the line brings in time may ring. */
  { IN, INITIATED, LIVE | RD_FACT_FRESH, BEGIN (RINGING_IN, FALSE) },
  { IN, INITIATED, LIVE, LOG (MISSED, "late") },
  { IN, INITIATED, CATCH_UP | RD_FACT_YOUNG, JUST (DEFER) },
  { IN, INITIATED, CATCH_UP | RD_FACT_RECENT, LOG (MISSED, "late") },
  { IN, INITIATED, CATCH_UP, JUST (FORGET) },
  /* Somebody answered what we never heard ring: not this device. In catch-up it still stands, so it is shown. */
  { IN, ANSWERED, LIVE, LOG (ANSWERED_ELSEWHERE, "") },
  { IN, ANSWERED, CATCH_UP, BEGIN (ACTIVE, FALSE) },
  { IN, ANSWERED, REPLY, BEGIN (ACTIVE, TRUE) },
  /* Only the one who is called can reject. */
  { IN, REJECTED, CATCH_UP, JUST (FORGET) },
  { IN, REJECTED, 0, LOG (DECLINED, "declined-by-us") },
  /* Of history only what our user missed is worth an entry. */
  { IN, ENDED, LIVE | RD_FACT_STARTED, LOG (ENDED, "") },
  { IN, ENDED, LIVE, LOG (MISSED, "cancelled-by-peer") },
  { IN, ENDED, RD_FACT_STARTED, JUST (FORGET) },
  { IN, ENDED, CATCH_UP | RD_FACT_RECENT, LOG (MISSED, "late") },
  { IN, ENDED, 0, JUST (FORGET) },

  /* The site's reply is proof that it was placed here; the event may be first. */
  { OUT, INITIATED, REPLY, BEGIN (RINGING_OUT, TRUE) },
  { OUT, INITIATED, RD_FACT_FRESH | RD_FACT_PLACED, BEGIN (RINGING_OUT, TRUE) },
  { OUT, INITIATED, RD_FACT_FRESH, BEGIN (RINGING_OUT, FALSE) },
  { OUT, ANSWERED, REPLY, BEGIN (ACTIVE, TRUE) },
  { OUT, ANSWERED, RD_FACT_PLACED, BEGIN (ACTIVE, TRUE) },
  { OUT, ANSWERED, 0, BEGIN (ACTIVE, FALSE) },
  { OUT, REJECTED, CATCH_UP, JUST (FORGET) },
  { OUT, REJECTED, 0, LOG (DECLINED, "declined-by-peer") },
  { OUT, ENDED, LIVE | RD_FACT_STARTED, LOG (ENDED, "") },
  { OUT, ENDED, LIVE, LOG (ENDED, "no-answer") },
  { OUT, ENDED, 0, JUST (FORGET) },

  { RD_STAND_RINGING_IN, ANSWERED, REPLY, MOVE_LOCAL (ACTIVE) },
  { RD_STAND_RINGING_IN, ANSWERED, RD_FACT_ACCEPTED, MOVE_LOCAL (ACTIVE) },
  /* Another device may have been faster. */
  { RD_STAND_RINGING_IN, ANSWERED, RD_FACT_ANSWERING, JUST (WAIT) },
  { RD_STAND_RINGING_IN, ANSWERED, 0, MOVE (ANSWERED_ELSEWHERE, "") },
  { RD_STAND_RINGING_IN, REJECTED, 0, MOVE (DECLINED, "declined-by-us") },
  { RD_STAND_RINGING_IN, ENDED, REPLY, MOVE (DECLINED, "declined-by-us") },
  { RD_STAND_RINGING_IN, ENDED, RD_FACT_CLOSING, MOVE (DECLINED, "declined-by-us") },
  /* call-answered was lost. */
  { RD_STAND_RINGING_IN, ENDED, RD_FACT_STARTED | RD_FACT_ANSWERING, MOVE (ENDED, "") },
  { RD_STAND_RINGING_IN, ENDED, RD_FACT_STARTED, MOVE (ANSWERED_ELSEWHERE, "") },
  { RD_STAND_RINGING_IN, ENDED, 0, MOVE (MISSED, "cancelled-by-peer") },

  { RD_STAND_RINGING_OUT, INITIATED, REPLY, KEEP_LOCAL },
  { RD_STAND_RINGING_OUT, ANSWERED, 0, MOVE (ACTIVE, "") },
  { RD_STAND_RINGING_OUT, REJECTED, 0, MOVE (DECLINED, "declined-by-peer") },
  { RD_STAND_RINGING_OUT, ENDED, RD_FACT_STARTED, MOVE (ENDED, "") },
  { RD_STAND_RINGING_OUT, ENDED, RD_FACT_EXPIRED, MOVE (CANCELLED, "no-answer") },
  { RD_STAND_RINGING_OUT, ENDED, REPLY, MOVE (CANCELLED, "cancelled-by-us") },
  { RD_STAND_RINGING_OUT, ENDED, RD_FACT_CLOSING, MOVE (CANCELLED, "cancelled-by-us") },
  { RD_STAND_RINGING_OUT, ENDED, 0, MOVE (ENDED, "no-answer") },

  { RD_STAND_ACTIVE, ANSWERED, REPLY, KEEP_LOCAL },
  { RD_STAND_ACTIVE, REJECTED, 0, MOVE (ENDED, "") },
  { RD_STAND_ACTIVE, ENDED, 0, MOVE (ENDED, "") },
};

RdVerdict
rd_verdict (RdStand stand, RdEventKind kind, RdFacts facts)
{
  const RdVerdict known = JUST (KEEP);
  const RdVerdict unknown = JUST (NONE);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].stand == stand && rows[i].kind == kind && (facts & rows[i].facts) == rows[i].facts)
      return rows[i].verdict;
  return stand == IN || stand == OUT ? unknown : known;
}
