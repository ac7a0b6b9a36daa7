/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The whole of the `ringdown` command: returns its exit status (0 done, 1 refused or failed, 2 usage). */
int rd_cli_run (int argc, char **argv);

G_END_DECLS
