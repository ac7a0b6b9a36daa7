/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RD_TYPE_PANES (rd_panes_get_type ())
G_DECLARE_FINAL_TYPE (RdPanes, rd_panes, RD, PANES, GtkWidget)

/**
 * RdPanes:
 *
 * A list and what is chosen in it: side by side where there is room, one at a time where there is not. (AdwLeaflet is
 * deprecated on the newer end that we build on, AdwNavigationSplitView missing on the older.)
 *
 * Properties: `list` and `content` (GtkWidget), `show-content` (boolean): which of the two is seen when folded,
 * `folded`
 * (boolean, read-only): there is room for one.
 */
void     rd_panes_set_show_content (RdPanes *self, gboolean show_content);
gboolean rd_panes_get_show_content (RdPanes *self);
gboolean rd_panes_get_folded       (RdPanes *self);

G_END_DECLS
