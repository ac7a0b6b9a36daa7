/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rd-dbus.h"

G_BEGIN_DECLS

#define RD_TYPE_MOCK_AGENT (rd_mock_agent_get_type ())
G_DECLARE_FINAL_TYPE (RdMockAgent, rd_mock_agent, RD, MOCK_AGENT, GObject)

/**
 * RdMockAgent:
 *
 * An agent without a telephone: exports what a test puts into it, counts and answers what it is asked. Objects are
 * the generated skeletons, so a test changes a state with rd_dbus_call1_set_state() and the like.
 */
RdMockAgent    *rd_mock_agent_new          (GDBusConnection *connection, const char *bus_name);
RdDBusAgent1   *rd_mock_agent_get_agent    (RdMockAgent *self);
/* (transfer none): connected, can call, on "private-user-7" */
RdDBusAccount1 *rd_mock_agent_add_account  (RdMockAgent *self, const char *id, const char *name);
void            rd_mock_agent_remove_account (RdMockAgent *self, const char *id);
/* (transfer none): a video call of "crm", with a room, created now. @state: as Call1's State */
RdDBusCall1    *rd_mock_agent_add_call     (RdMockAgent *self, const char *id, const char *state,
                                            const char *peer_name);
void            rd_mock_agent_remove_call  (RdMockAgent *self, const char *id);
/* (nullable) (transfer none) */
RdDBusAccount1 *rd_mock_agent_find_account (RdMockAgent *self, const char *id);
void            rd_mock_agent_add_ability  (RdDBusAccount1 *account, const char *ability);
/* Adds an interface to an account's object; the manager holds it. */
void            rd_mock_agent_add_interface (RdMockAgent *self, const char *account, gpointer skeleton);
/* Adds an interface to the agent's object: Quiet1, Sounds1… */
void            rd_mock_agent_add_part     (RdMockAgent *self, gpointer skeleton);
/* For what handles a method: counts it; %FALSE when it was answered with the failure that was set. */
gboolean        rd_mock_agent_take         (RdMockAgent *self, GDBusMethodInvocation *invocation);
/* What ListCalls and ListPayments return, newest first, from text as g_variant_parse() reads it; "aa{sv}" */
void            rd_mock_agent_set_history  (RdMockAgent *self, const char *calls, const char *payments);
/* How often @method ("Answer", "PlaceCall"…) was called, and (nullable) the arguments of the last time, printed. */
guint           rd_mock_agent_get_count    (RdMockAgent *self, const char *method);
const char     *rd_mock_agent_get_arguments (RdMockAgent *self, const char *method);
/* Every further call of @method fails with this sentence (%NULL: works again), as io.github.ringdown.Error.Refused. */
void            rd_mock_agent_set_failure  (RdMockAgent *self, const char *method, const char *sentence);
/* What DiscoverSite, ReadSetup and TestAccount return: the reply's arguments as g_variant_parse() reads them; until
 * then nothing, and a test without steps. */
void            rd_mock_agent_set_reply    (RdMockAgent *self, const char *method, const char *reply);
/* Leaves the bus, as an agent that crashed does. */
void            rd_mock_agent_vanish       (RdMockAgent *self);

G_END_DECLS
