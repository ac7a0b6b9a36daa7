/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-close-private.h"

/* The close codes of protocol 7, as a table: the first row that holds the code is the rule. */

static const ChannelsCloseRule rules[] = {
  { 4000, 4000, CHANNELS_RETRY_TLS, CHANNELS_ERROR_REJECTED, "the application takes TLS connections only" },
  { 4001, 4001, CHANNELS_RETRY_NEVER, CHANNELS_ERROR_REJECTED, "there is no application with this key" },
  { 4003, 4003, CHANNELS_RETRY_NEVER, CHANNELS_ERROR_REJECTED, "the application is disabled" },
  { 4004, 4004, CHANNELS_RETRY_MINUTES, CHANNELS_ERROR_OVER_QUOTA, "the application is over its connection quota" },
  { 4005, 4005, CHANNELS_RETRY_NEVER, CHANNELS_ERROR_REJECTED, "the path is not found" },
  { 4006, 4006, CHANNELS_RETRY_NEVER, CHANNELS_ERROR_REJECTED, "the client's version is malformed" },
  { 4007, 4008, CHANNELS_RETRY_NEVER, CHANNELS_ERROR_REJECTED, "the server does not speak protocol 7" },
  { 4009, 4009, CHANNELS_RETRY_FRESH, CHANNELS_ERROR_UNAUTHORIZED, "the connection is not authorised" },
  { 4000, 4099, CHANNELS_RETRY_NEVER, CHANNELS_ERROR_REJECTED, "the server does not want this connection" },
  { 4100, 4100, CHANNELS_RETRY_LATER, CHANNELS_ERROR_OVER_QUOTA, "the server is over capacity" },
  { 4101, 4199, CHANNELS_RETRY_LATER, CHANNELS_ERROR_CLOSED, "the server asks to come back later" },
  { 4201, 4201, CHANNELS_RETRY_AT_ONCE, CHANNELS_ERROR_CLOSED, "the server missed an answer to its ping" },
  { 4202, 4202, CHANNELS_RETRY_AT_ONCE, CHANNELS_ERROR_CLOSED, "the server closes old connections" },
  { 4200, 4299, CHANNELS_RETRY_AT_ONCE, CHANNELS_ERROR_CLOSED, "the server asks to come back" },
};

static const ChannelsCloseRule unexpected = { 0, 0, CHANNELS_RETRY_BACKOFF, CHANNELS_ERROR_CLOSED, NULL };

const ChannelsCloseRule *
channels_close_rule_for (int code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (code >= rules[i].first && code <= rules[i].last)
      return &rules[i];
  return &unexpected;
}

gboolean
channels_close_is_of_handshake (int code)
{
  return code >= 4000 && code < 4100 && code != 4001 && code != 4003 && code != 4004 && code != 4009;
}
