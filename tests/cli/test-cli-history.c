/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-mock-agent.h"
#include "rd-test.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

/* `ringdown history` against a mock agent. */

#define RUN(...) RD_MOCK_RUN (fixture, __VA_ARGS__)
#define HOSTILE "\033]0;evil\007\033[31mAda\r\n\342\200\256x"

static void
set_entries (RdMockFixture *fixture, GVariant *entries)
{
  g_variant_unref (fixture->agent->entries);
  fixture->agent->entries = g_variant_ref_sink (entries);
}

static GVariant *
make_day (void)
{
  return g_variant_new_parsed (
    "[{'id': <uint64 3>, 'cursor': <'0'>, 'kind': <'call'>, 'account': <'crm'>, 'account-name': <'Work'>,"
    "  'ref': <'c3'>, 'at': <int64 1767225600000000>, 'direction': <'in'>, 'state': <'missed'>,"
    "  'reason': <'ring-deadline'>,"
    "  'peer-name': <%s>, 'audio': <true>, 'started-at': <int64 0>},"
    " {'id': <uint64 2>, 'cursor': <'1'>, 'kind': <'payment'>, 'account': <'pay'>, 'account-name': <''>, 'ref': <'i'>,"
    "  'at': <int64 1767225500000000>, 'title': <'Invoice 7 paid'>, 'amount': <'12.50 USD'>},"
    " {'id': <uint64 1>, 'cursor': <'2'>, 'kind': <'message'>, 'account': <'sms'>, 'account-name': <'SMS'>,"
    "  'ref': <'m'>, 'at': <int64 1767225400000000>, 'direction': <'in'>, 'peer-name': <'Bob'>}]",
    HOSTILE);
}

static void
test_text (RdMockFixture *fixture, gconstpointer data)
{
  g_autoptr (RdCliRun) none = RUN ("history");
  g_autoptr (RdCliRun) run = NULL;

  rd_cli_run_assert_done (none);
  g_assert_cmpstr (none->out, ==, "There is nothing in the history.\n");
  rd_mock_fixture_assert_log (fixture, "List {}  50");
  set_entries (fixture, make_day ());
  run = RUN ("TZ=UTC", "history", "--search", "a \"b", "--missed", "--kind", "call", "--kind=message", "--limit", "3");
  rd_cli_run_assert_done (run);
  rd_cli_assert_harmless (run->out);
  rd_cli_assert_contains (run->out, "2026-01-01 00:00");
  rd_cli_assert_contains (run->out, "Missed call (Audio call), Work\n");
  rd_cli_assert_contains (run->out, "Invoice 7 paid (12.50 USD)\n");
  rd_cli_assert_contains (run->out, "1 message from Bob, SMS\n");
}

static void
test_json (RdMockFixture *fixture, gconstpointer data)
{
  g_autoptr (RdCliRun) run = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonArray *array;
  JsonObject *object;

  set_entries (fixture, make_day ());
  run = RUN ("history", "--json");
  rd_cli_run_assert_done (run);
  rd_cli_assert_harmless (run->out);
  root = json_from_string (run->out, NULL);
  array = json_object_get_array_member (json_node_get_object (root), "history");
  g_assert_cmpuint (json_array_get_length (array), ==, 3);
  object = json_array_get_object_element (array, 0);
  g_assert_cmpstr (json_object_get_string_member (object, "peer_name"), ==, HOSTILE);
  g_assert_cmpstr (json_object_get_string_member (object, "at"), ==, "2026-01-01T00:00:00.000Z");
  g_assert_true (json_object_get_null_member (object, "started_at"));
  g_assert_cmpint (json_object_get_int_member (object, "id"), ==, 3);
  g_assert_false (json_object_has_member (object, "cursor"));
}

static void
test_pages (RdMockFixture *fixture, gconstpointer data)
{
  GVariantBuilder builder;
  g_autoptr (RdCliRun) run = NULL;
  g_auto (GStrv) lines = NULL;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (int i = 0; i < 500; i++)
    {
      g_autofree char *cursor = g_strdup_printf ("%d", i);

      g_variant_builder_add_parsed (&builder, "{'cursor': <%s>, 'kind': <'notice'>, 'title': <'News'>}", cursor);
    }
  set_entries (fixture, g_variant_builder_end (&builder));
  run = RUN ("history", "--limit", "450");
  rd_cli_run_assert_done (run);
  lines = g_strsplit (run->out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 451);
  g_assert_cmpuint (fixture->agent->log->len, ==, 3);
  g_assert_cmpstr (fixture->agent->log->pdata[2], ==, "List {} 399 50");
}

static void
test_export (RdMockFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = rd_test_make_dir ();
  g_autofree char *file = g_build_filename (folder, "all.csv", NULL);
  g_autofree char *wrong = g_build_filename (folder, "all.txt", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "none", "all.json", NULL);
  g_autoptr (RdCliRun) done = RUN ("history", "--kind", "call", "--export", file);
  g_autoptr (RdCliRun) odd = RUN ("history", "--export", wrong);
  g_autoptr (RdCliRun) lost = RUN ("history", "--export", nowhere);
  g_autoptr (RdCliRun) failed = NULL;
  g_autofree char *text = NULL;
  struct stat info;

  rd_cli_run_assert_done (done);
  rd_cli_assert_contains (done->out, "0 entries written to ");
  g_assert_cmpstr (fixture->agent->log->pdata[0], ==, "Export 0 csv {'kinds': <['call']>}");
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "exported\n");
  g_assert_cmpint (g_stat (file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  rd_cli_run_assert_failed (odd, 2, "ends neither in .csv nor in .json");
  rd_cli_run_assert_failed (lost, 1, "could not be written");
  /* What fails leaves the file that was there. */
  fixture->agent->error = g_strdup ("No room.");
  failed = RUN ("history", "--export", file);
  rd_cli_run_assert_failed (failed, 1, "No room.");
  g_clear_pointer (&text, g_free);
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "exported\n");
  g_assert_cmpint (g_remove (file), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_erase (RdMockFixture *fixture, gconstpointer data)
{
  g_autoptr (RdCliRun) unasked = RUN ("history", "--erase");
  g_autoptr (RdCliRun) done = NULL;
  g_autoptr (RdCliRun) both = RUN ("history", "--erase", "--json");
  g_autoptr (RdCliRun) limit = RUN ("history", "--limit", "-1");

  rd_cli_run_assert_failed (unasked, 2, "Say --yes");
  rd_cli_run_assert_failed (both, 2, "Only one of");
  rd_cli_run_assert_failed (limit, 2, "--limit takes");
  rd_mock_fixture_assert_log (fixture, "");
  set_entries (fixture, make_day ());
  done = RUN ("history", "--erase", "--yes", "--search", "ada");
  rd_cli_run_assert_done (done);
  g_assert_cmpstr (done->out, ==, "3 entries erased.\n");
  rd_mock_fixture_assert_log (fixture, "Erase {'search': <'ada'>}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test)                                                                                                \
  g_test_add (path, RdMockFixture, NULL, rd_mock_fixture_set_up, test, rd_mock_fixture_tear_down)
  ADD ("/cli/history/text", test_text);
  ADD ("/cli/history/json", test_json);
  ADD ("/cli/history/pages", test_pages);
  ADD ("/cli/history/export", test_export);
  ADD ("/cli/history/erase", test_erase);
  return g_test_run ();
}
