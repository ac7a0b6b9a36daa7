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

G_END_DECLS
