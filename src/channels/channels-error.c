/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-error.h"

/* The library's one error domain, and a stable nick for each of its codes. */

G_DEFINE_QUARK (channels-error-quark, channels_error)

const char *
channels_error_to_string (ChannelsError code)
{
  switch (code)
    {
    case CHANNELS_ERROR_UNREACHABLE:
      return "unreachable";
    case CHANNELS_ERROR_TLS:
      return "tls";
    case CHANNELS_ERROR_NOT_CHANNELS:
      return "not-channels";
    case CHANNELS_ERROR_TIMED_OUT:
      return "timed-out";
    case CHANNELS_ERROR_CLOSED:
      return "closed";
    case CHANNELS_ERROR_REJECTED:
      return "rejected";
    case CHANNELS_ERROR_OVER_QUOTA:
      return "over-quota";
    case CHANNELS_ERROR_UNAUTHORIZED:
      return "unauthorized";
    case CHANNELS_ERROR_MALFORMED:
      return "malformed";
    case CHANNELS_ERROR_TOO_LARGE:
      return "too-large";
    case CHANNELS_ERROR_SERVER:
      return "server";
    case CHANNELS_ERROR_INVALID:
      return "invalid";
    case CHANNELS_ERROR_UNSUPPORTED:
      return "unsupported";
    case CHANNELS_ERROR_RATE_LIMITED:
      return "rate-limited";
    case CHANNELS_ERROR_NOT_SUBSCRIBED:
      return "not-subscribed";
    case CHANNELS_ERROR_DECRYPTION:
      return "decryption";
    default:
      return "unknown";
    }
}
