/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RdNotifierOverdue:
 *
 * The Notify calls that nobody waits for any more. A server that hung shows them when it goes on, however late that is;
 * its answer then says what to take down. libnotify has given up by then, so the answers are read off the connection.
 *
 * Made, used and freed in the thread that calls Notify, one call at a time.
 */
typedef struct _RdNotifierOverdue RdNotifierOverdue;

RdNotifierOverdue *rd_notifier_overdue_new  (GDBusConnection *connection, const char *server, const char *path)
    G_GNUC_WARN_UNUSED_RESULT;
void               rd_notifier_overdue_free (RdNotifierOverdue *self);
/* The newest Notify was given up: what it shows is taken down as soon as it is known. */
void               rd_notifier_overdue_add  (RdNotifierOverdue *self);

G_END_DECLS
