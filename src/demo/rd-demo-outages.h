/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-sight.h"

G_BEGIN_DECLS

#define RD_TYPE_DEMO_OUTAGES (rd_demo_outages_get_type ())
G_DECLARE_FINAL_TYPE (RdDemoOutages, rd_demo_outages, RD, DEMO_OUTAGES, GObject)

/**
 * RdDemoOutages:
 *
 * What is away for a while, and that it comes back where it was: the line of all, everything, or one site with its line
 * while the others stay.
 *
 * ::changed: something went away or is back
 */
/* Borrows what @sight holds, which must be there as long. */
RdDemoOutages *rd_demo_outages_new          (const RdDemoSight *sight) G_GNUC_WARN_UNUSED_RESULT;
/* The line of all sites; with @sites also the sites themselves. FALSE: something is away already. */
gboolean       rd_demo_outages_begin        (RdDemoOutages *self, guint seconds, gboolean sites);
/* One site's server and its line. FALSE: it is away already. */
gboolean       rd_demo_outages_begin_site   (RdDemoOutages *self, RdDemoSiteId id, guint seconds);
/* Drops the site's sockets without a word; it takes them again at once. Returns how many there were. */
guint          rd_demo_outages_drop         (RdDemoOutages *self, RdDemoSiteId id);
/* The line of all */
gboolean       rd_demo_outages_is_down      (RdDemoOutages *self);
gboolean       rd_demo_outages_is_site_down (RdDemoOutages *self, RdDemoSiteId id);

G_END_DECLS
