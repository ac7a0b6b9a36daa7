/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows the window without asking for the keyboard's focus, as far as the platform lets a program say so. */
void  rd_present_quietly        (GtkWindow *window);
/* Takes back what rd_present_quietly() has asked of the desktop: the user is there. */
void  rd_calm_down              (GtkWindow *window);
/* Gives the buttons in @root that have a mnemonic the name that they show: GTK 4.8 tells a screen reader their label
 * as it is written, with the underline, and then once more as it looks. To be called after each change of a label. */
void  rd_name_buttons           (GtkWidget *root);
/* Has a screen reader say @text at once, wherever the focus is; @urgent: in the middle of what it says. GTK can since
 * 4.14; before, it must do with what an alert's role says. */
void  rd_announce               (GtkWidget *widget, const char *text, gboolean urgent);
/* (nullable) (transfer none): the window of this name (a type's, where it has none of its own) that stands over
 * @parent. */
GtkWindow *rd_find_window_over  (GtkWindow *parent, const char *name);
/* (nullable) (transfer none): the row of this type in a list in @list that has the focus, or that holds what has it. A
 * list's own widgets, which keys go to first, are around its rows. */
GtkWidget *rd_find_focused_row  (GtkWidget *list, GType type);
/* What the theme has a widget write and draw in. */
void  rd_get_colour             (GtkWidget *widget, GdkRGBA *colour);
/* (transfer full): a token with which the program that is started next may come to the front; "" if there is none. */
char *rd_dup_activation_token   (GtkWidget *widget);
/* (transfer full): the sentence of an error that came over D-Bus, without the wire's decoration. */
char *rd_dup_error_sentence     (const GError *error);
/* (transfer full): a label without what belongs to its mnemonic, and without dots at its end. */
char *rd_dup_plain_label        (const char *label);

G_END_DECLS
