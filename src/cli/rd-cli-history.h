/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-cli-private.h"

G_BEGIN_DECLS

#define RD_CLI_HISTORY_INTERFACE "io.github.ringdown.History1"

/* rd-cli-history-print.c: entries of the history (a{sv}), for people and for programs */
void     rd_cli_history_print    (GVariant *entry);
void     rd_cli_history_add_json (JsonBuilder *builder, GVariant *entry);

/* rd-cli-history-file.c: what the filter (a{sv}) takes, into a file that is there whole or not at all. -1 with
 * @error */
gint64   rd_cli_history_export   (RdCli *cli, GVariant *filter, const char *file, GError **error);

G_END_DECLS
