/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-profile.h"

G_BEGIN_DECLS

/* (transfer floating): a{sv}: a profile as ListProfiles describes it */
GVariant *rd_profile_entry_new (RdProfile *profile);

G_END_DECLS
