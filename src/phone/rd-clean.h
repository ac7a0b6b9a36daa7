/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Characters that a stranger's text is cut to. */
#define RD_CLEAN_ID 128
#define RD_CLEAN_NAME 200
#define RD_CLEAN_TEXT 5000
#define RD_CLEAN_SAID 300
#define RD_CLEAN_URL 2048
#define RD_CLEAN_TOKEN 8192

/* (transfer full): @text as valid UTF-8 of at most @max_chars characters, on one line: white space becomes a space,
 * other control characters and those that turn the direction of what follows are dropped. */
char    *rd_clean_text   (const char *text, gsize max_chars) G_GNUC_WARN_UNUSED_RESULT;
/* For what may not be altered (ids, URLs, tokens): (transfer full) (nullable): NULL if @text is empty, over-long or
 * has a character that rd_clean_text() would change. */
char    *rd_clean_exact  (const char *text, gsize max_chars) G_GNUC_WARN_UNUSED_RESULT;
/* Wipes, then frees. */
void     rd_clean_secret (char *secret);

G_END_DECLS
