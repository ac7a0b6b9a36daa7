/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib-object.h>

#include "channels-version.h"

G_BEGIN_DECLS

#define CHANNELS_TYPE_CLOCK (channels_clock_get_type ())
CHANNELS_AVAILABLE_IN_1_0
G_DECLARE_DERIVABLE_TYPE (ChannelsClock, channels_clock, CHANNELS, CLOCK, GObject)

/**
 * ChannelsClock:
 *
 * Time as a client sees it.
 *
 * The base class is the system's clock, and what every client uses that is given none. A subclass may be one that a
 * test turns by hand: a client has no other source of time, timers or chance.
 *
 * Since: 1.0
 */

/**
 * ChannelsClockClass:
 * @get_real_time: µs since the epoch
 * @get_monotonic_time: µs since some moment, never turned back
 * @add_timeout: calls @func with @data once, in @ms ms, in the main context that is the thread's default now
 * @remove_timeout: takes back what @add_timeout returned
 * @random_range: a number in [@low, @high), uniformly
 *
 * What a clock does.
 *
 * Since: 1.0
 */
struct _ChannelsClockClass
{
  GObjectClass parent_class;

  gint64 (*get_real_time)      (ChannelsClock *self);
  gint64 (*get_monotonic_time) (ChannelsClock *self);
  /**
   * ChannelsClockClass::add_timeout: (skip)
   */
  guint  (*add_timeout)        (ChannelsClock *self, guint ms, GSourceFunc func, gpointer data);
  void   (*remove_timeout)     (ChannelsClock *self, guint id);
  double (*random_range)       (ChannelsClock *self, double low, double high);

  /*< private >*/
  gpointer padding[8];
};

/**
 * channels_clock_new:
 *
 * The system's clock.
 *
 * Returns: (transfer full): a new clock
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsClock *channels_clock_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_clock_get_real_time: (virtual get_real_time)
 * @self: a clock
 *
 * The time of day, which may be turned back.
 *
 * Returns: µs since the epoch
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
gint64 channels_clock_get_real_time (ChannelsClock *self);

/**
 * channels_clock_get_monotonic_time: (virtual get_monotonic_time)
 * @self: a clock
 *
 * The time that has passed since some moment.
 *
 * Returns: µs
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
gint64 channels_clock_get_monotonic_time (ChannelsClock *self);

/**
 * channels_clock_add_timeout: (skip)
 * @self: a clock
 * @ms: after how many milliseconds; from 20 s on it may be up to a second later, together with other timers
 * @func: what is called then, once, whatever it returns
 * @data: passed to @func
 *
 * Has @func called in a while, in the main context that is the calling thread's default.
 *
 * Returns: an id for channels_clock_remove_timeout(), never 0
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
guint channels_clock_add_timeout (ChannelsClock *self,
                                  guint          ms,
                                  GSourceFunc    func,
                                  gpointer       data);

/**
 * channels_clock_remove_timeout: (skip)
 * @self: a clock
 * @id: what channels_clock_add_timeout() returned, and has not called yet
 *
 * Takes a timeout back.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_clock_remove_timeout (ChannelsClock *self,
                                    guint          id);

/**
 * channels_clock_random_range: (virtual random_range)
 * @self: a clock
 * @low: the least that may come
 * @high: what stays above all that may come
 *
 * Chance, so that many clients do not all come back at the same instant.
 *
 * Returns: a number in [@low, @high)
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
double channels_clock_random_range (ChannelsClock *self,
                                    double         low,
                                    double         high);

G_END_DECLS
