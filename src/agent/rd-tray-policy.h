/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-call-policy.h"
#include "rd-history.h"

G_BEGIN_DECLS

#define RD_TYPE_TRAY_POLICY (rd_tray_policy_get_type ())
G_DECLARE_FINAL_TYPE (RdTrayPolicy, rd_tray_policy, RD, TRAY_POLICY, GObject)

/**
 * RdTrayPolicy:
 *
 * What the icon in the tray and its menu show, and what comes of choosing there.
 *
 * Property `standing` (string, notified): as Agent1's Tray.
 * Property `missed` (uint, read and written): how many calls were missed since the user looked.
 * Property `summary` (string, notified): how all is, in one line without names, for whoever shows no icon.
 * ::quit (): the user wants the agent to end.
 */
/* @bus_name: what hosts know the icon by */
RdTrayPolicy *rd_tray_policy_new   (const RdPolicyContext *context, RdClock *clock, GDBusConnection *connection,
                                    const char *bus_name) G_GNUC_WARN_UNUSED_RESULT;
/* From here on it shows. Missed calls are those of @history, which is open; whom it knows can be called again, and is
 * forgotten with it. */
void          rd_tray_policy_start (RdTrayPolicy *self, RdHistory *history);

G_END_DECLS
