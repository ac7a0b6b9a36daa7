/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CHANNELS_TYPE_AUTHORIZATION (channels_authorization_get_type ())
#define CHANNELS_TYPE_AUTHORIZER (channels_authorizer_get_type ())
G_DECLARE_INTERFACE (ChannelsAuthorizer, channels_authorizer, CHANNELS, AUTHORIZER, GObject)

/**
 * ChannelsAuthorization:
 * @auth: the signature, passed on byte-exact, never parsed
 * @channel_data: (nullable): presence data, byte-exact
 * @shared_secret: (nullable): an encrypted channel's key, base64; wiped when it is freed
 * @user_data: (nullable): a user's data, byte-exact: of a sign-in only
 *
 * What the application's own server has signed.
 */
typedef struct
{
  char *auth;
  char *channel_data;
  char *shared_secret;
  char *user_data;
} ChannelsAuthorization;

GType                  channels_authorization_get_type     (void);
ChannelsAuthorization *channels_authorization_new          (const char                  *auth,
                                                            const char                  *channel_data,
                                                            const char                  *shared_secret) G_GNUC_WARN_UNUSED_RESULT;
/* The answer to channels_authorizer_authenticate_user_async(): @user_data is a JSON object with an `id`. */
ChannelsAuthorization *channels_authorization_new_for_user (const char                  *auth,
                                                            const char                  *user_data) G_GNUC_WARN_UNUSED_RESULT;
ChannelsAuthorization *channels_authorization_copy         (const ChannelsAuthorization *self) G_GNUC_WARN_UNUSED_RESULT;
void                   channels_authorization_free         (ChannelsAuthorization       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChannelsAuthorization, channels_authorization_free)

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
 * Asks the application's own server for signatures. Several calls may be in flight;
 * the client drops a reply that was signed for an earlier socket id and cancels what it no longer
 * needs. CHANNELS_ERROR_UNAUTHORIZED means "refused for good until credentials change"; any other
 * error is retried by the client with backoff.
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

void                   channels_authorizer_authorize_async          (ChannelsAuthorizer  *self,
                                                                     const char          *socket_id,
                                                                     const char          *channel_name,
                                                                     GCancellable        *cancellable,
                                                                     GAsyncReadyCallback  callback,
                                                                     gpointer             user_data);
ChannelsAuthorization *channels_authorizer_authorize_finish         (ChannelsAuthorizer  *self,
                                                                     GAsyncResult        *result,
                                                                     GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* At least 1: how many names channels_authorizer_authorize_many_async() may be asked for at once */
guint                  channels_authorizer_get_batch_size           (ChannelsAuthorizer  *self);
/**
 * channels_authorizer_authorize_many_async:
 * @channel_names: (array zero-terminated=1): two or more names, at most channels_authorizer_get_batch_size()
 */
void                   channels_authorizer_authorize_many_async     (ChannelsAuthorizer  *self,
                                                                     const char          *socket_id,
                                                                     const char *const   *channel_names,
                                                                     GCancellable        *cancellable,
                                                                     GAsyncReadyCallback  callback,
                                                                     gpointer             user_data);
/**
 * channels_authorizer_authorize_many_finish:
 *
 * Returns: (transfer full) (element-type utf8 ChannelsAuthorization): the signatures by name; names may be missing
 */
GHashTable            *channels_authorizer_authorize_many_finish    (ChannelsAuthorizer  *self,
                                                                     GAsyncResult        *result,
                                                                     GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* CHANNELS_ERROR_UNSUPPORTED if the authoriser knows no users */
void                   channels_authorizer_authenticate_user_async  (ChannelsAuthorizer  *self,
                                                                     const char          *socket_id,
                                                                     GCancellable        *cancellable,
                                                                     GAsyncReadyCallback  callback,
                                                                     gpointer             user_data);
ChannelsAuthorization *channels_authorizer_authenticate_user_finish (ChannelsAuthorizer  *self,
                                                                     GAsyncResult        *result,
                                                                     GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads an authorisation reply's body, however it is wrapped: `{auth,…}` or `{success,data:{auth,…}}`.
 * Sizes and types are checked; CHANNELS_ERROR_MALFORMED otherwise. */
ChannelsAuthorization *channels_authorization_new_from_json (const char  *data,
                                                             gssize       length,
                                                             GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/**
 * channels_authorization_table_new_from_json:
 *
 * Reads the reply to a request for several channels: an object whose members, named after the channels, hold an optional
 * `status` and the authorisation as `data`, or the authorisation itself. What holds none, or another status than 200, is
 * left out.
 *
 * Returns: (transfer full) (element-type utf8 ChannelsAuthorization): CHANNELS_ERROR_MALFORMED if it is no object
 */
GHashTable            *channels_authorization_table_new_from_json (const char  *data,
                                                                   gssize       length,
                                                                   GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
