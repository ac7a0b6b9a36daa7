/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-site-session.h"
#include "rd-site.h"

G_BEGIN_DECLS

/* For rd-site.c and rd-site-*.c only. */

struct _RdSite
{
  GObject parent_instance;

  RdProfile *profile;
  RdSiteSession *session;
  RdVars *vars;
  GError *problem;           /* (nullable) */
  guint heartbeat_interval;
  guint heartbeat;
  GCancellable *heartbeat_cancellable;
};

/* @problem: (nullable) (transfer full) */
void rd_site_set_problem    (RdSite *self, GError *problem);
/* @error: (nullable): NULL for a success */
void rd_site_note_outcome   (RdSite *self, const char *action, const GError *error);
void rd_site_authorise_init (ChannelsAuthorizerInterface *iface);

G_END_DECLS
