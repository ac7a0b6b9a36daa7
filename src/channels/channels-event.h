/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define CHANNELS_TYPE_EVENT (channels_event_get_type ())

/**
 * ChannelsEvent:
 *
 * One event of a channel. Immutable, boxed, reference counted.
 *
 * What it carries is read when it is first asked for: who only counts events pays for no document.
 */
typedef struct _ChannelsEvent ChannelsEvent;

GType channels_event_get_type (void);

ChannelsEvent *channels_event_ref         (ChannelsEvent *self);
void           channels_event_unref       (ChannelsEvent *self);
const char    *channels_event_get_name    (ChannelsEvent *self);
/* The channel it came on; for what the server sends a signed-in user, `#server-to-user-ID` */
const char    *channels_event_get_channel (ChannelsEvent *self);
/* (nullable): who sent it, as the server says: client events of presence channels */
const char    *channels_event_get_user_id (ChannelsEvent *self);
/* Its data as text: a string's characters, or the JSON text of what is no string ("null" if there is nothing).
 * Valid UTF-8, of an encrypted channel already decrypted. */
const char    *channels_event_get_text    (ChannelsEvent *self);
/* (transfer none): its data: the document if it is one, in a string or not; else a string node, or JSON null */
JsonNode      *channels_event_get_data    (ChannelsEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChannelsEvent, channels_event_unref)

G_END_DECLS
