/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-roster-private.h"

G_BEGIN_DECLS

#define CHANNELS_TYPE_USER (channels_user_get_type ())
G_DECLARE_FINAL_TYPE (ChannelsUser, channels_user, CHANNELS, USER, GObject)

/* The sign-in, on whatever socket is there.
 *
 * ::changed: channels_user_get_id() or channels_user_get_error() may be others.
 * ::error (GError *error): a sign-in has failed.
 * ::watchlist (const char *name, GStrv user_ids): as ChannelsClient::watchlist. */
ChannelsUser *channels_user_new           (ChannelsAuthorizer  *authorizer,
                                           ChannelsClock       *clock,
                                           ChannelsRoster      *roster) G_GNUC_WARN_UNUSED_RESULT;
/* ms */
void          channels_user_set_deadlines (ChannelsUser        *self,
                                           guint                sign_in,
                                           guint                authorize);
void          channels_user_sign_in       (ChannelsUser        *self);
/* Whether the server was told who we are, on this socket: only another one makes it forget. */
gboolean      channels_user_sign_out      (ChannelsUser        *self) G_GNUC_WARN_UNUSED_RESULT;
/* What was refused for good may be tried again, on the next socket. */
void          channels_user_pardon        (ChannelsUser        *self);
/* An established socket */
void          channels_user_attach        (ChannelsUser        *self,
                                           ChannelsConnection  *connection);
/* The socket is gone; nothing happens if @connection (nullable) is not the one that is attached. */
void          channels_user_detach        (ChannelsUser        *self,
                                           ChannelsConnection  *connection);
/* Whether the frame was about the user, and so is nobody else's business */
gboolean      channels_user_handle        (ChannelsUser        *self,
                                           const ChannelsFrame *frame);
/* (nullable): who the server has confirmed us to be on this socket */
const char   *channels_user_get_id        (ChannelsUser        *self);
/* (nullable) */
const GError *channels_user_get_error     (ChannelsUser        *self);

G_END_DECLS
