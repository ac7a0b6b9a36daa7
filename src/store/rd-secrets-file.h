/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-secrets.h"

G_BEGIN_DECLS

#define RD_TYPE_SECRETS_FILE (rd_secrets_file_get_type ())
G_DECLARE_FINAL_TYPE (RdSecretsFile, rd_secrets_file, RD, SECRETS_FILE, RdSecrets)

G_END_DECLS
