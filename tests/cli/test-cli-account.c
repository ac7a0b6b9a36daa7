/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <fcntl.h>
#include <pty.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "rd-cli-run.h"
#include "rd-mock-agent.h"
#include "rd-test.h"

/* `ringdown account …` on a private bus against a mock agent: settings, tokens, and questions on a terminal. */

#define RUN(...) RD_MOCK_RUN (fixture, __VA_ARGS__)

static void
test_accounts (RdMockFixture *fixture, gconstpointer data)
{
  g_autoptr (RdCliRun) empty = RUN ("account", "list");
  g_autoptr (RdDBusAccount1) work = rd_mock_agent_add_account (fixture->agent, "work", "Work");
  g_autoptr (RdCliRun) list = RUN ("account", "list");
  g_autoptr (RdCliRun) json = RUN ("account", "list", "--json");
  g_autoptr (RdCliRun) unknown = RUN ("account", "remove", "wrok");
  g_autoptr (RdCliRun) trust = RUN ("account", "trust", "work", "8x8.vc");
  g_autoptr (JsonNode) root = json_from_string (json->out, NULL);
  JsonArray *array = json_object_get_array_member (json_node_get_object (root), "accounts");
  JsonObject *account = json_array_get_object_element (array, 0);

  rd_cli_run_assert_done (empty);
  rd_cli_assert_contains (empty->out, "ringdown account add");
  rd_cli_run_assert_done (list);
  g_assert_cmpstr (list->out, ==, "work  Work  crm  https://crm.example.org  7  Connected\n");
  g_assert_cmpstr (json_object_get_string_member (account, "id"), ==, "work");
  g_assert_true (json_object_get_boolean_member (account, "can_call"));
  rd_cli_run_assert_failed (unknown, 1, "There is no account “wrok”. There is: work.");
  rd_cli_run_assert_done (trust);
  rd_mock_fixture_assert_log (fixture, "TrustRoomHost 8x8.vc");
  {
    g_autoptr (RdCliRun) removed = RUN ("account", "remove", "work");

    rd_cli_run_assert_done (removed);
    rd_mock_fixture_assert_log (fixture, "RemoveAccount work");
  }
}

static void
test_account_add (RdMockFixture *fixture, gconstpointer data)
{
  const char *address = g_test_dbus_get_bus_address (fixture->dbus);
  g_autofree char *dir = rd_test_make_dir ();
  g_autofree char *file = g_build_filename (dir, "token", NULL);
  g_autoptr (RdCliRun) full = NULL;
  g_autoptr (RdCliRun) from_stdin = NULL;
  g_autoptr (RdCliRun) missing = NULL;
  g_autoptr (RdCliRun) on_command_line = NULL;
  g_autoptr (RdCliRun) no_file = NULL;
  g_autofree char *line = NULL;

  g_assert_true (g_file_set_contents (file, "s3cret\r\nmore\n", -1, NULL));
  full = RUN ("account", "add", "--profile", "invoices", "--site", "https://pay.example.org", "--user-id", "7",
              "--name", "Pay", "--key", "k", "--host", "ws.example.org", "--port", "6001", "--path", "/x", "--no-tls",
              "--insecure", "--var", "invoice.id=7", "--var", "invoice.id=8", "--token-file", file);
  rd_cli_run_assert_done (full);
  rd_cli_assert_contains (full->out, "Account crm-example-org was added");
  g_assert_null (strstr (full->out, "s3cret"));
  rd_mock_fixture_assert_log (
      fixture,
      "AddAccount {'host': <'ws.example.org'>, 'insecure': <true>, 'key': <'k'>, 'name': <'Pay'>, 'path': <'/x'>, "
      "'port': <uint32 6001>, 'profile': <'invoices'>, 'site': <'https://pay.example.org'>, 'tls': <false>, "
      "'token': <'s3cret'>, 'user-id': <'7'>, 'vars': <{'invoice.id': '7,8'}>}");

  from_stdin =
      rd_cli_run_command (address, "t0ken\n", "account", "add", "--profile", "crm", "--site", "https://crm.example.org",
                          "--key", "k", "--cluster", "eu", "--token-file", "-", NULL);
  rd_cli_run_assert_done (from_stdin);
  rd_mock_fixture_assert_log (fixture,
                              "AddAccount {'cluster': <'eu'>, 'key': <'k'>, 'profile': <'crm'>, "
                              "'site': <'https://crm.example.org'>, 'token': <'t0ken'>}");

  missing = RUN ("account", "add", "--profile", "crm");
  rd_cli_run_assert_failed (missing, 2, "Something is missing: --site --key --host|--cluster");
  on_command_line = RUN ("account", "add", "--token", "s3cret");
  rd_cli_run_assert_failed (on_command_line, 2, "--token");
  no_file = RUN ("account", "add", "--profile", "crm", "--site", "https://crm.example.org", "--key", "k", "--cluster",
                 "eu", "--token-file", "/nonexistent/token");
  rd_cli_run_assert_failed (no_file, 1, "/nonexistent/token: ");
  rd_mock_fixture_assert_log (fixture, "");
  rd_test_remove_tree (dir);
}

static void
test_account_token (RdMockFixture *fixture, gconstpointer data)
{
  const char *address = g_test_dbus_get_bus_address (fixture->dbus);
  g_autoptr (RdDBusAccount1) work = rd_mock_agent_add_account (fixture->agent, "work", "Work");
  static const struct
  {
    const char *input;
    const char *said;
  } bad[] = {
    { "", "Standard input is empty." },
    { "\n", "Standard input is empty." },
    { "Bearer t0ken\n", "holds characters that no token has" },
    { "t0ken\033[0m\n", "holds characters that no token has" },
  };
  g_autoptr (RdCliRun) good =
      rd_cli_run_command (address, "t0ken", "account", "token", "work", "--token-file", "-", NULL);
  g_autoptr (RdCliRun) none = RUN ("account", "token", "work");
  g_autofree char *huge = g_strnfill (20000, 'x');
  g_autoptr (RdCliRun) too_long =
      rd_cli_run_command (address, huge, "account", "token", "work", "--token-file", "-", NULL);

  rd_cli_run_assert_done (good);
  g_assert_cmpstr (good->out, ==, "");
  rd_mock_fixture_assert_log (fixture, "SetToken t0ken ");
  rd_cli_run_assert_failed (none, 2, "--token-file");
  rd_cli_run_assert_failed (too_long, 1, "too long");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (RdCliRun) run =
          rd_cli_run_command (address, bad[i].input, "account", "token", "work", "--token-file", "-", NULL);

      rd_cli_run_assert_failed (run, 1, bad[i].said);
      g_assert_null (strstr (run->err, "t0ken"));
    }
  rd_mock_fixture_assert_log (fixture, "");
}

static void
test_account_password (RdMockFixture *fixture, gconstpointer data)
{
  g_autofree char *dir = rd_test_make_dir ();
  g_autofree char *file = g_build_filename (dir, "password", NULL);
  g_autoptr (RdDBusAccount1) work = rd_mock_agent_add_account (fixture->agent, "work", "Work");
  g_autoptr (RdCliRun) added = NULL;
  g_autoptr (RdCliRun) again = NULL;
  g_autoptr (RdCliRun) both = NULL;
  g_autoptr (RdCliRun) no_login = NULL;
  g_autoptr (RdCliRun) control = NULL;

  g_assert_true (g_file_set_contents (file, "pass wörd \"'\n", -1, NULL));
  added = RUN ("account", "add", "--profile", "crm", "--site", "https://crm.example.org", "--key", "k", "--cluster",
               "eu", "--login", "you", "--password-file", file);
  rd_cli_run_assert_done (added);
  g_assert_null (strstr (added->out, "wörd"));
  rd_mock_fixture_assert_log (fixture, "AddAccount {'cluster': <'eu'>, 'key': <'k'>, 'login': <'you'>, "
                                       "'password': <\"pass wörd \\\"'\">, 'profile': <'crm'>, "
                                       "'site': <'https://crm.example.org'>}");
  again = RUN ("account", "sign-in", "work", "--login", "you", "--password-file", file);
  rd_cli_run_assert_done (again);
  rd_mock_fixture_assert_log (fixture, "SignIn you pass wörd \"'");
  both = RUN ("account", "add", "--login", "you", "--password-file", file, "--token-file", file);
  rd_cli_run_assert_failed (both, 2, "--token-file");
  no_login = RUN ("account", "sign-in", "work", "--password-file", file);
  rd_cli_run_assert_failed (no_login, 2, "--login");
  g_assert_true (g_file_set_contents (file, "a\033b\n", -1, NULL));
  control = RUN ("account", "sign-in", "work", "--login", "you", "--password-file", file);
  rd_cli_run_assert_failed (control, 1, "holds characters that no password has");
  rd_mock_fixture_assert_log (fixture, "");
  rd_test_remove_tree (dir);
}

static void
test_account_set (RdMockFixture *fixture, gconstpointer data)
{
  g_autoptr (RdDBusAccount1) work = rd_mock_agent_add_account (fixture->agent, "work", "Work");
  g_autoptr (RdCliRun) nothing = RUN ("account", "set", "work");
  g_autoptr (RdCliRun) bad = RUN ("account", "set", "work", "--toast", "message");
  g_autoptr (RdCliRun) name = RUN ("account", "set", "work", "--name", "Day job");

  rd_cli_run_assert_failed (nothing, 2, "account set --help");
  rd_cli_run_assert_failed (bad, 2, "KIND=on");
  rd_cli_run_assert_done (name);
  rd_mock_fixture_assert_log (fixture, "Configure {'name': <'Day job'>}");
  {
    g_autoptr (RdCliRun) toasts = RUN ("account", "set", "work", "--toast", "message=off", "--toast", "payment=on");

    rd_cli_run_assert_done (toasts);
    rd_mock_fixture_assert_log (fixture, "Configure {'toasts': <{'message': false, 'payment': true}>}");
  }
  {
    g_autoptr (RdCliRun) pause = RUN ("account", "pause", "work");

    rd_cli_run_assert_done (pause);
    rd_mock_fixture_assert_log (fixture, "Configure {'paused': <true>}");
  }
  {
    g_autoptr (RdCliRun) resume = RUN ("account", "resume", "work");

    rd_cli_run_assert_done (resume);
    rd_mock_fixture_assert_log (fixture, "Configure {'paused': <false>}");
  }
}

static void
test_account_setup (RdMockFixture *fixture, gconstpointer data)
{
  g_autofree char *dir = rd_test_make_dir ();
  g_autofree char *file = g_build_filename (dir, "work.ringdown", NULL);
  g_autofree char *large = g_strnfill (70000, ' ');
  const char *link = "ringdown://setup?site=https://crm.example.org";
  g_autoptr (RdCliRun) unseen = RUN ("account", "add", "--setup", link);
  g_autoptr (RdCliRun) used = NULL;
  g_autoptr (RdCliRun) from_file = NULL;
  g_autoptr (RdCliRun) too_large = NULL;
  g_autoptr (RdCliRun) missing = NULL;
  g_autoptr (RdCliRun) tested = NULL;

  /* nothing of a link is used before somebody has seen it */
  g_assert_cmpint (unseen->status, ==, 2);
  rd_cli_assert_contains (unseen->err, "--yes");
  rd_cli_assert_contains (unseen->err, "https://crm.example.org");
  rd_mock_fixture_assert_log (fixture, "ReadSetup ringdown://setup?site=https://crm.example.org");

  used = RUN ("account", "add", "--setup", link, "--yes", "--name", "Mine");
  rd_cli_run_assert_done (used);
  g_ptr_array_remove_index (fixture->agent->log, 0); /* ReadSetup again */
  rd_mock_fixture_assert_log (fixture, "AddAccount {'cluster': <'eu'>, 'key': <'k'>, 'name': <'Mine'>, "
                                       "'profile': <'crm'>, 'site': <'https://crm.example.org'>}");

  g_assert_true (g_file_set_contents (file, "{\"ringdown\": 1}", -1, NULL));
  from_file = RUN ("account", "add", "--setup", file, "--yes");
  rd_cli_run_assert_done (from_file);
  g_assert_cmpstr (fixture->agent->log->pdata[0], ==, "ReadSetup {\"ringdown\": 1}");
  g_ptr_array_set_size (fixture->agent->log, 0);

  g_assert_true (g_file_set_contents (file, large, -1, NULL));
  too_large = RUN ("account", "add", "--setup", file, "--yes");
  rd_cli_run_assert_failed (too_large, 1, "too long");
  missing = RUN ("account", "add", "--setup", "/nonexistent/a.ringdown", "--yes");
  rd_cli_run_assert_failed (missing, 1, "/nonexistent/a.ringdown");
  rd_mock_fixture_assert_log (fixture, "");

  tested = RUN ("account", "test", "--profile", "crm", "--site", "https://crm.example.org", "--key", "k", "--cluster",
                "eu");
  rd_cli_run_assert_failed (tested, 1, "crm.example.org");
  rd_cli_assert_contains (tested->out, "✓  The site’s address\n✗  Sign-in\n");
  rd_test_remove_tree (dir);
}

/* Reads the terminal's other end until @part was there. */
static void
await_on_terminal (int terminal, GString *seen, const char *part)
{
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (strstr (seen->str, part) == NULL)
    {
      char buffer[512];
      gssize n = read (terminal, buffer, sizeof buffer);

      if (n > 0)
        g_string_append_len (seen, buffer, n);
      else
        rd_test_iterate (deadline, part, __FILE__, __LINE__);
    }
}

static void
become_session (gpointer data)
{
  setsid ();
}

static void
test_questions (RdMockFixture *fixture, gconstpointer data)
{
  static const char *const dialog[][2] = {
    { "A number: ", "1\n" },
    { "Address of the site, https://…: ", "https://crm.example.org\n" },
    { "(empty: ask the site): ", "\n" },
    { "Channels application: ", "k\n" },
    { "own server): ", "\n" },
    { "Channels host: ", "ws.example.org\n" },
    { "Port [443]: ", "\n" },
    { "y or n [y]: ", "\n" },
    { "(usually empty): ", "\n" },
    { "Token (not shown): ", "s3cret\n" },
  };
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *path = rd_cli_run_path ();
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;
  struct termios state;
  int terminal;
  int end;

  g_assert_cmpint (openpty (&terminal, &end, NULL, NULL, NULL), ==, 0);
  g_assert_cmpint (fcntl (terminal, F_SETFL, O_NONBLOCK), ==, 0);
  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", g_test_dbus_get_bus_address (fixture->dbus),
                                TRUE);
  g_subprocess_launcher_take_stdin_fd (launcher, dup (end));
  g_subprocess_launcher_take_stderr_fd (launcher, dup (end));
  g_subprocess_launcher_set_child_setup (launcher, become_session, NULL, NULL);
  process = g_subprocess_launcher_spawn (launcher, &error, path, "account", "add", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8_async (process, NULL, NULL, rd_test_store_result, &result);
  for (guint i = 0; i < G_N_ELEMENTS (dialog); i++)
    {
      await_on_terminal (terminal, seen, dialog[i][0]);
      if (i == G_N_ELEMENTS (dialog) - 1)
        {
          /* the question stands before its echo goes: wait for that */
          gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

          while (tcgetattr (end, &state) == 0 && (state.c_lflag & ECHO) != 0)
            rd_test_iterate (deadline, "no echo", __FILE__, __LINE__);
        }
      g_string_set_size (seen, 0);
      g_assert_cmpint (write (terminal, dialog[i][1], strlen (dialog[i][1])), ==, strlen (dialog[i][1]));
    }
  rd_test_await (result != NULL);
  g_subprocess_communicate_utf8_finish (process, result, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  rd_cli_assert_contains (out, "was added");
  rd_mock_fixture_assert_log (
      fixture, "AddAccount {'host': <'ws.example.org'>, 'key': <'k'>, 'port': <uint32 443>, 'profile': <'crm'>, "
               "'site': <'https://crm.example.org'>, 'tls': <true>, 'token': <'s3cret'>}");
  /* the token was not echoed, and the echo is back */
  await_on_terminal (terminal, seen, "\n");
  g_assert_null (strstr (seen->str, "s3cret"));
  g_assert_cmpint (tcgetattr (end, &state), ==, 0);
  g_assert_true ((state.c_lflag & ECHO) != 0);
  close (terminal);
  close (end);
}

#define ADD(path, function)                                                                                            \
  g_test_add (path, RdMockFixture, NULL, rd_mock_fixture_set_up, function, rd_mock_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/cli/account/list-remove-trust", test_accounts);
  ADD ("/cli/account/add", test_account_add);
  ADD ("/cli/account/token", test_account_token);
  ADD ("/cli/account/password", test_account_password);
  ADD ("/cli/account/set", test_account_set);
  ADD ("/cli/account/setup", test_account_setup);
  ADD ("/cli/account/questions", test_questions);
  return g_test_run ();
}
