/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "channels-client.h"
#include "rd-phone.h"
#include "rd-profile.h"

G_BEGIN_DECLS

#define RD_TYPE_FEED (rd_feed_get_type ())
G_DECLARE_FINAL_TYPE (RdFeed, rd_feed, RD, FEED, GObject)

/**
 * RdFeed:
 *
 * One account's channels: subscribes what the profile names, and hands each event, as the profile reads it, to the
 * phone.
 *
 * ::changed (): a channel's state is another one.
 * ::members-reset (const char *channel, GPtrArray *members): a presence channel has all its members (element-type
 *   RdEvent) · ::member-added (const char *channel, RdEvent *member) · ::member-removed (const char *channel,
 *   const char *id)
 * ::settled (gint64 since): after a (re)subscription every channel has got its answer: what happened after @since
 *   (µs since the epoch; 0: there was no line before) may have been missed.
 * ::event (RdEvent): what came in, also doubles and our own user's, before the phone gets it.
 * ::call-touched (RdCall): the phone took an event of this call.
 */
/* @client: (nullable): a site that is only asked */
RdFeed       *rd_feed_new          (ChannelsClient *client, RdProfile *profile, RdPhone *phone,
                                    const char *account) G_GNUC_WARN_UNUSED_RESULT;
/* Joins the channels that the profile has with these values, and leaves those that it has no more. */
void          rd_feed_join         (RdFeed *self, RdVars *vars);
/* Tries refused channels again, e.g. with fresh credentials. */
void          rd_feed_retry        (RdFeed *self);
/* (transfer floating): a(sss) as of Account1's Channels */
GVariant     *rd_feed_list         (RdFeed *self);
/* (nullable) (transfer none): why the first refused channel is refused */
const GError *rd_feed_get_refusal  (RdFeed *self);
/* Whether a channel is subscribed. */
gboolean      rd_feed_hears        (RdFeed *self);
/* Whether no channel is left that could bring anything: each is refused. */
gboolean      rd_feed_is_deaf      (RdFeed *self);

G_END_DECLS
