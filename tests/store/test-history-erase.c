/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "history-fixture.h"
#include "rd-fault.h"
#include "rd-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* What leaves the history: for good, by its age, into a file. */

#define SECRET "Zephyrine"
#define OTHER "Quintessa"

static void
add_some (HistoryFixture *self)
{
  history_fixture_open (self, 0);
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *ref = g_strdup_printf ("c%u", i);

      rd_history_add (self->history, history_call (ref, "missed", "7", i % 2 == 0 ? SECRET : OTHER, 1000 + i));
    }
  history_fixture_await (self, 300);
}

/* Neither in the file, nor in its log, nor in the index of words (which has it in lower case). */
static void
assert_gone (HistoryFixture *self)
{
  g_autofree char *lower = g_ascii_strdown (SECRET, -1);

  g_assert_false (history_contains (self, SECRET));
  g_assert_false (history_contains (self, lower));
  /* Parts of a term that shares its beginning with another one */
  g_assert_false (history_contains (self, lower + 2));
}

static void
test_some (HistoryFixture *self, gconstpointer data)
{
  add_some (self);
  g_assert_true (history_contains (self, SECRET));
  g_assert_cmpint (history_erase (self, "{'search': <'zeph'>}"), ==, 150);
  assert_gone (self);
  g_assert_true (history_contains (self, OTHER));
  g_assert_cmpint (history_count (self, NULL), ==, 150);
  g_assert_cmpuint (rd_history_get_missed (self->history), ==, 150);
  g_assert_cmpuint (self->resets, ==, 1);
  history_fixture_close (self);
  assert_gone (self);
}

static void
test_all (HistoryFixture *self, gconstpointer data)
{
  g_autofree char *aside = g_strconcat (self->path, ".bad-3", NULL);

  g_assert_true (g_file_set_contents (aside, SECRET, -1, NULL));
  add_some (self);
  g_assert_cmpint (history_erase (self, NULL), ==, 300);
  assert_gone (self);
  g_assert_false (g_file_test (aside, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (rd_history_get_missed (self->history), ==, 0);
  history_assert (self, NULL, "ref", "");
  rd_history_add (self->history, history_call ("new", "ended", "7", "Ada", 5));
  rd_test_await (self->added->len == 301);
  history_assert (self, "{'search': <'ada'>}", "ref", "new");
}

static void
test_removed (HistoryFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) calls = NULL;
  g_autoptr (GError) error = NULL;
  guint64 ids[3] = { 0, G_MAXUINT64, 0 };

  history_fixture_open (self, 0);
  rd_history_add (self->history, history_call ("c1", "ended", "7", SECRET, 1000));
  rd_history_add (self->history, history_call ("c2", "ended", "7", "Ada", 2000));
  history_fixture_await (self, 2);
  g_assert_true (g_variant_lookup (self->added->pdata[0], "id", "t", &ids[0]));
  rd_history_remove_async (self->history, ids, G_N_ELEMENTS (ids), rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_assert_cmpint (rd_history_erase_finish (self->history, result, &calls, &error), ==, 1);
  g_assert_no_error (error);
  {
    g_autofree char *text = g_variant_print (calls, FALSE);

    g_assert_cmpstr (text, ==, "[('crm', 'c1')]");
  }
  assert_gone (self);
  history_assert (self, NULL, "ref", "c2");
}

static void
test_by_age (HistoryFixture *self, gconstpointer data)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const gint64 day = 24 * 60 * 60;

  history_fixture_open (self, 0);
  rd_history_add (self->history, history_call ("new", "ended", "7", "Ada", now - day));
  rd_history_add (self->history, history_call ("old", "ended", "7", SECRET, now - 40 * day));
  rd_history_add (self->history, history_call ("edge", "ended", "7", "Ada", now - 29 * day));
  history_fixture_await (self, 3);
  rd_history_set_keep_days (self->history, 30);
  history_assert (self, NULL, "ref", "new edge");
  assert_gone (self);
  history_fixture_close (self);
  /* Also at the start */
  history_fixture_open (self, 0);
  rd_history_set_keep_days (self->history, 7);
  history_assert (self, NULL, "ref", "new");
}

static char *
export (HistoryFixture *self, const char *format, const char *filter, gint64 expected)
{
  g_autofree char *path = g_build_filename (self->folder, "export", NULL);
  g_autoptr (RdHistoryFilter) made = history_filter (filter);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_open (path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  char *text = NULL;

  g_assert_cmpint (fd, >=, 0);
  rd_history_export_async (self->history, made, fd, format, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_assert_cmpint (rd_history_export_finish (self->history, result, &error), ==, expected);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
test_csv (HistoryFixture *self, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  history_fixture_open (self, 0);
  rd_history_add (self->history, history_call ("c1", "ended", "+49171", "=cmd|' /C calc'!A0", 1000));
  rd_history_add (self->history, history_money ("i1", "payment", "Paid, \"at last\"", "1,250.00 USD", 2000));
  history_fixture_await (self, 2);
  text = export (self, "csv", NULL, 2);
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_true (g_str_has_prefix (lines[0], "time,kind,account,"));
  g_assert_cmpstr (lines[1], ==,
                   "1970-01-01T00:16:40Z,call,crm,The CRM,in,ended,,'+49171,'=cmd|' /C calc'!A0,yes,"
                   "1970-01-01T00:16:45Z,1970-01-01T00:17:45Z,,,,,,,,,c1");
  g_assert_cmpstr (lines[2], ==,
                   "1970-01-01T00:33:20Z,payment,crm,The CRM,,,,,,,,,payment.received,i1,"
                   "\"Paid, \"\"at last\"\"\",,,,\"1,250.00 USD\",,i1");
  g_assert_cmpstr (lines[3], ==, "");
}

static void
test_json (HistoryFixture *self, gconstpointer data)
{
  g_autofree char *none = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonArray *array;
  JsonObject *first;

  add_some (self);
  none = export (self, "json", "{'search': <'nobody'>}", 0);
  g_assert_cmpstr (none, ==, "[]\n");
  /* Several pages */
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *ref = g_strdup_printf ("m%u", i);

      rd_history_add (self->history, history_message (ref, "7", "A \"quoted\" \\ name", 5000 + i));
    }
  rd_test_await (self->added->len == 1300);
  text = export (self, "json", NULL, 1300);
  root = json_from_string (text, NULL);
  array = json_node_get_array (root);
  g_assert_cmpuint (json_array_get_length (array), ==, 1300);
  first = json_array_get_object_element (array, 0);
  g_assert_cmpstr (json_object_get_string_member (first, "id"), ==, "c0");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (array, 1299), "name"), ==,
                   "A \"quoted\" \\ name");
}

static void
assert_export_fails (HistoryFixture *self, int fd, const char *format, int code)
{
  g_autoptr (RdHistoryFilter) made = history_filter (NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rd_history_export_async (self->history, made, fd, format, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_assert_cmpint (rd_history_export_finish (self->history, result, &error), ==, -1);
  g_assert_error (error, RD_FAULT, code);
}

static void
test_export_fails (HistoryFixture *self, gconstpointer data)
{
  int ends[2];

  add_some (self);
  assert_export_fails (self, g_open ("/dev/full", O_WRONLY | O_CLOEXEC, 0), "csv", RD_FAULT_STORAGE);
  assert_export_fails (self, g_open ("/dev/null", O_RDONLY | O_CLOEXEC, 0), "csv", RD_FAULT_STORAGE);
  assert_export_fails (self, g_open ("/dev/null", O_WRONLY | O_CLOEXEC, 0), "xml", RD_FAULT_BAD_INPUT);
  /* A reader that has gone */
  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (close (ends[0]), ==, 0);
  assert_export_fails (self, ends[1], "csv", RD_FAULT_STORAGE);
}

/* A reader that does not read holds nobody up. */
static void
test_export_waits (HistoryFixture *self, gconstpointer data)
{
  g_autoptr (RdHistoryFilter) made = history_filter (NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *piece = g_malloc (65536);
  int ends[2];
  gssize n;
  gsize total = 0;

  history_fixture_open (self, 0);
  for (guint i = 0; i < 1900; i++)
    {
      g_autofree char *ref = g_strdup_printf ("c%u", i);

      rd_history_add (self->history, history_call (ref, "missed", "7", SECRET, 1000 + i));
    }
  history_fixture_await (self, 1900);
  g_assert_cmpint (pipe (ends), ==, 0);
  rd_history_export_async (self->history, made, ends[1], "json", rd_test_store_result, &result);
  g_assert_cmpint (history_erase (self, "{'until': <int64 1500000000>}"), ==, 500);
  g_assert_cmpint (history_count (self, NULL), ==, 1400);
  g_assert_null (result);
  while ((n = read (ends[0], piece, 65536)) > 0)
    total += (gsize) n;
  g_assert_cmpint (close (ends[0]), ==, 0);
  rd_test_await (result != NULL);
  g_assert_cmpint (rd_history_export_finish (self->history, result, &error), >=, 1400);
  g_assert_no_error (error);
  g_assert_cmpuint (total, >, 100000);
}

/* Signs without letters are not "everything". */
static void
test_signs (HistoryFixture *self, gconstpointer data)
{
  static const char * const filters[] = { "{'search': <'+++'>}", "{'search': <'\\U0001f600'>}", "{'search': <' '>}" };

  add_some (self);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_assert_cmpint (history_erase (self, filters[i]), ==, 0);
      g_assert_cmpint (history_count (self, filters[i]), ==, 0);
      history_assert (self, filters[i], "ref", "");
    }
  g_assert_cmpint (history_count (self, NULL), ==, 300);
  g_assert_cmpint (history_erase (self, "{'search': <''>}"), ==, 300);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test)                                                                                                \
  g_test_add (path, HistoryFixture, NULL, history_fixture_set_up, test, history_fixture_tear_down)
  ADD ("/store/history/erase/some", test_some);
  ADD ("/store/history/erase/all", test_all);
  ADD ("/store/history/erase/signs", test_signs);
  ADD ("/store/history/erase/removed", test_removed);
  ADD ("/store/history/erase/by-age", test_by_age);
  ADD ("/store/history/export/csv", test_csv);
  ADD ("/store/history/export/json", test_json);
  ADD ("/store/history/export/fails", test_export_fails);
  ADD ("/store/history/export/waits", test_export_waits);
  return g_test_run ();
}
