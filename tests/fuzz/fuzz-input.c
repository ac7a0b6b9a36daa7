/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz-input.h"

struct _FuzzInput
{
  GMemoryInputStream parent_instance;

  gsize put;
  gboolean ended;
};

typedef struct
{
  GSource source;
  FuzzInput *input;
} Watch;

static gboolean
fuzz_input_is_readable (GPollableInputStream *stream)
{
  FuzzInput *self = FUZZ_INPUT (stream);

  return self->ended || (gsize) g_seekable_tell (G_SEEKABLE (self)) < self->put;
}

static gboolean
watch_prepare (GSource *source, int *timeout)
{
  *timeout = -1;
  return fuzz_input_is_readable (G_POLLABLE_INPUT_STREAM (((Watch *) source)->input));
}

static gboolean
watch_check (GSource *source)
{
  return fuzz_input_is_readable (G_POLLABLE_INPUT_STREAM (((Watch *) source)->input));
}

static gboolean
watch_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return ((GPollableSourceFunc) (void (*) (void)) callback) (G_OBJECT (((Watch *) source)->input), data);
}

static void
watch_finalize (GSource *source)
{
  g_object_unref (((Watch *) source)->input);
}

static GSource *
fuzz_input_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  static GSourceFuncs funcs = { watch_prepare, watch_check, watch_dispatch, watch_finalize, NULL, NULL };
  GSource *source = g_source_new (&funcs, sizeof (Watch));

  ((Watch *) source)->input = g_object_ref (FUZZ_INPUT (stream));
  return source;
}

static void
fuzz_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = fuzz_input_is_readable;
  iface->create_source = fuzz_input_create_source;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FuzzInput, fuzz_input, G_TYPE_MEMORY_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, fuzz_input_pollable_init))

static void
fuzz_input_class_init (FuzzInputClass *klass)
{
}

static void
fuzz_input_init (FuzzInput *self)
{
}

FuzzInput *
fuzz_input_new (void)
{
  return g_object_new (FUZZ_TYPE_INPUT, NULL);
}

void
fuzz_input_put (FuzzInput *self, const void *data, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);

  if (self->ended || length == 0)
    return;
  g_memory_input_stream_add_bytes (G_MEMORY_INPUT_STREAM (self), bytes);
  self->put += length;
}

void
fuzz_input_end (FuzzInput *self)
{
  self->ended = TRUE;
}
