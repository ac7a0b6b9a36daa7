/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rd-dbus.h"
#include "rd-record.h"

G_BEGIN_DECLS

#define RD_TYPE_PAGED_ITEM (rd_paged_item_get_type ())
G_DECLARE_FINAL_TYPE (RdPagedItem, rd_paged_item, RD, PAGED_ITEM, GObject)

/**
 * RdPagedItem:
 *
 * A row of an RdPagedList: it stays the same object while what it says changes, so that a row's widget and the
 * selection stay with it. Signal `changed`.
 */
RdPagedItem    *rd_paged_item_new         (GDBusProxy *proxy, RdRecord *record);
RdRecord       *rd_paged_item_get_record  (RdPagedItem *self);
void            rd_paged_item_set_record  (RdPagedItem *self, RdRecord *record);
/* The interface that it came from. */
GDBusProxy     *rd_paged_item_get_proxy   (RdPagedItem *self);
/* (nullable) (transfer none) */
RdDBusAccount1 *rd_paged_item_get_account (RdPagedItem *self);
/* Of its record: */
const char     *rd_paged_item_get_string  (RdPagedItem *self, const char *key);

G_END_DECLS
