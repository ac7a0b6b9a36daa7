/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RD_TYPE_COLOUR_CHOICE (rd_colour_choice_get_type ())
G_DECLARE_FINAL_TYPE (RdColourChoice, rd_colour_choice, RD, COLOUR_CHOICE, GtkWidget)

/**
 * RdColourChoice:
 *
 * A few colours that can be told apart in light and dark, to mark accounts with, and none.
 *
 * Signal `changed`: the user has chosen.
 */
/* "#rrggbb", or "" for none */
const char *rd_colour_choice_get_colour (RdColourChoice *self);
/* One that is not offered is, from now on. */
void        rd_colour_choice_set_colour (RdColourChoice *self, const char *colour);

G_END_DECLS
