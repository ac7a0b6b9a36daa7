/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rd-dbus.h"

G_BEGIN_DECLS

#define RD_TYPE_CALL_CARD (rd_call_card_get_type ())
G_DECLARE_FINAL_TYPE (RdCallCard, rd_call_card, RD, CALL_CARD, GtkWidget)

/**
 * RdCallCard:
 *
 * One live call, or how it ended. Its buttons ask the agent; what comes of it is seen in the call's properties, and the
 * sentence of a request that failed stands above the buttons. A room whose host is to be trusted first activates
 * "win.trust-room".
 */
GtkWidget   *rd_call_card_new          (RdDBusCall1 *call);
RdDBusCall1 *rd_call_card_get_call     (RdCallCard *self);
/* As its button does. */
void         rd_call_card_open_room    (RdCallCard *self);
/* Says what failed, until the call's state changes or something else is asked for. */
void         rd_call_card_show_failure (RdCallCard *self, const char *sentence);

G_END_DECLS
