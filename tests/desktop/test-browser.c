/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "rd-browser.h"
#include "rd-room-url.h"
#include "rd-test.h"

#define URL "https://8x8.vc/app/room?jwt=aa.bb.cc#userInfo.displayName=%22A%20%26%20B%22"

/* A home of our own, set before GIO looks anywhere. */
static char *home;
static char *seen_path;

static void
write_file (const char *dir, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (home, dir, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
install_browser (const char *exec)
{
  g_autofree char *entry = g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Browser\nExec=%s %%u\n"
                                            "MimeType=x-scheme-handler/https;\n", exec);

  write_file ("data/applications", "fake-browser.desktop", entry);
  write_file ("config", "mimeapps.list", "[Default Applications]\nx-scheme-handler/https=fake-browser.desktop\n");
}

/* It writes what it was given, and the file appears whole. */
static char *
install_working_browser (void)
{
  g_autofree char *script = g_build_filename (home, "browser", NULL);
  g_autofree char *text = g_strdup_printf (
      "#!/bin/sh\nprintf '%%s\\n' \"$#\" \"$1\" \"$XDG_ACTIVATION_TOKEN\" \"$DESKTOP_STARTUP_ID\" >'%s.new'\n"
      "mv '%s.new' '%s'\n",
      seen_path, seen_path, seen_path);

  write_file (".", "browser", text);
  g_assert_cmpint (g_chmod (script, 0700), ==, 0);
  install_browser (script);
  return g_steal_pointer (&script);
}

static GAsyncResult *
open_and_wait (RdBrowser *browser, const char *token)
{
  GAsyncResult *result = NULL;

  rd_browser_open_async (browser, URL, token, NULL, rd_test_store_result, &result);
  g_assert_null (result);
  rd_test_await (result != NULL);
  return result;
}

static void
assert_opened (const char *token, const char *expected_token)
{
  RdBrowser *browser = rd_browser_new ();
  g_autofree char *script = install_working_browser ();
  g_autofree char *expected = g_strdup_printf ("1\n%s\n%s\n%s\n", URL, expected_token, expected_token);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *seen = NULL;

  g_unlink (seen_path);
  result = open_and_wait (browser, token);
  g_assert_true (rd_browser_open_finish (browser, result, &error));
  g_assert_no_error (error);
  rd_test_await (g_file_test (seen_path, G_FILE_TEST_EXISTS));
  g_file_get_contents (seen_path, &seen, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (seen, ==, expected);
  g_clear_object (&result);
  g_assert_finalize_object (browser);
}

static void
test_open (void)
{
  assert_opened ("gnome-shell/Browser/1-2-host_TIME3", "gnome-shell/Browser/1-2-host_TIME3");
}

/* The agent's own token, long used up, is not passed on; nor is one that is no plain text. */
static void
test_no_token (void)
{
  assert_opened (NULL, "");
  assert_opened ("a\nb", "");
  assert_opened ("", "");
}

static void
test_failure (gconstpointer data)
{
  const char *exec = data;
  RdBrowser *browser = rd_browser_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  install_browser (exec);
  result = open_and_wait (browser, "token-of-click");
  g_assert_false (rd_browser_open_finish (browser, result, &error));
  g_assert_error (error, RD_ROOM_ERROR, RD_ROOM_ERROR_NO_BROWSER);
  g_test_message ("%s", error->message);
  g_assert_null (strstr (error->message, "aa.bb.cc"));
  g_assert_null (strstr (error->message, "token-of-click"));
  g_clear_object (&result);
  g_assert_finalize_object (browser);
}

static void
test_none (void)
{
  g_autofree char *entry = g_build_filename (home, "data/applications/fake-browser.desktop", NULL);
  g_autofree char *list = g_build_filename (home, "config/mimeapps.list", NULL);
  RdBrowser *browser = rd_browser_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_unlink (entry);
  g_unlink (list);
  result = open_and_wait (browser, NULL);
  g_assert_false (rd_browser_open_finish (browser, result, &error));
  g_assert_error (error, RD_ROOM_ERROR, RD_ROOM_ERROR_NO_BROWSER);
  g_assert_null (strstr (error->message, "aa.bb.cc"));
  g_clear_object (&result);
  g_assert_finalize_object (browser);
}

static void
use_home (void)
{
  g_autofree char *data = NULL;
  g_autofree char *config = NULL;

  home = rd_test_make_dir ();
  seen_path = g_build_filename (home, "seen", NULL);
  data = g_build_filename (home, "data", NULL);
  config = g_build_filename (home, "config", NULL);
  g_setenv ("HOME", home, TRUE);
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  g_setenv ("XDG_DATA_DIRS", "/nonexistent", TRUE);
  g_setenv ("XDG_CONFIG_DIRS", "/nonexistent", TRUE);
  g_setenv ("XDG_CURRENT_DESKTOP", "", TRUE);
  g_setenv ("DESKTOP_STARTUP_ID", "stale", TRUE);
  g_setenv ("XDG_ACTIVATION_TOKEN", "stale", TRUE);
  /* Nothing here may find a real session. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
}

int
main (int argc, char **argv)
{
  int status;

  use_home ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/browser/open", test_open);
  g_test_add_func ("/browser/no-token", test_no_token);
  g_test_add_data_func ("/browser/failure/missing", "/nonexistent/browser", test_failure);
  g_test_add_func ("/browser/failure/none", test_none);
  status = g_test_run ();
  rd_test_remove_tree (home);
  g_free (home);
  g_free (seen_path);
  return status;
}
