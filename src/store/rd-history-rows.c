/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-store"

#include "config.h"

#include "rd-history-db.h"

#include "rd-clean.h"
#include "rd-history-words.h"

/* Entries as rows: one table says which key of an ENTRY stands in which column, and to which kinds it belongs. */

#define MONEY (RD_HISTORY_PAYMENT | RD_HISTORY_INVOICE | RD_HISTORY_NOTICE)
#define TALK (RD_HISTORY_CALL | RD_HISTORY_MESSAGE)
#define ALL (RD_HISTORY_CALL | RD_HISTORY_MESSAGE | MONEY)

/* Characters of a text that find it */
#define MAX_FOUND 500

/* Two emissions of one thing, the second after a restart: of what a site gives an id, and of what only its content
 * tells. */
#define SAME_THING_US (10 * G_TIME_SPAN_MINUTE)
#define SAME_WORDS_US (5 * G_USEC_PER_SEC)

typedef struct
{
  const char *key;
  RdHistoryKinds kinds;
  char type; /* of the variant */
  gboolean searched;
} Column;

/* In the order of rd_history_row_columns, after id and kind. */
static const Column columns[] = {
  { "account", ALL, 's', FALSE },
  { "account-name", ALL, 's', FALSE },
  { "ref", ALL, 's', FALSE },
  { "at", ALL, 'x', FALSE },
  { "direction", TALK, 's', FALSE },
  { "state", RD_HISTORY_CALL, 's', FALSE },
  { "reason", RD_HISTORY_CALL, 's', FALSE },
  { "peer-id", TALK, 's', TRUE },
  { "peer-name", TALK, 's', TRUE },
  { "audio", RD_HISTORY_CALL, 'b', FALSE },
  { "started-at", RD_HISTORY_CALL, 'x', FALSE },
  { "ended-at", RD_HISTORY_CALL, 'x', FALSE },
  { "event", MONEY, 's', FALSE },
  { "invoice-id", MONEY, 's', TRUE },
  { "title", MONEY, 's', TRUE },
  { "body", MONEY, 's', TRUE },
  { "type", MONEY, 's', FALSE },
  { "status", MONEY, 's', FALSE },
  { "amount", MONEY, 's', TRUE },
  { "conversation", RD_HISTORY_MESSAGE, 's', FALSE },
};

#define COLUMN_NAMES                                                                                                   \
  "id, kind, account, account_name, ref, at, direction, state, reason, peer_id, peer_name, audio, started_at, "        \
  "ended_at, event, invoice_id, title, body, type, status, amount, conversation"

const char *const rd_history_row_columns = COLUMN_NAMES;

#define FIRST_COLUMN 2
#define WORDS_COLUMN (FIRST_COLUMN + (int) G_N_ELEMENTS (columns))

static const char insert_sql[]
  = "INSERT INTO entry (" COLUMN_NAMES ", words, unseen)"
    " VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,?23,?24)";

static const char *
look_up (GVariant *entry, const char *key)
{
  const char *text = "";

  g_variant_lookup (entry, key, "&s", &text);
  return text;
}

static void
bind_text (sqlite3_stmt *statement, int column, const char *text)
{
  sqlite3_bind_text (statement, column, text, -1, SQLITE_TRANSIENT);
}

static void
bind_column (sqlite3_stmt *statement, guint i, GVariant *entry, RdHistoryKinds kind, GString *words)
{
  const Column *column = &columns[i];
  int place = FIRST_COLUMN + 1 + (int) i;
  gboolean ours = (column->kinds & kind) != 0;
  gboolean yes = FALSE;
  gint64 number = 0;

  switch (column->type)
    {
    case 'x':
      if (ours)
        g_variant_lookup (entry, column->key, "x", &number);
      sqlite3_bind_int64 (statement, place, number);
      break;
    case 'b':
      if (ours)
        g_variant_lookup (entry, column->key, "b", &yes);
      sqlite3_bind_int (statement, place, yes);
      break;
    default:
      bind_text (statement, place, ours ? look_up (entry, column->key) : "");
      if (ours && column->searched)
        rd_history_words_add (words, look_up (entry, column->key), MAX_FOUND);
      break;
    }
}

static gboolean
is_missed (GVariant *entry, RdHistoryKinds kind)
{
  return kind == RD_HISTORY_CALL && g_str_equal (look_up (entry, "state"), "missed")
         && g_str_equal (look_up (entry, "direction"), "in");
}

/* Whether it is there: -1 with @error */
static int
is_known (RdHistoryDb *self, GVariant *entry, RdHistoryKinds kind, gint64 at, GError **error)
{
  static const char sql[] = "SELECT 1 FROM entry WHERE ref = ?1 AND ref <> '' AND account = ?2 AND kind = ?3"
                            " AND at BETWEEN ?4 AND ?5 LIMIT 1";
  const char *ref = look_up (entry, "ref");
  gint64 span = kind & TALK ? SAME_THING_US : SAME_WORDS_US;
  sqlite3_stmt *statement;
  int result;

  if (*ref == '\0')
    return FALSE;
  statement = rd_history_db_keep (self, RD_HISTORY_KNOWN, sql, error);
  if (statement == NULL)
    return -1;
  bind_text (statement, 1, ref);
  bind_text (statement, 2, look_up (entry, "account"));
  bind_text (statement, 3, look_up (entry, "kind"));
  sqlite3_bind_int64 (statement, 4, at - span);
  sqlite3_bind_int64 (statement, 5, at + span);
  result = rd_history_db_step (self, statement, error);
  sqlite3_reset (statement);
  return result == SQLITE_ROW ? TRUE : result == SQLITE_DONE ? FALSE : -1;
}

/* The number that @sql gives for ?1; 0: none, -1 with @error */
static gint64
ask_id (RdHistoryDb *self, RdHistoryKept which, const char *sql, gint64 id, GError **error)
{
  sqlite3_stmt *statement = rd_history_db_keep (self, which, sql, error);
  gint64 number = 0;
  int result;

  if (statement == NULL)
    return -1;
  sqlite3_bind_int64 (statement, 1, id);
  result = rd_history_db_step (self, statement, error);
  if (result == SQLITE_ROW)
    number = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return result == SQLITE_ROW || result == SQLITE_DONE ? number : -1;
}

/* The first id from @at on that is free; -1 with @error */
static gint64
find_id (RdHistoryDb *self, gint64 at, GError **error)
{
  gint64 taken = ask_id (self, RD_HISTORY_TAKEN, "SELECT id FROM entry WHERE id = ?1", at, error);

  if (taken < 0)
    return -1;
  if (taken == 0)
    return at;
  return ask_id (self, RD_HISTORY_FREE,
                 "SELECT id + 1 FROM entry AS one WHERE id >= ?1"
                 " AND NOT EXISTS (SELECT 1 FROM entry WHERE id = one.id + 1) ORDER BY id LIMIT 1", at, error);
}

static GVariant *
with_id (GVariant *entry, gint64 id, gint64 at)
{
  g_autofree char *cursor = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  GVariantDict dict;

  g_variant_dict_init (&dict, entry);
  g_variant_dict_insert (&dict, "id", "t", (guint64) id);
  g_variant_dict_insert (&dict, "cursor", "s", cursor);
  g_variant_dict_insert (&dict, "at", "x", at);
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

gboolean
rd_history_db_insert (RdHistoryDb *self, GVariant *entry, gint64 now, GVariant **added, GError **error)
{
  RdHistoryKinds kind = rd_history_kind_from_string (look_up (entry, "kind"));
  g_autoptr (GString) words = g_string_new (NULL);
  sqlite3_stmt *statement;
  gboolean done;
  gint64 at = 0;
  gint64 id;
  int known;

  *added = NULL;
  g_variant_lookup (entry, "at", "x", &at);
  /* Nothing that a site says has happened is yet to come, nor without a time. */
  if (at <= 0 || at > now)
    at = now;
  known = is_known (self, entry, kind, at, error);
  if (known != FALSE)
    return known == TRUE;
  id = find_id (self, at, error);
  statement = id > 0 ? rd_history_db_keep (self, RD_HISTORY_INSERT, insert_sql, error) : NULL;
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  bind_text (statement, 2, rd_history_kind_to_string (kind));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    bind_column (statement, i, entry, kind, words);
  sqlite3_bind_int64 (statement, FIRST_COLUMN + 4, at);
  bind_text (statement, WORDS_COLUMN + 1, words->str);
  sqlite3_bind_int (statement, WORDS_COLUMN + 2, is_missed (entry, kind));
  done = rd_history_db_step (self, statement, error) == SQLITE_DONE;
  sqlite3_reset (statement);
  if (done)
    *added = with_id (entry, id, at);
  return done;
}

const char *
rd_history_row_text (sqlite3_stmt *statement, int place)
{
  const char *text = (const char *) sqlite3_column_text (statement, place);

  return text != NULL ? text : "";
}

static void
read_column (sqlite3_stmt *statement, guint i, GVariantDict *dict)
{
  const Column *column = &columns[i];
  int place = FIRST_COLUMN + (int) i;
  g_autofree char *text = NULL;

  switch (column->type)
    {
    case 'x':
      g_variant_dict_insert (dict, column->key, "x", (gint64) sqlite3_column_int64 (statement, place));
      break;
    case 'b':
      g_variant_dict_insert (dict, column->key, "b", sqlite3_column_int (statement, place) != 0);
      break;
    default:
      /* Whatever stands in a file may have been put there by something else. */
      text = rd_clean_text (rd_history_row_text (statement, place), RD_CLEAN_TEXT);
      g_variant_dict_insert (dict, column->key, "s", text);
      break;
    }
}

GVariant *
rd_history_row_dup (sqlite3_stmt *statement)
{
  RdHistoryKinds kind = rd_history_kind_from_string (rd_history_row_text (statement, 1));
  guint64 id = (guint64) sqlite3_column_int64 (statement, 0);
  g_autofree char *cursor = g_strdup_printf ("%" G_GUINT64_FORMAT, id);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "id", "t", id);
  g_variant_dict_insert (&dict, "cursor", "s", cursor);
  g_variant_dict_insert (&dict, "kind", "s", rd_history_kind_to_string (kind));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (columns[i].kinds & kind)
      read_column (statement, i, &dict);
  /* As LISTED CALL has it */
  if (kind == RD_HISTORY_CALL)
    g_variant_dict_insert (&dict, "created-at", "x", (gint64) sqlite3_column_int64 (statement, FIRST_COLUMN + 3));
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

gboolean
rd_history_db_copy (RdHistoryDb *self, sqlite3_stmt *row, GError **error)
{
  g_autofree char *sql = g_strconcat ("INSERT OR IGNORE", insert_sql + strlen ("INSERT"), NULL);
  RdHistoryKinds kind = rd_history_kind_from_string (rd_history_row_text (row, 1));
  g_autoptr (GVariant) entry = NULL;
  g_autoptr (GString) words = g_string_new (NULL);
  sqlite3_stmt *statement;
  gboolean done;

  /* A row that makes no sense is what was damaged. */
  if (kind == 0 || sqlite3_column_int64 (row, 0) <= 0)
    return TRUE;
  entry = rd_history_row_dup (row);
  statement = rd_history_db_keep (self, RD_HISTORY_COPY, sql, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, sqlite3_column_int64 (row, 0));
  bind_text (statement, 2, rd_history_kind_to_string (kind));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    bind_column (statement, i, entry, kind, words);
  bind_text (statement, WORDS_COLUMN + 1, words->str);
  /* They come after the row's own. */
  sqlite3_bind_int (statement, WORDS_COLUMN + 2, sqlite3_column_int (row, WORDS_COLUMN));
  done = rd_history_db_step (self, statement, error) == SQLITE_DONE;
  sqlite3_reset (statement);
  return done;
}
