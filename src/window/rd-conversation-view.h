/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rd-model.h"
#include "rd-paged-item.h"
#include "rd-people-presence.h"

G_BEGIN_DECLS

#define RD_TYPE_CONVERSATION_VIEW (rd_conversation_view_get_type ())
G_DECLARE_FINAL_TYPE (RdConversationView, rd_conversation_view, RD, CONVERSATION_VIEW, GtkWidget)

/**
 * RdConversationView:
 *
 * One conversation: with whom, what was said, and where one writes. What is unread is marked read while it can be seen
 * in a window that is in use.
 *
 * Property: `show-back` (boolean): there is a list to go back to. Signal `back`.
 */
void         rd_conversation_view_set_model    (RdConversationView *self, RdModel *model, RdPeoplePresence *presence);
/* @item: (nullable): a CONVERSATION. What was being written in another one is kept for it. */
void         rd_conversation_view_set_item     (RdConversationView *self, RdPagedItem *item);
/* (nullable) */
RdPagedItem *rd_conversation_view_get_item     (RdConversationView *self);
void         rd_conversation_view_focus_entry  (RdConversationView *self);
/* Names the account, too: there are several. */
void         rd_conversation_view_set_with_account (RdConversationView *self, gboolean with_account);
/* Whether its newest message is before the user's eyes. */
gboolean     rd_conversation_view_is_seen      (RdConversationView *self);

G_END_DECLS
