/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RD_TYPE_DEMO_BUS (rd_demo_bus_get_type ())
G_DECLARE_FINAL_TYPE (RdDemoBus, rd_demo_bus, RD, DEMO_BUS, GObject)

/* The session's bus; where there is none, a private one that goes with this object. */
RdDemoBus       *rd_demo_bus_new            (void) G_GNUC_WARN_UNUSED_RESULT;
/* Blocking: before the loop runs. Sets DBUS_SESSION_BUS_ADDRESS for children where the bus is private. */
gboolean         rd_demo_bus_open           (RdDemoBus *self, GError **error);
GDBusConnection *rd_demo_bus_get_connection (RdDemoBus *self);
gboolean         rd_demo_bus_is_private     (RdDemoBus *self);
/* (transfer full): its address */
char            *rd_demo_bus_dup_address    (RdDemoBus *self) G_GNUC_WARN_UNUSED_RESULT;
/* Blocking: is this name owned? */
gboolean         rd_demo_bus_has_name       (RdDemoBus *self, const char *name);
/* Ends the process that owns @name, if there is one. */
void             rd_demo_bus_end_owner      (RdDemoBus *self, const char *name);

G_END_DECLS
