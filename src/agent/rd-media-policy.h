/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-media-pause.h"
#include "rd-phone.h"
#include "rd-preferences.h"
#include "rd-ringer.h"

G_BEGIN_DECLS

#define RD_TYPE_MEDIA_POLICY (rd_media_policy_get_type ())
G_DECLARE_FINAL_TYPE (RdMediaPolicy, rd_media_policy, RD, MEDIA_POLICY, GObject)

/**
 * RdMediaPolicy:
 *
 * When media players are to pause: while something rings that can be heard, and while a call of this device's is placed
 * or goes on, if the user likes that.
 */
RdMediaPolicy *rd_media_policy_new (RdPhone *phone, RdRinger *ringer, RdPreferences *preferences,
                                    RdMediaPause *pause) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
