/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-model.h"

G_BEGIN_DECLS

#define RD_TYPE_HISTORY_PAGE (rd_history_page_get_type ())
G_DECLARE_FINAL_TYPE (RdHistoryPage, rd_history_page, RD, HISTORY_PAGE, GtkWidget)

/**
 * RdHistoryPage:
 *
 * What happened: calls, and on request payments and messages, too. Searched, filtered, exported, erased. While it is
 * before the user's eyes, no missed call is one that nobody has seen.
 *
 * Properties: `missed` (uint), missed calls that the user has not seen; `empty` (boolean): there is nothing in it, as
 * far as it was looked at.
 */
void  rd_history_page_set_model    (RdHistoryPage *self, RdModel *model);
void  rd_history_page_set_settings (RdHistoryPage *self, GSettings *settings);
void  rd_history_page_start_search (RdHistoryPage *self);
guint rd_history_page_get_missed   (RdHistoryPage *self);
gboolean rd_history_page_is_empty  (RdHistoryPage *self);

G_END_DECLS
