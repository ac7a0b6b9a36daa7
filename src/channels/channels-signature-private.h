/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): HMAC-SHA256 of @text, in hex */
char *channels_signature_sign      (const char *secret,
                                    const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): the signed query of a POST of @body to @path; @timestamp in s since the epoch */
char *channels_signature_api_query (const char *key,
                                    const char *secret,
                                    const char *path,
                                    const char *body,
                                    gint64      timestamp) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
