/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-paged-item.h"

#include "rd-model.h"

/* One entry of one account, as it is now. */

enum
{
  CHANGED,
  N_SIGNALS,
};

struct _RdPagedItem
{
  GObject parent_instance;

  GDBusProxy *proxy;
  RdRecord *record;
};

G_DEFINE_FINAL_TYPE (RdPagedItem, rd_paged_item, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* GObject */

static void
rd_paged_item_finalize (GObject *object)
{
  RdPagedItem *self = RD_PAGED_ITEM (object);

  g_clear_object (&self->proxy);
  g_clear_object (&self->record);

  G_OBJECT_CLASS (rd_paged_item_parent_class)->finalize (object);
}

static void
rd_paged_item_class_init (RdPagedItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_paged_item_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", RD_TYPE_PAGED_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rd_paged_item_init (RdPagedItem *self)
{
}

RdPagedItem *
rd_paged_item_new (GDBusProxy *proxy, RdRecord *record)
{
  RdPagedItem *self;

  g_return_val_if_fail (G_IS_DBUS_PROXY (proxy), NULL);
  g_return_val_if_fail (RD_IS_RECORD (record), NULL);

  self = g_object_new (RD_TYPE_PAGED_ITEM, NULL);
  self->proxy = g_object_ref (proxy);
  self->record = g_object_ref (record);
  return self;
}

RdRecord *
rd_paged_item_get_record (RdPagedItem *self)
{
  g_return_val_if_fail (RD_IS_PAGED_ITEM (self), NULL);
  return self->record;
}

void
rd_paged_item_set_record (RdPagedItem *self, RdRecord *record)
{
  g_return_if_fail (RD_IS_PAGED_ITEM (self));
  g_return_if_fail (RD_IS_RECORD (record));

  if (rd_record_is_equal (self->record, record))
    return;
  g_set_object (&self->record, record);
  g_signal_emit (self, signals[CHANGED], 0);
}

GDBusProxy *
rd_paged_item_get_proxy (RdPagedItem *self)
{
  g_return_val_if_fail (RD_IS_PAGED_ITEM (self), NULL);
  return self->proxy;
}

RdDBusAccount1 *
rd_paged_item_get_account (RdPagedItem *self)
{
  g_return_val_if_fail (RD_IS_PAGED_ITEM (self), NULL);
  return rd_model_get_account_of (self->proxy);
}

const char *
rd_paged_item_get_string (RdPagedItem *self, const char *key)
{
  g_return_val_if_fail (RD_IS_PAGED_ITEM (self), "");
  return rd_record_get_string (self->record, key);
}
