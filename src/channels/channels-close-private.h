/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-error.h"

G_BEGIN_DECLS

typedef enum
{
  CHANNELS_RETRY_BACKOFF, /* by backoff */
  CHANNELS_RETRY_LATER,   /* by backoff, from a second on */
  CHANNELS_RETRY_AT_ONCE, /* at once, but only once; then by backoff */
  CHANNELS_RETRY_MINUTES, /* in some minutes */
  CHANNELS_RETRY_FRESH,   /* once, with fresh credentials; then never */
  CHANNELS_RETRY_TLS,     /* once, over TLS, if it was not; then never */
  CHANNELS_RETRY_NEVER,
} ChannelsRetry;

typedef struct
{
  int first;
  int last;
  ChannelsRetry retry;
  ChannelsError error;
  const char *reason;
} ChannelsCloseRule;

/* What protocol.md says of the close code @code; any other code is an unexpected end: back off, come back. */
const ChannelsCloseRule *channels_close_rule_for        (int code);
/* Whether @code says something of how a socket is opened, which cannot be wrong with one that stands. */
gboolean                 channels_close_is_of_handshake (int code);

G_END_DECLS
