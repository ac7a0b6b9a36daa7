/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-quiet-state.h"

#include <glib/gi18n.h>

#include "rd-when.h"

/* Whether, why and until when nothing rings. */

/* The hours in which a night ends, and in which a day begins; as in the tray. */
#define NIGHT_ENDS 5
#define MORNING 7
#define WEEK (G_GINT64_CONSTANT (6 * 86400) * G_USEC_PER_SEC)

/* (transfer full): the time of day, if it is today; else with its day, or its date */
static char *
dup_until (gint64 until, gint64 now)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (until / G_USEC_PER_SEC);

  if (then == NULL || rd_when_is_same_day (until, now))
    return rd_when_to_time (until);
  if (until - now > WEEK)
    return rd_when_to_moment (until);
  /* Translators: weekday and time of day, as g_date_time_format() has them */
  return g_date_time_format (then, _ ("%A %H:%M"));
}

static char *
dup_own (RdDBusQuiet1 *quiet)
{
  gboolean schedule = g_strcmp0 (rd_dbus_quiet1_get_why (quiet), "schedule") == 0;
  gint64 until = rd_dbus_quiet1_get_until (quiet);
  g_autofree char *when = until > 0 ? dup_until (until, g_get_real_time ()) : NULL;

  if (when == NULL)
    return g_strdup (_ ("Do not disturb, until you turn it off"));
  if (schedule)
    /* Translators: %s is a time of day, maybe with a day */
    return g_strdup_printf (_ ("Do not disturb by the clock, until %s"), when);
  /* Translators: %s is a time of day, maybe with a day */
  return g_strdup_printf (_ ("Do not disturb until %s"), when);
}

gboolean
rd_quiet_state_is_on (RdDBusQuiet1 *quiet)
{
  const char *why;

  g_return_val_if_fail (quiet == NULL || RD_DBUS_IS_QUIET1 (quiet), FALSE);

  why = quiet != NULL ? rd_dbus_quiet1_get_why (quiet) : NULL;
  return why != NULL && *why != '\0';
}

char *
rd_quiet_state_dup_sentence (RdDBusQuiet1 *quiet)
{
  gboolean banners, sounds;

  g_return_val_if_fail (quiet == NULL || RD_DBUS_IS_QUIET1 (quiet), g_strdup (""));

  if (rd_quiet_state_is_on (quiet))
    return dup_own (quiet);
  if (quiet == NULL || !rd_dbus_quiet1_get_desktop (quiet))
    return g_strdup ("");
  banners = rd_dbus_quiet1_get_banners (quiet);
  sounds = rd_dbus_quiet1_get_sounds (quiet);
  if (!sounds && !banners)
    return g_strdup (_ ("Your desktop is not to disturb you: calls do not ring, and are only listed"));
  if (!sounds)
    return g_strdup (_ ("Your desktop is not to disturb you: calls do not ring"));
  return g_strdup (banners ? "" : _ ("Your desktop is not to disturb you: calls are not shown"));
}

gint64
rd_quiet_state_get_tomorrow (gint64 now)
{
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_local (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) day = NULL;
  g_autoptr (GDateTime) morning = NULL;

  g_return_val_if_fail (local != NULL, now);

  day = g_date_time_add_days (local, g_date_time_get_hour (local) < NIGHT_ENDS ? 0 : 1);
  morning = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                                   g_date_time_get_day_of_month (day), MORNING, 0, 0);
  return g_date_time_to_unix (morning) * G_USEC_PER_SEC;
}
