/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-fault.h"
#include "rd-memory.h"
#include "rd-test.h"

#include <glib/gstdio.h>

/* What a second run knows of the first. */

typedef struct
{
  char *folder;
  RdMemory *memory;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = rd_test_make_dir ();
  fixture->memory = rd_memory_new (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rd_test_await (!rd_memory_is_writing (fixture->memory));
  g_assert_finalize_object (fixture->memory);
  rd_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static void
restart (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  rd_memory_flush (fixture->memory);
  rd_test_await (!rd_memory_is_writing (fixture->memory));
  g_assert_finalize_object (fixture->memory);
  fixture->memory = rd_memory_new (fixture->folder);
  g_assert_true (rd_memory_load (fixture->memory, "crm", &error));
  g_assert_no_error (error);
}

static char *
file_of (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static void
test_kept (Fixture *fixture, gconstpointer data)
{
  static const char * const open[] = { "7", "8 \"quoted\"", NULL };
  const char * const *kept;

  rd_memory_note (fixture->memory, "crm", "message 1", 100);
  rd_memory_note_stood (fixture->memory, "crm", 5000);
  rd_memory_note_stood (fixture->memory, "crm", 4000);
  rd_memory_set_open (fixture->memory, "crm", open);
  restart (fixture);
  g_assert_true (rd_memory_recall (fixture->memory, "crm", "message 1", 0, G_MAXINT64));
  g_assert_true (rd_memory_recall (fixture->memory, "crm", "message 1", 105, 5));
  g_assert_false (rd_memory_recall (fixture->memory, "crm", "message 1", 106, 5));
  g_assert_false (rd_memory_recall (fixture->memory, "crm", "message 2", 0, G_MAXINT64));
  g_assert_false (rd_memory_recall (fixture->memory, "other", "message 1", 0, G_MAXINT64));
  g_assert_cmpint (rd_memory_get_stood (fixture->memory, "crm"), ==, 5000);
  g_assert_cmpint (rd_memory_get_stood (fixture->memory, "other"), ==, 0);
  kept = rd_memory_get_open (fixture->memory, "crm");
  g_assert_true (g_strv_equal (kept, open));
}

static void
test_times_that_overflow (Fixture *fixture, gconstpointer data)
{
  rd_memory_note (fixture->memory, "crm", "k", G_MININT64);
  g_assert_false (rd_memory_recall (fixture->memory, "crm", "k", G_MAXINT64, 5));
  restart (fixture);
  g_assert_true (rd_memory_recall (fixture->memory, "crm", "k", G_MININT64, 0));
}

static void
test_oldest_is_forgotten (Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < RD_MEMORY_MAX_KEYS + 10; i++)
    {
      g_autofree char *key = g_strdup_printf ("k%d", i);

      rd_memory_note (fixture->memory, "crm", key, i);
    }
  restart (fixture);
  g_assert_false (rd_memory_recall (fixture->memory, "crm", "k9", 0, G_MAXINT64));
  g_assert_true (rd_memory_recall (fixture->memory, "crm", "k10", 0, G_MAXINT64));
  /* What was read is as old as it was. */
  rd_memory_note (fixture->memory, "crm", "new", 0);
  g_assert_false (rd_memory_recall (fixture->memory, "crm", "k10", 0, G_MAXINT64));
  g_assert_true (rd_memory_recall (fixture->memory, "crm", "k2009", 0, G_MAXINT64));
}

static void
test_nothing_readable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = file_of (fixture, "crm.json");
  g_autofree char *text = NULL;
  GStatBuf info;

  rd_memory_note (fixture->memory, "crm", "A private message", 1);
  restart (fixture);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, "private"));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
}

/* One write for all that comes at once, and the last state is what stays. */
static void
test_written_together (Fixture *fixture, gconstpointer data)
{
  for (int i = 1; i <= 500; i++)
    rd_memory_note_stood (fixture->memory, "crm", i);
  restart (fixture);
  g_assert_cmpint (rd_memory_get_stood (fixture->memory, "crm"), ==, 500);
}

static void
test_dropped (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = file_of (fixture, "crm.json");

  rd_memory_note (fixture->memory, "crm", "k", 1);
  restart (fixture);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  /* Also while it is being written. */
  rd_memory_note (fixture->memory, "crm", "l", 2);
  rd_memory_drop (fixture->memory, "crm");
  rd_test_await (!rd_memory_is_writing (fixture->memory));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  rd_memory_drop (fixture->memory, "never-seen");
  g_assert_false (rd_memory_recall (fixture->memory, "crm", "k", 0, G_MAXINT64));
}

static void
test_bad_files (Fixture *fixture, gconstpointer data)
{
  static const char * const bad[] = {
    "",
    "{",
    "[]",
    "{\"format\":2,\"stood\":0,\"open\":[],\"seen\":[]}",
    "{\"format\":1,\"stood\":-1,\"open\":[],\"seen\":[]}",
    "{\"format\":1,\"stood\":0,\"open\":[],\"seen\":[\"0123456789abcdef\"]}",
    "{\"format\":1,\"stood\":0,\"open\":[],\"seen\":[\"xyz\",1]}",
    "{\"format\":1,\"stood\":0,\"open\":[{}],\"seen\":[]}",
    "{\"format\":1,\"stood\":0,\"open\":[],\"seen\":{\"a\":1}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = file_of (fixture, "crm.json");
      g_autofree char *name = g_strdup_printf ("crm.json.bad-%u", i + 1);
      g_autofree char *aside = file_of (fixture, name);
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, bad[i], -1, NULL));
      g_assert_false (rd_memory_load (fixture->memory, "crm", &error));
      g_assert_error (error, RD_FAULT, RD_FAULT_STORAGE);
      g_assert_cmpstr (rd_fault_get_where (error), ==, name);
      g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
      g_assert_cmpint (rd_memory_get_stood (fixture->memory, "crm"), ==, 0);
    }
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (name, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/store/memory/kept", test_kept);
  add ("/store/memory/overflow", test_times_that_overflow);
  add ("/store/memory/oldest", test_oldest_is_forgotten);
  add ("/store/memory/nothing-readable", test_nothing_readable);
  add ("/store/memory/together", test_written_together);
  add ("/store/memory/dropped", test_dropped);
  add ("/store/memory/bad-files", test_bad_files);
  return g_test_run ();
}
