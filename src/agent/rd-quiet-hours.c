/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-quiet-hours.h"

/* Arithmetic with days and hours, and nothing else. A day is named, never counted in seconds: not all have as many. */

/* Of a week and what may still last from the day before. */
#define FIRST_DAY -1
#define LAST_DAY 8

/* @minutes into the day that is @days after @today's, µs; -1: there is no such time */
static gint64
get_moment (GDateTime *today, GTimeZone *zone, int days, guint minutes)
{
  g_autoptr (GDateTime) day = g_date_time_add_days (today, days);
  g_autoptr (GDateTime) moment = NULL;

  if (day != NULL)
    moment = g_date_time_new (zone, g_date_time_get_year (day), g_date_time_get_month (day),
                              g_date_time_get_day_of_month (day), (int) minutes / 60, (int) minutes % 60, 0);
  return moment != NULL ? g_date_time_to_unix (moment) * G_USEC_PER_SEC : -1;
}

static gboolean
begin_on (const RdQuietHours *self, GDateTime *today, int days)
{
  int weekday = (g_date_time_get_day_of_week (today) - 1 + days + 7) % 7;

  return (self->days & (1u << weekday)) != 0;
}

gboolean
rd_quiet_hours_contain (const RdQuietHours *self, GTimeZone *zone, gint64 now, gint64 *change)
{
  g_autoptr (GDateTime) universal = NULL;
  g_autoptr (GDateTime) today = NULL;

  g_return_val_if_fail (self != NULL && self->from < 24 * 60 && self->to < 24 * 60, FALSE);
  g_return_val_if_fail (zone != NULL && change != NULL, FALSE);

  *change = 0;
  universal = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  today = universal != NULL ? g_date_time_to_timezone (universal, zone) : NULL;
  if (today == NULL)
    return FALSE;
  for (int days = FIRST_DAY; days <= LAST_DAY; days++)
    {
      gint64 from = get_moment (today, zone, days, self->from);
      gint64 to = get_moment (today, zone, self->to > self->from ? days : days + 1, self->to);

      if (!begin_on (self, today, days) || from < 0 || now >= to || from >= to)
        continue;
      *change = now >= from ? to : from;
      return now >= from;
    }
  return FALSE;
}
