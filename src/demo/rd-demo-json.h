/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Small helpers for JSON that comes from strangers: the demo's servers are also what the tests throw things at. */

/* (transfer full) (nullable): @text as JSON; NULL if it is none, no valid UTF-8, or nested deeper than 32. */
JsonNode   *rd_demo_json_parse      (const char *text, gsize length) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) (transfer none): the member, if it is there and a string */
const char *rd_demo_json_get_string (JsonObject *object, const char *name);
/* (nullable) (transfer none): the member, if it is there and an object */
JsonObject *rd_demo_json_get_object (JsonObject *object, const char *name);
/* The member, if it is there and a positive whole number or the digits of one; else 0. */
gint64      rd_demo_json_get_id     (JsonObject *object, const char *name);
/* (transfer full): one line of text */
char       *rd_demo_json_to_text    (JsonNode *node) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): takes @object */
JsonNode   *rd_demo_json_take       (JsonObject *object) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): takes @object; one line of text */
char       *rd_demo_json_take_text  (JsonObject *object) G_GNUC_WARN_UNUSED_RESULT;
/* An ISO 8601 time with microseconds, or null where @time (µs since the epoch) is 0 */
void        rd_demo_json_set_time   (JsonObject *object, const char *name, gint64 time);
/* The string, or null */
void        rd_demo_json_set_text   (JsonObject *object, const char *name, const char *value);

/* (transfer full): 2 × @bytes hexadecimal digits that nobody can guess */
char       *rd_demo_random_hex      (guint bytes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
