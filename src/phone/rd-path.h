/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Where a value stands in JSON: "$.a.b", "$['a b']", "$.list[0]", "$.list[*].id", "$.by_id.*", "$..id": the part of
 * JsonPath that json-glib 1.6 matches without aborting, plus "[0]", which it does not. */
typedef struct _RdPath RdPath;

RdPath    *rd_path_new       (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void       rd_path_free      (RdPath *self);
/* (nullable) (transfer none): the first match */
JsonNode  *rd_path_find      (RdPath *self, JsonNode *root);
/* (transfer container) (element-type JsonNode): all matches, at most @max */
GPtrArray *rd_path_find_all  (RdPath *self, JsonNode *root, guint max) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer full): as one writes it */
char      *rd_path_to_string (RdPath *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdPath, rd_path_free)

G_END_DECLS
