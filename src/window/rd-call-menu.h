/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-model.h"

G_BEGIN_DECLS

/* (transfer full): what can be done about a call that rings, beside the card's buttons: "call." actions of RdCallCard,
 * to decline it with a message where its site sends messages, and to be reminded of it. @settings: (nullable): with the
 * user's own texts */
GMenuModel *rd_call_menu_new (RdDBusCall1 *call, RdModel *model, GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
