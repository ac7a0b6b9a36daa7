/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Per account: what was shown, and invoices that are not paid. */
#define RD_MEMORY_MAX_KEYS 2000
#define RD_MEMORY_MAX_OPEN 500

#define RD_TYPE_MEMORY (rd_memory_get_type ())
G_DECLARE_FINAL_TYPE (RdMemory, rd_memory, RD, MEMORY, GObject)

/**
 * RdMemory:
 *
 * What the next run of the agent must know of this one: what was shown already, when each account's line last stood,
 * and
 * which invoices were to be paid then. One file per account, written whole soon after each change, in a thread. Keys
 * are
 * kept as digests: nothing in the files can be read back. All functions but load() return at once.
 */
RdMemory   *rd_memory_new        (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
/* Reads one account's file, if there is one. Blocking: before the loop runs. A file that cannot be read is set aside,
 * and the account starts empty; FALSE with @error: RD_FAULT_STORAGE, where = its new name. */
gboolean    rd_memory_load       (RdMemory *self, const char *account, GError **error);
/* Whether @key was noted with a time within @tolerance of @at. Times are µs since the epoch. */
gboolean    rd_memory_recall     (RdMemory *self, const char *account, const char *key, gint64 at, gint64 tolerance);
/* It was shown. The oldest of RD_MEMORY_MAX_KEYS is forgotten first. */
void        rd_memory_note       (RdMemory *self, const char *account, const char *key, gint64 at);
/* The account's line stood at @at. */
void        rd_memory_note_stood (RdMemory *self, const char *account, gint64 at);
/* When it stood last; 0: never, as far as anybody knows */
gint64      rd_memory_get_stood  (RdMemory *self, const char *account);
/* The account's invoices that are to be paid; of more than RD_MEMORY_MAX_OPEN the first are kept. */
void        rd_memory_set_open   (RdMemory *self, const char *account, const char * const *invoices);
/* (nullable) (array zero-terminated) (transfer none) */
const char * const *rd_memory_get_open (RdMemory *self, const char *account);
/* The account is gone: nothing of it is kept. */
void        rd_memory_drop       (RdMemory *self, const char *account);
/* Writes what waits for its turn now. */
void        rd_memory_flush      (RdMemory *self);
/* Whether something is on its way to the disk, or will be. */
gboolean    rd_memory_is_writing (RdMemory *self);

G_END_DECLS
