/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-accounts.h"

G_BEGIN_DECLS

/* As rd_account_settings_from_variant(); @kept: from the accounts file, where "id" and "room-hosts" stand too. */
RdAccountSettings *rd_account_settings_read       (GVariant *settings, gboolean kept,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer floating): a{sv}, what rd_account_settings_read() reads with @kept */
GVariant          *rd_account_settings_to_variant (const RdAccountSettings *self);
gboolean           rd_account_settings_id_is_legal (const char *id);
/* (transfer full) (nullable): the site's host as an id, "crm.example.com" → "crm-example-com" */
char              *rd_account_settings_suggest_id (const RdAccountSettings *self);

G_END_DECLS
