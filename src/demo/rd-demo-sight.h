/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-crm.h"
#include "rd-demo-invoices.h"
#include "rd-demo-log.h"
#include "rd-demo-sms.h"
#include "rd-demo-team.h"

G_BEGIN_DECLS

/* The demo's sites; each has an application of the Channels server, by this name. */
typedef enum
{
  RD_DEMO_SITE_CRM,
  RD_DEMO_SITE_TEAM,
  RD_DEMO_SITE_SMS,
  RD_DEMO_SITE_INVOICES, /* the later revision */
  RD_DEMO_SITE_SEED,     /* as it began */
  RD_DEMO_N_SITES,
} RdDemoSiteId;

/* All of them together: what the control page sees and acts in. */
typedef struct
{
  RdDemoChannels *channels;
  RdDemoCrm *crm;
  RdDemoTeam *team;
  RdDemoSms *sms;
  RdDemoInvoices *invoices;
  RdDemoInvoices *seed;
  RdDemoLog *log;
} RdDemoSight;

/* "crm", "team", "sms", "invoices", "seed" */
const char *rd_demo_site_id_to_string   (RdDemoSiteId id);
/* FALSE: there is no such site */
gboolean    rd_demo_site_id_from_string (const char *word, RdDemoSiteId *id);
/* "Larkspur CRM"… */
const char *rd_demo_site_id_get_name    (RdDemoSiteId id);
/* "#rrggbb" */
const char *rd_demo_site_id_get_colour  (RdDemoSiteId id);
/* (transfer none) */
RdDemoSite *rd_demo_sight_get_site      (const RdDemoSight *self, RdDemoSiteId id);
/* (nullable) (transfer none): who you are there, with a password; NULL: nobody signs in with one */
const RdDemoPerson *rd_demo_sight_get_you (const RdDemoSight *self, RdDemoSiteId id);
/* Whether a client of yours is connected and has joined your channel */
gboolean    rd_demo_sight_is_on_the_line (const RdDemoSight *self, RdDemoSiteId id);

/* (transfer full): all that the control page draws, and the log's entries after number @after */
JsonObject *rd_demo_sight_to_json        (const RdDemoSight *self, gint64 after) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
