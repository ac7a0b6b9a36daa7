/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CHANNELS_TYPE_AUTHORIZER (channels_authorizer_get_type ())
G_DECLARE_INTERFACE (ChannelsAuthorizer, channels_authorizer, CHANNELS, AUTHORIZER, GObject)

/**
 * ChannelsAuthorization:
 * @auth: the signature, passed on byte-exact, never parsed
 * @channel_data: (nullable): presence data, byte-exact
 * @shared_secret: (nullable): an encrypted channel's key, base64
 */
typedef struct
{
  char *auth;
  char *channel_data;
  char *shared_secret;
} ChannelsAuthorization;

ChannelsAuthorization *channels_authorization_new  (const char *auth,
                                                    const char *channel_data,
                                                    const char *shared_secret) G_GNUC_WARN_UNUSED_RESULT;
void                   channels_authorization_free (ChannelsAuthorization *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChannelsAuthorization, channels_authorization_free)

/**
 * ChannelsAuthorizer:
 *
 * Asks the application's own server to sign one subscription. Several calls may be in flight;
 * the client drops a reply that was signed for an earlier socket id and cancels what it no longer
 * needs. CHANNELS_ERROR_UNAUTHORIZED means "refused for good until credentials change"; any other
 * error is retried by the client with backoff.
 */
struct _ChannelsAuthorizerInterface
{
  GTypeInterface parent_iface;

  void                   (*authorize_async)  (ChannelsAuthorizer  *self,
                                              const char          *socket_id,
                                              const char          *channel_name,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
  ChannelsAuthorization *(*authorize_finish) (ChannelsAuthorizer  *self,
                                              GAsyncResult        *result,
                                              GError             **error);
};

void                   channels_authorizer_authorize_async  (ChannelsAuthorizer  *self,
                                                             const char          *socket_id,
                                                             const char          *channel_name,
                                                             GCancellable        *cancellable,
                                                             GAsyncReadyCallback  callback,
                                                             gpointer             user_data);
ChannelsAuthorization *channels_authorizer_authorize_finish (ChannelsAuthorizer  *self,
                                                             GAsyncResult        *result,
                                                             GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads an authorisation reply's body, however it is wrapped: `{auth,…}` or `{success,data:{auth,…}}`.
 * Sizes and types are checked; CHANNELS_ERROR_MALFORMED otherwise. */
ChannelsAuthorization *channels_authorization_new_from_json (const char  *data,
                                                             gssize       length,
                                                             GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
