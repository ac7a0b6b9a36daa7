/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-dbus.h"

G_BEGIN_DECLS

/* Quiet1 as people read it. */

/* Ringdown's own, by its switch or by the clock. @quiet: (nullable) */
gboolean rd_quiet_state_is_on        (RdDBusQuiet1 *quiet);
/* (transfer full): "Do not disturb until 15:30", or what the desktop's own mode comes to; "": there is nothing to
 * say */
char    *rd_quiet_state_dup_sentence (RdDBusQuiet1 *quiet) G_GNUC_WARN_UNUSED_RESULT;
/* When "until tomorrow" is over: in the morning, of the same day before it has begun. µs since the epoch, local time */
gint64   rd_quiet_state_get_tomorrow (gint64 now);

G_END_DECLS
