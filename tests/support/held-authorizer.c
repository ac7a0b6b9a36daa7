/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "held-authorizer.h"

#include "channels-error.h"

/* A ChannelsAuthorizer in the test's hand. */

struct _HeldAuthorizer
{
  GObject parent_instance;

  GPtrArray *tasks; /* a task's data is its Question */
  guint batch_size;
};

typedef struct
{
  char *socket_id;
  char *channels; /* joined with commas; "": a user's */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->socket_id);
  g_free (question->channels);
  g_free (question);
}

/* Takes @channels. */
static void
ask (ChannelsAuthorizer *authorizer, const char *socket_id, char *channels, GCancellable *cancellable,
     GAsyncReadyCallback callback, gpointer user_data)
{
  HeldAuthorizer *self = HELD_AUTHORIZER (authorizer);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->socket_id = g_strdup (socket_id);
  question->channels = channels;
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, question, question_free);
  g_ptr_array_add (self->tasks, task);
}

static void
held_authorizer_authorize_async (ChannelsAuthorizer *authorizer, const char *socket_id, const char *channel_name,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  ask (authorizer, socket_id, g_strdup (channel_name), cancellable, callback, user_data);
}

static void
held_authorizer_authorize_many_async (ChannelsAuthorizer *authorizer, const char *socket_id,
                                      const char *const *channel_names, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data)
{
  ask (authorizer, socket_id, g_strjoinv (",", (char **) channel_names), cancellable, callback, user_data);
}

static void
held_authorizer_authenticate_user_async (ChannelsAuthorizer *authorizer, const char *socket_id,
                                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  ask (authorizer, socket_id, g_strdup (""), cancellable, callback, user_data);
}

static ChannelsAuthorization *
held_authorizer_authorize_finish (ChannelsAuthorizer *authorizer, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static GHashTable *
held_authorizer_authorize_many_finish (ChannelsAuthorizer *authorizer, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static guint
held_authorizer_get_batch_size (ChannelsAuthorizer *authorizer)
{
  return HELD_AUTHORIZER (authorizer)->batch_size;
}

static void
held_authorizer_authorizer_init (ChannelsAuthorizerInterface *iface)
{
  iface->authorize_async = held_authorizer_authorize_async;
  iface->authorize_finish = held_authorizer_authorize_finish;
  iface->get_batch_size = held_authorizer_get_batch_size;
  iface->authorize_many_async = held_authorizer_authorize_many_async;
  iface->authorize_many_finish = held_authorizer_authorize_many_finish;
  iface->authenticate_user_async = held_authorizer_authenticate_user_async;
  iface->authenticate_user_finish = held_authorizer_authorize_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (HeldAuthorizer, held_authorizer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CHANNELS_TYPE_AUTHORIZER, held_authorizer_authorizer_init))

static GTask *
get_task (HeldAuthorizer *self, guint request)
{
  g_assert_cmpuint (request, <, self->tasks->len);
  return g_ptr_array_index (self->tasks, request);
}

static void
held_authorizer_finalize (GObject *object)
{
  g_ptr_array_unref (HELD_AUTHORIZER (object)->tasks);
  G_OBJECT_CLASS (held_authorizer_parent_class)->finalize (object);
}

static void
held_authorizer_dispose (GObject *object)
{
  g_ptr_array_set_size (HELD_AUTHORIZER (object)->tasks, 0);
  G_OBJECT_CLASS (held_authorizer_parent_class)->dispose (object);
}

static void
held_authorizer_class_init (HeldAuthorizerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = held_authorizer_dispose;
  G_OBJECT_CLASS (klass)->finalize = held_authorizer_finalize;
}

static void
held_authorizer_init (HeldAuthorizer *self)
{
  self->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  self->batch_size = 1;
}

HeldAuthorizer *
held_authorizer_new (void)
{
  return g_object_new (HELD_TYPE_AUTHORIZER, NULL);
}

guint
held_authorizer_get_n (HeldAuthorizer *self)
{
  return self->tasks->len;
}

const char *
held_authorizer_get_socket_id (HeldAuthorizer *self, guint request)
{
  return ((Question *) g_task_get_task_data (get_task (self, request)))->socket_id;
}

const char *
held_authorizer_get_channels (HeldAuthorizer *self, guint request)
{
  return ((Question *) g_task_get_task_data (get_task (self, request)))->channels;
}

void
held_authorizer_set_batch_size (HeldAuthorizer *self, guint size)
{
  self->batch_size = size;
}

gboolean
held_authorizer_is_cancelled (HeldAuthorizer *self, guint request)
{
  return g_cancellable_is_cancelled (g_task_get_cancellable (get_task (self, request)));
}

void
held_authorizer_grant (HeldAuthorizer *self, guint request, const char *auth, const char *channel_data)
{
  g_task_return_pointer (get_task (self, request), channels_authorization_new (auth, channel_data, NULL),
                         (GDestroyNotify) channels_authorization_free);
}

void
held_authorizer_grant_key (HeldAuthorizer *self, guint request, const char *shared_secret)
{
  g_task_return_pointer (get_task (self, request), channels_authorization_new ("key:sig", NULL, shared_secret),
                         (GDestroyNotify) channels_authorization_free);
}

void
held_authorizer_grant_many (HeldAuthorizer *self, guint request, const char *channels)
{
  GHashTable *table =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) channels_authorization_free);
  g_auto (GStrv) names = g_strsplit (channels, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    g_hash_table_insert (table, g_strdup (names[i]), channels_authorization_new ("key:sig", NULL, NULL));
  g_task_return_pointer (get_task (self, request), table, (GDestroyNotify) g_hash_table_unref);
}

void
held_authorizer_grant_user (HeldAuthorizer *self, guint request, const char *auth, const char *user_data)
{
  g_task_return_pointer (get_task (self, request), channels_authorization_new_for_user (auth, user_data),
                         (GDestroyNotify) channels_authorization_free);
}

void
held_authorizer_refuse (HeldAuthorizer *self, guint request, int code)
{
  g_task_return_new_error (get_task (self, request), CHANNELS_ERROR, code, "refused");
}
