/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "demo-client.h"

#include "rd-demo-json.h"
#include "rd-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

/* ringdown-demo as a process. */

static char *
find_program (void)
{
  return g_build_filename (g_getenv ("RINGDOWN_LIBEXECDIR"), "ringdown-demo", NULL);
}

static JsonNode *
read_json (const char *path)
{
  g_autofree char *text = NULL;
  gsize length = 0;

  return g_file_get_contents (path, &text, &length, NULL) ? rd_demo_json_parse (text, length) : NULL;
}

static int
wait_for_end (GSubprocess *process)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_async (process, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_subprocess_wait_finish (process, result, &error);
  g_assert_no_error (error);
  return g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
}

static void
test_servers_only (void)
{
  g_autofree char *program = find_program ();
  g_autofree char *folder = rd_test_make_dir ();
  g_autofree char *ready = g_build_filename (folder, "ready.json", NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) me = NULL;
  g_autofree char *url = NULL;
  GStatBuf info;
  JsonObject *crm;
  guint status;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "--servers-only", "--ready-file",
                              ready, NULL);
  g_assert_no_error (error);
  rd_test_await ((node = read_json (ready)) != NULL);
  g_assert_cmpint (g_stat (ready, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  crm = rd_demo_json_get_object (json_node_get_object (node), "crm");
  url = g_strconcat (rd_demo_json_get_string (crm, "url"), "/api/users/me/", NULL);
  me = demo_request ("GET", url, rd_demo_json_get_string (crm, "token"), NULL, NULL, &status);
  g_assert_cmpuint (status, ==, 200);
  g_subprocess_send_signal (process, SIGINT);
  g_assert_cmpint (wait_for_end (process), ==, 0);
  rd_test_remove_tree (folder);
}

static void
test_usage (void)
{
  static const char *const arguments[][2] = {
    { "--nonsense", NULL },
    { "something", NULL },
    { "--port", "70000" },
    { "--bus-name", "no name" },
  };
  g_autofree char *program = find_program ();

  for (guint i = 0; i < G_N_ELEMENTS (arguments); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, program,
                                                          arguments[i][0], arguments[i][1], NULL);

      g_assert_no_error (error);
      g_assert_cmpint (wait_for_end (process), ==, 2);
    }
}

/* Its help speaks of what people type. */
static void
test_help (void)
{
  g_autofree char *program = find_program ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *text = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--help", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "  ringdown demo [OPTION"));
  g_assert_nonnull (strstr (text, "--bus-name=NAME"));
  g_assert_null (strstr (text, "ringdown-demo"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/program/servers-only", test_servers_only);
  g_test_add_func ("/demo/program/usage", test_usage);
  g_test_add_func ("/demo/program/help", test_help);
  return g_test_run ();
}
