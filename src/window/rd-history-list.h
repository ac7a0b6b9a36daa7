/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rd-dbus.h"
#include "rd-history-item.h"

G_BEGIN_DECLS

typedef enum
{
  RD_HISTORY_CALLS,
  RD_HISTORY_MISSED,
  RD_HISTORY_PAYMENTS,
  RD_HISTORY_MESSAGES,
  RD_HISTORY_EVERYTHING,
} RdHistoryKind;

#define RD_TYPE_HISTORY_LIST (rd_history_list_get_type ())
G_DECLARE_FINAL_TYPE (RdHistoryList, rd_history_list, RD, HISTORY_LIST, GObject)

/**
 * RdHistoryList:
 *
 * A GListModel of RdHistoryItem over History1, newest first: page by page as it is scrolled, kept up to date by its
 * signals. However long the history is, only what somebody has scrolled to is here.
 *
 * Property: `loading` (boolean), until there is an answer for what is asked for now. Signal `failed`.
 */
/* @interfaces: of RdDBusHistory1, as rd_model_get_history() */
RdHistoryList  *rd_history_list_new         (GListModel *interfaces);
/* (nullable) (transfer none) */
RdDBusHistory1 *rd_history_list_get_history (RdHistoryList *self);
/* What is listed: a kind, of one account or (%NULL) of all, where "" or these words are found. */
void            rd_history_list_set_filter  (RdHistoryList *self, RdHistoryKind kind, const char *account,
                                             const char *search);
RdHistoryKind   rd_history_list_get_kind    (RdHistoryList *self);
const char     *rd_history_list_get_search  (RdHistoryList *self);
/* (floating): the same as History1 has it */
GVariant       *rd_history_list_dup_filter  (RdHistoryList *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean        rd_history_list_get_loading (RdHistoryList *self);
/* (nullable): why it could not be fetched last time */
const char     *rd_history_list_get_error   (RdHistoryList *self);
gboolean        rd_history_list_get_more    (RdHistoryList *self);
void            rd_history_list_fetch_more  (RdHistoryList *self);
/* Asks for everything again, without letting go of what is shown. */
void            rd_history_list_reload      (RdHistoryList *self);
/* Fetches more when this comes near its end. */
void            rd_history_list_follow      (RdHistoryList *self, GtkAdjustment *adjustment);

G_END_DECLS
