/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RD_TYPE_TEXT_LIST (rd_text_list_get_type ())
G_DECLARE_FINAL_TYPE (RdTextList, rd_text_list, RD, TEXT_LIST, AdwPreferencesGroup)

/**
 * RdTextList:
 *
 * Short texts of the user's own, which can be added and removed.
 *
 * Properties: `texts` (strv); `prompt` (string): what the entry for another one is called; `max` (uint): how many there
 * may be.
 */
const char *const *rd_text_list_get_texts (RdTextList *self);
void               rd_text_list_set_texts (RdTextList *self, const char *const *texts);

G_END_DECLS
