/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "channels-version.h"

G_BEGIN_DECLS

/**
 * CHANNELS_ERROR:
 *
 * The domain of the library's errors.
 *
 * Since: 1.0
 */
#define CHANNELS_ERROR (channels_error_quark ())

/**
 * ChannelsError:
 * @CHANNELS_ERROR_UNREACHABLE: no connection could be made (DNS, refused, reset)
 * @CHANNELS_ERROR_TLS: the certificate or the TLS handshake failed
 * @CHANNELS_ERROR_NOT_CHANNELS: something answered, but it is no Channels server (HTML, 404…)
 * @CHANNELS_ERROR_TIMED_OUT: a deadline passed (handshake, subscription, authorisation, pong)
 * @CHANNELS_ERROR_CLOSED: the server or the network closed the socket; see the close code
 * @CHANNELS_ERROR_REJECTED: the server refused the application for good (4000–4099)
 * @CHANNELS_ERROR_OVER_QUOTA: the server is over its quota (4004, 4100)
 * @CHANNELS_ERROR_UNAUTHORIZED: the authoriser or the server refused (401, 403, 4009)
 * @CHANNELS_ERROR_MALFORMED: a frame is not what the protocol says
 * @CHANNELS_ERROR_TOO_LARGE: a frame or a reply is over its limit
 * @CHANNELS_ERROR_SERVER: a `pusher:error` or an authoriser's 5xx
 * @CHANNELS_ERROR_INVALID: an argument (channel name, endpoint) is not legal
 * @CHANNELS_ERROR_UNSUPPORTED: the server, the authoriser or this version cannot do that
 * @CHANNELS_ERROR_RATE_LIMITED: a client event more than the ten a second that servers take; the message says when
 *   the next may be sent, see channels_client_get_trigger_wait()
 * @CHANNELS_ERROR_NOT_SUBSCRIBED: the channel is not subscribed (yet, or any more)
 * @CHANNELS_ERROR_DECRYPTION: an encrypted channel's event that its key does not open, or a key that is none
 *
 * What may go wrong. Messages are in English, for logs; they hold no secret. Later versions may add codes.
 *
 * Since: 1.0
 */
typedef enum
{
  CHANNELS_ERROR_UNREACHABLE,
  CHANNELS_ERROR_TLS,
  CHANNELS_ERROR_NOT_CHANNELS,
  CHANNELS_ERROR_TIMED_OUT,
  CHANNELS_ERROR_CLOSED,
  CHANNELS_ERROR_REJECTED,
  CHANNELS_ERROR_OVER_QUOTA,
  CHANNELS_ERROR_UNAUTHORIZED,
  CHANNELS_ERROR_MALFORMED,
  CHANNELS_ERROR_TOO_LARGE,
  CHANNELS_ERROR_SERVER,
  CHANNELS_ERROR_INVALID,
  CHANNELS_ERROR_UNSUPPORTED,
  CHANNELS_ERROR_RATE_LIMITED,
  CHANNELS_ERROR_NOT_SUBSCRIBED,
  CHANNELS_ERROR_DECRYPTION,
} ChannelsError;

CHANNELS_AVAILABLE_IN_1_0
GQuark channels_error_quark (void);

/**
 * channels_error_to_string:
 * @code: a code
 *
 * A word for @code that stays the same, for logs and files: `unreachable`, `tls`, `not-channels`, `timed-out`,
 * `closed`, `rejected`, `over-quota`, `unauthorized`, `malformed`, `too-large`, `server`, `invalid`, `unsupported`,
 * `rate-limited`, `not-subscribed`, `decryption`.
 *
 * Returns: the word
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
const char *channels_error_to_string (ChannelsError code);

G_END_DECLS
