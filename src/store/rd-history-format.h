/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Entries of the history as files have them. */
typedef enum
{
  RD_HISTORY_CSV,
  RD_HISTORY_JSON,
} RdHistoryFormat;

gboolean rd_history_format_from_string (const char *nick, RdHistoryFormat *format);
/* What comes before all entries, … */
void     rd_history_format_begin       (RdHistoryFormat format, GString *text);
/* … one of them (an ENTRY; @first: of all), … */
void     rd_history_format_entry       (RdHistoryFormat format, GVariant *entry, gboolean first, GString *text);
/* … and what comes after them. */
void     rd_history_format_end         (RdHistoryFormat format, gboolean empty, GString *text);

G_END_DECLS
