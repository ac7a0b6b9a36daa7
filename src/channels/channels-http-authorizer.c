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

/* Asks the application's own server to sign subscriptions and users. */

#define MAX_REPLY (64 * 1024)
#define MAX_BATCH_REPLY (1024 * 1024)
#define MAX_BATCH 100
#define STATUS_PAGE_EXPIRED 419 /* Laravel's word for a session that is over */

typedef enum
{
  PROP_CLOCK = 1,
  PROP_TIMEOUT,
} ChannelsHttpAuthorizerProps;

static GParamSpec *properties[PROP_TIMEOUT + 1];

struct _ChannelsHttpAuthorizer
{
  GObject parent_instance;

  SoupSession *session;
  ChannelsClock *clock;
  char *uri;
  char *user_uri; /* (nullable): knows no users */
  guint batch_size;
  guint timeout; /* ms, 0: none */
  ChannelsHttpEncoding encoding;
  GHashTable *headers;
  GHashTable *params;
};

/* What a request asks for: a user's signature, or that of one channel or several. */
typedef struct
{
  const char *socket_id;
  const char *const *channel_names; /* (nullable): a user's */
} Question;

static gboolean
is_batch (const Question *question)
{
  return question->channel_names != NULL && question->channel_names[0] != NULL && question->channel_names[1] != NULL;
}

static char *
encode_form (ChannelsHttpAuthorizer *self, const Question *question)
{
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, self->params);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (fields, g_strdup (name), value);
  g_hash_table_insert (fields, g_strdup ("socket_id"), (char *) question->socket_id);
  if (!is_batch (question) && question->channel_names != NULL)
    g_hash_table_insert (fields, g_strdup ("channel_name"), (char *) question->channel_names[0]);
  for (guint i = 0; is_batch (question) && question->channel_names[i] != NULL; i++)
    g_hash_table_insert (fields, g_strdup_printf ("channel_name[%u]", i), (char *) question->channel_names[i]);
  return soup_form_encode_hash (fields);
}

static char *
encode_json (ChannelsHttpAuthorizer *self, const Question *question)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), object);
  g_autoptr (JsonArray) names = json_array_new ();
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, self->params);
  while (g_hash_table_iter_next (&iter, &name, &value))
    json_object_set_string_member (object, name, value);
  json_object_set_string_member (object, "socket_id", question->socket_id);
  for (guint i = 0; question->channel_names != NULL && question->channel_names[i] != NULL; i++)
    json_array_add_string_element (names, question->channel_names[i]);
  if (is_batch (question))
    json_object_set_array_member (object, "channel_name", g_steal_pointer (&names));
  else if (question->channel_names != NULL)
    json_object_set_string_member (object, "channel_name", question->channel_names[0]);
  return json_to_string (root, FALSE);
}

static SoupMessage *
create_message (ChannelsHttpAuthorizer *self, const char *uri, const Question *question)
{
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_POST, uri);
  gboolean json = self->encoding == CHANNELS_HTTP_ENCODING_JSON;
  g_autoptr (GBytes) body = NULL;
  GHashTableIter iter;
  gpointer name, value;
  char *text;

  if (message == NULL)
    return NULL;
  text = json ? encode_json (self, question) : encode_form (self, question);
  body = g_bytes_new_take (text, strlen (text));
  soup_message_set_request_body_from_bytes (message, json ? "application/json" : "application/x-www-form-urlencoded",
                                            body);
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
    return g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED, "The site refuses to sign: HTTP %u", status);
  return g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_SERVER, "The site does not sign: HTTP %u", status);
}

/* The body of an answer that promises signatures */
static GBytes *
read_answer (GTask *task, GAsyncResult *result, GError **error)
{
  g_autoptr (GBytes) body = channels_request_send_finish (result, error);
  GError *refusal = NULL;

  if (body == NULL)
    return NULL;
  refusal = status_error (soup_message_get_status (g_task_get_task_data (task)));
  if (refusal == NULL)
    return g_steal_pointer (&body);
  g_propagate_error (error, refusal);
  return NULL;
}

static void
on_request_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = read_answer (task, result, &error);
  ChannelsAuthorization *authorization = NULL;

  if (body != NULL)
    authorization = channels_authorization_new_from_json (g_bytes_get_data (body, NULL),
                                                          (gssize) g_bytes_get_size (body), &error);
  if (authorization != NULL)
    g_task_return_pointer (task, authorization, (GDestroyNotify) channels_authorization_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_batch_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = read_answer (task, result, &error);
  GHashTable *authorizations = NULL;

  if (body != NULL)
    authorizations =
        channels_authorization_table_new_from_json (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body),
                                                    &error);
  if (authorizations != NULL)
    g_task_return_pointer (task, authorizations, (GDestroyNotify) g_hash_table_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Takes @task. */
static void
ask (ChannelsHttpAuthorizer *self, const char *uri, const Question *question, gsize limit, GAsyncReadyCallback callback,
     GTask *task)
{
  SoupMessage *message = create_message (self, uri, question);

  if (message == NULL)
    {
      g_task_return_new_error (task, CHANNELS_ERROR, CHANNELS_ERROR_INVALID, "Not a URL to ask for authorisations");
      g_object_unref (task);
      return;
    }
  g_task_set_task_data (task, message, g_object_unref);
  channels_request_send_async (self->session, message, self->clock, self->timeout, limit, g_task_get_cancellable (task),
                               callback, task);
}

/* ChannelsAuthorizer */

static void
channels_http_authorizer_authorize_async (ChannelsAuthorizer *authorizer, const char *socket_id,
                                          const char *channel_name, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data)
{
  ChannelsHttpAuthorizer *self = CHANNELS_HTTP_AUTHORIZER (authorizer);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  const char *const names[] = { channel_name, NULL };

  g_task_set_source_tag (task, channels_http_authorizer_authorize_async);
  ask (self, self->uri, &(Question){ socket_id, names }, MAX_REPLY, on_request_ready, task);
}

static gpointer
propagate (ChannelsAuthorizer *authorizer, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, authorizer), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static ChannelsAuthorization *
channels_http_authorizer_authorize_finish (ChannelsAuthorizer *authorizer, GAsyncResult *result, GError **error)
{
  return propagate (authorizer, result, error);
}

static guint
channels_http_authorizer_get_batch_size (ChannelsAuthorizer *authorizer)
{
  return CHANNELS_HTTP_AUTHORIZER (authorizer)->batch_size;
}

static void
channels_http_authorizer_authorize_many_async (ChannelsAuthorizer *authorizer, const char *socket_id,
                                               const char *const *channel_names, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data)
{
  ChannelsHttpAuthorizer *self = CHANNELS_HTTP_AUTHORIZER (authorizer);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, channels_http_authorizer_authorize_many_async);
  ask (self, self->uri, &(Question){ socket_id, channel_names }, MAX_BATCH_REPLY, on_batch_ready, task);
}

static GHashTable *
channels_http_authorizer_authorize_many_finish (ChannelsAuthorizer *authorizer, GAsyncResult *result, GError **error)
{
  return propagate (authorizer, result, error);
}

static void
channels_http_authorizer_authenticate_user_async (ChannelsAuthorizer *authorizer, const char *socket_id,
                                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                                  gpointer user_data)
{
  ChannelsHttpAuthorizer *self = CHANNELS_HTTP_AUTHORIZER (authorizer);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, channels_http_authorizer_authenticate_user_async);
  if (self->user_uri != NULL)
    {
      ask (self, self->user_uri, &(Question){ socket_id, NULL }, MAX_REPLY, on_request_ready, task);
      return;
    }
  g_task_return_new_error (task, CHANNELS_ERROR, CHANNELS_ERROR_UNSUPPORTED, "There is no URL that signs users");
  g_object_unref (task);
}

static ChannelsAuthorization *
channels_http_authorizer_authenticate_user_finish (ChannelsAuthorizer *authorizer, GAsyncResult *result, GError **error)
{
  return propagate (authorizer, result, error);
}

static void
channels_http_authorizer_authorizer_init (ChannelsAuthorizerInterface *iface)
{
  iface->authorize_async = channels_http_authorizer_authorize_async;
  iface->authorize_finish = channels_http_authorizer_authorize_finish;
  iface->get_batch_size = channels_http_authorizer_get_batch_size;
  iface->authorize_many_async = channels_http_authorizer_authorize_many_async;
  iface->authorize_many_finish = channels_http_authorizer_authorize_many_finish;
  iface->authenticate_user_async = channels_http_authorizer_authenticate_user_async;
  iface->authenticate_user_finish = channels_http_authorizer_authenticate_user_finish;
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
  g_clear_pointer (&self->user_uri, g_free);
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_clear_pointer (&self->params, g_hash_table_unref);
  G_OBJECT_CLASS (channels_http_authorizer_parent_class)->finalize (object);
}

static void
channels_http_authorizer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ChannelsHttpAuthorizer *self = CHANNELS_HTTP_AUTHORIZER (object);

  switch ((ChannelsHttpAuthorizerProps) id)
    {
    case PROP_TIMEOUT:
      g_value_set_uint (value, self->timeout);
      break;
    case PROP_CLOCK:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
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
    case PROP_TIMEOUT:
      if (self->timeout == g_value_get_uint (value))
        break;
      self->timeout = g_value_get_uint (value);
      g_object_notify_by_pspec (object, pspec);
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
  object_class->get_property = channels_http_authorizer_get_property;
  object_class->set_property = channels_http_authorizer_set_property;

  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, CHANNELS_TYPE_CLOCK,
                                                G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TIMEOUT] = g_param_spec_uint ("timeout", NULL, NULL, 0, G_MAXUINT, 0,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
channels_http_authorizer_init (ChannelsHttpAuthorizer *self)
{
  self->clock = channels_clock_new ();
  self->batch_size = 1;
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

void
channels_http_authorizer_set_user_uri (ChannelsHttpAuthorizer *self, const char *uri)
{
  g_return_if_fail (CHANNELS_IS_HTTP_AUTHORIZER (self));

  g_free (self->user_uri);
  self->user_uri = g_strdup (uri);
}

void
channels_http_authorizer_set_batch_size (ChannelsHttpAuthorizer *self, guint size)
{
  g_return_if_fail (CHANNELS_IS_HTTP_AUTHORIZER (self));
  g_return_if_fail (size >= 1 && size <= MAX_BATCH);

  self->batch_size = size;
}
