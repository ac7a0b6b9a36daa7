/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The user's settings, which the agent reads, too: io.github.ringdown.Ringdown.gschema.xml. @file: (nullable): the key
 * file of an agent that keeps its own; NULL: the session's. (transfer full) (nullable): NULL where the schema is not
 * installed. */
GSettings *rd_settings_open (const char *file) G_GNUC_WARN_UNUSED_RESULT;

/* Binds an AdwComboRow to a string or an enumeration: @nicks: what its rows stand for, NULL-terminated, for ever. */
void       rd_settings_bind_choice (GSettings *settings, const char *key, gpointer row, const char *const *nicks);

G_END_DECLS
