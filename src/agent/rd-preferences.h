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

/* What becomes of banners, or of sounds, while the desktop is in a do-not-disturb mode of its own. */
typedef enum
{
  RD_IN_DESKTOP_QUIET_ALWAYS,
  RD_IN_DESKTOP_QUIET_RESPECT,
  RD_IN_DESKTOP_QUIET_NEVER,
} RdInDesktopQuiet;

#define RD_TYPE_PREFERENCES (rd_preferences_get_type ())
G_DECLARE_FINAL_TYPE (RdPreferences, rd_preferences, RD, PREFERENCES, GObject)

/**
 * RdPreferences:
 *
 * The user's GSettings, by the keys of io.github.ringdown.Ringdown.gschema.xml. Where the schema is not installed (run
 * from a bare build) they are the same defaults, and what is set is kept for this run.
 *
 * ::changed::KEY (const char *key)
 */
/* @file: (nullable): a key file to keep them in, for an agent beside the user's own; NULL: the session's */
RdPreferences *rd_preferences_new                (const char *file) G_GNUC_WARN_UNUSED_RESULT;
RdWindowOnCall rd_preferences_get_window_on_call (RdPreferences *self);
/* @key: an enumeration's */
int            rd_preferences_get_enum           (RdPreferences *self, const char *key);
gboolean       rd_preferences_get_boolean        (RdPreferences *self, const char *key);
guint          rd_preferences_get_uint           (RdPreferences *self, const char *key);
gint64         rd_preferences_get_int64          (RdPreferences *self, const char *key);
double         rd_preferences_get_double         (RdPreferences *self, const char *key);
/* (transfer full) */
char          *rd_preferences_dup_string         (RdPreferences *self, const char *key) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full) */
GVariant      *rd_preferences_dup_value          (RdPreferences *self, const char *key) G_GNUC_WARN_UNUSED_RESULT;
/* @value: floating references are taken. FALSE: it is out of the key's range, or may not be written. */
gboolean       rd_preferences_set_value          (RdPreferences *self, const char *key, GVariant *value);

G_END_DECLS
