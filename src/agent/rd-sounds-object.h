/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-dbus.h"
#include "rd-ringer.h"

G_BEGIN_DECLS

#define RD_TYPE_SOUNDS_OBJECT (rd_sounds_object_get_type ())
G_DECLARE_FINAL_TYPE (RdSoundsObject, rd_sounds_object, RD, SOUNDS_OBJECT, RdDBusSounds1Skeleton)

/* io.github.ringdown.Sounds1 */
RdSoundsObject *rd_sounds_object_new (RdRinger *ringer) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
