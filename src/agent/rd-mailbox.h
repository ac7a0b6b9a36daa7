/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-site.h"

G_BEGIN_DECLS

#define RD_TYPE_MAILBOX (rd_mailbox_get_type ())
G_DECLARE_FINAL_TYPE (RdMailbox, rd_mailbox, RD, MAILBOX, GObject)

/**
 * RdMailbox:
 *
 * One account's conversations and messages: asked from the site by pages as somebody wants to see them, kept up to date
 * by the line's events, and bounded in memory whatever the site holds. Behind Messages1.
 *
 * Property `unread` (uint, notified).
 * ::conversation-changed (GVariant *) · ::conversations-reset () · ::message-changed (GVariant *): as Messages1's
 * ::typing-changed (const char *conversation, char **names)
 * ::missed (RdEvent *): catch-up found a message that came while there was no line: an RD_EVENT_MESSAGE_NEW
 */
RdMailbox *rd_mailbox_new          (RdSite *site, const char *account) G_GNUC_WARN_UNUSED_RESULT;
/* @name: (nullable) */
void       rd_mailbox_set_own_user (RdMailbox *self, const char *id, const char *name);
/* An event of the line, of any kind, before anything else is made of it; also doubles and our own user's. */
void       rd_mailbox_handle       (RdMailbox *self, RdEvent *event);
/* The line stands (again): what happened after @since (µs; 0: nothing was before) may have been missed. */
void       rd_mailbox_catch_up     (RdMailbox *self, gint64 since);
/* For good. */
void       rd_mailbox_stop         (RdMailbox *self);

G_END_DECLS
