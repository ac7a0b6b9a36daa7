/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-record.h"

G_BEGIN_DECLS

#define RD_TYPE_HISTORY_ITEM (rd_history_item_get_type ())
G_DECLARE_FINAL_TYPE (RdHistoryItem, rd_history_item, RD, HISTORY_ITEM, GObject)

/**
 * RdHistoryItem:
 *
 * An ENTRY in an RdHistoryList, and whether it is the first of its day there. Signal `changed`.
 */
RdHistoryItem *rd_history_item_new              (RdRecord *entry);
RdRecord      *rd_history_item_get_entry        (RdHistoryItem *self);
guint64        rd_history_item_get_id           (RdHistoryItem *self);
gboolean       rd_history_item_get_first_of_day (RdHistoryItem *self);
void           rd_history_item_set_first_of_day (RdHistoryItem *self, gboolean first);

G_END_DECLS
