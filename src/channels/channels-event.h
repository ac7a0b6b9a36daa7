/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "channels-version.h"

G_BEGIN_DECLS

#define CHANNELS_TYPE_EVENT (channels_event_get_type ())

/**
 * ChannelsEvent:
 *
 * One event of a channel.
 *
 * It never changes. What it carries is read when it is first asked for: who only counts events pays for no document.
 *
 * Since: 1.0
 */
typedef struct _ChannelsEvent ChannelsEvent;

CHANNELS_AVAILABLE_IN_1_0
GType channels_event_get_type (void);

/**
 * channels_event_ref:
 * @self: an event
 *
 * Keeps @self for later.
 *
 * Returns: (transfer full): @self
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsEvent *channels_event_ref (ChannelsEvent *self);

/**
 * channels_event_unref:
 * @self: (transfer full): an event
 *
 * Lets go of @self.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_event_unref (ChannelsEvent *self);

/**
 * channels_event_get_name:
 * @self: an event
 *
 * What happened, in the application's words. Names that begin with `pusher:` are the protocol's own, those that begin
 * with `client-` were sent by another client.
 *
 * Returns: the event's name
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
const char *channels_event_get_name (ChannelsEvent *self);

/**
 * channels_event_get_channel:
 * @self: an event
 *
 * The channel that it came on. What a server sends to the user who is signed in has the channel `#server-to-user-ID`.
 *
 * Returns: the channel's name
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
const char *channels_event_get_channel (ChannelsEvent *self);

/**
 * channels_event_get_user_id:
 * @self: an event
 *
 * Who sent it, as the server says: client events of presence channels only.
 *
 * Returns: (nullable): the id of a member of the channel
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
const char *channels_event_get_user_id (ChannelsEvent *self);

/**
 * channels_event_get_text:
 * @self: an event
 *
 * What it carries, as text: a string's characters, or the JSON text of what is no string. It is "null" if the event
 * carries nothing. An encrypted channel's is decrypted already.
 *
 * Returns: valid UTF-8
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
const char *channels_event_get_text (ChannelsEvent *self);

/**
 * channels_event_get_data:
 * @self: an event
 *
 * What it carries, as a document: servers put JSON into a string, or right into the frame, and it is the same here. A
 * string that is no JSON is a string node. It is of others too and must not be changed.
 *
 * Returns: (transfer none): the document; JSON null if the event carries nothing
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
JsonNode *channels_event_get_data (ChannelsEvent *self);

/**
 * channels_event_lookup:
 * @self: an event
 * @pointer: which part of what it carries, as a JSON pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)):
 *   names and numbers from the outside in, a slash before each, as in `/customer/name` or `/items/0/sku`
 *
 * One value of the document that [method@Event.get_data] has whole. Whoever needs a few of many had better ask for
 * those: of the others no tree is made, which takes most of the time. In a name, `~1` stands for a slash and `~0` for a
 * tilde; of two members of the same name the last one counts. The value may be of others too and must not be changed.
 *
 * Returns: (transfer full) (nullable): the value; %NULL if there is none there, or @pointer is no pointer
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
JsonNode *channels_event_lookup (ChannelsEvent *self, const char *pointer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChannelsEvent, channels_event_unref)

G_END_DECLS
