/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  RD_WINDOW_ON_CALL_ALWAYS,
  RD_WINDOW_ON_CALL_WITHOUT_NOTIFICATION,
  RD_WINDOW_ON_CALL_NEVER,
} RdWindowOnCall;

#define RD_TYPE_PREFERENCES (rd_preferences_get_type ())
G_DECLARE_FINAL_TYPE (RdPreferences, rd_preferences, RD, PREFERENCES, GObject)

/* The user's GSettings, or the schema's defaults where it is not installed (run from a bare build). */
RdPreferences *rd_preferences_new                (void) G_GNUC_WARN_UNUSED_RESULT;
RdWindowOnCall rd_preferences_get_window_on_call (RdPreferences *self);
gboolean       rd_preferences_get_tones          (RdPreferences *self);
/* (transfer full) (nullable): NULL: the session's default */
char          *rd_preferences_dup_ring_sink      (RdPreferences *self);

G_END_DECLS
