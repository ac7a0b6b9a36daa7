/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-phone"

#include "config.h"

#include "rd-phone.h"

#include "rd-phone-private.h"

/* The telephone without its wires: which calls there are, which of them may ring, what is news. What an event means is
 * rd_verdict()'s business, which moves are legal RdCall's; here is what others call. */

#define MAX_SEEN 4096
#define MAX_OVER 1024
#define MAX_PLACED 64
/* A Date header says no better than the second, and a request takes its time. */
#define MIN_SKEW (2000 * RD_MS)

typedef enum
{
  PROP_CLOCK = 1,
  PROP_RING,
} RdPhoneProps;

static GParamSpec *properties[PROP_RING + 1];

enum
{
  CALL_ADDED,
  CALL_ENDED,
  CALL_LOGGED,
  RING_OUT_EXPIRED,
  NEWS,
  MISSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RdPhone, rd_phone, G_TYPE_OBJECT)

static void
free_account (gpointer data)
{
  RdPhoneAccount *account = data;

  g_free (account->own_user);
  g_free (account);
}

/* For the other two files */

gint64
rd_phone_get_now (RdPhone *self)
{
  return rd_clock_get_real_time (self->clock);
}

char *
rd_phone_make_key (const char *account, const char *id)
{
  return g_strconcat (account, "\x1f", id, NULL);
}

RdPhoneAccount *
rd_phone_ensure_account (RdPhone *self, const char *id)
{
  RdPhoneAccount *account = g_hash_table_lookup (self->accounts, id);

  if (account == NULL)
    {
      account = g_new0 (RdPhoneAccount, 1);
      account->since = rd_phone_get_now (self);
      account->loudest = RD_RING_FULL;
      g_hash_table_insert (self->accounts, g_strdup (id), account);
    }
  return account;
}

void
rd_phone_set_ring (RdPhone *self, RdRing ring)
{
  if (self->ring == ring)
    return;
  self->ring = ring;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RING]);
}

void
rd_phone_emit_added (RdPhone *self, RdCall *call)
{
  g_signal_emit (self, signals[CALL_ADDED], 0, call);
}

void
rd_phone_emit_ended (RdPhone *self, RdCall *call)
{
  g_signal_emit (self, signals[CALL_ENDED], 0, call);
}

void
rd_phone_emit_logged (RdPhone *self, RdCall *call)
{
  g_signal_emit (self, signals[CALL_LOGGED], 0, call);
}

void
rd_phone_emit_expired (RdPhone *self, RdCall *call)
{
  g_signal_emit (self, signals[RING_OUT_EXPIRED], 0, call);
}

void
rd_phone_emit_news (RdPhone *self, RdEvent *event, const char *account, gboolean missed)
{
  g_signal_emit (self, signals[missed ? MISSED : NEWS], 0, event, account);
}

/* GObject */

static void
rd_phone_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdPhone *self = RD_PHONE (object);

  switch ((RdPhoneProps) id)
    {
    case PROP_RING:
      g_value_set_uint (value, self->ring);
      break;
    case PROP_CLOCK:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_phone_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RdPhone *self = RD_PHONE (object);

  switch ((RdPhoneProps) id)
    {
    case PROP_CLOCK:
      self->clock = g_value_dup_object (value);
      break;
    case PROP_RING:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_phone_finalize (GObject *object)
{
  RdPhone *self = RD_PHONE (object);

  g_ptr_array_unref (self->live);
  g_ptr_array_unref (self->deferred);
  g_hash_table_unref (self->accounts);
  rd_seen_free (self->news);
  rd_seen_free (self->over);
  rd_seen_free (self->placed);
  g_clear_object (&self->touched);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (rd_phone_parent_class)->finalize (object);
}

static guint
new_call_signal (const char *name)
{
  return g_signal_new (name, RD_TYPE_PHONE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, RD_TYPE_CALL);
}

static void
rd_phone_class_init (RdPhoneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_phone_get_property;
  object_class->set_property = rd_phone_set_property;
  object_class->finalize = rd_phone_finalize;

  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, RD_TYPE_CLOCK,
                                                G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_RING] = g_param_spec_uint ("ring", NULL, NULL, RD_RING_NONE, RD_RING_FULL, RD_RING_NONE,
                                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[CALL_ADDED] = new_call_signal ("call-added");
  signals[CALL_ENDED] = new_call_signal ("call-ended");
  signals[CALL_LOGGED] = new_call_signal ("call-logged");
  signals[RING_OUT_EXPIRED] = new_call_signal ("ring-out-expired");
  signals[NEWS] = g_signal_new ("news", RD_TYPE_PHONE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                RD_TYPE_EVENT, G_TYPE_STRING);
  signals[MISSED] = g_signal_new ("missed", RD_TYPE_PHONE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  RD_TYPE_EVENT, G_TYPE_STRING);
}

static void
rd_phone_init (RdPhone *self)
{
  self->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_account);
  self->live = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_live_free);
  self->deferred = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_deferred_free);
  self->news = rd_seen_new (MAX_SEEN);
  self->over = rd_seen_new (MAX_OVER);
  self->placed = rd_seen_new (MAX_PLACED);
}

/* Public */

RdPhone *
rd_phone_new (RdClock *clock)
{
  g_return_val_if_fail (RD_IS_CLOCK (clock), NULL);

  return g_object_new (RD_TYPE_PHONE, "clock", clock, NULL);
}

void
rd_phone_set_own_user (RdPhone *self, const char *account, const char *user_id)
{
  RdPhoneAccount *known;

  g_return_if_fail (RD_IS_PHONE (self));
  g_return_if_fail (account != NULL);

  known = rd_phone_ensure_account (self, account);
  if (known->own_user == user_id)
    return;
  g_free (known->own_user);
  known->own_user = g_strdup (user_id);
}

void
rd_phone_set_clock_skew (RdPhone *self, const char *account, gint64 skew)
{
  g_return_if_fail (RD_IS_PHONE (self));
  g_return_if_fail (account != NULL);

  rd_phone_ensure_account (self, account)->skew = ABS (skew) >= MIN_SKEW ? skew : 0;
}

void
rd_phone_set_loudest (RdPhone *self, const char *account, RdRing loudest)
{
  g_return_if_fail (RD_IS_PHONE (self));
  g_return_if_fail (account != NULL);

  rd_phone_ensure_account (self, account)->loudest = loudest;
  rd_phone_update_ring (self);
}

void
rd_phone_note_gap (RdPhone *self, const char *account, gint64 from)
{
  g_return_if_fail (RD_IS_PHONE (self));
  g_return_if_fail (account != NULL);

  rd_phone_ensure_account (self, account)->since = from;
}

void
rd_phone_set_memory (RdPhone *self, const RdPhoneMemory *memory, gpointer user_data)
{
  g_return_if_fail (RD_IS_PHONE (self));

  self->memory = memory;
  self->memory_data = user_data;
}

RdCall *
rd_phone_handle (RdPhone *self, const char *account, RdEvent *event, RdOrigin origin)
{
  g_return_val_if_fail (RD_IS_PHONE (self), NULL);
  g_return_val_if_fail (account != NULL, NULL);
  g_return_val_if_fail (event != NULL, NULL);
  g_return_val_if_fail ((guint) origin <= RD_ORIGIN_REPLY, NULL);

  if (event->kind > RD_EVENT_CALL_ENDED)
    {
      rd_phone_handle_news (self, account, event, origin);
      return NULL;
    }
  g_return_val_if_fail (event->call_id != NULL, NULL);
  return rd_phone_handle_call (self, account, event, origin);
}

void
rd_phone_reconcile (RdPhone *self, const char *account, const char *const *active_call_ids, gint64 asked_at)
{
  g_autoptr (GPtrArray) calls = NULL;

  g_return_if_fail (RD_IS_PHONE (self));
  g_return_if_fail (account != NULL);
  g_return_if_fail (active_call_ids != NULL);

  calls = rd_phone_dup_live (self);
  for (guint i = 0; i < calls->len; i++)
    {
      RdCall *call = g_ptr_array_index (calls, i);
      const RdLive *live = rd_phone_find_call (self, call);
      g_autoptr (RdEvent) event = NULL;

      if (live == NULL || live->seen_at > asked_at || !g_str_equal (rd_call_get_account (call), account)
          || g_strv_contains (active_call_ids, rd_call_get_id (call)))
        continue;
      event = rd_event_new (RD_EVENT_CALL_ENDED);
      event->call_id = g_strdup (rd_call_get_id (call));
      rd_phone_handle_call (self, account, event, RD_ORIGIN_CATCH_UP);
    }
}

static void
note (RdPhone *self, RdCall *call, RdNote what)
{
  RdLive *live = rd_phone_find_call (self, call);

  if (live == NULL)
    return;
  live->note = what;
  rd_phone_update_ring (self);
}

void
rd_phone_note_answering (RdPhone *self, RdCall *call)
{
  g_return_if_fail (RD_IS_PHONE (self));
  g_return_if_fail (RD_IS_CALL (call));

  if (rd_call_get_state (call) == RD_CALL_RINGING_IN)
    note (self, call, RD_NOTE_ANSWERING);
}

void
rd_phone_note_declining (RdPhone *self, RdCall *call)
{
  g_return_if_fail (RD_IS_PHONE (self));
  g_return_if_fail (RD_IS_CALL (call));

  note (self, call, RD_NOTE_CLOSING);
}

void
rd_phone_note_hanging_up (RdPhone *self, RdCall *call)
{
  g_return_if_fail (RD_IS_PHONE (self));
  g_return_if_fail (RD_IS_CALL (call));

  note (self, call, RD_NOTE_CLOSING);
}

void
rd_phone_note_accepted (RdPhone *self, RdCall *call)
{
  RdLive *live;

  g_return_if_fail (RD_IS_PHONE (self));
  g_return_if_fail (RD_IS_CALL (call));

  live = rd_phone_find_call (self, call);
  if (live == NULL || live->note != RD_NOTE_ANSWERING)
    return;
  live->note = RD_NOTE_ACCEPTED;
  if (live->answered)
    rd_phone_answer_call (self, live);
}

void
rd_phone_note_failed (RdPhone *self, RdCall *call, gboolean refused)
{
  RdLive *live;

  g_return_if_fail (RD_IS_PHONE (self));
  g_return_if_fail (RD_IS_CALL (call));

  live = rd_phone_find_call (self, call);
  if (live == NULL || live->note == RD_NOTE_NONE)
    return;
  if (live->answered && refused)
    rd_phone_finish_call (live, RD_CALL_ANSWERED_ELSEWHERE, "", TRUE);
  else if (live->answered)
    rd_phone_answer_call (self, live);
  else if (live->expired && rd_call_get_state (call) == RD_CALL_RINGING_IN)
    rd_phone_finish_call (live, RD_CALL_MISSED, "ring-deadline", TRUE);
  else
    note (self, call, RD_NOTE_NONE);
}

void
rd_phone_note_placed (RdPhone *self, const char *account, const char *call_id)
{
  g_autofree char *key = NULL;
  RdLive *live;

  g_return_if_fail (RD_IS_PHONE (self));
  g_return_if_fail (account != NULL);
  g_return_if_fail (call_id != NULL);

  key = rd_phone_make_key (account, call_id);
  rd_seen_check (self->placed, key, 0, RD_SEEN_ALWAYS);
  live = rd_phone_find_live (self, account, call_id);
  if (live != NULL && !rd_call_get_incoming (live->call))
    rd_call_set_local (live->call, TRUE);
}

void
rd_phone_silence (RdPhone *self, RdCall *call)
{
  g_return_if_fail (RD_IS_PHONE (self));
  g_return_if_fail (RD_IS_CALL (call));

  if (rd_phone_find_call (self, call) == NULL || rd_call_get_state (call) != RD_CALL_RINGING_IN)
    return;
  rd_call_set_silenced (call, TRUE);
  rd_phone_update_ring (self);
}

void
rd_phone_set_hushed (RdPhone *self, RdCall *call, gboolean hushed)
{
  RdLive *live;

  g_return_if_fail (RD_IS_PHONE (self));
  g_return_if_fail (RD_IS_CALL (call));

  live = rd_phone_find_call (self, call);
  if (live == NULL || live->hushed == !!hushed)
    return;
  live->hushed = !!hushed;
  rd_phone_update_ring (self);
}

void
rd_phone_drop_account (RdPhone *self, const char *account)
{
  g_autoptr (GPtrArray) calls = NULL;

  g_return_if_fail (RD_IS_PHONE (self));
  g_return_if_fail (account != NULL);

  for (guint i = self->deferred->len; i > 0; i--)
    if (g_str_equal (((RdDeferred *) g_ptr_array_index (self->deferred, i - 1))->account, account))
      g_ptr_array_remove_index (self->deferred, i - 1);
  calls = rd_phone_dup_live (self);
  for (guint i = 0; i < calls->len; i++)
    {
      RdCall *call = g_ptr_array_index (calls, i);
      RdLive *live = rd_phone_find_call (self, call);

      if (live != NULL && g_str_equal (rd_call_get_account (call), account))
        rd_phone_finish_call (live, RD_CALL_FAILED, "failed", FALSE);
    }
  g_hash_table_remove (self->accounts, account);
}

RdRing
rd_phone_get_ring (RdPhone *self)
{
  g_return_val_if_fail (RD_IS_PHONE (self), RD_RING_NONE);

  return self->ring;
}

RdCall *
rd_phone_lookup (RdPhone *self, const char *account, const char *call_id)
{
  const RdLive *live;

  g_return_val_if_fail (RD_IS_PHONE (self), NULL);
  g_return_val_if_fail (account != NULL, NULL);
  g_return_val_if_fail (call_id != NULL, NULL);

  live = rd_phone_find_live (self, account, call_id);
  return live != NULL ? live->call : NULL;
}

GPtrArray *
rd_phone_dup_live (RdPhone *self)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (RD_IS_PHONE (self), calls);

  for (guint i = 0; i < self->live->len; i++)
    g_ptr_array_add (calls, g_object_ref (((RdLive *) g_ptr_array_index (self->live, i))->call));
  return calls;
}
