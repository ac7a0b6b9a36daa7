/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-store"

#include "config.h"

#include "rd-history-db.h"

#include "rd-fault.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

/* One SQLite file: how it is opened, and what its errors mean. What is committed is on the disk (synchronous=FULL with
 * a log), so that whenever the process is killed the file is whole. The lock is exclusive: nobody else writes it, and
 * no shared memory is needed for which a full disk might have no room. */

#define BUSY_MS 2000
#define PAGE_SIZE 4096

static const char open_pragmas[] = "PRAGMA locking_mode=EXCLUSIVE;"
                                   "PRAGMA journal_mode=WAL;"
                                   "PRAGMA synchronous=FULL;"
                                   "PRAGMA secure_delete=ON;"
                                   "PRAGMA temp_store=MEMORY;"
                                   "PRAGMA cache_size=-1024;"
                                   "PRAGMA journal_size_limit=1048576;";

static RdHistoryState
state_of (int result)
{
  switch (result & 0xff)
    {
    case SQLITE_FULL:
      return RD_HISTORY_STATE_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return RD_HISTORY_STATE_DAMAGED;
    case SQLITE_IOERR:
      /* A file that ends too early is not the disk's fault. */
      return result == SQLITE_IOERR_SHORT_READ ? RD_HISTORY_STATE_DAMAGED : RD_HISTORY_STATE_FAILED;
    default:
      return RD_HISTORY_STATE_FAILED;
    }
}

static void
set_fault (RdHistoryDb *self, const char *said, GError **error)
{
  const char *where = self->state == RD_HISTORY_STATE_FULL ? "history-full" : "history";

  g_propagate_error (error, rd_fault_new (RD_FAULT_STORAGE, NULL, 0, said, where));
}

static void
fail (RdHistoryDb *self, int result, GError **error)
{
  self->state = state_of (result);
  set_fault (self, sqlite3_errstr (result), error);
  g_debug ("history: %s (%d)", self->db != NULL ? sqlite3_errmsg (self->db) : "", result);
}

gboolean
rd_history_db_exec (RdHistoryDb *self, const char *sql, GError **error)
{
  int result = sqlite3_exec (self->db, sql, NULL, NULL, NULL);

  if (result == SQLITE_OK)
    return TRUE;
  fail (self, sqlite3_extended_errcode (self->db), error);
  return FALSE;
}

sqlite3_stmt *
rd_history_db_prepare (RdHistoryDb *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) == SQLITE_OK)
    return statement;
  fail (self, sqlite3_extended_errcode (self->db), error);
  return NULL;
}

sqlite3_stmt *
rd_history_db_keep (RdHistoryDb *self, RdHistoryKept which, const char *sql, GError **error)
{
  if (self->kept[which] == NULL)
    self->kept[which] = rd_history_db_prepare (self, sql, error);
  return self->kept[which];
}

int
rd_history_db_step (RdHistoryDb *self, sqlite3_stmt *statement, GError **error)
{
  int result = sqlite3_step (statement);

  if (result != SQLITE_ROW && result != SQLITE_DONE)
    fail (self, sqlite3_extended_errcode (self->db), error);
  return result;
}

gboolean
rd_history_db_begin (RdHistoryDb *self, GError **error)
{
  return rd_history_db_exec (self, "BEGIN IMMEDIATE", error);
}

gboolean
rd_history_db_end (RdHistoryDb *self, gboolean good, GError **error)
{
  if (good && rd_history_db_exec (self, "COMMIT", error))
    return TRUE;
  /* A full disk may have ended it already. */
  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

gboolean
rd_history_db_limit (RdHistoryDb *self, gboolean limited, GError **error)
{
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("PRAGMA max_page_count=%" G_GINT64_FORMAT, limited ? self->max_size / PAGE_SIZE : G_MAXINT32);
  return rd_history_db_exec (self, sql, error);
}

gint64
rd_history_db_number (RdHistoryDb *self, const char *sql, GError **error)
{
  g_autoptr (RdHistoryStatement) statement = rd_history_db_prepare (self, sql, error);
  int result;

  if (statement == NULL)
    return -1;
  result = rd_history_db_step (self, statement, error);
  if (result == SQLITE_ROW)
    return sqlite3_column_int64 (statement, 0);
  if (result == SQLITE_DONE)
    fail (self, SQLITE_CORRUPT, error);
  return -1;
}

/* SQLite makes its files as the umask says, and its log with the rights of the file. */
static gboolean
make_private (RdHistoryDb *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  struct stat info;
  int fd;

  g_mkdir_with_parents (folder, 0700);
  fd = g_open (self->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0600);
  if (fd >= 0 && fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    {
      g_close (fd, NULL);
      return TRUE;
    }
  self->state = errno == ENOSPC || errno == EDQUOT ? RD_HISTORY_STATE_FULL : RD_HISTORY_STATE_FAILED;
  set_fault (self, fd >= 0 ? "not a regular file" : g_strerror (errno), error);
  if (fd >= 0)
    g_close (fd, NULL);
  return FALSE;
}

/* A log that is still there says that nobody closed the file. */
static gboolean
ended_badly (RdHistoryDb *self)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  struct stat info;

  return g_stat (log, &info) == 0 && info.st_size > 0;
}

static gboolean
look_for_damage (RdHistoryDb *self, GError **error)
{
  g_autoptr (RdHistoryStatement) statement = rd_history_db_prepare (self, "PRAGMA quick_check(1)", error);

  if (statement == NULL || rd_history_db_step (self, statement, error) != SQLITE_ROW)
    return FALSE;
  if (g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0)
    return TRUE;
  fail (self, SQLITE_CORRUPT, error);
  return FALSE;
}

static gboolean
set_up (RdHistoryDb *self, gboolean suspicious, GError **error)
{
  sqlite3_extended_result_codes (self->db, 1);
  sqlite3_busy_timeout (self->db, BUSY_MS);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  return rd_history_db_exec (self, open_pragmas, error)
         && (!suspicious || look_for_damage (self, error))
         && rd_history_db_upgrade (self, error)
         && rd_history_db_limit (self, TRUE, error);
}

gboolean
rd_history_db_open (RdHistoryDb *self, GError **error)
{
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
  gboolean suspicious;
  int result;

  if (self->db != NULL)
    return TRUE;
  if (!make_private (self, error))
    return FALSE;
  suspicious = ended_badly (self);
  result = sqlite3_open_v2 (self->path, &self->db, flags, NULL);
  if (result != SQLITE_OK)
    fail (self, result, error);
  if (result == SQLITE_OK && set_up (self, suspicious, error))
    {
      self->state = RD_HISTORY_STATE_GOOD;
      return TRUE;
    }
  rd_history_db_close (self);
  return FALSE;
}

void
rd_history_db_close (RdHistoryDb *self)
{
  for (guint i = 0; i < RD_HISTORY_N_KEPT; i++)
    g_clear_pointer (&self->kept[i], rd_history_statement_free);
  sqlite3_close_v2 (self->db);
  self->db = NULL;
}

gboolean
rd_history_db_is_open (RdHistoryDb *self)
{
  return self->db != NULL;
}

RdHistoryDb *
rd_history_db_new (const char *path, gint64 max_size)
{
  RdHistoryDb *self = g_new0 (RdHistoryDb, 1);

  self->path = g_strdup (path);
  self->max_size = max_size;
  return self;
}

void
rd_history_db_free (RdHistoryDb *self)
{
  rd_history_db_close (self);
  g_free (self->path);
  g_free (self);
}
