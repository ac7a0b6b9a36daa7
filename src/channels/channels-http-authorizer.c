/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-http-authorizer.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "channels-clock.h"
#include "channels-error.h"
#include "channels-request-private.h"

/* Asks one URL of the application's own server to sign a subscription. */

#define MAX_REPLY (64 * 1024)
#define TIMEOUT_MS 10000
#define STATUS_PAGE_EXPIRED 419 /* Laravel's word for a session that is over */

typedef enum
{
  PROP_CLOCK = 1,
} ChannelsHttpAuthorizerProps;

static GParamSpec *properties[PROP_CLOCK + 1];

struct _ChannelsHttpAuthorizer
{
  GObject parent_instance;

  SoupSession *session;
  ChannelsClock *clock;
  char *uri;
  ChannelsHttpEncoding encoding;
  GHashTable *headers;
  GHashTable *params;
};

static SoupMessage *
create_message (ChannelsHttpAuthorizer *self, const char *socket_id, const char *channel_name)
{
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_POST, self->uri);
  g_autoptr (GHashTable) fields = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GBytes) body = NULL;
  GHashTableIter iter;
  gpointer name, value;
  char *text = NULL;

  if (message == NULL)
    return NULL;
  g_hash_table_iter_init (&iter, self->params);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (fields, name, value);
  g_hash_table_insert (fields, (char *) "socket_id", (char *) socket_id);
  g_hash_table_insert (fields, (char *) "channel_name", (char *) channel_name);

  if (self->encoding == CHANNELS_HTTP_ENCODING_JSON)
    {
      g_autoptr (JsonObject) object = json_object_new ();
      g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), object);

      g_hash_table_iter_init (&iter, fields);
      while (g_hash_table_iter_next (&iter, &name, &value))
        json_object_set_string_member (object, name, value);
      text = json_to_string (root, FALSE);
    }
  else
    text = soup_form_encode_hash (fields);
  body = g_bytes_new_take (text, strlen (text));
  soup_message_set_request_body_from_bytes (
      message,
      self->encoding == CHANNELS_HTTP_ENCODING_JSON ? "application/json" : "application/x-www-form-urlencoded", body);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept", "application/json");
  g_hash_table_iter_init (&iter, self->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    soup_message_headers_replace (soup_message_get_request_headers (message), name, value);
  return g_steal_pointer (&message);
}

/* NULL if the status promises a signature. */
static GError *
status_error (guint status)
{
  if (status == SOUP_STATUS_OK || status == SOUP_STATUS_CREATED)
    return NULL;
  if (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN || status == STATUS_PAGE_EXPIRED)
    return g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED, "The site refuses the channel: HTTP %u", status);
  return g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_SERVER, "The site does not sign the channel: HTTP %u", status);
}

static void
on_request_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = channels_request_send_finish (result, &error);
  ChannelsAuthorization *authorization;

  if (body == NULL || (error = status_error (soup_message_get_status (g_task_get_task_data (task)))) != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  authorization =
      channels_authorization_new_from_json (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), &error);
  if (authorization != NULL)
    g_task_return_pointer (task, authorization, (GDestroyNotify) channels_authorization_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* ChannelsAuthorizer */

static void
channels_http_authorizer_authorize_async (ChannelsAuthorizer *authorizer, const char *socket_id,
                                          const char *channel_name, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data)
{
  ChannelsHttpAuthorizer *self = CHANNELS_HTTP_AUTHORIZER (authorizer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  SoupMessage *message = create_message (self, socket_id, channel_name);

  g_task_set_source_tag (task, channels_http_authorizer_authorize_async);
  if (message == NULL)
    {
      g_task_return_new_error (task, CHANNELS_ERROR, CHANNELS_ERROR_INVALID, "Not a URL to ask for authorisations");
      return;
    }
  g_task_set_task_data (task, message, g_object_unref);
  channels_request_send_async (self->session, message, self->clock, TIMEOUT_MS, MAX_REPLY, cancellable,
                               on_request_ready, g_steal_pointer (&task));
}

static ChannelsAuthorization *
channels_http_authorizer_authorize_finish (ChannelsAuthorizer *authorizer, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, authorizer), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
channels_http_authorizer_authorizer_init (ChannelsAuthorizerInterface *iface)
{
  iface->authorize_async = channels_http_authorizer_authorize_async;
  iface->authorize_finish = channels_http_authorizer_authorize_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ChannelsHttpAuthorizer, channels_http_authorizer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CHANNELS_TYPE_AUTHORIZER,
                                                      channels_http_authorizer_authorizer_init))

/* GObject */

static void
channels_http_authorizer_finalize (GObject *object)
{
  ChannelsHttpAuthorizer *self = CHANNELS_HTTP_AUTHORIZER (object);

  g_clear_object (&self->session);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_clear_pointer (&self->params, g_hash_table_unref);
  G_OBJECT_CLASS (channels_http_authorizer_parent_class)->finalize (object);
}

static void
channels_http_authorizer_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ChannelsHttpAuthorizer *self = CHANNELS_HTTP_AUTHORIZER (object);

  switch ((ChannelsHttpAuthorizerProps) id)
    {
    case PROP_CLOCK:
      g_set_object (&self->clock, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
channels_http_authorizer_class_init (ChannelsHttpAuthorizerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = channels_http_authorizer_finalize;
  object_class->set_property = channels_http_authorizer_set_property;

  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, CHANNELS_TYPE_CLOCK,
                                                G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
channels_http_authorizer_init (ChannelsHttpAuthorizer *self)
{
  self->clock = channels_clock_new ();
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->params = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

ChannelsHttpAuthorizer *
channels_http_authorizer_new (SoupSession *session, const char *uri, ChannelsHttpEncoding encoding)
{
  ChannelsHttpAuthorizer *self;

  g_return_val_if_fail (SOUP_IS_SESSION (session), NULL);
  g_return_val_if_fail (uri != NULL, NULL);

  self = g_object_new (CHANNELS_TYPE_HTTP_AUTHORIZER, NULL);
  self->session = g_object_ref (session);
  self->uri = g_strdup (uri);
  self->encoding = encoding;
  return self;
}

void
channels_http_authorizer_set_header (ChannelsHttpAuthorizer *self, const char *name, const char *value)
{
  g_return_if_fail (CHANNELS_IS_HTTP_AUTHORIZER (self));
  g_return_if_fail (name != NULL && name[0] != '\0');

  if (value != NULL)
    g_hash_table_replace (self->headers, g_strdup (name), g_strdup (value));
  else
    g_hash_table_remove (self->headers, name);
}

void
channels_http_authorizer_set_param (ChannelsHttpAuthorizer *self, const char *name, const char *value)
{
  g_return_if_fail (CHANNELS_IS_HTTP_AUTHORIZER (self));
  g_return_if_fail (name != NULL && name[0] != '\0');

  if (value != NULL)
    g_hash_table_replace (self->params, g_strdup (name), g_strdup (value));
  else
    g_hash_table_remove (self->params, name);
}
