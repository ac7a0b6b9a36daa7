/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-signal-authorizer.h"

#include "channels-error.h"

/* An interface of asynchronous functions is what few language bindings can implement: a callback that comes in with
 * data of its own is lost on the way. A signal with an object that takes the answer is the same for all of them. */

enum
{
  AUTHORIZE,
  AUTHENTICATE_USER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _ChannelsAuthorizationRequest
{
  GObject parent_instance;
  char *socket_id;
  char *channel_name; /* (nullable): it is the user */
  GTask *task;        /* (nullable): it has its answer */
  GSource *given_up;  /* (nullable) */
};

G_DEFINE_FINAL_TYPE (ChannelsAuthorizationRequest, channels_authorization_request, G_TYPE_OBJECT)

struct _ChannelsSignalAuthorizer
{
  GObject parent_instance;
};

static void channels_signal_authorizer_iface_init (ChannelsAuthorizerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ChannelsSignalAuthorizer, channels_signal_authorizer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CHANNELS_TYPE_AUTHORIZER, channels_signal_authorizer_iface_init))

/* @data: (transfer full): an object */
static void
call_soon (GTask *task, GSourceFunc func, gpointer data)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "ChannelsSignalAuthorizer");
  g_source_set_callback (source, func, data, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

/* Requests */

/* (nullable) (transfer full): whom the answer is for, if that is still somebody */
static GTask *
close_request (ChannelsAuthorizationRequest *self)
{
  if (self->given_up != NULL)
    g_source_destroy (self->given_up);
  g_clear_pointer (&self->given_up, g_source_unref);
  return g_steal_pointer (&self->task);
}

static gboolean
on_given_up (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = close_request (user_data);

  if (task != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The question was taken back");
  return G_SOURCE_REMOVE;
}

static gboolean
on_let_go (gpointer data)
{
  g_task_return_new_error (data, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED, "The application has no answer");
  return G_SOURCE_REMOVE;
}

/* Not at once: a language that is just collecting its garbage hears no signal. */
static void
channels_authorization_request_dispose (GObject *object)
{
  GTask *task = close_request (CHANNELS_AUTHORIZATION_REQUEST (object));

  if (task != NULL)
    call_soon (task, on_let_go, task);
  G_OBJECT_CLASS (channels_authorization_request_parent_class)->dispose (object);
}

static void
channels_authorization_request_finalize (GObject *object)
{
  ChannelsAuthorizationRequest *self = CHANNELS_AUTHORIZATION_REQUEST (object);

  g_free (self->socket_id);
  g_free (self->channel_name);
  G_OBJECT_CLASS (channels_authorization_request_parent_class)->finalize (object);
}

static void
channels_authorization_request_class_init (ChannelsAuthorizationRequestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = channels_authorization_request_dispose;
  object_class->finalize = channels_authorization_request_finalize;
}

static void
channels_authorization_request_init (ChannelsAuthorizationRequest *self)
{
}

const char *
channels_authorization_request_get_socket_id (ChannelsAuthorizationRequest *self)
{
  g_return_val_if_fail (CHANNELS_IS_AUTHORIZATION_REQUEST (self), NULL);

  return self->socket_id;
}

const char *
channels_authorization_request_get_channel_name (ChannelsAuthorizationRequest *self)
{
  g_return_val_if_fail (CHANNELS_IS_AUTHORIZATION_REQUEST (self), NULL);

  return self->channel_name;
}

gboolean
channels_authorization_request_is_open (ChannelsAuthorizationRequest *self)
{
  g_return_val_if_fail (CHANNELS_IS_AUTHORIZATION_REQUEST (self), FALSE);

  return self->task != NULL;
}

void
channels_authorization_request_respond (ChannelsAuthorizationRequest *self, const ChannelsAuthorization *authorization)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CHANNELS_IS_AUTHORIZATION_REQUEST (self));
  g_return_if_fail (authorization != NULL);

  task = close_request (self);
  if (task != NULL)
    g_task_return_pointer (task, channels_authorization_copy (authorization),
                           (GDestroyNotify) channels_authorization_free);
}

void
channels_authorization_request_respond_json (ChannelsAuthorizationRequest *self, const char *reply)
{
  g_autoptr (ChannelsAuthorization) authorization = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (CHANNELS_IS_AUTHORIZATION_REQUEST (self));
  g_return_if_fail (reply != NULL);

  authorization = channels_authorization_new_from_json (reply, -1, &error);
  if (authorization != NULL)
    channels_authorization_request_respond (self, authorization);
  else
    channels_authorization_request_fail (self, error);
}

void
channels_authorization_request_fail (ChannelsAuthorizationRequest *self, const GError *error)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CHANNELS_IS_AUTHORIZATION_REQUEST (self));
  g_return_if_fail (error != NULL);

  task = close_request (self);
  if (task != NULL)
    g_task_return_error (task, g_error_copy (error));
}

/* The authoriser */

static gboolean
on_question (gpointer data)
{
  ChannelsAuthorizationRequest *request = data;
  const guint id = signals[request->channel_name != NULL ? AUTHORIZE : AUTHENTICATE_USER];
  g_autoptr (GObject) authorizer = NULL;
  g_autoptr (GTask) task = NULL;

  if (request->task == NULL)
    return G_SOURCE_REMOVE;
  authorizer = g_object_ref (g_task_get_source_object (request->task));
  if (g_signal_has_handler_pending (authorizer, id, 0, FALSE))
    {
      g_signal_emit (authorizer, id, 0, request);
      return G_SOURCE_REMOVE;
    }
  task = close_request (request);
  g_task_return_new_error (task, CHANNELS_ERROR, CHANNELS_ERROR_UNSUPPORTED, "The application signs no %s",
                           request->channel_name != NULL ? "channels" : "users");
  return G_SOURCE_REMOVE;
}

/* Those who ask are told of nothing before they have asked: a handler may do anything.
 * @task: (transfer full) */
static void
ask (const char *socket_id, const char *channel_name, GTask *task)
{
  g_autoptr (ChannelsAuthorizationRequest) request = g_object_new (CHANNELS_TYPE_AUTHORIZATION_REQUEST, NULL);
  GCancellable *cancellable = g_task_get_cancellable (task);

  request->socket_id = g_strdup (socket_id);
  request->channel_name = g_strdup (channel_name);
  request->task = task;
  if (cancellable != NULL)
    {
      request->given_up = g_cancellable_source_new (cancellable);
      g_source_set_callback (request->given_up, G_SOURCE_FUNC (on_given_up), request, NULL);
      g_source_attach (request->given_up, g_task_get_context (task));
    }
  call_soon (task, on_question, g_steal_pointer (&request));
}

static void
channels_signal_authorizer_authorize_async (ChannelsAuthorizer *authorizer, const char *socket_id,
                                            const char *channel_name, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (authorizer, cancellable, callback, user_data);

  g_task_set_source_tag (task, channels_signal_authorizer_authorize_async);
  ask (socket_id, channel_name, task);
}

static void
channels_signal_authorizer_authenticate_user_async (ChannelsAuthorizer *authorizer, const char *socket_id,
                                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                                    gpointer user_data)
{
  GTask *task = g_task_new (authorizer, cancellable, callback, user_data);

  g_task_set_source_tag (task, channels_signal_authorizer_authenticate_user_async);
  ask (socket_id, NULL, task);
}

static ChannelsAuthorization *
channels_signal_authorizer_finish (ChannelsAuthorizer *authorizer, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
channels_signal_authorizer_iface_init (ChannelsAuthorizerInterface *iface)
{
  iface->authorize_async = channels_signal_authorizer_authorize_async;
  iface->authorize_finish = channels_signal_authorizer_finish;
  iface->authenticate_user_async = channels_signal_authorizer_authenticate_user_async;
  iface->authenticate_user_finish = channels_signal_authorizer_finish;
}

static void
channels_signal_authorizer_class_init (ChannelsSignalAuthorizerClass *klass)
{
  signals[AUTHORIZE] = g_signal_new ("authorize", CHANNELS_TYPE_SIGNAL_AUTHORIZER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, CHANNELS_TYPE_AUTHORIZATION_REQUEST);
  signals[AUTHENTICATE_USER]
      = g_signal_new ("authenticate-user", CHANNELS_TYPE_SIGNAL_AUTHORIZER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, CHANNELS_TYPE_AUTHORIZATION_REQUEST);
}

static void
channels_signal_authorizer_init (ChannelsSignalAuthorizer *self)
{
}

ChannelsSignalAuthorizer *
channels_signal_authorizer_new (void)
{
  return g_object_new (CHANNELS_TYPE_SIGNAL_AUTHORIZER, NULL);
}
