/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RD_TEXT_MAX_HOST 100
#define RD_TEXT_MAX_NAME 80
#define RD_TEXT_MAX_SAID 300

/* @format with every "{name}" replaced by the value of that name: pairs of name and value, then NULL. Named rather than
 * numbered, so that a translation may change their order or leave one out without any harm; one pass, so that a value
 * that holds "{host}" stays as it is. A value of NULL is empty. */
char *rd_text_fill (const char *format, ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
