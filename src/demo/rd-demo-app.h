/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-socket.h"

G_BEGIN_DECLS

#define RD_TYPE_DEMO_APP (rd_demo_app_get_type ())
G_DECLARE_FINAL_TYPE (RdDemoApp, rd_demo_app, RD, DEMO_APP, GObject)

/**
 * RdDemoApp:
 *
 * One application of the Channels server: its key and secret, its sockets, and the protocol as soketi speaks it.
 *
 * ::subscribed (const char *socket_id, const char *channel)
 * ::log (const char *text): what happened, for people
 */
RdDemoApp  *rd_demo_app_new        (const char *id, const char *key, const char *secret) G_GNUC_WARN_UNUSED_RESULT;
const char *rd_demo_app_get_id     (RdDemoApp *self);
const char *rd_demo_app_get_key    (RdDemoApp *self);
/* (transfer full): HMAC-SHA256 with the secret, hexadecimal */
char       *rd_demo_app_sign       (RdDemoApp *self, const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* In constant time */
gboolean    rd_demo_app_verify     (RdDemoApp *self, const char *text, const char *signature);
/* Takes a socket in and greets it; it goes by itself when it closes. */
void        rd_demo_app_add_socket (RdDemoApp *self, RdDemoSocket *socket);
/* Drops all its sockets without a close frame; returns how many there were. */
guint       rd_demo_app_drop       (RdDemoApp *self);
/* As a server that is not there: its sockets are dropped, and new ones too, before any greeting */
void        rd_demo_app_set_away   (RdDemoApp *self, gboolean away);
/* @data: the event's data as text. @except: (nullable): a socket's id */
void        rd_demo_app_trigger    (RdDemoApp *self, const char *channel, const char *event, const char *data,
                                    const char *except);
/* Somebody who is in a presence channel without a socket here, as a person at another computer: the channel hears of
 * it. Takes @info. FALSE if the channel is full or @user_id is there already. */
gboolean    rd_demo_app_add_guest    (RdDemoApp *self, const char *channel, const char *user_id, JsonObject *info);
gboolean    rd_demo_app_remove_guest (RdDemoApp *self, const char *channel, const char *user_id);
/* (transfer full): the members of a presence channel, guests and sockets: user id → user_info */
JsonObject *rd_demo_app_dup_members  (RdDemoApp *self, const char *channel) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer container) (element-type RdDemoSocket): all, or those in @channel (nullable) */
GPtrArray  *rd_demo_app_dup_sockets (RdDemoApp *self, const char *channel) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
