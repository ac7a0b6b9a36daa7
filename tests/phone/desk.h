/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-phone.h"
#include "rd-test-clock.h"
#include "rd-test.h"

G_BEGIN_DECLS

/* Somebody at a telephone, for tests: what came out of it is counted, time is turned by hand. */

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
  guint n_missed;    /* news that catch-up found */
  guint n_local;     /* notify::local of any call */
  RdRing ring_at_end; /* what sounded when ::call-ended came */
} Desk;

void desk_set_up (Desk *desk, gconstpointer data);
void desk_tear_down (Desk *desk, gconstpointer data);
gint64 desk_now (Desk *desk);
RdEvent *desk_make (Desk *desk, RdEventKind kind, const char *id, const char *from, const char *to, int ago);
RdCall *desk_hear (Desk *desk, RdEvent *event, RdOrigin origin);
RdCall *desk_ring_in (Desk *desk, const char *id);
RdCall *desk_live_event (Desk *desk, RdEventKind kind, const char *id);
RdCall *desk_ring_out (Desk *desk, const char *id);
RdCall *desk_live_out (Desk *desk, RdEventKind kind, const char *id);

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

#define SCENE(name, func) g_test_add ("/phone/" name, Desk, NULL, desk_set_up, func, desk_tear_down)

G_END_DECLS
