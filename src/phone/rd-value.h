/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-event.h"
#include "rd-path.h"

G_BEGIN_DECLS

/* What a stranger's scalar is read as: which characters it may have and how long it may be. */
typedef enum
{
  RD_VALUE_ID,
  RD_VALUE_NAME,
  RD_VALUE_TEXT,
  RD_VALUE_SAID,
  RD_VALUE_URL,
  RD_VALUE_HTTPS_URL,
  RD_VALUE_TOKEN,
} RdValueType;

/* Where one value stands: alternatives in order, as a profile writes them: "$.a", ["$.a", "$.b"], and among them
 * {"join": ["$.first", "$.last"]} for texts that stand in parts, {"const": "audio"} for what the site need not say. */
typedef struct _RdValue RdValue;

/* RD_FAULT_BAD_INPUT, where = the place inside @json ("[1].join[0]", "" for @json itself), said = reason */
RdValue  *rd_value_new        (JsonNode *json, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void      rd_value_free       (RdValue *self);
/* (nullable) (transfer full): the first alternative that is there and is a @type */
char     *rd_value_dup        (RdValue *self, JsonNode *root, RdValueType type);
/* 0: none */
gint64    rd_value_get_time   (RdValue *self, JsonNode *root);
/* -1: none */
gint64    rd_value_get_count  (RdValue *self, JsonNode *root);
/* true and false; a number but 0, a text (a date, a link) but "", "0", "false" and "no" are a yes. Null says
 * nothing. */
RdEventAnswer rd_value_get_answer (RdValue *self, JsonNode *root);
/* (nullable) (transfer none): the first alternative that is there and is not null */
JsonNode *rd_value_find       (RdValue *self, JsonNode *root);
/* Whether any alternative is there, if only as null. */
gboolean  rd_value_is_said    (RdValue *self, JsonNode *root);
/* (transfer full) (array zero-terminated): all ids of the first alternative that has any */
char    **rd_value_dup_list   (RdValue *self, JsonNode *root) G_GNUC_WARN_UNUSED_RESULT;
/* For those who write profiles: how many alternatives there are; (transfer full): one of them alone, good as long as
 * @self is; (transfer full): as a profile writes it, a lone path without quotes. */
guint     rd_value_get_length (RdValue *self);
RdValue  *rd_value_pick       (RdValue *self, guint index) G_GNUC_WARN_UNUSED_RESULT;
char     *rd_value_to_string  (RdValue *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdValue, rd_value_free)

G_END_DECLS
