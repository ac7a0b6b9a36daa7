/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rd-cli-run.h"
#include "rd-dbus.h"

G_BEGIN_DECLS

/* The agent's side of the bus, without anything behind it: it notes every method call as one line of text, and says
 * what it was told to say. */
typedef struct
{
  GDBusConnection          *bus;
  GDBusObjectManagerServer *manager;
  RdDBusAgent1             *agent;
  GPtrArray                *log;   /* (element-type utf8): "PlaceCall work 42 {'audio': <true>}" */
  char                     *error; /* (nullable): what every method fails with */
  GVariant                 *ended; /* aa{sv} for ListCalls */
  GVariant                 *entries; /* aa{sv} for History1.List, all of them */
  gboolean                  quit;
  guint                     owner;
  gboolean                  owned;
} RdMockAgent;

RdMockAgent    *rd_mock_agent_new         (const char *address, const char *name);
void            rd_mock_agent_free        (RdMockAgent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdMockAgent, rd_mock_agent_free)

/* (transfer full) */
RdDBusAccount1 *rd_mock_agent_add_account (RdMockAgent *self, const char *id, const char *name);
/* (transfer full) */
RdDBusCall1    *rd_mock_agent_add_call    (RdMockAgent *self, int number, const char *account, const char *id,
                                           const char *direction, const char *state, const char *peer_name);
/* The one line that was noted since the last time; "" if none. (transfer full) */
char           *rd_mock_agent_take_log    (RdMockAgent *self);

/* A private bus for one test, with a mock agent on it or without. */
typedef struct
{
  GTestDBus   *dbus;
  RdMockAgent *agent; /* (nullable) */
} RdMockFixture;

void rd_mock_fixture_set_up_bus (RdMockFixture *self, gconstpointer data);
void rd_mock_fixture_set_up     (RdMockFixture *self, gconstpointer data);
void rd_mock_fixture_tear_down  (RdMockFixture *self, gconstpointer data);
/* The agent noted exactly this since the last time. */
void rd_mock_fixture_assert_log (RdMockFixture *self, const char *expected);

/* Runs the command on the fixture's bus. */
#define RD_MOCK_RUN(fixture, ...)                                                                                      \
  rd_cli_run_command (g_test_dbus_get_bus_address ((fixture)->dbus), NULL, __VA_ARGS__, NULL)

G_END_DECLS
