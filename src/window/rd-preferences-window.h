/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-model.h"

G_BEGIN_DECLS

#define RD_TYPE_PREFERENCES_WINDOW (rd_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (RdPreferencesWindow, rd_preferences_window, RD, PREFERENCES_WINDOW, AdwWindow)

/**
 * RdPreferencesWindow:
 *
 * What the user may set, by pages: "general", "ringing", "quiet", "privacy", "accounts",
 * "diagnostics". Not modal: a call that comes in meanwhile is in the window beside it.
 */
/* @settings: (nullable): the schema is not installed */
GtkWindow *rd_preferences_window_new       (GtkWindow *parent, RdModel *model, GSettings *settings);
/* One of its pages; "" or what there is not: as it was */
void       rd_preferences_window_show_page (RdPreferencesWindow *self, const char *page);

G_END_DECLS
