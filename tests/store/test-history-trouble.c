/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "history-fixture.h"
#include "rd-fault.h"
#include "rd-history-worker.h"
#include "rd-test.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What happens to files: an end at any instant, no room, damage, other versions. */

/* Many more with -m slow */
#define KILLS 8
#define SLOW_KILLS 60
#define BALLAST (300 * 1024)

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  char *error = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &error);
  g_assert_cmpstr (error, ==, NULL);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static void
fill (HistoryFixture *self, guint n)
{
  history_fixture_open (self, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *ref = g_strdup_printf ("call-%u", i);

      rd_history_add (self->history,
                      history_call (ref, i % 3 == 0 ? "missed" : "ended", "7", "Ada Lovelace", 1000 + i));
      if (i % 1000 == 999)
        rd_test_await (self->added->len == i + 1);
    }
  history_fixture_await (self, n);
}

/* The child of the test below: adds entries and says which ones it has been told of, until it is killed. */

static void
on_child_added (RdHistory *history, GVariant *entry, gpointer user_data)
{
  const char *ref = NULL;
  g_autofree char *line = NULL;

  g_variant_lookup (entry, "ref", "&s", &ref);
  line = g_strdup_printf ("%s\n", ref);
  g_assert_cmpint (write (STDOUT_FILENO, line, strlen (line)), ==, (gssize) strlen (line));
}

static void G_GNUC_NORETURN
write_until_killed (const char *path, const char *name)
{
  g_autoptr (RdHistory) history = rd_history_new (path, RD_HISTORY_MAX_SIZE);

  g_signal_connect (history, "entry-added", G_CALLBACK (on_child_added), NULL);
  rd_history_open (history);
  for (guint i = 0; ; i++)
    {
      g_autofree char *ref = g_strdup_printf ("%s-%u", name, i);

      if (i < RD_HISTORY_MAX_WAITING - 100)
        rd_history_add (history, history_call (ref, "missed", "7", "Ada Lovelace", 100000 + i));
      g_main_context_iteration (NULL, i >= RD_HISTORY_MAX_WAITING - 100);
      if (i % 64 == 63)
        rd_history_mark_seen (history);
    }
}

static void
test_killed (HistoryFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < (g_test_slow () ? SLOW_KILLS : KILLS); i++)
    {
      g_autofree char *name = g_strdup_printf ("run%u", i);
      const char *const args[] = { data, "--write", self->path, name, NULL };
      g_autoptr (GSubprocess) child = g_subprocess_newv (args, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
      g_autoptr (GDataInputStream) out = NULL;
      guint lines = (guint) g_test_rand_int_range (0, 300);
      char *line;

      g_assert_nonnull (child);
      out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
      for (guint n = 0; n < lines && (line = g_data_input_stream_read_line (out, NULL, NULL, NULL)) != NULL; n++)
        g_ptr_array_add (told, line);
      g_usleep ((gulong) g_test_rand_int_range (0, 3000));
      g_subprocess_send_signal (child, SIGKILL);
      while ((line = g_data_input_stream_read_line (out, NULL, NULL, NULL)) != NULL)
        g_ptr_array_add (told, line);
      g_assert_true (g_subprocess_wait (child, NULL, NULL));
      g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
    }
  history_fixture_open (self, 0);
  g_test_message ("%u entries were told of", told->len);
  g_assert_cmpint (history_count (self, NULL), >=, told->len);
  g_assert_cmpint (history_count (self, "{'search': <'lovelace'>}"), ==, history_count (self, NULL));
  g_assert_cmpuint (self->aside->len, ==, 0);
  g_assert_null (rd_history_get_problem (self->history));
  history_fixture_close (self);
  run_sql (self->path, "PRAGMA integrity_check; INSERT INTO search (search) VALUES ('integrity-check')");
}

static void
test_no_room (HistoryFixture *self, gconstpointer data)
{
  guint n = 0;

  /* Room for some, and then none. */
  history_fixture_open (self, 200 * 1024);
  while (rd_history_get_problem (self->history) == NULL)
    {
      g_autofree char *ref = g_strdup_printf ("call-%u", n++);

      rd_history_add (self->history, history_call (ref, "ended", "7", "Ada Lovelace", 1000 + n));
      rd_test_await (self->added->len == n || rd_history_get_problem (self->history) != NULL);
      g_assert_cmpuint (n, <, 100000);
    }
  g_assert_error (rd_history_get_problem (self->history), RD_FAULT, RD_FAULT_STORAGE);
  g_assert_cmpstr (rd_fault_get_where (rd_history_get_problem (self->history)), ==, "history-full");
  g_assert_cmpuint (self->added->len, ==, n - 1);
  g_assert_false (rd_history_is_writing (self->history));
  /* It can be read, and what is erased makes room for what waits. */
  g_assert_cmpint (history_count (self, NULL), ==, n - 1);
  g_assert_cmpint (history_erase (self, "{'until': <int64 1100000000>}"), ==, 99);
  rd_history_add (self->history, history_call ("late", "ended", "7", "Ada Lovelace", 900));
  rd_test_await (self->added->len == n + 1);
  rd_test_await (rd_history_get_problem (self->history) == NULL);
  g_assert_cmpint (history_count (self, NULL), ==, n + 1 - 99);
}

/* What waits for room is erased with the rest. */
static void
test_no_room_erased (HistoryFixture *self, gconstpointer data)
{
  guint n = 0;
  guint told;

  history_fixture_open (self, 200 * 1024);
  while (rd_history_get_problem (self->history) == NULL)
    {
      g_autofree char *ref = g_strdup_printf ("call-%u", n++);

      rd_history_add (self->history, history_call (ref, "ended", "7", "Ada Lovelace", 1000 + n));
      rd_test_await (self->added->len == n || rd_history_get_problem (self->history) != NULL);
    }
  told = self->added->len;
  rd_history_add (self->history, history_call ("waits", "ended", "7", "Ada Lovelace", 900));
  g_assert_cmpint (history_erase (self, NULL), ==, told);
  rd_test_await (rd_history_get_problem (self->history) == NULL);
  g_assert_false (rd_history_is_writing (self->history));
  rd_history_add (self->history, history_call ("late", "ended", "7", "Ada Lovelace", 950));
  rd_test_await (self->added->len == told + 1);
  history_assert (self, NULL, "ref", "late");
}

/* The child of the test below: on a disk of its own that is full, with @folder's "ballast" to be thrown off. */

static void
write_ballast (const char *path)
{
  FILE *file = fopen (path, "ab");
  char block[512] = { 0 };

  g_assert_nonnull (file);
  setvbuf (file, NULL, _IONBF, 0);
  while (fwrite (block, 1, sizeof block, file) == sizeof block)
    ;
  fclose (file);
}

static guint
add_until_full (HistoryFixture *self, guint from)
{
  guint n = from;

  while (rd_history_get_problem (self->history) == NULL)
    {
      g_autofree char *ref = g_strdup_printf ("call-%u", n++);

      rd_history_add (self->history, history_call (ref, "ended", "7", "Ada Lovelace", 1000 + n));
      rd_test_await (self->added->len == n - from || rd_history_get_problem (self->history) != NULL);
    }
  g_assert_cmpstr (rd_fault_get_where (rd_history_get_problem (self->history)), ==, "history-full");
  return n;
}

static int
live_on_a_full_disk (char *folder)
{
  g_autofree char *ballast = g_build_filename (folder, "ballast", NULL);
  g_autofree char *weight = g_malloc0 (BALLAST);
  HistoryFixture self = { .folder = folder, .path = g_build_filename (folder, "history.db", NULL) };
  guint n;

  self.added = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  self.aside = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_assert_true (g_file_set_contents (ballast, weight, BALLAST, NULL));
  history_fixture_open (&self, 0);
  n = add_until_full (&self, 0);
  write_ballast (ballast);
  /* What is there can be read, also by the next run. */
  g_assert_cmpint (history_count (&self, "{'search': <'ada'>}"), ==, n - 1);
  history_fixture_close (&self);
  history_fixture_open (&self, 0);
  g_assert_cmpint (history_count (&self, "{'search': <'ada'>}"), ==, n - 1);
  g_assert_cmpuint (add_until_full (&self, 5000), ==, 5001);
  /* With room again, what waited is written. */
  g_assert_cmpint (g_remove (ballast), ==, 0);
  rd_history_add (self.history, history_call ("last", "ended", "7", "Ada Lovelace", 900));
  history_fixture_await (&self, 2);
  rd_test_await (rd_history_get_problem (self.history) == NULL);
  g_assert_cmpuint (self.aside->len, ==, 0);
  history_fixture_close (&self);
  g_ptr_array_unref (self.added);
  g_ptr_array_unref (self.aside);
  g_free (self.path);
  return 0;
}

static void
test_full_disk (HistoryFixture *self, gconstpointer data)
{
  g_autofree char *script = g_strdup_printf ("mount -t tmpfs -o size=1m none '%s' || exit 77; exec '%s' --full '%s'",
                                             self->folder, (const char *) data, self->folder);
  const char *const args[] = { "unshare", "--map-root-user", "--mount", "sh", "-c", script, NULL };
  g_autoptr (GSubprocess) child = g_subprocess_newv (args, G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);

  if (child == NULL || !g_subprocess_wait (child, NULL, NULL)
      || (g_subprocess_get_if_exited (child) && g_subprocess_get_exit_status (child) == 77)
      || (g_subprocess_get_if_exited (child) && g_subprocess_get_exit_status (child) == 1))
    {
      g_test_skip ("No disk of its own can be had here");
      return;
    }
  g_assert_true (g_subprocess_get_successful (child));
}

/* Bytes in the middle of the file are something else. */
static void
spoil (const char *path, gsize from, gsize length)
{
  FILE *file = fopen (path, "r+b");

  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, (long) from, SEEK_SET), ==, 0);
  for (gsize i = 0; i < length; i++)
    fputc ((int) (i * 37 + 11) & 0xff, file);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
assert_aside (HistoryFixture *self, const char *where, const char *name)
{
  const GError *error;
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  rd_test_await (self->aside->len > 0);
  error = self->aside->pdata[0];
  g_assert_error (error, RD_FAULT, RD_FAULT_STORAGE);
  g_assert_cmpstr (rd_fault_get_where (error), ==, where);
  g_assert_cmpstr (rd_fault_get_said (error), ==, name);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  rd_test_await (rd_history_get_problem (self->history) != NULL);
  g_assert_cmpstr (rd_fault_get_where (rd_history_get_problem (self->history)), ==, where);
}

static void
test_no_database (HistoryFixture *self, gconstpointer data)
{
  g_assert_true (g_file_set_contents (self->path, "This is a letter to my aunt, and no history at all.", -1, NULL));
  history_fixture_open (self, 0);
  assert_aside (self, "history-damaged", "history.db.bad-1");
  rd_history_add (self->history, history_call ("c1", "ended", "7", "Ada", 1000));
  history_fixture_await (self, 1);
  history_fixture_close (self);
  /* The next run finds nothing wrong. */
  g_ptr_array_set_size (self->aside, 0);
  history_fixture_open (self, 0);
  history_assert (self, NULL, "ref", "c1");
  g_assert_cmpuint (self->aside->len, ==, 0);
  g_assert_null (rd_history_get_problem (self->history));
}

/* A damaged page while the agent runs: found when it is read. */
static void
test_damaged (HistoryFixture *self, gconstpointer data)
{
  gint64 left;

  fill (self, 3000);
  history_fixture_close (self);
  spoil (self->path, 200 * 4096, 30 * 4096);
  history_fixture_open (self, 0);
  history_erase (self, "{'search': <'nobody'>}");
  left = history_count (self, "{'direction': <'in'>, 'search': <'ada'>}");
  if (self->aside->len == 0)
    {
      g_autoptr (GVariant) all = history_list (self, "{'account': <'none'>}", 0, 1, NULL);

      left = history_count (self, NULL);
    }
  assert_aside (self, "history-damaged", "history.db.bad-1");
  left = history_count (self, NULL);
  g_test_message ("%" G_GINT64_FORMAT " of 3000 were taken over", left);
  g_assert_cmpint (left, >, 1000);
  g_assert_cmpint (left, <=, 3000);
  g_assert_cmpint (history_count (self, "{'search': <'lovelace'>}"), ==, left);
  g_assert_cmpuint (rd_history_get_missed (self->history), >, 0);
  rd_history_add (self->history, history_call ("new", "ended", "8", "Bob", 90000));
  rd_test_await (self->added->len == 1);
  history_assert (self, "{'search': <'bob'>}", "ref", "new");
}

static void
test_cut_short (HistoryFixture *self, gconstpointer data)
{
  fill (self, 1000);
  history_fixture_close (self);
  g_assert_cmpint (truncate (self->path, 60 * 4096 + 17), ==, 0);
  history_fixture_open (self, 0);
  g_assert_cmpint (history_count (self, "{'search': <'ada'>}"), <=, 1000);
  history_count (self, "{'account': <'none'>}");
  assert_aside (self, "history-damaged", "history.db.bad-1");
  g_test_message ("%" G_GINT64_FORMAT " of 1000 were taken over", history_count (self, NULL));
  g_assert_cmpint (history_count (self, NULL), >, 100);
}

static void
test_newer (HistoryFixture *self, gconstpointer data)
{
  g_autofree char *aside = g_strconcat (self->path, ".newer-1", NULL);

  fill (self, 10);
  history_fixture_close (self);
  run_sql (self->path, "PRAGMA user_version=999; ALTER TABLE entry ADD COLUMN mood TEXT");
  history_fixture_open (self, 0);
  assert_aside (self, "history-newer", "history.db.newer-1");
  g_assert_cmpint (history_count (self, NULL), ==, 0);
  rd_history_add (self->history, history_call ("meanwhile", "ended", "7", "Ada", 5000));
  history_fixture_await (self, 1);
  history_fixture_close (self);
  /* It stays as it is, however often the older version is started, … */
  g_ptr_array_set_size (self->aside, 0);
  history_fixture_open (self, 0);
  history_assert (self, NULL, "ref", "meanwhile");
  g_assert_cmpuint (self->aside->len, ==, 0);
  history_fixture_close (self);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  /* … and comes back with a version that can read it. */
  run_sql (aside, "PRAGMA user_version=2");
  history_fixture_open (self, 0);
  g_assert_cmpint (history_count (self, NULL), ==, 11);
  g_assert_cmpint (history_count (self, "{'search': <'lovelace'>}"), ==, 10);
  g_assert_false (g_file_test (aside, G_FILE_TEST_EXISTS));
}

/* As version 1 made it. */
static const char version_1[]
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
    "INSERT INTO entry VALUES (7000000, 'call', 'crm', 'CRM', 'c7', 7000000, 'in', 'missed', '', '7', 'Ada', 1, 0, 0,"
    " '',"
    " '', '', '', '', '', '', '', 'Ada');"
    "PRAGMA user_version=1;";

static void
test_older (HistoryFixture *self, gconstpointer data)
{
  run_sql (self->path, version_1);
  history_fixture_open (self, 0);
  history_assert (self, "{'search': <'ad'>}", "ref", "c7");
  /* What was missed before anybody counted is no news. */
  g_assert_cmpuint (rd_history_get_missed (self->history), ==, 0);
  rd_history_add (self->history, history_call ("c8", "missed", "7", "Ada", 8));
  history_fixture_await (self, 1);
  g_assert_cmpuint (rd_history_get_missed (self->history), ==, 1);
  g_assert_cmpuint (self->aside->len, ==, 0);
}

static void
test_no_file (HistoryFixture *self, gconstpointer data)
{
  /* A folder under the file's name: nothing that could be set aside for good reason, and nothing is lost. */
  g_assert_cmpint (g_mkdir (self->path, 0700), ==, 0);
  history_fixture_open (self, 0);
  rd_test_await (rd_history_get_problem (self->history) != NULL);
  rd_history_add (self->history, history_call ("c1", "ended", "7", "Ada", 1000));
  rd_history_add (self->history, history_call ("c2", "ended", "7", "Ada", 2000));
  g_assert_cmpint (g_rmdir (self->path), ==, 0);
  rd_history_add (self->history, history_call ("c3", "ended", "7", "Ada", 3000));
  history_fixture_await (self, 3);
  rd_test_await (rd_history_get_problem (self->history) == NULL);
  history_assert (self, NULL, "ref", "c3 c2 c1");
}

static void
ignore_report (RdHistoryReport *report, gpointer user_data)
{
  rd_history_report_free (report);
}

/* As long as there is no file, nothing in it is due. */
static void
test_no_spinning (HistoryFixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->path, "history.db", NULL);
  g_autoptr (RdHistoryWorker) worker = NULL;
  RdHistoryJob *job = rd_history_job_new (RD_HISTORY_JOB_KEEP);

  g_assert_true (g_file_set_contents (self->path, "", 0, NULL));
  worker = rd_history_worker_new (path, RD_HISTORY_MAX_SIZE, ignore_report, NULL);
  rd_history_worker_open (worker);
  job->days = 30;
  rd_history_worker_attend (worker, job);
  g_assert_cmpint (rd_history_worker_get_wake_up (worker), >, G_USEC_PER_SEC);
  rd_history_worker_tidy (worker);
  g_assert_cmpint (rd_history_worker_get_wake_up (worker), >, G_USEC_PER_SEC);
  g_assert_cmpint (g_unlink (self->path), ==, 0);
}

/* What a record should have and has not */
static void
test_holes (HistoryFixture *self, gconstpointer data)
{
  g_autoptr (GString) sql = g_string_new (version_1);

  g_string_replace (sql, " NOT NULL", "", 0);
  g_string_append (sql, "INSERT INTO entry (id, kind, ref, words) VALUES (8000000, 'call', 'c8', 'Bob'),"
                        " (9000000, NULL, NULL, NULL);");
  run_sql (self->path, sql->str);
  history_fixture_open (self, 0);
  history_assert (self, "{'kinds': <['call']>}", "ref", "c8 c7");
  history_assert (self, NULL, "account", "?  crm");
  g_assert_cmpint (history_count (self, NULL), ==, 3);
  g_assert_cmpint (history_erase (self, NULL), ==, 3);
  g_assert_cmpuint (self->aside->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  if (argc == 4 && g_str_equal (argv[1], "--write"))
    write_until_killed (argv[2], argv[3]);
  if (argc == 3 && g_str_equal (argv[1], "--full"))
    return live_on_a_full_disk (argv[2]);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test)                                                                                                \
  g_test_add (path, HistoryFixture, program, history_fixture_set_up, test, history_fixture_tear_down)
  ADD ("/store/history/killed", test_killed);
  ADD ("/store/history/no-room", test_no_room);
  ADD ("/store/history/no-room-erased", test_no_room_erased);
  ADD ("/store/history/full-disk", test_full_disk);
  ADD ("/store/history/no-database", test_no_database);
  ADD ("/store/history/damaged", test_damaged);
  ADD ("/store/history/cut-short", test_cut_short);
  ADD ("/store/history/newer", test_newer);
  ADD ("/store/history/older", test_older);
  ADD ("/store/history/no-file", test_no_file);
  ADD ("/store/history/no-spinning", test_no_spinning);
  ADD ("/store/history/holes", test_holes);
  return g_test_run ();
}
