/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define CHANNELS_JSON_MAX_DEPTH 64
/* Of one object. Names that are made to collide, or to come again, cost json-glib their number squared: a message full
 * of them would take minutes. A presence channel's snapshot has 1,000. */
#define CHANNELS_JSON_MAX_MEMBERS 1024

/* (nullable) (transfer full): the document @text, which is UTF-8; %NULL says nothing about it but that it takes
 * json-glib (channels_json_parse()). */
JsonNode *channels_json_read          (const char *text,
                                       gsize       length) G_GNUC_WARN_UNUSED_RESULT;
/* The same; @text, behind which a NUL stands, is spoilt. */
JsonNode *channels_json_read_in_place (char       *text,
                                       gsize       length) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
