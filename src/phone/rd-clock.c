/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-clock"

#include "config.h"

#include "rd-clock.h"

/* The system's clock, and the seam where a test puts its own. */

G_DEFINE_TYPE (RdClock, rd_clock, G_TYPE_OBJECT)

/* RdClock */

static gint64
rd_clock_real_get_real_time (RdClock *self)
{
  return g_get_real_time ();
}

static guint
rd_clock_real_add_timeout (RdClock *self, guint ms, GSourceFunc func, gpointer data)
{
  return g_timeout_add (ms, func, data);
}

static void
rd_clock_real_remove_timeout (RdClock *self, guint id)
{
  g_source_remove (id);
}

static void
rd_clock_class_init (RdClockClass *klass)
{
  klass->get_real_time = rd_clock_real_get_real_time;
  klass->add_timeout = rd_clock_real_add_timeout;
  klass->remove_timeout = rd_clock_real_remove_timeout;
}

static void
rd_clock_init (RdClock *self)
{
}

RdClock *
rd_clock_new (void)
{
  return g_object_new (RD_TYPE_CLOCK, NULL);
}

gint64
rd_clock_get_real_time (RdClock *self)
{
  g_return_val_if_fail (RD_IS_CLOCK (self), 0);

  return RD_CLOCK_GET_CLASS (self)->get_real_time (self);
}

guint
rd_clock_add_timeout (RdClock *self, guint ms, GSourceFunc func, gpointer data)
{
  g_return_val_if_fail (RD_IS_CLOCK (self), 0);
  g_return_val_if_fail (func != NULL, 0);

  return RD_CLOCK_GET_CLASS (self)->add_timeout (self, ms, func, data);
}

void
rd_clock_remove_timeout (RdClock *self, guint id)
{
  g_return_if_fail (RD_IS_CLOCK (self));
  g_return_if_fail (id != 0);

  RD_CLOCK_GET_CLASS (self)->remove_timeout (self, id);
}
