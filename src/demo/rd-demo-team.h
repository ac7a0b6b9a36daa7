/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-channels.h"
#include "rd-demo-people.h"

G_BEGIN_DECLS

#define RD_DEMO_WORKSPACE "product"

#define RD_TYPE_DEMO_TEAM (rd_demo_team_get_type ())
G_DECLARE_FINAL_TYPE (RdDemoTeam, rd_demo_team, RD, DEMO_TEAM, GObject)

/**
 * RdDemoTeam:
 *
 * CollabSpace (backends.md, 2): a NextAuth session for its messages and channels, a bearer token for its workspaces,
 * two workspaces, and colleagues who are in the presence channel of "product".
 *
 * ::changed: a message came, somebody joined, left or types
 */
RdDemoTeam *rd_demo_team_new        (RdDemoChannels *channels, const char *app_id) G_GNUC_WARN_UNUSED_RESULT;
RdDemoSite *rd_demo_team_get_site   (RdDemoTeam *self);
/* (transfer none) (element-type RdDemoPerson): you are user 7 here, too; ids are strings on the wire */
GPtrArray  *rd_demo_team_get_people (RdDemoTeam *self);
/* (transfer none) (element-type JsonObject): the workspace's messages, oldest first */
GPtrArray  *rd_demo_team_get_messages (RdDemoTeam *self, const char *workspace);
/* Is this person in the workspace's presence channel, by a socket or as if by one? */
gboolean    rd_demo_team_is_present (RdDemoTeam *self, gint64 user);

/* Joins the presence channel of "product". FALSE if they are in it already. */
gboolean    rd_demo_team_join       (RdDemoTeam *self, gint64 user);
gboolean    rd_demo_team_leave      (RdDemoTeam *self, gint64 user);
/* Somebody new, who joins at once; returns the id. */
gint64      rd_demo_team_hire       (RdDemoTeam *self, const char *name);
/* (transfer none) (nullable): the message, in "general" of "product". @text: 1 to 4000 characters */
JsonObject *rd_demo_team_post       (RdDemoTeam *self, gint64 from, const char *workspace, const char *text);
void        rd_demo_team_type       (RdDemoTeam *self, gint64 from, const char *workspace, gboolean typing);
/* How many typing events there were */
guint       rd_demo_team_get_typing (RdDemoTeam *self);
/* Old messages, so that there is something to page through. */
void        rd_demo_team_add_messages (RdDemoTeam *self, guint count);
/* Their sessions and tokens are no good any more. */
void        rd_demo_team_sign_out   (RdDemoTeam *self, gint64 user);

G_END_DECLS
