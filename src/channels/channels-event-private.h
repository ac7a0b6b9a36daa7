/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-event.h"
#include "channels-frame-private.h"

G_BEGIN_DECLS

/* @data: what the event carries, read already; @user_id: (nullable) */
ChannelsEvent *channels_event_new (const char *channel,
                                   const char *name,
                                   const char *user_id,
                                   JsonNode   *data) G_GNUC_WARN_UNUSED_RESULT;
/* @text: what the event carries, a document or not, taken over; it is read when somebody asks */
ChannelsEvent *channels_event_new_for_text (const char *channel,
                                            const char *name,
                                            const char *user_id,
                                            char       *text) G_GNUC_WARN_UNUSED_RESULT;
/* What @frame brings, under @name: read already, or to be read by whoever wants to know */
ChannelsEvent *channels_event_new_for_frame (const ChannelsFrame *frame,
                                             const char          *name) G_GNUC_WARN_UNUSED_RESULT;

/* Whether anybody listens to the signal @id of @instance, an ::event: to any, or to those of the name @detail; 0: a
 * name that nobody has ever listened to */
gboolean       channels_event_is_heard (gpointer instance,
                                        guint    id,
                                        GQuark   detail);

G_END_DECLS
