/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-authorizer.h"

#include "channels-error.h"
#include "channels-json-private.h"

/* Who signs subscriptions, and how the signature is read from a server's reply. */

G_DEFINE_INTERFACE (ChannelsAuthorizer, channels_authorizer, G_TYPE_OBJECT)

static void
channels_authorizer_default_init (ChannelsAuthorizerInterface *iface)
{
}

/* Absent, null or a string; FALSE otherwise. */
static gboolean
read_optional (JsonObject *object, const char *name, const char **value)
{
  *value = channels_json_get_string (object, name);
  return *value != NULL || !json_object_has_member (object, name) || json_object_get_null_member (object, name);
}

ChannelsAuthorization *
channels_authorization_new (const char *auth, const char *channel_data, const char *shared_secret)
{
  ChannelsAuthorization *self;

  g_return_val_if_fail (auth != NULL, NULL);

  self = g_new0 (ChannelsAuthorization, 1);
  self->auth = g_strdup (auth);
  self->channel_data = g_strdup (channel_data);
  self->shared_secret = g_strdup (shared_secret);
  return self;
}

void
channels_authorization_free (ChannelsAuthorization *self)
{
  if (self == NULL)
    return;
  g_free (self->auth);
  g_free (self->channel_data);
  g_free (self->shared_secret);
  g_free (self);
}

ChannelsAuthorization *
channels_authorization_new_from_json (const char *data, gssize length, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;
  const char *auth, *channel_data, *shared_secret;

  g_return_val_if_fail (data != NULL || length == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  root = channels_json_parse (data, length, error);
  if (root == NULL)
    return NULL;
  object = channels_json_get_object (root);
  if (object != NULL && !json_object_has_member (object, "auth") && json_object_has_member (object, "data"))
    object = channels_json_get_object (json_object_get_member (object, "data"));
  auth = channels_json_get_string (object, "auth");
  if (auth == NULL || auth[0] == '\0' || !read_optional (object, "channel_data", &channel_data) ||
      !read_optional (object, "shared_secret", &shared_secret))
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED, "The reply holds no signature");
      return NULL;
    }
  return channels_authorization_new (auth, channel_data, shared_secret);
}

void
channels_authorizer_authorize_async (ChannelsAuthorizer *self, const char *socket_id, const char *channel_name,
                                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (CHANNELS_IS_AUTHORIZER (self));
  g_return_if_fail (socket_id != NULL);
  g_return_if_fail (channel_name != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  CHANNELS_AUTHORIZER_GET_IFACE (self)->authorize_async (self, socket_id, channel_name, cancellable, callback,
                                                         user_data);
}

ChannelsAuthorization *
channels_authorizer_authorize_finish (ChannelsAuthorizer *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (CHANNELS_IS_AUTHORIZER (self), NULL);
  g_return_val_if_fail (G_IS_ASYNC_RESULT (result), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return CHANNELS_AUTHORIZER_GET_IFACE (self)->authorize_finish (self, result, error);
}
