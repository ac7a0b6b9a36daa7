/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-team.h"

G_BEGIN_DECLS

/* For the files that make up the team space. */

/* "https://…" of NextAuth in production; without TLS it has this name */
#define RD_DEMO_TEAM_COOKIE "next-auth.session-token"

void            rd_demo_team_install_sign_in (RdDemoTeam *self);
void            rd_demo_team_install_api     (RdDemoTeam *self);

RdDemoSessions *rd_demo_team_get_sessions    (RdDemoTeam *self);
/* (transfer full): a presence channel's member: `{user_id, user_info{name, email, avatar}}` */
JsonObject     *rd_demo_team_make_member     (const RdDemoPerson *person) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): "KEY:SIGNATURE" */
char           *rd_demo_team_authorize       (RdDemoTeam *self, const char *socket_id, const char *channel,
                                              const char *channel_data) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): [{id, name, …}], those of @user */
JsonArray      *rd_demo_team_list_workspaces (RdDemoTeam *self, gint64 user) G_GNUC_WARN_UNUSED_RESULT;
gboolean        rd_demo_team_has_workspace   (RdDemoTeam *self, const char *workspace);

G_END_DECLS
