/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-window.h"

G_BEGIN_DECLS

/* Adds the "win." actions to the class. */
void rd_window_class_install_actions         (GtkWidgetClass *widget_class);
void rd_window_class_install_contact_actions (GtkWidgetClass *widget_class);

G_END_DECLS
