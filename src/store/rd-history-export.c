/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-store"

#include "config.h"

#include "rd-history-export.h"

#include "rd-fault.h"
#include "rd-history-format.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

/* An export: page by page from the history's thread, which is free for others in between, into a file that somebody
 * else has opened. That may be a pipe which nobody reads: a thread of its own waits for it, and not for ever. */

#define PAGE 500
#define PATIENCE_MS 30000
#define MAX_AT_ONCE 4
/* What a pipe that is ready takes without waiting (PIPE_BUF) */
#define PIECE 4096

static int running; /* atomic */

typedef struct
{
  GTask *task;
  RdHistoryThread *thread;
  RdHistoryFilter *filter;
  RdHistoryFormat format;
  int fd;
} Export;

static void
export_free (Export *self)
{
  if (self->fd >= 0)
    g_close (self->fd, NULL);
  g_object_unref (self->task);
  rd_history_thread_unref (self->thread);
  rd_history_filter_unref (self->filter);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static GError *
file_fault (const char *said)
{
  return rd_fault_new (RD_FAULT_STORAGE, NULL, 0, said, "export");
}

static gboolean
wait_for_room (int fd, GError **error)
{
  struct pollfd wait = { .fd = fd, .events = POLLOUT };
  int ready;

  do
    ready = poll (&wait, 1, PATIENCE_MS);
  while (ready < 0 && errno == EINTR);
  if (ready > 0)
    return TRUE;
  g_propagate_error (error, file_fault (ready == 0 ? "nobody reads it" : g_strerror (errno)));
  return FALSE;
}

static gboolean
write_text (int fd, const GString *text, GError **error)
{
  gsize done = 0;

  while (done < text->len)
    {
      gssize n;

      if (!wait_for_room (fd, error))
        return FALSE;
      n = write (fd, text->str + done, MIN (text->len - done, PIECE));
      if (n < 0 && (errno == EINTR || errno == EAGAIN))
        continue;
      if (n < 0)
        {
          g_propagate_error (error, file_fault (g_strerror (errno)));
          return FALSE;
        }
      done += (gsize) n;
    }
  return TRUE;
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* (nullable) (transfer full) */
static RdHistoryPage *
fetch (Export *self, GMainContext *context, guint64 after, GError **error)
{
  RdHistoryJob *job = rd_history_job_new (RD_HISTORY_JOB_LIST);
  g_autoptr (GAsyncResult) result = NULL;

  job->task = g_task_new (NULL, NULL, on_page, &result);
  job->filter = rd_history_filter_ref (self->filter);
  job->ascending = TRUE;
  job->from = after;
  job->limit = PAGE;
  rd_history_thread_push (self->thread, job);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
format_page (Export *self, GVariant *entries, guint64 *after, gint64 *n, GString *text)
{
  GVariantIter iter;
  GVariant *entry;

  g_variant_iter_init (&iter, entries);
  while ((entry = g_variant_iter_next_value (&iter)) != NULL)
    {
      rd_history_format_entry (self->format, entry, (*n)++ == 0, text);
      g_variant_lookup (entry, "id", "t", after);
      g_variant_unref (entry);
    }
}

static gint64
export (Export *self, GMainContext *context, GError **error)
{
  guint64 after = 0;
  gboolean more = TRUE;
  gint64 n = 0;

  while (more)
    {
      g_autoptr (RdHistoryPage) page = fetch (self, context, after, error);
      g_autoptr (GString) text = g_string_new (NULL);

      if (page == NULL)
        return -1;
      if (after == 0)
        rd_history_format_begin (self->format, text);
      format_page (self, page->entries, &after, &n, text);
      more = page->more;
      if (!more)
        rd_history_format_end (self->format, n == 0, text);
      if (!write_text (self->fd, text, error))
        return -1;
    }
  return n;
}

/* A reader that has gone is an error, and not our end. */
static void
block_sigpipe (void)
{
  sigset_t signals;

  sigemptyset (&signals);
  sigaddset (&signals, SIGPIPE);
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
}

static gpointer
export_main (gpointer data)
{
  g_autoptr (Export) self = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GError) error = NULL;
  gint64 n;

  block_sigpipe ();
  g_main_context_push_thread_default (context);
  n = export (self, context, &error);
  g_main_context_pop_thread_default (context);
  /* A disk may say only now that it is full. */
  if (n >= 0 && close (g_steal_fd (&self->fd)) != 0 && errno != EINTR)
    error = file_fault (g_strerror (errno));
  g_atomic_int_add (&running, -1);
  if (error != NULL)
    g_task_return_error (self->task, g_steal_pointer (&error));
  else
    g_task_return_int (self->task, n);
  return NULL;
}

void
rd_history_export_run (GTask *task, RdHistoryThread *thread, RdHistoryFilter *filter, int fd, const char *format)
{
  Export *self = g_new0 (Export, 1);
  GError *error = NULL;

  self->task = task;
  self->thread = rd_history_thread_ref (thread);
  self->filter = rd_history_filter_ref (filter);
  self->fd = fd;
  if (!rd_history_format_from_string (format, &self->format))
    error = rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, "format");
  else if (g_atomic_int_add (&running, 1) >= MAX_AT_ONCE)
    {
      g_atomic_int_add (&running, -1);
      error = file_fault ("too many at once");
    }
  if (error == NULL)
    {
      g_thread_unref (g_thread_new ("export", export_main, self));
      return;
    }
  g_task_return_error (task, error);
  export_free (self);
}
