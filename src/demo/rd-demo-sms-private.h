/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-sms.h"

G_BEGIN_DECLS

/* For the files that make up the SMS portal. */

typedef struct
{
  gint64 id;
  guint conversation;
  gboolean outbound;
  char *text;
  const char *status;
  gint64 created_at;    /* µs since the epoch, 0: not (yet) */
  gint64 sent_at;
  gint64 delivered_at;
} RdDemoSmsMessage;

typedef struct
{
  guint id;
  char *name;           /* (nullable): a number that nobody has named */
  char *number;
  guint unread;
  GPtrArray *messages;  /* (element-type RdDemoSmsMessage): oldest first */
} RdDemoSmsConversation;

void                   rd_demo_sms_install_sign_in (RdDemoSms *self);
void                   rd_demo_sms_install_api     (RdDemoSms *self);

RdDemoSessions        *rd_demo_sms_get_sessions    (RdDemoSms *self);
/* (nullable) */
RdDemoSmsConversation *rd_demo_sms_lookup          (RdDemoSms *self, gint64 conversation);
/* (element-type RdDemoSmsConversation): by id */
GPtrArray             *rd_demo_sms_get_conversations (RdDemoSms *self);
/* (transfer none): queued, and on its way from now on */
RdDemoSmsMessage      *rd_demo_sms_send            (RdDemoSms *self, RdDemoSmsConversation *conversation,
                                                    const char *text);
void                   rd_demo_sms_mark_read       (RdDemoSms *self, RdDemoSmsConversation *conversation);

/* (transfer full) each; what is not known is left out, as the portal's resources do */
JsonObject *rd_demo_sms_message_to_json      (const RdDemoSmsMessage *message) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *rd_demo_sms_conversation_to_json (const RdDemoSmsConversation *conversation) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
