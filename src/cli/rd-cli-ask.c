/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "rd-cli-private.h"

/* Questions on a terminal (asked on stderr, so that stdout stays clean) and secrets, which come from a file, from stdin
 * or from a question without echo, and never from the command line, where every user of the machine can read them. */

#define MAX_SECRET 16384
#define MAX_ANSWER 4096

/* What a signal handler needs to give the terminal its echo back. */
static struct termios saved_terminal;

static void
on_fatal_signal (int signal_number)
{
  tcsetattr (STDIN_FILENO, TCSANOW, &saved_terminal);
  raise (signal_number); /* SA_RESETHAND: this one is fatal */
}

gboolean
rd_cli_may_ask (void)
{
  return isatty (STDIN_FILENO) && isatty (STDERR_FILENO);
}

void
rd_cli_free_secret (char *secret)
{
  if (secret == NULL)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/* One line of @fd without its end, read without any buffer that would keep a copy of it. */
static char *
read_line (int fd, gsize max, const char *what, GError **error)
{
  char *line = g_malloc0 (max + 1);
  gsize length = 0;

  while (length < max)
    {
      gssize n = read (fd, line + length, 1);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, "%s: %s", what, g_strerror (errno));
          rd_cli_free_secret (line);
          return NULL;
        }
      if (n == 0 || line[length] == '\n')
        {
          gboolean nothing = n == 0 && length == 0;

          line[length] = '\0';
          if (length > 0 && line[length - 1] == '\r')
            line[length - 1] = '\0';
          if (!nothing)
            return line;
          g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("%s is empty."), what);
          rd_cli_free_secret (line);
          return NULL;
        }
      length++;
    }
  g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("%s is too long."), what);
  explicit_bzero (line, max);
  g_free (line);
  return NULL;
}

char *
rd_cli_ask (const char *question, const char *preset, GError **error)
{
  g_autofree char *answer = NULL;

  if (preset != NULL && *preset != '\0')
    g_printerr ("%s [%s]: ", question, preset);
  else
    g_printerr ("%s: ", question);
  answer = read_line (STDIN_FILENO, MAX_ANSWER, _ ("The answer"), error);
  if (answer == NULL)
    return NULL;
  g_strstrip (answer);
  if (!g_utf8_validate (answer, -1, NULL))
    {
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("The answer is not UTF-8."));
      return NULL;
    }
  return *answer != '\0' ? g_steal_pointer (&answer) : g_strdup (preset != NULL ? preset : "");
}

static gboolean
check_secret (RdCliSecretKind kind, const char *secret, const char *what, GError **error)
{
  if (kind == RD_CLI_SECRET_PASSWORD)
    {
      gboolean legal = g_utf8_validate (secret, -1, NULL);

      for (const char *p = secret; legal && *p != '\0'; p++)
        legal = !g_ascii_iscntrl (*p);
      if (!legal)
        g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("%s holds characters that no password has."), what);
      return legal;
    }
  for (const char *p = secret; *p != '\0'; p++)
    {
      if (!g_ascii_isgraph (*p))
        {
          /* it goes into a header: a blank or a line's end in it is a mistake or worse */
          g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("%s holds characters that no token has."), what);
          return FALSE;
        }
    }
  return TRUE;
}

char *
rd_cli_ask_secret (RdCliSecretKind kind, const char *question, GError **error)
{
  static const int fatal_signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
  struct sigaction action = { .sa_handler = on_fatal_signal, .sa_flags = (int) SA_RESETHAND };
  struct sigaction old_actions[G_N_ELEMENTS (fatal_signals)];
  g_autoptr (RdCliSecret) secret = NULL;
  struct termios quiet;

  g_printerr ("%s: ", question);
  if (tcgetattr (STDIN_FILENO, &saved_terminal) != 0)
    {
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("A token cannot be asked for: no terminal."));
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (fatal_signals); i++)
    sigaction (fatal_signals[i], &action, &old_actions[i]);
  quiet = saved_terminal;
  quiet.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet);
  secret = read_line (STDIN_FILENO, MAX_SECRET, question, error);
  tcsetattr (STDIN_FILENO, TCSANOW, &saved_terminal);
  for (guint i = 0; i < G_N_ELEMENTS (fatal_signals); i++)
    sigaction (fatal_signals[i], &old_actions[i], NULL);
  g_printerr ("\n");
  if (secret == NULL || !check_secret (kind, secret, question, error))
    return NULL;
  return g_steal_pointer (&secret);
}

char *
rd_cli_read_secret (RdCliSecretKind kind, const char *file, GError **error)
{
  gboolean from_stdin = g_str_equal (file, "-");
  int fd = from_stdin ? STDIN_FILENO : open (file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  g_autoptr (RdCliSecret) secret = NULL;
  g_autofree char *name = g_filename_display_name (file);
  const char *what = from_stdin ? _ ("Standard input") : name;

  if (fd < 0)
    {
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, "%s: %s", name, g_strerror (errno));
      return NULL;
    }
  secret = read_line (fd, MAX_SECRET, what, error);
  if (!from_stdin)
    close (fd);
  if (secret == NULL)
    return NULL;
  if (*secret == '\0')
    {
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("%s is empty."), what);
      return NULL;
    }
  return check_secret (kind, secret, what, error) ? g_steal_pointer (&secret) : NULL;
}
