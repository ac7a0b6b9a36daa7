/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-profile-check.h"

G_BEGIN_DECLS

/* rd-profile-check.c knows how to note a fault and to check a scalar, rd-profile-check-objects.c how to check what
 * holds others, rd-profile-tables.c what stands where, rd-profile-doubts.c what is of no use all the same. */

struct _RdCheck
{
  JsonNode *root;
  GString *place;    /* of what is being checked, as in RdProfileFault */
  GPtrArray *faults; /* RdProfileFault */
};

/* FALSE, with a fault noted: at the place; with the words that are known there (transfer full); at a member of it */
gboolean rd_check_fail          (RdCheck *check, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean rd_check_fail_known    (RdCheck *check, const char *said, char **known);
gboolean rd_check_fail_at       (RdCheck *check, const char *name, const char *reason);
/* Makes the member @name the place until rd_check_leave() is given what this returns. */
gsize    rd_check_enter         (RdCheck *check, const char *name);
gsize    rd_check_enter_element (RdCheck *check, guint index);
void     rd_check_leave         (RdCheck *check, gsize mark);

/* Checks @node as the member @name of the place. */
gboolean rd_check_member        (RdCheck *check, const char *name, JsonNode *node, const RdRule *rule);
gboolean rd_check_list          (RdCheck *check, JsonNode *node, const RdRule *element);
/* Every member of a map by the same rule; where @words is given, only these keys. */
gboolean rd_check_map           (RdCheck *check, JsonNode *node, const char *const *words, const RdRule *each);

/* As RdRule wants them. */
gboolean rd_check_format        (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_count         (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_text_limit    (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_boolean       (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_line          (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_text          (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_id            (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_header        (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_word          (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_kind          (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_host          (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_variable      (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_template      (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_path_template (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_plain_path    (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_page          (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_channel_field (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_value         (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_texts         (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_headers       (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_metas         (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_words         (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_pages         (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_variables     (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_channels      (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_hosts         (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_key           (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_object        (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_objects       (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_templates     (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_values        (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_field_sets    (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_frame         (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_object_list   (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_fields        (RdCheck *check, JsonNode *node, const RdRule *rule);
gboolean rd_check_body          (RdCheck *check, JsonNode *node, const RdRule *rule);

G_END_DECLS
