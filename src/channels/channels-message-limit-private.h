/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define CHANNELS_TYPE_MESSAGE_LIMIT (channels_message_limit_get_type ())
G_DECLARE_FINAL_TYPE (ChannelsMessageLimit, channels_message_limit, CHANNELS, MESSAGE_LIMIT, SoupWebsocketExtension)

/* What a server may send in one message, in however many fragments, bytes */
#define CHANNELS_MAX_MESSAGE (1024 * 1024)

/* Once, before @session has anything to do: libsoup (3.2) lets go of each feature once for each request that ends,
 * those too that came after the request had begun. */
void channels_message_limit_prepare (SoupSession *session);
/* Has the WebSocket that @message is going to open on @session bounded. A server that goes beyond is cut off with
 * SOUP_WEBSOCKET_CLOSE_TOO_BIG, or SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION for a flood of pings. */
void channels_message_limit_apply   (SoupMessage *message);

G_END_DECLS
