/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-model.h"

G_BEGIN_DECLS

#define RD_TYPE_PRIVACY_PAGE (rd_privacy_page_get_type ())
G_DECLARE_FINAL_TYPE (RdPrivacyPage, rd_privacy_page, RD, PRIVACY_PAGE, AdwPreferencesPage)

/**
 * RdPrivacyPage:
 *
 * The preferences of what others may see, and of what is kept.
 */
/* @settings: (nullable): the schema is not installed */
GtkWidget *rd_privacy_page_new (RdModel *model, GSettings *settings);

G_END_DECLS
