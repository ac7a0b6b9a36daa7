/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RD_TYPE_ACCOUNT_CHOICE (rd_account_choice_get_type ())
G_DECLARE_FINAL_TYPE (RdAccountChoice, rd_account_choice, RD, ACCOUNT_CHOICE, GtkWidget)

/**
 * RdAccountChoice:
 *
 * "All accounts", or one of them: only to be seen where there are several. Property: `account` (string, nullable,
 * read-only).
 */
/* @interfaces: as rd_model_get_messages() */
void        rd_account_choice_set_interfaces (RdAccountChoice *self, GListModel *interfaces);
/* (nullable): an account's id; %NULL: all */
const char *rd_account_choice_get_account    (RdAccountChoice *self);
/* Whether there is anything to choose. */
gboolean    rd_account_choice_is_offered     (RdAccountChoice *self);

G_END_DECLS
