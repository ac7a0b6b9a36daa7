/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-phone.h"

#include "rd-call-private.h"
#include "rd-seen.h"
#include "rd-verdict.h"

G_BEGIN_DECLS

/* RdPhone is one object in three files: rd-phone.c what others call, rd-phone-live.c the live calls, their deadlines
 * and the ring, rd-phone-events.c what comes in. */

#define RD_MS G_GINT64_CONSTANT (1000)

typedef enum
{
  RD_NOTE_NONE,
  RD_NOTE_ANSWERING, /* the site is being asked */
  RD_NOTE_ACCEPTED,  /* … and took our answer */
  RD_NOTE_CLOSING,
} RdNote;

typedef struct
{
  char *own_user; /* or NULL */
  gint64 skew;
  RdRing loudest;
  gint64 since;   /* calls that began before this are no news to catch-up */
} RdPhoneAccount;

/* A live call and what is known of it only here. */
typedef struct
{
  RdPhone *phone;
  RdCall *call;
  RdNote note;
  gint64 seen_at;   /* when it was first heard of */
  gint64 deadline;  /* when it stops ringing in */
  gboolean expired;
  gboolean hushed;  /* it makes no sound, whatever else */
  gboolean answered; /* by us or elsewhere: the reply to our answer will tell */
  guint timer;
} RdLive;

/* A call that catch-up found and that the line may be about to bring. */
typedef struct
{
  RdPhone *phone;
  char *account;
  RdEvent *event;
  guint timer;
} RdDeferred;

struct _RdPhone
{
  GObject parent_instance;

  RdClock *clock;
  GHashTable *accounts; /* utf8 → RdPhoneAccount */
  GPtrArray *live;      /* RdLive, oldest first */
  GPtrArray *deferred;  /* RdDeferred */
  RdSeen *news;
  RdSeen *over;         /* calls that are over */
  RdSeen *placed;       /* calls placed here */
  const RdPhoneMemory *memory; /* (nullable): of earlier runs */
  gpointer memory_data;
  RdCall *touched;      /* what rd_phone_handle() returned last */
  RdRing ring;
};

/* rd-phone.c */
gint64          rd_phone_get_now        (RdPhone *self);
char           *rd_phone_make_key       (const char *account, const char *id);
RdPhoneAccount *rd_phone_ensure_account (RdPhone *self, const char *id);
void            rd_phone_set_ring       (RdPhone *self, RdRing ring);
void            rd_phone_emit_added     (RdPhone *self, RdCall *call);
void            rd_phone_emit_ended     (RdPhone *self, RdCall *call);
void            rd_phone_emit_logged    (RdPhone *self, RdCall *call);
void            rd_phone_emit_expired   (RdPhone *self, RdCall *call);
void            rd_phone_emit_news      (RdPhone *self, RdEvent *event, const char *account, gboolean missed);

/* rd-phone-live.c */
void            rd_live_free            (RdLive *self);
/* (nullable) (transfer none) */
RdLive         *rd_phone_find_live      (RdPhone *self, const char *account, const char *call_id);
RdLive         *rd_phone_find_call      (RdPhone *self, RdCall *call);
void            rd_phone_update_ring    (RdPhone *self);
void            rd_phone_remember_over  (RdPhone *self, const char *account, const char *call_id);
/* How long ago by our clock the call began; 0 if the site does not say, or says what is yet to come. */
gint64          rd_phone_get_age        (RdPhone *self, const char *account, const RdEvent *event);
/* (nullable) (transfer none) each: the call */
RdCall         *rd_phone_begin_call     (RdPhone *self, const char *account, const RdEvent *event, gboolean incoming,
                                         const RdVerdict *verdict);
RdCall         *rd_phone_log_call       (RdPhone *self, const char *account, const RdEvent *event, gboolean incoming,
                                         const RdVerdict *verdict);
RdCall         *rd_phone_move_call      (RdPhone *self, RdLive *live, const RdVerdict *verdict);
/* Ours was the answer. */
void            rd_phone_answer_call    (RdPhone *self, RdLive *live);
/* @live is gone afterwards. @logged: with an entry */
void            rd_phone_finish_call    (RdLive *live, RdCallState state, const char *reason, gboolean logged);

/* rd-phone-events.c */
void            rd_deferred_free        (RdDeferred *self);
RdCall         *rd_phone_handle_call    (RdPhone *self, const char *account, RdEvent *event, RdOrigin origin);
void            rd_phone_handle_news    (RdPhone *self, const char *account, RdEvent *event, RdOrigin origin);
gboolean        rd_phone_is_over        (RdPhone *self, const char *account, const char *call_id);

G_END_DECLS
