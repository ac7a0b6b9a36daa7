/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-checkup-steps.h"
#include "rd-checkup.h"

G_BEGIN_DECLS

/* The steps of this desktop, which need no waiting for: "notifications", "sound", "quiet", "background". @line:
 * (nullable) */
void rd_checkup_desktop_add (const RdCheckupContext *context, RdLine *line, RdCheckupSteps *steps);

G_END_DECLS
