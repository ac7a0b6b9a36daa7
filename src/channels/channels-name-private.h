/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a channel's name says about it. */
gboolean channels_name_is_valid     (const char *name);
/* Private, presence, encrypted: whatever needs a signature */
gboolean channels_name_is_signed    (const char *name);
gboolean channels_name_is_presence  (const char *name);
gboolean channels_name_is_encrypted (const char *name);
/* Of what the server sends to the signed-in user: no legal name, for others */
gboolean channels_name_is_user      (const char *name);

#define CHANNELS_NAME_USER_PREFIX "#server-to-user-"

G_END_DECLS
