/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the index of the history's words is made of, and what is looked up in it. */

/* Adds the words of @text (nullable), at most @max_chars characters of it, to @words. */
void  rd_history_words_add   (GString *words, const char *text, gsize max_chars);
/* (nullable) (transfer full): an expression of FTS5 that finds what has words beginning like those of @typed, all of
 * them, in whatever order. NULL: there is nothing in it to look for. */
char *rd_history_words_query (const char *typed) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
