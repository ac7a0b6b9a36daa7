/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-authorizer.h"

#include <sodium.h>
#include <string.h>

#include "channels-error.h"
#include "channels-json-private.h"

/* Who signs subscriptions, and how the signature is read from a server's reply. */

G_DEFINE_BOXED_TYPE (ChannelsAuthorization, channels_authorization, channels_authorization_copy,
                     channels_authorization_free)

G_DEFINE_INTERFACE (ChannelsAuthorizer, channels_authorizer, G_TYPE_OBJECT)

static void
channels_authorizer_default_init (ChannelsAuthorizerInterface *iface)
{
}

/* An authoriser of somebody's own, in whatever language, may come back with neither an answer nor a reason. */
static gpointer
check_answer (gpointer answer, GError *reason, GError **error)
{
  if (answer != NULL)
    g_clear_error (&reason);
  else if (reason != NULL)
    g_propagate_error (error, reason);
  else
    g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED, "The authoriser has no answer");
  return answer;
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

ChannelsAuthorization *
channels_authorization_new_for_user (const char *auth, const char *user_data)
{
  ChannelsAuthorization *self;

  g_return_val_if_fail (auth != NULL, NULL);
  g_return_val_if_fail (user_data != NULL, NULL);

  self = channels_authorization_new (auth, NULL, NULL);
  self->user_data = g_strdup (user_data);
  return self;
}

ChannelsAuthorization *
channels_authorization_copy (const ChannelsAuthorization *self)
{
  ChannelsAuthorization *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = channels_authorization_new (self->auth, self->channel_data, self->shared_secret);
  copy->user_data = g_strdup (self->user_data);
  return copy;
}

void
channels_authorization_free (ChannelsAuthorization *self)
{
  if (self == NULL)
    return;
  g_free (self->auth);
  g_free (self->channel_data);
  if (self->shared_secret != NULL)
    sodium_memzero (self->shared_secret, strlen (self->shared_secret));
  g_free (self->shared_secret);
  g_free (self->user_data);
  g_free (self);
}

/* An authorisation, bare or as the `data` of an object that says more */
static ChannelsAuthorization *
read_authorization (JsonNode *root, GError **error)
{
  JsonObject *object = channels_json_get_object (root);
  const char *auth, *channel_data, *shared_secret, *user_data;
  ChannelsAuthorization *self = NULL;

  if (object != NULL && !json_object_has_member (object, "auth") && json_object_has_member (object, "data"))
    object = channels_json_get_object (json_object_get_member (object, "data"));
  auth = channels_json_get_string (object, "auth");
  shared_secret = channels_json_get_string (object, "shared_secret");
  if (auth == NULL || auth[0] == '\0' || !read_optional (object, "channel_data", &channel_data) ||
      !read_optional (object, "shared_secret", &shared_secret) || !read_optional (object, "user_data", &user_data))
    g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED, "The reply holds no signature");
  else
    {
      self = channels_authorization_new (auth, channel_data, shared_secret);
      self->user_data = g_strdup (user_data);
    }
  /* The document is nobody else's, and gone in a moment; its memory is not. */
  if (shared_secret != NULL)
    sodium_memzero ((char *) shared_secret, strlen (shared_secret));
  return self;
}

ChannelsAuthorization *
channels_authorization_new_from_json (const char *data, gssize length, GError **error)
{
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (data != NULL || length == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  root = channels_json_parse (data, length, error);
  return root != NULL ? read_authorization (root, error) : NULL;
}

GHashTable *
channels_authorization_table_new_from_json (const char *data, gssize length, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  GHashTable *table;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  g_return_val_if_fail (data != NULL || length == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  root = channels_json_parse (data, length, error);
  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED, "The reply names no channels");
      return NULL;
    }
  table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) channels_authorization_free);
  json_object_iter_init (&iter, json_node_get_object (root));
  while (json_object_iter_next (&iter, &name, &node))
    {
      gint64 status = channels_json_get_int (channels_json_get_object (node), "status", 200);
      ChannelsAuthorization *authorization = status == 200 ? read_authorization (node, NULL) : NULL;

      if (authorization != NULL)
        g_hash_table_replace (table, g_strdup (name), authorization);
    }
  return table;
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
  ChannelsAuthorization *answer;
  GError *reason = NULL;

  g_return_val_if_fail (CHANNELS_IS_AUTHORIZER (self), NULL);
  g_return_val_if_fail (G_IS_ASYNC_RESULT (result), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  answer = CHANNELS_AUTHORIZER_GET_IFACE (self)->authorize_finish (self, result, &reason);
  return check_answer (answer, reason, error);
}

guint
channels_authorizer_get_batch_size (ChannelsAuthorizer *self)
{
  ChannelsAuthorizerInterface *iface;

  g_return_val_if_fail (CHANNELS_IS_AUTHORIZER (self), 1);

  iface = CHANNELS_AUTHORIZER_GET_IFACE (self);
  if (iface->get_batch_size == NULL || iface->authorize_many_async == NULL || iface->authorize_many_finish == NULL)
    return 1;
  return MAX (iface->get_batch_size (self), 1);
}

void
channels_authorizer_authorize_many_async (ChannelsAuthorizer *self, const char *socket_id,
                                          const char *const *channel_names, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (CHANNELS_IS_AUTHORIZER (self));
  g_return_if_fail (socket_id != NULL);
  g_return_if_fail (channel_names != NULL && channel_names[0] != NULL && channel_names[1] != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));
  g_return_if_fail (CHANNELS_AUTHORIZER_GET_IFACE (self)->authorize_many_async != NULL);

  CHANNELS_AUTHORIZER_GET_IFACE (self)->authorize_many_async (self, socket_id, channel_names, cancellable, callback,
                                                              user_data);
}

GHashTable *
channels_authorizer_authorize_many_finish (ChannelsAuthorizer *self, GAsyncResult *result, GError **error)
{
  GHashTable *answer;
  GError *reason = NULL;

  g_return_val_if_fail (CHANNELS_IS_AUTHORIZER (self), NULL);
  g_return_val_if_fail (G_IS_ASYNC_RESULT (result), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  answer = CHANNELS_AUTHORIZER_GET_IFACE (self)->authorize_many_finish (self, result, &reason);
  return check_answer (answer, reason, error);
}

void
channels_authorizer_authenticate_user_async (ChannelsAuthorizer *self, const char *socket_id, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data)
{
  ChannelsAuthorizerInterface *iface;

  g_return_if_fail (CHANNELS_IS_AUTHORIZER (self));
  g_return_if_fail (socket_id != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  iface = CHANNELS_AUTHORIZER_GET_IFACE (self);
  if (iface->authenticate_user_async != NULL && iface->authenticate_user_finish != NULL)
    iface->authenticate_user_async (self, socket_id, cancellable, callback, user_data);
  else
    g_task_report_new_error (self, callback, user_data, channels_authorizer_authenticate_user_async, CHANNELS_ERROR,
                             CHANNELS_ERROR_UNSUPPORTED, "The authoriser signs no users");
}

ChannelsAuthorization *
channels_authorizer_authenticate_user_finish (ChannelsAuthorizer *self, GAsyncResult *result, GError **error)
{
  ChannelsAuthorization *answer;
  GError *reason = NULL;

  g_return_val_if_fail (CHANNELS_IS_AUTHORIZER (self), NULL);
  g_return_val_if_fail (G_IS_ASYNC_RESULT (result), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (g_async_result_is_tagged (result, channels_authorizer_authenticate_user_async))
    return g_task_propagate_pointer (G_TASK (result), error);
  answer = CHANNELS_AUTHORIZER_GET_IFACE (self)->authenticate_user_finish (self, result, &reason);
  return check_answer (answer, reason, error);
}
