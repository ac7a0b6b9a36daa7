/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "rd-cli-private.h"
#include "rd-cli-run.h"
#include "rd-test.h"

/* What the command does without any bus: its arguments, help, manual, and how it writes. */

static void
test_usage (void)
{
  static const struct
  {
    const char *args[8];
    const char *said;
  } rows[] = {
    { { "nonsense" }, "There is no command “nonsense”" },
    { { "" }, "There is no command “”" },
    { { "heap" }, "There is no command" },
    { { "status", "--nonsense" }, "--nonsense (see ringdown status --help)" },
    { { "status", "more" }, "“more” is too much" },
    { { "--nonsense" }, "not understood here" },
    { { "--bus-name" }, "not understood here" },
    { { "--bus-name", "no name", "status" }, "“no name” is no bus name" },
    { { "--bus-name=:1.5", "status" }, "is no bus name" },
    { { "RINGDOWN_BUS_NAME=x", "status" }, "is no bus name" },
    { { "account" },
      "After “account” comes one of: add, list, set, pause, resume, sign-in, token, trust, test, remove." },
    { { "account", "nonsense" }, "After “account” comes one of" },
    { { "account", "remove" }, "Something is missing: ringdown account remove ID" },
    { { "account", "remove", "a", "b" }, "“b” is too much" },
    { { "account", "trust", "a" }, "Something is missing: ringdown account trust ID HOST" },
    { { "account", "token", "a" }, "--token-file" },
    { { "account", "add" }, "Something is missing: --profile --site --key --host|--cluster" },
    { { "account", "add", "--port", "70000" }, "--port is a number" },
    { { "account", "add", "--port", "x" }, "x" },
    { { "account", "add", "--var", "novalue" }, "--var is NAME=VALUE" },
    { { "account", "add", "--cluster", "eu", "--host", "h" }, "--cluster stands for" },
    { { "call" }, "Something is missing: ringdown call WHOM" },
    { { "call", "a", "b" }, "“b” is too much" },
    { { "answer", "a", "b" }, "“b” is too much" },
    { { "decline", "--message" }, "--message" },
    { { "watch" }, "--channel" },
    { { "watch", "--channel", "a" }, "--key" },
    { { "watch", "--channel", "a", "--key", "k" }, "--host or --cluster" },
    { { "watch", "--channel", "a b", "--key", "k", "--host", "h" }, "channel" },
    { { "watch", "--channel", "private-a", "--key", "k", "--host", "h" }, "--auth-endpoint" },
    { { "watch", "--channel", "a", "--count", "-1" }, "--count" },
    { { "watch", "--channel", "a", "--header", "A: b" }, "Something is missing: --auth-endpoint" },
    { { "watch", "--channel", "a", "--auth-endpoint", "http://example.org/" }, "--insecure" },
    { { "watch", "--channel", "a", "--auth-endpoint", "file:///etc/passwd" }, "https address" },
    { { "trigger" }, "--app-id --key --secret-file --channel --event --data" },
    { { "evil\033[31m\nsecond line" }, "There is no command" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (RdCliRun) run = rd_cli_run_argv (NULL, NULL, rows[i].args);

      rd_cli_run_assert_failed (run, 2, rows[i].said);
      g_assert_cmpstr (run->out, ==, "");
    }
}

static void
test_help (void)
{
  g_autoptr (RdCliRun) version = rd_cli_run_command (NULL, NULL, "--version", NULL);
  g_autoptr (RdCliRun) help = rd_cli_run_command (NULL, NULL, "--help", NULL);
  g_autoptr (RdCliRun) family = rd_cli_run_command (NULL, NULL, "account", "--help", NULL);
  const RdCliVerb *const *verbs = rd_cli_get_verbs ();

  rd_cli_run_assert_done (version);
  g_assert_cmpstr (version->out, ==, "ringdown " RD_VERSION "\n");
  rd_cli_run_assert_done (help);
  g_assert_true (g_str_has_prefix (help->out, "Usage: ringdown [--bus-name NAME] [COMMAND | SET-UP]\n"));
  rd_cli_run_assert_done (family);
  rd_cli_assert_contains (family->out, "account trust ID HOST");
  for (guint i = 0; verbs[i] != NULL; i++)
    {
      g_autofree char *line = g_strdup_printf ("\n  %s ", verbs[i]->name);
      g_auto (GStrv) words = g_strsplit (verbs[i]->name, " ", 2);
      g_autoptr (RdCliRun) run = NULL;

      rd_cli_assert_contains (help->out, line);
      rd_cli_assert_contains (help->out, verbs[i]->summary);
      if (verbs[i]->raw)
        continue; /* another program's */
      run = rd_cli_run_command (NULL, NULL, words[0], words[1] != NULL ? words[1] : "--help",
                                words[1] != NULL ? "--help" : NULL, NULL);
      rd_cli_run_assert_done (run);
      rd_cli_assert_contains (run->out, verbs[i]->summary);
    }
}

static char *
read_source (const char *path)
{
  g_autofree char *full = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", path, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (full, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static gboolean
shares_options (const RdCliVerb *const *verbs, guint index)
{
  for (guint i = 0; i < index; i++)
    if (verbs[i]->options != NULL && verbs[i]->options == verbs[index]->options)
      return TRUE;
  return FALSE;
}

/* The manual and the shell's completion know every verb and every option of it. */
static void
test_documents (void)
{
  g_autofree char *manual = read_source ("data/man/ringdown.1");
  g_autofree char *completion = read_source ("data/completions/ringdown");
  g_auto (GStrv) parts = g_strsplit (manual, "\\", -1);
  g_autofree char *plain = g_strjoinv ("", parts);
  const RdCliVerb *const *verbs = rd_cli_get_verbs ();

  for (guint i = 0; verbs[i] != NULL; i++)
    {
      g_autofree char *heading = g_strdup_printf ("\n.SS %s\n", verbs[i]->name);
      const char *last = strrchr (verbs[i]->name, ' ');
      const char *section;

      rd_cli_assert_contains (plain, heading);
      rd_cli_assert_contains (completion, last != NULL ? last + 1 : verbs[i]->name);
      section = strstr (plain, heading) + strlen (heading);
      /* "account test" takes what "account add" takes: told once */
      if (shares_options (verbs, i))
        continue;
      for (const GOptionEntry *option = verbs[i]->options; option != NULL && option->long_name != NULL; option++)
        {
          const char *end = strstr (section, "\n.S");
          g_autofree char *text = g_strndup (section, end != NULL ? (gsize) (end - section) : strlen (section));
          g_autofree char *name = g_strdup_printf ("--%s", option->long_name);

          rd_cli_assert_contains (text, name);
          rd_cli_assert_contains (completion, name);
        }
    }
}

static void
test_escape (void)
{
  static const char *const rows[][2] = {
    { "", "" },
    { "plain é 漢 \360\237\230\200", "plain é 漢 \360\237\230\200" },
    { "\033[2J\007\b\r\n\t", "\\u001b[2J\\u0007\\u0008\\u000d\\u000a\\u0009" },
    { "\177\302\233", "\\u007f\\u009b" },
    { "\342\200\256\342\201\246\342\200\250", "\\u202e\\u2066\\u2028" },
    { "\363\240\201\201", "\\udb40\\udc41" },
    { "\xff", "\357\277\275" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *escaped = rd_cli_escape (rows[i][0]);

      g_assert_cmpstr (escaped, ==, rows[i][1]);
    }
}

static void
test_format (void)
{
  g_autofree char *none = rd_cli_format_time (0);
  g_autofree char *before = rd_cli_format_time (-1);
  g_autofree char *beyond = rd_cli_format_time (G_MAXINT64);
  g_autofree char *time = rd_cli_format_time (G_GINT64_CONSTANT (1767225600007999));
  g_autofree char *padded = rd_cli_pad ("Ada", 6);
  g_autofree char *wide = rd_cli_pad ("漢字", 6);
  g_autofree char *marked = rd_cli_pad ("e\314\201", 3);
  g_autofree char *longer = rd_cli_pad ("longer", 3);

  g_assert_null (none);
  g_assert_null (before);
  g_assert_null (beyond);
  g_assert_cmpstr (time, ==, "2026-01-01T00:00:00.007Z");
  g_assert_cmpstr (padded, ==, "Ada   ");
  g_assert_cmpstr (wide, ==, "漢字  ");
  g_assert_cmpstr (marked, ==, "e\314\201  ");
  g_assert_cmpstr (longer, ==, "longer");
}

static void
test_values (void)
{
  g_autoptr (GVariant) values = g_variant_ref_sink (
      g_variant_new_parsed ("{'s': <'text'>, 'x': <int64 5>, 'b': <true>, 'u': <uint32 7>, 'as': <['a']>}"));
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;

  g_assert_cmpstr (rd_cli_get_string (values, "s"), ==, "text");
  g_assert_cmpstr (rd_cli_get_string (values, "x"), ==, "");
  g_assert_cmpint (rd_cli_get_int64 (values, "x"), ==, 5);
  g_assert_cmpint (rd_cli_get_int64 (values, "u"), ==, 0);
  g_assert_true (rd_cli_get_boolean (values, "b"));
  g_assert_false (rd_cli_get_boolean (values, "none"));
  rd_cli_add_dictionary (builder, values);
  root = json_builder_get_root (builder);
  object = json_node_get_object (root);
  g_assert_cmpstr (json_object_get_string_member (object, "s"), ==, "text");
  g_assert_cmpint (json_object_get_int_member (object, "u"), ==, 7);
  g_assert_true (json_object_get_boolean_member (object, "b"));
  g_assert_true (json_object_get_null_member (object, "as"));
}

int
main (int argc, char **argv)
{
  g_unsetenv ("RINGDOWN_BUS_NAME");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/usage", test_usage);
  g_test_add_func ("/cli/help", test_help);
  g_test_add_func ("/cli/documents", test_documents);
  g_test_add_func ("/cli/escape", test_escape);
  g_test_add_func ("/cli/format", test_format);
  g_test_add_func ("/cli/values", test_values);
  return g_test_run ();
}
