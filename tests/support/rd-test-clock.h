/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-clock.h"

G_BEGIN_DECLS

#define RD_TYPE_TEST_CLOCK (rd_test_clock_get_type ())
G_DECLARE_FINAL_TYPE (RdTestClock, rd_test_clock, RD, TEST_CLOCK, RdClock)

/* A clock that stands still until a test turns it. */
RdTestClock *rd_test_clock_new        (gint64 now) G_GNUC_WARN_UNUSED_RESULT;
/* Turns it on by @ms; what falls due happens in order, each at its own time. */
void         rd_test_clock_advance    (RdTestClock *self, gint64 ms);
/* Sets the time of day without any time passing, as when somebody corrects the desktop's clock. */
void         rd_test_clock_set_time   (RdTestClock *self, gint64 now);
guint        rd_test_clock_get_timers (RdTestClock *self);

G_END_DECLS
