/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "mock-notifications.h"
#include "rd-dbus.h"
#include "rd-demo-crm.h"
#include "rd-demo-invoices.h"
#include "rd-test.h"

G_BEGIN_DECLS

/* The world that a real ringdown-agent process lives in for a test: a private session bus, a notification server, a
 * browser that only writes down what it was opened with, a Channels server and the sites. */
typedef struct
{
  GTestDBus *bus;
  GDBusConnection *connection;
  MockNotifications *notifications;
  char *dir;
  char *browser_log;
  char *window_log;
  RdDemoChannels *channels;
  RdDemoCrm *crm;
  RdDemoInvoices *invoices;
  GSubprocess *agent;
  GDBusObjectManager *objects;
  RdDBusAgent1 *agent1;
  GPtrArray *requests; /* "METHOD PATH BODY" that the CRM was asked, in order */
} AgentWorld;

void             agent_world_set_up      (AgentWorld *world, gconstpointer data);
void             agent_world_tear_down   (AgentWorld *world, gconstpointer data);
/* Starts the agent again after agent_world_quit(). */
void             agent_world_start_agent (AgentWorld *world);
/* By its Quit method; asserts that it ends with 0. */
void             agent_world_quit        (AgentWorld *world);
/* It has ended, however that came about. */
void             agent_world_let_agent_go (AgentWorld *world);
/* An account at the CRM for user 7, @token NULL: a fresh one; returns when the line is in @state. */
char            *agent_world_add_crm     (AgentWorld *world, const char *token, const char *state);
/* AddAccount: the id, or the D-Bus error's name in @error_name and its sentence in @sentence */
char            *agent_world_add_account (AgentWorld *world, GVariant *settings, char **error_name, char **sentence);
GVariant        *agent_world_crm_settings (AgentWorld *world, const char *token);
/* (nullable) (transfer full): the one account; the one live call */
RdDBusAccount1  *agent_world_dup_account (AgentWorld *world);
RdDBusCall1     *agent_world_dup_call    (AgentWorld *world);
gboolean         agent_world_account_is  (AgentWorld *world, const char *state);
gboolean         agent_world_call_is     (AgentWorld *world, const char *state);
gboolean         agent_world_ring_is     (AgentWorld *world, const char *ring);
/* The lines "URL TOKEN" of the browser so far */
char           **agent_world_dup_opened  (AgentWorld *world);
/* The lines "ARGUMENTS [TOKEN]" that windows were started with so far; whether the last one is this */
char           **agent_world_dup_windows (AgentWorld *world);
gboolean         agent_world_window_is   (AgentWorld *world, const char *last);
guint            agent_world_count_opened (AgentWorld *world);
/* How many requests of the CRM's begin with @prefix */
guint            agent_world_count_requests (AgentWorld *world, const char *prefix);
/* The standing-or-not notification whose summary or body holds @text: its index among those shown, or -1 */
int              agent_world_find_notification (AgentWorld *world, const char *text);
/* Waits for the method call's reply and asserts that it went well, or failed with io.github.ringdown.Error.@code */
void             agent_world_call_method (AgentWorld *world, gpointer proxy, const char *method, GVariant *args,
                                          const char *code);

G_END_DECLS
