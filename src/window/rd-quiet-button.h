/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rd-model.h"

G_BEGIN_DECLS

#define RD_TYPE_QUIET_BUTTON (rd_quiet_button_get_type ())
G_DECLARE_FINAL_TYPE (RdQuietButton, rd_quiet_button, RD, QUIET_BUTTON, GtkWidget)

/**
 * RdQuietButton:
 *
 * Do not disturb: a bell, or the sign that nothing rings, with a menu of how long. Activates "win.quiet".
 */
void rd_quiet_button_set_model (RdQuietButton *self, RdModel *model);
void rd_quiet_button_popup     (RdQuietButton *self);

G_END_DECLS
