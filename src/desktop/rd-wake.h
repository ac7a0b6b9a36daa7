/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How long the machine has slept since it was started, in µs. */
typedef gint64 (*RdWakeSlept) (gpointer user_data);

#define RD_TYPE_WAKE (rd_wake_get_type ())
G_DECLARE_FINAL_TYPE (RdWake, rd_wake, RD, WAKE, GObject)

/**
 * RdWake:
 *
 * When connections must be looked at, since they may be dead though they look open: after the machine has slept, and
 * when the way to the network is another one (a cable, a wireless network, a VPN that comes or goes). logind tells of
 * sleep at once; without it (a sandbox) two clocks are compared now and then, one of which does not count sleep.
 *
 * ::woke (gboolean slept): at once, and when a burst of changes is over once more, since only then the routes are
 *   there. slept: it is after a sleep.
 */
/* @monitor: the session's. @slept: NULL: the machine's clocks. */
RdWake *rd_wake_new          (GNetworkMonitor *monitor, RdWakeSlept slept,
                              gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
/* @system: the system bus, once it is there: hears logind and NetworkManager, too. At most once. */
void    rd_wake_watch_system (RdWake *self, GDBusConnection *system);
/* Compares the clocks; done every few seconds while nobody tells of sleep. */
void    rd_wake_look         (RdWake *self);

G_END_DECLS
