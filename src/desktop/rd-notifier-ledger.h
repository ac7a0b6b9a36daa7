/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RdNotifierLedger:
 *
 * A file that names the calls' notifications which stand, so that an agent which comes after a crash can take down what
 * its predecessor has left: nobody else knows those ids. Reads and writes block: for the worker's thread only.
 */
typedef struct _RdNotifierLedger RdNotifierLedger;

/* @path: (nullable): NULL: nothing is kept */
RdNotifierLedger *rd_notifier_ledger_new   (const char *path) G_GNUC_WARN_UNUSED_RESULT;
void              rd_notifier_ledger_free  (RdNotifierLedger *self);
/* What stands now at @server: ids mean something to the server that gave them, and to no other. Writes only what is
 * new; no ids: no file. */
void              rd_notifier_ledger_write (RdNotifierLedger *self, const char *server, const guint32 *ids,
                                            gsize n_ids);
/* (transfer full) (element-type guint32): what an earlier agent has left at @server; the file is gone then. */
GArray           *rd_notifier_ledger_take  (RdNotifierLedger *self, const char *server) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdNotifierLedger, rd_notifier_ledger_free)

G_END_DECLS
