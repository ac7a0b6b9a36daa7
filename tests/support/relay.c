/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "relay.h"

struct _Relay
{
  GSocketService *service;
  GCancellable *cancellable;
  guint port;
  guint target;
  guint opened;
  guint generation; /* connections of an earlier one are dead */
  guint pipes;
};

typedef struct
{
  Relay *relay;
  guint generation;
  GIOStream *from;
  GIOStream *to;
  char data[4096];
} Pipe;

static void on_read_ready (GObject *source, GAsyncResult *result, gpointer user_data);

static void
pipe_free (Pipe *pipe)
{
  pipe->relay->pipes--;
  g_object_unref (pipe->from);
  g_object_unref (pipe->to);
  g_free (pipe);
}

static void
pump (Pipe *pipe)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (pipe->from), pipe->data, sizeof pipe->data,
                             G_PRIORITY_DEFAULT, pipe->relay->cancellable, on_read_ready, pipe);
}

static void
on_written_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pipe *pipe = user_data;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    pump (pipe);
  else
    pipe_free (pipe);
}

static void
on_read_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pipe *pipe = user_data;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  gboolean dead = pipe->generation != pipe->relay->generation;

  if (length > 0 && dead)
    pump (pipe);
  else if (length > 0)
    g_output_stream_write_all_async (g_io_stream_get_output_stream (pipe->to), pipe->data, (gsize) length,
                                     G_PRIORITY_DEFAULT, pipe->relay->cancellable, on_written_ready, pipe);
  else
    {
      /* The other direction has a read under way: it ends, too. */
      if (!dead)
        g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (pipe->to)), TRUE, TRUE, NULL);
      pipe_free (pipe);
    }
}

static void
add_pipe (Relay *self, GSocketConnection *from, GSocketConnection *to)
{
  Pipe *pipe = g_new0 (Pipe, 1);

  pipe->relay = self;
  pipe->generation = self->generation;
  pipe->from = g_object_ref (G_IO_STREAM (from));
  pipe->to = g_object_ref (G_IO_STREAM (to));
  self->pipes++;
  pump (pipe);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *near_end, GObject *source, Relay *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) far_end = NULL;

  g_socket_client_set_enable_proxy (client, FALSE);
  /* Loopback: the kernel accepts at once. */
  far_end = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) self->target, NULL, NULL);
  if (far_end == NULL)
    return TRUE;
  self->opened++;
  add_pipe (self, near_end, far_end);
  add_pipe (self, far_end, near_end);
  return TRUE;
}

Relay *
relay_new (guint port)
{
  Relay *self = g_new0 (Relay, 1);
  g_autoptr (GError) error = NULL;

  self->target = port;
  self->cancellable = g_cancellable_new ();
  self->service = g_socket_service_new ();
  self->port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  return self;
}

void
relay_free (Relay *self)
{
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_cancellable_cancel (self->cancellable);
  while (self->pipes > 0)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (self->service);
  g_object_unref (self->cancellable);
  g_free (self);
}

guint
relay_get_port (Relay *self)
{
  return self->port;
}

void
relay_kill (Relay *self)
{
  self->generation++;
}

guint
relay_get_opened (Relay *self)
{
  return self->opened;
}
