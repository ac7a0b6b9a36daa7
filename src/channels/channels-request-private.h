/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "channels-clock.h"

G_BEGIN_DECLS

/* Sends one HTTP request with a deadline (@timeout, ms; 0: none) and reads its whole reply, up to @limit bytes. No
 * redirect is followed. CHANNELS_ERROR_UNREACHABLE, _TLS, _TIMED_OUT, _TOO_LARGE; whatever status the server
 * answered is no error here: see soup_message_get_status(). */
void    channels_request_send_async  (SoupSession          *session,
                                      SoupMessage          *message,
                                      ChannelsClock        *clock,
                                      guint                 timeout,
                                      gsize                 limit,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
GBytes *channels_request_send_finish (GAsyncResult         *result,
                                      GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
