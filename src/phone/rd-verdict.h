/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-phone.h"

G_BEGIN_DECLS

/* Where a call stands when an event about it comes in. */
typedef enum
{
  RD_STAND_UNKNOWN_IN,  /* never heard of; to our user */
  RD_STAND_UNKNOWN_OUT, /* never heard of; by our user */
  RD_STAND_RINGING_IN,
  RD_STAND_RINGING_OUT,
  RD_STAND_ACTIVE,
} RdStand;

/* What else is known about the call and the event. */
typedef enum
{
  RD_FACT_LIVE = 1 << 0,      /* one of these three: how it came */
  RD_FACT_CATCH_UP = 1 << 1,
  RD_FACT_REPLY = 1 << 2,
  RD_FACT_FRESH = 1 << 3,     /* began within the deadline of its direction */
  RD_FACT_YOUNG = 1 << 4,     /* began just now: the line may be about to bring it, too */
  RD_FACT_RECENT = 1 << 5,    /* began within the gap that is being caught up */
  RD_FACT_STARTED = 1 << 6,   /* it was answered */
  RD_FACT_PLACED = 1 << 7,    /* our user placed it on this device */
  RD_FACT_ANSWERING = 1 << 8, /* our user is answering it on this device */
  RD_FACT_CLOSING = 1 << 9,   /* our user is declining it or hanging up on this device */
  RD_FACT_EXPIRED = 1 << 10,  /* its deadline has passed */
  RD_FACT_ACCEPTED = 1 << 11, /* … and the site took the answer */
} RdFacts;

typedef enum
{
  RD_ACT_NONE,   /* nothing */
  RD_ACT_KEEP,   /* the call stays as it is; it may become local */
  RD_ACT_BEGIN,  /* a live call begins in @state */
  RD_ACT_MOVE,   /* the live call moves to @state */
  RD_ACT_LOG,    /* it is over when first heard of: an entry, no more */
  RD_ACT_FORGET, /* it is over and no news: never to be heard of again */
  RD_ACT_DEFER,  /* wait a moment whether the line brings it */
  RD_ACT_WAIT,   /* answered, by whom the reply to our own answer will tell */
} RdAct;

typedef struct
{
  RdAct act;
  RdCallState state;
  const char *reason;
  gboolean local;
} RdVerdict;

/* What becomes of a call by an event of @kind: one const table, no memory. */
RdVerdict rd_verdict (RdStand stand, RdEventKind kind, RdFacts facts);

G_END_DECLS
