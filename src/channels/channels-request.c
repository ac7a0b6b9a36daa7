/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-request-private.h"

#include <sodium.h>

#include "channels-error.h"
#include "channels-obstacle-private.h"

/* One bounded HTTP request: for the authoriser and the publisher. */

typedef struct
{
  char *host;
  ChannelsClock *clock;
  guint timer;
  guint timeout;
  GCancellable *inner; /* cancelled by the caller's or by the deadline */
  GCancellable *outer; /* (nullable) */
  gulong outer_handler;
  gboolean timed_out;
  gsize limit;
  guint8 *buffer; /* one byte more than the limit */
} Exchange;

/* A reply that was read: keys of encrypted channels come this way, and go when it does. */
typedef struct
{
  guint8 *buffer;
  gsize length;
} Reply;

static void
reply_free (gpointer data)
{
  Reply *reply = data;

  sodium_memzero (reply->buffer, reply->length);
  g_free (reply->buffer);
  g_free (reply);
}

/* Takes @buffer. */
static GBytes *
create_reply (guint8 *buffer, gsize length)
{
  Reply *reply = g_new (Reply, 1);

  *reply = (Reply){ buffer, length };
  return g_bytes_new_with_free_func (buffer, length, reply_free, reply);
}

static void
exchange_stop (Exchange *exchange)
{
  if (exchange->timer != 0)
    channels_clock_remove_timeout (exchange->clock, exchange->timer);
  exchange->timer = 0;
  if (exchange->outer_handler != 0)
    g_cancellable_disconnect (exchange->outer, exchange->outer_handler);
  exchange->outer_handler = 0;
}

static void
exchange_free (Exchange *exchange)
{
  exchange_stop (exchange);
  g_free (exchange->host);
  g_clear_object (&exchange->clock);
  g_clear_object (&exchange->inner);
  g_clear_object (&exchange->outer);
  if (exchange->buffer != NULL)
    sodium_memzero (exchange->buffer, exchange->limit + 1);
  g_free (exchange->buffer);
  g_free (exchange);
}

static gboolean
on_deadline (gpointer data)
{
  Exchange *exchange = data;

  exchange->timer = 0;
  exchange->timed_out = TRUE;
  g_cancellable_cancel (exchange->inner);
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer, GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

/* Takes @error, which came from libsoup, and ends the task with it in this library's words. */
static void
fail (GTask *task, GError *error)
{
  g_autoptr (GError) cause = error;
  Exchange *exchange = g_task_get_task_data (task);

  exchange_stop (exchange);
  if (exchange->timed_out)
    g_task_return_new_error (task, CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT, "No answer from %s within %u s",
                             exchange->host, exchange->timeout / 1000);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&cause));
  else if (cause->domain == G_TLS_ERROR)
    g_task_return_new_error (task, CHANNELS_ERROR, CHANNELS_ERROR_TLS, "No safe connection to %s: %s", exchange->host,
                             cause->message);
  else
    g_task_return_new_error (task, CHANNELS_ERROR, CHANNELS_ERROR_UNREACHABLE, "No connection to %s: %s",
                             exchange->host, channels_obstacle_describe (cause));
}

static void
on_read_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Exchange *exchange = g_task_get_task_data (task);
  gsize length = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error))
    {
      fail (task, g_steal_pointer (&error));
      return;
    }
  exchange_stop (exchange);
  if (length > exchange->limit)
    g_task_return_new_error (task, CHANNELS_ERROR, CHANNELS_ERROR_TOO_LARGE,
                             "The reply is larger than %" G_GSIZE_FORMAT " bytes", exchange->limit);
  else
    g_task_return_pointer (task, create_reply (g_steal_pointer (&exchange->buffer), length),
                           (GDestroyNotify) g_bytes_unref);
}

static void
on_send_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  Exchange *exchange = g_task_get_task_data (task);

  if (stream == NULL)
    {
      fail (task, g_steal_pointer (&error));
      return;
    }
  exchange->buffer = g_malloc (exchange->limit + 1);
  g_input_stream_read_all_async (stream, exchange->buffer, exchange->limit + 1, G_PRIORITY_DEFAULT, exchange->inner,
                                 on_read_ready, g_steal_pointer (&task));
}

void
channels_request_send_async (SoupSession *session, SoupMessage *message, ChannelsClock *clock, guint timeout,
                             gsize limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (session, cancellable, callback, user_data);
  Exchange *exchange = g_new0 (Exchange, 1);

  g_task_set_source_tag (task, channels_request_send_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, exchange, (GDestroyNotify) exchange_free);
  exchange->host = g_strdup (g_uri_get_host (soup_message_get_uri (message)));
  exchange->clock = g_object_ref (clock);
  exchange->limit = limit;
  exchange->timeout = timeout;
  exchange->inner = g_cancellable_new ();
  if (cancellable != NULL)
    {
      exchange->outer = g_object_ref (cancellable);
      exchange->outer_handler =
          g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled), exchange->inner, NULL);
    }
  if (timeout != 0)
    exchange->timer = channels_clock_add_timeout (clock, timeout, on_deadline, exchange);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, exchange->inner, on_send_ready, task);
}

GBytes *
channels_request_send_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
