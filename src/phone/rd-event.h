/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The DESIGN's vocabulary: what an event of a site *is*; nicks as in a profile, "call.initiated"… */
typedef enum
{
  RD_EVENT_CALL_INITIATED,
  RD_EVENT_CALL_ANSWERED,
  RD_EVENT_CALL_REJECTED,
  RD_EVENT_CALL_ENDED,
  RD_EVENT_PAYMENT_RECEIVED,
  RD_EVENT_INVOICE_CREATED,
  RD_EVENT_INVOICE_UPDATED,
  RD_EVENT_INVOICE_STATUS,
  RD_EVENT_MESSAGE_NEW,
  RD_EVENT_MESSAGE_SENT,
  RD_EVENT_MESSAGE_READ,
  RD_EVENT_CONVERSATION_UPDATED,
  RD_EVENT_UNREAD_COUNT,
  RD_EVENT_TYPING,
  RD_EVENT_NOTICE,
} RdEventKind;

/* (nullable)… returns FALSE for an unknown nick */
gboolean    rd_event_kind_from_string (const char *nick, RdEventKind *kind);
const char *rd_event_kind_to_string   (RdEventKind kind);

/* What a site says a call's status is. */
typedef enum
{
  RD_EVENT_STATUS_UNKNOWN,
  RD_EVENT_STATUS_PENDING,
  RD_EVENT_STATUS_ACTIVE,
  RD_EVENT_STATUS_REJECTED,
  RD_EVENT_STATUS_COMPLETED,
} RdEventCallStatus;

#define RD_TYPE_EVENT (rd_event_get_type ())

/**
 * RdEvent:
 *
 * One domain event, made from untrusted data by a profile: every string is valid UTF-8, bounded (ids 128,
 * names 200, texts 2000 characters), without control characters; every field may be NULL or 0 unless said.
 * Times are µs since the epoch, 0: unknown. Boxed; immutable once made.
 */
typedef struct
{
  RdEventKind kind;
  char *key;              /* never NULL: equal for two emissions of the same happening */
  char *channel;
  gint64 at;              /* when the site says it happened */

  /* call.* */
  char *call_id;          /* never NULL for call.* */
  char *initiator_id;
  char *initiator_name;
  char *initiator_avatar; /* https URL */
  char *recipient_id;
  char *recipient_name;
  gboolean audio;         /* else video */
  RdEventCallStatus status;
  gint64 created_at;
  gint64 started_at;
  gint64 ended_at;
  char *room_url;         /* unchecked: for the URL checker only */
  char *room_token;       /* secret */
  char *room_error;

  /* payment.received, invoice.*, notice */
  char *invoice_id;
  char *title;
  char *body;
  char *type;
  char *invoice_status;
  char *amount;           /* as the site wrote it */
  char *currency;

  /* message.*, conversation.*, typing */
  char *message_id;
  char *conversation_id;
  char *sender_id;
  char *sender_name;
  char *text;
  gint64 unread;          /* -1: not said */
} RdEvent;

GType    rd_event_get_type (void);
RdEvent *rd_event_new      (RdEventKind kind) G_GNUC_WARN_UNUSED_RESULT;
RdEvent *rd_event_ref      (RdEvent *self);
void     rd_event_unref    (RdEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdEvent, rd_event_unref)

G_END_DECLS
