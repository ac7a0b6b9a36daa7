/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-desktop"

#include "config.h"

#include "rd-autostart-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define GROUP G_KEY_FILE_DESKTOP_GROUP
#define GNOME_KEY "X-GNOME-Autostart-enabled"
#define OUR_KEY "X-Ringdown-Autostart"

/* (nullable) */
static GKeyFile *
load (const char *path)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR)
      || !g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS, NULL)
      || !g_key_file_has_group (file, GROUP))
    return NULL;
  return g_steal_pointer (&file);
}

static gboolean
is_ours (GKeyFile *file)
{
  return g_key_file_get_boolean (file, GROUP, OUR_KEY, NULL);
}

static gboolean
is_off (GKeyFile *file)
{
  return g_key_file_get_boolean (file, GROUP, G_KEY_FILE_DESKTOP_KEY_HIDDEN, NULL)
         || (g_key_file_has_key (file, GROUP, GNOME_KEY, NULL)
             && !g_key_file_get_boolean (file, GROUP, GNOME_KEY, NULL));
}

/* As the desktop entry specification quotes an argument; the key file escapes once more. */
static char *
quote (const char *program)
{
  GString *out = g_string_new ("\"");

  for (const char *at = program; *at != '\0'; at++)
    {
      if (strchr ("\"`$\\", *at) != NULL)
        g_string_append_c (out, '\\');
      if (*at == '%')
        g_string_append_c (out, '%');
      g_string_append_c (out, *at);
    }
  g_string_append_c (out, '"');
  return g_string_free (out, FALSE);
}

static GKeyFile *
compose (const char *command)
{
  GKeyFile *file = g_key_file_new ();
  g_autofree char *exec = quote (command);

  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_TYPE, G_KEY_FILE_DESKTOP_TYPE_APPLICATION);
  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_NAME, "Ringdown");
  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_ICON, RD_APP_ID);
  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, exec);
  /* Once it is not installed any more nothing is tried, and nothing is said. */
  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_TRY_EXEC, command);
  g_key_file_set_boolean (file, GROUP, G_KEY_FILE_DESKTOP_KEY_TERMINAL, FALSE);
  g_key_file_set_boolean (file, GROUP, "X-GNOME-UsesNotifications", TRUE);
  g_key_file_set_boolean (file, GROUP, GNOME_KEY, TRUE);
  g_key_file_set_boolean (file, GROUP, OUR_KEY, TRUE);
  return file;
}

static gboolean
store (GKeyFile *file, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  gsize length;
  g_autofree char *data = g_key_file_to_data (file, &length, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }
  return g_file_set_contents_full (path, data, (gssize) length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644, error);
}

static gboolean
turn_on (GKeyFile *old, const char *path, const char *command, GError **error)
{
  g_autoptr (GKeyFile) fresh = NULL;

  if (old == NULL || is_ours (old))
    {
      fresh = compose (command);
      return store (fresh, path, error);
    }
  if (!is_off (old))
    return TRUE;
  g_key_file_remove_key (old, GROUP, G_KEY_FILE_DESKTOP_KEY_HIDDEN, NULL);
  g_key_file_remove_key (old, GROUP, GNOME_KEY, NULL);
  return store (old, path, error);
}

/* FALSE without an error: it is off. */
static gboolean
turn_off (GKeyFile *old, const char *path, GError **error)
{
  if (old == NULL)
    return FALSE;
  if (!is_ours (old))
    {
      g_key_file_set_boolean (old, GROUP, G_KEY_FILE_DESKTOP_KEY_HIDDEN, TRUE);
      return !store (old, path, error);
    }
  if (g_unlink (path) == 0 || errno == ENOENT)
    return FALSE;
  g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (errno), g_strerror (errno));
  return TRUE;
}

static gboolean
is_as_composed (GKeyFile *old, const char *command)
{
  g_autofree char *exec = quote (command);
  g_autofree char *found = g_key_file_get_string (old, GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, NULL);

  return g_strcmp0 (found, exec) == 0;
}

gboolean
rd_autostart_file_sync (const char *path, const char *command, RdAutostartWish wish, GError **error)
{
  g_autoptr (GKeyFile) old = NULL;
  gboolean on;

  g_return_val_if_fail (path != NULL && command != NULL, FALSE);

  old = load (path);
  on = old != NULL && !is_off (old);
  switch (wish)
    {
    case RD_AUTOSTART_TURN_ON:
      return turn_on (old, path, command, error);
    case RD_AUTOSTART_TURN_OFF:
      return turn_off (old, path, error);
    case RD_AUTOSTART_KEEP_ON:
      if (old == NULL || (on && is_ours (old) && !is_as_composed (old, command)))
        return turn_on (old, path, command, error);
      return on;
    case RD_AUTOSTART_KEEP_OFF:
    default:
      return on && is_ours (old) ? turn_off (old, path, error) : on;
    }
}
