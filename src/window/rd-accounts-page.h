/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-model.h"

G_BEGIN_DECLS

#define RD_TYPE_ACCOUNTS_PAGE (rd_accounts_page_get_type ())
G_DECLARE_FINAL_TYPE (RdAccountsPage, rd_accounts_page, RD, ACCOUNTS_PAGE, AdwPreferencesPage)

/**
 * RdAccountsPage:
 *
 * The way to each account's own preferences.
 */
GtkWidget *rd_accounts_page_new (RdModel *model);

G_END_DECLS
