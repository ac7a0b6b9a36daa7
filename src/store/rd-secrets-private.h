/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-secrets.h"

G_BEGIN_DECLS

/* For the implementations. */

/* @backend: a literal */
void      rd_secrets_set_backend (RdSecrets *self, const char *backend);

/* Accounts and their tokens, utf8 → RdTokens. */
GHashTable *rd_tokens_table_new  (void) G_GNUC_WARN_UNUSED_RESULT;
/* @tokens (nullable): NULL removes; copied */
void      rd_tokens_table_set    (GHashTable *table, const char *account, const RdTokens *tokens);

G_END_DECLS
