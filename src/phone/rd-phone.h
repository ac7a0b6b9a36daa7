/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rd-call.h"
#include "rd-clock.h"

G_BEGIN_DECLS

#define RD_PHONE_RING_DEADLINE_MS 45000
/* An outgoing call that nobody answers: ::ring-out-expired, and RD_PHONE_GRACE_MS later it is over whatever the site
 * says. */
#define RD_PHONE_RING_OUT_MS 60000
/* How long a request that the user waits for may outlast a deadline. */
#define RD_PHONE_GRACE_MS 15000

typedef enum
{
  RD_RING_NONE,
  RD_RING_SOFT,   /* a call comes in while another is active */
  RD_RING_FULL,
} RdRing;

/* How an event reached us. */
typedef enum
{
  RD_ORIGIN_LIVE,     /* over the line, just now */
  RD_ORIGIN_CATCH_UP, /* asked from the site after a (re)connection: it never rings */
  RD_ORIGIN_REPLY,    /* the site's reply to what our user did on this device */
} RdOrigin;

#define RD_TYPE_PHONE (rd_phone_get_type ())
G_DECLARE_FINAL_TYPE (RdPhone, rd_phone, RD, PHONE, GObject)

/**
 * RdPhone:
 *
 * All calls of all accounts, and what of all that happens is news. No I/O: events go in by
 * rd_phone_handle(), what the user does by rd_phone_note_*(), and signals come out.
 *
 * Property `ring` (RdRing, notified): what should sound *now*, before the desktop's policy. FULL or SOFT if and
 * only if some incoming call rings, is neither silenced nor hushed, is not being answered or declined here (a note
 * stands) and is within its ring deadline. SOFT while another call is active or rings out; it becomes FULL when that
 * one ends.
 * ::call-added (RdCall) · ::call-ended (RdCall): live calls. A call that is over when first heard of (found late,
 *   missed during a gap) is emitted by ::call-logged only.
 * ::call-logged (RdCall): a call reached its end, exactly once per call.
 * ::ring-out-expired (RdCall): a call placed here found no answer in RD_PHONE_RING_OUT_MS: the agent ends it at the
 *   site.
 *   If nothing comes of that, it is `cancelled`, "no-answer", RD_PHONE_GRACE_MS later.
 * ::news (RdEvent *event, const char *account): a payment, invoice, message, notice… that is new (not a double), and
 *   our own user's message or typing: by its direction where the site says it, else by its sender. Of what nothing
 *   identifies but its content (payments, invoices, notices), two emissions are
 *   one if the site's times for them are within 5 s. That an invoice is paid is one news, too, if its payment and its
 *   new
 *   status come within 5 s.
 * ::missed (RdEvent *event, const char *account): the same of what catch-up found: it happened while there was no line.
 */
RdPhone *rd_phone_new             (RdClock *clock) G_GNUC_WARN_UNUSED_RESULT;
/* One account's own user, to tell direction and echoes. */
void     rd_phone_set_own_user    (RdPhone *self, const char *account, const char *user_id);
/* The site's clock minus ours, µs (from its Date headers): keeps a wrong desktop clock from swallowing rings. */
void     rd_phone_set_clock_skew  (RdPhone *self, const char *account, gint64 skew);
/* How loud the calls of @account may ring at most; RD_RING_FULL until this is said. */
void     rd_phone_set_loudest     (RdPhone *self, const char *account, RdRing loudest);
/* The line of @account was away from @from on (µs, our clock). Of what catch-up finds, calls that began after this are
 * missed entries; older ones are no news. Before the first gap, from rd_phone_set_own_user() on: what was before this
 * run leaves no entry, but for a call that may ring still. */
void     rd_phone_note_gap        (RdPhone *self, const char *account, gint64 from);
/* What outlives this run: which calls are over and which news were told. */
typedef struct
{
  /* Whether @key was told with a time within @tolerance of @at, in whichever run. */
  gboolean (*recall) (const char *account, const char *key, gint64 at, gint64 tolerance, gpointer user_data);
  void     (*note)   (const char *account, const char *key, gint64 at, gpointer user_data);
} RdPhoneMemory;

/* @memory: (nullable), static. Before the first event. */
void     rd_phone_set_memory      (RdPhone *self, const RdPhoneMemory *memory, gpointer user_data);
/* Takes @event in: dedupe, order, state table. Returns (nullable) (transfer none) the call it touched; it is
 * valid until the next event if it is over. */
RdCall  *rd_phone_handle          (RdPhone *self, const char *account, RdEvent *event, RdOrigin origin);
/* After catch-up has asked the site for its calls: live calls of @account that the site no longer names as pending or
 * active (@active_call_ids: zero-terminated, may be empty) came to an end while we were away: ringing-in → missed,
 * ringing-out → ended, active → ended. Calls whose first event came after @asked_at (µs) are left alone. */
void     rd_phone_reconcile       (RdPhone *self, const char *account, const char * const *active_call_ids,
                                   gint64 asked_at);
/* The user answered / declined / hung up here; the state changes by the event that comes back. Until the site has
 * replied to an answer, `call-answered` may speak of another device's: the call waits for the reply, silent. */
void     rd_phone_note_answering  (RdPhone *self, RdCall *call);
void     rd_phone_note_declining  (RdPhone *self, RdCall *call);
void     rd_phone_note_hanging_up (RdPhone *self, RdCall *call);
/* The site took the answer: an answer that it tells of is ours. */
void     rd_phone_note_accepted   (RdPhone *self, RdCall *call);
/* The request behind the note failed: the note is taken back, the call rings on if it may. If it was answered
 * meanwhile: elsewhere if the site @refused ours; by us for all we know if there was no reply that says anything. */
void     rd_phone_note_failed     (RdPhone *self, RdCall *call, gboolean refused);
/* Placed here: later events make it ringing-out, local. If the site's event came before its reply, the call becomes
 * local now (notify::local). */
void     rd_phone_note_placed     (RdPhone *self, const char *account, const char *call_id);
void     rd_phone_silence         (RdPhone *self, RdCall *call);
/* Nobody is to be disturbed by it: it rings on without a sound, until this is taken back. */
void     rd_phone_set_hushed      (RdPhone *self, RdCall *call, gboolean hushed);
/* The account goes: its live calls end as failed without a log entry. */
void     rd_phone_drop_account    (RdPhone *self, const char *account);
RdRing   rd_phone_get_ring        (RdPhone *self);
/* (nullable) (transfer none): a live call */
RdCall  *rd_phone_lookup          (RdPhone *self, const char *account, const char *call_id);
/* (transfer container) (element-type RdCall): live calls, oldest first */
GPtrArray *rd_phone_dup_live      (RdPhone *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
