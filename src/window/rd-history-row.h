/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rd-history-item.h"
#include "rd-model.h"

G_BEGIN_DECLS

#define RD_TYPE_HISTORY_ROW (rd_history_row_get_type ())
G_DECLARE_FINAL_TYPE (RdHistoryRow, rd_history_row, RD, HISTORY_ROW, GtkWidget)

/**
 * RdHistoryRow:
 *
 * An entry of the history in a list: under the heading of its day if it is the first one, with "Call back" and a menu.
 */
GtkWidget     *rd_history_row_new        (RdModel *model);
/* @item: (nullable). @with_account: names it, since there are several. */
void           rd_history_row_set_item   (RdHistoryRow *self, RdHistoryItem *item, gboolean with_account);
/* (nullable) */
RdHistoryItem *rd_history_row_get_item   (RdHistoryRow *self);
/* Something that its entry does not say has changed: an account, how somebody is treated, the day. */
void           rd_history_row_refresh    (RdHistoryRow *self);
/* How long a reminder takes that the menu offers; 10 unless set. */
void           rd_history_row_set_remind (RdHistoryRow *self, guint minutes);
void           rd_history_row_show_menu  (RdHistoryRow *self);

G_END_DECLS
