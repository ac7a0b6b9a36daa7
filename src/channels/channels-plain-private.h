/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-close-private.h"
#include "channels-frame-private.h"
#include "channels-plain.h"

G_BEGIN_DECLS

const ChannelsPlainRules *channels_plain_get_rules      (ChannelsPlain        *self);
void                      channels_plain_prepare_async  (ChannelsPlain        *self,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
/* CHANNELS_ERROR_INVALID for a path that is none */
ChannelsPlainHandshake   *channels_plain_prepare_finish (ChannelsPlain        *self,
                                                         GAsyncResult         *result,
                                                         GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* One frame of a plain line as if a Channels server had sent it: ESTABLISHED, PONG, or EVENT on the one channel.
 * CHANNELS_ERROR_MALFORMED if it is no object, or names no event. @self is cleared on failure. */
gboolean                  channels_plain_parse          (ChannelsPlain        *self,
                                                         ChannelsFrame        *frame,
                                                         const char           *text,
                                                         gssize                length,
                                                         GError              **error);
/* What an end of a plain line asks for; @error: (nullable); @asked: the server was, not only prepare() */
const ChannelsCloseRule  *channels_plain_close_rule_for (const GError         *error,
                                                         int                   code,
                                                         gboolean              asked);
void                      channels_plain_refused        (ChannelsPlain        *self);

G_END_DECLS
