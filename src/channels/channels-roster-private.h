/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-authorizer.h"
#include "channels-connection-private.h"
#include "channels-subscription.h"

G_BEGIN_DECLS

#define CHANNELS_TYPE_ROSTER (channels_roster_get_type ())
G_DECLARE_FINAL_TYPE (ChannelsRoster, channels_roster, CHANNELS, ROSTER, GObject)

/* The channels that are wanted, and their way onto whatever socket is there.
 *
 * ::error (GError *error, const char *channel): as ChannelsClient::error.
 * ::event (ChannelsEvent *event): as ChannelsClient::event, its detail, too. */
ChannelsRoster       *channels_roster_new             (ChannelsAuthorizer  *authorizer,
                                                       ChannelsClock       *clock) G_GNUC_WARN_UNUSED_RESULT;
/* Whether @listener has somebody who listens to @event; 0: a name that nobody has ever listened to */
typedef gboolean (*ChannelsRosterIsHeard) (gpointer listener, GQuark event);

/* Whom to ask before ::event is emitted, by which he hears of events; before that, everything is. */
void                  channels_roster_set_listener    (ChannelsRoster      *self,
                                                       ChannelsRosterIsHeard is_heard,
                                                       gpointer             listener);
/* @subscribe, @authorize: ms; @max_authorizations: how many may be under way at once */
void                  channels_roster_set_limits      (ChannelsRoster      *self,
                                                       guint                subscribe,
                                                       guint                authorize,
                                                       guint                max_authorizations);
/* (transfer full): @name must be legal */
ChannelsSubscription *channels_roster_add             (ChannelsRoster      *self,
                                                       const char          *name) G_GNUC_WARN_UNUSED_RESULT;
void                  channels_roster_remove          (ChannelsRoster      *self,
                                                       const char          *name);
/* What was refused for good may be tried again, on the next socket. */
void                  channels_roster_pardon          (ChannelsRoster      *self);
/* The server knows the user on this socket, and may send events. */
void                  channels_roster_sign_in         (ChannelsRoster      *self,
                                                       const char          *user_id);
/* There is no user any more. */
void                  channels_roster_sign_out        (ChannelsRoster      *self);
/* (nullable): of what the server sends to the user */
ChannelsSubscription *channels_roster_get_user_subscription (ChannelsRoster *self);
/* ms until another client event may be sent, 0: now */
guint                 channels_roster_get_trigger_wait (ChannelsRoster     *self);
GPtrArray            *channels_roster_dup_subscriptions (ChannelsRoster    *self) G_GNUC_WARN_UNUSED_RESULT;
/* An established socket: everything wanted is subscribed on it. */
void                  channels_roster_attach          (ChannelsRoster      *self,
                                                       ChannelsConnection  *connection);
/* The socket is gone; nothing happens if @connection (nullable) is not the one that is attached. */
void                  channels_roster_detach          (ChannelsRoster      *self,
                                                       ChannelsConnection  *connection);
void                  channels_roster_handle          (ChannelsRoster      *self,
                                                       const ChannelsFrame *frame);

G_END_DECLS
