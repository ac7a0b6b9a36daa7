/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-call-card.h"

G_BEGIN_DECLS

/* Between the card's look and its actions. */

/* The callbacks of its buttons, and "call.…" of its menu. */
void        rd_call_card_install_actions     (GtkWidgetClass *widget_class);
/* Of the button whose menu it is; a GtkMenuButtonCreatePopupFunc. */
void        rd_call_card_create_menu         (GtkMenuButton *button, gpointer user_data);
/* @sentence: (nullable): what failed, or nothing any more */
void        rd_call_card_set_failure         (RdCallCard *self, const char *sentence);
/* (nullable) (transfer none): the host of a room that would open if the user trusted it */
const char *rd_call_card_find_untrusted_host (RdDBusCall1 *call);

G_END_DECLS
