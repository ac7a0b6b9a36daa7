/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-event"

#include "config.h"

#include "rd-event.h"

#include "rd-clean.h"

/* One thing that happened on a site, in the design's vocabulary. */

typedef struct
{
  RdEvent event; /* first: what everybody sees */
  grefcount refs;
} RdEventBox;

G_DEFINE_BOXED_TYPE (RdEvent, rd_event, rd_event_ref, rd_event_unref)

static const char *const kind_nicks[] = {
  [RD_EVENT_CALL_INITIATED] = "call.initiated",
  [RD_EVENT_CALL_ANSWERED] = "call.answered",
  [RD_EVENT_CALL_REJECTED] = "call.rejected",
  [RD_EVENT_CALL_ENDED] = "call.ended",
  [RD_EVENT_CALL_STATUS] = "call.status",
  [RD_EVENT_PAYMENT_RECEIVED] = "payment.received",
  [RD_EVENT_INVOICE_CREATED] = "invoice.created",
  [RD_EVENT_INVOICE_UPDATED] = "invoice.updated",
  [RD_EVENT_INVOICE_STATUS] = "invoice.status",
  [RD_EVENT_MESSAGE_NEW] = "message.new",
  [RD_EVENT_MESSAGE_SENT] = "message.sent",
  [RD_EVENT_MESSAGE_READ] = "message.read",
  [RD_EVENT_CONVERSATION_UPDATED] = "conversation.updated",
  [RD_EVENT_UNREAD_COUNT] = "unread.count",
  [RD_EVENT_TYPING] = "typing",
  [RD_EVENT_NOTICE] = "notice",
  [RD_EVENT_PERSON_STATUS] = "person.status",
  [RD_EVENT_MESSAGE] = "message",
  [RD_EVENT_CONVERSATION] = "conversation",
  [RD_EVENT_PERSON] = "person",
  [RD_EVENT_INVOICE] = "invoice",
};

gboolean
rd_event_kind_from_string (const char *nick, RdEventKind *kind)
{
  for (guint i = 0; nick != NULL && i < G_N_ELEMENTS (kind_nicks); i++)
    if (g_str_equal (nick, kind_nicks[i]))
      {
        if (kind != NULL)
          *kind = (RdEventKind) i;
        return TRUE;
      }
  return FALSE;
}

const char *
rd_event_kind_to_string (RdEventKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_nicks), "");

  return kind_nicks[kind];
}

RdEvent *
rd_event_new (RdEventKind kind)
{
  RdEventBox *box = g_new0 (RdEventBox, 1);

  g_ref_count_init (&box->refs);
  box->event.kind = kind;
  box->event.key = g_strdup ("");
  box->event.unread = -1;
  return &box->event;
}

RdEvent *
rd_event_ref (RdEvent *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_ref_count_inc (&((RdEventBox *) self)->refs);
  return self;
}

void
rd_event_unref (RdEvent *self)
{
  g_return_if_fail (self != NULL);

  if (!g_ref_count_dec (&((RdEventBox *) self)->refs))
    return;
  g_free (self->key);
  g_free (self->channel);
  g_free (self->call_id);
  g_free (self->initiator_id);
  g_free (self->initiator_name);
  g_free (self->initiator_avatar);
  g_free (self->recipient_id);
  g_free (self->recipient_name);
  g_free (self->room_url);
  rd_clean_secret (self->room_token);
  g_free (self->room_error);
  g_free (self->invoice_id);
  g_free (self->title);
  g_free (self->body);
  g_free (self->type);
  g_free (self->invoice_status);
  g_free (self->amount);
  g_free (self->currency);
  g_free (self->message_id);
  g_free (self->conversation_id);
  g_free (self->sender_id);
  g_free (self->sender_name);
  g_free (self->text);
  g_free (self->paid_amount);
  g_free (self->invoice_number);
  g_free (self->invoice_code);
  g_free (self->invoice_memo);
  g_free (self->invoice_network);
  g_free (self->peer_id);
  g_free (self->peer_name);
  g_free (self->peer_detail);
  g_free (self->person_id);
  g_free (self->person_name);
  g_free (self->person_detail);
  g_free (self->status_message);
  g_free (self->person_call_id);
  g_free (self);
}
