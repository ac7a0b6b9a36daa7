/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-clock"

#include "config.h"

#include "rd-clock.h"

#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>

/* The system's clock, and the seam where a test puts its own. A timeout of the main loop stands still while the machine
 * sleeps; these go on, and what has passed meanwhile is due on waking: no phone rings for what it heard before the lid
 * was shut. */

typedef struct
{
  int fd;
  GSourceFunc func;
  gpointer data;
} Alarm;

G_DEFINE_TYPE (RdClock, rd_clock, G_TYPE_OBJECT)

static void
alarm_free (gpointer data)
{
  Alarm *alarm = data;

  close (alarm->fd);
  g_free (alarm);
}

static gboolean
on_alarm (int fd, GIOCondition condition, gpointer data)
{
  Alarm *alarm = data;

  alarm->func (alarm->data);
  return G_SOURCE_REMOVE;
}

/* RdClock */

static gint64
rd_clock_real_get_real_time (RdClock *self)
{
  return g_get_real_time ();
}

static guint
rd_clock_real_add_timeout (RdClock *self, guint ms, GSourceFunc func, gpointer data)
{
  const struct itimerspec when = {
    .it_value = { .tv_sec = ms / 1000, .tv_nsec = MAX (ms % 1000 * G_GINT64_CONSTANT (1000000), 1) },
  };
  int fd = timerfd_create (CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  Alarm *alarm;

  /* Out of descriptors: rather a deadline that sleep prolongs than none. */
  if (fd < 0)
    return g_timeout_add (ms, func, data);
  timerfd_settime (fd, 0, &when, NULL);
  alarm = g_new0 (Alarm, 1);
  alarm->fd = fd;
  alarm->func = func;
  alarm->data = data;
  return g_unix_fd_add_full (G_PRIORITY_DEFAULT, fd, G_IO_IN, on_alarm, alarm, alarm_free);
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
