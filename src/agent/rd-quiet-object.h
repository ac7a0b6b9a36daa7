/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-dbus.h"
#include "rd-lines.h"
#include "rd-quiet.h"

G_BEGIN_DECLS

#define RD_TYPE_QUIET_OBJECT (rd_quiet_object_get_type ())
G_DECLARE_FINAL_TYPE (RdQuietObject, rd_quiet_object, RD, QUIET_OBJECT, RdDBusQuiet1Skeleton)

/* io.github.ringdown.Quiet1 of @quiet; @lines: whose people may be treated otherwise. */
RdQuietObject *rd_quiet_object_new (RdQuiet *quiet, RdPreferences *preferences, RdLines *lines,
                                    RdClock *clock) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
