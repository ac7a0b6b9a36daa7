/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define CHANNELS_TYPE_CLOCK (channels_clock_get_type ())
G_DECLARE_DERIVABLE_TYPE (ChannelsClock, channels_clock, CHANNELS, CLOCK, GObject)

/**
 * ChannelsClock:
 *
 * Time as the client sees it, so that tests can turn it by hand. The base class is the system's clock;
 * timers run in the thread-default main context of whoever adds them.
 *
 * `get_real_time`: µs since the epoch. `get_monotonic_time`: µs. `random_range`: uniform in [low, high].
 */
struct _ChannelsClockClass
{
  GObjectClass parent_class;

  gint64 (*get_real_time)      (ChannelsClock *self);
  gint64 (*get_monotonic_time) (ChannelsClock *self);
  guint  (*add_timeout)        (ChannelsClock *self, guint ms, GSourceFunc func, gpointer data);
  void   (*remove_timeout)     (ChannelsClock *self, guint id);
  double (*random_range)       (ChannelsClock *self, double low, double high);
};

ChannelsClock *channels_clock_new                (void) G_GNUC_WARN_UNUSED_RESULT;
gint64         channels_clock_get_real_time      (ChannelsClock *self);
gint64         channels_clock_get_monotonic_time (ChannelsClock *self);
/* One-shot; timers of a second and more may be grouped with others to save wake-ups. */
guint          channels_clock_add_timeout        (ChannelsClock *self, guint ms, GSourceFunc func, gpointer data);
void           channels_clock_remove_timeout     (ChannelsClock *self, guint id);
double         channels_clock_random_range       (ChannelsClock *self, double low, double high);

G_END_DECLS
