/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "rd-event.h"

G_BEGIN_DECLS

/* The states of DESIGN.md; nicks "ringing-in", "ringing-out", "active", "answered-elsewhere", "declined",
 * "cancelled", "missed", "ended", "failed". */
typedef enum
{
  RD_CALL_RINGING_IN,
  RD_CALL_RINGING_OUT,
  RD_CALL_ACTIVE,
  RD_CALL_ANSWERED_ELSEWHERE,
  RD_CALL_DECLINED,
  RD_CALL_CANCELLED,
  RD_CALL_MISSED,
  RD_CALL_ENDED,
  RD_CALL_FAILED,
} RdCallState;

const char *rd_call_state_to_string (RdCallState state);
gboolean    rd_call_state_is_end    (RdCallState state);
/* The one const table of allowed moves. */
gboolean    rd_call_state_may_move  (RdCallState from, RdCallState to);

#define RD_TYPE_CALL (rd_call_get_type ())
G_DECLARE_FINAL_TYPE (RdCall, rd_call, RD, CALL, GObject)

/**
 * RdCall:
 *
 * One call of one account. Its state changes only inside RdPhone, by the table, through one setter.
 * Properties (notified): `state` (uint, RdCallState), `silenced`, `local`, `soft`, `peer-name`, `started-at`,
 * `ended-at`,
 * `reason`. Times are by our clock.
 *
 * `local`: this device answered or placed it: only then is its room opened.
 * `reason`: why it ended, a nick: "" , "declined-by-us", "declined-by-peer", "cancelled-by-us",
 * "cancelled-by-peer", "ring-deadline", "no-answer", "late" (found too late to ring), "failed".
 */
const char *rd_call_get_id          (RdCall *self);  /* the site's id */
const char *rd_call_get_account     (RdCall *self);
gboolean    rd_call_get_incoming    (RdCall *self);
RdCallState rd_call_get_state       (RdCall *self);
const char *rd_call_get_reason      (RdCall *self);
const char *rd_call_get_peer_id     (RdCall *self);  /* "" if unknown */
const char *rd_call_get_peer_name   (RdCall *self);  /* "" if unknown */
const char *rd_call_get_peer_avatar (RdCall *self);  /* "" if unknown */
gboolean    rd_call_get_audio       (RdCall *self);
gboolean    rd_call_get_local       (RdCall *self);
gboolean    rd_call_get_silenced    (RdCall *self);
/* rings (or rang at last) while another call is active: a soft ring */
gboolean    rd_call_get_soft        (RdCall *self);
/* µs since the epoch, 0: not (yet) */
gint64      rd_call_get_created_at  (RdCall *self);
gint64      rd_call_get_started_at  (RdCall *self);
gint64      rd_call_get_ended_at    (RdCall *self);
/* (nullable): unchecked, for the URL checker */
const char *rd_call_get_room_url    (RdCall *self);
const char *rd_call_get_room_token  (RdCall *self);
const char *rd_call_get_room_error  (RdCall *self);

G_END_DECLS
