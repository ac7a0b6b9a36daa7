/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-store"

#include "config.h"

#include "rd-history-db.h"

#include "rd-fault.h"
#include "rd-file-writer.h"

#include <errno.h>
#include <glib/gstdio.h>

/* Files that cannot be used as they are. None is ever deleted but by whoever erases everything: a damaged one is kept
 * as history.db.bad-N, and what can still be read of it is taken over; one of a newer version is kept as
 * history.db.newer-N, and taken back by the version that can read it. */

#define MAX_ASIDE 100

static char *
aside_name (RdHistoryDb *self, const char *why, guint n)
{
  return g_strdup_printf ("%s.%s-%u", self->path, why, n);
}

/* The log belongs to the file: without it the last entries would be missing, and under the old name it would spoil the
 * new file. */
static void
move_log (RdHistoryDb *self, const char *name)
{
  static const char *const tails[] = { "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *from = g_strconcat (self->path, tails[i], NULL);
      g_autofree char *to = g_strconcat (name, tails[i], NULL);

      g_rename (from, to);
    }
}

GError *
rd_history_db_set_aside (RdHistoryDb *self, GError **error)
{
  gboolean newer = self->state == RD_HISTORY_STATE_NEWER;
  g_autofree char *base = NULL;
  int failed = 0;

  for (guint i = 1; i <= MAX_ASIDE; i++)
    {
      g_autofree char *name = aside_name (self, newer ? "newer" : "bad", i);

      if (g_file_test (name, G_FILE_TEST_EXISTS))
        continue;
      if (g_rename (self->path, name) != 0)
        {
          failed = errno;
          break;
        }
      move_log (self, name);
      base = g_path_get_basename (name);
      return rd_fault_new (RD_FAULT_STORAGE, NULL, 0, base, newer ? "history-newer" : "history-damaged");
    }
  g_propagate_error (error, rd_fault_new (RD_FAULT_STORAGE, NULL, 0,
                                          failed != 0 ? g_strerror (failed) : "too many files were set aside",
                                          "history"));
  return NULL;
}

/* (nullable): with what the columns of this version need; "unseen" is taken as 0 where there is none. */
static sqlite3_stmt *
prepare_rows (sqlite3 *from, const char *order)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s, unseen FROM entry ORDER BY id %s", rd_history_row_columns, order);
  g_autofree char *older = g_strdup_printf ("SELECT %s, 0 FROM entry ORDER BY id %s", rd_history_row_columns, order);
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (from, sql, -1, &statement, NULL) != SQLITE_OK
      && sqlite3_prepare_v2 (from, older, -1, &statement, NULL) != SQLITE_OK)
    return NULL;
  return statement;
}

/* As far as it goes. @n: (inout); FALSE: it did not go to the end */
static gboolean
copy_rows (RdHistoryDb *self, sqlite3 *from, const char *order, guint *n)
{
  g_autoptr (RdHistoryStatement) rows = prepare_rows (from, order);
  gboolean good = rows != NULL;
  int result = SQLITE_ERROR;

  if (!good || !rd_history_db_begin (self, NULL))
    return FALSE;
  while (good && (result = sqlite3_step (rows)) == SQLITE_ROW)
    {
      good = rd_history_db_copy (self, rows, NULL);
      *n += good ? (guint) sqlite3_changes (self->db) : 0;
    }
  return rd_history_db_end (self, good, NULL) && result == SQLITE_DONE;
}

static gboolean
copy_file (RdHistoryDb *self, const char *path, gboolean whole, guint *n)
{
  sqlite3 *from = NULL;
  gboolean good = FALSE;

  *n = 0;
  if (sqlite3_open_v2 (path, &from, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
    {
      /* writable_schema: a file that ends too early is read as far as it goes; nothing is written. */
      sqlite3_exec (from, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
                          "PRAGMA writable_schema=ON", NULL, NULL, NULL);
      good = copy_rows (self, from, "ASC", n);
      /* From the other end, up to where it is broken. */
      if (!good && !whole)
        copy_rows (self, from, "DESC", n);
    }
  sqlite3_close_v2 (from);
  return good;
}

gboolean
rd_history_db_rescue (RdHistoryDb *self, const char *path)
{
  guint n;
  gboolean all = copy_file (self, path, FALSE, &n);

  g_message ("The history: %u entries of %s were taken over", n, path);
  return all;
}

static gint64
version_of (const char *path)
{
  RdHistoryDb *other = rd_history_db_new (path, 0);
  gint64 version = -1;

  if (sqlite3_open_v2 (path, &other->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
    version = rd_history_db_number (other, "PRAGMA user_version", NULL);
  rd_history_db_free (other);
  return version;
}

static void
delete_file (const char *path)
{
  static const char *const tails[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *name = g_strconcat (path, tails[i], NULL);

      g_unlink (name);
    }
}

guint
rd_history_db_take_back (RdHistoryDb *self)
{
  guint all = 0;

  for (guint i = 1; i <= MAX_ASIDE; i++)
    {
      g_autofree char *name = aside_name (self, "newer", i);
      gint64 version;
      guint n;

      if (!g_file_test (name, G_FILE_TEST_IS_REGULAR))
        continue;
      version = version_of (name);
      if (version < 1 || version > RD_HISTORY_SCHEMA || !copy_file (self, name, TRUE, &n))
        continue;
      delete_file (name);
      all += n;
    }
  return all;
}

void
rd_history_db_delete_aside (RdHistoryDb *self)
{
  for (guint i = 1; i <= MAX_ASIDE; i++)
    {
      g_autofree char *bad = aside_name (self, "bad", i);
      g_autofree char *newer = aside_name (self, "newer", i);

      delete_file (bad);
      delete_file (newer);
    }
}
