/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-phone"

#include "config.h"

#include "rd-phone-private.h"

/* The live calls of an RdPhone: how they begin, move and end, by which deadline, and what sounds. */

#define MAX_LIVE 32

RdLive *
rd_phone_find_live (RdPhone *self, const char *account, const char *call_id)
{
  for (guint i = 0; i < self->live->len; i++)
    {
      RdLive *live = g_ptr_array_index (self->live, i);

      if (g_str_equal (rd_call_get_id (live->call), call_id)
          && g_str_equal (rd_call_get_account (live->call), account))
        return live;
    }
  return NULL;
}

RdLive *
rd_phone_find_call (RdPhone *self, RdCall *call)
{
  for (guint i = 0; i < self->live->len; i++)
    if (((RdLive *) g_ptr_array_index (self->live, i))->call == call)
      return g_ptr_array_index (self->live, i);
  return NULL;
}

static void
stop_timer (RdLive *live)
{
  if (live->timer != 0)
    rd_clock_remove_timeout (live->phone->clock, live->timer);
  live->timer = 0;
}

void
rd_live_free (RdLive *self)
{
  stop_timer (self);
  g_object_unref (self->call);
  g_free (self);
}

/* The ring */

static gboolean
is_ringing (const RdLive *live, gint64 now)
{
  return rd_call_get_state (live->call) == RD_CALL_RINGING_IN && live->note == RD_NOTE_NONE && !live->expired
         && now < live->deadline && !live->hushed && !rd_call_get_silenced (live->call);
}

static gboolean
is_busy (RdPhone *self)
{
  for (guint i = 0; i < self->live->len; i++)
    {
      RdCallState state = rd_call_get_state (((RdLive *) g_ptr_array_index (self->live, i))->call);

      if (state == RD_CALL_ACTIVE || state == RD_CALL_RINGING_OUT)
        return TRUE;
    }
  return FALSE;
}

/* Those that ring do so softly while our user speaks to somebody. */
static void
update_soft (RdPhone *self)
{
  gboolean busy = is_busy (self);

  for (guint i = 0; i < self->live->len; i++)
    {
      RdCall *call = ((RdLive *) g_ptr_array_index (self->live, i))->call;

      if (rd_call_get_state (call) == RD_CALL_RINGING_IN)
        rd_call_set_soft (call, busy);
    }
}

static RdRing
ring_of (RdPhone *self, RdCall *call)
{
  RdRing ring = rd_call_get_soft (call) ? RD_RING_SOFT : RD_RING_FULL;

  return MIN (ring, rd_phone_ensure_account (self, rd_call_get_account (call))->loudest);
}

void
rd_phone_update_ring (RdPhone *self)
{
  gint64 now = rd_phone_get_now (self);
  RdRing ring = RD_RING_NONE;

  for (guint i = 0; i < self->live->len; i++)
    {
      const RdLive *live = g_ptr_array_index (self->live, i);

      if (is_ringing (live, now))
        ring = MAX (ring, ring_of (self, live->call));
    }
  rd_phone_set_ring (self, ring);
}

/* Beginning, moving, ending */

void
rd_phone_remember_over (RdPhone *self, const char *account, const char *call_id)
{
  g_autofree char *key = rd_phone_make_key (account, call_id);
  g_autofree char *lasting = g_strconcat ("call\x1f", call_id, NULL);

  rd_seen_check (self->over, key, 0, RD_SEEN_ALWAYS);
  if (self->memory != NULL)
    self->memory->note (account, lasting, rd_phone_get_now (self), self->memory_data);
}

gboolean
rd_phone_is_over (RdPhone *self, const char *account, const char *call_id)
{
  g_autofree char *key = rd_phone_make_key (account, call_id);
  g_autofree char *lasting = g_strconcat ("call\x1f", call_id, NULL);

  return rd_seen_contains (self->over, key)
         || (self->memory != NULL && self->memory->recall (account, lasting, 0, RD_SEEN_ALWAYS, self->memory_data));
}

/* Out of the books first and silent first, so that whoever hears of it finds the phone as it then is. */
void
rd_phone_finish_call (RdLive *live, RdCallState state, const char *reason, gboolean logged)
{
  g_autoptr (RdPhone) self = g_object_ref (live->phone);
  g_autoptr (RdCall) call = g_object_ref (live->call);

  g_object_freeze_notify (G_OBJECT (call));
  if (!rd_call_move (call, state, reason, rd_phone_get_now (self)))
    {
      g_object_thaw_notify (G_OBJECT (call));
      return;
    }
  if (logged)
    rd_phone_remember_over (self, rd_call_get_account (call), rd_call_get_id (call));
  g_ptr_array_remove (self->live, live);
  update_soft (self);
  rd_phone_update_ring (self);
  g_object_thaw_notify (G_OBJECT (call));
  rd_phone_emit_ended (self, call);
  if (logged)
    rd_phone_emit_logged (self, call);
}

RdCall *
rd_phone_move_call (RdPhone *self, RdLive *live, const RdVerdict *verdict)
{
  g_autoptr (RdCall) call = g_object_ref (live->call);

  g_set_object (&self->touched, call);
  if (verdict->act == RD_ACT_WAIT)
    live->answered = TRUE;
  if (rd_call_state_is_end (verdict->state) && verdict->act == RD_ACT_MOVE)
    {
      rd_phone_finish_call (live, verdict->state, verdict->reason, TRUE);
      return self->touched;
    }
  g_object_freeze_notify (G_OBJECT (call));
  if (verdict->local)
    rd_call_set_local (call, TRUE);
  if (verdict->act == RD_ACT_MOVE)
    {
      stop_timer (live);
      live->note = RD_NOTE_NONE;
      live->answered = FALSE;
      rd_call_move (call, verdict->state, verdict->reason, rd_phone_get_now (self));
      update_soft (self);
      rd_phone_update_ring (self);
    }
  g_object_thaw_notify (G_OBJECT (call));
  return self->touched;
}

void
rd_phone_answer_call (RdPhone *self, RdLive *live)
{
  static const RdVerdict ours = { RD_ACT_MOVE, RD_CALL_ACTIVE, "", TRUE };

  rd_phone_move_call (self, live, &ours);
}

/* The two below call each other. */
static gboolean on_deadline (gpointer data);

static void
start_timer (RdLive *live, gint64 ms)
{
  stop_timer (live);
  live->timer = rd_clock_add_timeout (live->phone->clock, (guint) MAX (ms, 1), on_deadline, live);
}

/* First the deadline; and where something is under way that may still decide the call, then the grace. */
static gboolean
on_deadline (gpointer data)
{
  RdLive *live = data;
  g_autoptr (RdPhone) self = g_object_ref (live->phone);
  g_autoptr (RdCall) call = g_object_ref (live->call);
  gboolean incoming = rd_call_get_incoming (call);
  gboolean noted = live->note != RD_NOTE_NONE;

  live->timer = 0;
  if (!live->expired && (!incoming || noted))
    {
      live->expired = TRUE;
      start_timer (live, RD_PHONE_GRACE_MS);
      if (!incoming && !noted && rd_call_get_local (call))
        rd_phone_emit_expired (self, call);
    }
  else if (live->answered || live->note == RD_NOTE_ACCEPTED)
    rd_phone_answer_call (self, live);
  else if (incoming)
    rd_phone_finish_call (live, RD_CALL_MISSED, "ring-deadline", TRUE);
  else
    rd_phone_finish_call (live, RD_CALL_CANCELLED, live->note == RD_NOTE_CLOSING ? "cancelled-by-us" : "no-answer",
                          TRUE);
  rd_phone_update_ring (self);
  return G_SOURCE_REMOVE;
}

gint64
rd_phone_get_age (RdPhone *self, const char *account, const RdEvent *event)
{
  gint64 skew = rd_phone_ensure_account (self, account)->skew;

  return event->created_at != 0 ? MAX (rd_phone_get_now (self) - (event->created_at - skew), 0) : 0;
}

static RdLive *
add_live (RdPhone *self, RdCall *call)
{
  RdLive *live = g_new0 (RdLive, 1);

  live->phone = self;
  live->call = call;
  live->seen_at = rd_phone_get_now (self);
  g_ptr_array_add (self->live, live);
  return live;
}

RdCall *
rd_phone_begin_call (RdPhone *self, const char *account, const RdEvent *event, gboolean incoming,
                     const RdVerdict *verdict)
{
  gint64 now = rd_phone_get_now (self);
  gint64 left = incoming ? RD_PHONE_RING_DEADLINE_MS : RD_PHONE_RING_OUT_MS;
  g_autoptr (RdCall) call = NULL;
  RdLive *live;

  if (self->live->len >= MAX_LIVE)
    {
      g_debug ("Call %s of %s ignored: %u calls are live", event->call_id, account, self->live->len);
      return NULL;
    }
  /* What was placed here began just now, whatever the clocks say. */
  if (!verdict->local)
    left -= rd_phone_get_age (self, account, event) / RD_MS;
  call = rd_call_new (account, event, incoming, verdict->state, rd_phone_ensure_account (self, account)->skew, now);
  rd_call_set_local (call, verdict->local);
  live = add_live (self, g_object_ref (call));
  live->deadline = now + left * RD_MS;
  if (verdict->state != RD_CALL_ACTIVE)
    start_timer (live, left);
  g_set_object (&self->touched, call);
  update_soft (self);
  rd_phone_emit_added (self, call);
  rd_phone_update_ring (self);
  return self->touched;
}

/* Over when first heard of: it never was a live call, so it is made as it ended. */
RdCall *
rd_phone_log_call (RdPhone *self, const char *account, const RdEvent *event, gboolean incoming,
                   const RdVerdict *verdict)
{
  RdCallState first = incoming ? RD_CALL_RINGING_IN : RD_CALL_RINGING_OUT;
  gint64 skew = rd_phone_ensure_account (self, account)->skew;
  gint64 now = rd_phone_get_now (self);
  g_autoptr (RdCall) call = rd_call_new (account, event, incoming, first, skew, now);

  rd_call_move (call, verdict->state, verdict->reason, now);
  rd_phone_remember_over (self, account, event->call_id);
  g_set_object (&self->touched, call);
  rd_phone_emit_logged (self, call);
  return self->touched;
}
