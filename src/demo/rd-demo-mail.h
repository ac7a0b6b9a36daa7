/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  gint64 from;
  gint64 to;
  char *text;
  char *subject;      /* (nullable) */
  gint64 created_at;  /* µs since the epoch */
  gint64 read_at;     /* 0: not read */
} RdDemoMessage;

typedef struct
{
  gint64 id;
  gint64 one;               /* the two whose conversation it is */
  gint64 other;
  GPtrArray *messages;      /* (element-type RdDemoMessage): oldest first */
  GList link;               /* in the mail's order; nobody else's */
} RdDemoConversation;

/* The CRM's messages, by conversation: found and ordered without going through all of them. */
typedef struct _RdDemoMail RdDemoMail;

RdDemoMail         *rd_demo_mail_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void                rd_demo_mail_free   (RdDemoMail *self);
/* (transfer none) (nullable): NULL if there are too many already. Its conversation is the newest then. */
RdDemoMessage      *rd_demo_mail_add    (RdDemoMail *self, gint64 from, gint64 to, const char *text,
                                         const char *subject, gint64 created_at);
/* (transfer none) (nullable) */
RdDemoMessage      *rd_demo_mail_lookup (RdDemoMail *self, gint64 id);
/* (transfer none) (nullable) */
RdDemoConversation *rd_demo_mail_find   (RdDemoMail *self, gint64 one, gint64 other);
/* (transfer none): RdDemoConversation, the newest first */
GQueue             *rd_demo_mail_get_conversations (RdDemoMail *self);
/* (transfer none) (element-type RdDemoMessage): all, oldest first */
GPtrArray          *rd_demo_mail_get_messages (RdDemoMail *self);
/* FALSE if it was read already */
gboolean            rd_demo_mail_mark_read  (RdDemoMail *self, RdDemoMessage *message);
guint               rd_demo_mail_count_unread (RdDemoMail *self, gint64 user);

gboolean            rd_demo_conversation_includes     (const RdDemoConversation *self, gint64 user);
gint64              rd_demo_conversation_get_peer     (const RdDemoConversation *self, gint64 user);
guint               rd_demo_conversation_count_unread (const RdDemoConversation *self, gint64 user);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdDemoMail, rd_demo_mail_free)

G_END_DECLS
