/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-record.h"

G_BEGIN_DECLS

/* What an ENTRY of the history looks like: its words, its icon. All strings (transfer full), never NULL, plain text of
 * bounded length. */

gboolean    rd_history_entry_is          (RdRecord *entry, const char *kind);
gboolean    rd_history_entry_is_missed   (RdRecord *entry);
/* Who it was, or what for. */
char       *rd_history_entry_dup_title   (RdRecord *entry) G_GNUC_WARN_UNUSED_RESULT;
/* What happened: "Missed call · Video call" */
char       *rd_history_entry_dup_detail  (RdRecord *entry) G_GNUC_WARN_UNUSED_RESULT;
/* Of money; else "" */
char       *rd_history_entry_dup_amount  (RdRecord *entry) G_GNUC_WARN_UNUSED_RESULT;
const char *rd_history_entry_get_icon    (RdRecord *entry);
/* (nullable): of the icon */
const char *rd_history_entry_get_css_class (RdRecord *entry);

G_END_DECLS
