/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* As much of JSON Schema as the published profile schema uses; any other keyword fails the test.
 * (nullable) (transfer full): where @instance is not as @schema says; NULL = it is */
char *json_schema_check (JsonNode *schema, JsonNode *instance) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
