/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RD_TYPE_SETUP_STEPS (rd_setup_steps_get_type ())
G_DECLARE_FINAL_TYPE (RdSetupSteps, rd_setup_steps, RD, SETUP_STEPS, GtkWidget)

/**
 * RdSetupSteps:
 *
 * The steps of a test of an account, each with what came of it, and of one that failed why, and what to do.
 */
/* All steps wait for the agent. */
void        rd_setup_steps_wait       (RdSetupSteps *self);
/* @steps: aa{sv} of STEPs, as Agent1.TestAccount sends them; those that it does not name were not tried. */
void        rd_setup_steps_show       (RdSetupSteps *self, GVariant *steps);
/* (nullable): the name of the step that failed */
const char *rd_setup_steps_get_failed (RdSetupSteps *self);

G_END_DECLS
