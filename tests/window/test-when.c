/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-test-language.h"
#include "rd-when.h"

/* Days and times as each language says them. */

/* Tuesday, 3 March 2026, 14:07 */
#define THEN (G_GINT64_CONSTANT (1772546820) * G_USEC_PER_SEC)
#define DAY (24 * 3600 * (gint64) G_USEC_PER_SEC)

typedef struct
{
  const char *language;
  const char *locale;
  const char *today;
  const char *yesterday;
  const char *day;
  const char *day_of_last_year;
  const char *moment;
  const char *briefly;
} Calendar;

static const Calendar calendars[] = {
  { "ar", "ar_EG.UTF-8", "اليوم", "أمس", "الثلاثاء، 3 مارس", "3 مارس 2026", "3 مارس 2026، 14:07", "3 مار" },
  { "de", "de_DE.UTF-8", "Heute", "Gestern", "Dienstag, 3. März", "3. März 2026", "3. März 2026, 14:07", "3. Mär" },
  { "hi", "hi_IN.UTF-8", "आज", "बीता कल", "मंगलवार, 3 मार्च", "3 मार्च 2026", "3 मार्च 2026, 14:07", "3 मार्च" },
  { "ja", "ja_JP.UTF-8", "今日", "昨日", "3月3日 (火曜日)", "2026年3月3日", "2026年3月3日 14:07", "3月3日" },
};

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_calendar (gconstpointer data)
{
  const Calendar *calendar = data;

  if (!rd_test_speak (calendar->language, calendar->locale))
    return;
  assert_text (rd_when_to_day (THEN, THEN), calendar->today);
  assert_text (rd_when_to_day (THEN, THEN + DAY), calendar->yesterday);
  assert_text (rd_when_to_day (THEN, THEN + 9 * DAY), calendar->day);
  assert_text (rd_when_to_day (THEN, THEN + 365 * DAY), calendar->day_of_last_year);
  assert_text (rd_when_to_moment (THEN), calendar->moment);
  assert_text (rd_when_to_string (THEN, THEN + 9 * DAY), calendar->briefly);
  assert_text (rd_when_to_string (THEN, THEN), "14:07");
  assert_text (rd_when_to_day (0, THEN), "");
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (calendars); i++)
    {
      g_autofree char *path = g_strconcat ("/window/when/", calendars[i].language, NULL);

      g_test_add_data_func (path, &calendars[i], test_calendar);
    }
  return g_test_run ();
}
