/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Says in @list, in words, what @settings (AddAccount's, from a site, a link or a file) preset: nothing a site or a
 * link wants is used before it could be read here. @profile: (nullable): the name of its profile for people. */
void  rd_setup_summary_fill     (GtkListBox *list, GVariant *settings, const char *profile);
/* (transfer full): the host that @settings' site is on, as it is asked for; "" if there is none */
char *rd_setup_summary_dup_host (GVariant *settings);

G_END_DECLS
