/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RD_JOURNAL_LIMIT 500

#define RD_TYPE_JOURNAL (rd_journal_get_type ())
G_DECLARE_FINAL_TYPE (RdJournal, rd_journal, RD, JOURNAL, GObject)

/**
 * RdJournal:
 *
 * What has happened in this run: the last RD_JOURNAL_LIMIT ended calls and payments.
 *
 * ::call (GVariant *record) · ::payment (GVariant *record): one was added.
 */
RdJournal *rd_journal_new          (void) G_GNUC_WARN_UNUSED_RESULT;
/* @record: a{sv} of rd-records.h */
void       rd_journal_add_call     (RdJournal *self, GVariant *record);
void       rd_journal_add_payment  (RdJournal *self, GVariant *record);
/* (transfer floating): aa{sv}, newest first */
GVariant  *rd_journal_list_calls    (RdJournal *self);
GVariant  *rd_journal_list_payments (RdJournal *self);
/* Forgets what belongs to @account. */
void       rd_journal_drop_account (RdJournal *self, const char *account);

G_END_DECLS
