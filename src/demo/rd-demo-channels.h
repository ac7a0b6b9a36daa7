/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-app.h"
#include "rd-demo-site.h"

G_BEGIN_DECLS

#define RD_TYPE_DEMO_CHANNELS (rd_demo_channels_get_type ())
G_DECLARE_FINAL_TYPE (RdDemoChannels, rd_demo_channels, RD, DEMO_CHANNELS, GObject)

/**
 * RdDemoChannels:
 *
 * A Channels server on 127.0.0.1, as soketi is one: WebSockets at /app/KEY, `POST /apps/ID/events` and
 * `/apps/ID/batch_events` with signatures checked; any number of applications. It can also fail as servers do.
 *
 * ::subscribed (const char *app_id, const char *channel, const char *socket_id)
 * ::log (const char *text): what happened, for people; no secrets
 */
RdDemoChannels *rd_demo_channels_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void            rd_demo_channels_add_app   (RdDemoChannels *self, const char *id, const char *key, const char *secret);
/* (nullable) (transfer none) */
RdDemoApp      *rd_demo_channels_lookup    (RdDemoChannels *self, const char *id);
/* @port 0: any that is free, or after rd_demo_channels_stop() the one it had */
gboolean        rd_demo_channels_listen    (RdDemoChannels *self, guint port, GError **error);
/* An outage: stops listening and drops all sockets without a close frame. */
void            rd_demo_channels_stop      (RdDemoChannels *self);
/* 0 before it ever listened */
guint           rd_demo_channels_get_port  (RdDemoChannels *self);
/* Drops all sockets without a close frame and goes on listening; returns how many there were. */
guint           rd_demo_channels_drop      (RdDemoChannels *self);
/* Closes all sockets with this code, after a `pusher:error` if @message is not NULL. */
void            rd_demo_channels_close_all (RdDemoChannels *self, int code, const char *message);
/* Sends @text as a frame to every socket, whatever it is. */
void            rd_demo_channels_send_raw  (RdDemoChannels *self, const char *text);
/* Accepts sockets without ever a `connection_established` while on. */
void            rd_demo_channels_set_mute  (RdDemoChannels *self, gboolean mute);
/* Every new socket is told this `pusher:error` and closed with this code; 0: no more. E.g. 4100. */
void            rd_demo_channels_set_refusal (RdDemoChannels *self, int code);
/* @data: the event's data as text, JSON or not */
void            rd_demo_channels_trigger   (RdDemoChannels *self, const char *app_id, const char *channel,
                                            const char *event, const char *data);
/* How many sockets are in @channel; @channel NULL: how many there are */
guint           rd_demo_channels_count     (RdDemoChannels *self, const char *app_id, const char *channel);
/* (transfer full): "KEY:SIGNATURE"; @channel_data: (nullable) */
char           *rd_demo_channels_authorize (RdDemoChannels *self, const char *app_id, const char *socket_id,
                                            const char *channel, const char *channel_data) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
