/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-clock.h"

G_BEGIN_DECLS

#define CHANNELS_TYPE_TEST_CLOCK (channels_test_clock_get_type ())
G_DECLARE_FINAL_TYPE (ChannelsTestClock, channels_test_clock, CHANNELS, TEST_CLOCK, ChannelsClock)

/* Time that moves only when told to. Its randomness has a fixed seed. */
ChannelsTestClock *channels_test_clock_new        (void);
/* Moves time forward, timer by timer. */
void               channels_test_clock_advance    (ChannelsTestClock *self,
                                                   guint              ms);
/* Turns the time of day alone, back or forward: somebody sets the clock, or the machine has slept. */
void               channels_test_clock_turn       (ChannelsTestClock *self,
                                                   gint64             seconds);
guint              channels_test_clock_get_n_timers (ChannelsTestClock *self);
/* ms until the next timer, or G_MAXUINT */
guint              channels_test_clock_get_next   (ChannelsTestClock *self);

G_END_DECLS
