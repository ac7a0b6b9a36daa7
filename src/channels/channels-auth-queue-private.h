/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-authorizer.h"
#include "channels-clock.h"

G_BEGIN_DECLS

#define CHANNELS_TYPE_AUTH_QUEUE (channels_auth_queue_get_type ())
G_DECLARE_FINAL_TYPE (ChannelsAuthQueue, channels_auth_queue, CHANNELS, AUTH_QUEUE, GObject)

/* One question, until it is answered or cancelled */
typedef struct _ChannelsAuthRequest ChannelsAuthRequest;

/* One of @authorization and @error is %NULL. The request is over. */
typedef void (*ChannelsAuthFunc) (const ChannelsAuthorization *authorization, const GError *error, gpointer data);

ChannelsAuthQueue   *channels_auth_queue_new        (ChannelsAuthorizer  *authorizer,
                                                     ChannelsClock       *clock) G_GNUC_WARN_UNUSED_RESULT;
/* @parallel: how many questions may be under way at once; @timeout: for each, from when it is asked, ms */
void                 channels_auth_queue_set_limits (ChannelsAuthQueue   *self,
                                                     guint                parallel,
                                                     guint                timeout);
/* @func is never called from within. */
ChannelsAuthRequest *channels_auth_queue_ask        (ChannelsAuthQueue   *self,
                                                     const char          *socket_id,
                                                     const char          *channel,
                                                     ChannelsAuthFunc     func,
                                                     gpointer             data) G_GNUC_WARN_UNUSED_RESULT;
/* Its answer is no longer wanted: @func will not be called. */
void                 channels_auth_queue_cancel     (ChannelsAuthQueue   *self,
                                                     ChannelsAuthRequest *request);

G_END_DECLS
