/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How an error of any layer is told to a bus client: name io.github.ringdown.Error.CODE in CamelCase, message the
 * sentence of src/text, so that it can be shown as it is. */

/* (transfer full) (not floating): a{sv} as of rd_fault_to_variant(), also for the errors of the line. */
GVariant *rd_dbus_error_dup_detail (const GError *error) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): the D-Bus error's name for a code such as "wrong-state" */
char     *rd_dbus_error_dup_name   (const char *code) G_GNUC_WARN_UNUSED_RESULT;
/* Answers @invocation (transfer full), as every return of an invocation does. */
void      rd_dbus_error_return     (GDBusMethodInvocation *invocation, const GError *error);

G_END_DECLS
