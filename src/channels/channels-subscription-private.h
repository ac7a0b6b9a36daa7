/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-subscription.h"

G_BEGIN_DECLS

/* What the roster may do to a subscription, and what it is asked for in turn */
ChannelsSubscription *channels_subscription_new           (const char                *name) G_GNUC_WARN_UNUSED_RESULT;
/* @error (nullable) is copied */
void                  channels_subscription_set_state     (ChannelsSubscription      *self,
                                                           ChannelsSubscriptionState  state,
                                                           const GError              *error);
typedef struct
{
  /* channels_subscription_retry() */
  void     (*retry) (gpointer owner);
  /* channels_subscription_trigger(), of a client event whose name and size are legal */
  gboolean (*send)  (gpointer owner, const char *event, JsonNode *data, GError **error);
} ChannelsSubscriptionFuncs;

/* @funcs: (nullable): the channel is wanted no more */
void                  channels_subscription_set_owner     (ChannelsSubscription      *self,
                                                           const ChannelsSubscriptionFuncs *funcs,
                                                           gpointer                   owner);
/* -1: unknown */
void                  channels_subscription_set_subscription_count (ChannelsSubscription *self,
                                                                    gint64                count);
void                  channels_subscription_set_own_id    (ChannelsSubscription      *self,
                                                           const char                *own_id);
/* The server's confirmation, with its snapshot of the members if there is one in @data */
void                  channels_subscription_confirm       (ChannelsSubscription      *self,
                                                           JsonNode                  *data);
void                  channels_subscription_add_member    (ChannelsSubscription      *self,
                                                           const char                *user_id,
                                                           JsonNode                  *info);
void                  channels_subscription_remove_member (ChannelsSubscription      *self,
                                                           const char                *user_id);
/* Whether anybody listens to @event; 0: a name that nobody has ever listened to */
gboolean              channels_subscription_is_heard      (ChannelsSubscription      *self,
                                                           GQuark                     event);
/* @detail: the event's name, or 0 if it has no quark */
void                  channels_subscription_emit_event    (ChannelsSubscription      *self,
                                                           GQuark                     detail,
                                                           ChannelsEvent             *event);
void                  channels_subscription_emit_decryption_failed (ChannelsSubscription *self,
                                                                    const char           *event,
                                                                    const GError         *error);
void                  channels_subscription_emit_gap      (ChannelsSubscription      *self,
                                                           gint64                     from,
                                                           gint64                     to);

G_END_DECLS
