/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-secrets.h"

G_BEGIN_DECLS

#define RD_TYPE_SECRETS_KEYRING (rd_secrets_keyring_get_type ())
G_DECLARE_FINAL_TYPE (RdSecretsKeyring, rd_secrets_keyring, RD, SECRETS_KEYRING, RdSecrets)

/* Properties, in ms: `deadline` (10000) for the keyring's answers; `prompt-deadline` (120000) for somebody who is asked
 * to unlock it.
 *
 * Where the keyring cannot be used, a load that finds nothing in memory fails with RD_FAULT_SECRETS, where = "locked",
 * "dismissed", "absent", "timed-out" or "failed"; a store goes to memory, and `backend` says so. */

G_END_DECLS
