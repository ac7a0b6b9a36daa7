/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The one door for JSON from the network. What json-glib takes beyond JSON (comments, single quotes), deep
 * nesting and invalid UTF-8 are CHANNELS_ERROR_MALFORMED; a surrogate without its other half, which servers
 * make by cutting a text inside an emoji, becomes U+FFFD, and so does \u0000. Never %NULL without an error. */
JsonNode   *channels_json_parse      (const char  *data,
                                      gssize       length,
                                      GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same by json-glib alone: what the shorter way is measured by. */
JsonNode   *channels_json_parse_thoroughly (const char  *data,
                                            gsize        length,
                                            GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): the document that @text is, or a string if it is none */
JsonNode   *channels_json_read_data  (const char  *text) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): what an event's @node says: JSON in a string is that document, nothing is null */
JsonNode   *channels_json_dup_data   (JsonNode    *node);
/* (nullable): the object in @node, or %NULL if it is anything else */
JsonObject *channels_json_get_object (JsonNode    *node);
/* (nullable): the string member @name, or %NULL if it is absent or no string */
const char *channels_json_get_string (JsonObject  *object,
                                      const char  *name);
/* (nullable) (transfer full): an id, which servers send as a string or as a number */
char       *channels_json_dup_id     (JsonNode    *node);
/* The integer member @name (a number or a string of digits), or @fallback */
gint64      channels_json_get_int    (JsonObject  *object,
                                      const char  *name,
                                      gint64       fallback);

G_END_DECLS
