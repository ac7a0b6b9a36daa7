/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-people.h"

G_BEGIN_DECLS

/* "pending" → "active" or "rejected" → "completed", as the CRM's code has it */
typedef struct
{
  gint64 id;
  char *room_name;
  char *session_id;
  gboolean audio;
  const char *status;
  RdDemoPerson *initiator;
  RdDemoPerson *recipient;  /* (nullable): a room without anybody called */
  gint64 created_at;        /* µs since the epoch, 0: not (yet) */
  gint64 started_at;
  gint64 ended_at;
  gint64 updated_at;
} RdDemoCall;

RdDemoCall   *rd_demo_call_new         (gint64 id, RdDemoPerson *initiator, RdDemoPerson *recipient,
                                        gboolean audio) G_GNUC_WARN_UNUSED_RESULT;
void          rd_demo_call_free        (RdDemoCall *self);
gboolean      rd_demo_call_is_live     (const RdDemoCall *self);
gboolean      rd_demo_call_includes    (const RdDemoCall *self, gint64 user);
/* (nullable): the other one */
RdDemoPerson *rd_demo_call_get_peer    (const RdDemoCall *self, gint64 user);
void          rd_demo_call_set_status  (RdDemoCall *self, const char *status);
/* (transfer full): what the events carry, flat, with @user's own room token; rooms are below @site_url */
JsonObject   *rd_demo_call_to_event    (const RdDemoCall *self, gint64 user,
                                        const char *site_url) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): what REST calls a call_session */
JsonObject   *rd_demo_call_to_session  (const RdDemoCall *self, gint64 user,
                                        const char *site_url) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
