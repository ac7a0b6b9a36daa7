/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a user types to find something: case does not count, and where it stands in a text neither. */

/* (transfer full) */
char    *rd_match_prepare (const char *search) G_GNUC_WARN_UNUSED_RESULT;
/* @prepared: by rd_match_prepare(); "" matches all. @text: (nullable) */
gboolean rd_match_text    (const char *prepared, const char *text);

G_END_DECLS
