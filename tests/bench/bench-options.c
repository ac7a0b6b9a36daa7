/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bench-options.h"

gboolean
bench_options_parse (BenchOptions *self, int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "host", 0, 0, G_OPTION_ARG_STRING, &self->host, "The server (127.0.0.1)", "HOST" },
    { "port", 0, 0, G_OPTION_ARG_INT, &self->port, "Its port", "PORT" },
    { "key", 0, 0, G_OPTION_ARG_STRING, &self->key, "The application's key", "KEY" },
    { "channel", 0, 0, G_OPTION_ARG_STRING, &self->channel, "A public channel", "CHANNEL" },
    { "events", 0, 0, G_OPTION_ARG_INT, &self->events, "End after so many; 0: stay until killed", "N" },
    { "stay", 0, 0, G_OPTION_ARG_NONE, &self->stay, "Print after so many, and stay until killed", NULL },
    { "bind", 0, 0, G_OPTION_ARG_STRING, &self->bind, "Listen to events of this name only", "EVENT" },
    { "read", 0, 0, G_OPTION_ARG_NONE, &self->read, "The handler takes a value from each event's data", NULL },
    { "tree", 0, 0, G_OPTION_ARG_NONE, &self->tree, "The handler takes all of each event's data", NULL },
    { "latency", 0, 0, G_OPTION_ARG_NONE, &self->latency, "Compare each event's sent_us (µs since the epoch)", NULL },
    { 0 },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- receives events and says what they cost");
  g_autoptr (GError) error = NULL;

  self->host = g_strdup ("127.0.0.1");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return FALSE;
    }
  if (self->port <= 0 || self->port > G_MAXUINT16 || self->key == NULL || self->channel == NULL || self->events < 0)
    {
      g_printerr ("--port, --key and --channel are needed\n");
      return FALSE;
    }
  return TRUE;
}

void
bench_options_clear (BenchOptions *self)
{
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->channel, g_free);
  g_clear_pointer (&self->bind, g_free);
}
