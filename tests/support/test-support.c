/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-test.h"

#include <string.h>

/* What the tests stand on. */

static gboolean
on_idle (gpointer data)
{
  const char **warning = data;

  g_log (warning[0], G_LOG_LEVEL_WARNING, "%s", warning[1]);
  warning[0] = NULL;
  return G_SOURCE_REMOVE;
}

static void
warn (const char *domain, const char *message)
{
  const char *warning[2] = { domain, message };

  g_idle_add (on_idle, warning);
  rd_test_await (warning[0] == NULL);
}

static void
warn_of_peer_that_has_gone (void)
{
  warn ("libsoup", "server.c:716: could not get remote address: Transport endpoint is not connected");
}

static void
warn_of_another (void)
{
  warn ("libsoup", "Something else");
}

/* What the test @name of this program prints for those who count. */
static char *
run (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) program =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "/proc/self/exe",
                        "--tap", "-p", name, NULL);
  char *said = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (program, NULL, NULL, &said, NULL, &error);
  g_assert_no_error (error);
  return said;
}

/* A program that says "Bail out!" has failed, whatever else it says. */
static void
test_peer_that_has_gone_is_no_failure (void)
{
  g_autofree char *said = run ("/support/warnings/subprocess/peer-that-has-gone");

  g_assert_nonnull (strstr (said, "ok 1 /"));
  g_assert_null (strstr (said, "Bail out"));
}

static void
test_another_is (void)
{
  g_autofree char *said = run ("/support/warnings/subprocess/another");

  g_assert_null (strstr (said, "ok 1 /"));
  g_assert_nonnull (strstr (said, "Bail out"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/support/warnings/subprocess/peer-that-has-gone", warn_of_peer_that_has_gone);
  g_test_add_func ("/support/warnings/subprocess/another", warn_of_another);
  g_test_add_func ("/support/warnings/peer-that-has-gone", test_peer_that_has_gone_is_no_failure);
  g_test_add_func ("/support/warnings/another", test_another_is);
  return g_test_run ();
}
