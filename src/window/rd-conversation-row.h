/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rd-paged-item.h"

G_BEGIN_DECLS

#define RD_TYPE_CONVERSATION_ROW (rd_conversation_row_get_type ())
G_DECLARE_FINAL_TYPE (RdConversationRow, rd_conversation_row, RD, CONVERSATION_ROW, GtkWidget)

/**
 * RdConversationRow:
 *
 * One conversation in the list; used again and again for others.
 */
GtkWidget   *rd_conversation_row_new          (void);
/* @item: (nullable): a CONVERSATION. @show_account: there are several, so that it says which. */
void         rd_conversation_row_set_item     (RdConversationRow *self, RdPagedItem *item, gboolean show_account);
RdPagedItem *rd_conversation_row_get_item     (RdConversationRow *self);
/* @status: (nullable): of the person; %NULL: nobody knows */
void         rd_conversation_row_set_status   (RdConversationRow *self, const char *status);
/* A conversation's name as it is shown: its own, else its detail. */
char        *rd_conversation_dup_name         (RdRecord *conversation);
void       rd_conversation_row_set_with_account (RdConversationRow *self, gboolean with_account);

G_END_DECLS
