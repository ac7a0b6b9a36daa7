/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-burst.h"

/* Which things are told in one toast, and when. Each toast has at most one timer: for its next showing, or for its end
 * as one that grows. */

#define MS G_GINT64_CONSTANT (1000)

enum
{
  SHOW,
  WITHDRAW,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdBurst
{
  GObject parent_instance;

  RdClock *clock;
  GPtrArray *gatherings; /* Gathering, oldest first */
  GPtrArray *held;       /* RdToast, oldest first */
  guint64 last_id;
};

G_DEFINE_FINAL_TYPE (RdBurst, rd_burst, G_TYPE_OBJECT)

typedef struct
{
  RdBurst *burst;
  RdToast *toast;
  gboolean grows;
  gboolean told;
  gboolean dirty; /* it holds what it has not told yet */
  gint64 began;
  gint64 last;
  gint64 told_at;
  guint timer;
} Gathering;

static void
disarm (Gathering *self)
{
  if (self->timer != 0)
    rd_clock_remove_timeout (self->burst->clock, self->timer);
  self->timer = 0;
}

static void
free_gathering (gpointer data)
{
  Gathering *self = data;

  disarm (self);
  rd_toast_free (self->toast);
  g_free (self);
}

static void
tell (Gathering *self)
{
  gboolean first = !self->told;

  self->told = TRUE;
  self->dirty = FALSE;
  for (guint i = 0; i < self->toast->items->len; i++)
    ((RdToastItem *) self->toast->items->pdata[i])->told = TRUE;
  self->told_at = rd_clock_get_real_time (self->burst->clock);
  g_signal_emit (self->burst, signals[SHOW], 0, self->toast, first);
}

static gint64
get_end (const Gathering *self)
{
  return MIN (self->last + RD_BURST_QUIET_MS * MS, self->began + RD_BURST_LONGEST_MS * MS);
}

static gint64
get_due (const Gathering *self)
{
  gint64 end = get_end (self);

  return self->dirty && !self->toast->away ? MIN (self->told_at + RD_BURST_PACE_MS * MS, end) : end;
}

/* @on_due: what arms it again */
static void
arm (Gathering *self, GSourceFunc on_due)
{
  gint64 wait = get_due (self) - rd_clock_get_real_time (self->burst->clock);

  disarm (self);
  /* Whatever becomes of the desktop's clock meanwhile. */
  self->timer = rd_clock_add_timeout (self->burst->clock, (guint) CLAMP ((wait + MS - 1) / MS, 1, RD_BURST_LONGEST_MS),
                                      on_due, self);
}

static void
end (Gathering *self)
{
  disarm (self);
  self->grows = FALSE;
  if (self->dirty)
    tell (self);
}

static gboolean
on_due (gpointer user_data)
{
  Gathering *self = user_data;
  gint64 now = rd_clock_get_real_time (self->burst->clock);

  self->timer = 0;
  if (now >= get_end (self) || now < self->began)
    {
      end (self);
      return G_SOURCE_REMOVE;
    }
  if (self->dirty && now >= get_due (self))
    tell (self);
  arm (self, on_due);
  return G_SOURCE_REMOVE;
}

/* (nullable): the one that takes more of this */
static Gathering *
find_growing (RdBurst *self, const char *account, const char *type, gboolean away)
{
  for (guint i = self->gatherings->len; i > 0; i--)
    {
      Gathering *gathering = self->gatherings->pdata[i - 1];

      if (gathering->grows && gathering->toast->away == away && g_str_equal (gathering->toast->type, type)
          && g_str_equal (gathering->toast->account, account))
        return gathering;
    }
  return NULL;
}

static Gathering *
begin (RdBurst *self, const char *account, const char *type, gboolean away)
{
  Gathering *gathering = g_new0 (Gathering, 1);
  g_autofree char *id = g_strdup_printf ("%s/%s/%" G_GUINT64_FORMAT, account, type, ++self->last_id);

  gathering->burst = self;
  gathering->toast = rd_toast_new (id, account, type, away);
  gathering->began = rd_clock_get_real_time (self->clock);
  g_ptr_array_add (self->gatherings, gathering);
  if (self->gatherings->len > RD_BURST_MAX_TOASTS)
    {
      end (self->gatherings->pdata[0]);
      g_ptr_array_remove_index (self->gatherings, 0);
    }
  return gathering;
}

/* TRUE: nothing is left of it. */
static gboolean
drop_items (RdToast *toast, const char *subject)
{
  for (guint i = toast->items->len; i > 0; i--)
    {
      const RdToastItem *item = toast->items->pdata[i - 1];

      if (subject == NULL || g_strcmp0 (item->subject, subject) == 0)
        g_ptr_array_remove_index (toast->items, i - 1);
    }
  return toast->items->len == 0;
}

/* (nullable): where more of this is kept */
static RdToast *
find_held (RdBurst *self, const char *account, const char *type)
{
  for (guint i = 0; i < self->held->len; i++)
    {
      RdToast *toast = self->held->pdata[i];

      if (g_str_equal (toast->account, account) && g_str_equal (toast->type, type))
        return toast;
    }
  return NULL;
}

/* @account: (nullable): of all of them */
static void
drop_held (RdBurst *self, const char *account, const char *type, const char *subject)
{
  for (guint i = self->held->len; i > 0; i--)
    {
      RdToast *toast = self->held->pdata[i - 1];

      if ((account == NULL || g_str_equal (toast->account, account))
          && (type == NULL || g_str_equal (toast->type, type)) && drop_items (toast, subject))
        g_ptr_array_remove_index (self->held, i - 1);
    }
}

/* What came too late to be seen by whoever has dealt with @toast. */
static void
tell_rest (RdBurst *self, RdToast *toast)
{
  for (guint i = 0; i < toast->items->len;)
    if (((const RdToastItem *) toast->items->pdata[i])->told)
      i++;
    else
      rd_burst_add (self, toast->account, toast->type, toast->away, g_ptr_array_steal_index (toast->items, i));
}

/*
 * GObject
 */
static void
rd_burst_dispose (GObject *object)
{
  g_ptr_array_set_size (RD_BURST (object)->gatherings, 0);

  G_OBJECT_CLASS (rd_burst_parent_class)->dispose (object);
}

static void
rd_burst_finalize (GObject *object)
{
  RdBurst *self = RD_BURST (object);

  g_clear_pointer (&self->gatherings, g_ptr_array_unref);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (rd_burst_parent_class)->finalize (object);
}

static void
rd_burst_class_init (RdBurstClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rd_burst_dispose;
  object_class->finalize = rd_burst_finalize;

  signals[SHOW] = g_signal_new ("show", RD_TYPE_BURST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_POINTER, G_TYPE_BOOLEAN);
  signals[WITHDRAW] = g_signal_new ("withdraw", RD_TYPE_BURST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                    G_TYPE_POINTER);
}

static void
rd_burst_init (RdBurst *self)
{
  self->gatherings = g_ptr_array_new_with_free_func (free_gathering);
  self->held = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_toast_free);
}

RdBurst *
rd_burst_new (RdClock *clock)
{
  RdBurst *self;

  g_return_val_if_fail (RD_IS_CLOCK (clock), NULL);

  self = g_object_new (RD_TYPE_BURST, NULL);
  self->clock = g_object_ref (clock);
  return self;
}

void
rd_burst_add (RdBurst *self, const char *account, const char *type, gboolean away, RdToastItem *item)
{
  Gathering *gathering;

  g_return_if_fail (RD_IS_BURST (self));
  g_return_if_fail (account != NULL && type != NULL);
  g_return_if_fail (item != NULL);

  gathering = find_growing (self, account, type, away);
  if (gathering == NULL)
    gathering = begin (self, account, type, away);
  gathering->grows = TRUE;
  gathering->dirty = TRUE;
  gathering->last = rd_clock_get_real_time (self->clock);
  g_ptr_array_add (gathering->toast->items, item);
  if (gathering->toast->items->len >= RD_BURST_MAX_ITEMS)
    {
      end (gathering);
      return;
    }
  if (!gathering->told && !away)
    tell (gathering);
  arm (gathering, on_due);
}

void
rd_burst_add_alone (RdBurst *self, const char *account, const char *type, RdToastItem *item)
{
  Gathering *gathering;

  g_return_if_fail (RD_IS_BURST (self));
  g_return_if_fail (account != NULL && type != NULL);
  g_return_if_fail (item != NULL);

  gathering = begin (self, account, type, FALSE);
  g_ptr_array_add (gathering->toast->items, item);
  tell (gathering);
}

void
rd_burst_hold (RdBurst *self, const char *account, const char *type, RdToastItem *item)
{
  RdToast *toast;

  g_return_if_fail (RD_IS_BURST (self));
  g_return_if_fail (account != NULL && type != NULL);
  g_return_if_fail (item != NULL);

  toast = find_held (self, account, type);
  if (toast == NULL)
    {
      if (self->held->len >= RD_BURST_MAX_TOASTS)
        g_ptr_array_remove_index (self->held, 0);
      toast = rd_toast_new ("", account, type, FALSE);
      g_ptr_array_add (self->held, toast);
    }
  if (toast->items->len >= RD_BURST_MAX_ITEMS)
    g_ptr_array_remove_index (toast->items, 0);
  g_ptr_array_add (toast->items, item);
}

GPtrArray *
rd_burst_take_held (RdBurst *self)
{
  GPtrArray *held;

  g_return_val_if_fail (RD_IS_BURST (self), NULL);

  held = g_steal_pointer (&self->held);
  self->held = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_toast_free);
  return held;
}

void
rd_burst_drop_held (RdBurst *self, const char *type)
{
  g_return_if_fail (RD_IS_BURST (self));
  g_return_if_fail (type != NULL);

  drop_held (self, NULL, type, NULL);
}

void
rd_burst_flush (RdBurst *self)
{
  g_return_if_fail (RD_IS_BURST (self));

  for (guint i = 0; i < self->gatherings->len; i++)
    end (self->gatherings->pdata[i]);
}

const RdToast *
rd_burst_lookup (RdBurst *self, const char *id)
{
  g_return_val_if_fail (RD_IS_BURST (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->gatherings->len; i++)
    {
      const Gathering *gathering = self->gatherings->pdata[i];

      if (g_str_equal (gathering->toast->id, id))
        return gathering->toast;
    }
  return NULL;
}

void
rd_burst_forget (RdBurst *self, const char *id)
{
  g_return_if_fail (RD_IS_BURST (self));
  g_return_if_fail (id != NULL);

  for (guint i = 0; i < self->gatherings->len; i++)
    {
      Gathering *gathering = self->gatherings->pdata[i];

      if (!g_str_equal (gathering->toast->id, id))
        continue;
      g_ptr_array_steal_index (self->gatherings, i);
      tell_rest (self, gathering->toast);
      free_gathering (gathering);
      return;
    }
}

void
rd_burst_drop (RdBurst *self, const char *account, const char *type, const char *subject)
{
  g_return_if_fail (RD_IS_BURST (self));
  g_return_if_fail (account != NULL);

  drop_held (self, account, type, subject);
  for (guint i = self->gatherings->len; i > 0; i--)
    {
      Gathering *gathering = self->gatherings->pdata[i - 1];
      RdToast *toast = gathering->toast;

      if (!g_str_equal (toast->account, account) || (type != NULL && !g_str_equal (toast->type, type))
          || !drop_items (toast, subject))
        continue;
      disarm (gathering);
      if (gathering->told)
        g_signal_emit (self, signals[WITHDRAW], 0, toast);
      g_ptr_array_remove_index (self->gatherings, i - 1);
    }
}
