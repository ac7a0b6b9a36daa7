/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-fault.h"
#include "rd-reminders.h"
#include "rd-test-clock.h"
#include "rd-test.h"

/* Which reminders come, and when. */

#define NOW G_GINT64_CONSTANT (1767225600000000)
#define MINUTE_MS 60000

typedef struct
{
  char *folder;
  char *path;
  RdTestClock *clock;
  RdReminders *reminders;
  GString *due; /* "crm/1 crm/2 " */
} Fixture;

static void
on_due (RdReminders *reminders, GVariant *call, Fixture *fixture)
{
  const char *account = NULL;
  const char *id = NULL;

  g_assert_true (g_variant_lookup (call, "account", "&s", &account));
  g_assert_true (g_variant_lookup (call, "id", "&s", &id));
  g_string_append_printf (fixture->due, "%s/%s ", account, id);
}

static void
open_reminders (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->reminders = rd_reminders_new (RD_CLOCK (fixture->clock), fixture->path);
  g_signal_connect (fixture->reminders, "due", G_CALLBACK (on_due), fixture);
  g_assert_true (rd_reminders_load (fixture->reminders, &error));
  g_assert_no_error (error);
  rd_reminders_start (fixture->reminders);
}

static void
close_reminders (Fixture *fixture)
{
  rd_test_await (!rd_reminders_is_writing (fixture->reminders));
  g_assert_finalize_object (fixture->reminders);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = rd_test_make_dir ();
  fixture->path = g_build_filename (fixture->folder, "reminders.json", NULL);
  fixture->clock = rd_test_clock_new (NOW);
  fixture->due = g_string_new (NULL);
  open_reminders (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_reminders (fixture);
  g_assert_cmpuint (rd_test_clock_get_timers (fixture->clock), ==, 0);
  g_assert_finalize_object (fixture->clock);
  g_string_free (fixture->due, TRUE);
  rd_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
add (Fixture *fixture, const char *id, const char *peer, guint minutes)
{
  g_autoptr (GVariant) call = NULL;
  g_autoptr (GError) error = NULL;

  call = g_variant_ref_sink (g_variant_new_parsed ("{'account': <'crm'>, 'id': <%s>, 'peer-id': <%s>,"
                                                   " 'peer-name': <'Ada “\\\"” <b>'>, 'direction': <'in'>,"
                                                   " 'audio': <true>, 'created-at': <int64 5>}", id, peer));
  g_assert_true (rd_reminders_add (fixture->reminders, call, minutes, &error));
  g_assert_no_error (error);
}

static void
test_in_order (Fixture *fixture, gconstpointer data)
{
  add (fixture, "1", "7", 30);
  add (fixture, "2", "8", 10);
  add (fixture, "3", "9", 20);
  /* Later, after all */
  add (fixture, "2", "8", 25);
  g_assert_cmpint (rd_reminders_get_due (fixture->reminders, "crm", "2"), ==, NOW + 25 * G_TIME_SPAN_MINUTE);
  rd_test_clock_advance (fixture->clock, 19 * MINUTE_MS);
  g_assert_cmpstr (fixture->due->str, ==, "");
  rd_test_clock_advance (fixture->clock, 20 * MINUTE_MS);
  g_assert_cmpstr (fixture->due->str, ==, "crm/3 crm/2 crm/1 ");
  g_assert_cmpint (rd_reminders_get_due (fixture->reminders, "crm", "2"), ==, 0);
}

static void
test_over_a_restart (Fixture *fixture, gconstpointer data)
{
  add (fixture, "1", "7", 5);
  add (fixture, "2", "8", 60);
  close_reminders (fixture);
  rd_test_clock_set_time (fixture->clock, NOW + G_TIME_SPAN_HOUR / 2);
  open_reminders (fixture);
  rd_test_clock_advance (fixture->clock, 1);
  g_assert_cmpstr (fixture->due->str, ==, "crm/1 ");
  rd_test_clock_advance (fixture->clock, 31 * MINUTE_MS);
  g_assert_cmpstr (fixture->due->str, ==, "crm/1 crm/2 ");
  close_reminders (fixture);
  open_reminders (fixture);
  rd_test_clock_advance (fixture->clock, 31 * MINUTE_MS);
  g_assert_cmpstr (fixture->due->str, ==, "crm/1 crm/2 ");
}

/* A sleep stops timers, and not the time: it is looked again when the machine wakes up. */
static void
test_slept (Fixture *fixture, gconstpointer data)
{
  add (fixture, "1", "7", 30);
  add (fixture, "2", "8", 90);
  rd_test_clock_set_time (fixture->clock, NOW + G_TIME_SPAN_HOUR);
  rd_reminders_start (fixture->reminders);
  rd_test_clock_advance (fixture->clock, 1);
  g_assert_cmpstr (fixture->due->str, ==, "crm/1 ");
  g_assert_cmpuint (rd_test_clock_get_timers (fixture->clock), ==, 1);
}

/* Somebody sets the clock on: it is noticed within the hour. */
static void
test_clock_set (Fixture *fixture, gconstpointer data)
{
  add (fixture, "1", "7", 1440);
  rd_test_clock_set_time (fixture->clock, NOW + 2 * G_TIME_SPAN_DAY);
  rd_test_clock_advance (fixture->clock, 61 * MINUTE_MS);
  g_assert_cmpstr (fixture->due->str, ==, "crm/1 ");
}

static void
test_taken (Fixture *fixture, gconstpointer data)
{
  add (fixture, "1", "7", 5);
  add (fixture, "2", "7", 6);
  add (fixture, "3", "", 7);
  add (fixture, "4", "", 8);
  add (fixture, "5", "9", 9);
  rd_reminders_take (fixture->reminders, "other", "1", "7");
  /* All of whom the user talks to; of a call without a name that call alone */
  rd_reminders_take (fixture->reminders, "crm", "99", "7");
  rd_reminders_take (fixture->reminders, "crm", "3", "");
  g_assert_true (rd_reminders_remove (fixture->reminders, "crm", "5"));
  g_assert_false (rd_reminders_remove (fixture->reminders, "crm", "5"));
  rd_test_clock_advance (fixture->clock, 10 * MINUTE_MS);
  g_assert_cmpstr (fixture->due->str, ==, "crm/4 ");
}

static void
test_bounds (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GVariant) nameless = g_variant_ref_sink (g_variant_new_parsed ("{'account': <'crm'>}"));
  g_autoptr (GVariant) call = g_variant_ref_sink (g_variant_new_parsed ("{'account': <'crm'>, 'id': <'1'>}"));
  const guint minutes[] = { 0, RD_REMINDERS_MAX_MINUTES + 1, G_MAXUINT };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    {
      g_assert_false (rd_reminders_add (fixture->reminders, call, minutes[i], &error));
      g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
      g_clear_error (&error);
    }
  g_assert_false (rd_reminders_add (fixture->reminders, nameless, 5, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
  for (guint i = 0; i < RD_REMINDERS_MAX + 2; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      add (fixture, id, "7", 5);
    }
  g_assert_cmpint (rd_reminders_get_due (fixture->reminders, "crm", "1"), ==, 0);
  g_assert_cmpint (rd_reminders_get_due (fixture->reminders, "crm", "2"), >, 0);
  rd_reminders_clear (fixture->reminders, NULL);
  rd_test_clock_advance (fixture->clock, 10 * MINUTE_MS);
  g_assert_cmpstr (fixture->due->str, ==, "");
}

static void
test_wrong_files (Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = {
    "", "{", "[]", "{\"format\":7,\"reminders\":[]}", "{\"format\":1,\"reminders\":{}}",
  };
  static const char odd[] = "{\"format\":1,\"reminders\":[7,{},{\"due\":\"soon\",\"account\":\"crm\",\"id\":\"1\"},"
                            "{\"due\":5,\"account\":[],\"id\":\"2\"},{\"due\":5,\"account\":\"crm\",\"id\":\"3\"}]}";
  g_autoptr (GError) error = NULL;

  close_reminders (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *aside = g_strdup_printf ("%s.bad-%u", fixture->path, i + 1);

      g_assert_true (g_file_set_contents (fixture->path, wrong[i], -1, NULL));
      fixture->reminders = rd_reminders_new (RD_CLOCK (fixture->clock), fixture->path);
      g_assert_false (rd_reminders_load (fixture->reminders, &error));
      g_assert_error (error, RD_FAULT, RD_FAULT_STORAGE);
      g_clear_error (&error);
      g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
      g_assert_finalize_object (fixture->reminders);
    }
  g_assert_true (g_file_set_contents (fixture->path, odd, -1, NULL));
  open_reminders (fixture);
  rd_test_clock_advance (fixture->clock, 1);
  g_assert_cmpstr (fixture->due->str, ==, "crm/3 ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/agent/reminders/in-order", test_in_order);
  ADD ("/agent/reminders/over-a-restart", test_over_a_restart);
  ADD ("/agent/reminders/slept", test_slept);
  ADD ("/agent/reminders/clock-set", test_clock_set);
  ADD ("/agent/reminders/taken", test_taken);
  ADD ("/agent/reminders/bounds", test_bounds);
  ADD ("/agent/reminders/wrong-files", test_wrong_files);
  return g_test_run ();
}
