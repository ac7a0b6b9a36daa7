/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-notices.h"
#include "rd-preferences.h"
#include "rd-ringer.h"

G_BEGIN_DECLS

#define RD_TYPE_SOUND_SETTINGS (rd_sound_settings_get_type ())
G_DECLARE_FINAL_TYPE (RdSoundSettings, rd_sound_settings, RD, SOUND_SETTINGS, GObject)

/* Has @ringer sound as the preferences say, whenever they change, and says so when a tone of the user's own cannot be
 * played. @sink: (nullable): in place of all that they say of where it sounds. */
RdSoundSettings *rd_sound_settings_new (RdPreferences *preferences, RdRinger *ringer, RdNotices *notices,
                                        const char *sink) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
