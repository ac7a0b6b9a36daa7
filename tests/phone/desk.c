/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "desk.h"

/* The fixture of every scene at the phone. */

static void
on_notify_local (RdCall *call, GParamSpec *pspec, gpointer data)
{
  ((Desk *) data)->n_local++;
}

static void
on_call_added (RdPhone *phone, RdCall *call, gpointer data)
{
  ((Desk *) data)->n_added++;
  /* The desk outlives every call. */
  g_signal_connect (call, "notify::local", G_CALLBACK (on_notify_local), data);
}

static void
on_call_ended (RdPhone *phone, RdCall *call, gpointer data)
{
  Desk *desk = data;

  g_assert_true (rd_call_state_is_end (rd_call_get_state (call)));
  g_assert_null (rd_phone_lookup (phone, rd_call_get_account (call), rd_call_get_id (call)));
  desk->ring_at_end = rd_phone_get_ring (phone);
  desk->n_ended++;
}

static void
on_call_logged (RdPhone *phone, RdCall *call, gpointer data)
{
  Desk *desk = data;

  desk->n_logged++;
  g_set_object (&desk->logged, call);
}

static void
on_ring_out_expired (RdPhone *phone, RdCall *call, gpointer data)
{
  ((Desk *) data)->n_expired++;
}

static void
on_news (RdPhone *phone, RdEvent *event, const char *account, gpointer data)
{
  g_assert_cmpstr (account, ==, "crm");
  ((Desk *) data)->n_news++;
}

static void
on_missed (RdPhone *phone, RdEvent *event, const char *account, gpointer data)
{
  g_assert_cmpstr (account, ==, "crm");
  ((Desk *) data)->n_missed++;
}

void
desk_set_up (Desk *desk, gconstpointer data)
{
  desk->clock = rd_test_clock_new (NOW);
  desk->phone = rd_phone_new (RD_CLOCK (desk->clock));
  rd_phone_set_own_user (desk->phone, "crm", ME);
  /* The desk outlives the phone. */
  g_signal_connect (desk->phone, "call-added", G_CALLBACK (on_call_added), desk);
  g_signal_connect (desk->phone, "call-ended", G_CALLBACK (on_call_ended), desk);
  g_signal_connect (desk->phone, "call-logged", G_CALLBACK (on_call_logged), desk);
  g_signal_connect (desk->phone, "ring-out-expired", G_CALLBACK (on_ring_out_expired), desk);
  g_signal_connect (desk->phone, "news", G_CALLBACK (on_news), desk);
  g_signal_connect (desk->phone, "missed", G_CALLBACK (on_missed), desk);
}

void
desk_tear_down (Desk *desk, gconstpointer data)
{
  g_clear_object (&desk->logged);
  g_assert_finalize_object (desk->phone);
  g_assert_cmpuint (rd_test_clock_get_timers (desk->clock), ==, 0);
  g_assert_finalize_object (desk->clock);
}

gint64
desk_now (Desk *desk)
{
  return rd_clock_get_real_time (RD_CLOCK (desk->clock));
}

/* An event of call @id that was placed by @from to @to and began @ago seconds ago. */
RdEvent *
desk_make (Desk *desk, RdEventKind kind, const char *id, const char *from, const char *to, int ago)
{
  RdEvent *event = rd_event_new (kind);

  event->call_id = g_strdup (id);
  event->initiator_id = g_strdup (from);
  event->initiator_name = g_strdup ("Ada");
  event->recipient_id = g_strdup (to);
  event->recipient_name = g_strdup ("Bob");
  event->created_at = desk_now (desk) - ago * SECOND;
  return event;
}

RdCall *
desk_hear (Desk *desk, RdEvent *event, RdOrigin origin)
{
  g_autoptr (RdEvent) owned = event;

  return rd_phone_handle (desk->phone, "crm", owned, origin);
}

RdCall *
desk_ring_in (Desk *desk, const char *id)
{
  return desk_hear (desk, desk_make (desk, RD_EVENT_CALL_INITIATED, id, ADA, ME, 0), RD_ORIGIN_LIVE);
}

RdCall *
desk_live_event (Desk *desk, RdEventKind kind, const char *id)
{
  return desk_hear (desk, desk_make (desk, kind, id, ADA, ME, 10), RD_ORIGIN_LIVE);
}

RdCall *
desk_ring_out (Desk *desk, const char *id)
{
  return desk_hear (desk, desk_make (desk, RD_EVENT_CALL_INITIATED, id, ME, BOB, 0), RD_ORIGIN_LIVE);
}

RdCall *
desk_live_out (Desk *desk, RdEventKind kind, const char *id)
{
  return desk_hear (desk, desk_make (desk, kind, id, ME, BOB, 10), RD_ORIGIN_LIVE);
}
