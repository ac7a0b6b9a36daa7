/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-notifier-notice.h"

G_BEGIN_DECLS

/* At our end, where the server would take down what stands with us: hands @notices (of RdNotice) to the desktop, which
 * keeps them. @app_id: (nullable): the desktop file's name. Blocks, for a second at most. */
void rd_notifier_heir_take (GDBusConnection *connection, const char *app_id, GPtrArray *notices, gboolean discreet);

G_END_DECLS
