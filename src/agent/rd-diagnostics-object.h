/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-checkup.h"
#include "rd-error-log.h"
#include "rd-try-out.h"

G_BEGIN_DECLS

#define RD_TYPE_DIAGNOSTICS_OBJECT (rd_diagnostics_object_get_type ())
G_DECLARE_FINAL_TYPE (RdDiagnosticsObject, rd_diagnostics_object, RD, DIAGNOSTICS_OBJECT, RdDBusDiagnostics1Skeleton)

/* io.github.ringdown.Diagnostics1: "Why does nothing arrive?" */
RdDiagnosticsObject *rd_diagnostics_object_new (const RdCheckupContext *context, RdErrorLog *errors,
                                                RdTryOut *try_out) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
