/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-model.h"

G_BEGIN_DECLS

#define RD_TYPE_MESSAGES_PAGE (rd_messages_page_get_type ())
G_DECLARE_FINAL_TYPE (RdMessagesPage, rd_messages_page, RD, MESSAGES_PAGE, GtkWidget)

/**
 * RdMessagesPage:
 *
 * The page of conversations.
 */
void rd_messages_page_set_model (RdMessagesPage *self, RdModel *model);

G_END_DECLS
