/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rd-dbus.h"
#include "rd-record.h"

G_BEGIN_DECLS

typedef enum
{
  RD_MODEL_LOADING,
  RD_MODEL_RUNNING,
  RD_MODEL_ABSENT,
} RdModelState;

#define RD_TYPE_MODEL (rd_model_get_type ())
G_DECLARE_FINAL_TYPE (RdModel, rd_model, RD, MODEL, GObject)

/**
 * RdModel:
 *
 * The agent's D-Bus objects as list models; nothing here blocks on the bus.
 *
 * Signals, each with an a{sv} as the agent sent it: `notice`, `message`, `payment`. Notified: `state`, when the agent
 * came, went or is still being asked.
 */
RdModel        *rd_model_new                (GDBusConnection *connection, const char *bus_name);
RdModelState    rd_model_get_state          (RdModel *self);
/* (nullable): %NULL unless running */
RdDBusAgent1   *rd_model_get_agent          (RdModel *self);
/* (nullable) (transfer none): the agent's object, for its other interfaces: History1, Quiet1, Sounds1, Diagnostics1 */
RdDBusObject   *rd_model_get_agent_object   (RdModel *self);
/* of RdDBusAccount1, by name */
GListModel     *rd_model_get_accounts       (RdModel *self);
/* of RdDBusCall1, what rings first, then newest first: the live ones, and those that ended, for as long as their end
 * is shown */
GListModel     *rd_model_get_calls          (RdModel *self);
/* of RdRecord, newest first */
GListModel     *rd_model_get_payments       (RdModel *self);
/* The agent's own interfaces, as lists that are empty while it has none: of RdDBusHistory1, RdDBusQuiet1 */
GListModel     *rd_model_get_history        (RdModel *self);
GListModel     *rd_model_get_quiet          (RdModel *self);
/* The interfaces of the accounts whose sites have them: of RdDBusMessages1, RdDBusPeople1, RdDBusInvoices1 */
GListModel     *rd_model_get_messages       (RdModel *self);
GListModel     *rd_model_get_people         (RdModel *self);
GListModel     *rd_model_get_invoices       (RdModel *self);
/* (nullable) (transfer none): the one of @interfaces that belongs to the account with this id */
gpointer        rd_model_find_interface     (GListModel *interfaces, const char *account);
/* (nullable) (transfer none): the account that an RdDBusMessages1 and the like belongs to */
RdDBusAccount1 *rd_model_get_account_of     (gpointer interface);
/* The order in which accounts are shown: by name. */
int             rd_model_compare_accounts   (RdDBusAccount1 *a, RdDBusAccount1 *b);
/* Whether Account1.Abilities names it. */
gboolean        rd_model_account_can        (RdDBusAccount1 *account, const char *ability);
/* Whether any account can. */
gboolean        rd_model_any_can            (RdModel *self, const char *ability);
/* (nullable) (transfer none) */
RdDBusAccount1 *rd_model_find_account       (RdModel *self, const char *id);
/* How long a call that ended stays in the list, in ms; 3000 unless set. */
void            rd_model_set_linger         (RdModel *self, guint milliseconds);
/* Whether a Call1 state is one of the ends. */
gboolean        rd_model_is_end             (const char *call_state);

G_END_DECLS
