/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-model.h"

G_BEGIN_DECLS

/* (transfer full): what can be done about an ENTRY of the history: "win." actions. @remind_minutes: how long a reminder
 * takes. */
GMenuModel *rd_history_menu_new (RdModel *model, RdRecord *entry, guint remind_minutes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
