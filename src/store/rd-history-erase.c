/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-store"

#include "config.h"

#include "rd-history-db.h"

/* Erasing for good. SQLite overwrites what it frees (secure_delete), but two places keep more than that: the index of
 * words only notes that words are gone until its parts are merged, and the log holds old pages until it is emptied. */

#define MAX_CALLS 1000

/* (transfer full): a(ss) */
static GVariant *
dup_calls (RdHistoryDb *self, const char *condition, const RdHistoryFilter *filter, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT account, ref FROM entry WHERE %s AND kind = 'call' AND ref <> ''"
                                          " ORDER BY id DESC LIMIT %d", condition, MAX_CALLS);
  g_autoptr (RdHistoryStatement) statement = rd_history_db_prepare (self, sql, error);
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));
  int result;

  if (statement == NULL)
    return NULL;
  if (filter != NULL)
    rd_history_filter_bind (filter, statement);
  while ((result = rd_history_db_step (self, statement, error)) == SQLITE_ROW)
    {
      g_autofree char *account = g_utf8_make_valid (rd_history_row_text (statement, 0), -1);
      g_autofree char *ref = g_utf8_make_valid (rd_history_row_text (statement, 1), -1);

      g_variant_builder_add (&builder, "(ss)", account, ref);
    }
  return result == SQLITE_DONE ? g_variant_ref_sink (g_variant_builder_end (&builder)) : NULL;
}

static gint64
delete_rows (RdHistoryDb *self, const char *condition, const RdHistoryFilter *filter, GError **error)
{
  g_autofree char *sql = g_strconcat ("DELETE FROM entry WHERE ", condition, NULL);
  g_autoptr (RdHistoryStatement) statement = rd_history_db_prepare (self, sql, error);

  if (statement == NULL)
    return -1;
  if (filter != NULL)
    rd_history_filter_bind (filter, statement);
  return rd_history_db_step (self, statement, error) == SQLITE_DONE ? sqlite3_changes64 (self->db) : -1;
}

static gint64
erase_rows (RdHistoryDb *self, const char *condition, const RdHistoryFilter *filter, GVariant **calls, GError **error)
{
  g_autoptr (GVariant) gone = NULL;
  gint64 n = -1;

  *calls = NULL;
  if (!rd_history_db_begin (self, error))
    return -1;
  gone = dup_calls (self, condition, filter, error);
  if (gone != NULL)
    n = delete_rows (self, condition, filter, error);
  if (n > 0 && !rd_history_db_exec (self, "INSERT INTO search (search) VALUES ('optimize')", error))
    n = -1;
  if (!rd_history_db_end (self, n >= 0, error))
    return -1;
  if (n > 0)
    rd_history_db_wipe (self);
  *calls = g_steal_pointer (&gone);
  return n;
}

static gint64
erase (RdHistoryDb *self, const char *condition, const RdHistoryFilter *filter, GVariant **calls, GError **error)
{
  gint64 n;

  rd_history_db_limit (self, FALSE, NULL);
  n = erase_rows (self, condition, filter, calls, error);
  rd_history_db_limit (self, TRUE, NULL);
  return n;
}

void
rd_history_db_wipe (RdHistoryDb *self)
{
  self->wipe_owed = sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) != SQLITE_OK;
}

gint64
rd_history_db_erase (RdHistoryDb *self, const RdHistoryFilter *filter, GVariant **calls, GError **error)
{
  g_autofree char *condition = rd_history_filter_sql (filter);
  gint64 n = erase (self, condition, filter, calls, error);

  if (n < 0 || !rd_history_filter_is_empty (filter))
    return n;
  /* Nothing is left: neither shall its size be, nor what was set aside. */
  sqlite3_exec (self->db, "VACUUM", NULL, NULL, NULL);
  rd_history_db_wipe (self);
  rd_history_db_delete_aside (self);
  return n;
}

gint64
rd_history_db_remove (RdHistoryDb *self, GArray *ids, GVariant **calls, GError **error)
{
  g_autoptr (GString) condition = g_string_new ("id IN (0");

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (condition, ",%" G_GUINT64_FORMAT,
                            MIN (g_array_index (ids, guint64, i), (guint64) G_MAXINT64));
  g_string_append_c (condition, ')');
  return erase (self, condition->str, NULL, calls, error);
}
