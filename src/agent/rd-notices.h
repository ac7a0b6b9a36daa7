/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RD_TYPE_NOTICES (rd_notices_get_type ())
G_DECLARE_FINAL_TYPE (RdNotices, rd_notices, RD, NOTICES, GObject)

/**
 * RdNotices:
 *
 * Failures that nobody's method call was waiting for, on their way to people.
 *
 * ::notice (GVariant *notice): an a{sv} as of Agent1's Notice.
 */
RdNotices *rd_notices_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* @severity "info", "warning", "error"; @account, @call (ids): nullable */
void       rd_notices_say (RdNotices *self, const char *severity, const char *account, const char *call,
                           const GError *error);

G_END_DECLS
