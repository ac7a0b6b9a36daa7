/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-when.h"

#include <glib/gi18n.h>

/* Moments in the lists. */

static gboolean
is_same_day (GDateTime *a, GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b) &&
         g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

char *
rd_when_to_string (gint64 at, gint64 now)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now / G_USEC_PER_SEC);

  if (at <= 0 || then == NULL || today == NULL)
    return g_strdup ("");
  if (is_same_day (then, today))
    /* Translators: the time of day, as g_date_time_format() has it */
    return g_date_time_format (then, _ ("%H:%M"));
  if (g_date_time_get_year (then) != g_date_time_get_year (today))
    /* Translators: day, short month and year, as g_date_time_format() has them */
    return g_date_time_format (then, _ ("%-d %b %Y"));
  /* Translators: day and month, as g_date_time_format() has them */
  return g_date_time_format (then, _ ("%-d %b"));
}

char *
rd_when_to_time (gint64 at)
{
  g_autoptr (GDateTime) then = at > 0 ? g_date_time_new_from_unix_local (at / G_USEC_PER_SEC) : NULL;

  /* Translators: the time of day, as g_date_time_format() has it */
  return then != NULL ? g_date_time_format (then, _ ("%H:%M")) : g_strdup ("");
}

gboolean
rd_when_is_same_day (gint64 a, gint64 b)
{
  g_autoptr (GDateTime) left = g_date_time_new_from_unix_local (a / G_USEC_PER_SEC);
  g_autoptr (GDateTime) right = g_date_time_new_from_unix_local (b / G_USEC_PER_SEC);

  return left != NULL && right != NULL && is_same_day (left, right);
}

char *
rd_when_to_moment (gint64 at)
{
  g_autoptr (GDateTime) then = NULL;

  if (at <= 0)
    return g_strdup ("");
  then = g_date_time_new_from_unix_local (at / G_USEC_PER_SEC);
  /* GDateTime ends with the year 9999. */
  if (then == NULL)
    return g_strdup (_ ("After the year 9999"));
  /* Translators: day, month, year and time of day, as g_date_time_format() has them */
  return g_date_time_format (then, _ ("%-d %B %Y, %H:%M"));
}

GtkWidget *
rd_when_label_new (gint64 at)
{
  g_autofree char *text = rd_when_to_string (at, g_get_real_time ());
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "caption");
  return label;
}

char *
rd_when_to_day (gint64 at, gint64 now)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) yesterday = today != NULL ? g_date_time_add_days (today, -1) : NULL;

  if (at <= 0 || then == NULL || yesterday == NULL)
    return g_strdup ("");
  if (is_same_day (then, today))
    return g_strdup (_ ("Today"));
  if (is_same_day (then, yesterday))
    return g_strdup (_ ("Yesterday"));
  if (g_date_time_get_year (then) == g_date_time_get_year (today))
    /* Translators: weekday, day and month, as g_date_time_format() has them */
    return g_date_time_format (then, _ ("%A, %-d %B"));
  /* Translators: day, month and year, as g_date_time_format() has them */
  return g_date_time_format (then, _ ("%-d %B %Y"));
}
