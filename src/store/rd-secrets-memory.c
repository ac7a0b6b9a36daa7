/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-secrets-memory"

#include "config.h"

#include "rd-secrets-memory.h"

#include "rd-secrets-private.h"

/* Tokens for this run only. */

struct _RdSecretsMemory
{
  RdSecrets parent_instance;

  GHashTable *tokens; /* utf8 → RdTokens */
};

G_DEFINE_FINAL_TYPE (RdSecretsMemory, rd_secrets_memory, RD_TYPE_SECRETS)

/* RdSecrets */

static void
rd_secrets_memory_load_async (RdSecrets *secrets, const char *account, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  RdSecretsMemory *self = RD_SECRETS_MEMORY (secrets);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, rd_secrets_memory_load_async);
  g_task_return_pointer (task, rd_tokens_copy (g_hash_table_lookup (self->tokens, account)),
                         (GDestroyNotify) rd_tokens_free);
}

static RdTokens *
rd_secrets_memory_load_finish (RdSecrets *secrets, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
rd_secrets_memory_store_async (RdSecrets *secrets, const char *account, const RdTokens *tokens,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  RdSecretsMemory *self = RD_SECRETS_MEMORY (secrets);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, rd_secrets_memory_store_async);
  rd_tokens_table_set (self->tokens, account, tokens);
  g_task_return_boolean (task, TRUE);
}

static gboolean
rd_secrets_memory_store_finish (RdSecrets *secrets, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* GObject */

static void
rd_secrets_memory_finalize (GObject *object)
{
  RdSecretsMemory *self = RD_SECRETS_MEMORY (object);

  g_clear_pointer (&self->tokens, g_hash_table_unref);

  G_OBJECT_CLASS (rd_secrets_memory_parent_class)->finalize (object);
}

static void
rd_secrets_memory_class_init (RdSecretsMemoryClass *klass)
{
  RdSecretsClass *secrets_class = RD_SECRETS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rd_secrets_memory_finalize;
  secrets_class->load_async = rd_secrets_memory_load_async;
  secrets_class->load_finish = rd_secrets_memory_load_finish;
  secrets_class->store_async = rd_secrets_memory_store_async;
  secrets_class->store_finish = rd_secrets_memory_store_finish;
}

static void
rd_secrets_memory_init (RdSecretsMemory *self)
{
  self->tokens = rd_tokens_table_new ();
}

RdSecrets *
rd_secrets_new_memory (void)
{
  return g_object_new (RD_TYPE_SECRETS_MEMORY, NULL);
}
