/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-store"

#include "config.h"

#include "rd-history-db.h"

#include "rd-fault.h"
#include "rd-history-words.h"

/* What is asked of the history. All is read along the ids, which are times; nothing is sorted, so that the first page
 * comes as fast of 100,000 entries as of ten. */

#define MAX_LIMIT 1000

/* Variables of a statement */
enum
{
  ACCOUNT = 1,
  PEER,
  DIRECTION,
  SINCE,
  UNTIL,
  SEARCH,
  FROM = 10,
  LIMIT,
};

static void
add_kinds (GString *sql, RdHistoryKinds kinds)
{
  const char *comma = "";

  g_string_append (sql, " AND entry.kind IN (");
  for (guint bit = RD_HISTORY_CALL; bit <= RD_HISTORY_MESSAGE; bit <<= 1)
    if (kinds & bit)
      {
        g_string_append_printf (sql, "%s'%s'", comma, rd_history_kind_to_string (bit));
        comma = ", ";
      }
  g_string_append (sql, ")");
}

/* (nullable) (transfer full) */
static char *
dup_search (const RdHistoryFilter *filter)
{
  return filter->search != NULL ? rd_history_words_query (filter->search) : NULL;
}

/* Signs alone are found nowhere: they must not mean everything, least of all where it is erased. */
static gboolean
finds_nothing (const RdHistoryFilter *filter)
{
  g_autofree char *search = dup_search (filter);

  return search == NULL && filter->search != NULL && *filter->search != '\0';
}

static char *
make_condition (const RdHistoryFilter *filter)
{
  g_autoptr (GString) sql = g_string_new (finds_nothing (filter) ? "0" : "1");

  if (filter->kinds != 0)
    add_kinds (sql, filter->kinds);
  if (filter->account != NULL)
    g_string_append (sql, " AND entry.account = ?1");
  if (filter->peer != NULL)
    g_string_append (sql, " AND entry.peer_id = ?2 AND entry.peer_id <> ''");
  if (filter->direction != NULL)
    g_string_append (sql, " AND entry.direction = ?3");
  if (filter->missed)
    g_string_append (sql, " AND entry.state = 'missed' AND entry.direction = 'in'");
  if (filter->since > 0)
    g_string_append (sql, " AND entry.id >= ?4");
  if (filter->until > 0)
    g_string_append (sql, " AND entry.id < ?5");
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

char *
rd_history_filter_sql (const RdHistoryFilter *filter)
{
  g_autofree char *condition = make_condition (filter);
  g_autofree char *search = dup_search (filter);

  if (search == NULL)
    return g_steal_pointer (&condition);
  return g_strconcat (condition, " AND entry.id IN (SELECT rowid FROM search WHERE search MATCH ?6)", NULL);
}

void
rd_history_filter_bind (const RdHistoryFilter *filter, sqlite3_stmt *statement)
{
  g_autofree char *search = dup_search (filter);

  /* Those that a statement has not are left out; SQLite says so, and that is all. */
  if (filter->account != NULL)
    sqlite3_bind_text (statement, ACCOUNT, filter->account, -1, SQLITE_TRANSIENT);
  if (filter->peer != NULL)
    sqlite3_bind_text (statement, PEER, filter->peer, -1, SQLITE_TRANSIENT);
  if (filter->direction != NULL)
    sqlite3_bind_text (statement, DIRECTION, filter->direction, -1, SQLITE_TRANSIENT);
  if (filter->since > 0)
    sqlite3_bind_int64 (statement, SINCE, filter->since);
  if (filter->until > 0)
    sqlite3_bind_int64 (statement, UNTIL, filter->until);
  if (search != NULL)
    sqlite3_bind_text (statement, SEARCH, search, -1, SQLITE_TRANSIENT);
}

/* The index of words gives its rows in the order of their ids, so that it can be the outer loop and stop with the
 * page. */
static char *
make_list_sql (const RdHistoryFilter *filter, gboolean ascending, gboolean from_there)
{
  g_autofree char *condition = make_condition (filter);
  g_autofree char *search = dup_search (filter);
  const char *key = search != NULL ? "search.rowid" : "entry.id";
  g_autofree char *from = NULL;

  if (from_there)
    from = g_strdup_printf (" AND %s %s ?10", key, ascending ? ">" : "<");
  return g_strdup_printf ("SELECT %s FROM %s WHERE %s%s AND %s ORDER BY %s %s LIMIT ?11",
                          rd_history_row_columns,
                          search != NULL ? "search CROSS JOIN entry ON entry.id = search.rowid" : "entry",
                          search != NULL ? "search MATCH ?6" : "1", from != NULL ? from : "", condition, key,
                          ascending ? "ASC" : "DESC");
}

GVariant *
rd_history_db_list (RdHistoryDb *self, const RdHistoryFilter *filter, gboolean ascending, guint64 from, guint limit,
                    gboolean *more, GError **error)
{
  g_autofree char *sql = make_list_sql (filter, ascending, from != 0);
  g_autoptr (RdHistoryStatement) statement = rd_history_db_prepare (self, sql, error);
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  int result = SQLITE_DONE;
  guint n = 0;

  *more = FALSE;
  if (statement == NULL)
    return NULL;
  limit = CLAMP (limit, 1, MAX_LIMIT);
  rd_history_filter_bind (filter, statement);
  if (from != 0)
    sqlite3_bind_int64 (statement, FROM, (gint64) MIN (from, (guint64) G_MAXINT64));
  sqlite3_bind_int64 (statement, LIMIT, (gint64) limit + 1);
  while ((result = rd_history_db_step (self, statement, error)) == SQLITE_ROW)
    {
      g_autoptr (GVariant) entry = NULL;

      *more = n == limit;
      if (*more)
        break;
      entry = rd_history_row_dup (statement);
      g_variant_builder_add_value (&builder, entry);
      n++;
    }
  if (result != SQLITE_DONE && result != SQLITE_ROW)
    return NULL;
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

GVariant *
rd_history_db_get (RdHistoryDb *self, guint64 id, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM entry WHERE id = ?1", rd_history_row_columns);
  g_autoptr (RdHistoryStatement) statement = rd_history_db_prepare (self, sql, error);
  int result;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, (gint64) MIN (id, (guint64) G_MAXINT64));
  result = rd_history_db_step (self, statement, error);
  if (result == SQLITE_ROW)
    return rd_history_row_dup (statement);
  if (result == SQLITE_DONE)
    {
      /* The file is fine. */
      self->state = RD_HISTORY_STATE_GOOD;
      g_propagate_error (error, rd_fault_new (RD_FAULT_NOT_FOUND, NULL, 0, NULL, "entry"));
    }
  return NULL;
}

gint64
rd_history_db_count (RdHistoryDb *self, const RdHistoryFilter *filter, GError **error)
{
  g_autofree char *condition = rd_history_filter_sql (filter);
  g_autofree char *sql = g_strconcat ("SELECT count(*) FROM entry WHERE ", condition, NULL);
  g_autoptr (RdHistoryStatement) statement = rd_history_db_prepare (self, sql, error);

  if (statement == NULL)
    return -1;
  rd_history_filter_bind (filter, statement);
  if (rd_history_db_step (self, statement, error) != SQLITE_ROW)
    return -1;
  return sqlite3_column_int64 (statement, 0);
}

gint64
rd_history_db_count_missed (RdHistoryDb *self, GError **error)
{
  return rd_history_db_number (self, "SELECT count(*) FROM entry WHERE unseen <> 0", error);
}

gboolean
rd_history_db_mark_seen (RdHistoryDb *self, GError **error)
{
  return rd_history_db_exec (self, "UPDATE entry SET unseen = 0 WHERE unseen <> 0", error);
}
