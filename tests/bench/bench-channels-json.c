/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "channels-event-private.h"
#include "channels-json-private.h"
#include "channels-json-reader-private.h"

/* Where the time of an event goes that somebody reads. Each argument is a file with a frame in it, and makes one line
 * of JSON: the steps' processor time in µs, medians. */

#define ROUNDS 101
#define ROUND_US 1000

typedef struct
{
  GBytes *message;
  const char *document; /* the frame's data */
} Sample;

typedef void (*Step) (const Sample *sample);

static void
glance (const Sample *sample)
{
  g_auto (ChannelsFrame) frame = { 0 };

  g_assert_true (channels_frame_read (&frame, sample->message, NULL));
}

static ChannelsEvent *
create_event (const Sample *sample)
{
  g_auto (ChannelsFrame) frame = { 0 };

  g_assert_true (channels_frame_read (&frame, sample->message, NULL));
  return channels_event_new_for_frame (&frame, frame.event);
}

static void
get_text (const Sample *sample)
{
  g_autoptr (ChannelsEvent) event = create_event (sample);

  g_assert_nonnull (channels_event_get_text (event));
}

static void
get_data (const Sample *sample)
{
  g_autoptr (ChannelsEvent) event = create_event (sample);

  g_assert_nonnull (channels_event_get_data (event));
}

static void
look_up (const Sample *sample)
{
  g_autoptr (ChannelsEvent) event = create_event (sample);
  g_autoptr (JsonNode) value = channels_event_lookup (event, "/total");

  g_assert_nonnull (value);
}

static void
read_quickly (const Sample *sample)
{
  g_autoptr (JsonNode) node = channels_json_read (sample->document, strlen (sample->document));

  g_assert_nonnull (node);
}

static void
parse_thoroughly (const Sample *sample)
{
  g_autoptr (JsonNode) node = channels_json_parse_thoroughly (sample->document, strlen (sample->document), NULL);

  g_assert_nonnull (node);
}

/* Without a look at what it is given. */
static void
parse_by_json_glib (const Sample *sample)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_assert_true (json_parser_load_from_data (parser, sample->document, -1, NULL));
}

static const struct
{
  const char *name;
  Step step;
} steps[] = {
  { "glance", glance },
  { "text", get_text },
  { "lookup", look_up },
  { "data", get_data },
  { "reader", read_quickly },
  { "parser", parse_by_json_glib },
  { "checked_parser", parse_thoroughly },
};

static double
get_cpu_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e6 + (double) now.tv_nsec / 1e3;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double difference = *(const double *) a - *(const double *) b;

  return (difference > 0) - (difference < 0);
}

static double
measure (Step step, const Sample *sample)
{
  const double began = get_cpu_us ();
  guint n = 0;

  do
    step (sample);
  while (++n % 8 != 0 || get_cpu_us () - began < ROUND_US);
  return (get_cpu_us () - began) / n;
}

/* One step after the other in each round: what else the machine does meets all of them. */
static void
measure_all (const char *text, gsize length)
{
  g_autoptr (GBytes) message = g_bytes_new (text, length);
  Sample sample = { message, NULL };
  g_autoptr (ChannelsEvent) event = create_event (&sample);
  double times[G_N_ELEMENTS (steps)][ROUNDS];

  sample.document = channels_event_get_text (event);
  for (gsize round = 0; round < ROUNDS; round++)
    for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
      times[i][round] = measure (steps[i].step, &sample);
  printf ("{\"bytes\":%" G_GSIZE_FORMAT, length);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      qsort (times[i], ROUNDS, sizeof times[i][0], compare);
      printf (",\"%s\":%.3f", steps[i].name, times[i][ROUNDS / 2]);
    }
  puts ("}");
}

int
main (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    {
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;
      gsize length;

      if (!g_file_get_contents (argv[i], &text, &length, &error))
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
      measure_all (text, length);
    }
  return 0;
}
