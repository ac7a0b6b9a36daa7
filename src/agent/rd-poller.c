/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-poller.h"

/* One timer for all of a profile's polls: what is due within a second of the first is due with it. */

#define MIN_INTERVAL_S 5
#define JITTER 0.1 /* of an interval, either way */
#define TOGETHER_US G_USEC_PER_SEC

enum
{
  DUE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdPoller
{
  GObject parent_instance;

  RdProfile *profile;
  RdClock *clock;
  const RdPoll *polls; /* the profile's */
  guint n_polls;
  gint64 *next; /* µs, 0: not planned */
  gboolean allowed;
  gboolean hears;
  guint timer;
};

G_DEFINE_FINAL_TYPE (RdPoller, rd_poller, G_TYPE_OBJECT)

static gboolean
is_on (RdPoller *self, guint i)
{
  return self->allowed && (!self->hears || self->polls[i].always);
}

static gint64
plan_next (const RdPoll *poll, gint64 now)
{
  double interval = MAX (poll->interval, MIN_INTERVAL_S);

  return now + (gint64) (interval * g_random_double_range (1 - JITTER, 1 + JITTER) * G_USEC_PER_SEC);
}

/* Also if somebody has set the clock back: what was planned is nowhere near then. */
static gboolean
is_due (RdPoller *self, guint i, gint64 now)
{
  gint64 interval = (gint64) MAX (self->polls[i].interval, MIN_INTERVAL_S) * G_USEC_PER_SEC;

  return self->next[i] <= now + TOGETHER_US || self->next[i] - now > 2 * interval;
}

static void
start_timer (RdPoller *self, GSourceFunc func)
{
  gint64 now = rd_clock_get_real_time (self->clock);
  gint64 first = 0;

  if (self->timer != 0)
    rd_clock_remove_timeout (self->clock, self->timer);
  self->timer = 0;
  for (guint i = 0; i < self->n_polls; i++)
    if (self->next[i] != 0 && (first == 0 || self->next[i] < first))
      first = self->next[i];
  if (first != 0)
    self->timer = rd_clock_add_timeout (self->clock, (guint) (MAX (first - now, 0) / 1000 + 1), func, self);
}

static gboolean
on_timer (gpointer user_data)
{
  g_autoptr (RdPoller) self = g_object_ref (user_data);
  gint64 now = rd_clock_get_real_time (self->clock);

  self->timer = 0;
  for (guint i = 0; i < self->n_polls; i++)
    {
      if (self->next[i] == 0 || !is_due (self, i, now))
        continue;
      self->next[i] = plan_next (&self->polls[i], now);
      g_signal_emit (self, signals[DUE], 0, self->polls[i].action);
    }
  start_timer (self, on_timer);
  return G_SOURCE_REMOVE;
}

/*
 * GObject
 */
static void
rd_poller_finalize (GObject *object)
{
  RdPoller *self = RD_POLLER (object);

  if (self->timer != 0)
    rd_clock_remove_timeout (self->clock, self->timer);
  g_clear_object (&self->profile);
  g_clear_object (&self->clock);
  g_free (self->next);

  G_OBJECT_CLASS (rd_poller_parent_class)->finalize (object);
}

static void
rd_poller_class_init (RdPollerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_poller_finalize;

  signals[DUE] = g_signal_new ("due", RD_TYPE_POLLER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                               G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
rd_poller_init (RdPoller *self)
{
}

RdPoller *
rd_poller_new (RdProfile *profile, RdClock *clock)
{
  RdPoller *self;

  g_return_val_if_fail (RD_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (RD_IS_CLOCK (clock), NULL);

  self = g_object_new (RD_TYPE_POLLER, NULL);
  self->profile = g_object_ref (profile);
  self->clock = g_object_ref (clock);
  self->polls = rd_profile_get_polls (profile, &self->n_polls);
  self->next = g_new0 (gint64, self->n_polls);
  return self;
}

void
rd_poller_set_state (RdPoller *self, gboolean allowed, gboolean hears)
{
  gint64 now;

  g_return_if_fail (RD_IS_POLLER (self));

  if (self->allowed == allowed && self->hears == hears)
    return;
  self->allowed = allowed;
  self->hears = hears;
  now = rd_clock_get_real_time (self->clock);
  for (guint i = 0; i < self->n_polls; i++)
    if (!is_on (self, i))
      self->next[i] = 0;
    else if (self->next[i] == 0)
      self->next[i] = plan_next (&self->polls[i], now);
  start_timer (self, on_timer);
}

guint
rd_poller_get_interval (RdPoller *self)
{
  guint interval = 0;

  g_return_val_if_fail (RD_IS_POLLER (self), 0);

  for (guint i = 0; i < self->n_polls; i++)
    if (interval == 0 || self->polls[i].interval < interval)
      interval = self->polls[i].interval;
  return interval != 0 ? MAX (interval, MIN_INTERVAL_S) : 0;
}

gboolean
rd_poller_is_instead (RdPoller *self)
{
  g_return_val_if_fail (RD_IS_POLLER (self), FALSE);

  return self->allowed && !self->hears && self->n_polls > 0;
}
