/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz.h"

#include <gio/gio.h>
#include <string.h>

/* Runs a target without libFuzzer, as a test of the unit suite: over its corpus, over every beginning of it, and over
 * changes of it that are always the same. It looks for nothing new; it keeps what was found from coming back. */

#define CUTS 200    /* of each file */
#define CHANGES 100 /* of each file */

typedef struct
{
  char *path;
  guint8 *data;
  gsize length;
} Seed;

static void
seed_free (gpointer data)
{
  Seed *seed = data;

  g_free (seed->path);
  g_free (seed->data);
  g_free (seed);
}

/* A copy of its own, so that a sanitizer sees a step beyond its end. */
static void
run (const guint8 *data, gsize length)
{
  g_autofree guint8 *copy = g_malloc (MAX (length, 1));

  if (length > 0)
    memcpy (copy, data, length);
  LLVMFuzzerTestOneInput (copy, length);
}

static void
test_whole (gconstpointer data)
{
  const Seed *seed = data;

  run (seed->data, seed->length);
}

static void
test_beginnings (gconstpointer data)
{
  const GPtrArray *seeds = data;

  for (guint i = 0; i < seeds->len; i++)
    {
      const Seed *seed = g_ptr_array_index (seeds, i);
      gsize step = seed->length / CUTS + 1;

      for (gsize length = 0; length < seed->length; length += step)
        run (seed->data, length);
    }
}

/* One byte gone, doubled, or another one: what another input has there. */
static void
run_changed (GRand *rand, const Seed *seed, const Seed *other)
{
  g_autofree guint8 *copy = g_malloc (seed->length + 1);
  gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) seed->length);
  gsize length = seed->length;

  memcpy (copy, seed->data, at);
  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      memcpy (copy + at, seed->data + at + 1, seed->length - at - 1);
      length--;
      break;
    case 1:
      memcpy (copy + at + 1, seed->data + at, seed->length - at);
      copy[at] = seed->data[at];
      length++;
      break;
    case 2:
      memcpy (copy + at, seed->data + at, seed->length - at);
      copy[at] = other->length > 0 ? other->data[at % other->length] : 0;
      break;
    default:
      memcpy (copy + at, seed->data + at, seed->length - at);
      copy[at] = (guint8) g_rand_int_range (rand, 0, 256);
      break;
    }
  run (copy, length);
}

static void
test_changes (gconstpointer data)
{
  const GPtrArray *seeds = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < seeds->len; i++)
    for (guint n = 0; n < CHANGES; n++)
      {
        const Seed *seed = g_ptr_array_index (seeds, i);

        if (seed->length > 0)
          run_changed (rand, seed, g_ptr_array_index (seeds, (i + n) % seeds->len));
      }
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const Seed *const *) a)->path, (*(const Seed *const *) b)->path);
}

static GPtrArray *
load_seeds (const char *target)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func (seed_free);
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", target, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);
      Seed *seed = g_new0 (Seed, 1);

      seed->path = g_strdup_printf ("/fuzz/%s/%s", target, name);
      g_file_get_contents (file, (char **) &seed->data, &seed->length, &error);
      g_assert_no_error (error);
      g_ptr_array_add (seeds, seed);
    }
  g_ptr_array_sort (seeds, compare_paths);
  return seeds;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) seeds = NULL;
  const char *target;
  g_autofree char *beginnings = NULL;
  g_autofree char *changes = NULL;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  LLVMFuzzerInitialize (&argc, &argv);
  target = argv[1];
  seeds = load_seeds (target);
  g_assert_cmpuint (seeds->len, >, 0);
  for (guint i = 0; i < seeds->len; i++)
    {
      const Seed *seed = g_ptr_array_index (seeds, i);

      g_test_add_data_func (seed->path, seed, test_whole);
    }
  beginnings = g_strdup_printf ("/fuzz/%s: every beginning", target);
  changes = g_strdup_printf ("/fuzz/%s: changed", target);
  g_test_add_data_func (beginnings, seeds, test_beginnings);
  g_test_add_data_func (changes, seeds, test_changes);
  return g_test_run ();
}
