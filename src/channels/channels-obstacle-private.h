/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "channels-endpoint.h"

G_BEGIN_DECLS

/* What kept GIO from connecting, for logs */
const char *channels_obstacle_describe  (const GError     *error);
/* (transfer full): why @message got no WebSocket from @endpoint; @plain: which need be no Channels server */
GError     *channels_obstacle_new_error (const GError     *cause,
                                         SoupMessage      *message,
                                         ChannelsEndpoint *endpoint,
                                         gboolean          plain) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
