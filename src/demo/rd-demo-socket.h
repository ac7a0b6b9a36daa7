/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

#define RD_TYPE_DEMO_SOCKET (rd_demo_socket_get_type ())
G_DECLARE_FINAL_TYPE (RdDemoSocket, rd_demo_socket, RD, DEMO_SOCKET, GObject)

/**
 * RdDemoSocket:
 *
 * One client's socket, and what it has joined. Means nothing by itself: RdDemoApp speaks the protocol.
 *
 * ::frame (const char *text): a text frame came in
 * ::closed: once; nothing can be sent any more
 */
RdDemoSocket *rd_demo_socket_new         (SoupWebsocketConnection *connection,
                                          GSocket *socket) G_GNUC_WARN_UNUSED_RESULT;
/* "1234.5678", unique */
const char   *rd_demo_socket_get_id      (RdDemoSocket *self);
void          rd_demo_socket_send        (RdDemoSocket *self, const char *text);
/* @channel: (nullable). @data: (nullable): as it stands in the frame, e.g. a string node. Takes @data. */
void          rd_demo_socket_send_event  (RdDemoSocket *self, const char *event, const char *channel, JsonNode *data);
/* A `pusher:error` with this code and message (data an object, as soketi sends it) */
void          rd_demo_socket_send_error  (RdDemoSocket *self, int code, const char *message);
/* Politely, with a close frame */
void          rd_demo_socket_close       (RdDemoSocket *self, int code);
/* As a network that fails: no close frame */
void          rd_demo_socket_drop        (RdDemoSocket *self);
/* Closes it with 4201 when nothing was sent for so long; 0: never. The default is soketi's 120 s. */
void          rd_demo_socket_set_idle    (RdDemoSocket *self, guint seconds);

/* @member: (nullable): a presence channel's `{user_id, user_info}` */
void          rd_demo_socket_join        (RdDemoSocket *self, const char *channel, JsonObject *member);
void          rd_demo_socket_leave       (RdDemoSocket *self, const char *channel);
gboolean      rd_demo_socket_is_in       (RdDemoSocket *self, const char *channel);
guint         rd_demo_socket_get_n_channels (RdDemoSocket *self);
/* (nullable) (transfer none) */
JsonObject   *rd_demo_socket_get_member  (RdDemoSocket *self, const char *channel);
/* (transfer container) (element-type utf8) */
GPtrArray    *rd_demo_socket_dup_channels (RdDemoSocket *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
