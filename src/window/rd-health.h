/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-dbus.h"

G_BEGIN_DECLS

/* Fills @list with one row for each thing that is wrong with the agent as a whole: notifications, sound, secrets, and
 * its Problems. Empty when all is well or @agent is %NULL. */
void rd_health_fill (GtkListBox *list, RdDBusAgent1 *agent);

G_END_DECLS
