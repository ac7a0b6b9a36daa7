/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-client.h"

G_BEGIN_DECLS

/* Makes a new socket now, whatever was there before. */
void channels_client_start_try (ChannelsClient *self);

G_END_DECLS
