/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-secrets"

#include "config.h"

#include "rd-secrets-private.h"

#include "rd-fault.h"

#include <string.h>

/* What every place for tokens has in common: which of the places it is, and the check of what is put there. */

#define MAX_TOKEN 16384
#define MAX_COOKIES 32768

typedef struct
{
  const char *backend; /* a literal */
} RdSecretsPrivate;

typedef enum
{
  PROP_BACKEND = 1,
} RdSecretsProps;

static GParamSpec *props[PROP_BACKEND + 1];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RdSecrets, rd_secrets, G_TYPE_OBJECT)

/* A token goes into a header: printable ASCII, no space. */
static gboolean
token_is_legal (const char *token)
{
  gsize length = 0;

  if (token == NULL)
    return TRUE;
  while (length <= MAX_TOKEN && g_ascii_isgraph (token[length]))
    length++;
  return length >= 1 && length <= MAX_TOKEN && token[length] == '\0';
}

/* A jar: printable ASCII in lines. */
static gboolean
cookies_are_legal (const char *cookies)
{
  gsize length = 0;

  if (cookies == NULL)
    return TRUE;
  while (length <= MAX_COOKIES && (g_ascii_isprint (cookies[length]) || strchr ("\t\n", cookies[length]) != NULL)
         && cookies[length] != '\0')
    length++;
  return length >= 1 && length <= MAX_COOKIES && cookies[length] == '\0';
}

static gboolean
tokens_are_legal (const RdTokens *tokens)
{
  return token_is_legal (tokens->token) && token_is_legal (tokens->refresh_token) &&
         cookies_are_legal (tokens->cookies) && tokens->expires_at >= 0;
}

/* GObject */

static void
rd_secrets_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((RdSecretsProps) id)
    {
    case PROP_BACKEND:
      g_value_set_string (value, rd_secrets_get_backend (RD_SECRETS (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_secrets_class_init (RdSecretsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_secrets_get_property;

  props[PROP_BACKEND] = g_param_spec_string ("backend", NULL, NULL, NULL,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
rd_secrets_init (RdSecrets *self)
{
  RdSecretsPrivate *priv = rd_secrets_get_instance_private (self);

  priv->backend = "memory";
}

GHashTable *
rd_tokens_table_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) rd_tokens_free);
}

void
rd_tokens_table_set (GHashTable *table, const char *account, const RdTokens *tokens)
{
  if (tokens != NULL)
    g_hash_table_replace (table, g_strdup (account), rd_tokens_copy (tokens));
  else
    g_hash_table_remove (table, account);
}

void
rd_secrets_set_backend (RdSecrets *self, const char *backend)
{
  RdSecretsPrivate *priv = rd_secrets_get_instance_private (self);

  g_assert (RD_IS_SECRETS (self));

  if (g_str_equal (priv->backend, backend))
    return;
  g_debug ("Secrets are in: %s", backend);
  priv->backend = backend;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BACKEND]);
}

const char *
rd_secrets_get_backend (RdSecrets *self)
{
  RdSecretsPrivate *priv = rd_secrets_get_instance_private (self);

  g_return_val_if_fail (RD_IS_SECRETS (self), NULL);

  return priv->backend;
}

void
rd_secrets_load_async (RdSecrets *self, const char *account, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (RD_IS_SECRETS (self));
  g_return_if_fail (account != NULL);

  RD_SECRETS_GET_CLASS (self)->load_async (self, account, cancellable, callback, user_data);
}

RdTokens *
rd_secrets_load_finish (RdSecrets *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RD_IS_SECRETS (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return RD_SECRETS_GET_CLASS (self)->load_finish (self, result, error);
}

void
rd_secrets_store_async (RdSecrets *self, const char *account, const RdTokens *tokens, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (RD_IS_SECRETS (self));
  g_return_if_fail (account != NULL);

  if (tokens == NULL || tokens_are_legal (tokens))
    RD_SECRETS_GET_CLASS (self)->store_async (self, account, tokens, cancellable, callback, user_data);
  else
    g_task_report_error (self, callback, user_data, rd_secrets_store_async,
                         rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, "token"));
}

gboolean
rd_secrets_store_finish (RdSecrets *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RD_IS_SECRETS (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (g_async_result_is_tagged (result, rd_secrets_store_async))
    return g_task_propagate_boolean (G_TASK (result), error);
  return RD_SECRETS_GET_CLASS (self)->store_finish (self, result, error);
}
