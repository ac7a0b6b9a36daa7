/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RD_TYPE_MESSAGE_ENTRY (rd_message_entry_get_type ())
G_DECLARE_FINAL_TYPE (RdMessageEntry, rd_message_entry, RD, MESSAGE_ENTRY, GtkWidget)

#define RD_MESSAGE_MAX 5000

/**
 * RdMessageEntry:
 *
 * Where a message is written: Enter sends, Shift and Enter begin a new line.
 *
 * Signals: `send` (the text, without white space around it), `typing` (boolean).
 */
/* Whom the message goes to. */
void  rd_message_entry_set_name (RdMessageEntry *self, const char *name);
/* As Messages1's MaxText; 0: not known, so RD_MESSAGE_MAX. */
void  rd_message_entry_set_limit (RdMessageEntry *self, guint characters);
char *rd_message_entry_dup_text (RdMessageEntry *self);
void  rd_message_entry_set_text (RdMessageEntry *self, const char *text);

G_END_DECLS
