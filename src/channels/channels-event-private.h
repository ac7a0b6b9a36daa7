/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-event.h"

G_BEGIN_DECLS

/* @data: what the event carries, read already; @user_id: (nullable) */
ChannelsEvent *channels_event_new (const char *channel,
                                   const char *name,
                                   const char *user_id,
                                   JsonNode   *data) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
