/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "channels-clock.h"
#include "scripted-server.h"

G_BEGIN_DECLS

/* A Channels server as one of fixtures/servers.json is: it takes signatures seriously, knows who is subscribed to what,
 * and says what that server says, in its words and its order. */
typedef struct _ChannelsPersonality ChannelsPersonality;

/* Plays @name on @server from now on. Its own patience is measured by @clock. Free it before the server. */
ChannelsPersonality *channels_personality_new           (const char          *name,
                                                         ScriptedServer      *server,
                                                         ChannelsClock       *clock);
void                 channels_personality_free          (ChannelsPersonality *self);
/* Whether the server @name has @script (nullable) */
gboolean             channels_personality_knows         (const char          *name,
                                                         const char          *script);
/* (transfer none): its steps */
JsonArray           *channels_personality_get_script    (ChannelsPersonality *self,
                                                         const char          *script);
/* Whether that server has anything to say to this */
gboolean             channels_personality_has           (ChannelsPersonality *self,
                                                         const char          *script);
/* Whether the socket is over after it */
gboolean             channels_personality_ends          (ChannelsPersonality *self,
                                                         const char          *script);
/* A number or a truth about it; 0 if it is not said */
guint                channels_personality_get           (ChannelsPersonality *self,
                                                         const char          *fact);
/* What new sockets hear in place of "established"; %NULL for that. */
void                 channels_personality_set_greeting  (ChannelsPersonality *self,
                                                         const char          *script);
/* Takes subscribes, and its answers are lost. */
void                 channels_personality_set_mute      (ChannelsPersonality *self,
                                                         gboolean             mute);
/* Unsubscribes are lost. */
void                 channels_personality_set_deaf      (ChannelsPersonality *self,
                                                         gboolean             deaf);
/* Presence channels are full. */
void                 channels_personality_set_full      (ChannelsPersonality *self,
                                                         gboolean             full);
/* Users cannot sign in, clients not send events. */
void                 channels_personality_set_plain     (ChannelsPersonality *self,
                                                         gboolean             plain);
/* From now on it pings, and closes what is silent, as that server does. */
void                 channels_personality_start_patience (ChannelsPersonality *self);
/* Says @script to every socket. @channel (nullable) */
void                 channels_personality_play          (ChannelsPersonality *self,
                                                         const char          *script,
                                                         const char          *channel);
/* An event over the HTTP API, @data being JSON text, for whoever is subscribed to @channel. */
void                 channels_personality_trigger       (ChannelsPersonality *self,
                                                         const char          *channel,
                                                         const char          *event,
                                                         const char          *data);
/* Another client's event. @user_id (nullable) */
void                 channels_personality_whisper       (ChannelsPersonality *self,
                                                         const char          *channel,
                                                         const char          *event,
                                                         const char          *data,
                                                         const char          *user_id);
/* Somebody else in a presence channel. */
void                 channels_personality_join          (ChannelsPersonality *self,
                                                         const char          *channel,
                                                         const char          *user_id);
void                 channels_personality_leave         (ChannelsPersonality *self,
                                                         const char          *channel,
                                                         const char          *user_id);
/* How many sockets have been subscribed to @channel to their end, or are */
guint                channels_personality_count         (ChannelsPersonality *self,
                                                         const char          *channel);
/* Whether the newest socket is */
gboolean             channels_personality_is_subscribed (ChannelsPersonality *self,
                                                         const char          *channel);
/* How many subscribes there were to what the socket was subscribed to already */
guint                channels_personality_get_n_doubled (ChannelsPersonality *self);
/* How many client events it took, and how many it refused */
guint                channels_personality_get_n_taken   (ChannelsPersonality *self);
guint                channels_personality_get_n_refused (ChannelsPersonality *self);
/* (transfer container): the names of all personalities */
GPtrArray           *channels_personality_dup_names     (void) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChannelsPersonality, channels_personality_free)

G_END_DECLS
