/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-store"

#include "config.h"

#include "rd-history-db.h"

#include "rd-fault.h"

/* What is in the history's file, by "user_version", and how an older one becomes today's: one step for each version,
 * all of them in one transaction. A step that has been released is never changed.
 *
 * An entry's id is its time in µs, moved on to the next that is free: what is newest has the largest, so that pages,
 * spans of time and the index of words are all read along the one key, and nothing is ever sorted. "words" is what the
 * index holds of it (rd-history-words.c). */

/* The first version, which no release has had: calls alone, nothing of what was seen. */
static const char to_1[]
  = "CREATE TABLE entry ("
    " id INTEGER PRIMARY KEY, kind TEXT NOT NULL, account TEXT NOT NULL, account_name TEXT NOT NULL, ref TEXT NOT NULL,"
    " at INTEGER NOT NULL, direction TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL, peer_id TEXT NOT NULL,"
    " peer_name TEXT NOT NULL, audio INTEGER NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER NOT NULL,"
    " event TEXT NOT NULL, invoice_id TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, type TEXT NOT NULL,"
    " status TEXT NOT NULL, amount TEXT NOT NULL, conversation TEXT NOT NULL, words TEXT NOT NULL);"
    "CREATE VIRTUAL TABLE search USING fts5 (words, content='entry', content_rowid='id', prefix='1 2 3',"
    " tokenize=\"unicode61 remove_diacritics 2\");"
    "CREATE TRIGGER entry_added AFTER INSERT ON entry BEGIN"
    " INSERT INTO search (rowid, words) VALUES (new.id, new.words); END;"
    "CREATE TRIGGER entry_gone AFTER DELETE ON entry BEGIN"
    " INSERT INTO search (search, rowid, words) VALUES ('delete', old.id, old.words); END;"
    "CREATE INDEX entry_kind ON entry (kind, id);"
    "CREATE INDEX entry_ref ON entry (ref, account) WHERE ref <> '';"
    "CREATE INDEX entry_peer ON entry (peer_id, account, id) WHERE peer_id <> '';";

/* Which missed calls the user has not looked at. */
static const char to_2[]
  = "ALTER TABLE entry ADD COLUMN unseen INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX entry_unseen ON entry (id) WHERE unseen <> 0;"
    "CREATE INDEX entry_missed ON entry (id) WHERE state = 'missed';";

static const char *const steps[RD_HISTORY_SCHEMA] = { to_1, to_2 };

static gboolean
take_steps (RdHistoryDb *self, gint64 from, GError **error)
{
  g_autofree char *version = g_strdup_printf ("PRAGMA user_version=%d", RD_HISTORY_SCHEMA);

  for (gint64 i = from; i < RD_HISTORY_SCHEMA; i++)
    if (!rd_history_db_exec (self, steps[i], error))
      return FALSE;
  return rd_history_db_exec (self, version, error);
}

/* Whether there is all that the statements name: a file of this version that somebody else made is none of ours. */
static gboolean
check_tables (RdHistoryDb *self, GError **error)
{
  gint64 n = rd_history_db_number (self, "SELECT count(*) FROM sqlite_schema WHERE name IN ('entry', 'search',"
                                         " 'entry_added', 'entry_gone')", error);

  if (n == 4)
    return TRUE;
  if (n >= 0)
    {
      self->state = RD_HISTORY_STATE_DAMAGED;
      g_propagate_error (error, rd_fault_new (RD_FAULT_STORAGE, NULL, 0, "its tables are missing", "history"));
    }
  return FALSE;
}

gboolean
rd_history_db_upgrade (RdHistoryDb *self, GError **error)
{
  gint64 version = rd_history_db_number (self, "PRAGMA user_version", error);

  if (version < 0)
    return FALSE;
  if (version > RD_HISTORY_SCHEMA)
    {
      self->state = RD_HISTORY_STATE_NEWER;
      g_propagate_error (error, rd_fault_new (RD_FAULT_STORAGE, NULL, 0, "of a newer version", "history"));
      return FALSE;
    }
  if (version < RD_HISTORY_SCHEMA)
    {
      if (!rd_history_db_begin (self, error))
        return FALSE;
      if (!rd_history_db_end (self, take_steps (self, version, error), error))
        return FALSE;
    }
  return check_tables (self, error);
}
