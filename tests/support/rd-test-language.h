/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From now on this program speaks @language, by this build's catalogues, and counts and dates as @locale does
 * ("de_DE.UTF-8"). FALSE, and the test is skipped, if this machine has no sources of locales. */
gboolean rd_test_speak (const char *language, const char *locale);

G_END_DECLS
