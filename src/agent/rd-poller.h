/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-clock.h"
#include "rd-profile.h"

G_BEGIN_DECLS

#define RD_TYPE_POLLER (rd_poller_get_type ())
G_DECLARE_FINAL_TYPE (RdPoller, rd_poller, RD, POLLER, GObject)

/**
 * RdPoller:
 *
 * When a site is asked for what no line tells: the profile's polls, each about as often as it says, never at the same
 * moment in all programs that do so. It asks nothing itself.
 *
 * ::due (const char *action)
 */
RdPoller *rd_poller_new        (RdProfile *profile, RdClock *clock) G_GNUC_WARN_UNUSED_RESULT;
/* @allowed: the site may be asked at all; @hears: there is a line: only polls that say "always" go on. The first of
 * each falls due an interval later. */
void      rd_poller_set_state  (RdPoller *self, gboolean allowed, gboolean hears);
/* Whether it stands in for a line now. */
gboolean  rd_poller_is_instead (RdPoller *self);
/* Seconds, of what it asks most often; 0: it asks nothing */
guint     rd_poller_get_interval (RdPoller *self);

G_END_DECLS
