/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz-authorizer.h"

#include "channels-error.h"

#define BATCH 3

/* What is wanted of the site */
typedef enum
{
  ASKED_CHANNEL,
  ASKED_CHANNELS,
  ASKED_USER,
} Asked;

struct _FuzzAuthorizer
{
  GObject parent_instance;

  GQueue asked; /* GTask, with what it asks for */
};

static void
ask (FuzzAuthorizer *self, Asked asked, const char *socket_id, GCancellable *cancellable, GAsyncReadyCallback callback,
     gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_assert (socket_id[0] != '\0');
  g_task_set_task_data (task, GINT_TO_POINTER ((int) asked), NULL);
  g_queue_push_tail (&self->asked, task);
}

/* ChannelsAuthorizer */

static void
fuzz_authorizer_authorize_async (ChannelsAuthorizer *authorizer, const char *socket_id, const char *channel_name,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_assert (channel_name[0] != '\0');
  ask (FUZZ_AUTHORIZER (authorizer), ASKED_CHANNEL, socket_id, cancellable, callback, user_data);
}

static ChannelsAuthorization *
fuzz_authorizer_authorize_finish (ChannelsAuthorizer *authorizer, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static guint
fuzz_authorizer_get_batch_size (ChannelsAuthorizer *authorizer)
{
  return BATCH;
}

static void
fuzz_authorizer_authorize_many_async (ChannelsAuthorizer *authorizer, const char *socket_id,
                                      const char *const *channel_names, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data)
{
  guint n = g_strv_length ((char **) channel_names);

  g_assert (n > 1 && n <= BATCH);
  ask (FUZZ_AUTHORIZER (authorizer), ASKED_CHANNELS, socket_id, cancellable, callback, user_data);
}

static GHashTable *
fuzz_authorizer_authorize_many_finish (ChannelsAuthorizer *authorizer, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fuzz_authorizer_authenticate_user_async (ChannelsAuthorizer *authorizer, const char *socket_id,
                                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  ask (FUZZ_AUTHORIZER (authorizer), ASKED_USER, socket_id, cancellable, callback, user_data);
}

static void
fuzz_authorizer_authorizer_init (ChannelsAuthorizerInterface *iface)
{
  iface->authorize_async = fuzz_authorizer_authorize_async;
  iface->authorize_finish = fuzz_authorizer_authorize_finish;
  iface->get_batch_size = fuzz_authorizer_get_batch_size;
  iface->authorize_many_async = fuzz_authorizer_authorize_many_async;
  iface->authorize_many_finish = fuzz_authorizer_authorize_many_finish;
  iface->authenticate_user_async = fuzz_authorizer_authenticate_user_async;
  iface->authenticate_user_finish = fuzz_authorizer_authorize_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FuzzAuthorizer, fuzz_authorizer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CHANNELS_TYPE_AUTHORIZER, fuzz_authorizer_authorizer_init))

static void
fuzz_authorizer_class_init (FuzzAuthorizerClass *klass)
{
}

static void
fuzz_authorizer_init (FuzzAuthorizer *self)
{
  g_queue_init (&self->asked);
}

FuzzAuthorizer *
fuzz_authorizer_new (void)
{
  return g_object_new (FUZZ_TYPE_AUTHORIZER, NULL);
}

static void
grant (GTask *task, const char *body)
{
  GError *error = NULL;
  ChannelsAuthorization *authorization = channels_authorization_new_from_json (body, -1, &error);

  if (authorization != NULL)
    g_task_return_pointer (task, authorization, (GDestroyNotify) channels_authorization_free);
  else
    g_task_return_error (task, error);
}

static void
grant_many (GTask *task, const char *body)
{
  GError *error = NULL;
  GHashTable *table = channels_authorization_table_new_from_json (body, -1, &error);

  if (table != NULL)
    g_task_return_pointer (task, table, (GDestroyNotify) g_hash_table_unref);
  else
    g_task_return_error (task, error);
}

gboolean
fuzz_authorizer_answer (FuzzAuthorizer *self, const char *body)
{
  g_autoptr (GTask) task = g_queue_pop_head (&self->asked);

  if (task == NULL)
    return FALSE;
  if (body == NULL)
    g_task_return_new_error (task, CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED, "Refused");
  else if (GPOINTER_TO_INT (g_task_get_task_data (task)) == ASKED_CHANNELS)
    grant_many (task, body);
  else
    grant (task, body);
  return TRUE;
}
