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
  RD_EVENT_CALL_STATUS, /* of a profile only: which of the four it is, its status says */
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
  RD_EVENT_PERSON_STATUS,
  /* What replies list: it is so, it does not happen. */
  RD_EVENT_MESSAGE,
  RD_EVENT_CONVERSATION,
  RD_EVENT_PERSON,
  RD_EVENT_INVOICE,
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

/* From our user's side. UNKNOWN: who is who tells it. */
typedef enum
{
  RD_EVENT_DIRECTION_UNKNOWN,
  RD_EVENT_DIRECTION_IN,
  RD_EVENT_DIRECTION_OUT,
} RdEventDirection;

/* What has become of a message; nicks as of Messages1's "state". */
typedef enum
{
  RD_EVENT_DELIVERY_UNKNOWN,
  RD_EVENT_DELIVERY_SENDING,
  RD_EVENT_DELIVERY_QUEUED,
  RD_EVENT_DELIVERY_SENT,
  RD_EVENT_DELIVERY_DELIVERED,
  RD_EVENT_DELIVERY_READ,
  RD_EVENT_DELIVERY_FAILED,
} RdEventDelivery;

typedef enum
{
  RD_EVENT_PRESENCE_UNKNOWN,
  RD_EVENT_PRESENCE_ONLINE,
  RD_EVENT_PRESENCE_BUSY,
  RD_EVENT_PRESENCE_AWAY,
  RD_EVENT_PRESENCE_OFFLINE,
} RdEventPresence;

/* What a site may leave unsaid. */
typedef enum
{
  RD_EVENT_UNSAID,
  RD_EVENT_NO,
  RD_EVENT_YES,
} RdEventAnswer;

#define RD_TYPE_EVENT (rd_event_get_type ())

/**
 * RdEvent:
 *
 * One domain event, made from untrusted data by a profile: every string is valid UTF-8, bounded (ids 128,
 * names 200, texts 5000 characters), without control characters; every field may be NULL or 0 unless said.
 * Times are µs since the epoch, 0: unknown. Boxed; immutable once made.
 */
typedef struct
{
  RdEventKind kind;
  char *key;              /* never NULL: equal for two emissions of the same happening */
  char *channel;
  gint64 at;              /* when the site says it happened */

  RdEventDirection direction; /* call.*, message.* */

  /* call.* */
  char *call_id;          /* never NULL for call.* */
  char *initiator_id;
  char *initiator_name;
  char *initiator_avatar; /* https URL */
  char *recipient_id;
  char *recipient_name;
  gboolean audio;         /* else video */
  RdEventCallStatus status;
  gint64 created_at;      /* also of an invoice */
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
  char *paid_amount;
  char *invoice_number;
  char *invoice_code;     /* what its payer knows it by */
  char *invoice_memo;
  char *invoice_network;  /* the one that it is paid by */
  gint64 expires_at;
  gint64 paid_at;

  /* message.*, conversation.*, typing; recipient_id and recipient_name, title (its subject) */
  char *message_id;
  char *conversation_id;
  char *sender_id;
  char *sender_name;
  char *text;
  gint64 unread;          /* -1: not said */
  RdEventDelivery delivery;
  RdEventAnswer is_read;
  RdEventAnswer is_typing;

  /* conversation: whom it is with */
  char *peer_id;
  char *peer_name;
  char *peer_detail;      /* a number, an address */

  /* person */
  char *person_id;
  char *person_name;
  char *person_detail;
  RdEventPresence presence;
  char *status_message;
  RdEventAnswer available; /* for calls */
  char *person_call_id;   /* the call that this person is in */
} RdEvent;

GType    rd_event_get_type (void);
RdEvent *rd_event_new      (RdEventKind kind) G_GNUC_WARN_UNUSED_RESULT;
RdEvent *rd_event_ref      (RdEvent *self);
void     rd_event_unref    (RdEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdEvent, rd_event_unref)

G_END_DECLS
