/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz-wire.h"

#include "channels-message-limit-private.h"
#include "fuzz-input.h"

#define DATA_KEY "fuzz-wire"
#define FIN 0x80
#define MASKED 0x80
#define OPCODE 0x0f
#define TEXT 1
#define BINARY 2
#define CLOSE 8

struct _FuzzWire
{
  SoupSession *session;
  FuzzWireAnswer answer;
  GQueue hanging; /* GTask */
  GPtrArray *inputs; /* FuzzInput: of all sockets there have been */
  FuzzInput *input; /* (nullable) (unowned): the newest socket's */
  GMemoryOutputStream *output; /* (nullable) */
  gsize taken; /* bytes of it */
};

FuzzWire *
fuzz_wire_new (SoupSession *session)
{
  FuzzWire *self = g_new0 (FuzzWire, 1);

  self->session = g_object_ref (session);
  self->inputs = g_ptr_array_new_with_free_func (g_object_unref);
  g_queue_init (&self->hanging);
  g_object_set_data (G_OBJECT (session), DATA_KEY, self);
  return self;
}

void
fuzz_wire_free (FuzzWire *self)
{
  for (guint i = 0; i < self->inputs->len; i++)
    fuzz_input_end (g_ptr_array_index (self->inputs, i));
  fuzz_wire_settle (self);
  g_assert (g_queue_is_empty (&self->hanging));
  g_object_set_data (G_OBJECT (self->session), DATA_KEY, NULL);
  g_ptr_array_unref (self->inputs);
  g_clear_object (&self->output);
  g_object_unref (self->session);
  g_free (self);
}

void
fuzz_wire_set_answer (FuzzWire *self, FuzzWireAnswer answer)
{
  self->answer = answer;
}

static SoupWebsocketConnection *
open_socket (FuzzWire *self, SoupMessage *message)
{
  g_autoptr (GIOStream) stream = NULL;
  GList *extensions = g_list_prepend (NULL, g_object_new (CHANNELS_TYPE_MESSAGE_LIMIT, NULL));

  g_clear_object (&self->output);
  self->input = fuzz_input_new ();
  g_ptr_array_add (self->inputs, self->input);
  self->output = G_MEMORY_OUTPUT_STREAM (g_memory_output_stream_new_resizable ());
  self->taken = 0;
  stream = g_simple_io_stream_new (G_INPUT_STREAM (self->input), G_OUTPUT_STREAM (self->output));
  return soup_websocket_connection_new (stream, soup_message_get_uri (message), SOUP_WEBSOCKET_CONNECTION_CLIENT, NULL,
                                        NULL, extensions);
}

/* These two stand in for libsoup's. */

void
soup_session_websocket_connect_async (SoupSession *session, SoupMessage *message, const char *origin, char **protocols,
                                      int io_priority, GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  FuzzWire *self = g_object_get_data (G_OBJECT (session), DATA_KEY);
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);

  switch (self->answer)
    {
    case FUZZ_WIRE_OPENS:
      g_task_return_pointer (task, open_socket (self, message), g_object_unref);
      break;
    case FUZZ_WIRE_REFUSES:
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "Refused");
      break;
    case FUZZ_WIRE_DISTRUSTS:
      g_task_return_new_error (task, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, "Not trusted");
      break;
    case FUZZ_WIRE_HANGS:
    case FUZZ_WIRE_N_ANSWERS:
    default:
      g_queue_push_tail (&self->hanging, g_steal_pointer (&task));
      break;
    }
}

SoupWebsocketConnection *
soup_session_websocket_connect_finish (SoupSession *session, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
send_frame (FuzzWire *self, guint8 opcode, const char *data, gsize length)
{
  guint8 header[4] = { FIN | opcode, (guint8) length, 0, 0 };
  gsize header_length = 2;

  g_assert (length <= G_MAXUINT16);
  if (length > 125)
    {
      header[1] = 126;
      header[2] = (guint8) (length >> 8);
      header[3] = (guint8) (length & 0xff);
      header_length = 4;
    }
  fuzz_input_put (self->input, header, header_length);
  fuzz_input_put (self->input, data, length);
}

void
fuzz_wire_send (FuzzWire *self, SoupWebsocketDataType type, const char *text, gsize length)
{
  if (self->input != NULL)
    send_frame (self, type == SOUP_WEBSOCKET_DATA_TEXT ? TEXT : BINARY, text, length);
}

void
fuzz_wire_send_raw (FuzzWire *self, const char *data, gsize length)
{
  if (self->input != NULL)
    fuzz_input_put (self->input, data, length);
}

void
fuzz_wire_close (FuzzWire *self, guint code)
{
  const char payload[2] = { (char) (code >> 8), (char) (code & 0xff) };

  if (self->input == NULL)
    return;
  if (code != 0)
    send_frame (self, CLOSE, payload, sizeof payload);
  fuzz_input_end (self->input);
}

/* (nullable) (transfer full): the payload at @data, which is masked, if all of it is there; @length: (inout): what is
 * there, and then the whole frame's */
static char *
unmask (const guint8 *data, gsize *length, guint8 *opcode)
{
  gsize size, at = 2;
  char *text;

  if (*length < 2)
    return NULL;
  g_assert (data[1] & MASKED);
  size = data[1] & 0x7f;
  g_assert (size < 127);
  if (size == 126)
    {
      size = ((gsize) data[2] << 8) | data[3];
      at = 4;
    }
  if (*length < at + 4 + size)
    return NULL;
  text = g_malloc (size + 1);
  for (gsize i = 0; i < size; i++)
    text[i] = (char) (data[at + 4 + i] ^ data[at + i % 4]);
  text[size] = '\0';
  *length = at + 4 + size;
  *opcode = data[0] & OPCODE;
  return text;
}

char *
fuzz_wire_take (FuzzWire *self)
{
  while (self->output != NULL && g_memory_output_stream_get_data_size (self->output) > self->taken)
    {
      const guint8 *data = g_memory_output_stream_get_data (self->output);
      gsize length = g_memory_output_stream_get_data_size (self->output) - self->taken;
      guint8 opcode = 0;
      char *text = unmask (data + self->taken, &length, &opcode);

      if (text == NULL)
        return NULL;
      self->taken += length;
      if (opcode == TEXT)
        return text;
      g_free (text);
    }
  return NULL;
}

guint
fuzz_wire_get_n (FuzzWire *self)
{
  return self->inputs->len;
}

void
fuzz_wire_settle (FuzzWire *self)
{
  gboolean moved;

  do
    {
      guint n = g_queue_get_length (&self->hanging);

      moved = g_main_context_iteration (NULL, FALSE);
      for (guint i = 0; i < n; i++)
        {
          GTask *task = g_queue_pop_head (&self->hanging);

          if (g_task_return_error_if_cancelled (task))
            {
              g_object_unref (task);
              moved = TRUE;
            }
          else
            g_queue_push_tail (&self->hanging, task);
        }
    }
  while (moved);
}
