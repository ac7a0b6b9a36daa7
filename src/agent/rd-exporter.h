/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-agent-object.h"
#include "rd-reminders.h"
#include "rd-rooms.h"

G_BEGIN_DECLS

#define RD_TYPE_EXPORTER (rd_exporter_get_type ())
G_DECLARE_FINAL_TYPE (RdExporter, rd_exporter, RD, EXPORTER, GObject)

/* The agent's objects on the bus: an ObjectManager at /io/github/ringdown/Ringdown with the agent, one object per
 * account and one per live call.
 *
 * An account's object carries RdAccountObject and, as far as the line has them, RdMessagesObject (of RdMailbox),
 * RdPeopleObject (of RdPeople) and RdInvoicesObject (of RdInvoices): each a final type derived from the skeleton of its
 * interface, made here from its model alone, for as long as the account is there. */
RdExporter *rd_exporter_new       (RdAgentObject *agent, RdPhone *phone, RdLines *lines, RdOperator *operator,
                                   RdRooms *rooms, RdReminders *reminders,
                                   RdBrowser *browser) G_GNUC_WARN_UNUSED_RESULT;
/* Another interface of the agent's own object: History1, Quiet1… */
void        rd_exporter_add       (RdExporter *self, GDBusInterfaceSkeleton *interface);
/* From here on they are seen; before the bus name is owned, so that nobody finds it empty. */
void        rd_exporter_export    (RdExporter *self, GDBusConnection *connection);
void        rd_exporter_unexport  (RdExporter *self);

G_END_DECLS
