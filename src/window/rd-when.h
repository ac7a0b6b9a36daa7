/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A quiet label that says when something was: the time today, else the date. @at: µs since the epoch, 0: empty. */
GtkWidget *rd_when_label_new (gint64 at);
char      *rd_when_to_string (gint64 at, gint64 now);
/* "14:07"; "" for no time */
char      *rd_when_to_time   (gint64 at);
/* By the local calendar. */
gboolean   rd_when_is_same_day (gint64 a, gint64 b);
/* "3 March 2026, 14:07"; what no calendar has is said to be far away; "" for no time */
char      *rd_when_to_moment (gint64 at);
/* "Today", "Yesterday", "Tuesday, 3 March"; "" for no time */
char      *rd_when_to_day    (gint64 at, gint64 now);

G_END_DECLS
