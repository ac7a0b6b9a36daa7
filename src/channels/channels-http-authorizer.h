/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "channels-authorizer.h"

G_BEGIN_DECLS

typedef enum
{
  CHANNELS_HTTP_ENCODING_FORM,
  CHANNELS_HTTP_ENCODING_JSON,
} ChannelsHttpEncoding;

#define CHANNELS_TYPE_HTTP_AUTHORIZER (channels_http_authorizer_get_type ())
G_DECLARE_FINAL_TYPE (ChannelsHttpAuthorizer, channels_http_authorizer, CHANNELS, HTTP_AUTHORIZER, GObject)

/* A ChannelsAuthorizer that POSTs `socket_id` and `channel_name` to one URL (10 s deadline, bounded
 * reply, no redirect followed). 401, 403 and 419 are CHANNELS_ERROR_UNAUTHORIZED, other statuses than 200
 * CHANNELS_ERROR_SERVER, a reply without a signature CHANNELS_ERROR_MALFORMED. Property `clock` (writable): the
 * deadline's. */
ChannelsHttpAuthorizer *channels_http_authorizer_new (SoupSession          *session,
                                                      const char           *uri,
                                                      ChannelsHttpEncoding  encoding) G_GNUC_WARN_UNUSED_RESULT;
/* Replaces header @name of later requests; @value %NULL removes it. */
void                    channels_http_authorizer_set_header (ChannelsHttpAuthorizer  *self,
                                                             const char              *name,
                                                             const char              *value);
/* Adds a parameter to the body of later requests. */
void                    channels_http_authorizer_set_param  (ChannelsHttpAuthorizer  *self,
                                                             const char              *name,
                                                             const char              *value);
/**
 * channels_http_authorizer_set_user_uri:
 * @uri: (nullable): where users are signed, `/pusher/user-auth` by custom; %NULL for nowhere
 *
 * Has later sign-ins POST `socket_id` and the parameters there, with the same headers, encoding and rules.
 */
void                    channels_http_authorizer_set_user_uri (ChannelsHttpAuthorizer *self,
                                                               const char             *uri);
/**
 * channels_http_authorizer_set_batch_size:
 * @size: how many channels one request may name, 1 to 100; 1, the default: one request for each channel
 *
 * For servers that sign several channels at once as the pusher-js-auth plugin has them do: `channel_name[0]`,
 * `channel_name[1]`… (in JSON an array `channel_name`), answered by `{NAME: {status, data: {auth, …}}, …}`.
 */
void                    channels_http_authorizer_set_batch_size (ChannelsHttpAuthorizer *self,
                                                                 guint                   size);

G_END_DECLS
