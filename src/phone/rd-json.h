/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How deep JSON from outside may nest: json-glib walks it by recursion and would run out of stack. */
#define RD_JSON_DEPTH 64
/* How many members one of its objects may have: names that are made to collide, or to come again, cost json-glib their
 * number squared. */
#define RD_JSON_MEMBERS 1024

/* (transfer full): the JSON in @data; RD_FAULT_BAD_REPLY, said = "LINE:COLUMN: reason", for what is not JSON, not
 * UTF-8, nests deeper than RD_JSON_DEPTH or has an object of more than RD_JSON_MEMBERS. Stricter than json-glib: no
 * comments, no single quotes. */
JsonNode   *rd_json_parse       (const char *data, gssize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) (transfer none): a member; NULL also if @node is NULL or no object */
JsonNode   *rd_json_member      (JsonNode *node, const char *name);
/* (nullable) (transfer none): the string that @node is */
const char *rd_json_string      (JsonNode *node);

/* Scalars of a stranger's data; NULL, 0 or -1 for what is not one. */
/* An id: a string, or a whole number that JSON carries without loss. */
char       *rd_json_dup_id      (JsonNode *node);
/* A string, or a number as it would be written. */
char       *rd_json_dup_text    (JsonNode *node, gsize max_chars);
char       *rd_json_dup_exact   (JsonNode *node, gsize max_chars);
/* µs since the epoch: ISO 8601 (UTC where it names no zone), or a number of s, ms or µs; 0 for nonsense. */
gint64      rd_json_get_time    (JsonNode *node);
/* A count ≥ 0, or -1. */
gint64      rd_json_get_count   (JsonNode *node);

G_END_DECLS
