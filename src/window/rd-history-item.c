/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-history-item.h"

/* One entry, and what its place in the list makes of it. */

enum
{
  CHANGED,
  N_SIGNALS,
};

struct _RdHistoryItem
{
  GObject parent_instance;

  RdRecord *entry;
  gboolean first_of_day;
};

G_DEFINE_FINAL_TYPE (RdHistoryItem, rd_history_item, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* GObject */

static void
rd_history_item_finalize (GObject *object)
{
  g_clear_object (&RD_HISTORY_ITEM (object)->entry);

  G_OBJECT_CLASS (rd_history_item_parent_class)->finalize (object);
}

static void
rd_history_item_class_init (RdHistoryItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_history_item_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", RD_TYPE_HISTORY_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rd_history_item_init (RdHistoryItem *self)
{
}

RdHistoryItem *
rd_history_item_new (RdRecord *entry)
{
  RdHistoryItem *self;

  g_return_val_if_fail (RD_IS_RECORD (entry), NULL);

  self = g_object_new (RD_TYPE_HISTORY_ITEM, NULL);
  self->entry = g_object_ref (entry);
  return self;
}

RdRecord *
rd_history_item_get_entry (RdHistoryItem *self)
{
  g_return_val_if_fail (RD_IS_HISTORY_ITEM (self), NULL);
  return self->entry;
}

guint64
rd_history_item_get_id (RdHistoryItem *self)
{
  g_return_val_if_fail (RD_IS_HISTORY_ITEM (self), 0);
  return rd_record_get_number (self->entry, "id");
}

gboolean
rd_history_item_get_first_of_day (RdHistoryItem *self)
{
  g_return_val_if_fail (RD_IS_HISTORY_ITEM (self), FALSE);
  return self->first_of_day;
}

void
rd_history_item_set_first_of_day (RdHistoryItem *self, gboolean first)
{
  g_return_if_fail (RD_IS_HISTORY_ITEM (self));

  if (self->first_of_day == first)
    return;
  self->first_of_day = first;
  g_signal_emit (self, signals[CHANGED], 0);
}
