/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-file-writer"

#include "config.h"

#include "rd-file-writer.h"

#include "rd-fault.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The small private files of this layer: read bounded, set aside when bad, and written whole or not at all. Knows
 * nothing of what stands in them. */

#define MAX_SET_ASIDE 1000

struct _RdFileWriter
{
  GObject parent_instance;

  char *path;
  GPtrArray *running;      /* (element-type GTask): what the write under way stands for; NULL: none */
  GBytes *next;            /* (nullable) */
  GPtrArray *next_tasks;   /* (element-type GTask) */
};

G_DEFINE_FINAL_TYPE (RdFileWriter, rd_file_writer, G_TYPE_OBJECT)

typedef struct
{
  char *data;
  gsize length;
} SecretBlock;

static void
secret_block_free (gpointer data)
{
  SecretBlock *block = data;

  explicit_bzero (block->data, block->length);
  g_free (block->data);
  g_free (block);
}

/* Paths stay out of faults but for the file's own name: they go over D-Bus and into the log. */
static GError *
storage_fault (const char *path, const char *reason)
{
  g_autofree char *name = g_path_get_basename (path);

  return rd_fault_new (RD_FAULT_STORAGE, NULL, 0, reason, name);
}

/* What the thread works with: it holds nothing of the writer itself, whose last reference must go in its own thread. */
typedef struct
{
  char *path;
  GBytes *contents;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_bytes_unref (job->contents);
  g_free (job->path);
  g_free (job);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  g_autofree char *folder = g_path_get_dirname (job->path);
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *data = g_bytes_get_data (job->contents, &length);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    g_task_return_error (task, storage_fault (job->path, g_strerror (errno)));
  else if (!g_file_set_contents_full (job->path, data != NULL ? data : "", (gssize) length,
                                      G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &error))
    g_task_return_error (task, storage_fault (job->path, error->message));
  else
    g_task_return_boolean (task, TRUE);
}

static void
finish_tasks (GPtrArray *tasks, const GError *error)
{
  for (guint i = 0; i < tasks->len; i++)
    {
      if (error != NULL)
        g_task_return_error (tasks->pdata[i], g_error_copy (error));
      else
        g_task_return_boolean (tasks->pdata[i], TRUE);
    }
}

/* Also called without a @result, to begin. @user_data: (transfer full): the writer */
static void
on_write_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdFileWriter) self = user_data;
  g_autoptr (GPtrArray) done = g_steal_pointer (&self->running);
  g_autoptr (GError) error = NULL;

  if (result != NULL)
    g_task_propagate_boolean (G_TASK (result), &error);
  if (self->next != NULL)
    {
      g_autoptr (GTask) task = g_task_new (NULL, NULL, on_write_ready, g_object_ref (self));
      Job *job = g_new0 (Job, 1);

      job->path = g_strdup (self->path);
      job->contents = g_steal_pointer (&self->next);
      self->running = g_steal_pointer (&self->next_tasks);
      self->next_tasks = g_ptr_array_new_with_free_func (g_object_unref);
      g_task_set_task_data (task, job, job_free);
      g_task_run_in_thread (task, write_in_thread);
    }
  if (done != NULL)
    finish_tasks (done, error);
}

/* GObject */

static void
rd_file_writer_finalize (GObject *object)
{
  RdFileWriter *self = RD_FILE_WRITER (object);

  g_assert (self->running == NULL);
  g_clear_pointer (&self->next_tasks, g_ptr_array_unref);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (rd_file_writer_parent_class)->finalize (object);
}

static void
rd_file_writer_class_init (RdFileWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_file_writer_finalize;
}

static void
rd_file_writer_init (RdFileWriter *self)
{
  self->next_tasks = g_ptr_array_new_with_free_func (g_object_unref);
}

RdFileWriter *
rd_file_writer_new (const char *path)
{
  RdFileWriter *self = g_object_new (RD_TYPE_FILE_WRITER, NULL);

  self->path = g_strdup (path);
  return self;
}

void
rd_file_writer_write_async (RdFileWriter *self, GBytes *contents, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RD_IS_FILE_WRITER (self));
  g_return_if_fail (contents != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rd_file_writer_write_async);
  g_ptr_array_add (self->next_tasks, task);
  g_clear_pointer (&self->next, g_bytes_unref);
  self->next = g_bytes_ref (contents);
  if (self->running == NULL)
    on_write_ready (NULL, NULL, g_object_ref (self));
}

gboolean
rd_file_writer_write_finish (RdFileWriter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
set_aside_as (const char *path, const char *name, gboolean copy, GError **error)
{
  g_autoptr (GFile) from = g_file_new_for_path (path);
  g_autoptr (GFile) to = g_file_new_for_path (name);

  if (copy)
    return g_file_copy (from, to, G_FILE_COPY_ALL_METADATA | G_FILE_COPY_NOFOLLOW_SYMLINKS, NULL, NULL, NULL, error);
  return g_file_move (from, to, G_FILE_COPY_NOFOLLOW_SYMLINKS | G_FILE_COPY_NO_FALLBACK_FOR_MOVE, NULL, NULL, NULL,
                      error);
}

char *
rd_file_set_aside (const char *path, gboolean copy, GError **error)
{
  for (guint i = 1; i <= MAX_SET_ASIDE; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.bad-%u", path, i);
      g_autoptr (GError) local = NULL;

      if (set_aside_as (path, name, copy, &local))
        return g_steal_pointer (&name);
      if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_EXISTS))
        {
          g_propagate_error (error, storage_fault (path, local->message));
          return NULL;
        }
    }
  g_propagate_error (error, storage_fault (path, "too many files were set aside"));
  return NULL;
}

static gboolean
read_all (int fd, char *data, gsize size)
{
  gsize done = 0;

  while (done < size)
    {
      gssize n = read (fd, data + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      if (n == 0)
        {
          errno = EIO;
          return FALSE;
        }
      done += (gsize) n;
    }
  return TRUE;
}

GBytes *
rd_file_read (const char *path, gsize max, GError **error)
{
  /* O_NONBLOCK: a FIFO under this name must not hold the agent up. */
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);
  const char *reason = NULL;
  char *data = NULL;
  struct stat info;

  if (fd < 0 && errno == ENOENT)
    return NULL;
  if (fd < 0 || fstat (fd, &info) != 0)
    reason = g_strerror (errno);
  else if (!S_ISREG (info.st_mode))
    reason = "not a regular file";
  else if (info.st_size < 0 || (gsize) info.st_size > max)
    reason = "too large";
  else
    {
      data = g_malloc0 ((gsize) info.st_size + 1);
      if (!read_all (fd, data, (gsize) info.st_size))
        reason = g_strerror (errno);
    }
  if (fd >= 0)
    g_close (fd, NULL);
  if (reason != NULL)
    {
      g_free (data);
      g_propagate_error (error, storage_fault (path, reason));
      return NULL;
    }
  return rd_bytes_new_secret (data, (gsize) info.st_size);
}

GBytes *
rd_bytes_new_secret (char *data, gsize length)
{
  SecretBlock *block = g_new0 (SecretBlock, 1);

  block->data = data;
  block->length = length;
  return g_bytes_new_with_free_func (data, length, secret_block_free, block);
}
