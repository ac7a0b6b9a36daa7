/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bench-tally.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#define SENT "sent_us"
#define MAX_LATENCIES 1000000

typedef struct
{
  guint64 rss;
  guint64 pss;
} Memory; /* kB */

struct _BenchTally
{
  const char *program;
  guint expected;
  gboolean stay;
  guint count;
  gint64 began;
  gint64 connect;
  gint64 first;
  gint64 last;
  gint64 cpu_first;
  gint64 cpu_last;
  Memory idle;
  GArray *latencies; /* gint64, µs */
};

static gint64
get_cpu (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec +
         usage.ru_stime.tv_usec;
}

static guint64
read_field (const char *text, const char *field)
{
  const char *at = strstr (text, field);

  return at != NULL ? g_ascii_strtoull (at + strlen (field), NULL, 10) : 0;
}

static Memory
read_memory (void)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL))
    return (Memory){ 0 };
  return (Memory){ read_field (text, "\nRss:"), read_field (text, "\nPss:") };
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

static gint64
quantile (GArray *sorted, double q)
{
  return g_array_index (sorted, gint64, MIN ((guint) (q * sorted->len), sorted->len - 1));
}

static void
note_latency (BenchTally *self, const char *text, gsize length)
{
  const char *at = g_strstr_len (text, (gssize) length, SENT);
  const char *end = text + length;
  gint64 latency;

  if (at == NULL || self->latencies->len >= MAX_LATENCIES)
    return;
  for (at += strlen (SENT); at < end && !g_ascii_isdigit (*at); at++)
    ;
  if (at == end)
    return;
  latency = g_get_real_time () - (gint64) g_ascii_strtoull (at, NULL, 10);
  g_array_append_val (self->latencies, latency);
}

BenchTally *
bench_tally_new (const char *program, guint expected, gboolean stay)
{
  BenchTally *self = g_new0 (BenchTally, 1);

  self->program = program;
  self->expected = expected;
  self->stay = stay;
  self->began = g_get_monotonic_time ();
  self->latencies = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

void
bench_tally_free (BenchTally *self)
{
  g_array_unref (self->latencies);
  g_free (self);
}

void
bench_tally_subscribed (BenchTally *self)
{
  if (self->connect != 0)
    return;
  self->connect = g_get_monotonic_time () - self->began;
  self->idle = read_memory ();
  if (!self->stay)
    return;
  printf ("{\"subscribed\":true,\"connect_us\":%" G_GINT64_FORMAT "}\n", self->connect);
  fflush (stdout);
}

void
bench_tally_print (BenchTally *self)
{
  Memory memory = read_memory ();
  /* the first one only starts the clocks */
  double n = MAX (self->count, 2) - 1;
  gint64 cpu = self->cpu_last - self->cpu_first;

  printf ("{\"program\":\"%s\",\"events\":%u,\"cpu_us\":%" G_GINT64_FORMAT ",\"cpu_us_per_event\":%.3f", self->program,
          self->count, cpu, (double) cpu / n);
  printf (",\"seconds\":%.6f,\"connect_us\":%" G_GINT64_FORMAT, (double) (self->last - self->first) / G_USEC_PER_SEC,
          self->connect);
  printf (",\"rss_kb\":%" G_GUINT64_FORMAT ",\"pss_kb\":%" G_GUINT64_FORMAT, memory.rss, memory.pss);
  printf (",\"idle_rss_kb\":%" G_GUINT64_FORMAT ",\"idle_pss_kb\":%" G_GUINT64_FORMAT, self->idle.rss, self->idle.pss);
  if (self->latencies->len > 0)
    {
      g_array_sort (self->latencies, compare);
      printf (",\"latency_us\":{\"n\":%u,\"p50\":%" G_GINT64_FORMAT ",\"p99\":%" G_GINT64_FORMAT
              ",\"max\":%" G_GINT64_FORMAT "}",
              self->latencies->len, quantile (self->latencies, 0.5), quantile (self->latencies, 0.99),
              quantile (self->latencies, 1));
    }
  printf ("}\n");
  fflush (stdout);
}

gboolean
bench_tally_count (BenchTally *self, const char *text, gsize length)
{
  if (text != NULL)
    note_latency (self, text, length);
  if (self->count++ == 0)
    {
      self->first = g_get_monotonic_time ();
      self->cpu_first = get_cpu ();
    }
  if (self->expected == 0 || self->count != self->expected)
    return FALSE;
  self->cpu_last = get_cpu ();
  self->last = g_get_monotonic_time ();
  if (!self->stay)
    return TRUE;
  bench_tally_print (self);
  self->count = 0;
  g_array_set_size (self->latencies, 0);
  return FALSE;
}
