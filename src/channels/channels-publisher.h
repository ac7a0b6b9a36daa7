/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "channels-endpoint.h"

G_BEGIN_DECLS

#define CHANNELS_TYPE_PUBLISHER (channels_publisher_get_type ())
G_DECLARE_FINAL_TYPE (ChannelsPublisher, channels_publisher, CHANNELS, PUBLISHER, GObject)

/* The server side's HTTP API: triggers events with a signed request (protocol.md, "HTTP API").
 * @secret is wiped when the publisher goes. Property `clock` (writable): of the timestamp and the deadline. */
ChannelsPublisher *channels_publisher_new            (ChannelsEndpoint    *endpoint,
                                                      SoupSession         *session,
                                                      const char          *app_id,
                                                      const char          *secret) G_GNUC_WARN_UNUSED_RESULT;
/* @data: the event's data as text (JSON or not), at most 10 kB */
void               channels_publisher_trigger_async  (ChannelsPublisher   *self,
                                                      const char          *channel,
                                                      const char          *event,
                                                      const char          *data,
                                                      GCancellable        *cancellable,
                                                      GAsyncReadyCallback  callback,
                                                      gpointer             user_data);
gboolean           channels_publisher_trigger_finish (ChannelsPublisher   *self,
                                                      GAsyncResult        *result,
                                                      GError             **error);

G_END_DECLS
