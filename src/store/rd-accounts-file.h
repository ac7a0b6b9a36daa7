/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-accounts.h"

G_BEGIN_DECLS

#define RD_ACCOUNTS_MAX 100

/* The accounts file's text: {"format":1,"accounts":[{…}]}. */

/* (transfer full): @accounts (element-type RdAccountSettings) as text */
GBytes    *rd_accounts_file_format (GPtrArray *accounts) G_GNUC_WARN_UNUSED_RESULT;
/* Every account that can be read; of those that cannot, the first one's reason in @bad_entry (RD_FAULT_BAD_INPUT,
 * where = "accounts[2].site"). NULL with @error (RD_FAULT_BAD_INPUT): nothing can be read. */
GPtrArray *rd_accounts_file_parse  (GBytes *text, GError **bad_entry, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
