/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RD_TYPE_CHECK_STEPS (rd_check_steps_get_type ())
G_DECLARE_FINAL_TYPE (RdCheckSteps, rd_check_steps, RD, CHECK_STEPS, GtkWidget)

/**
 * RdCheckSteps:
 *
 * The steps of a check, each with what came of it and what to do; not to be seen while there is none.
 */
/* @steps: (nullable): aa{sv} as Diagnostics1.Check returns it; NULL: none */
void rd_check_steps_show (RdCheckSteps *self, GVariant *steps);

G_END_DECLS
