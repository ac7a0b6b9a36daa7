/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "frame-script.h"

G_BEGIN_DECLS

/* Who is in a presence channel, in a server's own shape. */
typedef struct _ChannelsRoom ChannelsRoom;

/* @numeric_ids: ids are numbers where they can be; @empty_array: a hash without members is [] */
ChannelsRoom *channels_room_new      (gboolean      numeric_ids,
                                      gboolean      empty_array);
void          channels_room_free     (ChannelsRoom *self);
/* Somebody as their application describes them, with `user_id` and `user_info` */
void          channels_room_add_json (ChannelsRoom *self,
                                      const char   *channel_data);
/* FALSE if they were there; their `user` and `info` go into @facts. */
gboolean      channels_room_add      (ChannelsRoom *self,
                                      const char   *user_id,
                                      FrameFacts   *facts);
gboolean      channels_room_remove   (ChannelsRoom *self,
                                      const char   *user_id);
/* Puts `ids`, `hash` and `count` into @facts. */
void          channels_room_describe (ChannelsRoom *self,
                                      FrameFacts   *facts);
/* (transfer full): an id as this server writes it */
JsonNode     *channels_room_dup_id   (ChannelsRoom *self,
                                      const char   *user_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
