/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-publisher.h"

#include <json-glib/json-glib.h>
#include <sodium.h>
#include <string.h>

#include "channels-clock.h"
#include "channels-error.h"
#include "channels-frame-private.h"
#include "channels-name-private.h"
#include "channels-request-private.h"
#include "channels-secretbox-private.h"
#include "channels-signature-private.h"

/* Triggers events over the signed HTTP API. */

#define MAX_DATA 10240
#define MAX_USER_ID 200 /* bytes */
#define MAX_EVENT 200
#define MAX_REPLY (64 * 1024)
#define TIMEOUT_MS 10000

typedef enum
{
  PROP_CLOCK = 1,
} ChannelsPublisherProps;

static GParamSpec *properties[PROP_CLOCK + 1];

struct _ChannelsPublisher
{
  GObject parent_instance;

  ChannelsEndpoint *endpoint;
  SoupSession *session;
  ChannelsClock *clock;
  char *app_id;
  char *secret;
  ChannelsSecretbox *encryption_key; /* (nullable): the application's, of its encrypted channels */
};

G_DEFINE_FINAL_TYPE (ChannelsPublisher, channels_publisher, G_TYPE_OBJECT)

static gboolean
is_user_channel (const char *channel)
{
  const char *id = channels_name_is_user (channel) ? channel + strlen (CHANNELS_NAME_USER_PREFIX) : "";

  return id[0] != '\0' && strlen (id) <= MAX_USER_ID && g_utf8_validate (id, -1, NULL);
}

static gboolean
check_event (const char *channel, const char *event, const char *data, GError **error)
{
  const char *problem = NULL;
  gboolean too_large = strlen (data) > MAX_DATA;

  if (!channels_name_is_valid (channel) && !is_user_channel (channel))
    problem = "Not a legal channel name";
  else if (event[0] == '\0' || strlen (event) > MAX_EVENT || !g_utf8_validate (event, -1, NULL))
    problem = "Not a legal event name";
  else if (too_large)
    problem = "An event's data may be at most 10 kB";
  else if (!g_utf8_validate (data, -1, NULL))
    problem = "The data is not UTF-8 text";
  if (problem != NULL)
    g_set_error_literal (error, CHANNELS_ERROR, too_large ? CHANNELS_ERROR_TOO_LARGE : CHANNELS_ERROR_INVALID, problem);
  return problem == NULL;
}

static char *
create_body (const char *channel, const char *event, const char *data)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, event);
  json_builder_set_member_name (builder, "channels");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, channel);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "data");
  json_builder_add_string_value (builder, data);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* (transfer full): what is sent of @data; nothing goes over an encrypted channel as it is. */
static char *
seal (ChannelsPublisher *self, const char *channel, const char *data, GError **error)
{
  g_autoptr (ChannelsSecretbox) key = NULL;

  if (!channels_name_is_encrypted (channel))
    return g_strdup (data);
  if (self->encryption_key == NULL)
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_UNSUPPORTED,
                           "An encrypted channel needs the application's encryption key");
      return NULL;
    }
  key = channels_secretbox_new_for_channel (self->encryption_key, channel);
  return channels_secretbox_seal (key, data);
}

static SoupMessage *
create_message (ChannelsPublisher *self, const char *body)
{
  g_autofree char *address = channels_endpoint_dup_api_uri (self->endpoint, self->app_id);
  g_autoptr (GUri) base = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *query = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  SoupMessage *message;

  g_assert (base != NULL);

  query = channels_signature_api_query (channels_endpoint_get_key (self->endpoint), self->secret,
                                        g_uri_get_path (base), body,
                                        channels_clock_get_real_time (self->clock) / G_USEC_PER_SEC);
  uri = soup_uri_copy (base, SOUP_URI_QUERY, query, SOUP_URI_NONE);
  message = soup_message_new_from_uri (SOUP_METHOD_POST, uri);
  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  return message;
}

static ChannelsError
code_of_status (guint status)
{
  if (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN)
    return CHANNELS_ERROR_UNAUTHORIZED;
  if (status == SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE)
    return CHANNELS_ERROR_TOO_LARGE;
  if (status >= 400 && status < 500)
    return CHANNELS_ERROR_REJECTED;
  return CHANNELS_ERROR_SERVER;
}

static void
on_request_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = channels_request_send_finish (result, &error);
  guint status = soup_message_get_status (g_task_get_task_data (task));
  g_autofree char *text = NULL;
  g_autofree char *clean = NULL;

  if (body == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (status >= 200 && status < 300)
    g_task_return_boolean (task, TRUE);
  else
    {
      text = g_utf8_make_valid (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body));
      clean = channels_frame_clean_message (text);
      g_task_return_new_error (task, CHANNELS_ERROR, code_of_status (status),
                               "The server refuses the event: HTTP %u%s%s", status, clean[0] != '\0' ? ": " : "",
                               clean);
    }
}

static void
channels_publisher_finalize (GObject *object)
{
  ChannelsPublisher *self = CHANNELS_PUBLISHER (object);

  if (self->secret != NULL)
    sodium_memzero (self->secret, strlen (self->secret));
  g_clear_pointer (&self->secret, g_free);
  g_clear_pointer (&self->encryption_key, channels_secretbox_free);
  g_clear_pointer (&self->app_id, g_free);
  g_clear_pointer (&self->endpoint, channels_endpoint_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (channels_publisher_parent_class)->finalize (object);
}

static void
channels_publisher_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ChannelsPublisher *self = CHANNELS_PUBLISHER (object);

  switch ((ChannelsPublisherProps) id)
    {
    case PROP_CLOCK:
      g_set_object (&self->clock, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
channels_publisher_class_init (ChannelsPublisherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = channels_publisher_finalize;
  object_class->set_property = channels_publisher_set_property;

  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, CHANNELS_TYPE_CLOCK,
                                                G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
channels_publisher_init (ChannelsPublisher *self)
{
  self->clock = channels_clock_new ();
}

ChannelsPublisher *
channels_publisher_new (ChannelsEndpoint *endpoint, SoupSession *session, const char *app_id, const char *secret)
{
  ChannelsPublisher *self;

  g_return_val_if_fail (endpoint != NULL, NULL);
  g_return_val_if_fail (SOUP_IS_SESSION (session), NULL);
  g_return_val_if_fail (app_id != NULL, NULL);
  g_return_val_if_fail (secret != NULL, NULL);

  /* Not properties: a GValue would keep a copy of the secret that nobody wipes. */
  self = g_object_new (CHANNELS_TYPE_PUBLISHER, NULL);
  self->endpoint = channels_endpoint_ref (endpoint);
  self->session = g_object_ref (session);
  self->app_id = g_strdup (app_id);
  self->secret = g_strdup (secret);
  return self;
}

void
channels_publisher_trigger_async (ChannelsPublisher *self, const char *channel, const char *event, const char *data,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sealed = NULL;
  g_autofree char *body = NULL;
  SoupMessage *message;

  g_return_if_fail (CHANNELS_IS_PUBLISHER (self) && self->endpoint != NULL);
  g_return_if_fail (channel != NULL && event != NULL && data != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, channels_publisher_trigger_async);
  if (check_event (channel, event, data, &error))
    sealed = seal (self, channel, data, &error);
  if (sealed == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  body = create_body (channel, event, sealed);
  message = create_message (self, body);
  g_task_set_task_data (task, message, g_object_unref);
  channels_request_send_async (self->session, message, self->clock, TIMEOUT_MS, MAX_REPLY, cancellable,
                               on_request_ready, g_steal_pointer (&task));
}

gboolean
channels_publisher_set_encryption_key (ChannelsPublisher *self, const char *key, GError **error)
{
  ChannelsSecretbox *box = NULL;

  g_return_val_if_fail (CHANNELS_IS_PUBLISHER (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (key != NULL && (box = channels_secretbox_new (key, NULL)) == NULL)
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID, "The key is not 32 bytes in base64");
      return FALSE;
    }
  g_clear_pointer (&self->encryption_key, channels_secretbox_free);
  self->encryption_key = box;
  return TRUE;
}

gboolean
channels_publisher_trigger_finish (ChannelsPublisher *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (CHANNELS_IS_PUBLISHER (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
