/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-call-policy.h"

G_BEGIN_DECLS

#define RD_TYPE_SURROUNDINGS (rd_surroundings_get_type ())
G_DECLARE_FINAL_TYPE (RdSurroundings, rd_surroundings, RD, SURROUNDINGS, GObject)

/**
 * RdSurroundings:
 *
 * What goes on around the agent, passed on to whom it concerns: the screen, sleep, the network, the desktop's quiet,
 * its media players, its way to start programs.
 */
RdSurroundings *rd_surroundings_new   (GDBusConnection *connection,
                                       const RdPolicyContext *context) G_GNUC_WARN_UNUSED_RESULT;
/* Once the loop runs: connects to the system bus, if there is one. @reminders: started */
void            rd_surroundings_start (RdSurroundings *self, RdReminders *reminders);
/* Leaves the session as it was: what was paused plays on. */
void            rd_surroundings_stop  (RdSurroundings *self);
/* Whether something is still being written. */
gboolean        rd_surroundings_is_writing (RdSurroundings *self);

G_END_DECLS
