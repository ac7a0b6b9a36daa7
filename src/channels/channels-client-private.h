/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-client.h"

#include "channels-connection-private.h"
#include "channels-retries-private.h"
#include "channels-roster-private.h"
#include "channels-status-private.h"
#include "channels-user-private.h"

G_BEGIN_DECLS

typedef enum
{
  CHANNELS_CLIENT_PROP_ENDPOINT = 1,
  CHANNELS_CLIENT_PROP_SESSION,
  CHANNELS_CLIENT_PROP_AUTHORIZER,
  CHANNELS_CLIENT_PROP_PLAIN,
  CHANNELS_CLIENT_PROP_CLOCK,
  CHANNELS_CLIENT_PROP_ORIGIN,
  CHANNELS_CLIENT_PROP_ACTIVITY_TIMEOUT,
  CHANNELS_CLIENT_PROP_PONG_TIMEOUT,
  CHANNELS_CLIENT_PROP_HANDSHAKE_TIMEOUT,
  CHANNELS_CLIENT_PROP_SUBSCRIBE_TIMEOUT,
  CHANNELS_CLIENT_PROP_AUTHORIZE_TIMEOUT,
  CHANNELS_CLIENT_PROP_MAX_AUTHORIZATIONS,
  CHANNELS_CLIENT_PROP_LAST_FRAME,
  CHANNELS_CLIENT_PROP_USER_ERROR,
  CHANNELS_CLIENT_PROP_USER_ID,
  /* The parts of ChannelsStatus, in its order. */
  CHANNELS_CLIENT_PROP_ERROR,
  CHANNELS_CLIENT_PROP_CLOSE_CODE,
  CHANNELS_CLIENT_PROP_NEXT_TRY,
  CHANNELS_CLIENT_PROP_SOCKET_ID,
  CHANNELS_CLIENT_PROP_STATE,
} ChannelsClientProps;

/* What the files of this class share, and nobody else sees. */
struct _ChannelsClient
{
  GObject parent_instance;

  ChannelsEndpoint *endpoint;
  ChannelsEndpoint *tls_endpoint; /* (nullable): in its place once the server has asked for TLS */
  SoupSession *session;
  ChannelsAuthorizer *authorizer;
  ChannelsPlain *plain; /* (nullable) */
  ChannelsClock *clock;
  char *origin;
  guint timeouts[CHANNELS_CLIENT_PROP_AUTHORIZE_TIMEOUT - CHANNELS_CLIENT_PROP_ACTIVITY_TIMEOUT + 1];
  guint max_authorizations;

  ChannelsRoster *roster;
  ChannelsUser *user;
  ChannelsConnection *connection; /* (nullable) */
  ChannelsStatus status;
  gint64 last_frame; /* of the sockets before this one */

  guint timer; /* the next try */
  gint64 try_started;
  ChannelsRetries retries;
  gint64 resumed; /* monotonic, 0: never */
};

/* Makes a new socket now, whatever was there before. */
void channels_client_start_try (ChannelsClient *self);

/* Replaces the socket, if there is one or one is being made, by another: what is wanted is kept. */
void channels_client_replace (ChannelsClient *self);

/* Properties: channels-client-properties.c */
void  channels_client_install_properties (GObjectClass        *klass);
void  channels_client_notify             (ChannelsClient      *self,
                                          ChannelsClientProps  property);
/* In the property's own unit */
guint channels_client_get_timeout        (ChannelsClient      *self,
                                          ChannelsClientProps  property);
/* Tells the roster and the user what the properties say. */
void  channels_client_hand_out_limits    (ChannelsClient      *self);

G_END_DECLS
