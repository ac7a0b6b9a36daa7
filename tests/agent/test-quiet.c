/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-quiet.h"

#include "rd-fault.h"
#include "rd-quiet-hours.h"
#include "rd-test-clock.h"
#include "rd-test.h"

/* Do not disturb, with a clock that is turned by hand. All is on the clocks on the wall of Berlin. */

/* Central Europe, by its rule: a bare machine knows no zones by name. */
#define ZONE "CET-1CEST,M3.5.0,M10.5.0/3"
#define MINUTE_MS (G_GINT64_CONSTANT (60) * 1000)
#define HOUR_MS (60 * MINUTE_MS)

/* "2026-11-21 22:00" there */
static gint64
at (const char *text)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (ZONE);
  g_autofree char *iso = g_strdelimit (g_strdup (text), " ", 'T');
  g_autofree char *full = g_strconcat (iso, ":00", NULL);
  g_autoptr (GDateTime) moment = NULL;

  g_assert_nonnull (zone);
  moment = g_date_time_new_from_iso8601 (full, zone);
  g_assert_nonnull (moment);
  return g_date_time_to_unix (moment) * G_USEC_PER_SEC;
}

static void
assert_moment (gint64 moment, const char *expected)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (ZONE);
  g_autoptr (GDateTime) universal = g_date_time_new_from_unix_utc (moment / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (universal, zone);
  g_autofree char *text = moment != 0 ? g_date_time_format (local, "%F %H:%M") : g_strdup ("");

  g_assert_cmpstr (text, ==, expected);
}

typedef struct
{
  RdQuietHours hours;
  const char *now;
  gboolean within;
  const char *change;
} Case;

/* 2026-11-21 is a Saturday. */
static const Case cases[] = {
  /* over midnight */
  { { 127, 1320, 420 }, "2026-11-21 21:59", FALSE, "2026-11-21 22:00" },
  { { 127, 1320, 420 }, "2026-11-21 22:00", TRUE, "2026-11-22 07:00" },
  { { 127, 1320, 420 }, "2026-11-22 06:59", TRUE, "2026-11-22 07:00" },
  { { 127, 1320, 420 }, "2026-11-22 07:00", FALSE, "2026-11-22 22:00" },
  /* within a day */
  { { 127, 720, 780 }, "2026-11-21 12:30", TRUE, "2026-11-21 13:00" },
  { { 127, 720, 780 }, "2026-11-21 13:00", FALSE, "2026-11-22 12:00" },
  /* Friday night only: it lasts into the Saturday, and the next is a week away */
  { { 16, 1320, 420 }, "2026-11-21 06:00", TRUE, "2026-11-21 07:00" },
  { { 16, 1320, 420 }, "2026-11-21 23:00", FALSE, "2026-11-27 22:00" },
  { { 16, 1320, 420 }, "2026-11-20 21:00", FALSE, "2026-11-20 22:00" },
  /* Sunday and Monday are the two ends of the bits */
  { { 64, 1320, 420 }, "2026-11-23 03:00", TRUE, "2026-11-23 07:00" },
  { { 1, 1320, 420 }, "2026-11-22 23:00", FALSE, "2026-11-23 22:00" },
  /* no day, a whole day, midnight */
  { { 0, 1320, 420 }, "2026-11-21 23:00", FALSE, "" },
  { { 32, 600, 600 }, "2026-11-21 09:00", FALSE, "2026-11-21 10:00" },
  { { 32, 600, 600 }, "2026-11-22 09:59", TRUE, "2026-11-22 10:00" },
  { { 127, 0, 360 }, "2026-11-21 00:00", TRUE, "2026-11-21 06:00" },
  { { 127, 1380, 0 }, "2026-11-21 23:30", TRUE, "2026-11-22 00:00" },
  /* the nights in which the clocks change: they end by the wall's clock */
  { { 127, 1320, 420 }, "2026-03-29 06:30", TRUE, "2026-03-29 07:00" },
  { { 127, 1320, 420 }, "2026-10-25 06:30", TRUE, "2026-10-25 07:00" },
  { { 127, 1320, 420 }, "2026-10-25 07:00", FALSE, "2026-10-25 22:00" },
  /* an hour that there is not in that night */
  { { 127, 130, 170 }, "2026-03-29 12:00", FALSE, "2026-03-30 02:10" },
  /* over the end of a year, and of a February */
  { { 127, 1320, 420 }, "2026-12-31 23:59", TRUE, "2027-01-01 07:00" },
  { { 127, 1320, 420 }, "2028-02-28 23:59", TRUE, "2028-02-29 07:00" },
};

static void
test_hours (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (ZONE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 change = -1;

      g_test_message ("%s", cases[i].now);
      g_assert_cmpint (rd_quiet_hours_contain (&cases[i].hours, zone, at (cases[i].now), &change), ==,
                       cases[i].within);
      assert_moment (change, cases[i].change);
    }
}

/* Every hour of two years, against the plainest way to say it: what the wall's clock and calendar show. */
static void
test_hours_of_two_years (void)
{
  static const RdQuietHours hours = { 1 | 4 | 64, 1320, 420 };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (ZONE);
  gint64 now = at ("2026-01-01 00:30");

  for (guint i = 0; i < 2 * 365 * 24; i++, now += G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
    {
      g_autoptr (GDateTime) universal = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (universal, zone);
      int day = g_date_time_get_day_of_week (local);
      int hour = g_date_time_get_hour (local);
      gboolean late = hour >= 22 && (day == 1 || day == 3 || day == 7);
      gboolean early = hour < 7 && (day == 2 || day == 4 || day == 1);
      gint64 change;

      g_assert_cmpint (rd_quiet_hours_contain (&hours, zone, now, &change), ==, late || early);
      g_assert_cmpint (change, >, now);
    }
}

typedef struct
{
  char *dir;
  RdTestClock *clock;
  RdPreferences *preferences;
  RdQuiet *quiet;
  guint changes;
} Fixture;

static void
on_changed (RdQuiet *quiet, Fixture *fixture)
{
  fixture->changes++;
}

static void
start (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "settings.ini", NULL);

  fixture->preferences = rd_preferences_new (path);
  fixture->quiet = rd_quiet_new (fixture->preferences, RD_CLOCK (fixture->clock));
  g_signal_connect (fixture->quiet, "changed", G_CALLBACK (on_changed), fixture);
}

static void
stop (Fixture *fixture)
{
  g_assert_finalize_object (fixture->quiet);
  g_assert_cmpuint (rd_test_clock_get_timers (fixture->clock), ==, 0);
  rd_test_drain ();
  g_assert_finalize_object (fixture->preferences);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = rd_test_make_dir ();
  fixture->clock = rd_test_clock_new (at ("2026-11-21 21:00"));
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  stop (fixture);
  g_assert_finalize_object (fixture->clock);
  rd_test_remove_tree (fixture->dir);
  g_free (fixture->dir);
}

static void
set (Fixture *fixture, const char *key, const char *value)
{
  g_autoptr (GVariant) variant = g_variant_parse (NULL, value, NULL, NULL, NULL);

  g_assert_nonnull (variant);
  g_assert_true (rd_preferences_set_value (fixture->preferences, key, variant));
}

static void
assert_quiet (Fixture *fixture, RdQuietWhy why, const char *until)
{
  g_assert_cmpint (rd_quiet_get_why (fixture->quiet), ==, why);
  assert_moment (rd_quiet_get_until (fixture->quiet), until);
  g_assert_cmpint (rd_quiet_allows (fixture->quiet, RD_QUIET_CALL, "crm", "11"), ==, why == RD_QUIET_NOT);
  g_assert_cmpint (rd_quiet_allows (fixture->quiet, RD_QUIET_TOAST, "crm", "11"), ==, why == RD_QUIET_NOT);
  g_assert_cmpint (rd_quiet_allows (fixture->quiet, RD_QUIET_SOUND, "crm", NULL), ==, why == RD_QUIET_NOT);
}

static void
test_switch (Fixture *fixture, gconstpointer data)
{
  assert_quiet (fixture, RD_QUIET_NOT, "");
  rd_quiet_set (fixture->quiet, TRUE, 0);
  assert_quiet (fixture, RD_QUIET_SWITCH, "");
  g_assert_cmpuint (fixture->changes, ==, 1);
  rd_test_clock_advance (fixture->clock, 48 * HOUR_MS);
  assert_quiet (fixture, RD_QUIET_SWITCH, "");
  rd_quiet_set (fixture->quiet, FALSE, 0);
  assert_quiet (fixture, RD_QUIET_NOT, "");
  g_assert_cmpuint (fixture->changes, ==, 2);
}

static void
test_until (Fixture *fixture, gconstpointer data)
{
  rd_quiet_set (fixture->quiet, TRUE, at ("2026-11-21 22:30"));
  assert_quiet (fixture, RD_QUIET_SWITCH, "2026-11-21 22:30");
  rd_test_clock_advance (fixture->clock, 90 * MINUTE_MS - 1);
  assert_quiet (fixture, RD_QUIET_SWITCH, "2026-11-21 22:30");
  fixture->changes = 0;
  rd_test_clock_advance (fixture->clock, 1);
  assert_quiet (fixture, RD_QUIET_NOT, "");
  g_assert_cmpuint (fixture->changes, ==, 1);
  /* For whoever looks at the settings alone. */
  g_assert_false (rd_preferences_get_boolean (fixture->preferences, "do-not-disturb"));
  g_assert_cmpint (rd_preferences_get_int64 (fixture->preferences, "do-not-disturb-until"), ==, 0);
}

/* Kept over a restart, and over when its time came meanwhile. */
static void
test_restart (Fixture *fixture, gconstpointer data)
{
  rd_quiet_set (fixture->quiet, TRUE, at ("2026-11-21 22:30"));
  stop (fixture);
  rd_test_clock_advance (fixture->clock, HOUR_MS);
  start (fixture);
  assert_quiet (fixture, RD_QUIET_SWITCH, "2026-11-21 22:30");
  stop (fixture);
  rd_test_clock_advance (fixture->clock, HOUR_MS);
  start (fixture);
  assert_quiet (fixture, RD_QUIET_NOT, "");
}

/* The clock is set, no time passes: who asks is answered by what it shows. */
static void
test_clock_is_set (Fixture *fixture, gconstpointer data)
{
  rd_quiet_set (fixture->quiet, TRUE, at ("2026-11-21 22:00"));
  rd_test_clock_set_time (fixture->clock, at ("2026-11-22 09:00"));
  assert_quiet (fixture, RD_QUIET_NOT, "");
  fixture->changes = 0;
  rd_test_clock_advance (fixture->clock, 10 * MINUTE_MS);
  g_assert_cmpuint (fixture->changes, ==, 1);
  set (fixture, "quiet-hours", "true");
  rd_test_clock_set_time (fixture->clock, at ("2026-11-22 23:00"));
  assert_quiet (fixture, RD_QUIET_SCHEDULE, "2026-11-23 07:00");
  rd_test_clock_set_time (fixture->clock, at ("2026-11-22 12:00"));
  assert_quiet (fixture, RD_QUIET_NOT, "");
}

static void
test_schedule (Fixture *fixture, gconstpointer data)
{
  set (fixture, "quiet-hours", "true");
  assert_quiet (fixture, RD_QUIET_NOT, "");
  fixture->changes = 0;
  rd_test_clock_advance (fixture->clock, HOUR_MS);
  g_assert_cmpuint (fixture->changes, ==, 1);
  assert_quiet (fixture, RD_QUIET_SCHEDULE, "2026-11-22 07:00");
  rd_test_clock_advance (fixture->clock, 9 * HOUR_MS);
  g_assert_cmpuint (fixture->changes, ==, 2);
  assert_quiet (fixture, RD_QUIET_NOT, "");
  set (fixture, "quiet-from", "uint32 420");
  set (fixture, "quiet-to", "uint32 430");
  assert_quiet (fixture, RD_QUIET_SCHEDULE, "2026-11-22 07:10");
  set (fixture, "quiet-days", "uint32 0");
  assert_quiet (fixture, RD_QUIET_NOT, "");
}

/* Off: these hours only, also over a restart. The switch goes before the schedule. */
static void
test_schedule_is_ended (Fixture *fixture, gconstpointer data)
{
  set (fixture, "quiet-hours", "true");
  rd_test_clock_advance (fixture->clock, 2 * HOUR_MS);
  assert_quiet (fixture, RD_QUIET_SCHEDULE, "2026-11-22 07:00");
  rd_quiet_set (fixture->quiet, FALSE, 0);
  assert_quiet (fixture, RD_QUIET_NOT, "");
  stop (fixture);
  start (fixture);
  assert_quiet (fixture, RD_QUIET_NOT, "");
  rd_quiet_set (fixture->quiet, TRUE, at ("2026-11-22 06:00"));
  assert_quiet (fixture, RD_QUIET_SWITCH, "2026-11-22 06:00");
  rd_test_clock_advance (fixture->clock, 8 * HOUR_MS);
  assert_quiet (fixture, RD_QUIET_NOT, "");
  rd_test_clock_advance (fixture->clock, 15 * HOUR_MS);
  assert_quiet (fixture, RD_QUIET_SCHEDULE, "2026-11-23 07:00");
  /* Until a time within the quiet hours: these go on. */
  rd_quiet_set (fixture->quiet, TRUE, at ("2026-11-23 01:00"));
  rd_test_clock_advance (fixture->clock, 4 * HOUR_MS);
  assert_quiet (fixture, RD_QUIET_SCHEDULE, "2026-11-23 07:00");
}

static void
assert_desktop (Fixture *fixture, const char *banners, const char *sounds, gboolean call, gboolean sound,
                const char *person)
{
  set (fixture, "banners-in-desktop-quiet", banners);
  set (fixture, "sounds-in-desktop-quiet", sounds);
  g_assert_cmpint (rd_quiet_allows (fixture->quiet, RD_QUIET_CALL, "crm", person), ==, call);
  g_assert_cmpint (rd_quiet_allows (fixture->quiet, RD_QUIET_SOUND, "crm", person), ==, sound);
}

static void
test_desktop (Fixture *fixture, gconstpointer data)
{
  g_assert_true (rd_quiet_set_treatment (fixture->quiet, "crm", "7", "Ada", RD_TREATMENT_VIP, NULL));
  fixture->changes = 0;
  g_object_set (fixture->quiet, "desktop", TRUE, NULL);
  g_assert_cmpuint (fixture->changes, ==, 1);
  assert_desktop (fixture, "'respect'", "'respect'", FALSE, FALSE, "11");
  assert_desktop (fixture, "'respect'", "'respect'", TRUE, TRUE, "7");
  assert_desktop (fixture, "'always'", "'respect'", TRUE, FALSE, "11");
  assert_desktop (fixture, "'respect'", "'always'", FALSE, TRUE, NULL);
  assert_desktop (fixture, "'never'", "'respect'", FALSE, TRUE, "7");
  assert_desktop (fixture, "'always'", "'never'", TRUE, FALSE, "7");
  /* What the desktop keeps back by itself is its own affair. */
  g_assert_true (rd_quiet_allows (fixture->quiet, RD_QUIET_TOAST, "crm", "11"));
  /* One's own says no, too. */
  assert_desktop (fixture, "'always'", "'always'", TRUE, TRUE, "11");
  rd_quiet_set (fixture->quiet, TRUE, 0);
  assert_desktop (fixture, "'always'", "'always'", FALSE, FALSE, "11");
  assert_desktop (fixture, "'always'", "'always'", TRUE, TRUE, "7");
  g_object_set (fixture->quiet, "desktop", FALSE, NULL);
  assert_desktop (fixture, "'never'", "'never'", TRUE, TRUE, "7");
}

static void
assert_list (Fixture *fixture, const char *key, const char *expected)
{
  g_autoptr (GVariant) list = rd_preferences_dup_value (fixture->preferences, key);
  g_autofree char *text = g_variant_print (list, FALSE);

  g_assert_cmpstr (text, ==, expected);
}

static void
treat (Fixture *fixture, const char *account, const char *person, const char *name, RdTreatment treatment)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (rd_quiet_set_treatment (fixture->quiet, account, person, name, treatment, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rd_quiet_get_treatment (fixture->quiet, account, person), ==, treatment);
}

static void
test_contacts (Fixture *fixture, gconstpointer data)
{
  treat (fixture, "crm", "7", "Ada", RD_TREATMENT_MUTED);
  g_assert_false (rd_quiet_allows (fixture->quiet, RD_QUIET_TOAST, "crm", "7"));
  /* Of another account it is somebody else, and one without an id is nobody. */
  g_assert_true (rd_quiet_allows (fixture->quiet, RD_QUIET_TOAST, "sms", "7"));
  g_assert_true (rd_quiet_allows (fixture->quiet, RD_QUIET_TOAST, "crm", ""));
  treat (fixture, "crm", "8", "Grace\nHopper", RD_TREATMENT_VIP);
  assert_list (fixture, "muted", "[('crm', '7', 'Ada')]");
  assert_list (fixture, "vips", "[('crm', '8', 'Grace Hopper')]");
  treat (fixture, "crm", "7", "Ada L.", RD_TREATMENT_VIP);
  assert_list (fixture, "muted", "[]");
  assert_list (fixture, "vips", "[('crm', '8', 'Grace Hopper'), ('crm', '7', 'Ada L.')]");
  treat (fixture, "crm", "8", "", RD_TREATMENT_NORMAL);
  treat (fixture, "sms", "7", "Tom", RD_TREATMENT_MUTED);
  rd_quiet_drop_account (fixture->quiet, "crm");
  assert_list (fixture, "muted", "[('sms', '7', 'Tom')]");
  assert_list (fixture, "vips", "[]");
  g_assert_cmpint (rd_quiet_get_treatment (fixture->quiet, "crm", "7"), ==, RD_TREATMENT_NORMAL);
  /* Written by somebody else: both lists at once, and more than anybody reads. */
  set (fixture, "vips", "[('sms', '7', 'Tom')]");
  g_assert_cmpint (rd_quiet_get_treatment (fixture->quiet, "sms", "7"), ==, RD_TREATMENT_VIP);
}

static void
test_contacts_are_bounded (Fixture *fixture, gconstpointer data)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sss)"));
  g_autofree char *endless = g_strnfill (1000, 'x');
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;

  for (guint i = 0; i < RD_QUIET_MAX_CONTACTS; i++)
    {
      g_autofree char *person = g_strdup_printf ("%u", i);

      g_variant_builder_add (&builder, "(sss)", "crm", person, "Ada");
    }
  rd_preferences_set_value (fixture->preferences, "muted", g_variant_builder_end (&builder));
  g_assert_false (rd_quiet_set_treatment (fixture->quiet, "crm", "501", "Bo", RD_TREATMENT_MUTED, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_TOO_LARGE);
  /* In place of one of them there is room. */
  treat (fixture, "crm", "17", "Ada", RD_TREATMENT_MUTED);
  treat (fixture, "crm", "17", "Ada", RD_TREATMENT_NORMAL);
  treat (fixture, "crm", "501", "Bo", RD_TREATMENT_MUTED);
  g_assert_false (rd_quiet_set_treatment (fixture->quiet, "crm", endless, "Bo", RD_TREATMENT_VIP, &refused));
  g_assert_error (refused, RD_FAULT, RD_FAULT_BAD_INPUT);
}

#define ADD(name, function) g_test_add ("/quiet/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("TZ", ZONE, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quiet/hours", test_hours);
  g_test_add_func ("/quiet/hours-of-two-years", test_hours_of_two_years);
  ADD ("switch", test_switch);
  ADD ("until", test_until);
  ADD ("restart", test_restart);
  ADD ("clock-is-set", test_clock_is_set);
  ADD ("schedule", test_schedule);
  ADD ("schedule-is-ended", test_schedule_is_ended);
  ADD ("desktop", test_desktop);
  ADD ("contacts", test_contacts);
  ADD ("contacts-are-bounded", test_contacts_are_bounded);
  return g_test_run ();
}
