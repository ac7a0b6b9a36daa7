/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-history.h"
#include "rd-lines.h"

G_BEGIN_DECLS

#define RD_TYPE_HISTORY_FEED (rd_history_feed_get_type ())
G_DECLARE_FINAL_TYPE (RdHistoryFeed, rd_history_feed, RD, HISTORY_FEED, GObject)

/* Puts what happens into the history: calls when they are over, money, notices and messages when they are news. */
RdHistoryFeed *rd_history_feed_new (RdHistory *history, RdPhone *phone, RdLines *lines) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
