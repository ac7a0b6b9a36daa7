/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define CHANNELS_JSON_MAX_DEPTH 64

/* (nullable) (transfer full): the document @text, which is UTF-8; %NULL says nothing about it but that it takes
 * json-glib (channels_json_parse()). */
JsonNode *channels_json_read (const char *text,
                              gsize       length) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
