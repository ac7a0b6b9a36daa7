/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-agenda-private.h"

/* Many deadlines behind one timer, which always stands for the first of them. */

typedef struct
{
  gint64 due; /* monotonic, µs */
  void (*func) (gpointer data);
  gpointer data;
} Item;

struct _ChannelsAgenda
{
  ChannelsClock *clock;
  GSequence *items; /* by due, the older one of two first */
  guint timer;
  gint64 timer_due; /* what the timer stands for */
};

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const Item *left = a;
  const Item *right = b;

  return (left->due > right->due) - (left->due < right->due);
}

static void
stop_timer (ChannelsAgenda *self)
{
  if (self->timer != 0)
    channels_clock_remove_timeout (self->clock, self->timer);
  self->timer = 0;
}

/* The wait until the first of them, ms */
static guint
get_wait (ChannelsAgenda *self)
{
  gint64 wait = MAX (self->timer_due - channels_clock_get_monotonic_time (self->clock), 0);

  return (guint) ((wait + 999) / 1000);
}

static const Item *
peek_first (ChannelsAgenda *self)
{
  return g_sequence_is_empty (self->items) ? NULL : g_sequence_get (g_sequence_get_begin_iter (self->items));
}

/* One at a time: what else the main loop has to do comes in between. */
static gboolean
on_timer (gpointer data)
{
  ChannelsAgenda *self = data;
  const Item item = *(const Item *) g_sequence_get (g_sequence_get_begin_iter (self->items));
  const Item *next;

  self->timer = 0;
  g_sequence_remove (g_sequence_get_begin_iter (self->items));
  next = peek_first (self);
  if (next != NULL)
    {
      self->timer_due = next->due;
      self->timer = channels_clock_add_timeout (self->clock, get_wait (self), on_timer, self);
    }
  item.func (item.data);
  return G_SOURCE_REMOVE;
}

/* Has the timer stand for the first. */
static void
arm (ChannelsAgenda *self)
{
  const Item *first = peek_first (self);

  if (first != NULL && self->timer != 0 && self->timer_due == first->due)
    return;
  stop_timer (self);
  if (first == NULL)
    return;
  self->timer_due = first->due;
  self->timer = channels_clock_add_timeout (self->clock, get_wait (self), on_timer, self);
}

ChannelsAgenda *
channels_agenda_new (ChannelsClock *clock)
{
  ChannelsAgenda *self = g_new0 (ChannelsAgenda, 1);

  self->clock = g_object_ref (clock);
  self->items = g_sequence_new (g_free);
  return self;
}

void
channels_agenda_free (ChannelsAgenda *self)
{
  stop_timer (self);
  g_sequence_free (self->items);
  g_object_unref (self->clock);
  g_free (self);
}

GSequenceIter *
channels_agenda_add (ChannelsAgenda *self, guint ms, void (*func) (gpointer data), gpointer data)
{
  Item *item = g_new (Item, 1);
  GSequenceIter *iter;

  item->due = channels_clock_get_monotonic_time (self->clock) + ms * G_TIME_SPAN_MILLISECOND;
  item->func = func;
  item->data = data;
  iter = g_sequence_insert_sorted (self->items, item, compare, NULL);
  arm (self);
  return iter;
}

void
channels_agenda_remove (ChannelsAgenda *self, GSequenceIter *iter)
{
  g_sequence_remove (iter);
  arm (self);
}
