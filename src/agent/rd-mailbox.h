/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-clock.h"
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
 * A history is asked for only when somebody looks at it: there are sites to which that means that it was read.
 *
 * Property `unread` (uint, notified).
 * ::conversation-changed (GVariant *) · ::conversations-reset () · ::message-changed (GVariant *): as Messages1's
 * ::typing-changed (const char *conversation, char **names)
 * ::missed (RdEvent *): catch-up found a message that came while there was no line: an RD_EVENT_MESSAGE_NEW
 */
RdMailbox *rd_mailbox_new          (RdSite *site, const char *account) G_GNUC_WARN_UNUSED_RESULT;
/* Before anything else; the system's by default. */
void       rd_mailbox_set_clock    (RdMailbox *self, RdClock *clock);
/* @name: (nullable) */
void       rd_mailbox_set_own_user (RdMailbox *self, const char *id, const char *name);
/* An event of the line, of any kind, before anything else is made of it; also doubles and our own user's. */
void       rd_mailbox_handle       (RdMailbox *self, RdEvent *event);
/* The line stands (again): what happened after @since (µs; 0: nothing was before) may have been missed. */
void       rd_mailbox_catch_up     (RdMailbox *self, gint64 since);
/* The line does not tell: asks the site now, as its own page does. @action: "conversations", "unread" or "inbox". What
 * is new since the last time comes as ::missed; the first time, what is new since @since (µs; 0: nothing is). */
void       rd_mailbox_poll         (RdMailbox *self, const char *action, gint64 since);
/* Whether some of what may have been missed is still to be asked for. */
gboolean   rd_mailbox_is_behind    (RdMailbox *self);
/* Asks now what is due, if anything is. */
void       rd_mailbox_retry        (RdMailbox *self);
/* Nothing is asked by itself until the next catch-up: what is due stays so. */
void       rd_mailbox_pause        (RdMailbox *self);
/* For good. */
void       rd_mailbox_stop         (RdMailbox *self);

const char *rd_mailbox_get_account (RdMailbox *self);
guint      rd_mailbox_get_unread   (RdMailbox *self);
/* How many characters a message may have. */
guint      rd_mailbox_get_max_text (RdMailbox *self);
/* (nullable) (transfer full): the id of the conversation that a message, or a sign of typing, belongs to */
char      *rd_mailbox_dup_conversation_id (RdMailbox *self, const RdEvent *event);
/* (nullable) (transfer full): what a conversation of several people is called */
char      *rd_mailbox_dup_room_name (RdMailbox *self, const char *conversation);
/* (nullable) (transfer full): the same of any conversation: of one person's, that one's name */
char      *rd_mailbox_dup_name     (RdMailbox *self, const char *conversation);
/* Whether there is such a conversation; sets "conversation.id" and "peer.id" of @vars, "" if not known. */
gboolean   rd_mailbox_set_vars     (RdMailbox *self, const char *conversation, RdVars *vars);

/* CONVERSATIONs of Messages1: aa{sv}. @more: (out) */
void       rd_mailbox_list_conversations_async  (RdMailbox *self, const char *search, guint offset, guint limit,
                                                 GAsyncReadyCallback callback, gpointer user_data);
/* MESSAGEs, those before the one with the id @before (""). */
void       rd_mailbox_list_messages_async       (RdMailbox *self, const char *conversation, const char *before,
                                                 guint limit, GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full): of either */
GVariant  *rd_mailbox_list_finish               (RdMailbox *self, GAsyncResult *result, gboolean *more,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* A CONVERSATION, which need not have begun. @name: (nullable): the person's */
void       rd_mailbox_find_conversation_async   (RdMailbox *self, const char *person, const char *name,
                                                 GAsyncReadyCallback callback, gpointer user_data);
GVariant  *rd_mailbox_find_conversation_finish  (RdMailbox *self, GAsyncResult *result,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same text as of one that failed takes that one's place: that is how it is sent again. */
void       rd_mailbox_send_async                (RdMailbox *self, const char *conversation, const char *text,
                                                 GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full): a MESSAGE */
GVariant  *rd_mailbox_send_finish               (RdMailbox *self, GAsyncResult *result,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
void       rd_mailbox_mark_read_async           (RdMailbox *self, const char *conversation,
                                                 GAsyncReadyCallback callback, gpointer user_data);
gboolean   rd_mailbox_mark_read_finish          (RdMailbox *self, GAsyncResult *result, GError **error);
/* The user types there, or has stopped: as often as it pleases. RD_FAULT_NOT_FOUND: no such conversation */
gboolean   rd_mailbox_set_typing                (RdMailbox *self, const char *conversation, gboolean typing,
                                                 GError **error);

G_END_DECLS
