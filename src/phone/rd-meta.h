/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (nullable) (transfer full): the content of the first <meta name="@name" content="…"> of an HTML page, with its
 * character references resolved; valid UTF-8, at most 8 KiB. Looks at the first 1 MiB, skips comments and scripts. */
char *rd_meta_find (const char *html, gsize length, const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
