/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-setup-reader.h"

#include "rd-fault.h"
#include "rd-setup.h"

#include <string.h>

/* Files that a click hands to the agent. Somebody may click on a film, or on a pipe that nobody writes to. */

#define ATTRIBUTES G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE

static void
fail (GTask *task, RdFaultCode code, const GError *error)
{
  g_task_return_error (task, rd_fault_new (code, NULL, 0, error != NULL ? error->message : NULL, "setup"));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;
  char *buffer = g_task_get_task_data (task);
  gsize length = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error))
    fail (task, RD_FAULT_STORAGE, error);
  else if (length > RD_SETUP_MAX_SIZE)
    fail (task, RD_FAULT_TOO_LARGE, NULL);
  else if (memchr (buffer, '\0', length) != NULL || !g_utf8_validate (buffer, (gssize) length, NULL))
    fail (task, RD_FAULT_BAD_INPUT, NULL);
  else
    g_task_return_pointer (task, g_strndup (buffer, length), g_free);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);
  char *buffer;

  if (stream == NULL)
    {
      fail (task, RD_FAULT_STORAGE, error);
      return;
    }
  buffer = g_malloc (RD_SETUP_MAX_SIZE + 1);
  g_task_set_task_data (task, buffer, g_free);
  g_input_stream_read_all_async (G_INPUT_STREAM (stream), buffer, RD_SETUP_MAX_SIZE + 1, G_PRIORITY_DEFAULT, NULL,
                                 on_read, g_object_ref (task));
}

static void
on_looked_at (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (info == NULL)
    fail (task, RD_FAULT_STORAGE, error);
  else if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    fail (task, RD_FAULT_BAD_INPUT, NULL);
  else if (g_file_info_get_size (info) > RD_SETUP_MAX_SIZE)
    fail (task, RD_FAULT_TOO_LARGE, NULL);
  else
    g_file_read_async (G_FILE (source), G_PRIORITY_DEFAULT, NULL, on_opened, g_object_ref (task));
}

void
rd_setup_reader_read_async (GFile *file, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, rd_setup_reader_read_async);
  if (g_file_has_uri_scheme (file, "ringdown"))
    g_task_return_pointer (task, g_file_get_uri (file), g_free);
  else
    g_file_query_info_async (file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, NULL, on_looked_at,
                             g_object_ref (task));
}

char *
rd_setup_reader_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
