/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* id → user_info (JsonNode), or NULL if nothing is said of them; of changes: or NULL if they have gone */
GHashTable *channels_members_new      (void) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) (transfer full): those that a confirmation holds, if it holds any */
GHashTable *channels_members_read     (JsonNode   *data) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): the same once more */
GHashTable *channels_members_copy     (GHashTable *members) G_GNUC_WARN_UNUSED_RESULT;
/* @info: (nullable); whoever is one too many is left out. Whether they are new. */
gboolean    channels_members_put      (GHashTable *members,
                                       const char *id,
                                       JsonNode   *info);
/* Somebody has come, or @came is FALSE and they have gone. */
void        channels_members_note     (GHashTable *changes,
                                       const char *id,
                                       JsonNode   *info,
                                       gboolean    came);
/* What @changes say of @members */
void        channels_members_apply    (GHashTable *members,
                                       GHashTable *changes);
/* (transfer container): sorted; @members: (nullable) */
GPtrArray  *channels_members_dup_ids  (GHashTable *members) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
