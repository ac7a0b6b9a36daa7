/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The STEPs of a check while they are gathered. */
typedef struct
{
  GVariantBuilder builder;
} RdCheckupSteps;

void      rd_checkup_steps_init (RdCheckupSteps *self);
/* @result: "ok", "warning", "failed", "skipped". @code: (nullable): why. @fault: (nullable): a{sv} with more of it,
 * and with the code where @code is NULL; a floating reference is taken. */
void      rd_checkup_steps_add  (RdCheckupSteps *self, const char *step, const char *result, const char *code,
                                 GVariant *fault);
/* @error: of any layer */
void      rd_checkup_steps_fail (RdCheckupSteps *self, const char *step, const GError *error);
/* (transfer floating): aa{sv}; nothing can be added any more */
GVariant *rd_checkup_steps_end  (RdCheckupSteps *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
