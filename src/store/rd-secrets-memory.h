/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-secrets.h"

G_BEGIN_DECLS

#define RD_TYPE_SECRETS_MEMORY (rd_secrets_memory_get_type ())
G_DECLARE_FINAL_TYPE (RdSecretsMemory, rd_secrets_memory, RD, SECRETS_MEMORY, RdSecrets)

G_END_DECLS
