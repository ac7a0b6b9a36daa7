/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-call-card.h"

G_BEGIN_DECLS

#define RD_TYPE_CALL_CARDS (rd_call_cards_get_type ())
G_DECLARE_FINAL_TYPE (RdCallCards, rd_call_cards, RD, CALL_CARDS, GtkWidget)

/**
 * RdCallCards:
 *
 * A card for each live call, as high as they need to be up to a share of the window. Hidden while there is none.
 */
void        rd_call_cards_set_calls (RdCallCards *self, GListModel *calls);
/* (nullable) (transfer none) */
RdCallCard *rd_call_cards_find      (RdCallCards *self, const char *account, const char *id);
/* Moves the window's focus to the first card: not to one of its buttons, where a Space would decide something. */
void        rd_call_cards_focus     (RdCallCards *self);

G_END_DECLS
