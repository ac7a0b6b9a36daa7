/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define RD_TYPE_CLOCK (rd_clock_get_type ())
G_DECLARE_DERIVABLE_TYPE (RdClock, rd_clock, RD, CLOCK, GObject)

/* Time as the domain sees it, so that tests can turn it by hand. The base class is the system's clock;
 * its timeouts count the time that the machine sleeps, too. */
struct _RdClockClass
{
  GObjectClass parent_class;

  gint64 (*get_real_time)  (RdClock *self);
  guint  (*add_timeout)    (RdClock *self, guint ms, GSourceFunc func, gpointer data);
  void   (*remove_timeout) (RdClock *self, guint id);
};

RdClock *rd_clock_new            (void) G_GNUC_WARN_UNUSED_RESULT;
/* µs since the epoch */
gint64   rd_clock_get_real_time  (RdClock *self);
/* one-shot */
guint    rd_clock_add_timeout    (RdClock *self, guint ms, GSourceFunc func, gpointer data);
void     rd_clock_remove_timeout (RdClock *self, guint id);

G_END_DECLS
