/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rd-paged-item.h"
#include "rd-paged-source.h"

G_BEGIN_DECLS

#define RD_TYPE_PAGED_LIST (rd_paged_list_get_type ())
G_DECLARE_FINAL_TYPE (RdPagedList, rd_paged_list, RD, PAGED_LIST, GObject)

/**
 * RdPagedList:
 *
 * A GListModel of RdPagedItem over one of the agent's long lists, of all accounts together: page by page as it is
 * scrolled, kept up to date by the agent's signals. It shows an entry only when every account's earlier ones are
 * known, so that nothing but what is new is put in above what one has read.
 *
 * Property: `loading` (boolean), until each account has answered for the first time, or what is searched for now.
 * Signal `failed` (a sentence).
 */
/* @kind: lives as long. @interfaces: of GDBusProxy, as rd_model_get_messages() */
RdPagedList *rd_paged_list_new         (const RdPagedKind *kind, GListModel *interfaces);
/* Takes effect a moment after the last change of it. */
void         rd_paged_list_set_search  (RdPagedList *self, const char *search);
const char  *rd_paged_list_get_search  (RdPagedList *self);
/* As RdPagedKind has it. */
void         rd_paged_list_set_filter  (RdPagedList *self, const char *filter);
/* @account: (nullable): an id; only its entries. %NULL: those of all */
void         rd_paged_list_set_account (RdPagedList *self, const char *account);
gboolean     rd_paged_list_get_loading (RdPagedList *self);
/* (nullable): why an account's entries could not be fetched last time */
const char  *rd_paged_list_get_error   (RdPagedList *self);
/* Whether there are others after those that are shown. */
gboolean     rd_paged_list_get_more    (RdPagedList *self);
void         rd_paged_list_fetch_more  (RdPagedList *self);
/* Asks for everything again, without letting go of what is shown. */
void         rd_paged_list_reload      (RdPagedList *self);
/* Fetches more when this comes near its end. */
void         rd_paged_list_follow      (RdPagedList *self, GtkAdjustment *adjustment);
/* (nullable) (transfer none): of those that are shown */
RdPagedItem *rd_paged_list_find        (RdPagedList *self, GDBusProxy *proxy, const char *id, guint *position);

G_END_DECLS
