/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz-authorizer.h"

#include "channels-error.h"

struct _FuzzAuthorizer
{
  GObject parent_instance;

  GQueue asked; /* GTask */
};

static void
fuzz_authorizer_authorize_async (ChannelsAuthorizer *authorizer, const char *socket_id, const char *channel_name,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  FuzzAuthorizer *self = FUZZ_AUTHORIZER (authorizer);

  g_assert (socket_id[0] != '\0' && channel_name[0] != '\0');
  g_queue_push_tail (&self->asked, g_task_new (self, cancellable, callback, user_data));
}

static ChannelsAuthorization *
fuzz_authorizer_authorize_finish (ChannelsAuthorizer *authorizer, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fuzz_authorizer_authorizer_init (ChannelsAuthorizerInterface *iface)
{
  iface->authorize_async = fuzz_authorizer_authorize_async;
  iface->authorize_finish = fuzz_authorizer_authorize_finish;
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

gboolean
fuzz_authorizer_answer (FuzzAuthorizer *self, const char *body)
{
  g_autoptr (GTask) task = g_queue_pop_head (&self->asked);
  ChannelsAuthorization *authorization = NULL;
  GError *error = NULL;

  if (task == NULL)
    return FALSE;
  if (body == NULL)
    error = g_error_new_literal (CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED, "Refused");
  else
    authorization = channels_authorization_new_from_json (body, -1, &error);
  if (authorization != NULL)
    g_task_return_pointer (task, authorization, (GDestroyNotify) channels_authorization_free);
  else
    g_task_return_error (task, error);
  return TRUE;
}
