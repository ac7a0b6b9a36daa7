/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RD_TYPE_COLOUR_MARK (rd_colour_mark_get_type ())
G_DECLARE_FINAL_TYPE (RdColourMark, rd_colour_mark, RD, COLOUR_MARK, GtkWidget)

/**
 * RdColourMark:
 *
 * A dot in an account's colour, beside its name: it says nothing that the name does not say. Without a colour it is not
 * to be seen and takes no room.
 */
GtkWidget *rd_colour_mark_new        (const char *colour);
/* @colour: "#rrggbb"; anything else is none */
void       rd_colour_mark_set_colour (RdColourMark *self, const char *colour);

G_END_DECLS
