/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "agent-world.h"
#include "rd-demo-servers.h"

G_BEGIN_DECLS

/* The agent's world with all the demo's sites in it, and what the agent tells the bus of, over its restarts. */
typedef struct
{
  AgentWorld base;
  RdDemoServers *servers;
  const RdDemoSight *sight; /* the servers' */
  GPtrArray *told;          /* "message TEXT", "payment.received INVOICE", "missed CALL" …, in order */
  GPtrArray *asked;         /* "SITE METHOD PATH" that the sites were asked, in order */
  guint handlers[3];
} SitesWorld;

void  sites_world_set_up      (SitesWorld *world, gconstpointer data);
void  sites_world_tear_down   (SitesWorld *world, gconstpointer data);
/* The account's id. It is signed in, and its line stands. */
char *sites_world_add         (SitesWorld *world, RdDemoSiteId site);
/* The CRM with its own WebSocket. */
char *sites_world_add_own_line (SitesWorld *world);
/* Nothing but adding it. @changes: (nullable) a{sv}: over what the demo says of the account */
char *sites_world_add_only    (SitesWorld *world, RdDemoSiteId site, GVariant *changes);
/* Until @id is heard by its line: a call that is placed sooner is one that was missed. */
void  sites_world_await_line  (SitesWorld *world, const char *id, RdDemoSiteId site);
void  sites_world_sign_in     (SitesWorld *world, RdDemoSiteId site, const char *id);
/* (nullable) (transfer full) */
RdDBusAccount1 *sites_world_dup_account (SitesWorld *world, const char *id);
/* (nullable) (transfer full): another of its interfaces: "Messages1", "People1", "Invoices1" */
gpointer sites_world_dup_part (SitesWorld *world, const char *id, const char *interface);
gboolean sites_world_is       (SitesWorld *world, const char *id, const char *state);
gboolean sites_world_hears_by (SitesWorld *world, const char *id, const char *delivery);
/* How many channels of its are subscribed */
guint sites_world_count_channels (SitesWorld *world, const char *id);
void  sites_world_pause       (SitesWorld *world, const char *id, gboolean paused);
/* How often this was told, or asked */
guint sites_world_count_told  (SitesWorld *world, const char *what);
guint sites_world_count_asked (SitesWorld *world, const char *prefix);
/* Whether it is written down that this account's line stood once. */
gboolean sites_world_remembers (SitesWorld *world, const char *id);
/* … and that this invoice of its was to be paid. */
gboolean sites_world_remembers_open (SitesWorld *world, const char *id, const char *invoice);
/* The Channels server goes, and comes back. */
void  sites_world_cut         (SitesWorld *world);
void  sites_world_mend        (SitesWorld *world);
/* The agent ends by SIGKILL. */
void  sites_world_kill        (SitesWorld *world);

G_END_DECLS
