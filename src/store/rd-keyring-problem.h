/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether @error says that there is no keyring. */
gboolean    rd_keyring_problem_is_absent (const GError *error);
/* @error as RdSecretsKeyring names it: "locked", "timed-out", "absent", "failed" */
const char *rd_keyring_problem_name      (const GError *error);

G_END_DECLS
