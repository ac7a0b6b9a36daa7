/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rd-paged-item.h"

G_BEGIN_DECLS

#define RD_TYPE_MESSAGE_ROW (rd_message_row_get_type ())
G_DECLARE_FINAL_TYPE (RdMessageRow, rd_message_row, RD, MESSAGE_ROW, GtkWidget)

/**
 * RdMessageRow:
 *
 * One message as a bubble; used again and again for others. Signal `retry` (the RdPagedItem), of one that failed.
 */
GtkWidget *rd_message_row_new      (void);
/* @item: (nullable): a MESSAGE; @before: (nullable): the one above it. @group: senders are to be named. */
void       rd_message_row_set_item (RdMessageRow *self, RdPagedItem *item, RdPagedItem *before, gboolean group);
/* Another one is above it now. */
void       rd_message_row_set_before (RdMessageRow *self, RdPagedItem *before, gboolean group);
/* Puts its text, or what of it is selected, on the clipboard. */
void       rd_message_row_copy     (RdMessageRow *self);

G_END_DECLS
