/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-profile.h"

G_BEGIN_DECLS

#define RD_TYPE_PROFILES (rd_profiles_get_type ())
G_DECLARE_FINAL_TYPE (RdProfiles, rd_profiles, RD, PROFILES, GObject)

/* The profiles that ship (a GResource) and those in a folder of the user's, which win by id. A bad file is
 * left out and kept as an error, never fatal. Reads the folder once, at construction (before the loop). */
RdProfiles *rd_profiles_new        (const char *user_dir) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) (transfer none) */
RdProfile  *rd_profiles_lookup     (RdProfiles *self, const char *id);
/* Whether it is the user's own, also in place of one that ships. */
gboolean    rd_profiles_is_own     (RdProfiles *self, const char *id);
/* (transfer container) (element-type RdProfile): sorted by name */
GPtrArray  *rd_profiles_dup_list   (RdProfiles *self) G_GNUC_WARN_UNUSED_RESULT;
/* Takes a profile that set-up brings, by its text, and keeps it in the user's folder: written in a thread, whole or not
 * at all, and never in place of another: RD_FAULT_EXISTS if there is one of its id. RD_FAULT_BAD_PROFILE,
 * RD_FAULT_STORAGE. */
void        rd_profiles_add_async  (RdProfiles *self, const char *data, gssize length, GAsyncReadyCallback callback,
                                    gpointer user_data);
/* (transfer none): the new profile */
RdProfile  *rd_profiles_add_finish (RdProfiles *self, GAsyncResult *result, GError **error);
/* (element-type GError) (transfer none): one per refused file */
GPtrArray  *rd_profiles_get_faults (RdProfiles *self);

G_END_DECLS
