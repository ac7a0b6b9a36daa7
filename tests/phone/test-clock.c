/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-clock.h"
#include "rd-test.h"

#include <sys/timerfd.h>
#include <time.h>

/* The system's clock. No test can put the machine to sleep; that the kernel was asked for a timer that goes on
 * meanwhile can be seen. */

static gboolean
on_timeout (gpointer data)
{
  (*(guint *) data)++;
  return G_SOURCE_REMOVE;
}

/* How many timers of this process count the time of sleep, too. */
static guint
count_boottime_timers (void)
{
  g_autofree char *wanted = g_strdup_printf ("clockid: %d\n", CLOCK_BOOTTIME);
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fdinfo", 0, NULL);
  const char *name;
  guint count = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/fdinfo", name, NULL);
      g_autofree char *text = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL) && strstr (text, wanted) != NULL)
        count++;
    }
  return count;
}

static void
test_goes_off_once (void)
{
  RdClock *clock = rd_clock_new ();
  guint count = 0;

  rd_clock_add_timeout (clock, 0, on_timeout, &count);
  rd_test_await (count == 1);
  rd_clock_add_timeout (clock, 1, on_timeout, &count);
  rd_test_await (count == 2);
  g_assert_cmpuint (count_boottime_timers (), ==, 0);
  g_assert_finalize_object (clock);
}

static void
test_counts_sleep (void)
{
  RdClock *clock = rd_clock_new ();
  guint count = 0;
  guint far = rd_clock_add_timeout (clock, 45000, on_timeout, &count);

  g_assert_cmpuint (count_boottime_timers (), ==, 1);
  rd_clock_add_timeout (clock, 1, on_timeout, &count);
  rd_test_await (count == 1);
  rd_clock_remove_timeout (clock, far);
  g_assert_cmpuint (count_boottime_timers (), ==, 0);
  g_assert_finalize_object (clock);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phone-clock/goes-off-once", test_goes_off_once);
  g_test_add_func ("/phone-clock/counts-sleep", test_counts_sleep);
  return g_test_run ();
}
