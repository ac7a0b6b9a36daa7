/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include "rd-cli-history.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* `ringdown history --export`: the agent writes into a file that was opened here, under a name of its own beside the
 * one that was asked for, which it gets when it is whole. */

static gboolean
fail (GError **error, const char *file, int reason)
{
  g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("“%s” could not be written: %s"), file,
               g_strerror (reason));
  return FALSE;
}

/* (nullable) */
static const char *
get_format (const char *file)
{
  g_autofree char *lower = g_ascii_strdown (file, -1);

  if (g_str_has_suffix (lower, ".csv"))
    return "csv";
  return g_str_has_suffix (lower, ".json") ? "json" : NULL;
}

static gint64
ask_agent (RdCli *cli, int fd, const char *format, GVariant *filter, GError **error)
{
  g_autoptr (GVariant) reply = NULL;
  guint64 count = 0;

  reply = rd_cli_call_with_file (cli, RD_CLI_AGENT_PATH, RD_CLI_HISTORY_INTERFACE, "Export",
                                 g_variant_new ("(hs@a{sv})", 0, format, filter), fd, G_VARIANT_TYPE ("(t)"), error);
  if (reply == NULL)
    return -1;
  g_variant_get (reply, "(t)", &count);
  return (gint64) MIN (count, (guint64) G_MAXINT64);
}

gint64
rd_cli_history_export (RdCli *cli, GVariant *filter, const char *file, GError **error)
{
  g_autofree char *part = g_strconcat (file, ".XXXXXX", NULL);
  const char *format = get_format (file);
  gint64 count;
  int fd;

  if (format == NULL)
    {
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("“%s” ends neither in .csv nor in .json."), file);
      return -1;
    }
  fd = g_mkstemp_full (part, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      fail (error, file, errno);
      return -1;
    }
  count = ask_agent (cli, fd, format, filter, error);
  if (count >= 0 && (fsync (fd) != 0 || g_rename (part, file) != 0))
    {
      fail (error, file, errno);
      count = -1;
    }
  if (count < 0)
    g_unlink (part);
  g_close (fd, NULL);
  return count;
}
