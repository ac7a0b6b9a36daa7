/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-phone"

#include "config.h"

#include "rd-phone-private.h"

/* What comes into an RdPhone: of a call, the facts are gathered, rd_verdict() decides and it is done; of all else,
 * what is new is told. */

#define MAX_DEFERRED 32
#define NEWS_TOLERANCE (5000 * RD_MS)
/* Within this the two words for one payment arrive. */
#define PAID_TOLERANCE (5000 * RD_MS)
/* The line and a list may differ by this on when an invoice was paid. */
#define LATE_TOLERANCE (600 * 1000 * RD_MS)
/* What began this short a time ago may have come to both the line and the reply to catch-up. */
#define YOUNG (5000 * RD_MS)
#define DEFER_MS 3000

void
rd_deferred_free (RdDeferred *self)
{
  if (self->timer != 0)
    rd_clock_remove_timeout (self->phone->clock, self->timer);
  g_free (self->account);
  rd_event_unref (self->event);
  g_free (self);
}

static guint
find_deferred (RdPhone *self, const char *account, const char *call_id)
{
  guint i;

  for (i = 0; i < self->deferred->len; i++)
    {
      const RdDeferred *deferred = g_ptr_array_index (self->deferred, i);

      if (g_str_equal (deferred->event->call_id, call_id) && g_str_equal (deferred->account, account))
        break;
    }
  return i;
}

/* The line brought nothing: it is as late as it looked. */
static gboolean
on_deferred (gpointer data)
{
  static const RdVerdict late = { RD_ACT_LOG, RD_CALL_MISSED, "late", FALSE };
  RdDeferred *deferred = data;
  g_autoptr (RdPhone) self = g_object_ref (deferred->phone);
  g_autoptr (RdEvent) event = rd_event_ref (deferred->event);
  g_autofree char *account = g_strdup (deferred->account);

  deferred->timer = 0;
  g_ptr_array_remove (self->deferred, deferred);
  rd_phone_log_call (self, account, event, TRUE, &late);
  return G_SOURCE_REMOVE;
}

static void
defer (RdPhone *self, const char *account, RdEvent *event)
{
  RdDeferred *deferred;

  if (find_deferred (self, account, event->call_id) < self->deferred->len || self->deferred->len >= MAX_DEFERRED)
    return;
  deferred = g_new0 (RdDeferred, 1);
  deferred->phone = self;
  deferred->account = g_strdup (account);
  deferred->event = rd_event_ref (event);
  deferred->timer = rd_clock_add_timeout (self->clock, DEFER_MS, on_deferred, deferred);
  g_ptr_array_add (self->deferred, deferred);
}

/* An announcement that says of itself that the call is over is none. */
static RdEventKind
kind_of (const RdEvent *event)
{
  if (event->kind == RD_EVENT_CALL_INITIATED && event->status == RD_EVENT_STATUS_REJECTED)
    return RD_EVENT_CALL_REJECTED;
  if (event->kind == RD_EVENT_CALL_INITIATED && event->status == RD_EVENT_STATUS_COMPLETED)
    return RD_EVENT_CALL_ENDED;
  return event->kind;
}

/* FALSE if the call is none of our user's: others of a group are told, too. What the site says of the direction counts
 * for more than who is who: its parties may be telephone numbers. */
static gboolean
get_direction (const RdPhoneAccount *account, const RdEvent *event, gboolean *incoming)
{
  *incoming = event->direction == RD_EVENT_DIRECTION_IN;
  if (event->direction != RD_EVENT_DIRECTION_UNKNOWN)
    return TRUE;
  if (account->own_user == NULL)
    return FALSE;
  *incoming = g_strcmp0 (event->initiator_id, account->own_user) != 0;
  if (*incoming && event->recipient_id != NULL)
    return g_str_equal (event->recipient_id, account->own_user);
  return event->initiator_id != NULL;
}

static RdFacts
gather_unknown (RdPhone *self, const char *account_id, const RdEvent *event, const char *key, gboolean incoming)
{
  const RdPhoneAccount *account = rd_phone_ensure_account (self, account_id);
  gint64 age = rd_phone_get_age (self, account_id, event);
  gint64 began = event->created_at != 0 ? event->created_at - account->skew : 0;
  gint64 deadline = incoming ? RD_PHONE_RING_DEADLINE_MS : RD_PHONE_RING_OUT_MS;
  gboolean pending = event->kind == RD_EVENT_CALL_INITIATED;
  RdFacts facts = 0;

  if (age < deadline * RD_MS)
    facts |= RD_FACT_FRESH;
  if (began != 0 && age <= YOUNG)
    facts |= RD_FACT_YOUNG;
  /* One that still rings may have begun a little before we looked away. */
  if (began != 0 ? began >= account->since - (pending ? RD_PHONE_RING_DEADLINE_MS * RD_MS : 0) : pending)
    facts |= RD_FACT_RECENT;
  if (rd_seen_contains (self->placed, key))
    facts |= RD_FACT_PLACED;
  return facts;
}

static RdFacts
gather_known (const RdLive *live)
{
  RdFacts facts = 0;

  if (live->note == RD_NOTE_ANSWERING)
    facts |= RD_FACT_ANSWERING;
  if (live->note == RD_NOTE_ACCEPTED)
    facts |= RD_FACT_ANSWERING | RD_FACT_ACCEPTED;
  if (live->answered)
    facts |= RD_FACT_STARTED;
  if (live->note == RD_NOTE_CLOSING)
    facts |= RD_FACT_CLOSING;
  if (live->expired)
    facts |= RD_FACT_EXPIRED;
  return facts;
}

static RdStand
stand_of (const RdLive *live)
{
  RdCallState state = rd_call_get_state (live->call);

  if (state == RD_CALL_RINGING_IN)
    return RD_STAND_RINGING_IN;
  return state == RD_CALL_RINGING_OUT ? RD_STAND_RINGING_OUT : RD_STAND_ACTIVE;
}

static RdCall *
handle_unknown (RdPhone *self, const char *account_id, RdEvent *event, RdFacts facts, const char *key)
{
  const RdPhoneAccount *account = rd_phone_ensure_account (self, account_id);
  gboolean incoming = FALSE;
  RdVerdict verdict;

  if (!get_direction (account, event, &incoming))
    return NULL;
  facts |= gather_unknown (self, account_id, event, key, incoming);
  verdict = rd_verdict (incoming ? RD_STAND_UNKNOWN_IN : RD_STAND_UNKNOWN_OUT, kind_of (event), facts);
  if (verdict.act != RD_ACT_DEFER)
    {
      guint index = find_deferred (self, account_id, event->call_id);

      if (index < self->deferred->len && verdict.act != RD_ACT_NONE)
        g_ptr_array_remove_index (self->deferred, index);
    }
  switch (verdict.act)
    {
    case RD_ACT_BEGIN:
      return rd_phone_begin_call (self, account_id, event, incoming, &verdict);
    case RD_ACT_LOG:
      return rd_phone_log_call (self, account_id, event, incoming, &verdict);
    case RD_ACT_FORGET:
      rd_phone_remember_over (self, account_id, event->call_id);
      return NULL;
    case RD_ACT_DEFER:
      defer (self, account_id, event);
      return NULL;
    case RD_ACT_MOVE:
    case RD_ACT_KEEP:
    case RD_ACT_WAIT:
    case RD_ACT_NONE:
    default:
      return NULL;
    }
}

RdCall *
rd_phone_handle_call (RdPhone *self, const char *account, RdEvent *event, RdOrigin origin)
{
  static const RdFacts origins[] = {
    [RD_ORIGIN_LIVE] = RD_FACT_LIVE,
    [RD_ORIGIN_CATCH_UP] = RD_FACT_CATCH_UP,
    [RD_ORIGIN_REPLY] = RD_FACT_REPLY,
  };
  RdFacts facts = origins[origin] | (event->started_at != 0 ? RD_FACT_STARTED : 0);
  RdLive *live = rd_phone_find_live (self, account, event->call_id);
  g_autofree char *key = rd_phone_make_key (account, event->call_id);
  RdVerdict verdict;

  if (live == NULL && rd_phone_is_over (self, account, event->call_id))
    return NULL;
  if (live == NULL)
    return handle_unknown (self, account, event, facts, key);
  rd_call_learn (live->call, event, rd_phone_ensure_account (self, account)->skew, rd_phone_get_now (self));
  /* Whoever heard of what was learnt may have dropped the account. */
  live = rd_phone_find_live (self, account, event->call_id);
  if (live == NULL)
    return NULL;
  facts |= gather_known (live);
  verdict = rd_verdict (stand_of (live), event->kind, facts);
  return rd_phone_move_call (self, live, &verdict);
}

/* News */

/* Our user's own, from whichever device. As with calls, the direction counts for more: a contact's id may be a number
 * that a user has, too. */
static gboolean
is_own (RdPhone *self, const char *account_id, const RdEvent *event)
{
  const RdPhoneAccount *account = g_hash_table_lookup (self->accounts, account_id);

  if (event->kind == RD_EVENT_MESSAGE_SENT)
    return TRUE;
  if (event->kind != RD_EVENT_MESSAGE_NEW && event->kind != RD_EVENT_TYPING)
    return FALSE;
  if (event->direction != RD_EVENT_DIRECTION_UNKNOWN)
    return event->direction == RD_EVENT_DIRECTION_OUT;
  return account != NULL && g_strcmp0 (account->own_user, event->sender_id) == 0 && event->sender_id != NULL;
}

/* What people are told of, and must not be told again by the next run. */
static gboolean
is_lasting (RdEventKind kind)
{
  return (kind >= RD_EVENT_PAYMENT_RECEIVED && kind <= RD_EVENT_MESSAGE_NEW) || kind == RD_EVENT_NOTICE;
}

static gboolean
was_told (RdPhone *self, const char *account, const char *id, gint64 at, gint64 tolerance)
{
  g_autofree char *key = rd_phone_make_key (account, id);

  return rd_seen_near (self->news, key, at, tolerance)
         || (self->memory != NULL && self->memory->recall (account, id, at, tolerance, self->memory_data));
}

static void
remember (RdPhone *self, const char *account, const char *id, gint64 at, gboolean lasting)
{
  g_autofree char *key = rd_phone_make_key (account, id);

  rd_seen_check (self->news, key, at, 0);
  if (lasting && self->memory != NULL)
    self->memory->note (account, id, at, self->memory_data);
}

/* What has an id is one for ever; what is known by its content alone is one for a few seconds; what only says how
 * things stand now is always news. */
static gboolean
is_double (RdPhone *self, const char *account, const RdEvent *event)
{
  gint64 at = event->at != 0 ? event->at : rd_phone_get_now (self);
  gboolean made = event->kind == RD_EVENT_INVOICE_CREATED && event->invoice_id != NULL;
  gint64 tolerance = made || event->message_id != NULL ? RD_SEEN_ALWAYS : NEWS_TOLERANCE;
  g_autofree char *id = NULL;

  if (event->kind == RD_EVENT_UNREAD_COUNT || event->kind == RD_EVENT_TYPING)
    return FALSE;
  /* However it was found. */
  if (event->kind == RD_EVENT_MESSAGE_NEW && event->message_id != NULL)
    id = g_strconcat ("message\x1f", event->message_id, NULL);
  else if (made)
    id = g_strconcat ("created\x1f", event->invoice_id, NULL);
  else
    id = g_strdup (event->key);
  if (was_told (self, account, id, at, tolerance))
    return TRUE;
  remember (self, account, id, at, is_lasting (event->kind));
  return FALSE;
}

static gboolean
says_paid (const RdEvent *event)
{
  if (event->kind != RD_EVENT_INVOICE_STATUS && event->kind != RD_EVENT_INVOICE_UPDATED)
    return event->kind == RD_EVENT_PAYMENT_RECEIVED;
  return g_strcmp0 (event->invoice_status, "paid") == 0 || g_strcmp0 (event->type, "invoice_completed") == 0
         || g_strcmp0 (event->type, "invoice_paid") == 0;
}

/* An invoice's payment and its being paid are one happening, in whichever order they come. Two payments of it are
 * two. A mere update says less than either: it hides none that follows. What catch-up finds has been told if the line
 * brought either word for it, at about the time that it says, if it says one. */
static gboolean
is_told (RdPhone *self, const char *account, const RdEvent *event, RdOrigin origin)
{
  gboolean late = origin == RD_ORIGIN_CATCH_UP;
  gint64 now = rd_phone_get_now (self);
  gint64 at = late && event->at != 0 ? event->at : now;
  gint64 tolerance = late ? (event->at != 0 ? LATE_TOLERANCE : RD_SEEN_ALWAYS) : PAID_TOLERANCE;
  g_autofree char *payment = NULL;
  g_autofree char *status = NULL;
  gboolean told;

  if (event->invoice_id == NULL || !says_paid (event))
    return FALSE;
  payment = g_strconcat ("payment\x1f", event->invoice_id, NULL);
  status = g_strconcat ("paid\x1f", event->invoice_id, NULL);
  told = ((late || event->kind != RD_EVENT_PAYMENT_RECEIVED) && was_told (self, account, payment, at, tolerance))
         || ((late || event->kind != RD_EVENT_INVOICE_STATUS) && was_told (self, account, status, at, tolerance));
  if (event->kind == RD_EVENT_PAYMENT_RECEIVED)
    remember (self, account, payment, at, TRUE);
  else if (event->kind == RD_EVENT_INVOICE_STATUS)
    remember (self, account, status, at, TRUE);
  return told;
}

/* Catch-up finds what an invoice has come to, and not how the line put it. */
static gboolean
is_known_status (RdPhone *self, const char *account, const RdEvent *event, RdOrigin origin)
{
  g_autofree char *id = NULL;
  gboolean known;

  if (event->kind != RD_EVENT_INVOICE_STATUS || event->invoice_id == NULL || event->invoice_status == NULL)
    return FALSE;
  id = g_strconcat ("status\x1f", event->invoice_id, "\x1f", event->invoice_status, NULL);
  known = origin == RD_ORIGIN_CATCH_UP && was_told (self, account, id, 0, RD_SEEN_ALWAYS);
  remember (self, account, id, event->at != 0 ? event->at : rd_phone_get_now (self), TRUE);
  return known;
}

void
rd_phone_handle_news (RdPhone *self, const char *account, RdEvent *event, RdOrigin origin)
{
  if (is_own (self, account, event) || is_double (self, account, event) || is_told (self, account, event, origin)
      || is_known_status (self, account, event, origin))
    return;
  rd_phone_emit_news (self, event, account, origin == RD_ORIGIN_CATCH_UP);
}
