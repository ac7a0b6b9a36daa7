/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <sqlite3.h>

#include "rd-history-filter.h"

G_BEGIN_DECLS

/* The history's file, for the one thread that has it open (rd-history-thread.c). Everything here blocks. */

#define RD_HISTORY_SCHEMA 2

/* What a failure asks for. */
typedef enum
{
  RD_HISTORY_STATE_GOOD,
  RD_HISTORY_STATE_FULL,    /* nothing more can be written: try again later */
  RD_HISTORY_STATE_DAMAGED, /* the file is to be set aside */
  RD_HISTORY_STATE_NEWER,   /* the same, for another reason */
  RD_HISTORY_STATE_FAILED,  /* locked, no rights…: try again later */
} RdHistoryState;

/* Statements that are used for every entry, and so kept. */
typedef enum
{
  RD_HISTORY_KNOWN,
  RD_HISTORY_TAKEN,
  RD_HISTORY_FREE,
  RD_HISTORY_INSERT,
  RD_HISTORY_COPY,
  RD_HISTORY_N_KEPT,
} RdHistoryKept;

typedef struct
{
  sqlite3 *db;
  sqlite3_stmt *kept[RD_HISTORY_N_KEPT]; /* (nullable) each */
  char *path;
  gint64 max_size;
  RdHistoryState state; /* of the last failure */
  gboolean wipe_owed;   /* what was erased may still stand in the log */
} RdHistoryDb;

/* Never NULL; @open tells whether it is. */
RdHistoryDb *rd_history_db_new     (const char *path, gint64 max_size) G_GNUC_WARN_UNUSED_RESULT;
void         rd_history_db_free    (RdHistoryDb *self);
/* Opens, and makes or upgrades what is in it. After an unclean end it is looked through for damage. */
gboolean     rd_history_db_open    (RdHistoryDb *self, GError **error);
void         rd_history_db_close   (RdHistoryDb *self);
gboolean     rd_history_db_is_open (RdHistoryDb *self);

/* rd-history-db.c, for its other files: all note what a failure asks for, and make an RD_FAULT_STORAGE of it. */
gboolean      rd_history_db_exec    (RdHistoryDb *self, const char *sql, GError **error);
sqlite3_stmt *rd_history_db_prepare (RdHistoryDb *self, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer none): made the first time; sqlite3_reset() it after use. */
sqlite3_stmt *rd_history_db_keep    (RdHistoryDb *self, RdHistoryKept which, const char *sql, GError **error);
/* SQLITE_ROW, SQLITE_DONE, or another with @error */
int           rd_history_db_step    (RdHistoryDb *self, sqlite3_stmt *statement, GError **error);
gboolean      rd_history_db_begin   (RdHistoryDb *self, GError **error);
/* Ends the transaction: by COMMIT if @good and that works */
gboolean      rd_history_db_end     (RdHistoryDb *self, gboolean good, GError **error);
/* Whether @max_size counts: what makes room needs some for a moment. */
gboolean      rd_history_db_limit   (RdHistoryDb *self, gboolean limited, GError **error);
/* The first number of what @sql gives; -1 with @error */
gint64        rd_history_db_number  (RdHistoryDb *self, const char *sql, GError **error);

/* rd-history-schema.c */
gboolean rd_history_db_upgrade (RdHistoryDb *self, GError **error);

/* rd-history-rows.c: entries as rows. */
/* Adds an ENTRY without id, in the transaction that is open. @added: (out) (transfer full) (nullable): the same with
 * "id" and "cursor"; NULL: it was there already. @now: no entry is of later. */
gboolean  rd_history_db_insert (RdHistoryDb *self, GVariant *entry, gint64 now, GVariant **added, GError **error);
/* What comes before @from in rd_history_row_dup()'s statements. */
extern const char *const rd_history_row_columns;
/* (transfer full) (not floating): the ENTRY of a row of those columns */
GVariant *rd_history_row_dup   (sqlite3_stmt *statement) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer none): "" where nothing stands, as it may in a damaged file */
const char *rd_history_row_text (sqlite3_stmt *statement, int place);
/* Takes such a row of another file over as it is, unless one with its id is there. */
gboolean  rd_history_db_copy   (RdHistoryDb *self, sqlite3_stmt *row, GError **error);

/* rd-history-query.c */
/* (transfer full): aa{sv}, newest first and before @from, or @ascending and after it; 0: from the end, or beginning */
GVariant *rd_history_db_list   (RdHistoryDb *self, const RdHistoryFilter *filter, gboolean ascending, guint64 from,
                                guint limit, gboolean *more, GError **error);
GVariant *rd_history_db_get    (RdHistoryDb *self, guint64 id, GError **error);
gint64    rd_history_db_count  (RdHistoryDb *self, const RdHistoryFilter *filter, GError **error);
gint64    rd_history_db_count_missed (RdHistoryDb *self, GError **error);
gboolean  rd_history_db_mark_seen    (RdHistoryDb *self, GError **error);

/* The condition of @filter for a statement on "entry", to be preceded by a condition and " AND "; what it binds are the
 * variables ?1 to ?9. */
char     *rd_history_filter_sql  (const RdHistoryFilter *filter) G_GNUC_WARN_UNUSED_RESULT;
void      rd_history_filter_bind (const RdHistoryFilter *filter, sqlite3_stmt *statement);

/* rd-history-erase.c: -1 with @error. @calls: (out) (nullable) (transfer full): a(ss) */
gint64    rd_history_db_erase  (RdHistoryDb *self, const RdHistoryFilter *filter, GVariant **calls, GError **error);
gint64    rd_history_db_remove (RdHistoryDb *self, GArray *ids, GVariant **calls, GError **error);
/* Empties the log, so that nothing erased is left in it. */
void      rd_history_db_wipe   (RdHistoryDb *self);

/* rd-history-rescue.c */
/* Sets the file (closed by then) aside. (transfer full): RD_FAULT_STORAGE with the new name for the user; NULL with
 * @error: it is still there */
GError   *rd_history_db_set_aside (RdHistoryDb *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Takes over what can be read of a file set aside; TRUE: all of it */
gboolean  rd_history_db_rescue    (RdHistoryDb *self, const char *path);
/* Files of a newer Ringdown that this one can read by now. Returns how many entries came back. */
guint     rd_history_db_take_back (RdHistoryDb *self);
/* Deletes what was set aside. */
void      rd_history_db_delete_aside (RdHistoryDb *self);

static inline void
rd_history_statement_free (sqlite3_stmt *statement)
{
  sqlite3_finalize (statement);
}

typedef sqlite3_stmt RdHistoryStatement;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdHistoryStatement, rd_history_statement_free)

G_END_DECLS
