/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "channels-version.h"

G_BEGIN_DECLS

#define CHANNELS_TYPE_AUTHORIZATION (channels_authorization_get_type ())

/**
 * ChannelsAuthorization:
 * @auth: the signature, passed on byte-exact, never parsed
 * @channel_data: (nullable): presence data, byte-exact
 * @shared_secret: (nullable): an encrypted channel's key, base64; wiped when it is freed
 * @user_data: (nullable): a user's data, byte-exact: of a sign-in only
 *
 * What the application's own server has signed. Only its constructors make one: fields may be added at its end.
 *
 * Since: 1.0
 */
typedef struct
{
  char *auth;
  char *channel_data;
  char *shared_secret;
  char *user_data;
} ChannelsAuthorization;

CHANNELS_AVAILABLE_IN_1_0
GType channels_authorization_get_type (void);

/**
 * channels_authorization_new:
 * @auth: the signature
 * @channel_data: (nullable): presence data, exactly as it was signed
 * @shared_secret: (nullable): an encrypted channel's key, base64
 *
 * A signed subscription.
 *
 * Returns: (transfer full): a new authorisation
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsAuthorization *channels_authorization_new (const char *auth,
                                                   const char *channel_data,
                                                   const char *shared_secret) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_authorization_new_for_user:
 * @auth: the signature
 * @user_data: the user, a JSON object with an `id`, exactly as it was signed
 *
 * A signed user, the answer to channels_authorizer_authenticate_user_async().
 *
 * Returns: (transfer full): a new authorisation
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsAuthorization *channels_authorization_new_for_user (const char *auth,
                                                            const char *user_data) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_authorization_new_from_json:
 * @data: (array length=length) (element-type guint8): a server's reply
 * @length: its length in bytes, -1 if it ends with a zero byte
 * @error: return location for an error
 *
 * Reads a server's reply, however it is wrapped: `{auth,…}` or `{success,data:{auth,…}}`. Sizes and types are checked.
 *
 * Returns: (transfer full): a new authorisation, or %NULL with %CHANNELS_ERROR_MALFORMED or %CHANNELS_ERROR_TOO_LARGE
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsAuthorization *channels_authorization_new_from_json (const char *data,
                                                             gssize      length,
                                                             GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_authorization_table_new_from_json:
 * @data: (array length=length) (element-type guint8): a server's reply
 * @length: its length in bytes, -1 if it ends with a zero byte
 * @error: return location for an error
 *
 * Reads the reply to a request for several channels: an object whose members, named after the channels, hold an
 * optional `status` and the authorisation as `data`, or the authorisation itself. What holds none, or another status
 * than 200, is left out.
 *
 * Returns: (transfer full) (element-type utf8 ChannelsAuthorization): the authorisations by name, or %NULL with
 *   %CHANNELS_ERROR_MALFORMED if it is no object
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
GHashTable *channels_authorization_table_new_from_json (const char *data,
                                                        gssize      length,
                                                        GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_authorization_copy:
 * @self: an authorisation
 *
 * An authorisation like @self.
 *
 * Returns: (transfer full): a new authorisation
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsAuthorization *channels_authorization_copy (const ChannelsAuthorization *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_authorization_free: (skip)
 * @self: (transfer full) (nullable): an authorisation
 *
 * Frees @self; what is secret in it is wiped.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_authorization_free (ChannelsAuthorization *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChannelsAuthorization, channels_authorization_free)

#define CHANNELS_TYPE_AUTHORIZER (channels_authorizer_get_type ())
CHANNELS_AVAILABLE_IN_1_0
G_DECLARE_INTERFACE (ChannelsAuthorizer, channels_authorizer, CHANNELS, AUTHORIZER, GObject)

/**
 * ChannelsAuthorizer:
 *
 * Asks the application's own server for signatures; [class@Channels.HttpAuthorizer] is the usual one.
 *
 * Several calls may be in flight; a client drops a reply that was signed for an earlier socket id, and cancels what it
 * no longer needs. %CHANNELS_ERROR_UNAUTHORIZED means "refused for good until credentials change"; any other error is
 * tried again by the client with backoff.
 *
 * Since: 1.0
 */

/**
 * ChannelsAuthorizerInterface:
 * @authorize_async: asks for the signature of one subscription
 * @authorize_finish: its answer
 * @get_batch_size: (nullable): how many names @authorize_many_async takes at once; without it, 1
 * @authorize_many_async: (nullable): asks for several channels of one socket at once; only called with at least two
 *   names, and at most as many as @get_batch_size says
 * @authorize_many_finish: (nullable): its answer, by name. A name without an answer is then asked for alone, which says
 *   why it was refused.
 * @authenticate_user_async: (nullable): asks who the user of this socket is
 * @authenticate_user_finish: (nullable): its answer, with `user_data`
 *
 * What an authoriser does. Later versions may add functions that need not be there.
 *
 * Since: 1.0
 */
struct _ChannelsAuthorizerInterface
{
  GTypeInterface parent_iface;

  void                   (*authorize_async)          (ChannelsAuthorizer  *self,
                                                      const char          *socket_id,
                                                      const char          *channel_name,
                                                      GCancellable        *cancellable,
                                                      GAsyncReadyCallback  callback,
                                                      gpointer             user_data);
  ChannelsAuthorization *(*authorize_finish)         (ChannelsAuthorizer  *self,
                                                      GAsyncResult        *result,
                                                      GError             **error);
  guint                  (*get_batch_size)           (ChannelsAuthorizer  *self);
  void                   (*authorize_many_async)     (ChannelsAuthorizer  *self,
                                                      const char          *socket_id,
                                                      const char *const   *channel_names,
                                                      GCancellable        *cancellable,
                                                      GAsyncReadyCallback  callback,
                                                      gpointer             user_data);
  GHashTable            *(*authorize_many_finish)    (ChannelsAuthorizer  *self,
                                                      GAsyncResult        *result,
                                                      GError             **error);
  void                   (*authenticate_user_async)  (ChannelsAuthorizer  *self,
                                                      const char          *socket_id,
                                                      GCancellable        *cancellable,
                                                      GAsyncReadyCallback  callback,
                                                      gpointer             user_data);
  ChannelsAuthorization *(*authenticate_user_finish) (ChannelsAuthorizer  *self,
                                                      GAsyncResult        *result,
                                                      GError             **error);
};

/**
 * channels_authorizer_authorize_async:
 * @self: an authoriser
 * @socket_id: the connection that is to be signed for
 * @channel_name: the channel
 * @cancellable: (nullable): gives it up
 * @callback: (scope async): called when there is an answer
 * @user_data: passed to @callback
 *
 * Asks for the signature of one subscription.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_authorizer_authorize_async (ChannelsAuthorizer  *self,
                                          const char          *socket_id,
                                          const char          *channel_name,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);

/**
 * channels_authorizer_authorize_finish:
 * @self: an authoriser
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends what channels_authorizer_authorize_async() began.
 *
 * Returns: (transfer full): the signature, or %NULL with @error set
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsAuthorization *channels_authorizer_authorize_finish (ChannelsAuthorizer  *self,
                                                             GAsyncResult        *result,
                                                             GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_authorizer_get_batch_size: (virtual get_batch_size)
 * @self: an authoriser
 *
 * How many names channels_authorizer_authorize_many_async() may be asked for at once.
 *
 * Returns: at least 1
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
guint channels_authorizer_get_batch_size (ChannelsAuthorizer *self);

/**
 * channels_authorizer_authorize_many_async:
 * @self: an authoriser
 * @socket_id: the connection that is to be signed for
 * @channel_names: (array zero-terminated=1): two or more names, at most channels_authorizer_get_batch_size()
 * @cancellable: (nullable): gives it up
 * @callback: (scope async): called when there is an answer
 * @user_data: passed to @callback
 *
 * Asks for the signatures of several subscriptions at once.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_authorizer_authorize_many_async (ChannelsAuthorizer  *self,
                                               const char          *socket_id,
                                               const char *const   *channel_names,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);

/**
 * channels_authorizer_authorize_many_finish:
 * @self: an authoriser
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends what channels_authorizer_authorize_many_async() began.
 *
 * Returns: (transfer full) (element-type utf8 ChannelsAuthorization): the signatures by name, of which some may be
 *   missing; or %NULL with @error set
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
GHashTable *channels_authorizer_authorize_many_finish (ChannelsAuthorizer  *self,
                                                       GAsyncResult        *result,
                                                       GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_authorizer_authenticate_user_async:
 * @self: an authoriser
 * @socket_id: the connection that is to be signed for
 * @cancellable: (nullable): gives it up
 * @callback: (scope async): called when there is an answer
 * @user_data: passed to @callback
 *
 * Asks who the user of a connection is.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_authorizer_authenticate_user_async (ChannelsAuthorizer  *self,
                                                  const char          *socket_id,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);

/**
 * channels_authorizer_authenticate_user_finish:
 * @self: an authoriser
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends what channels_authorizer_authenticate_user_async() began.
 *
 * Returns: (transfer full): the signed user, or %NULL with @error set: %CHANNELS_ERROR_UNSUPPORTED if the authoriser
 *   knows no users
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsAuthorization *
channels_authorizer_authenticate_user_finish (ChannelsAuthorizer  *self,
                                              GAsyncResult        *result,
                                              GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
