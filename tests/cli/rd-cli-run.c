/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-cli-run.h"

#include <string.h>

#include "rd-test.h"

/* Runs the command as a user's shell does: a process, its arguments, its output. */

void
rd_cli_run_free (RdCliRun *self)
{
  g_free (self->out);
  g_free (self->err);
  g_free (self);
}

char *
rd_cli_run_path (void)
{
  const char *folder = g_getenv ("RINGDOWN_BINDIR");

  g_assert_nonnull (folder);
  return g_build_filename (folder, "ringdown", NULL);
}

GSubprocess *
rd_cli_run_start (const char *address, const char *const *args)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = rd_cli_run_path ();
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  GSubprocess *process;

  for (; args[0] != NULL && g_ascii_isupper (*args[0]) && strchr (args[0], '=') != NULL; args++)
    {
      g_auto (GStrv) pair = g_strsplit (args[0], "=", 2);

      g_subprocess_launcher_setenv (launcher, pair[0], pair[1], TRUE);
    }
  g_ptr_array_add (argv, path);
  for (guint i = 0; args[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) args[i]);
  g_ptr_array_add (argv, NULL);
  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS",
                                address != NULL ? address : "unix:path=/nonexistent/bus", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  return process;
}

RdCliRun *
rd_cli_run_finish (GSubprocess *process, const char *input)
{
  RdCliRun *run = g_new0 (RdCliRun, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8_async (process, input, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_subprocess_communicate_utf8_finish (process, result, &run->out, &run->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  run->status = g_subprocess_get_exit_status (process);
  return run;
}

RdCliRun *
rd_cli_run_argv (const char *address, const char *input, const char *const *args)
{
  g_autoptr (GSubprocess) process = rd_cli_run_start (address, args);

  return rd_cli_run_finish (process, input != NULL ? input : "");
}

RdCliRun *
rd_cli_run_command (const char *address, const char *input, ...)
{
  g_autoptr (GPtrArray) args = g_ptr_array_new ();
  va_list list;
  char *arg;

  va_start (list, input);
  while ((arg = va_arg (list, char *)) != NULL)
    g_ptr_array_add (args, arg);
  va_end (list);
  g_ptr_array_add (args, NULL);
  return rd_cli_run_argv (address, input, (const char *const *) args->pdata);
}

void
rd_cli_run_assert_done (RdCliRun *self)
{
  g_assert_cmpstr (self->err, ==, "");
  g_assert_cmpint (self->status, ==, 0);
}

void
rd_cli_run_assert_failed (RdCliRun *self, int status, const char *part)
{
  g_assert_true (g_str_has_prefix (self->err, "ringdown: "));
  g_assert_true (strchr (self->err, '\n') == self->err + strlen (self->err) - 1);
  rd_cli_assert_contains (self->err, part);
  rd_cli_assert_harmless (self->err);
  g_assert_cmpint (self->status, ==, status);
}

void
rd_cli_assert_contains (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in “%s”", part, text);
}

void
rd_cli_assert_harmless (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_assert_true (c == '\n' || !g_unichar_iscntrl (c));
      g_assert_false ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069));
    }
}
