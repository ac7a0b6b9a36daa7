/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-endpoint.h"
#include "channels-transport.h"

G_BEGIN_DECLS

/* Makes any session fit for WebSockets: bounded messages, a way through proxies, fresh addresses. As often as one
 * likes. */
void channels_transport_prepare_session (SoupSession      *session);
/* Before each WebSocket to @endpoint */
void channels_transport_prepare_way     (SoupSession      *session,
                                         ChannelsEndpoint *endpoint);

G_END_DECLS
