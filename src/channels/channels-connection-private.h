/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "channels-clock.h"
#include "channels-endpoint.h"
#include "channels-frame-private.h"
#include "channels-plain.h"

G_BEGIN_DECLS

typedef struct
{
  const char *origin;      /* (nullable) */
  ChannelsPlain *plain;    /* (nullable): the server is no Channels server */
  guint activity_timeout;  /* s without a frame before a ping; the server may ask for less */
  guint pong_timeout;      /* ms */
  guint prepare_timeout;   /* ms for a plain line's handshake to be prepared */
  guint handshake_timeout; /* ms from opening to `connection_established` */
} ChannelsConnectionOptions;

#define CHANNELS_TYPE_CONNECTION (channels_connection_get_type ())
G_DECLARE_FINAL_TYPE (ChannelsConnection, channels_connection, CHANNELS, CONNECTION, GObject)

/* One socket's life.
 *
 * ::established: the server has given the socket its id.
 * ::fault (GError *error): a frame that could not be read; the socket goes on.
 * ::ended (GError *error, int close_code): the last signal, once. */
ChannelsConnection *channels_connection_new (ChannelsEndpoint                *endpoint,
                                             SoupSession                     *session,
                                             ChannelsClock                   *clock,
                                             const ChannelsConnectionOptions *options) G_GNUC_WARN_UNUSED_RESULT;

/* Hears of every frame that is not the socket's own business (heartbeat, handshake); it is valid during the call. No
 * signal: a line that is busy brings ten thousand a second. */
typedef void (*ChannelsConnectionFrameFunc) (ChannelsConnection  *self,
                                             const ChannelsFrame *frame,
                                             gpointer             data);

/* @func: (nullable) */
void                channels_connection_set_frame_func (ChannelsConnection          *self,
                                                        ChannelsConnectionFrameFunc  func,
                                                        gpointer                     data);
void                channels_connection_open           (ChannelsConnection *self);
/* Closes politely; no signal is emitted any more. */
void                channels_connection_close          (ChannelsConnection *self);
/* FALSE if the socket is not (or no longer) there to be written to */
gboolean            channels_connection_send           (ChannelsConnection *self,
                                                        const char         *text);
/* The last `pusher:error` was about one request: it will not say why the socket ends. */
void                channels_connection_forget_error   (ChannelsConnection *self);
/* Pings now; without any frame within @ms the connection ends. */
void                channels_connection_probe          (ChannelsConnection *self,
                                                        guint               ms);
/* (nullable): set once established */
const char         *channels_connection_get_socket_id  (ChannelsConnection *self);
/* Whether there is nothing to subscribe: its one channel is there. */
gboolean            channels_connection_is_plain       (ChannelsConnection *self);
/* Whether the server was asked for a socket: before that, only a plain line's preparation can fail. */
gboolean            channels_connection_has_asked      (ChannelsConnection *self);
/* Real time of the last frame, µs since the epoch, 0: none yet */
gint64              channels_connection_get_last_frame (ChannelsConnection *self);
/* Monotonic time of ::established, µs, 0: not yet */
gint64              channels_connection_get_established (ChannelsConnection *self);

G_END_DECLS
