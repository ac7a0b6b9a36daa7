/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-when.h"

#include <glib/gi18n.h>

/* Moments in the lists. */

char *
rd_when_to_string (gint64 at, gint64 now)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now / G_USEC_PER_SEC);

  if (at <= 0 || then == NULL || today == NULL)
    return g_strdup ("");
  if (g_date_time_get_year (then) == g_date_time_get_year (today) &&
      g_date_time_get_day_of_year (then) == g_date_time_get_day_of_year (today))
    /* Translators: the time of day, as g_date_time_format() has it */
    return g_date_time_format (then, _ ("%H:%M"));
  /* Translators: day and month, as g_date_time_format() has them */
  return g_date_time_format (then, _ ("%-d %b"));
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
