/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-channels.h"
#include "rd-demo-people.h"

G_BEGIN_DECLS

/* How the portal's events are called on the wire: by its code, by its guide, or as Laravel does without
 * `broadcastAs`. */
typedef enum
{
  RD_DEMO_SPELLING_DOTTED,  /* "message.sent" */
  RD_DEMO_SPELLING_GUIDE,   /* "MessageSent" */
  RD_DEMO_SPELLING_LARAVEL, /* "App\Events\MessageSent" */
} RdDemoSpelling;

/* What becomes of the messages that you send */
typedef enum
{
  RD_DEMO_DELIVERY_DELIVERED,
  RD_DEMO_DELIVERY_FAILED,
  RD_DEMO_DELIVERY_STUCK, /* stays queued */
} RdDemoDelivery;

#define RD_TYPE_DEMO_SMS (rd_demo_sms_get_type ())
G_DECLARE_FINAL_TYPE (RdDemoSms, rd_demo_sms, RD, DEMO_SMS, GObject)

/**
 * RdDemoSms:
 *
 * The SMS portal (backends.md, 3) as Laravel serves it: sessions and CSRF tokens, pages and redirects; its events on
 * public channels. Conversations are of user 7.
 *
 * ::changed: a message came or has become something else
 */
RdDemoSms   *rd_demo_sms_new          (RdDemoChannels *channels, const char *app_id) G_GNUC_WARN_UNUSED_RESULT;
RdDemoSite  *rd_demo_sms_get_site     (RdDemoSms *self);
/* (transfer none): who you are here */
const RdDemoPerson *rd_demo_sms_get_you (RdDemoSms *self);
void         rd_demo_sms_set_spelling (RdDemoSms *self, RdDemoSpelling spelling);
void         rd_demo_sms_set_delivery (RdDemoSms *self, RdDemoDelivery delivery);
/* How long a message takes from one status to the next, ms; 700 */
void         rd_demo_sms_set_pace     (RdDemoSms *self, guint ms);
/* An SMS arrives in this conversation, from 1: `message.received` to you. Returns its id, 0: no such conversation. */
gint64       rd_demo_sms_receive      (RdDemoSms *self, guint conversation, const char *text);
/* "queued", "sending", "sent", "delivered", "failed": `message.sent` in its conversation, as for every change */
gboolean     rd_demo_sms_set_status   (RdDemoSms *self, gint64 message, const char *status);
/* (nullable) */
const char  *rd_demo_sms_get_status   (RdDemoSms *self, gint64 message);
guint        rd_demo_sms_count_unread (RdDemoSms *self, guint conversation);
guint        rd_demo_sms_count_conversations (RdDemoSms *self);
/* (nullable) (transfer none): with whom it is, a name or a number */
const char  *rd_demo_sms_get_contact  (RdDemoSms *self, guint conversation);
/* (nullable) (transfer none): its newest message's text and status */
const char  *rd_demo_sms_get_last     (RdDemoSms *self, guint conversation, const char **status);
/* Your newest message there, 0: there is none */
gint64       rd_demo_sms_get_last_sent (RdDemoSms *self, guint conversation);
/* A telephone call, as the provider reports it, on `call-status` and `call-status.SESSION`. @session: which one, from
 * 1. @status: "initiating", "answered", "in_progress", "ended", "failed" */
void         rd_demo_sms_tell_call    (RdDemoSms *self, guint session, const char *status);
/* Many, each with two messages. */
void         rd_demo_sms_add_conversations (RdDemoSms *self, guint count);
/* The session has ended. */
void         rd_demo_sms_sign_out     (RdDemoSms *self);
/* The session stays, its page's CSRF token is another. */
void         rd_demo_sms_expire_csrf  (RdDemoSms *self);

G_END_DECLS
