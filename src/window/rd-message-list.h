/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-dbus.h"
#include "rd-paged-item.h"

G_BEGIN_DECLS

#define RD_TYPE_MESSAGE_LIST (rd_message_list_get_type ())
G_DECLARE_FINAL_TYPE (RdMessageList, rd_message_list, RD, MESSAGE_LIST, GObject)

/**
 * RdMessageList:
 *
 * The messages of one conversation as a GListModel of RdPagedItem, oldest first: the newest page at first, older ones
 * as they are asked for, new ones as the agent tells of them. When the one before an item changes, the item is said to
 * change, too: whether a day or a sender is named above it depends on that.
 *
 * Property: `loading` (boolean), while it asks. A page that could not be had is asked for again when the account's line
 * is back, or by hand.
 */
RdMessageList *rd_message_list_new         (RdDBusMessages1 *messages, const char *conversation);
gboolean       rd_message_list_get_loading (RdMessageList *self);
/* There are older ones. */
gboolean       rd_message_list_get_more    (RdMessageList *self);
void           rd_message_list_fetch_more  (RdMessageList *self);
/* (nullable): a sentence, why the last page is not there */
const char    *rd_message_list_get_failure (RdMessageList *self);
void           rd_message_list_retry       (RdMessageList *self);
/* Takes one away that is to be sent once more. */
void           rd_message_list_remove      (RdMessageList *self, RdPagedItem *item);

G_END_DECLS
