/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-notifier"

#include "config.h"

#include "rd-notifier-ledger.h"

#include <errno.h>
#include <glib/gstdio.h>

/* One line for the server, then one id a line. A ledger that cannot be written or read is no reason not to ring. */

#define MAX_IDS 64
#define MAX_BYTES 4096

struct _RdNotifierLedger
{
  char *path;    /* (nullable) */
  char *written; /* (nullable): what the file holds; NULL: it is not there */
};

static char *
compose (const char *server, const guint32 *ids, gsize n_ids)
{
  GString *text = g_string_new (server);

  g_string_append_c (text, '\n');
  for (gsize i = 0; i < MIN (n_ids, MAX_IDS); i++)
    g_string_append_printf (text, "%" G_GUINT32_FORMAT "\n", ids[i]);
  return g_string_free (text, FALSE);
}

RdNotifierLedger *
rd_notifier_ledger_new (const char *path)
{
  RdNotifierLedger *self = g_new0 (RdNotifierLedger, 1);

  self->path = g_strdup (path);
  return self;
}

void
rd_notifier_ledger_free (RdNotifierLedger *self)
{
  g_free (self->path);
  g_free (self->written);
  g_free (self);
}

void
rd_notifier_ledger_write (RdNotifierLedger *self, const char *server, const guint32 *ids, gsize n_ids)
{
  g_autofree char *text = n_ids > 0 ? compose (server, ids, n_ids) : NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;

  if (self->path == NULL || g_strcmp0 (text, self->written) == 0)
    return;
  g_free (self->written);
  self->written = g_strdup (text);
  if (text == NULL)
    {
      g_unlink (self->path);
      return;
    }
  folder = g_path_get_dirname (self->path);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    g_debug ("%s: %s", folder, g_strerror (errno));
  else if (!g_file_set_contents_full (self->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_debug ("The ledger of notifications: %s", error->message);
}

GArray *
rd_notifier_ledger_take (RdNotifierLedger *self, const char *server)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gsize length;

  if (self->path == NULL || !g_file_get_contents (self->path, &text, &length, NULL))
    return ids;
  g_unlink (self->path);
  if (length > MAX_BYTES)
    return ids;
  lines = g_strsplit (text, "\n", MAX_IDS + 2);
  if (g_strcmp0 (lines[0], server) != 0)
    return ids;
  for (gsize i = 1; i < g_strv_length (lines) && ids->len < MAX_IDS; i++)
    {
      guint64 id;

      if (g_ascii_string_to_unsigned (lines[i], 10, 1, G_MAXUINT32, &id, NULL))
        {
          guint32 small = (guint32) id;

          g_array_append_val (ids, small);
        }
    }
  return ids;
}
