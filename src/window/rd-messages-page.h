/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-model.h"

G_BEGIN_DECLS

#define RD_TYPE_MESSAGES_PAGE (rd_messages_page_get_type ())
G_DECLARE_FINAL_TYPE (RdMessagesPage, rd_messages_page, RD, MESSAGES_PAGE, GtkWidget)

/**
 * RdMessagesPage:
 *
 * The page of conversations: those of all accounts, newest first, and the one that is chosen.
 *
 * Property: `unread` (guint): messages, of all accounts.
 */
void     rd_messages_page_set_model    (RdMessagesPage *self, RdModel *model);
guint    rd_messages_page_get_unread   (RdMessagesPage *self);
/* Shows a conversation, at once or when its account and itself are known. */
void     rd_messages_page_open         (RdMessagesPage *self, const char *account, const char *conversation);
/* Shows the conversation with a person, which need not have begun. */
void     rd_messages_page_open_person  (RdMessagesPage *self, const char *account, const char *person);
/* Whether this conversation's newest message is before the user's eyes. */
gboolean rd_messages_page_is_seen      (RdMessagesPage *self, const char *account, const char *conversation);
void     rd_messages_page_start_search (RdMessagesPage *self);
/* Back to the list; %FALSE: it is there already. */
gboolean rd_messages_page_go_back      (RdMessagesPage *self);

G_END_DECLS
