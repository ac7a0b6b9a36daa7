/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-fields.h"
#include "rd-profile.h"

G_BEGIN_DECLS

/* @json is checked already. @sets: the profile's field sets (utf8 → RdFields). */
RdAction *rd_action_new  (const char *name, JsonNode *json, GHashTable *sets) G_GNUC_WARN_UNUSED_RESULT;
void      rd_action_free (RdAction *self);

/* (transfer full): the set that @json is or names */
RdFields   *rd_profile_build_fields (JsonNode *json, GHashTable *sets) G_GNUC_WARN_UNUSED_RESULT;
RdStatuses *rd_profile_get_statuses (RdProfile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdAction, rd_action_free)

G_END_DECLS
