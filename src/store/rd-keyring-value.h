/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-tokens.h"

#include <libsecret/secret.h>

G_BEGIN_DECLS

/* What an account's tokens are in the keyring. */
/* (transfer full): wiped when it is let go */
SecretValue *rd_keyring_value_new  (const RdTokens *tokens) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) (transfer full): NULL where it is none of ours */
RdTokens    *rd_keyring_value_read (SecretValue *value) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
